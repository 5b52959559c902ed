/*
 * The objects of a PDF file as its cross-reference tables name them: a revision is the same bytes,
 * cut shorter. Where tables are broken the bytes are searched for objects, and that is said.
 * Streams are inflated only where objects lie in them. Untrusted bytes: for the isolated helper.
 * Design: ISO 32000-1, 7.5.
 */
#ifndef VANTHU_DECODE_PDF_OBJECTS_H
#define VANTHU_DECODE_PDF_OBJECTS_H

#include "decode/pdf_syntax.h"

typedef struct PdfObjects PdfObjects;

/* What all readers of one file may spend together. */
typedef struct {
	long values; /* made by lexers */
	size_t inflate_bytes;
} PdfBudget;

extern const PdfBudget pdf_budget_default;

/* Never NULL; a file without objects has none. Bytes and budget are lent for its life. */
PdfObjects *pdf_objects_new(const unsigned char *data, size_t size, PdfBudget *budget);
/* The same of a file that needs no repair; of any other NULL. */
PdfObjects *pdf_objects_new_sound(const unsigned char *data, size_t size, PdfBudget *budget);
/* The same, but every object that stands in the bytes counts, whatever the tables say: what a
 * reader sees that mends the file. */
PdfObjects *pdf_objects_scan(const unsigned char *data, size_t size, PdfBudget *budget);
void pdf_objects_free(PdfObjects *objects);
bool pdf_objects_repaired(const PdfObjects *objects);
/* Where the newest table in force stands; SIZE_MAX when there is none. */
size_t pdf_objects_table(const PdfObjects *objects);
/* Some of it was not read, for its size. */
bool pdf_objects_exhausted(const PdfObjects *objects);
/* The newest trailer dictionary; of kind PDF_NULL when there is none. */
const PdfValue *pdf_objects_trailer(const PdfObjects *objects);

/* The value of an object; of kind PDF_NULL when there is none. Lent. */
const PdfValue *pdf_object(PdfObjects *objects, int64_t number);
/* Follows references. Never NULL. */
const PdfValue *pdf_resolve(PdfObjects *objects, const PdfValue *value);
/* The value of a key of a dictionary, resolved. Never NULL; PDF_NULL when there is none. */
const PdfValue *pdf_lookup(PdfObjects *objects, const PdfValue *dict, const char *key);
/* The object lies in the file itself, so that its places are places in the file. */
bool pdf_object_in_file(PdfObjects *objects, int64_t number);
bool pdf_object_exists(PdfObjects *objects, int64_t number);
/* The catalog. */
const PdfValue *pdf_root(PdfObjects *objects);
/* Raw bytes of a stream, inflated when they are; NULL when they can't be. Lent by the arena. */
const unsigned char *pdf_stream_bytes(
	PdfObjects *objects, const PdfValue *stream, size_t *ret_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfObjects, pdf_objects_free)

#endif
