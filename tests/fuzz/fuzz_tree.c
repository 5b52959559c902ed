/* Any bytes as what a helper sends back: the parent trusts none of it. */
#include "fuzz.h"

#include "document/doc.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(Doc) doc =
		doc_parse((const char *)data, MIN(size, FUZZ_SIZE_MAX), &limits_default, &err);
	g_assert_true(doc || err);
	if (!doc)
		return 0;
	g_autoptr(GString) tree = g_string_new(NULL);
	doc_print(doc, DOC_PRINT_TREE, tree);
	g_autofree char *text = doc_text(doc);
	return 0;
}
