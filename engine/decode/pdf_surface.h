/*
 * A PDF opened by Poppler, and its pages as pixels. Untrusted bytes: only in the isolated helpers.
 */
#ifndef VANTHU_DECODE_PDF_SURFACE_H
#define VANTHU_DECODE_PDF_SURFACE_H

#include "decode/pdf_layout.h"

#include <poppler.h>

/* With the password that may stand in front of it (pdf_locked.h). Caller unrefs. */
PopplerDocument *pdf_document_open(GBytes *bytes, GError **err);

/*
 * The page, turned as it is read, on white, 32 bits a pixel (CAIRO_FORMAT_RGB24), at `scale` pixels a
 * point, or less where its longer side would have more than `longest_px`; *ret_scale is what it came
 * to (may be NULL). NULL when the page has no sensible size or can't be drawn. Caller destroys it.
 */
cairo_surface_t *pdf_surface_draw(
	PopplerPage *page, PdfTurn turn, double scale, double longest_px, double *ret_scale);

/* A byte a pixel, 0 black; g_free() it. NULL when there is no room. */
unsigned char *pdf_surface_grey(cairo_surface_t *surface);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerPage, g_object_unref)

#endif
