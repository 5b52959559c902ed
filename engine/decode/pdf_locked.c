/* A file and a password -> one run of bytes, and back. */
#include "decode/pdf_locked.h"

#include <string.h>

/* No PDF begins so; one that does only brings a password for itself. */
static const char mark[] = "%VANTHU-LOCKED\n";

GBytes *
pdf_locked_new(GBytes *file, const char *password)
{
	gsize size;
	const void *data = g_bytes_get_data(file, &size);
	GByteArray *whole = g_byte_array_new();
	g_byte_array_append(whole, (const guint8 *)mark, (guint)strlen(mark));
	g_byte_array_append(whole, (const guint8 *)password, (guint)strlen(password) + 1);
	g_byte_array_append(whole, data, (guint)size);
	return g_byte_array_free_to_bytes(whole);
}

GBytes *
pdf_locked_file(GBytes *bytes, char **ret_password)
{
	gsize size, head = strlen(mark);
	const char *data = g_bytes_get_data(bytes, &size);
	const char *end = size > head && memcmp(data, mark, head) == 0
		? memchr(data + head, '\0', size - head)
		: NULL;
	*ret_password = end ? g_strdup(data + head) : NULL;
	gsize from = end ? (gsize)(end + 1 - data) : 0;
	return g_bytes_new_from_bytes(bytes, from, size - from);
}
