/* The number of a page and a file -> one request, and back. */
#include "decode/page_request.h"

#include <stdlib.h>
#include <string.h>

GBytes *
page_request_new(GBytes *file, int number)
{
	gsize size;
	const void *data = g_bytes_get_data(file, &size);
	g_autofree char *head = g_strdup_printf("%d\n", number);
	GByteArray *request = g_byte_array_sized_new((guint)(strlen(head) + size));
	g_byte_array_append(request, (const guint8 *)head, (guint)strlen(head));
	if (size)
		g_byte_array_append(request, data, (guint)size);
	return g_byte_array_free_to_bytes(request);
}

int
page_request_read(GBytes *request, GBytes **ret_file, GError **err)
{
	gsize size;
	const char *data = g_bytes_get_data(request, &size);
	const char *end = size ? memchr(data, '\n', MIN(size, 12)) : NULL;
	int number = end ? atoi(data) : 0;
	if (number < 1) {
		fail(err, ERR_USAGE, _("the request names no page"));
		return 0;
	}
	gsize head = (gsize)(end + 1 - data);
	*ret_file = g_bytes_new_from_bytes(request, head, size - head);
	return number;
}
