/*
 * PDF with a text layer -> Doc. Characters and their boxes come from Poppler (pdf_poppler.c, the
 * only file that calls it); words, lines, columns, tables and paragraphs are rebuilt from the boxes
 * by pure functions (pdf_layout.h).
 */
#ifndef VANTHU_DECODE_PDF_H
#define VANTHU_DECODE_PDF_H

#include "base/limits.h"
#include "document/doc.h"

/* A Doc always comes back for what can be said about the file in a finding (locked, damaged, too
 * many pages, a scan); an error is only for a fault of ours. Caller owns. Meant for the isolated
 * helper. */
/* `recognised` (of RecognisedPage, may be NULL) stands in for the text of its pages. */
Doc *pdf_read(GBytes *bytes, const GPtrArray *recognised, const Limits *limits, GError **err);
/* The same for an image file, of which there is nothing but what was recognised. */
Doc *pdf_read_pictures(const GPtrArray *recognised, const Limits *limits);
/* Opens a document of our own and keeps it: Poppler drops its tables with the last open document
 * (1 ms each time). Call once, before anything untrusted is read. */
void pdf_warm(void);
/* Loads the system's fonts: what draws a page, or reads one whose fonts the file does not carry, would
 * do so itself. */
void pdf_warm_fonts(void);

#endif
