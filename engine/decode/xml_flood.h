/* XML that is well-formed and small, and takes libxml2 hours: told before it is parsed, or early. */
#ifndef VANTHU_DECODE_XML_FLOOD_H
#define VANTHU_DECODE_XML_FLOOD_H

#include <libxml/parser.h>
#include <stdbool.h>
#include <stddef.h>

/* Whether a tag has more attributes than any honest one. */
bool xml_has_flood(const char *data, size_t size);
/* Whether more names occurred so far than any honest file has; cheap. */
bool xml_has_many_names(const xmlParserCtxt *parser);

#endif
