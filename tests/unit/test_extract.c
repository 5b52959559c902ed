/* The whole of engine/extract over document trees: tests/golden/extract/<case>/in.tree gives
 * out.json and explain mentions every field. VANTHU_GOLDEN=write writes out.json anew. */
#include "extract/extract.h"
#include "extract/zone.h"

#include <string.h>

static const char golden_folder[] = "tests/golden/extract";

static Rules *
shipped_rules(void)
{
	const char *folders[] = { "rules", NULL };
	GError *error = NULL;
	Rules *rules = rules_load(folders, &error);
	g_assert_no_error(error);
	return rules;
}

static Doc *
read_tree(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "in.tree", NULL);
	g_autofree char *data = NULL;
	gsize size = 0;
	GError *error = NULL;
	g_file_get_contents(path, &data, &size, &error);
	g_assert_no_error(error);
	Doc *doc = doc_parse(data, size, &limits_default, &error);
	g_assert_no_error(error);
	return doc;
}

/* One field or record a line, so that a diff is read easily. */
static char *
lines_of(const GString *json)
{
	g_auto(GStrv) parts = g_strsplit(json->str, "},", -1);
	char *joined = g_strjoinv("},\n", parts);
	char *text = g_strconcat(joined, "\n", NULL);
	g_free(joined);
	return text;
}

static void
test_case(const void *data)
{
	const char *folder = data;
	g_autoptr(Rules) rules = shipped_rules();
	g_autoptr(Doc) doc = read_tree(folder);
	g_autoptr(Reading) reading = extract_read(rules, doc, "in", "");
	g_autoptr(GString) json = g_string_new(NULL);
	reading_print_json(reading, "vi", json);
	g_autofree char *got = lines_of(json);
	g_autofree char *path = g_build_filename(folder, "out.json", NULL);
	if (g_strcmp0(g_getenv("VANTHU_GOLDEN"), "write") == 0)
		g_assert_true(g_file_set_contents(path, got, -1, NULL));
	g_autofree char *wanted = NULL;
	g_assert_true(g_file_get_contents(path, &wanted, NULL, NULL));
	if (strcmp(got, wanted) != 0)
		g_error("%s differs; got:\n%s", path, got);
}

static void
test_explain(const void *data)
{
	static const char *const told[] = { "zones\n", "document type\n", "field code-number\n",
		"records\n" };
	g_autoptr(Rules) rules = shipped_rules();
	g_autoptr(Doc) doc = read_tree(data);
	g_autofree char *text = extract_explain(rules, doc);
	for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
		g_assert_nonnull(strstr(text, told[i]));
}

static const char *
told_of(const Reading *reading, const char *id)
{
	for (guint i = 0; i < reading->findings->len; i++) {
		const Finding *finding = reading->findings->pdata[i];
		if (strcmp(finding->id, id) == 0)
			return finding->en;
	}
	return NULL;
}

static Doc *
doc_of_lines(const char *text)
{
	Doc *doc = doc_new("docx");
	Block **tail = &doc->blocks;
	g_auto(GStrv) lines = g_strsplit(text, "|", -1);
	for (char **line = lines; *line; line++) {
		Block *para = doc_add_para(doc, &tail, (Place){ 0 });
		doc_add_run(doc, para, &(Run){ .text = *line });
		doc_end_para(doc, para);
	}
	return doc;
}

/* Two columns with gaps of their own are parted; a line of nothing but gaps is not looked through. */
static void
test_gaps(void)
{
	static const struct {
		int gaps, lines;
	} rows[] = { { 0, 2 }, { 5, 2 }, { 5000, 1 } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) text = g_string_new("SỞ Y TẾ");
		for (int k = 0; k < rows[i].gaps; k++)
			g_string_append(text, "\ta");
		g_string_append(text, "\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
		g_autoptr(Doc) doc = doc_of_lines(text->str);
		g_autoptr(Lines) lines = lines_new(doc);
		g_assert_cmpint(lines_count(lines), ==, rows[i].lines);
	}
}

