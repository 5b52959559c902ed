/*
 * Lines of print that a page's own analysis sets aside as part of a picture, because a seal, a pen
 * or a scratch touches them.
 */
#ifndef VANTHU_DECODE_OCR_LINES_H
#define VANTHU_DECODE_OCR_LINES_H

#include <leptonica/allheaders.h>

/* Print as black pixels: without upright scratches, and without what hangs together over more than
 * a line, as rings of seals and strokes of pens do. NULL without memory; caller owns. */
PIX *ocr_print_of(PIX *grey, double scale);
/* Boxes of what stands side by side like the letters of a line, and of several lines that a seal
 * joins; NULL when none. Caller owns. */
BOXA *ocr_find_lines(PIX *print, double scale);

#endif
