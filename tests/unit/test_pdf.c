/* engine/decode/pdf.c: whole files, drawn with cairo or broken by hand. */
#include "decode/pdf.h"
#include "decode/recognised.h"
#include "plain_pdf.h"

#include <cairo-pdf.h>
#include <poppler.h>
#include <string.h>

typedef struct {
	GByteArray *bytes;
	cairo_surface_t *surface;
	cairo_t *cr;
} Paper;

static cairo_status_t
take_bytes(void *closure, const unsigned char *data, unsigned int size)
{
	g_byte_array_append(closure, data, size);
	return CAIRO_STATUS_SUCCESS;
}

static Paper
paper_new(void)
{
	Paper paper = { .bytes = g_byte_array_new() };
	paper.surface = cairo_pdf_surface_create_for_stream(take_bytes, paper.bytes, 595, 842);
	paper.cr = cairo_create(paper.surface);
	cairo_select_font_face(
		paper.cr, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(paper.cr, 13);
	return paper;
}

static void
draw(Paper *paper, double x, double y, const char *text)
{
	cairo_move_to(paper->cr, x, y);
	cairo_show_text(paper->cr, text);
}

static Doc *
read_paper_within(Paper *paper, const Limits *limits)
{
	cairo_destroy(paper->cr);
	cairo_surface_finish(paper->surface);
	cairo_surface_destroy(paper->surface);
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(paper->bytes);
	return pdf_read(bytes, NULL, limits, NULL);
}

static Doc *
read_paper(Paper *paper)
{
	return read_paper_within(paper, &limits_default);
}

static void
draw_list(Paper *paper, int first, int last)
{
	for (int i = first - 1; i <= last; i++) {
		double y = 200 + 24 * (i - first + 1);
		g_autofree char *number = g_strdup_printf("%d", i);
		g_autofree char *name = g_strdup_printf("Nguyễn Văn %c", 'A' + i % 26);
		draw(paper, 85, y + 16, i < first ? "STT" : number);
		draw(paper, 150, y + 16, i < first ? "Họ và tên" : name);
		cairo_rectangle(paper->cr, 80, y, 60, 24);
		cairo_rectangle(paper->cr, 140, y, 300, 24);
	}
	cairo_set_line_width(paper->cr, 0.5);
	cairo_stroke(paper->cr);
}

/* A ruled list over two pages is one table, with its head once. */
static void
test_file_table(void)
{
	Paper paper = paper_new();
	draw(&paper, 85, 100,
		"Danh sách các cá nhân được đề nghị khen thưởng năm 2026 của cơ quan");
	draw_list(&paper, 1, 20);
	cairo_show_page(paper.cr);
	draw_list(&paper, 21, 25);
	g_autoptr(Doc) doc = read_paper(&paper);
	g_assert_null(doc_refusal(doc));
	g_assert_cmpint(doc->pages->len, ==, 2);
	const Block *table = doc->blocks;
	while (table && table->kind != BLOCK_TABLE)
		table = table->next;
	g_assert_nonnull(table);
	g_assert_null(table->next);
	g_assert_cmpint(table->table.n_rows, ==, 26);
	g_assert_cmpint(table->table.n_columns, ==, 2);
	const Cell *cell = &table->table.cells[25 * 2];
	g_assert_cmpstr(cell->blocks->para.text, ==, "25");
	g_assert_cmpint(cell->place.page, ==, 2);
}

static const Finding *
find(const Doc *doc, const char *id)
{
	for (guint i = 0; i < doc->findings->len; i++)
		if (strcmp(((Finding *)doc->findings->pdata[i])->id, id) == 0)
			return doc->findings->pdata[i];
	return NULL;
}

static bool
has_finding(const Doc *doc, const char *id)
{
	return find(doc, id) != NULL;
}

static void
test_file_scan(void)
{
	Paper paper = paper_new();
	cairo_rectangle(paper.cr, 50, 50, 400, 600);
	cairo_fill(paper.cr);
	g_autoptr(Doc) doc = read_paper(&paper);
	g_assert_null(doc_refusal(doc));
	g_assert_true(has_finding(doc, "decode/no-text"));
	g_assert_cmpint(doc->pages->len, ==, 1);
}

/* A scan of A4 with the same line of text laid under it again and again. */
static Paper
scan_with_layer(const char *line)
{
	Paper paper = paper_new();
	cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1000, 1400);
	cairo_save(paper.cr);
	cairo_scale(paper.cr, 0.55, 0.55);
	cairo_set_source_surface(paper.cr, picture, 20, 20);
	cairo_paint(paper.cr);
	cairo_restore(paper.cr);
	cairo_surface_destroy(picture);
	for (int y = 60; y < 760; y += 35)
		draw(&paper, 80, y, line);
	return paper;
}

