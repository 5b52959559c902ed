/*
 * All that is asked of Poppler, each foreign call once. What comes out is ours: nothing of
 * Poppler's leaves pdf_poppler.c. Untrusted bytes: to be called only in the isolated helper.
 */
#ifndef VANTHU_DECODE_PDF_POPPLER_H
#define VANTHU_DECODE_PDF_POPPLER_H

#include "decode/pdf_drawing.h"
#include "decode/pdf_layout.h"

typedef struct PdfFile PdfFile;

typedef enum { PDF_OPEN, PDF_LOCKED, PDF_DAMAGED } PdfState;

/* NULL unless PDF_OPEN; *ret_why (owned by the caller, may be NULL) says what Poppler said. */
PdfFile *pdf_file_open(GBytes *bytes, PdfState *ret_state, char **ret_why);
void pdf_file_close(PdfFile *file);
int pdf_file_pages(const PdfFile *file);
/* Title, author, producer, creation date and the number of signatures into doc->meta. */
void pdf_file_meta(PdfFile *file, Doc *doc);

/* Reads page `number` (from 1): its size, glyphs and signature fields; form values and comments
 * become notes of the Doc. False when Poppler can't open the page. Strings live in reading->arena.
 */
bool pdf_file_page(PdfFile *file, int number, PdfReading *reading, PdfPage *page);
/* What the page draws besides letters, without drawing it. False: only drawing tells. In both cases
 * clear it. */
bool pdf_file_drawing(PdfFile *file, const PdfPage *page, PdfDrawing *ret);
/* The page's content has letters drawn in no ink; those of forms within it are not looked for. */
bool pdf_file_draws_unseen(PdfFile *file, const PdfPage *page);
/* The page as a grey picture, its longer side at most 2000 pixels; g_free() it. NULL when it can't
 * be drawn. */
unsigned char *pdf_file_picture(
	PdfFile *file, const PdfPage *page, int *ret_width, int *ret_height, double *ret_scale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfFile, pdf_file_close)

#endif
