/* engine/decode/pdf*.c: the layout modules on glyphs set by hand, and whole files drawn with cairo.
 */
#include "pdf_sheet.h"

#include <string.h>

/* ---- words ---- */

static void
test_spaces(void)
{
	static const struct {
		double gap_em;
		bool space_glyph;
		const char *expected;
	} rows[] = {
		{ 0.00, false, "Chủtịch" },
		{ 0.03, true, "Chủtịch" },
		{ 0.06, true, "Chủtịch" },
		{ 0.11, true, "Chủ tịch" },
		{ 0.11, false, "Chủtịch" },
		{ 0.17, true, "Chủ tịch" },
		{ 0.30, false, "Chủ tịch" },
		{ 0.70, true, "Chủ tịch" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sheet) sheet = sheet_new();
		put(sheet, 100, 100, "Chủ");
		g_array_set_size(sheet->page->glyphs, sheet->page->glyphs->len - 1);
		if (rows[i].space_glyph) {
			PdfGlyph space = { .c = ' ', .size_pt = 12, .box = { 118, 100, 118, 114 } };
			g_array_append_val(sheet->page->glyphs, space);
		}
		put(sheet, 118 + 12 * rows[i].gap_em, 100, "tịch");
		GPtrArray *lines = lines_of(sheet);
		g_autofree char *text = pdf_line_text(lines->pdata[0]);
		g_assert_cmpstr(text, ==, rows[i].expected);
	}
}

static void
test_letters(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 100, 100, "khen thƣởng");
	put(sheet, 100, 130, "yêu câ\xcc\x80u"); /* a mark that is a glyph of its own */
	/* one glyph that stands for a letter and two marks was divided into three: "Nẵng" */
	put(sheet, 100, 160, "N");
	g_array_set_size(sheet->page->glyphs, sheet->page->glyphs->len - 1);
	static const gunichar parts[] = { 'a', 0x306, 0x303 };
	for (int i = 0; i < 3; i++) {
		PdfGlyph part = { .c = parts[i],
			.size_pt = 12,
			.font = "F",
			.box = { 106 + 2 * i, 160, 108 + 2 * i, 174 } };
		g_array_append_val(sheet->page->glyphs, part);
	}
	put(sheet, 112, 160, "ng");
	GPtrArray *lines = lines_of(sheet);
	g_autofree char *third = pdf_line_text(lines->pdata[2]);
	g_autofree char *nfc = g_utf8_normalize(third, -1, G_NORMALIZE_NFC);
	g_assert_cmpstr(nfc, ==, "Nẵng");
	g_autofree char *first = pdf_line_text(lines->pdata[0]);
	g_autofree char *second = pdf_line_text(lines->pdata[1]);
	g_assert_cmpstr(first, ==, "khen thưởng");
	g_assert_cmpint(sheet->reading.letters_mended, ==, 1);
	g_assert_cmpstr(second, ==, "yêu cầu");
}

/* A number printed later into the gap of a line goes to its place there. */
static void
test_inset(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 100, 100, "ngày");
	put(sheet, 142, 100, "tháng năm");
	put(sheet, 127, 101, "19");
	GPtrArray *lines = lines_of(sheet);
	g_assert_cmpint(lines->len, ==, 1);
	g_autofree char *text = pdf_line_text(lines->pdata[0]);
	g_assert_cmpstr(text, ==, "ngày 19 tháng năm");
}

/* Note marks and units: small digits above the line. Digits that are small but stand on the line,
 * and marks of the size of the text, stay. */
static void
test_raised(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 85, 100, "Điều 4");
	g_array_set_size(sheet->page->glyphs, sheet->page->glyphs->len - 1);
	put_sized(sheet, 118, 98, 8, "12");
	put_sized(sheet, 85, 138, 8, "12");
	put(sheet, 96, 140, "Điều này được sửa đổi");
	put(sheet, 85, 180, "Mẫu");
	g_array_set_size(sheet->page->glyphs, sheet->page->glyphs->len - 1);
	put_sized(sheet, 103, 184, 8, "3");
	put(sheet, 85, 220, "Điều 5");
	g_array_set_size(sheet->page->glyphs, sheet->page->glyphs->len - 1);
	put_sized(sheet, 118, 218, 11, "1");
	static const char *const expected[] = { "Điều 4¹²", "¹² Điều này được sửa đổi", "Mẫu3",
		"Điều 51" };
	GPtrArray *lines = lines_of(sheet);
	g_assert_cmpuint(lines->len, ==, G_N_ELEMENTS(expected));
	for (guint i = 0; i < lines->len; i++) {
		g_autofree char *text = pdf_line_text(lines->pdata[i]);
		g_assert_cmpstr(text, ==, expected[i]);
	}
}

