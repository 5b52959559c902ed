/* A byte buffer with a limit: doubles until the limit, then refuses. */
#include "base/buf.h"

#include <stdarg.h>
#include <string.h>

void
buf_init(Buf *buf, size_t limit_bytes)
{
	*buf = (Buf){ .limit = limit_bytes };
}

void
buf_clear(Buf *buf)
{
	g_free(buf->data);
	buf_init(buf, buf->limit);
}

static bool
buf_reserve(Buf *buf, size_t more)
{
	if (buf->overflow || more > buf->limit - buf->size) {
		buf->overflow = true;
		return false;
	}
	size_t need = buf->size + more + 1;
	if (need <= buf->room)
		return true;
	size_t room = MAX(need, MIN(buf->room * 2, buf->limit + 1));
	char *data = g_try_realloc(buf->data, MAX(room, 64));
	if (!data) {
		buf->overflow = true;
		return false;
	}
	buf->data = data;
	buf->room = MAX(room, 64);
	return true;
}

char *
buf_space(Buf *buf, size_t size)
{
	return buf_reserve(buf, size) ? buf->data + buf->size : NULL;
}

void
buf_wrote(Buf *buf, size_t size)
{
	buf->size += size;
	buf->data[buf->size] = '\0';
}

bool
buf_add(Buf *buf, const void *data, size_t size)
{
	char *space = buf_space(buf, size);
	if (!space)
		return false;
	if (size)
		memcpy(space, data, size);
	buf_wrote(buf, size);
	return true;
}

bool
buf_add_text(Buf *buf, const char *text)
{
	return buf_add(buf, text, strlen(text));
}

bool
buf_printf(Buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	return buf_add_text(buf, text);
}

GBytes *
buf_take(Buf *buf)
{
	GBytes *bytes = g_bytes_new_take(buf->data, buf->size);
	buf_init(buf, buf->limit);
	return bytes;
}
