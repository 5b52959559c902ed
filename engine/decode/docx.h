/*
 * A DOCX (WordprocessingML, transitional or strict) to a Doc: what a person sees on paper when all
 * tracked changes are accepted, in reading order. Blank paragraphs are left out: paragraph numbers
 * of places count the others.
 */
#ifndef VANTHU_DECODE_DOCX_H
#define VANTHU_DECODE_DOCX_H

#include "decode/package.h"
#include "document/doc.h"

/* There is a Word document in the package. */
bool docx_is(const Package *package);
/* Never NULL: what can't be read is a Doc with a finding of decode/. */
Doc *docx_read(Package *package, const Limits *limits);

#endif
