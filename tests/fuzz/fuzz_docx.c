/* Any bytes as word/document.xml of a sound package; what comes out is printed and parsed again. */
#include "fuzz.h"

#include "decode/zip.h"
#include "docx_builder.h"

static GBytes *
package(const char *document)
{
	const Part parts[] = { { "[Content_Types].xml", "<Types/>" },
		{ "_rels/.rels",
			"<Relationships xmlns='" REL_NS "'>" REL(
				"rId1", "officeDocument", "word/document.xml") "</Relationships>" },
		{ "word/document.xml", document }, { NULL, NULL } };
	return build_zip(parts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, MIN(size, FUZZ_SIZE_MAX));
	g_autoptr(GBytes) bytes = package(text);
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_autoptr(GString) tree = g_string_new(NULL);
	g_autoptr(GString) again = g_string_new(NULL);
	g_autoptr(GError) err = NULL;
	doc_print(doc, DOC_PRINT_TREE, tree);
	g_autoptr(Doc) copy = doc_parse(tree->str, tree->len, &limits_default, &err);
	if (!copy)
		g_error("the tree is not read again: %s\n%s", err->message, tree->str);
	doc_print(copy, DOC_PRINT_TREE, again);
	g_assert_cmpstr(tree->str, ==, again->str);
	return 0;
}
