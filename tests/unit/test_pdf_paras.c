/* engine/decode/pdf_paras.c, pdf_margins.c, pdf_items.c: which lines make one paragraph. */
#include "pdf_sheet.h"

#include <string.h>

typedef struct {
	double x;
	const char *text;
} Row;

#define RIGHT 535

/* Moves what follows each space of the last line, so that it ends at the right edge. */
static void
justify(Sheet *sheet, guint from)
{
	GArray *glyphs = sheet->page->glyphs;
	int spaces = 0, passed = 0;
	for (guint i = from; i < glyphs->len; i++)
		spaces += g_array_index(glyphs, PdfGlyph, i).c == ' ';
	double room = RIGHT - g_array_index(glyphs, PdfGlyph, glyphs->len - 2).box.x1;
	for (guint i = from; i < glyphs->len; i++) {
		PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, i);
		glyph->box.x0 += room * passed / spaces;
		glyph->box.x1 += room * passed / spaces;
		passed += glyph->c == ' ';
	}
}

/* A text that begins with '*' is bold, one that ends with '|' reaches the right edge. */
static void
put_row(Sheet *sheet, double y, const Row *row)
{
	size_t n = strlen(row->text);
	bool bold = *row->text == '*', full = row->text[n - 1] == '|';
	g_autofree char *text = g_strndup(row->text + bold, n - bold - full);
	guint from = sheet->page->glyphs->len;
	put(sheet, row->x, y, text);
	if (full)
		justify(sheet, from);
	for (guint k = from; bold && k < sheet->page->glyphs->len; k++)
		g_array_index(sheet->page->glyphs, PdfGlyph, k).flags = RUN_BOLD;
}

/* Lines 16 points apart; a mark alone stands on the line of what follows it. */
static void
put_rows(Sheet *sheet, double y, const Row *rows, size_t n)
{
	for (size_t i = 0, line = 0; i < n; i++) {
		put_row(sheet, y + 16 * (double)line, &rows[i]);
		line += strlen(rows[i].text) > 1;
	}
}

static char *
read_rows(const Row *rows, size_t n)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put_rows(sheet, 100, rows, n);
	return paragraphs(sheet);
}

#define READ(rows) read_rows((rows), G_N_ELEMENTS(rows))

#define WIDE "Các phòng, đơn vị tổ chức thực hiện phong trào thi đua yêu nước đến từng người|"

/* A line that begins with the number of a document begins no item. */
static void
test_symbol_first(void)
{
	static const Row rows[] = { { 85, WIDE },
		{ 110, "Điều này được sửa đổi theo quy định tại khoản 1 Điều 1 của Nghị định số|" },
		{ 85, "36/2031/NĐ-CP ngày 05 tháng 3 năm 2031." }, { 110, "1/ Việc thứ nhất." },
		{ 110, "2/ Việc thứ hai." } };
	g_autofree char *text = READ(rows);
	g_assert_nonnull(strstr(text, "Nghị định số 36/2031/NĐ-CP ngày"));
	g_assert_nonnull(strstr(text, "/1/ Việc thứ nhất./2/ Việc thứ hai."));
}

/* A dash inside a name may come to stand first on a line. */
static void
test_dash_first(void)
{
	static const Row rows[] = { { 85, WIDE }, { 85, WIDE }, { 85, "đến hết năm." },
		{ 110, "Căn cứ Thông tư số 21/2031 ngày 30 tháng 6 năm 2031 của Bộ Lao động|" },
		{ 85, "- Thương binh và Xã hội, Sở hướng dẫn:" },
		{ 110, "Các đơn vị thực hiện những việc sau đây trong năm nay, gồm có:|" },
		{ 85, "- Rà soát;" }, { 85, "- Báo cáo." } };
	g_autofree char *text = READ(rows);
	g_assert_nonnull(strstr(text, "Bộ Lao động - Thương binh và Xã hội, Sở hướng dẫn:/"));
	g_assert_nonnull(strstr(text, "gồm có:/- Rà soát;/- Báo cáo."));
}