static Doc *
read_layer(const char *line, const char *recognised_line)
{
	Paper paper = scan_with_layer(line);
	cairo_destroy(paper.cr);
	cairo_surface_finish(paper.surface);
	cairo_surface_destroy(paper.surface);
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(paper.bytes);
	if (!recognised_line)
		return pdf_read(bytes, NULL, &limits_default, NULL);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GString) wire = g_string_new("page 1 595 842\n");
	g_auto(GStrv) words = g_strsplit(recognised_line, " ", -1);
	for (int y = 60; y < 760; y += 35)
		for (int i = 0; words[i]; i++)
			g_string_append_printf(wire, "%sword %d %d %d %d 13 96 %s\n",
				i ? "" : "line\n", 80 + 40 * i, y, 115 + 40 * i, y + 11, words[i]);
	g_autoptr(GPtrArray) pages =
		recognised_parse(wire->str, wire->len, &limits_default, arena, NULL);
	return pdf_read(bytes, pages, &limits_default, NULL);
}

#define GOOD_LINE "Căn cứ quyết định của Ủy ban nhân dân tỉnh về việc khen thưởng"
#define POOR_LINE "Can cir quyt djnh cüa Uy ban nhan dan tinh vê vic khen thirng"

/* What another program's recogniser laid under a scan gives way to ours unless it reads better. */
static void
test_file_layer(void)
{
	static const struct {
		const char *layer, *recognised, *finding, *text;
	} rows[] = {
		{ POOR_LINE, NULL, "decode/poor-layer", "quyt djnh" },
		{ POOR_LINE, GOOD_LINE, "decode/recognised", "quyết định" },
		{ GOOD_LINE, NULL, "decode/poor-layer", "quyết định" }, /* a first page */
		{ GOOD_LINE, POOR_LINE, "decode/layer", "quyết định" },
		{ "The quick brown fox jumps over the lazy dog every day", NULL, "decode/layer",
			"brown fox" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Doc) doc = read_layer(rows[i].layer, rows[i].recognised);
		g_autofree char *text = doc_text(doc);
		g_assert_true(has_finding(doc, rows[i].finding));
		g_assert_nonnull(strstr(text, rows[i].text));
		g_assert_cmpint(doc->blocks->para.runs[0].doubt, >, 0);
		g_assert_cmpint(doc->findings->len, ==, 1);
	}
}

/* Sums end in "đ", a table has crosses: that is no text whose vowels were lost. */
static void
test_file_sums(void)
{
	static const struct {
		const char *line;
		bool garbled;
	} rows[] = {
		{ "Đội tuyển VNPT Hưng Yên đạt giải Ba toàn quốc 1.000.000 đ x", false },
		{ "y ban nhân dân t nh k t lu n v vi c th c hi n nhi m v", true },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Paper paper = paper_new();
		for (int y = 60; y < 760; y += 35)
			draw(&paper, 80, y, rows[i].line);
		g_autoptr(Doc) doc = read_paper(&paper);
		g_assert_cmpint(doc->findings->len > 0, ==, rows[i].garbled);
	}
}

static void
draw_white(Paper *paper, double x, double y, const char *text)
{
	cairo_set_source_rgb(paper->cr, 1, 1, 1);
	draw(paper, x, y, text);
	cairo_set_source_rgb(paper->cr, 0, 0, 0);
}

