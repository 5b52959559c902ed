/* engine/decode/pdf_columns.c, pdf_overlay.c: heads and feet that differ from the plain two columns. */
#include "pdf_sheet.h"

#include <string.h>

/* A paper attached on the next page has the same head at the same height: no running head. */
static void
test_repeated_head(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	for (int i = 0; i < 2; i++) {
		put(sheet, 85, 30, "SỐ BÁO 12");
		put(sheet, 100, 56, "QUỸ HỖ TRỢ AN PHÚ");
		put(sheet, 280, 56, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
		put(sheet, 85, 160, "Nội dung của văn bản này.");
		if (i == 0)
			add_page(sheet);
	}
	g_autofree char *text = paragraphs(sheet);
	g_assert_nonnull(strstr(text, "QUỸ HỖ TRỢ AN PHÚ"));
	g_assert_nonnull(strstr(text, "CỘNG HÒA"));
	g_assert_null(strstr(text, "SỐ BÁO"));
}

/* Three sign side by side; a list divides only where entries begin in both columns. */
static void
test_three_columns(void)
{
	static const struct {
		const char *first[2], *second[2], *third[2];
		guint columns;
	} rows[] = {
		{ { "NHÀ THẦU", "Bùi Thợ" }, { "THƯ KÝ", "Lò Ghi" }, { "CHỦ TRÌ", "Tạ Chủ" }, 3 },
		{ { "- Như trên;", "- Sở Y tế;" }, { "- Tổ 1;", "- Lưu: VT." },
			{ "CHỦ TỊCH", "Tạ Chủ" }, 3 },
		{ { "- Như trên;", "- Sở Y tế;" }, { "(báo cáo)", "(để biết)" },
			{ "CHỦ TỊCH", "Tạ Chủ" }, 2 },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sheet) sheet = sheet_new();
		for (int k = 0; k < 2; k++) {
			put(sheet, 80, 400 + 50 * k, rows[i].first[k]);
			put(sheet, 200, 400 + 50 * k, rows[i].second[k]);
			put(sheet, 430, 400 + 50 * k, rows[i].third[k]);
		}
		GPtrArray *lines = lines_of(sheet);
		PdfColumns columns = { 0 };
		g_assert_true(pdf_columns_find(lines, 0, 595, &columns));
		pdf_columns_emit(&sheet->reading, lines, &columns, &sheet->reading.body_tail);
		const Table *table = &sheet->reading.doc->blocks->table;
		g_assert_cmpuint((guint)table->n_cells, ==, rows[i].columns);
		const Block *last = table->cells[table->n_cells - 1].blocks;
		g_assert_true(g_str_has_prefix(last->para.text, "CHỦ T"));
	}
}

/* A head in the middle of the page, a draft's mark in the corner, a little higher. */
static void
test_draft_beside(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 65, 56, "DỰ THẢO");
	put(sheet, 200, 68, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	put(sheet, 225, 84, "Độc lập - Tự do - Hạnh phúc");
	put(sheet, 265, 118, "BIÊN BẢN HỌP");
	GPtrArray *lines = lines_of(sheet);
	PdfColumns columns = { 0 };
	g_assert_false(pdf_columns_find(lines, 0, 595, &columns));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-columns/repeated-head", test_repeated_head);
	g_test_add_func("/pdf-columns/three-columns", test_three_columns);
	g_test_add_func("/pdf-columns/draft-beside", test_draft_beside);
	return g_test_run();
}
