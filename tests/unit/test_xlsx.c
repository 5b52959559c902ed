/* engine/decode/xlsx*.c: what a person sees on a sheet, and nothing that is not there. */
#include "decode/xlsx_format.h"
#include "decode/zip.h"

#include "xlsx_builder.h"

static Doc *
read_book(const Book *book)
{
	g_autoptr(GBytes) bytes = build_xlsx(book);
	Doc *doc = zip_read_doc(bytes, &limits_default);
	g_assert_cmpstr(doc->format, ==, "xlsx");
	return doc;
}

static Doc *
read_sheet(const char *sheet)
{
	return read_book(&(Book){ .sheet = sheet });
}

static const Finding *
find_finding(const Doc *doc, FindingId id)
{
	for (guint i = 0; i < doc->findings->len; i++) {
		const Finding *finding = g_ptr_array_index(doc->findings, i);
		if (strcmp(finding->id, finding_id_name(id)) == 0)
			return finding;
	}
	return NULL;
}

/* Fails unless all text is this, a line a paragraph. */
static void
check_text(const Doc *doc, const char *wanted)
{
	g_autofree char *text = doc_text(doc);
	g_assert_cmpstr(text, ==, wanted);
}

static const Cell *
find_cell(const Doc *doc, int row, int column)
{
	for (const Block *block = doc->blocks; block; block = block->next)
		for (int i = 0; block->kind == BLOCK_TABLE && !block->table.layout &&
			i < block->table.n_cells;
			i++)
			if (block->table.cells[i].place.row == row &&
				block->table.cells[i].place.column == column)
				return &block->table.cells[i];
	g_error("no cell in row %d, column %d", row, column);
}

/* ---- numbers ------------------------------------------------------------------------------- */

