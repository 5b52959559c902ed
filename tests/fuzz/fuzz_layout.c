/* Any bytes as recognised words, or as a model of a page: parsed as untrusted, laid out as PDF is.
 */
#include "fuzz.h"

#include "decode/pdf.h"
#include "decode/recognised.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) pages = recognised_parse(
		(const char *)data, MIN(size, FUZZ_SIZE_MAX), &limits_default, arena, &err);
	g_assert_true(pages || err);
	if (!pages)
		return 0;
	g_autoptr(Doc) doc = pdf_read_pictures(pages, &limits_default);
	g_autoptr(GString) wire = g_string_new(NULL);
	doc_print(doc, DOC_PRINT_WIRE, wire);
	g_autoptr(Doc) again = doc_parse(wire->str, wire->len, &limits_default, NULL);
	g_assert_nonnull(again);
	return 0;
}
