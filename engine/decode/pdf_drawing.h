/*
 * What a page draws besides letters, read from its content streams: thin marks that can be ruling
 * lines, and how much pictures cover. Poppler would have to draw the whole page for that. Whatever
 * this reader does not take (optional content, lines painted over, frames filled as one shape, too
 * much of anything) makes it say so, and the page is drawn. Untrusted bytes: for the isolated
 * helper.
 */
#ifndef VANTHU_DECODE_PDF_DRAWING_H
#define VANTHU_DECODE_PDF_DRAWING_H

#include "base/place.h"
#include "decode/pdf_pages.h"

/* A rule is at most so thick. */
#define PDF_THIN_PT 2.7

typedef struct {
	GArray *bars;    /* of Box, as painted: dark, thin one way or both; top left origin */
	double pictured; /* area under pictures, square points, counted for each */
} PdfDrawing;

/* The page as shown measures width x height points. False: draw it. In both cases clear it. */
bool pdf_drawing_read(
	PdfPages *pages, int number, double width_pt, double height_pt, PdfDrawing *ret);
/* Letters are drawn in no ink, or as nothing but an edge to clip by. Looks for the words only. */
bool pdf_drawing_has_unseen(PdfPages *pages, int number);
void pdf_drawing_clear(PdfDrawing *drawing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PdfDrawing, pdf_drawing_clear)

#endif
