/*
 * Files and folders that survive a crash. A file is written whole or not at all: whoever looks sees
 * the old bytes or the new ones, and after a power cut too. Errors: ERR_RETRY (disk full, busy: the
 * old file is still there), ERR_NOT_FOUND, ERR_DENIED (no right to write there).
 */
#ifndef VANTHU_BASE_FILE_H
#define VANTHU_BASE_FILE_H

#include "base/error.h"

#include <stddef.h>

/* Writes .NAME.new beside path, syncs it, renames it to path and syncs the folder, which must
 * exist. Several processes may write the same path: one after the other. What a killed writer left
 * is used up by the next. */
bool file_write(const char *path, GBytes *bytes, int mode, GError **err);
/* True when it is a regular file with just these bytes. */
bool file_holds(const char *path, GBytes *bytes);
/* All of data into fd; path is for the message. */
bool file_write_all(int fd, const char *data, size_t size, const char *path, GError **err);
/* Sets *err from errno: "what 'path': reason"; what is a translated verb ("writing"). */
bool file_fail(GError **err, const char *what, const char *path);

/* Makes a folder (0700) and those above it, each name durable. It may be there already. */
bool folder_make(const char *path, GError **err);
/* Makes the names in a folder durable. */
bool folder_sync(const char *path, GError **err);

#endif