static void
test_numbers(void)
{
	static const struct {
		const char *value, *code, *wanted;
	} rows[] = {
		{ "1991", NULL, "1991" },
		{ "0.30000000000000004", NULL, "0,3" },
		{ "1.0000000001", NULL, "1" },
		{ "-2.5", "General", "-2,5" },
		{ "79185012345", NULL, "79185012345" },
		{ "1234567890123", NULL, "1234567890123" },
		{ "1500000", "#,##0", "1.500.000" },
		{ "1500000", "#,##0\\ \"đồng\"", "1.500.000 đồng" },
		{ "1500000", "[$₫-42A]#,##0", "₫1.500.000" },
		{ "-1500", "#,##0;(#,##0)", "(1.500)" },
		{ "-1500", "#,##0;[Red]-#,##0", "-1.500" },
		{ "-1500", "#,##0", "-1.500" },
		{ "0", "0;-0;\"không\"", "không" },
		{ "0.857", "0%", "86%" },
		{ "0.857", "0.0%", "85,7%" },
		{ "9.5", "0.00", "9,50" },
		{ "9.5", "0.##", "9,5" },
		{ "7", "00", "07" },
		{ "912345678", "0000000000", "0912345678" },
		{ "912345678", "0###\\.###\\.###", "0912.345.678" },
		{ "12", "0/\"QĐ\"", "12" },
		{ "1234567", "#,##0.0,,\" triệu\"", "1,2 triệu" },
		{ "12345", "0.00E+00", "1,23E+04" },
		{ "5", "@", "5" },
		{ "abc", "0", "abc" },
		{ "1e999", "0", "1e999" },
		{ "1e300", "General", "1e+300" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = xlsx_format(rows[i].value, rows[i].code, false);
		if (strcmp(got, rows[i].wanted) != 0)
			g_error("%s as %s: %s, not %s", rows[i].value, rows[i].code, got,
				rows[i].wanted);
	}
}

static void
test_dates(void)
{
	static const struct {
		const char *value, *code, *wanted;
		bool from_1904;
	} rows[] = {
		{ "46344", "dd/mm/yyyy", "18/11/2026", false },
		{ "44882", "dd/mm/yyyy", "18/11/2026", true },
		{ "46344", "d/m/yy", "18/11/2026", false },
		{ "46115", "m/d/yyyy", "3/4/2026", false },
		{ "46115", "mm\\-dd\\-yyyy", "03-04-2026", false },
		{ "46115", "yyyy-mm-dd", "2026-04-03", false },
		{ "46344", "[$-42A]\"ngày\" dd \"tháng\" mm \"năm\" yyyy;@",
			"ngày 18 tháng 11 năm 2026", false },
		{ "46344", "dddd", "Thứ Tư", false },
		{ "46344.354166666664", "dd/mm/yyyy hh:mm", "18/11/2026 08:30", false },
		{ "46344.354166666664", "h:mm AM/PM", "8:30 SA", false },
		{ "0.99999999", "hh:mm:ss", "00:00:00", false },
		{ "1.5", "[h]:mm", "36:00", false },
		{ "30773", "yyyy", "1984", false },
		{ "1", "dd/mm/yyyy", "01/01/1900", false },
		{ "59", "dd/mm/yyyy", "28/02/1900", false },
		{ "60", "dd/mm/yyyy", "29/02/1900", false },
		{ "61", "dd/mm/yyyy", "01/03/1900", false },
		{ "0", "dd/mm/yyyy", "01/01/1904", true },
		{ "-1", "dd/mm/yyyy", "-1", false },
		{ "99999999", "dd/mm/yyyy", "99999999", false },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = xlsx_format(rows[i].value, rows[i].code, rows[i].from_1904);
		if (strcmp(got, rows[i].wanted) != 0)
			g_error("%s as %s: %s, not %s", rows[i].value, rows[i].code, got,
				rows[i].wanted);
	}
	g_assert_cmpstr(xlsx_format_code(14), ==, "dd/mm/yyyy");
	g_assert_null(xlsx_format_code(0));
	g_assert_null(xlsx_format_code(-1));
	g_assert_null(xlsx_format_code(1000));
}

/* ---- cells --------------------------------------------------------------------------------- */

static void
test_values(void)
{
	g_autoptr(Doc) doc = read_book(&(Book){
		.strings = "<si><r><t>Nguyễn </t></r><r><rPr><b/></rPr><t>Văn An</t></r>"
			   "<rPh sb='0' eb='1'><t>không đọc</t></rPh></si>" SI("a_x000D_b"),
		.styles = "<numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts>"
			  "<cellXfs><xf/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs>",
		.sheet = "<sheetData>" ROW("1",
			"<c r='A1' t='s'><v>0</v></c>"
			"<c r='B1' s='1'><v>46344</v></c><c r='C1' s='2'><f>D1/E1</f><v>0.5</v></c>"
			"<c r='D1' t='b'><v>1</v></c><c r='E1' t='e'><v>#N/A</v></c>"
			"<c r='F1' t='str'><f>A1</f><v>chữ</v></c>" C(
				"G1", "ngay đây") "<c r='H1' t='s'><v>1</v></c><c r='I1' s='1'/><c "
						  "r='J1'><f>1+1</f></c>"
						  "<c r='K1' t='s'><v>99</v></c><c r='L1' "
						  "t='d'><v>2026-11-18</v></c>") "</sheetData>" });
	check_text(
		doc, "Nguyễn Văn An\n18/11/2026\n50%\nTRUE\n#N/A\nchữ\nngay đây\nab\n2026-11-18\n");
	g_assert_nonnull(find_finding(doc, FINDING_UNCOMPUTED));
	g_assert_nonnull(strstr(find_finding(doc, FINDING_UNCOMPUTED)->en, "Trang 1: 1"));
}

/* Cells without addresses follow each other; out of order they are put in order. */
static void
test_addresses(void)
{
	g_autoptr(Doc) doc = read_sheet("<sheetData><row r='3'>" C("B3", "4")
			C("A3", "3") "</row>"
				     "<row r='2'><c t='inlineStr'><is><t>1</t></is></c><c "
				     "t='inlineStr'><is><t>2</t></is></c>"
				     "</row><row r='3'>" C("B3", "again") "</row></sheetData>");
	check_text(doc, "1\n2\n3\n4\n");
	g_assert_cmpint(find_cell(doc, 3, 2)->row, ==, 2);
	static const char *const wrong[] = { "XFE1", "A1048577", "1", "A", "A1B", "AAAAAAAAAA1" };
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autofree char *sheet = g_strdup_printf(
			"<sheetData><row r='1'><c r='%s'><v>1</v></c></row></sheetData>", wrong[i]);
		g_autoptr(Doc) refused = read_sheet(sheet);
		g_assert_cmpstr(doc_refusal(refused)->id, ==, "decode/damaged");
	}
}

