/* The markup of a DOCX part as bytes: enough of it to find text, paragraphs and tables. Private to
 * generate/. */
#ifndef VANTHU_GENERATE_DOCX_MARKUP_H
#define VANTHU_GENERATE_DOCX_MARKUP_H

#include "base/error.h"

/* Some bytes of the source: the characters of one <w:t>, or a tag. */
typedef struct {
	size_t start, end;
} Stretch;

/* A paragraph, cell, row or table: where it begins and ends, and what it stands in. */
typedef struct {
	char kind; /* p, c, r, t */
	size_t start, end;
	int parent;  /* index; -1 = none */
	int depth;   /* 1 = stands in none */
	int number;  /* of a paragraph: 1, 2, … */
	signed char only; /* holds nothing but block tags: 1, 0, or -1 = not looked at yet */
} Span;

/* `<name` and what may follow a name. */
bool markup_is(const char *p, const char *end, const char *name);
/* Behind the '>' of the markup that begins at p; '>' in quotes is none. */
const char *markup_end(const char *p, const char *end);
/* The stretches of text between two places; after `enough` bytes of text it stops. Array of Stretch. */
GArray *markup_stretches(const char *text, size_t from, size_t to, size_t enough);
/* Their characters, as they stand in the source. Caller owns. */
char *markup_text(const char *text, size_t from, size_t to, size_t enough);

/* Array of Span, in the order in which they begin; NULL with ERR_FORMAT when they nest too deep. */
GArray *markup_spans(const char *text, size_t size, GError **err);
/* The innermost one that holds the place; -1 = none. */
int markup_span_at(const GArray *spans, size_t place);

/* Gives block tags (of the text, array of Tag) the paragraph or rows that they stand for. A tag that
 * stands for a place where it is not has its own bytes added to `gone` (array of Stretch). */
void markup_place_blocks(const char *text, GArray *spans, GArray *tags, GArray *gone);

#endif
