/* engine/decode/recognised.c and pdf_recognised.c: words of pictures, over the wire and laid out.
 */
#include "decode/pdf.h"
#include "decode/recognised.h"

#include <string.h>

static GPtrArray *
parse(const char *text, Arena *arena, GError **err)
{
	return recognised_parse(text, strlen(text), &limits_default, arena, err);
}

static void
test_round_trip(void)
{
	static const char wire[] = "page 1.0 595.0 842.0\n"
				   "line\nword 72.0 90.0 95.0 101.0 13.0 92.0 Số:\n"
				   "word 97.0 90.0 120.0 101.0 13.0 14.0 3#\n"
				   "line\nink 300.0 90.0 330.0 101.0 13.0 85.0 ĐẾN\n"
				   "rule 72.0 200.0 520.0 200.0\n"
				   "page 2.0 842.0 595.0\n";
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) pages = parse(wire, arena, NULL);
	g_assert_nonnull(pages);
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; i < pages->len; i++)
		recognised_print(pages->pdata[i], out);
	g_assert_cmpstr(out->str, ==, wire);
}

static void
test_hostile(void)
{
	static const char *const rows[] = {
		"word 1 1 2 2 13 90 x\n", /* before any page */
		"page 1 595\n",
		"page 0 595 842\n",
		"page 1 nan 842\n",
		"page 1 595 1e9\n",
		"page 1 595 842 7\n",
		"page 1 595 842\nword 1 1 2 2 13\n",      /* no text */
		"page 1 595 842\nword 9 1 2 2 13 90 x\n", /* right of its right edge */
		"page 1 595 842\nword inf 1 2 2 13 90 x\n",
		"page 1 595 842\nrule 1 1 2 2\n", /* leans */
		"page 1 595 842\nline x\n",
		"pages\n",
		"\x01\n",
	};
	g_autoptr(Arena) arena = arena_new();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) err = NULL;
		g_autoptr(GPtrArray) pages = parse(rows[i], arena, &err);
		if (pages || err_code(err) != ERR_FORMAT)
			g_error("row %zu was taken", i);
	}
}

static void
test_limit(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) err = NULL;
	Limits limits = limits_default;
	limits.text_bytes = 8;
	g_assert_null(recognised_parse("page 1 595 842\n", 15, &limits, arena, &err));
	g_assert_cmpint(err_code(err), ==, ERR_LIMIT);
}

static Doc *
lay_out(const char *wire)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) pages = parse(wire, arena, NULL);
	return pdf_read_pictures(pages, &limits_default);
}

/* Doubt goes with each word; specks of paper are no words; colours are notes. */
static void
test_layout(void)
{
	g_autoptr(Doc) doc = lay_out("page 1 595 842\n"
				     "line\nword 72 100 110 111 13 96 Kính\n"
				     "word 114 100 140 111 13 40 gửi\n"
				     "word 144 105 146 106 13 20 .\n"
				     "line\nink 300 300 330 311 13 85 CÔNG\n"
				     "ink 334 300 360 311 13 85 VĂN\n");
	g_autofree char *text = doc_text(doc);
	g_assert_cmpstr(text, ==, "Kính gửi\n");
	const Para *para = &doc->blocks->para;
	g_assert_cmpint(para->n_runs, ==, 2);
	g_assert_cmpint(para->runs[0].doubt, ==, 5);
	g_assert_cmpint(para->runs[1].doubt, ==, 60);
	g_assert_cmpstr(doc->notes->place.part, ==, "stamp1");
	g_assert_cmpstr(doc->notes->para.text, ==, "CÔNG VĂN");
	g_assert_cmpstr(doc->format, ==, "image");
}

/* A reader that joins the two columns of a head on one line is not followed. */
static void
test_columns(void)
{
	g_autoptr(GString) wire = g_string_new("page 1 595 842\n");
	static const struct {
		int y;
		const char *left, *right;
	} lines[] = {
		{ 60, "TỈNH", "CỘNG" },
		{ 75, "SỞ", "Độc" },
		{ 90, "Số:", "Ngày" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		g_string_append_printf(wire,
			"line\nword 100 %d 190 %d 13 96 %s\nword 330 %d 500 %d 13 96 %s\n",
			lines[i].y, lines[i].y + 11, lines[i].left, lines[i].y, lines[i].y + 11,
			lines[i].right);
	g_autoptr(Doc) doc = lay_out(wire->str);
	g_assert_cmpint(doc->blocks->kind, ==, BLOCK_TABLE);
	g_assert_true(doc->blocks->table.layout);
	g_assert_cmpint(doc->blocks->table.n_columns, ==, 2);
}

/* A dash that was lost does not join two entries of a list. */
static void
test_lost_dash(void)
{
	g_autoptr(Doc) doc =
		lay_out("page 1 595 842\n"
			"line\nword 80 640 83 641 11 90 -\n"
			"word 87 635 160 646 11 95 Sở\nword 163 635 210 646 11 95 Nội\n"
			"word 213 635 240 646 11 95 vụ;\n"
			"line\nword 87 648 130 659 11 95 Lãnh\n"
			"word 133 648 160 659 11 95 đạo\nword 163 648 200 659 11 95 Sở;\n");
	g_autofree char *text = doc_text(doc);
	g_assert_nonnull(strstr(text, "- Sở Nội vụ;\nLãnh đạo Sở;"));
}

/* A piece of a ruling line under a word is no dash. */
static void
test_line_below(void)
{
	g_autoptr(Doc) doc =
		lay_out("page 1 595 842\n"
			"line\nword 80 60 120 72 13 95 SỞ\nword 124 60 160 72 13 95 NỘI\n"
			"word 164 60 190 72 13 95 VỤ\nword 192 75 196 76 13 75 -\n");
	g_autofree char *text = doc_text(doc);
	g_assert_null(strchr(text, '-'));
}

/* Words that a later look found go into the lines that they were missing from. */
static void
test_settle(void)
{
	static const char wire[] =
		"page 1 595 842\n"
		"line\nword 72 90 95 101 13 92 Số:\nword 120 91 170 102 13 92 /UBND-KT\n"
		"line\nword 100 120 130 130 13 92 danh\nword 134 120 160 130 13 92 sách\n"
		"line\nword 300 400 330 410 13 92 xa\n"
		"line\nword 98 90 117 101 13 92 215\n"
		"line\nword 58 119 76 132 13 92 (Có\nword 80 120 96 130 13 92 hai\n"
		"word 164 120 180 130 13 92 này)\n"
		"line\nword 400 300 440 310 13 92 riêng\n"
		"line\nword 334 400 350 410 13 92 hơn\n";
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) pages = parse(wire, arena, NULL);
	RecognisedPage *page = pages->pdata[0];
	recognised_settle(page, 5);
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < page->words->len; i++) {
		const RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		g_string_append_printf(text, "%s%s", word->begins_line ? "|" : " ", word->text);
	}
	g_assert_cmpstr(text->str, ==, "|Số: 215 /UBND-KT|(Có hai danh sách này)|xa hơn|riêng");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recognised/round-trip", test_round_trip);
	g_test_add_func("/recognised/hostile", test_hostile);
	g_test_add_func("/recognised/limit", test_limit);
	g_test_add_func("/recognised/layout", test_layout);
	g_test_add_func("/recognised/columns", test_columns);
	g_test_add_func("/recognised/lost-dash", test_lost_dash);
	g_test_add_func("/recognised/line-below", test_line_below);
	g_test_add_func("/recognised/settle", test_settle);
	return g_test_run();
}
