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
Doc *pdf_read(GBytes *bytes, const Limits *limits, GError **err);
/* Opens a document of our own and keeps it: Poppler drops its tables with the last open document
 * (1 ms each time). Call once, before anything untrusted is read. */
void pdf_warm(void);

#endif
