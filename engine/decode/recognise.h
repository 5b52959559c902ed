/*
 * Has the pages of a file that are pictures read by vanthu-ocr, a page a request: a page that makes
 * the recogniser crash costs only itself. Two that take too long end it: they are minutes each.
 */
#ifndef VANTHU_DECODE_RECOGNISE_H
#define VANTHU_DECODE_RECOGNISE_H

#include "base/helper.h"

typedef struct {
	GString *text; /* wire form of decode/recognised.h; empty: nothing was read */
	char *why;     /* what stopped the first page that was not read; NULL: nothing did */
	int timed_out; /* pages so far; the second is the last that is tried */
} Recognition;

/* Recognition takes seconds a page on a good machine: these are for one page. */
HelperPolicy recognise_policy(const Limits *limits);
/* Pages by number, a space between; those beyond limits->recognised_pages are left unread. */
void recognise_pdf(Helper *ocr, GBytes *file, const char *pages, const Limits *limits,
	Recognition *ret_recognition);
/* All pages of an image file. False with *err when the file is no image that can be read. */
bool recognise_image(Helper *ocr, GBytes *file, const Limits *limits, Recognition *ret_recognition,
	GError **err);
void recognition_clear(Recognition *recognition);

#endif
