/* Any bytes as the sheet of a sound workbook, or (after form feeds) as its styles and strings; what
 * comes out is printed and parsed again. */
#include "fuzz.h"

#include "decode/zip.h"
#include "xlsx_builder.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, MIN(size, FUZZ_SIZE_MAX));
	g_auto(GStrv) parts = g_strsplit(text, "\f", 3);
	guint n = g_strv_length(parts);
	g_autoptr(GBytes) bytes = build_xlsx(&(Book){ .sheet = n > 0 ? parts[0] : "",
		.styles = n > 1 ? parts[1] : "",
		.strings = n > 2 ? parts[2] : "" });
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
