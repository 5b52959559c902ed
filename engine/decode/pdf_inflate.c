/* Deflated bytes (with zlib) or bytes written as text -> bytes, and PNG rows -> plain rows. */
#include "decode/pdf_inflate.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* One stream of objects; the file's own budget counts all of them. */
#define MAX_STREAM ((size_t)64 << 20)

/* Most streams end in the first chunk: told that it may be the last one, zlib keeps no window for
 * others. */
static GByteArray *
inflate_all(const unsigned char *data, size_t size, size_t limit)
{
	z_stream stream = { .next_in = (Bytef *)data, .avail_in = (uInt)MIN(size, G_MAXUINT / 2) };
	GByteArray *out = g_byte_array_new();
	unsigned char chunk[32768];
	bool more = inflateInit(&stream) == Z_OK;
	while (more && out->len <= limit) {
		stream.next_out = chunk;
		stream.avail_out = sizeof chunk;
		int state = inflate(&stream, Z_FINISH);
		g_byte_array_append(out, chunk, (guint)(sizeof chunk - stream.avail_out));
		more = (state == Z_OK || state == Z_BUF_ERROR) && stream.avail_out == 0;
	}
	inflateEnd(&stream);
	return out;
}

unsigned char *
pdf_inflate(const unsigned char *data, size_t size, Arena *arena, size_t *budget_bytes,
	size_t *ret_size)
{
	size_t limit = MIN(MAX_STREAM, *budget_bytes);
	g_autoptr(GByteArray) out = inflate_all(data, size, limit);
	*budget_bytes -= MIN(*budget_bytes, out->len);
	*ret_size = 0;
	if (!out->len || out->len > limit)
		return NULL;
	unsigned char *bytes = arena_alloc(arena, out->len);
	memcpy(bytes, out->data, out->len);
	*ret_size = out->len;
	return bytes;
}

/* Room for `size` bytes, off the budget; NULL when it does not hold them. */
static unsigned char *
take_room(Arena *arena, size_t size, size_t *budget_bytes)
{
	if (size > MIN(MAX_STREAM, *budget_bytes))
		return NULL;
	*budget_bytes -= size;
	return arena_alloc(arena, size);
}

/* A group of two to four signs, filled up with "u", tells one byte less. */
static size_t
put_group(unsigned char *to, uint32_t group, int signs)
{
	for (int i = signs; i < 5; i++)
		group = group * 85 + 84;
	for (int i = 0; i + 1 < signs; i++)
		to[i] = (unsigned char)(group >> (24 - 8 * i));
	return signs > 1 ? (size_t)(signs - 1) : 0;
}

/* "z" alone stands for four zero bytes. */
static size_t
room_of_groups(const unsigned char *data, size_t size)
{
	size_t zeros = 0;
	for (size_t i = 0; i < size; i++)
		zeros += data[i] == 'z';
	return (size - zeros) / 5 * 4 + zeros * 4 + 4;
}

unsigned char *
pdf_ascii85(const unsigned char *data, size_t size, Arena *arena, size_t *budget_bytes,
	size_t *ret_size)
{
	unsigned char *out = take_room(arena, room_of_groups(data, size), budget_bytes);
	uint32_t group = 0;
	int signs = 0;
	*ret_size = 0;
	for (size_t i = 0; out && i < size && data[i] != '~'; i++) {
		int c = data[i];
		if (c == 'z' && !signs) {
			memset(out + *ret_size, 0, 4);
			*ret_size += 4;
		} else if (c >= '!' && c <= 'u') {
			group = group * 85 + (uint32_t)(c - '!');
			signs++;
		} else if (!g_ascii_isspace(c)) {
			return NULL;
		}
		if (signs < 5)
			continue;
		*ret_size += put_group(out + *ret_size, group, signs);
		group = 0;
		signs = 0;
	}
	if (out)
		*ret_size += put_group(out + *ret_size, group, signs);
	return out;
}

unsigned char *
pdf_asciihex(const unsigned char *data, size_t size, Arena *arena, size_t *budget_bytes,
	size_t *ret_size)
{
	unsigned char *out = take_room(arena, size / 2 + 1, budget_bytes);
	size_t digits = 0;
	for (size_t i = 0; out && i < size && data[i] != '>'; i++) {
		int value = g_ascii_xdigit_value((char)data[i]);
		if (value < 0 && !g_ascii_isspace(data[i]))
			return NULL;
		if (value < 0)
			continue;
		out[digits / 2] |= (unsigned char)(digits % 2 ? value : value * 16);
		digits++;
	}
	*ret_size = (digits + 1) / 2;
	return out;
}

static int
paeth(int left, int up, int corner)
{
	int estimate = left + up - corner;
	int a = abs(estimate - left), b = abs(estimate - up), c = abs(estimate - corner);
	if (a <= b && a <= c)
		return left;
	return b <= c ? up : corner;
}

/* PNG's filters, for samples of one byte. */
static unsigned char
predicted(int filter, int left, int up, int corner)
{
	switch (filter) {
	case 1:
		return (unsigned char)left;
	case 2:
		return (unsigned char)up;
	case 3:
		return (unsigned char)((left + up) / 2);
	case 4:
		return (unsigned char)paeth(left, up, corner);
	default:
		return 0;
	}
}

size_t
pdf_unpredict(unsigned char *data, size_t size, size_t columns)
{
	size_t done = 0;
	for (size_t from = 0; size - from > columns; from += columns + 1, done += columns) {
		int filter = data[from];
		unsigned char *row = data + done;
		const unsigned char *above = done ? row - columns : NULL;
		memmove(row, data + from + 1, columns);
		for (size_t i = 0; i < columns; i++) {
			int left = i ? row[i - 1] : 0, up = above ? above[i] : 0;
			int corner = i && above ? above[i - 1] : 0;
			row[i] = (unsigned char)(row[i] + predicted(filter, left, up, corner));
		}
	}
	return done;
}
