/*
 * A byte buffer with a limit. Whatever an input can make grow is gathered in a Buf, created with
 * the most bytes that it may ever hold; going over it fails once and for good, and memory stays
 * where it is. For text of our own, of known size, GString does.
 */
#ifndef VANTHU_BASE_BUF_H
#define VANTHU_BASE_BUF_H

#include "base/error.h"

#include <stddef.h>

typedef struct {
	char *data; /* NUL-terminated when not NULL */
	size_t size, room, limit;
	bool overflow;
} Buf;

void buf_init(Buf *buf, size_t limit_bytes);
void buf_clear(Buf *buf);
/* Room for so many more bytes, to be written behind the last one; buf_wrote() then says how many
 * there are. NULL: the limit was reached, as in buf_add(). */
char *buf_space(Buf *buf, size_t size);
void buf_wrote(Buf *buf, size_t size);
/* False when the limit was reached: nothing is added, and buf->overflow stays set. */
bool buf_add(Buf *buf, const void *data, size_t size);
bool buf_add_text(Buf *buf, const char *text);
bool buf_printf(Buf *buf, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Gives the bytes away and leaves buf empty. */
GBytes *buf_take(Buf *buf);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Buf, buf_clear)

#endif
