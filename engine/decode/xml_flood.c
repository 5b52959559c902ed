/*
 * Bytes of XML -> whether parsing them would never end.
 *
 * libxml2 compares each attribute of a tag with each other before it shows us the tag, and keeps
 * names in a table that stops growing: both take the square of their number.
 */
#include "decode/xml_flood.h"

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
bool
xml_has_flood(const char *data, size_t size)
{
	const char *end = data + size;
	for (const char *at = data; end - at >= STRETCH; at += STRETCH) {
		if (memchr(at, '<', STRETCH))
			continue;
		const char *tag = memrchr(data, '<', (size_t)(at - data));
		if (tag && count_attributes(tag + 1, end) > ATTRIBUTES_MAX)
			return true;
		const char *next = memchr(at, '<', (size_t)(end - at));
		if (!next)
			return false;
		at = next - STRETCH; /* the loop goes on at the next tag */
	}
	return false;
}

bool
xml_has_many_names(const xmlParserCtxt *parser)
{
	return xmlDictSize(parser->dict) > NAMES_MAX;
}
