/*
 * A request for one page of a file, as the helpers that work page by page take it: the number of the
 * page on a line, then the file.
 */
#ifndef VANTHU_DECODE_PAGE_REQUEST_H
#define VANTHU_DECODE_PAGE_REQUEST_H

#include "base/error.h"

/* The parent's side; `number` from 1. Caller owns. */
GBytes *page_request_new(GBytes *file, int number);
/* The helper's side: the number, and *ret_file (caller owns). 0 with ERR_USAGE when no page is named. */
int page_request_read(GBytes *request, GBytes **ret_file, GError **err);

#endif
