/* engine/document/doc*.c: what is printed is read back the same; what is no tree is refused with
 * its line. */
#include "document/doc.h"

#include <string.h>

static Doc *
sample(void)
{
	Doc *doc = doc_new("docx");
	Block **tail = &doc->blocks;
	doc_set_meta(doc, "title", "Tờ trình \"số 1\"");
	g_array_append_val(doc->pages, ((PageSize){ 595.3, 841.9 }));
	Block *para = doc_add_para(doc, &tail, (Place){ .page = 1, .paragraph = 1 });
	para->para.align = ALIGN_CENTER;
	para->para.label = "1.";
	doc_add_run(
		doc, para, &(Run){ .text = "SỞ ", .flags = RUN_BOLD | RUN_CAPS, .size_pt = 13 });
	doc_add_run(doc, para, &(Run){ .text = "ẩn", .flags = RUN_HIDDEN });
	doc_add_run(doc, para, &(Run){ .text = "footnote1", .flags = RUN_NOTE });
	doc_add_run(doc, para,
		&(Run){ .text = "a\\b\n\t\"c\"",
			.font = "Times New Roman",
			.box = { 1, 2, 3, 4 } });
	doc_end_para(doc, para);
	Block *table = doc_add_table(doc, &tail, (Place){ .table = 1 });
	table->table.layout = true;
	for (int column = 1; column <= 3; column++) {
		Cell *cell = doc_add_cell(doc, table, 1, column, 1, 1);
		Block **inner = &cell->blocks;
		Block *text = doc_add_para(doc, &inner, cell->place);
		doc_add_run(doc, text, &(Run){ .text = "ô" });
		doc_end_para(doc, text);
	}
	doc_end_table(doc, table);
	Block **notes = &doc->notes;
	Block *note = doc_add_para(doc, &notes, (Place){ .part = "header1", .paragraph = 1 });
	doc_add_run(doc, note, &(Run){ .text = "Trang 2" });
	doc_end_para(doc, note);
	const char *const attributes[] = { "id", "7", NULL };
	doc_add_element(doc,
		&(Element){ .name = "Code",
			.text = "15",
			.attributes = attributes,
			.depth = 2,
			.line = 9 });
	g_autoptr(GBytes) bytes = g_bytes_new_static("end\n\0x", 6);
	doc_add_attachment(doc, "a.pdf", "application/pdf", bytes);
	findings_add(
		doc->findings, FINDING_MACROS, &(Place){ .part = "vbaProject" }, "vbaProject.bin");
	Signature *signature = signature_new();
	g_assert_true(signature_set(signature, SIGNATURE_SIGNER, "Trần \"A\""));
	g_assert_true(signature_set(signature, SIGNATURE_INTEGRITY, "intact"));
	g_assert_false(signature_set(signature, SIGNATURE_INTEGRITY, "perfect"));
	g_ptr_array_add(doc->signatures, signature);
	return doc;
}

static void
test_round_trip(void)
{
	g_autoptr(Doc) doc = sample();
	g_assert_cmpstr(doc->blocks->para.text, ==, "SỞ a\\b\n\t\"c\"");
	g_assert_cmpint(doc->blocks->next->table.n_columns, ==, 3);
	g_autoptr(GString) wire = g_string_new(NULL);
	doc_print(doc, DOC_PRINT_WIRE, wire);
	g_autoptr(GError) error = NULL;
	g_autoptr(Doc) again = doc_parse(wire->str, wire->len, &limits_default, &error);
	g_assert_no_error(error);
	g_autoptr(GString) second = g_string_new(NULL);
	doc_print(again, DOC_PRINT_WIRE, second);
	g_assert_cmpmem(wire->str, wire->len, second->str, second->len);
	const Attachment *attachment = g_ptr_array_index(again->attachments, 0);
	g_assert_cmpint(g_bytes_get_size(attachment->bytes), ==, 6);
	g_assert_cmpuint(again->signatures->len, ==, 1);
	const Signature *signature = g_ptr_array_index(again->signatures, 0);
	g_assert_cmpstr(signature_value(signature, SIGNATURE_SIGNER), ==, "Trần \"A\"");
	g_assert_true(signature_is(signature, SIGNATURE_INTEGRITY, "intact"));
	g_assert_cmpstr(signature_value(signature, SIGNATURE_GAP), ==, "");
	g_autofree char *text = doc_text(again);
	g_assert_cmpstr(text, ==, "1. SỞ a\\b\n\t\"c\"\nô\nô\nô\n");
	g_autofree char *words = doc_words(again);
	g_assert_cmpstr(words, ==, "1. SỞ a\\b\n\t\"c\"\nô\nô\nô\nTrang 2\n");
}