/* Issuer beside motto, title, list, signer: the shapes that rules know from DOCX. */
static void
test_layout(void)
{
	g_autoptr(Doc) doc = read_sheet("<sheetData>" ROW(
		"1", C("A1", "SỞ") C("D1", "CỘNG HÒA")) ROW("2",
		C("A2", "CHI CỤC") C("D2", "Độc lập")) ROW("3", C("D3", "An Phú, ngày")) ROW("5",
		C("A5", "DANH SÁCH")) ROW("7",
		C("A7", "STT") C("B7", "Họ và tên")
			C("D7", "Chức vụ")) ROW("8", C("A8", "I") C("B8", "CÁ NHÂN")) ROW("9",
		C("A9", "1") C("B9", "Lê A")
			C("D9", "x")) ROW("10", C("A10", "2") C("B10", "Lê B")) ROW("12",
		C("B12", "NGƯỜI LẬP") C("D12", "GIÁM ĐỐC")) ROW("16",
		C("B16", "Lê C")
			C("D16", "Lê D")) "</sheetData>"
					  "<mergeCells><mergeCell ref='A5:D5'/></mergeCells>");
	const Block *head = doc->blocks, *title = head->next, *list = title->next,
		    *foot = list->next;
	g_assert_true(head->kind == BLOCK_TABLE && head->table.layout);
	g_assert_cmpint(head->table.n_columns, ==, 2);
	g_assert_cmpstr(title->para.text, ==, "DANH SÁCH");
	g_assert_true(list->kind == BLOCK_TABLE && !list->table.layout);
	g_assert_cmpint(list->table.n_rows, ==, 4);
	g_assert_cmpint(list->table.n_columns, ==, 3); /* C is blank */
	g_assert_cmpint(find_cell(doc, 9, 4)->column, ==, 3);
	g_assert_cmpint(list->place.table, ==, 1);
	g_assert_true(foot->table.layout);
	g_assert_null(foot->next);
	check_text(doc,
		"SỞ\nCHI CỤC\nCỘNG HÒA\nĐộc lập\nAn Phú, ngày\nDANH SÁCH\n"
		"STT\nHọ và tên\nChức vụ\nI\nCÁ NHÂN\n1\nLê A\nx\n2\nLê B\n"
		"NGƯỜI LẬP\nLê C\nGIÁM ĐỐC\nLê D\n");
}

static void
test_merges(void)
{
	g_autoptr(Doc) doc = read_sheet("<sheetData>" ROW("1",
		C("A1", "a") C("B1", "b")
			C("D1", "d")) ROW("2", C("B2", "b2") C("D2", "d2")) ROW("3",
		C("A3", "a3") C("B3", "dưới")
			C("D3", "d3")) "</sheetData><mergeCells><mergeCell ref='A1:A2'/><mergeCell "
				       "ref='B3:D3'/>"
				       "<mergeCell ref='X'/><mergeCell ref='C5:A1'/><mergeCell "
				       "ref='E1:XFD1048576'/></mergeCells>");
	g_assert_cmpint(find_cell(doc, 1, 1)->row_span, ==, 2);
	g_assert_cmpint(find_cell(doc, 3, 2)->column_span, ==, 2);
	check_text(doc, "a\nb\nd\nb2\nd2\na3\ndưới\n");
	g_assert_nonnull(strstr(find_finding(doc, FINDING_HIDDEN_CELLS)->en, "d3"));
}

static void
test_hidden(void)
{
	const Part more[] = { { "xl/worksheets/sheet2.xml",
				      "<worksheet><sheetData>" ROW("1",
					      C("A1", "trang ẩn")) "</sheetData></worksheet>" },
		{ NULL, NULL } };
	g_autoptr(Doc) doc = read_book(&(Book){
		.sheet = "<cols><col min='2' max='3' hidden='1'/></cols><sheetData>" ROW(
			"1", C("A1", "thấy") C("B1", "cột ẩn")) "<row r='2' hidden='1'>" C("A2",
			"dòng ẩn") "</row>" ROW("3", C("A3", "cũng thấy")) "</sheetData>",
		.sheets = "<sheet name='Nháp' state='veryHidden' r:id='rId9'/>",
		.relations = REL("rId9", "worksheet", "worksheets/sheet2.xml"),
		.more = more });
	check_text(doc, "thấy\ncũng thấy\n");
	const Finding *cells = find_finding(doc, FINDING_HIDDEN_CELLS);
	g_assert_nonnull(strstr(cells->en, "Trang 1: cột ẩn, dòng ẩn"));
	const Finding *sheet = g_ptr_array_index(doc->findings, 1);
	g_assert_nonnull(strstr(sheet->en, "Nháp"));
}