/* A tab makes the mark a piece of its own; what follows hangs under the text, not the mark. */
static void
test_hanging(void)
{
	static const Row rows[] = {
		{ 85, WIDE },
		{ 85, "theo kế hoạch đã được phê duyệt." },
		{ 103, "+" },
		{ 121, "Rà soát quy chế thi đua, khen thưởng của cơ quan cho thật đúng|" },
		{ 121, "Luật Thi đua, khen thưởng và các văn bản hướng dẫn của Chính phủ|" },
		{ 103, "+" },
		{ 121, "Báo cáo kết quả." },
	};
	g_autofree char *text = READ(rows);
	g_auto(GStrv) parts = g_strsplit(text, "/", -1);
	g_assert_cmpint(g_strv_length(parts), ==, 3);
	g_assert_true(g_str_has_prefix(parts[1], "+ Rà soát"));
	g_assert_true(g_str_has_suffix(parts[1],
		"cho thật đúng Luật Thi đua, khen thưởng và các văn "
		"bản hướng dẫn của Chính phủ"));
}

/* The first line of a title fills the width; the second stands under its middle. */
static void
test_wide_title(void)
{
	static const Row rows[] = {
		{ 85, "KẾ HOẠCH TỔ CHỨC HỘI NGHỊ ĐIỂN HÌNH TIÊN TIẾN NĂM HAI NGHÌN BA MƯƠI|" },
		{ 247, "TRÊN ĐỊA BÀN TOÀN TỈNH" },
		{ 85, WIDE },
		{ 85, WIDE },
	};
	g_autoptr(Sheet) sheet = sheet_new();
	put_rows(sheet, 100, rows, G_N_ELEMENTS(rows));
	g_autofree char *text = paragraphs(sheet);
	const Block *title = sheet->reading.doc->blocks;
	g_assert_true(g_str_has_suffix(title->para.text, "BA MƯƠI\nTRÊN ĐỊA BÀN TOÀN TỈNH"));
	g_assert_cmpint(title->para.align, ==, ALIGN_CENTER);
	g_assert_cmpint(title->next->para.align, ==, ALIGN_LEFT);
}

/* Ragged text: no line that goes on with a small letter begins a paragraph, and a first line that
 * is as far from both edges is no title. */
static void
test_ragged(void)
{
	static const Row rows[] = {
		{ 85, WIDE },
		{ 85, "như đã nêu ở trên." },
		{ 113, "Trường hợp có nhiều tập thể cùng được đề nghị thì hội đồng xét" },
		{ 85, "theo thứ tự thành tích." },
		{ 85, WIDE },
		{ 85, "như đã nêu." },
	};
	g_autoptr(Sheet) sheet = sheet_new();
	put_rows(sheet, 100, rows, G_N_ELEMENTS(rows));
	g_autofree char *text = paragraphs(sheet);
	const Block *second = sheet->reading.doc->blocks->next;
	g_assert_true(g_str_has_suffix(second->para.text, "hội đồng xét theo thứ tự thành tích."));
	g_assert_cmpint(second->para.align, ==, ALIGN_LEFT);
	g_assert_null(second->next->next);
}

