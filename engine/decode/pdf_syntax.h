/*
 * The syntax of PDF: bytes -> values (numbers, names, strings, arrays, dictionaries, references),
 * each with the place where it stands. Signatures need what Poppler does not tell: byte offsets,
 * and every version of an object. Untrusted bytes: nothing is read beyond the end, depth and number
 * of values are limited. Pure; values live in the arena and lend their bytes from the input where
 * they can.
 */
#ifndef VANTHU_DECODE_PDF_SYNTAX_H
#define VANTHU_DECODE_PDF_SYNTAX_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
	PDF_NULL,
	PDF_BOOL,
	PDF_NUMBER,
	PDF_NAME,
	PDF_STRING,
	PDF_ARRAY,
	PDF_DICT,
	PDF_STREAM, /* items are those of its dictionary */
	PDF_REFERENCE,
} PdfKind;

typedef struct PdfValue PdfValue;
struct PdfValue {
	PdfKind kind;
	bool hex;                  /* a string in angle brackets */
	size_t start, end;         /* in the bytes that it was read from, brackets included */
	double number;             /* bool: 0 or 1; reference: number of the object */
	const unsigned char *text; /* name or string, decoded; of a stream, its raw bytes */
	size_t size;
	PdfValue *items; /* of an array; of a dictionary key, value, key, value, … */
	size_t n_items;
};

typedef struct {
	const unsigned char *data;
	size_t size, at;
	Arena *arena;
	long *budget; /* values that may still be made; shared by all lexers of one file */
	int depth;
} PdfLexer;

#define PDF_MAX_DEPTH 64

/* White space and comments. */
void pdf_skip_space(PdfLexer *lexer);
/* The word at the cursor ("obj", "stream"), taken; false when another stands there. */
bool pdf_take_word(PdfLexer *lexer, const char *word);
/* A whole number without sign, taken. */
bool pdf_take_integer(PdfLexer *lexer, int64_t *ret);
/* One value. False when there is none, it does not end, or a limit is reached. */
bool pdf_parse_value(PdfLexer *lexer, PdfValue *ret);
/* "number generation obj value": for a stream the cursor stays after "stream" and its end of line,
 * and *ret_stream is true. */
bool pdf_parse_object(PdfLexer *lexer, int64_t *ret_number, PdfValue *ret, bool *ret_stream);

/* The value of a key as it stands there, references not followed: the last of equals; NULL: none.
 */
const PdfValue *pdf_peek(const PdfValue *dict, const char *key);
/* How often the key stands there. */
int pdf_count_key(const PdfValue *dict, const char *key);
bool pdf_is_name(const PdfValue *value, const char *name);
bool pdf_is_integer(const PdfValue *value);
/* Where `word` stands from `from` on; size when nowhere. */
size_t pdf_find(const unsigned char *data, size_t size, size_t from, const char *word);
/* The last place before `before`; SIZE_MAX when nowhere. */
size_t pdf_find_last(const unsigned char *data, size_t before, const char *word);

#endif