/* ---- stamps, page numbers ---- */

static void
test_signature(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 320, 600, "KT. GIÁM ĐỐC");
	put_sized(sheet, 300, 604, 7, "Ký bởi: VIỄN THÔNG");
	put_sized(sheet, 300, 613, 7, "QUẢNG BÌNH");
	put_sized(sheet, 300, 622, 7, "Thời gian ký: 16/04/2020");
	put(sheet, 320, 616, "PHÓ GIÁM ĐỐC");
	put(sheet, 85, 700, "Người ký: ghi rõ họ tên");
	g_autofree char *text = paragraphs(sheet);
	g_assert_nonnull(strstr(text, "KT. GIÁM ĐỐC"));
	g_assert_nonnull(strstr(text, "PHÓ GIÁM ĐỐC"));
	g_assert_null(strstr(text, "QUẢNG BÌNH"));
	g_assert_nonnull(strstr(text, "Người ký: ghi rõ họ tên"));
	const Block *note = sheet->reading.doc->notes;
	g_assert_cmpstr(note->place.part, ==, "signature1");
	g_assert_cmpstr(
		note->para.text, ==, "Ký bởi: VIỄN THÔNG\nQUẢNG BÌNH\nThời gian ký: 16/04/2020");
}

static const char *const full =
	"Một dòng văn bản đầy đủ kéo dài đến tận lề phải của trang giấy này rồi xuống";

static void
test_page_number(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 113, 700,
		"Mở đầu câu văn với thụt dòng rồi chạy dài cho đến tận lề phải của giấy này");
	for (int i = 1; i < 4; i++)
		put(sheet, 85, 700 + 16 * i, full);
	add_page(sheet);
	put(sheet, 295, 30, "2");
	put(sheet, 85, 60, full);
	put(sheet, 85, 76, "hết câu.");
	g_autofree char *text = paragraphs(sheet);
	g_assert_null(strstr(text, "2"));
	g_assert_null(strchr(text, '/')); /* one paragraph over both pages */
	g_assert_cmpstr(sheet->reading.doc->notes->para.text, ==, "2");
	g_assert_cmpstr(sheet->reading.doc->notes->place.part, ==, "header1");
}

/* ---- paragraphs ---- */