/* White on paper and letters like dust are no text of the document; white on a dark ground is. */
static void
test_file_hidden(void)
{
	Paper paper = paper_new();
	draw(&paper, 80, 100, "Tặng Bằng khen cho ông Lê Văn Sáng");
	draw_white(&paper, 80, 130, "và ông Đỗ Văn Khuất");
	cairo_set_source_rgb(paper.cr, 0, 0.2, 0.5);
	cairo_rectangle(paper.cr, 70, 180, 300, 30);
	cairo_fill(paper.cr);
	draw_white(&paper, 80, 200, "Danh sách. 1");
	cairo_set_font_size(paper.cr, 0.5);
	draw(&paper, 80, 300, "bụi");
	g_autoptr(Doc) doc = read_paper(&paper);
	g_autofree char *text = doc_text(doc);
	g_assert_cmpstr(text, ==, "Tặng Bằng khen cho ông Lê Văn Sáng\nDanh sách. 1\n");
	const Block *note = doc->notes;
	g_assert_cmpstr(note->place.part, ==, "hidden");
	g_assert_cmpint(note->para.runs[0].flags, ==, RUN_HIDDEN);
	g_assert_cmpstr(note->para.runs[0].text, ==, "và ông Đỗ Văn Khuất");
	g_assert_cmpstr(note->next->para.runs[0].text, ==, "bụi");
	g_assert_nonnull(strstr(find(doc, "decode/hidden-text")->en, "và ông Đỗ Văn Khuất bụi"));
}

static char *
text_of_content(const char *content)
{
	g_autoptr(GBytes) bytes =
		plain_pdf(&(PlainPdf){ .resources = "<</Font<</F<</Type/Font/Subtype/Type1/"
						    "BaseFont/Times-Roman>>>>>>" },
			content, strlen(content));
	g_autoptr(Doc) doc = pdf_read(bytes, NULL, &limits_default, NULL);
	g_assert_cmpint(
		has_finding(doc, "decode/hidden-text"), ==, strstr(content, "3 Tr") != NULL);
	return doc_text(doc);
}

/* Drawn in no ink. */
static void
test_file_unseen(void)
{
	g_autofree char *seen =
		text_of_content("BT /F 12 Tf 20 150 Td (seen) Tj 0 -40 Td (too) Tj ET");
	g_assert_cmpstr(seen, ==, "seen\ntoo\n");
	g_autofree char *half =
		text_of_content("BT /F 12 Tf 20 150 Td (seen) Tj 3 Tr 0 -40 Td (unseen) Tj ET");
	g_assert_cmpstr(half, ==, "seen\n");
}

static void
test_file_long(void)
{
	Limits limits = limits_default;
	limits.pages = 1;
	Paper paper = paper_new();
	cairo_show_page(paper.cr);
	draw(&paper, 85, 100, "Trang hai");
	g_autoptr(Doc) doc = read_paper_within(&paper, &limits);
	g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/too-large");
	g_assert_null(doc->blocks);
}

static void
test_file_broken(void)
{
	static const struct {
		const char *bytes, *finding;
	} rows[] = {
		{ "%PDF-1.4\nnothing at all", "decode/damaged" },
		{ "", "decode/damaged" },
		{ "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 "
		  "obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
		  "trailer<</Size 3/Root 1 0 R>>\n%%EOF\n",
			"decode/damaged" },
		{ "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 "
		  "obj<</Type/Pages/Kids[9 0 R]/Count 1>>endobj\n"
		  "trailer<</Size 3/Root 1 0 R>>\n%%EOF\n",
			"decode/page-unreadable" },
		{ "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 "
		  "obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 "
		  "obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999999999999999 9]>>endobj\n"
		  "trailer<</Size 4/Root 1 0 R>>\n%%EOF\n",
			"decode/page-unreadable" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].bytes, strlen(rows[i].bytes));
		g_autoptr(Doc) doc = pdf_read(bytes, NULL, &limits_default, NULL);
		if (!has_finding(doc, rows[i].finding))
			g_error("row %zu: no %s", i, rows[i].finding);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	pdf_warm();
	g_test_add_func("/pdf/file-table", test_file_table);
	g_test_add_func("/pdf/file-scan", test_file_scan);
	g_test_add_func("/pdf/file-layer", test_file_layer);
	g_test_add_func("/pdf/file-sums", test_file_sums);
	g_test_add_func("/pdf/file-hidden", test_file_hidden);
	g_test_add_func("/pdf/file-unseen", test_file_unseen);
	g_test_add_func("/pdf/file-long", test_file_long);
	g_test_add_func("/pdf/file-broken", test_file_broken);
	return g_test_run();
}
