/* engine/decode/docx*.c: what is no document, or more than one may hold, is refused with its reason. */
#include "decode/zip.h"

#include "docx_builder.h"

static void
test_refused(void)
{
	g_autoptr(GString) nested = g_string_new(NULL);
	for (int i = 0; i < 220; i++)
		g_string_append(nested, "<w:sdt>");
	for (int i = 0; i < 220; i++)
		g_string_append(nested, "</w:sdt>");
	static const struct {
		const char *document, *id;
	} rows[] = {
		{ "<w:document xmlns:w='" W_NS "'><w:body>", "decode/damaged" },
		{ "", "decode/damaged" },
		{ "<!DOCTYPE d [<!ENTITY a 'b'>]><w:document xmlns:w='" W_NS "'/>", "decode/hostile" },
		{ "<w:document><w:body/></w:document>", "decode/damaged" }, /* no namespace for w: */
		{ "<html/>", "decode/damaged" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const Part parts[] = { { "word/document.xml", rows[i].document }, { NULL, NULL } };
		g_autoptr(GBytes) bytes = build_zip(parts);
		g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
		if (!doc_refusal(doc) || strcmp(doc_refusal(doc)->id, rows[i].id) != 0)
			g_error("row %zu: %s", i, doc_refusal(doc) ? doc_refusal(doc)->en : "read");
	}
	g_autoptr(GBytes) bytes = build_docx(nested->str, NULL, NULL);
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/too-large");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/docx-refused/documents", test_refused);
	return g_test_run();
}