/* A text box around another one: what stands below the inner one is read once. */
static void
test_nested_boxes(void)
{
	static const struct {
		const char *part, *text;
	} rows[] = { { "textbox1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" },
		{ "textbox2", "Số: 12/TB-UBND" }, { "textbox1", "An Phú, ngày 12 tháng 8 năm 2026" } };
	g_autoptr(Doc) doc = doc_of_lines("Nội dung");
	Block **tail = &doc->notes;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Block *para = doc_add_para(doc, &tail, (Place){ .part = rows[i].part });
		doc_add_run(doc, para, &(Run){ .text = rows[i].text });
		doc_end_para(doc, para);
	}
	g_autoptr(Lines) lines = lines_new(doc);
	g_assert_cmpint(lines_count(lines), ==, 4);
}

/* A foreign letter whose small form is longer is not cut in two. */
static void
test_foreign_letters(void)
{
	static const char *const texts[] = { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Kính gửİ",
		"GIẤY MỜİ|Họp giao ban" };
	g_autoptr(Rules) rules = shipped_rules();
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(Doc) doc = doc_of_lines(texts[i]);
		g_autofree char *told = extract_explain(rules, doc);
		g_assert_true(g_utf8_validate(told, -1, NULL));
	}
}

/* A paragraph of many printed lines becomes one without a copy for each of them. */
static void
test_breaks(void)
{
	enum { LINES = 2000 };
	const char *const titles[] = { NULL };
	g_autoptr(GString) text = g_string_new("Nội dung");
	for (int i = 0; i < LINES; i++)
		g_string_append(text, "\nphần còn lại của một đoạn rất dài");
	g_autoptr(Doc) doc = doc_of_lines(text->str);
	g_autoptr(Zones) zones = zones_find(doc, titles);
	g_strdelimit(text->str, "\n", ' ');
	g_assert_cmpint(zone_count(zones, ZONE_BODY), ==, 1);
	g_assert_cmpstr(zone_line(zones, ZONE_BODY, 0)->text, ==, text->str);
	g_assert_cmpuint(arena_bytes(zones->arena), <, 50 * text->len);
}

/* Rows that go on with a person add to him, but not without end. */
static void
test_continued_rows(void)
{
	enum { ROWS = 2000, ENOUGH = 11000 };
	static const char cell[] = "cell %d %d 1 1 \"t1 r%d c%d\"\npara \"t1 r%d c%d n%d\"\n"
				   "run - 13.0 \"\" \"\" \"%s\"\nend\n";
	static const char *const rows[][3] = { { "TT", "Họ và tên", "Chức vụ" },
		{ "1", "Lê Văn An", "Kế toán" }, { "", "", "và nhân viên của một đơn vị" } };
	g_autoptr(GString) tree = g_string_new("doc docx 1\n"
		"para \"n1\"\nrun - 13.0 \"\" \"\" \"DANH SÁCH\"\n"
		"para \"n2\"\nrun - 13.0 \"\" \"\" \"Đề nghị tặng giấy khen\"\ntable \"t1\"\n");
	for (int r = 1, n = 3; r <= ROWS; r++)
		for (int c = 1; c <= 3; c++, n++)
			g_string_append_printf(tree, cell, r, c, r, c, r, c, n,
				rows[MIN(r, 3) - 1][c - 1]);
	g_string_append(tree, "end\nend\n");
	GError *error = NULL;
	g_autoptr(Doc) doc = doc_parse(tree->str, tree->len, &limits_default, &error);
	g_assert_no_error(error);
	g_autoptr(Rules) rules = shipped_rules();
	g_autoptr(Reading) reading = extract_read(rules, doc, "in", "");
	g_assert_cmpuint(reading->records->len, ==, 1);
	const Field *post = record_lookup(reading->records->pdata[0], "position");
	g_assert_true(g_str_has_prefix(post->value, "Kế toán và nhân viên"));
	g_assert_cmpuint(strlen(post->value), <, ENOUGH);
}

