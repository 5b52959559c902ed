/* Automatic list numbers: what Word prints in front of a paragraph, which is not in its text. */
#ifndef VANTHU_DECODE_DOCX_NUMBERING_H
#define VANTHU_DECODE_DOCX_NUMBERING_H

#include "decode/docx_sax.h"

typedef struct Numbering Numbering;

Numbering *numbering_new(void);
void numbering_free(Numbering *numbering);
bool numbering_read(
	Numbering *numbering, GBytes *bytes, const char *part, const Limits *limits, GError **err);
/*
 * The label of the next paragraph of list `list` (w:numId) at `level` (0 to 8; below 0: the level
 * that belongs to the paragraph style, else 0): counts it. Caller owns; NULL when nothing is
 * printed.
 */
char *numbering_next(Numbering *numbering, int list, int level, const char *style, int *ret_level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Numbering, numbering_free)

#endif
