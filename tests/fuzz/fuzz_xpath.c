/* The first line as an XPath of a rule, check or template, the rest as the tree that it asks. */
#include "fuzz.h"

#include "document/query.h"
#include "document/xml.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *copy = g_strndup((const char *)data, MIN(size, 1 << 14));
	char *rest = copy + strcspn(copy, "\n");
	if (*rest)
		*rest++ = '\0';
	g_autoptr(xmlDoc) doc = xml_parse(rest, strlen(rest), "fuzz.xml", NULL);
	g_autoptr(GError) err = NULL;
	g_autoptr(Query) query = query_compile(copy, &err);
	g_assert_true(query || err);
	if (!doc || !query)
		return 0;
	QueryWorld world = { .today = { 2026, 11, 23 } };
	g_autoptr(QueryContext) context = query_context_new(doc, &world);
	g_autoptr(GPtrArray) nodes = NULL;
	g_autofree char *text = NULL;
	bool yes;
	query_nodes(context, query, NULL, &nodes, NULL);
	query_text(context, query, NULL, &text, NULL);
	query_bool(context, query, NULL, &yes, NULL);
	return 0;
}