/* Fonts from before Unicode: of the cell, and of a run of its text. */
static void
test_legacy(void)
{
	g_autoptr(Doc) doc = read_book(&(Book){
		.styles = "<fonts><font><name val='Arial'/></font><font><b/><name "
			  "val='.VnTime'/></font>"
			  "<font><name val='.VnTimeH'/></font></fonts>"
			  "<cellXfs><xf/><xf fontId='1'/><xf fontId='2'/></cellXfs>",
		.strings = SI("NguyÔn V¨n An")
			SI("c¸ nh©n") "<si><r><t>Ông </t></r><r><rPr><rFont val='VNI-Times'/>"
				      "</rPr><t>Nguyeãn</t></r></si>",
		.sheet = "<sheetData>" ROW("1", "<c r='A1' s='1' t='s'><v>0</v></c>")
			ROW("2", "<c r='A2' s='2' t='s'><v>1</v></c>")
				ROW("3", "<c r='A3' t='s'><v>2</v></c>") "</sheetData>" });
	check_text(doc, "Nguyễn Văn An\nCÁ NHÂN\nÔng Nguyễn\n");
	g_assert_cmpint(doc->blocks->para.runs[0].flags, ==, RUN_BOLD | RUN_LEGACY);
	g_assert_nonnull(find_finding(doc, FINDING_LEGACY_FONT));
}

static void
test_beside(void)
{
	const Part more[] = { { "xl/worksheets/_rels/sheet1.xml.rels",
				      "<Relationships>" REL("r1", "comments",
					      "../comments1.xml") "</Relationships>" },
		{ "xl/comments1.xml",
			"<comments><commentList><comment ref='A1'><text><r><t>xem </t></r>"
			"<r><t>lại</t></r></text></comment></commentList></comments>" },
		{ "xl/vbaProject.bin", "x" },
		{ "xl/externalLinks/_rels/externalLink1.xml.rels",
			"<Relationships><Relationship Id='r1' "
			"Type='x/externalLinkPath' Target='khac.xlsx' "
			"TargetMode='External'/></Relationships>" },
		{ NULL, NULL } };
	g_autoptr(Doc) doc =
		read_book(&(Book){ .sheet = "<sheetData>" ROW("1",
					   C("A1", "chữ")) "</sheetData><extLst><ext><c "
							   "r='A9'><v>1</v></c></ext></extLst>",
			.more = more });
	check_text(doc, "chữ\n");
	g_assert_cmpstr(doc->notes->para.text, ==, "xem lại");
	g_assert_cmpstr(doc->notes->place.part, ==, "comment1");
	g_assert_cmpint(doc->notes->place.row, ==, 1);
	g_assert_nonnull(find_finding(doc, FINDING_COMMENTS));
	g_assert_nonnull(find_finding(doc, FINDING_MACROS));
	g_assert_nonnull(find_finding(doc, FINDING_EXTERNAL_LINK));
}

/* A mark of secrecy may stand in a text box or at the head of the printed page. */
static void
test_around(void)
{
	const Part more[] = { { "xl/worksheets/_rels/sheet1.xml.rels",
				      "<Relationships>" REL("r1", "drawing",
					      "../drawings/drawing1.xml") "</Relationships>" },
		{ "xl/drawings/drawing1.xml",
			"<x:wsDr xmlns:x='x' "
			"xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><x:sp>"
			"<x:txBody><a:p><a:r><a:t>TỐI "
			"</a:t></a:r><a:r><a:t>MẬT</a:t></a:r></a:p><a:p/></x:txBody>"
			"</x:sp></x:wsDr>" },
		{ NULL, NULL } };
	g_autoptr(Doc) doc = read_book(&(Book){
		.sheet = "<sheetData>" ROW("1",
			C("A1", "chữ")) "</sheetData><headerFooter><oddHeader>&amp;L&amp;\"Times "
					"New Roman,Bold\"&amp;14SỞ NỘI VỤ&amp;C"
					"&amp;K00FF00A&amp;&amp;B&amp;RTrang "
					"&amp;P/&amp;N</oddHeader><oddFooter>Lưu hành nội "
					"bộ</oddFooter>"
					"</headerFooter>",
		.more = more });
	check_text(doc, "chữ\n");
	static const char *const notes[][2] = { { "textbox1", "TỐI MẬT" },
		{ "header1", "SỞ NỘI VỤ" }, { "header2", "A&B" },
		{ "footer1", "Lưu hành nội bộ" } };
	const Block *note = doc->notes;
	for (size_t i = 0; i < G_N_ELEMENTS(notes); i++, note = note->next) {
		g_assert_nonnull(note);
		g_assert_cmpstr(note->place.part, ==, notes[i][0]);
		g_assert_cmpstr(note->para.text, ==, notes[i][1]);
	}
	g_assert_null(note);
}

/* ---- size ---------------------------------------------------------------------------------- */

