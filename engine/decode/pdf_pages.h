/*
 * The pages of a PDF as its own objects say: size, turn, resources, content. Only of files that are
 * sound, open and plainly compressed; for all others there is Poppler. Untrusted bytes: for the
 * isolated helper. Design: ISO 32000-1, 7.7.3.
 */
#ifndef VANTHU_DECODE_PDF_PAGES_H
#define VANTHU_DECODE_PDF_PAGES_H

#include "decode/pdf_objects.h"

typedef struct PdfPages PdfPages;

typedef struct {
	double x0, y0, x1, y1; /* the part that is shown, in the page's own units */
	int turn;              /* clockwise: 0, 90, 180, 270 */
	const PdfValue *resources, *contents;
} PdfPageObject;

/* NULL when the file is encrypted or broken, or has another number of pages. Bytes are lent. */
PdfPages *pdf_pages_open(const unsigned char *data, size_t size, int n_pages);
void pdf_pages_free(PdfPages *pages);
PdfObjects *pdf_pages_objects(PdfPages *pages);
/* Page `number`, from 1. */
const PdfPageObject *pdf_pages_at(const PdfPages *pages, int number);
/* The bytes of a stream, or of an array of them one after the other, in the arena (or lent by the
 * file). NULL when a filter is not one of Flate, ASCII85 and ASCIIHex, or they are too many. */
const unsigned char *pdf_pages_content(
	PdfPages *pages, const PdfValue *contents, Arena *arena, size_t *ret_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfPages, pdf_pages_free)

#endif