static void
test_hostile(void)
{
	static const struct {
		const char *tree, *message;
	} rows[] = {
		{ "", "line 1: cut off" },
		{ "doc docx 2\nend\n", "no document tree" },
		{ "doc docx 1\n", "line 2: cut off" },
		{ "doc docx 1\nend\nend\n", "more after the end" },
		{ "doc docx 1\nrun - 0.0 \"\" \"\" \"x\"\nend\n", "outside of a paragraph" },
		{ "doc docx 1\npara \"q9\"\nend\n", "no such place" },
		{ "doc docx 1\npara \"n1\nend\n", "does not end" },
		{ "doc docx 1\ncell 1 1 1 1 \"\"\nend\n", "outside of a table" },
		{ "doc docx 1\ntable \"\"\npara \"\"\nend\nend\n", "between cells" },
		{ "doc docx 1\ntable \"\"\ncell 0 1 1 1 \"\"\n", "out of range" },
		{ "doc docx 1\npara \"\"\nrun - 1e99 \"\" \"\" \"x\"\n", "out of range" },
		{ "doc docx 1\npara \"\"\nrun - 0 \"\" \"\" \"\xff\"\n", "no valid text" },
		{ "doc docx 1\nattachment \"\" \"\" 99999 00\nend\n", "cut off" },
		{ "doc docx 1\nattachment \"\" \"\" 18446744073709551615 00\nend\n", "cut off" },
		{ "doc docx 1\nelement 99999 1 \"a\" \"\"\nend\n", "out of range" },
		{ "doc docx 1\nfinding fatal \"\" \"\" \"\" \"\" \"\"\nend\n", "unknown severity" },
		{ "doc docx 1\nsignature \"integrity\" \"perfect\"\nend\n", "unknown value" },
		{ "doc docx 1\nsignature \"owner\" \"A\"\nend\n", "unknown value" },
		{ "doc docx 1\nsignature \"signer\"\nend\n", "string was expected" },
		{ "doc docx 1\nbreak \"\" extra\nend\n", "more than was expected" },
		{ "doc docx 1\nwalk\nend\n", "unknown line" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		Doc *doc = doc_parse(rows[i].tree, strlen(rows[i].tree), &limits_default, &error);
		g_assert_null(doc);
		g_assert_error(error, VANTHU_ERROR, ERR_FORMAT);
		if (!strstr(error->message, rows[i].message))
			g_error("row %zu: '%s'", i, error->message);
	}
}

static void
test_limits(void)
{
	g_autoptr(GString) deep = g_string_new("doc docx 1\n");
	for (int i = 0; i < 100; i++)
		g_string_append(deep, "table \"\"\ncell 1 1 1 1 \"\"\n");
	g_autoptr(GError) error = NULL;
	g_assert_null(doc_parse(deep->str, deep->len, &limits_default, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_LIMIT);
	Limits few = limits_default;
	few.blocks = 2;
	const char *three = "doc docx 1\nbreak \"\"\nbreak \"\"\nbreak \"\"\nend\n";
	g_clear_error(&error);
	g_assert_null(doc_parse(three, strlen(three), &few, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_LIMIT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/doc/round-trip", test_round_trip);
	g_test_add_func("/doc/hostile", test_hostile);
	g_test_add_func("/doc/limits", test_limits);
	return g_test_run();
}
