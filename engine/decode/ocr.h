/*
 * A picture of a page -> words with boxes and confidence, by tesseract. Coloured stamps and ink are
 * lightened first, the page is straightened and, when it reads badly, tried lying on its sides.
 * Untrusted bytes: to be called only in the isolated helper vanthu-ocr.
 */
#ifndef VANTHU_DECODE_OCR_H
#define VANTHU_DECODE_OCR_H

#include "base/error.h"
#include "decode/recognised.h"

#include <stdint.h>

typedef struct {
	/* One byte a pixel, rows without padding, 0 black; owned. `grey` is what is printed in
	 * black, `ink` what is stamped or written in colour. */
	unsigned char *grey, *ink;
	int width, height;
	double scale; /* pixels a point */
} OcrPicture;

/* Pixels of 32 bits in native order, red at bit `red`, green 8 and blue 16 below it; `stride` in
 * bytes. False when there is no memory for it. */
bool ocr_picture_of_colours(const uint32_t *pixels, size_t stride, int width, int height, int red,
	OcrPicture *ret_picture);
void ocr_picture_clear(OcrPicture *picture);

/* Pages of an image file (TIFF may have many). 0 with *err: ERR_FORMAT, ERR_LIMIT. */
int ocr_image_pages(GBytes *bytes, const Limits *limits, GError **err);
/* Page `number` (from 1) of an image file, at a resolution that recognition likes. */
bool ocr_image_picture(GBytes *bytes, int number, OcrPicture *ret_picture, GError **err);
/* Page `number` of a PDF, drawn at 300 dots an inch. */
bool ocr_pdf_picture(GBytes *bytes, int number, OcrPicture *ret_picture, GError **err);

/* What stands on it. Strings live in the arena. ERR_UNSUPPORTED: the recogniser or its Vietnamese
 * data is not installed. Caller owns. */
RecognisedPage *ocr_read(const OcrPicture *picture, int number, Arena *arena, GError **err);

#endif