/* Three places of one form to fill in; quotations, and fewer, are none. */
static void
test_placeholders(void)
{
	static const struct {
		const char *text, *shown; /* NULL: no template */
	} rows[] = {
		{ "Ông «Ho_tên», «Chuc_vu»|Phòng «Đơn_vị»", "«Ho_tên», «Chuc_vu», «Đơn_vị»" },
		{ "Số ${so}|Ngày ${ngày ký}|${ho_ten} và ${x}", "${so}, ${ngày ký}, ${ho_ten}" },
		{ "[[...]] tháng [[...]] năm [[năm]]", "([[...]], [[năm]])" },
		{ "{{ so }}{{ ngay }}{{ ten }}", "{{ so }}, {{ ngay }}, {{ ten }}" },
		{ "Ông «Ho_tên», «Chuc_vu»", NULL },
		{ "Ông «Ho_tên», ${chuc_vu}, [[don_vi]], {{ ngay }}", NULL },
		{ "« Văn hóa », «đời sống mới», «Gia đình văn hóa», «làng»", NULL },
		{ "{ a } {b} [c] [d] $5 $(e) «|» {{|}} ${", NULL },
	};
	g_autoptr(Rules) rules = shipped_rules();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Doc) doc = doc_of_lines(rows[i].text);
		g_autoptr(Reading) reading = extract_read(rules, doc, "in", "");
		const char *told = told_of(reading, "extract/template");
		if (!told != !rows[i].shown || (told && !strstr(told, rows[i].shown)))
			g_error("'%s': %s", rows[i].text, told ? told : "no finding");
	}
}

/* Who gets a sample form, and who signs it, is never certain; of a document with a head it is. */
static void
test_forms(void)
{
	static const struct {
		const char *head, *zone;
	} rows[] = {
		{ "PHỤ LỤC III|MẪU TRÌNH BÀY VĂN BẢN|I. QUY ĐỊNH CHUNG|II. CÁC MẪU|Mẫu 1.1|",
			"0.50 of a sample" },
		{ "PHỤ LỤC III|VỊ TRÍ CÁC THÀNH PHẦN|", "0.50 of a sample" },
		{ "UBND TỈNH AN PHÚ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|"
		  "Số: 5/UBND-VX\tĐộc lập - Tự do - Hạnh phúc|THÔNG BÁO|Về việc nghỉ lễ|",
			"0.96" },
	};
	g_autoptr(Rules) rules = shipped_rules();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(rows[i].head,
			"Các đơn vị thực hiện.|Nơi nhận:|- Như Điều 3;|- Lưu: VT.|GIÁM ĐỐC|"
			"Lê Văn An",
			NULL);
		g_autoptr(Doc) doc = doc_of_lines(text);
		g_autofree char *told = extract_explain(rules, doc);
		g_autofree char *wanted = g_strdup_printf("recipient     %s", rows[i].zone);
		if (!strstr(told, wanted))
			g_error("row %zu:\n%s", i, told);
	}
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autoptr(GDir) dir = g_dir_open(golden_folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
		name = g_dir_read_name(dir))
		g_ptr_array_add(names, g_strdup(name));
	g_assert_cmpuint(names->len, >, 5);
	qsort(names->pdata, names->len, sizeof(void *), by_name);
	for (guint i = 0; i < names->len; i++) {
		char *folder = g_build_filename(golden_folder, names->pdata[i], NULL);
		g_autofree char *path = g_strdup_printf("/extract/%s", (char *)names->pdata[i]);
		g_autofree char *explain = g_strdup_printf("/explain/%s", (char *)names->pdata[i]);
		g_test_add_data_func(path, folder, test_case);
		g_test_add_data_func_full(explain, folder, test_explain, g_free);
	}
	g_test_add_func("/extract/gaps", test_gaps);
	g_test_add_func("/extract/nested-boxes", test_nested_boxes);
	g_test_add_func("/extract/foreign-letters", test_foreign_letters);
	g_test_add_func("/extract/breaks", test_breaks);
	g_test_add_func("/extract/continued-rows", test_continued_rows);
	g_test_add_func("/extract/forms", test_forms);
	g_test_add_func("/extract/placeholders", test_placeholders);
	return g_test_run();
}
