/*
 * returned/: what could not be taken, each with its reason in Vietnamese in a text file beside it,
 * so that a clerk who knows only the folder sees what to do.
 */
#ifndef VANTHU_CAPTURE_RETURNED_H
#define VANTHU_CAPTURE_RETURNED_H

#include "base/error.h"

/* The name to use in returned/ for `name`, made safe; `taken` tells which are in use ("NAME (2)"
 * then). Caller owns. */
char *returned_name(const char *name, bool (*taken)(const char *name, void *user), void *user);
/* Writes returned/NAME as a copy of the file `blob_path` (NULL: no file, as for a folder or a
 * secret paper) and returned/NAME.ly-do.txt. Doing it twice is the same as once. */
bool returned_put(const char *office_dir, const char *name, const char *blob_path,
	const char *reason, GError **err);

#endif