static void
test_paragraphs(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	static const struct {
		double x;
		const char *text;
	} rows[] = {
		{ 113,
			"1. Tiếp tục thực hiện các phong trào thi đua đã được phát động trong cả "
			"nước" },
		{ 85,
			"chung tay vì người nghèo với tất cả tấm lòng của mọi người dân trong cả "
			"nước ta" },
		{ 85,
			"- Không để ai bị bỏ lại phía sau” và nhiều phong trào khác nữa trong giai "
			"đoạn ấy" },
		{ 85, "vừa qua." },
		{ 113,
			"2. Giao Văn phòng chủ trì, phối hợp với các phòng, đơn vị theo dõi, đôn "
			"đốc ngay;" },
		{ 113, "- tổng hợp." },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		put(sheet, rows[i].x, 100 + 16 * (double)i, rows[i].text);
	g_autofree char *text = paragraphs(sheet);
	g_auto(GStrv) parts = g_strsplit(text, "/", -1);
	g_assert_cmpint(g_strv_length(parts), ==, 3);
	g_assert_true(g_str_has_suffix(parts[0],
		"cả nước ta - Không để ai bị bỏ lại phía sau” "
		"và nhiều phong trào khác nữa trong giai đoạn ấy vừa qua."));
	g_assert_true(g_str_has_prefix(parts[1], "2. Giao"));
	g_assert_cmpstr(parts[2], ==, "- tổng hợp.");
}

static void
test_items(void)
{
	static const struct {
		const char *text;
		bool item;
	} rows[] = {
		{ "1. Một", true },
		{ "1.2. Hai", true },
		{ "a) Ba", true },
		{ "đ) Bốn", true },
		{ "- Năm", true },
		{ "II. Sáu", true },
		{ "Điều 3. Bảy", true },
		{ "• Tám", true },
		{ "o Chín", true },
		{ "（十）一", true },
		{ "三、二", true },
		{ "2021 là năm", false },
		{ "Điều lệ tổ chức", false },
		{ "I Ba", false },
		{ "Viện", false },
		{ "oanh", false },
		{ "一般", false },
		{ "", false },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (pdf_starts_item(rows[i].text) != rows[i].item)
			g_error("'%s'", rows[i].text);
}

/* ---- columns ---- */

static void
put_head(Sheet *sheet)
{
	put(sheet, 100, 60, "UBND TỈNH KON TUM");
	put(sheet, 280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	put(sheet, 100, 75, "SỞ TÀI NGUYÊN");
	put(sheet, 320, 75, "Độc lập - Tự do - Hạnh phúc");
	put(sheet, 110, 105, "Số: 15/STNMT-VP");
	put(sheet, 320, 107, "Kon Tum, ngày 05 tháng 10 năm 2026");
	put(sheet, 100, 125, "V/v phát động thi đua");
}

static void
test_head(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put_head(sheet);
	put(sheet, 200, 160, "Kính gửi: Các phòng");
	put(sheet, 85, 190, full);
	GPtrArray *lines = lines_of(sheet);
	PdfColumns columns = { 0 };
	g_assert_true(pdf_columns_find(lines, 0, 595, &columns));
	pdf_columns_emit(&sheet->reading, lines, &columns, &sheet->reading.body_tail);
	const Table *table = &sheet->reading.doc->blocks->table;
	g_assert_true(table->layout);
	g_assert_cmpint(table->n_cells, ==, 2);
	const Block *left = table->cells[0].blocks, *right = table->cells[1].blocks;
	g_assert_cmpstr(left->para.text, ==, "UBND TỈNH KON TUM\nSỞ TÀI NGUYÊN");
	g_assert_cmpstr(left->next->para.text, ==, "Số: 15/STNMT-VP");
	g_assert_cmpstr(left->next->next->para.text, ==, "V/v phát động thi đua");
	g_assert_null(left->next->next->next);
	g_assert_cmpstr(right->next->para.text, ==, "Độc lập - Tự do - Hạnh phúc");
	g_assert_cmpstr(right->next->next->para.text, ==, "Kon Tum, ngày 05 tháng 10 năm 2026");
	g_assert_false(pdf_columns_find(lines, columns.end, 595, &columns));
}

static void
test_no_columns(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	for (int i = 0; i < 5; i++)
		put(sheet, 85, 100 + 16 * i, full);
	put(sheet, 113, 180, "thực");
	put(sheet, 260, 180, "hiện."); /* one justified line with a wide gap */
	PdfColumns columns = { 0 };
	g_assert_false(pdf_columns_find(lines_of(sheet), 0, 595, &columns));
}

/* ---- tables ---- */

static void
rule(GArray *rules, double x0, double y0, double x1, double y1)
{
	Box box = { x0, y0, x1, y1 };
	g_array_append_val(rules, box);
}

static PdfRules
rules_3x2(void)
{
	PdfRules rules = { g_array_new(FALSE, FALSE, sizeof(Box)),
		g_array_new(FALSE, FALSE, sizeof(Box)) };
	for (int i = 0; i < 4; i++)
		rule(rules.horizontal, 80, 100 + 30 * i, 500, 100 + 30 * i);
	rule(rules.vertical, 80, 100, 80, 190);
	rule(rules.vertical, 120, 100, 120, 160); /* the last row is one cell over both columns */
	rule(rules.vertical, 500, 100, 500, 190);
	rule(rules.vertical, 300, 135, 300, 146); /* a letter's stem */
	return rules;
}

static void
test_grid(void)
{
	PdfRules rules = rules_3x2();
	g_autoptr(GPtrArray) grids = pdf_grids_find(&rules);
	g_assert_cmpint(grids->len, ==, 1);
	const PdfGrid *grid = grids->pdata[0];
	g_assert_cmpint(grid->n_rows, ==, 3);
	g_assert_cmpint(grid->n_columns, ==, 2);
	g_assert_cmpint(grid->cells->len, ==, 5);
	const PdfGridCell *last = &g_array_index(grid->cells, PdfGridCell, 4);
	g_assert_cmpint(last->row, ==, 3);
	g_assert_cmpint(last->column_span, ==, 2);
	g_array_unref(rules.horizontal);
	g_array_unref(rules.vertical);
}

static const PdfGrid *
only_grid(GPtrArray *grids)
{
	g_assert_cmpint(grids->len, ==, 1);
	return grids->pdata[0];
}

/* A form of 20 rows; one of them is parted by a short rule, none by the underline in another. */
static GPtrArray *
form_grids(bool parted)
{
	PdfRules rules = { g_array_new(FALSE, FALSE, sizeof(Box)),
		g_array_new(FALSE, FALSE, sizeof(Box)) };
	for (int i = 0; i < 21; i++)
		rule(rules.horizontal, 80, 100 + 20 * i, 500, 100 + 20 * i);
	rule(rules.vertical, 80, 100, 80, 500);
	rule(rules.vertical, 120, 100, 120, 500);
	rule(rules.vertical, 500, 100, 500, 500);
	if (parted)
		rule(rules.vertical, 300, 120, 300, 140);
	rule(rules.horizontal, 140, 115, 170, 115);
	GPtrArray *grids = pdf_grids_find(&rules);
	g_array_unref(rules.horizontal);
	g_array_unref(rules.vertical);
	return grids;
}

/* A page need not show the column that a single row of the page before has. */
static void
test_form(void)
{
	g_autoptr(GPtrArray) one = form_grids(true);
	g_autoptr(GPtrArray) two = form_grids(false);
	g_assert_cmpint(only_grid(one)->n_columns, ==, 3);
	g_assert_cmpint(only_grid(one)->n_rows, ==, 20);
	g_assert_cmpint(only_grid(one)->cells->len, ==, 41);
	g_assert_cmpint(only_grid(two)->n_columns, ==, 2);
	g_autoptr(Sheet) sheet = sheet_new();
	for (int page = 1; page <= 2; page++) {
		put(sheet, 85, 103, "STT");
		put(sheet, 125, 103, "Nghề");
		put(sheet, 85, 123, page == 1 ? "1" : "2");
		put(sheet, 125, 123, page == 1 ? "Dệt" : "May");
		if (page == 1)
			add_page(sheet);
	}
	lines_of(sheet);
	PdfTable *tables[2];
	for (int i = 0; i < 2; i++) {
		tables[i] = pdf_table_of_grid(
			&sheet->reading, sheet->reading.pages->pdata[i], only_grid(i ? two : one));
		g_assert_nonnull(tables[i]);
	}
	g_assert_true(pdf_table_continue(tables[0], tables[1]));
	pdf_table_emit(&sheet->reading, tables[0], &sheet->reading.body_tail);
	pdf_table_free(tables[0]);
	const Table *got = &sheet->reading.doc->blocks->table;
	g_assert_cmpint(got->n_rows, ==, 39);
	g_assert_cmpint(got->n_columns, ==, 3);
	const Cell *may = &got->cells[42];
	g_assert_cmpstr(may->blocks->para.text, ==, "May");
	g_assert_cmpint(may->row, ==, 21);
	g_assert_cmpint(may->column_span, ==, 2);
}

/* The rules of a drawn table are found; a line of letters is none. */
static void
test_picture(void)
{
	enum { W = 300, H = 120 };
	g_autofree unsigned char *grey = g_malloc(W * H);
	memset(grey, 255, W * H);
	for (int x = 20; x < 280; x++)
		grey[20 * W + x] = grey[21 * W + x] = grey[100 * W + x] = 40;
	for (int y = 20; y < 100; y++)
		grey[y * W + 20] = grey[y * W + 279] = 90;
	for (int x = 40; x < 200; x += 6)
		grey[60 * W + x] = grey[60 * W + x + 1] = 0;
	PdfRules rules = { 0 };
	pdf_rules_find(grey, W, H, 1.0, &rules);
	g_assert_cmpint(rules.horizontal->len, ==, 2);
	g_assert_cmpint(rules.vertical->len, ==, 2);
	g_array_unref(rules.horizontal);
	g_array_unref(rules.vertical);
}

static void
put_list(Sheet *sheet)
{
	put(sheet, 85, 100, "STT");
	put(sheet, 150, 100, "Họ và tên");
	put(sheet, 330, 100, "Chức vụ");
	/* post on two lines, number and name centred beside them */
	put(sheet, 300, 116, "Nhân viên Phòng Tổng hợp");
	put(sheet, 85, 123, "1.");
	put(sheet, 130, 123, "Trần Thị Mai");
	put(sheet, 300, 130, "Sở Tài nguyên");
	put(sheet, 300, 146, "Chuyên viên Văn phòng");
	put(sheet, 85, 153, "2.");
	put(sheet, 130, 153, "Lê Văn Tám");
	put(sheet, 300, 160, "Sở Nội vụ");
}

static void
test_aligned(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put_list(sheet);
	int end = 0;
	g_autoptr(PdfTable) table =
		pdf_table_aligned(sheet->reading.arena, lines_of(sheet), 0, &end);
	g_assert_nonnull(table);
	pdf_table_emit(&sheet->reading, table, &sheet->reading.body_tail);
	const Table *got = &sheet->reading.doc->blocks->table;
	g_assert_cmpint(got->n_rows, ==, 3);
	g_assert_cmpint(got->n_columns, ==, 3);
	g_assert_cmpstr(got->cells[4].blocks->para.text, ==, "Trần Thị Mai");
	g_autofree char *text = flat(sheet->reading.doc);
	const char *post = strstr(text, "Nhân viên Phòng Tổng hợp");
	g_assert_nonnull(post);
	g_assert_true(strstr(text, "Sở Tài nguyên") > post &&
		strstr(text, "Sở Tài nguyên") < strstr(text, "2."));
}

/* "Số TT" and "STT" are titles of a list, not the number of a document beside the national motto. */
static void
test_no_head(void)
{
	static const char *const titles[] = { "Số TT", "STT", "TT", "Số lượng" };
	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
		g_autoptr(Sheet) sheet = sheet_new();
		put(sheet, 85, 100, titles[i]);
		put(sheet, 180, 100, "Họ và tên");
		put(sheet, 330, 100, "Chức vụ");
		put(sheet, 85, 116, "1");
		put(sheet, 180, 116, "Lê Văn Tám");
		put(sheet, 330, 116, "Sở Nội vụ");
		PdfColumns columns = { 0 };
		if (pdf_columns_find(lines_of(sheet), 0, 595, &columns))
			g_error("%s", titles[i]);
	}
}

/* Text that runs up or down the paper is read as if the paper were turned; a stamp that does turns
 * nothing. */
static void
test_turn(void)
{
	static const struct {
		bool down, stamp;
		PdfTurn wanted;
	} rows[] = { { false, false, PDF_TURN_RIGHT }, { true, false, PDF_TURN_LEFT },
		{ true, true, PDF_TURN_NONE } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sheet) sheet = sheet_new();
		sheet->page->width_pt = 595;
		sheet->page->height_pt = 842;
		put(sheet, 85, 100, rows[i].stamp ? "Ký bởi: Sở Nội vụ" : full);
		for (guint k = 0; k < sheet->page->glyphs->len; k++) {
			Box *box = &g_array_index(sheet->page->glyphs, PdfGlyph, k).box;
			*box = rows[i].down
				? (Box){ 595 - box->y1, box->x0, 595 - box->y0, box->x1 }
				: (Box){ box->y0, 842 - box->x1, box->y1, 842 - box->x0 };
		}
		if (rows[i].stamp)
			put(sheet, 85, 300, full);
		pdf_turn_page(&sheet->reading, sheet->page);
		g_assert_cmpint(sheet->page->turn, ==, rows[i].wanted);
		GPtrArray *lines = lines_of(sheet);
		g_autofree char *text = pdf_line_text(lines->pdata[lines->len - 1]);
		g_assert_cmpstr(text, ==, full);
		if (rows[i].wanted)
			g_assert_cmpfloat_with_epsilon(sheet->page->width_pt, 842, 0.1);
	}
}

/* A title that runs up its column is read in its cell's width, spaces and all; what runs beside the
 * text is a note, line after line. */
static void
test_uprights(void)
{
	for (int down = 0; down < 2; down++) {
		g_autoptr(Sheet) sheet = sheet_new();
		put(sheet, 100, 300, "Số lượng nam");
		put(sheet, 100, 570, "Văn bản đến");
		put(sheet, 100, 585, "Số 12");
		for (guint k = 0; k < sheet->page->glyphs->len; k++) {
			Box *box = &g_array_index(sheet->page->glyphs, PdfGlyph, k).box;
			*box = down ? (Box){ box->y0, box->x0, box->y1, box->x1 }
				    : (Box){ box->y0, 400 - box->x1, box->y1, 400 - box->x0 };
		}
		put(sheet, 85, 500, full);
		pdf_turn_page(&sheet->reading, sheet->page);
		GPtrArray *lines = lines_of(sheet);
		g_assert_cmpuint(lines->len, ==, 2);
		const PdfLine *title = lines->pdata[0];
		g_autofree char *text = pdf_line_text(title);
		g_assert_cmpstr(text, ==, "Số lượng nam");
		g_assert_cmpfloat_with_epsilon(title->box.x0, 300, 1);
		g_assert_cmpfloat_with_epsilon(title->box.x1, 300 + 1.2 * 12, 1);
		const Block *notes = sheet->reading.doc->notes;
		g_assert_cmpstr(notes->para.text, ==, "Văn bản đến");
		g_assert_cmpstr(notes->next->para.text, ==, "Số 12");
	}
}

static void
test_no_table(void)
{
	g_autoptr(Sheet) sheet = sheet_new();
	put(sheet, 113, 100, "1. Ông Trần Tiến Chỉnh, Giám đốc Viễn thông Hải Dương;");
	put(sheet, 113, 116, "2. Ông Trương Công Minh, Giám đốc Viễn thông Quảng Bình;");
	put(sheet, 113, 132, "3. Ông Nguyễn Trung Hải, Giám đốc Viễn thông Đà Nẵng.");
	GPtrArray *lines = lines_of(sheet);
	int end = 0;
	for (int i = 0; i < 3; i++)
		g_assert_null(pdf_table_aligned(sheet->reading.arena, lines, i, &end));
	g_assert_false(pdf_table_likely(lines));
}

/* Fonts from before Unicode, byte for byte as Latin-1; U+00AD is ư of TCVN3. A font that kept its old
 * name but holds Unicode is left alone, on the evidence of the whole page. */
static void
test_legacy_fonts(void)
{
	static const struct {
		const char *font, *first, *second, *wanted;
	} rows[] = {
		{ ".VnTime", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "ph\u00ad\u00acng",
			"Cộng hòa xã hội chủ nghĩa Việt Nam/phương" },
		{ ".VnTimeH", "céng hßa", "viÖt nam", "CỘNG HÒA/VIỆT NAM" },
		{ "VNI-Times", "Coäng hoøa xaõ hoäi", "Vieät Nam", "Cộng hòa xã hội/Việt Nam" },
		{ ".VnTime", "các cơ quan", "gửi", "các cơ quan/gửi" },
		{ "TimesNewRoman", "Céng", "ViÖt", "Céng/ViÖt" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sheet) sheet = sheet_new();
		put_in(sheet, 85, 100, rows[i].font, rows[i].first);
		put_in(sheet, 85, 160, rows[i].font, rows[i].second);
		GPtrArray *lines = lines_of(sheet);
		g_assert_cmpuint(lines->len, ==, 2);
		g_autofree char *one = pdf_line_text(lines->pdata[0]);
		g_autofree char *two = pdf_line_text(lines->pdata[1]);
		g_autofree char *both = g_strdup_printf("%s/%s", one, two);
		g_assert_cmpstr(both, ==, rows[i].wanted);
		g_assert_cmpuint(sheet->reading.doc->findings->len, ==, i < 3 ? 1 : 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-layout/spaces", test_spaces);
	g_test_add_func("/pdf-layout/letters", test_letters);
	g_test_add_func("/pdf-layout/legacy-fonts", test_legacy_fonts);
	g_test_add_func("/pdf-layout/inset", test_inset);
	g_test_add_func("/pdf-layout/raised", test_raised);
	g_test_add_func("/pdf-layout/signature", test_signature);
	g_test_add_func("/pdf-layout/page-number", test_page_number);
	g_test_add_func("/pdf-layout/paragraphs", test_paragraphs);
	g_test_add_func("/pdf-layout/items", test_items);
	g_test_add_func("/pdf-layout/head", test_head);
	g_test_add_func("/pdf-layout/no-columns", test_no_columns);
	g_test_add_func("/pdf-layout/grid", test_grid);
	g_test_add_func("/pdf-layout/form", test_form);
	g_test_add_func("/pdf-layout/picture", test_picture);
	g_test_add_func("/pdf-layout/aligned", test_aligned);
	g_test_add_func("/pdf-layout/no-table", test_no_table);
	g_test_add_func("/pdf-layout/no-head", test_no_head);
	g_test_add_func("/pdf-layout/turn", test_turn);
	g_test_add_func("/pdf-layout/uprights", test_uprights);
	return g_test_run();
}
