/* JSON as data for a template: objects become elements, arrays repeated elements, the root is
 * <data>. */
#ifndef VANTHU_GENERATE_DATA_JSON_H
#define VANTHU_GENERATE_DATA_JSON_H

#include "document/xml.h"

/* Strict JSON (RFC 8259), nested at most 100 deep, no member twice. Member names that are no XML
 * names get '_' for what does not fit. ERR_FORMAT as "name:line: what". Caller: xmlFreeDoc. */
xmlDoc *data_json_parse(const char *text, size_t size, const char *name, GError **err);

#endif
