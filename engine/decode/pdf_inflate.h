/* Packed streams of a PDF, and the PNG predictor that cross-reference streams use. */
#ifndef VANTHU_DECODE_PDF_INFLATE_H
#define VANTHU_DECODE_PDF_INFLATE_H

#include "base/arena.h"

/* The bytes, in the arena; NULL when they are no deflated stream or *budget_bytes (which goes down)
 * does not hold them. What comes before damage is kept. */
unsigned char *pdf_inflate(const unsigned char *data, size_t size, Arena *arena,
	size_t *budget_bytes, size_t *ret_size);
/* The same of bytes written as text: groups of five signs, or two hexadecimal digits a byte. NULL
 * when a sign doesn't belong there. */
unsigned char *pdf_ascii85(const unsigned char *data, size_t size, Arena *arena,
	size_t *budget_bytes, size_t *ret_size);
unsigned char *pdf_asciihex(const unsigned char *data, size_t size, Arena *arena,
	size_t *budget_bytes, size_t *ret_size);
/* Undoes PNG prediction in place, rows of `columns` bytes; the size that is left. */
size_t pdf_unpredict(unsigned char *data, size_t size, size_t columns);

#endif