/* A sheet that declares everything and holds two cells in its farthest corners. */
static void
test_sparse(void)
{
	g_autoptr(Doc) doc = read_sheet(
		"<dimension ref='A1:XFD1048576'/><sheetData>" ROW("1", C("A1", "đầu")) ROW(
			"1048576", C("XFD1048576", "cuối")) "</sheetData><mergeCells><mergeCell "
							    "ref='B2:XFC1048575'/></mergeCells>");
	check_text(doc, "đầu\ncuối\n");
	g_autoptr(Doc) empty = read_sheet("<sheetData><row r='1048576'/></sheetData>");
	g_assert_null(doc_refusal(empty));
	g_assert_nonnull(find_finding(empty, FINDING_NO_TEXT));
}

static void
test_long(void)
{
	g_autoptr(GString) sheet = g_string_new("<sheetData>");
	for (int row = 1; row <= 10000; row++)
		g_string_append_printf(sheet,
			"<row r='%d'><c r='A%d'><v>%d</v></c><c r='B%d' t='s'><v>0</v></c>"
			"<c r='C%d' t='s'><v>0</v></c></row>",
			row, row, row, row, row);
	g_string_append(sheet, "</sheetData>");
	g_autoptr(Doc) doc =
		read_book(&(Book){ .sheet = sheet->str, .strings = SI("Nguyễn Văn An") });
	g_assert_cmpint(doc->blocks->table.n_rows, ==, 10000);
	g_assert_cmpint(doc->blocks->table.n_cells, ==, 30000);

	/* the same long string in every cell is a bomb */
	g_autofree char *word = g_strnfill(20000, 'x');
	g_autofree char *strings = g_strdup_printf("<si><t>%s</t></si>", word);
	g_autoptr(Doc) bomb = read_book(&(Book){ .sheet = sheet->str, .strings = strings });
	g_assert_cmpstr(doc_refusal(bomb)->id, ==, "decode/too-large");
}

static void
test_damaged(void)
{
	static const Book books[] = {
		{ .sheet = "<sheetData><row r='1'><c r='A1'>" },
		{ .sheet = "", .strings = "<si>" },
		{ .sheet = "", .sheets = "<sheet name='x' r:id='nowhere'/>" },
		{ .sheet = "<sheetData><row r='0'/></sheetData>" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(books); i++) {
		g_autoptr(Doc) doc = read_book(&books[i]);
		g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/damaged");
	}
	g_autoptr(Doc) doctype = read_book(&(Book){ .sheet = "", .book = "<!DOCTYPE a>" });
	g_assert_nonnull(doc_refusal(doctype));
	g_autoptr(Doc) styles =
		read_book(&(Book){ .sheet = "<sheetData>" ROW("1", C("A1", "chữ")) "</sheetData>",
			.styles = "<broken" });
	check_text(styles, "chữ\n");
	g_assert_nonnull(find_finding(styles, FINDING_REPAIRED));
}

/* A workbook may list one sheet many times: all of them together are within the limit, or none. */
static void
test_many_sheets(void)
{
	g_autoptr(GBytes) bytes = build_xlsx(&(Book){
		.sheet = "<sheetData>" ROW("1", C("A1", "a") C("B1", "b")) "</sheetData>",
		.sheets = "<sheet name='2' sheetId='2' r:id='rId1'/>"
			  "<sheet name='3' sheetId='3' r:id='rId1'/>" });
	static const struct {
		int blocks;
		const char *id;
	} rows[] = { { 18, NULL }, { 15, "decode/too-large" } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Limits limits = limits_default;
		limits.blocks = rows[i].blocks;
		g_autoptr(Doc) doc = zip_read_doc(bytes, &limits);
		g_assert_cmpstr(doc_refusal(doc) ? doc_refusal(doc)->id : NULL, ==, rows[i].id);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xlsx/numbers", test_numbers);
	g_test_add_func("/xlsx/dates", test_dates);
	g_test_add_func("/xlsx/values", test_values);
	g_test_add_func("/xlsx/addresses", test_addresses);
	g_test_add_func("/xlsx/layout", test_layout);
	g_test_add_func("/xlsx/merges", test_merges);
	g_test_add_func("/xlsx/hidden", test_hidden);
	g_test_add_func("/xlsx/legacy", test_legacy);
	g_test_add_func("/xlsx/beside", test_beside);
	g_test_add_func("/xlsx/around", test_around);
	g_test_add_func("/xlsx/sparse", test_sparse);
	g_test_add_func("/xlsx/long", test_long);
	g_test_add_func("/xlsx/damaged", test_damaged);
	g_test_add_func("/xlsx/many-sheets", test_many_sheets);
	return g_test_run();
}
