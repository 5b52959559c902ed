/* engine/decode/xml_flood.c in a DOCX: what test_xml_read.c asks of messages. */
#include "decode/zip.h"
#include "docx_builder.h"

/* A tag that libxml2 would compare with itself for hours, and names without end. */
static void
test_floods(void)
{
	g_autoptr(GString) tag = g_string_new("<w:p");
	g_autoptr(GString) names = g_string_new(NULL);
	for (int i = 0; i < 30000; i++) {
		g_string_append_printf(tag, " a%d='1'", i);
		g_string_append_printf(names, "<w:n%d/>", i);
	}
	g_string_append(tag, "/>");
	const char *const bodies[] = { tag->str, names->str };
	for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
		g_autoptr(GBytes) bytes = build_docx(bodies[i], NULL, NULL);
		g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
		g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/too-large");
		g_assert_nonnull(strstr(doc_refusal(doc)->en, i ? "names" : "attributes"));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xml-flood/docx", test_floods);
	return g_test_run();
}
