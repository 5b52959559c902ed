/*
 * A Doc with text recognised on pictures -> the same Doc with that text mended as far as its words
 * allow: phrases of the lexicon, the marks of number lines, what can't be read set apart. Places
 * and everything that was not recognised stay as they are.
 */
#ifndef VANTHU_EXTRACT_MEND_H
#define VANTHU_EXTRACT_MEND_H

#include "document/doc.h"
#include "extract/lexicon.h"

/* Stands for a word that the recogniser could not read. */
#define MEND_UNREADABLE "\uFFFD"

/* Some text of the Doc was recognised. */
bool mend_wanted(const Doc *doc);
/* A copy that lives no longer than the Doc; caller owns. Changes: of char *, "QUYÉT → QUYẾT". */
Doc *mend_doc(const Doc *doc, const Lexicon *lexicon, GPtrArray *changes);

#endif
