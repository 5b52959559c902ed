/*
 * Bytes of XML -> whether parsing them would never end.
 *
 * libxml2 compares each attribute of a tag with each other before it shows us the tag, and keeps
 * names in a table that stops growing: both take the square of their number.
 */
#include "decode/xml_flood.h"

#include <glib.h>
#include <string.h>

enum {
	ATTRIBUTES_MAX = 4000,
	NAMES_MAX = 20000,
	STRETCH = 16384, /* no tag of many more attributes is shorter than two of these */
};

/* `p` stands behind the "<". A value may hold a ">". */
static int
count_attributes(const char *p, const char *end)
{
	int n = 0;
	char quote = 0;
	if (p < end && (*p == '!' || *p == '?'))
		return 0; /* no tag */
	for (; p < end && (quote || *p != '>'); p++) {
		if (quote ? *p != quote : *p != '"' && *p != '\'')
			continue;
		n += quote != 0;
		quote = quote ? 0 : *p;
	}
	return n;
}

/* Nothing within a tag may be a "<": only where a whole stretch has none can a long one be, and
 * most files have no such stretch. */
static bool
has_flood(const char *data, size_t size)
{
	const char *end = data + size;
	for (const char *at = data; end - at >= STRETCH; at += STRETCH) {
		if (memchr(at, '<', STRETCH))
			continue;
		const char *tag = memrchr(data, '<', (size_t)(at - data));
		const char *next = memchr(at, '<', (size_t)(end - at));
		if (tag && count_attributes(tag + 1, next ? next : end) > ATTRIBUTES_MAX)
			return true;
		if (!next)
			return false;
		at = next - STRETCH; /* the loop goes on at the next tag */
	}
	return false;
}

/* A byte for each two of UTF-16, where one of the two bytes of a letter may look like a "<". */
static char *
narrow(const char *data, size_t size, bool big_endian)
{
	char *out = g_malloc(size / 2 + 1);
	for (size_t i = 0; i < size / 2; i++) {
		char low = data[2 * i + big_endian], high = data[2 * i + !big_endian];
		out[i] = high ? 'x' : low;
	}
	return out;
}

bool
xml_has_flood(const char *data, size_t size)
{
	bool little = size > 1 && (memcmp(data, "\xff\xfe", 2) == 0 || data[1] == '\0');
	bool big = size > 1 && (memcmp(data, "\xfe\xff", 2) == 0 || data[0] == '\0');
	g_autofree char *narrowed = little || big ? narrow(data, size, big) : NULL;
	return narrowed ? has_flood(narrowed, size / 2) : has_flood(data, size);
}

bool
xml_has_many_names(const xmlParserCtxt *parser)
{
	return xmlDictSize(parser->dict) > NAMES_MAX;
}
