/*
 * A page as a picture for people, PNG, to stand behind the boxes of what was read. Untrusted bytes: only
 * in the isolated helpers.
 */
#ifndef VANTHU_DECODE_PREVIEW_H
#define VANTHU_DECODE_PREVIEW_H

#include "base/error.h"

/* Sharp enough to read on a screen: as many pixels an inch, and no more on the longer side. */
#define PREVIEW_DPI 110.0
#define PREVIEW_LONGEST_PX 1900

/* Services of vanthu-decode-pdf and vanthu-ocr: a page_request in, PNG out. */
bool pdf_preview(GBytes *request, GString *out, GError **err);
bool ocr_preview(GBytes *request, GString *out, GError **err);

#endif