/* What counts on begins a paragraph though the line above is full and ends no clause. */
static void
test_counting(void)
{
	static const Row rows[] = {
		{ 85, "5. Công tác kiểm tra việc chấp hành pháp luật về thi đua: chưa có|" },
		{ 85, "6. Các nội dung khác liên quan đến phong trào thi đua trong năm nay|" },
		{ 85, "6.1. Kinh phí" },
	};
	g_autofree char *text = READ(rows);
	g_auto(GStrv) parts = g_strsplit(text, "/", -1);
	g_assert_cmpint(g_strv_length(parts), ==, 3);
	static const struct {
		const char *item, *next;
		bool follows;
	} pairs[] = {
		{ "5. A", "6. B", true },
		{ "5. A", "7. B", false },
		{ "11.1. A", "11.2 B", true },
		{ "11. A", "11.1 B", true },
		{ "11.2. A", "12. B", true },
		{ "11.2. A", "11.2.1. B", true },
		{ "5. A", "6 tháng", false },
		{ "5. A", "2030. B", false },
		{ "A", "1. B", false },
		{ "9) A", "10) B", true },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (pdf_items_follow(pairs[i].item, pairs[i].next) != pairs[i].follows)
			g_error("'%s' '%s'", pairs[i].item, pairs[i].next);
}

/* A numbered heading in bold below a line of the form that fills the width. */
static void
test_bold_item(void)
{
	static const Row rows[] = {
		{ 85,
			"Chưa tốt nghiệp trung học cơ sở, đã tốt nghiệp trung học phổ thông, đại "
			"học|" },
		{ 85, "*9. Trình độ chuyên môn" },
		{ 85, "Trung cấp" },
	};
	g_autofree char *text = READ(rows);
	g_assert_true(strstr(text, "đại học/9. Trình độ chuyên môn/Trung cấp"));
}

/* A bold line that heads a page goes on with no paragraph of the page before. */
static void
test_bold_page(void)
{
	static const Row first[] = { { 85, WIDE }, { 85, WIDE } };
	static const Row second[] = { { 85, "*Ghi chú về cách tính điểm" }, { 85, WIDE } };
	g_autoptr(Sheet) sheet = sheet_new();
	put_rows(sheet, 100, first, G_N_ELEMENTS(first));
	add_page(sheet);
	put_rows(sheet, 100, second, G_N_ELEMENTS(second));
	g_autofree char *text = paragraphs(sheet);
	g_assert_true(strstr(text, "người/Ghi chú về cách tính điểm/Các phòng"));
}

/* The right edge of ragged text is what its longest lines reach. */
static void
test_margins(void)
{
	static const Row rows[] = {
		{ 85, "Các phòng, đơn vị tổ chức thực hiện phong trào thi đua yêu nước đến từng" },
		{ 85, "Các phòng, đơn vị tổ chức thực hiện phong trào thi đua yêu nước đến từng." },
		{ 85,
			"Các phòng, đơn vị tổ chức thực hiện phong trào thi đua yêu nước đến từng "
			"người." },
		{ 85, "Các phòng, đơn vị tổ chức thực hiện phong trào thi đua yêu nước đến" },
		{ 85, "Các phòng, đơn vị tổ chức thực hiện phong trào thi đua yêu nước" },
	};
	g_autoptr(Sheet) sheet = sheet_new();
	put_rows(sheet, 100, rows, G_N_ELEMENTS(rows));
	const GPtrArray *lines = lines_of(sheet);
	PdfMargins margins = pdf_margins(lines);
	g_assert_cmpfloat(margins.right, ==, ((PdfLine *)lines->pdata[2])->box.x1);
	PdfMargins few = { .left = 113, .right = 300, .pitch = 16 };
	pdf_margins_lend(&margins, &few);
	g_assert_cmpfloat(few.left, ==, 85);
	g_assert_cmpfloat(few.right, ==, margins.right);
	g_assert_cmpfloat(few.pitch, ==, 16);
}

/* Signs without spaces between them: broken anywhere, joined by nothing. */
static void
test_han(void)
{
	static const Row rows[] = {
		{ 109, "一、总体要求" },
		{ 109, "各部门要认真组织学习，结合本单位实际情况，抓好贯彻落实工作，及时" },
		{ 85, "报告进展情况和存在的问题，重要事项按照程序报批后执行，不得擅自变动。" },
		{ 109, "（二）工作步骤" },
		{ 109, "第一阶段。" },
	};
	g_autoptr(Sheet) sheet = sheet_new();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		put_sized(sheet, rows[i].x, 100 + 28 * (double)i, 24, rows[i].text);
	for (guint i = 0; i < sheet->page->glyphs->len; i++)
		g_array_index(sheet->page->glyphs, PdfGlyph, i).size_pt = 12;
	g_autofree char *text = paragraphs(sheet);
	g_assert_cmpstr(text, ==,
		"一、总体要求/各部门要认真组织学习，结合本单位实际情况，抓好贯彻落实工作，及时"
		"报告进展情况和存在的问题，重要事项按照程序报批后执行，不得擅自变动。/"
		"（二）工作步骤/第一阶段。");
}

/* ---- cells ---- */

static void
rule(GArray *rules, double x0, double y0, double x1, double y1)
{
	Box box = { x0, y0, x1, y1 };
	g_array_append_val(rules, box);
}

/* Columns of 200, 150 and 48 points, two rows of 60. */
static PdfGrid *
grid_of_rules(void)
{
	PdfRules rules = { g_array_new(FALSE, FALSE, sizeof(Box)),
		g_array_new(FALSE, FALSE, sizeof(Box)) };
	static const double xs[] = { 80, 280, 430, 478 };
	for (int i = 0; i < 3; i++)
		rule(rules.horizontal, 80, 100 + 60 * i, 478, 100 + 60 * i);
	for (size_t i = 0; i < G_N_ELEMENTS(xs); i++)
		rule(rules.vertical, xs[i], 100, xs[i], 220);
	g_autoptr(GPtrArray) grids = pdf_grids_find(&rules);
	g_array_unref(rules.horizontal);
	g_array_unref(rules.vertical);
	g_assert_cmpint(grids->len, ==, 1);
	g_ptr_array_set_free_func(grids, NULL);
	return grids->pdata[0];
}

static const Table *
read_cells(Sheet *sheet, const Row *rows, size_t n, const double *ys)
{
	PdfGrid *grid = grid_of_rules();
	for (size_t i = 0; i < n; i++)
		put_row(sheet, ys[i], &rows[i]);
	lines_of(sheet);
	g_autoptr(PdfTable) table = pdf_table_of_grid(&sheet->reading, sheet->page, grid);
	g_assert_nonnull(table);
	pdf_table_emit(&sheet->reading, table, &sheet->reading.body_tail);
	pdf_grid_free(grid);
	return &sheet->reading.doc->blocks->table;
}

static int
count_paras(const Cell *cell)
{
	int n = 0;
	for (const Block *block = cell->blocks; block; block = block->next)
		n++;
	return n;
}

/* Three lines of a title beside three names: one paragraph and three. A narrow head wraps. */
static void
test_cells(void)
{
	static const Row rows[] = {
		{ 84, "*Tên sáng kiến" },
		{ 290, "*Tác giả" },
		{ 436, "*Loại" },
		{ 440, "*hình" },
		{ 437, "*thức" },
		{ 84, "Cải tiến quy trình tiếp nhận" },
		{ 84, "hồ sơ của người dân theo" },
		{ 84, "Quyết định của tỉnh" },
		{ 290, "Trần Thị Mai" },
		{ 290, "Lê Văn Tám" },
		{ 290, "Phạm Hòa" },
	};
	static const double ys[] = { 120, 120, 105, 121, 137, 165, 181, 197, 165, 181, 197 };
	g_autoptr(Sheet) sheet = sheet_new();
	const Table *table = read_cells(sheet, rows, G_N_ELEMENTS(rows), ys);
	g_assert_cmpint(table->n_cells, ==, 6);
	g_assert_cmpstr(table->cells[2].blocks->para.text, ==, "Loại hình thức");
	g_assert_cmpint(count_paras(&table->cells[3]), ==, 1);
	g_assert_cmpint(count_paras(&table->cells[4]), ==, 3);
}

/* A name in bold and what is said of it, in a cell that both fill. */
static void
test_bold_in_cell(void)
{
	static const Row rows[] = {
		{ 84, "*Bà Nguyễn Thị Thanh Huyền - VP" },
		{ 84, "Điện thoại: 0915 000 111" },
		{ 290, "Đầu mối" },
	};
	static const double ys[] = { 110, 126, 110 };
	g_autoptr(Sheet) sheet = sheet_new();
	const Table *table = read_cells(sheet, rows, G_N_ELEMENTS(rows), ys);
	g_assert_cmpint(count_paras(&table->cells[0]), ==, 2);
}

/* A title in bold capitals as wide as the page, and right below it the first sentence. */
static void
test_full_title(void)
{
	static const Row rows[] = {
		{ 85, "*KẾT QUẢ KIỂM PHIẾU BẦU CỬ ĐẠI BIỂU QUỐC HỘI KHÓA XVI NHIỆM KỲ NÀY|" },
		{ 113, "Hôm nay, vào hồi 14 giờ ngày 15 tháng 3, tại nhà văn hóa, tổ bầu cử|" },
		{ 85, "đã họp và lập biên bản." },
	};
	g_autofree char *text = read_rows(rows, G_N_ELEMENTS(rows));
	g_auto(GStrv) parts = g_strsplit(text, "/", -1);
	g_assert_cmpuint(g_strv_length(parts), ==, 2);
	g_assert_true(g_str_has_prefix(parts[1], "Hôm nay"));
}

/* The foot of a page whose last paragraph goes on overleaf. */
static char *
read_foot(Sheet *sheet, const Row *body, const Row *foot, size_t n, double size)
{
	put_rows(sheet, 636, body, 4);
	for (size_t i = 0; i < n; i++)
		put_sized(sheet, foot[i].x, 736 + 14 * (double)i, size, foot[i].text);
	add_page(sheet);
	put_rows(sheet, 60,
		(Row[]){ { 85, "và tổ chức thực hiện Quyết định này từ ngày ký ban hành cho đến|" },
			{ 85, "hết năm 2027." } },
		2);
	return paragraphs(sheet);
}

/* Notes at the foot are none of the text, and the paragraph goes on behind them. */
static void
test_footnotes(void)
{
	static const Row body[] = {
		{ 85, "Các đơn vị, cá nhân được khen thưởng¹ có trách nhiệm phát huy thành|" },
		{ 85, "tích đã đạt được trong phong trào thi đua (*) của cơ quan năm nay.|" },
		{ 85, "Chánh Văn phòng, Trưởng phòng Tổ chức - Hành chính, Kế toán trưởng|" },
		{ 85, "và thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành, theo dõi|" },
	};
	static const Row foot[] = {
		{ 85, "¹ Theo danh sách kèm theo." },
		{ 85, "(*) Phong trào do Công đoàn" },
		{ 85, "cơ quan phát động." },
	};
	g_autoptr(Sheet) sheet = sheet_new();
	g_autofree char *text = read_foot(sheet, body, foot, G_N_ELEMENTS(foot), 9);
	g_assert_nonnull(strstr(text, "theo dõi và tổ chức thực hiện"));
	g_assert_null(strstr(text, "Công đoàn"));
	const Block *note = sheet->reading.doc->notes;
	g_assert_cmpstr(note->place.part, ==, "footnote1");
	g_assert_cmpint(note->place.page, ==, 1);
	g_assert_cmpstr(note->para.text, ==, "¹ Theo danh sách kèm theo.");
	g_assert_cmpstr(note->next->place.part, ==, "footnote2");
	g_assert_true(g_str_has_prefix(note->next->para.text, "(*) Phong trào do Công đoàn"));
}

/* What stands at the foot without being one: unmarked, numbered as an item, without a word in the
 * text that refers to it, or as large as the text. */
static void
test_no_footnotes(void)
{
	static const Row body[] = { { 85, "Điều một.|" }, { 85, "Điều hai.|" },
		{ 85, "Chánh Văn phòng và thủ trưởng các đơn vị chịu trách nhiệm thi hành;|" },
		{ 85, "các đơn vị, cá nhân có liên quan phối hợp trong việc theo dõi, đôn đốc|" } };
	static const struct {
		const char *text;
		double size;
	} rows[] = {
		{ "- Như trên;", 9 },
		{ "1. Tên cơ quan.", 9 },
		{ "1 Tên cơ quan.", 9 },
		{ "(*) Tên cơ quan.", 9 },
		{ "¹ Tên cơ quan.", 12 },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sheet) sheet = sheet_new();
		const Row foot = { 85, rows[i].text };
		g_autofree char *text = read_foot(sheet, body, &foot, 1, rows[i].size);
		if (!strstr(text, rows[i].text) || sheet->reading.doc->notes)
			g_error("row %zu: %s", i, text);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-paras/symbol-first", test_symbol_first);
	g_test_add_func("/pdf-paras/dash-first", test_dash_first);
	g_test_add_func("/pdf-paras/hanging", test_hanging);
	g_test_add_func("/pdf-paras/wide-title", test_wide_title);
	g_test_add_func("/pdf-paras/full-title", test_full_title);
	g_test_add_func("/pdf-paras/ragged", test_ragged);
	g_test_add_func("/pdf-paras/counting", test_counting);
	g_test_add_func("/pdf-paras/bold-item", test_bold_item);
	g_test_add_func("/pdf-paras/bold-page", test_bold_page);
	g_test_add_func("/pdf-paras/margins", test_margins);
	g_test_add_func("/pdf-paras/han", test_han);
	g_test_add_func("/pdf-paras/cells", test_cells);
	g_test_add_func("/pdf-paras/bold-in-cell", test_bold_in_cell);
	g_test_add_func("/pdf-paras/footnotes", test_footnotes);
	g_test_add_func("/pdf-paras/no-footnotes", test_no_footnotes);
	return g_test_run();
}
