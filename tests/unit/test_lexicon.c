/* engine/extract/lexicon.c, base/syllable.c, extract/mend.c: recognised words and what they can
 * mean. */
#include "base/syllable.h"
#include "base/text.h"
#include "extract/lexicon.h"
#include "extract/mend.h"

#include <string.h>

static Lexicon *
some_lexicon(void)
{
	Lexicon *lexicon = lexicon_new();
	lexicon_add(lexicon, "quyết định, viễn thông, giám đốc, tổng giám đốc, thành phố, đối với",
		false);
	lexicon_add(
		lexicon, "đồng hồ, đông hồ", false); /* the same without marks: neither is taken */
	lexicon_add(lexicon, "đơn", false);          /* one syllable says nothing */
	lexicon_add(lexicon, "Quảng Bình", true);
	lexicon_add(lexicon, "ủy ban nhân dân, hội đồng nhân dân, trưởng ban", false);
	return lexicon;
}

static char *
mended(const Lexicon *lexicon, const char *text, guint *ret_changes)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit(text, " ", -1);
	for (char **part = parts; *part; part++)
		g_ptr_array_add(words, g_strdup(*part));
	g_autofree bool *known = g_new0(bool, words->len + 1);
	lexicon_mend(lexicon, words, known, changes);
	*ret_changes = changes->len;
	g_ptr_array_add(words, NULL);
	return g_strjoinv(" ", (char **)words->pdata);
}

static void
test_phrases(void)
{
	static const struct {
		const char *text, *wanted;
		guint changes;
	} rows[] = {
		{ "QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:", 1 },
		{ "Viên thông", "Viễn thông", 1 },
		{ "đôi với", "đối với", 1 },
		{ "TÔNG GIAM ĐỌC", "TỔNG GIÁM ĐỐC", 3 },
		{ "QUYẾT ĐỊNH", "QUYẾT ĐỊNH", 0 },
		{ "QUYÉT. ĐỊNH", "QUYÉT. ĐỊNH", 0 }, /* a sentence ends between */
		{ "Quang Bình", "Quang Bình", 0 },   /* may be a person */
		{ "TỈNH QUANG BINH", "TỈNH QUẢNG BÌNH", 2 },
		{ "đong hô", "đong hô", 0 },
		{ "THÀNHPHÓ", "THÀNH PHỐ", 1 },
		{ "don", "don", 0 },
		{ "ỦY RAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", 1 }, /* one of four */
		{ "HỘI ĐỎNG NHÁN DẦN", "HỘI ĐỒNG NHÂN DÂN", 3 },
		{ "ỦY RAN NHÂN TÂN", "ỦY RAN NHÂN TÂN", 0 },
		{ "TRƯỞNG RAN", "TRƯỞNG RAN", 0 }, /* too short to be sure */
		{ "", "", 0 },
	};
	g_autoptr(Lexicon) lexicon = some_lexicon();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		guint changes;
		g_autofree char *text = mended(lexicon, rows[i].text, &changes);
		g_assert_cmpstr(text, ==, rows[i].wanted);
		g_assert_cmpuint(changes, ==, rows[i].changes);
	}
}

static void
test_syllables(void)
{
	static const char *const good[] = { "nghiêng", "Quốc", "GIẾT", "gì", "uống", "ĐỐC", "khuya",
		"quyết", "yêu", "xoong" };
	static const char *const bad[] = { "quyét", "SIMĐ", "cat", "độp̣", "strasse", "ngj", "",
		"bưởc", "ww" };
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		if (!syllable_is_valid(good[i]))
			g_error("'%s' is a syllable", good[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		if (syllable_is_valid(bad[i]))
			g_error("'%s' is none", bad[i]);
}

typedef struct {
	const char *text;
	int doubt;
} Read;

static char *
mended_line(const Read *words, bool *ret_wanted)
{
	g_autoptr(Doc) doc = doc_new("pdf");
	g_autoptr(Lexicon) lexicon = some_lexicon();
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(g_free);
	Block **tail = &doc->blocks;
	Block *para = doc_add_para(doc, &tail, (Place){ .page = 1 });
	for (; words->text; words++) {
		g_autofree char *text = g_strconcat(words->text, words[1].text ? " " : "", NULL);
		doc_add_run(doc, para, &(Run){ .text = text, .doubt = words->doubt });
	}
	doc_end_para(doc, para);
	*ret_wanted = mend_wanted(doc);
	g_autoptr(Doc) copy = mend_doc(doc, lexicon, changes);
	g_autofree char *text = doc_text(copy);
	return g_strdup(g_strstrip(text));
}

/* What a hand wrote is never guessed; what is printed around it is kept. */
static void
test_head(void)
{
	static const struct {
		Read words[12];
		const char *wanted;
	} rows[] = {
		{ { { "Số:", 10 }, { "215/QĐ-SNV", 10 } }, "Số: 215/QĐ-SNV" },
		{ { { "Só;", 35 }, { "2Z", 100 }, { "/QĐÐ-SNV", 40 } }, "Số: �/QĐ-SNV" },
		{ { { "Số:", 10 }, { "38", 60 }, { "/QĐ-SNV", 10 } }, "Số: �/QĐ-SNV" },
		{ { { "Số:", 10 }, { "/KH-SNV", 10 } }, "Số: /KH-SNV" },
		{ { { "Số:", 5 }, { "40/QĐ-", 10 }, { "VNPT-", 10 }, { "QB", 10 } },
			"Số: 40/QĐ-VNPT-QB" },
		{ { { "Số", 10 }, { "2Z-QĐ/TU", 60 } }, "Số: �-QĐ/TU" },
		{ { { "Số", 10 }, { "245-QĐ/TU", 10 } }, "Số: 245-QĐ/TU" },
		{ { { "An", 5 }, { "Phú,", 5 }, { "ngày", 5 }, { "17", 5 }, { "tháng", 5 },
			  { "11", 5 }, { "năm", 5 }, { "2026", 5 } },
			"An Phú, ngày 17 tháng 11 năm 2026" },
		{ { { "An", 5 }, { "Phú,", 5 }, { "ngày/(Ztháng", 35 }, { "01", 5 }, { "năm", 5 },
			  { "2022", 5 } },
			"An Phú, ngày � tháng 01 năm 2022" },
		{ { { "An", 5 }, { "Phú,", 5 }, { "ngày", 5 }, { "s2", 70 }, { "tháng", 5 },
			  { "9", 5 }, { "năm", 5 }, { "2022", 5 } },
			"An Phú, ngày � tháng 9 năm 2022" },
		{ { { "Nui", 45 }, { "nhận:", 5 } }, "Nơi nhận:" },
		{ { { "⁄", 40 }, { "x<GIAM", 30 }, { "ĐỌC", 35 } }, "GIÁM ĐỐC" },
		{ { { "wxã", 100 }, { "Hòa", 5 }, { "Bình", 5 } },
			"� Hòa Bình" }, /* a name that was eaten */
		{ { { "_SỞ", 5 }, { "NỘI", 5 }, { "VỤ|", 10 } }, "SỞ NỘI VỤ" },
		{ { { "GIÁM", 10 }, { "ĐỐC,", 40 } }, "GIÁM ĐỐC" }, /* the edge of a seal */
		{ { { "KT,", 15 }, { "GIÁM", 5 }, { "ĐÓC", 5 } }, "KT. GIÁM ĐỐC" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		bool wanted;
		g_autofree char *text = mended_line(rows[i].words, &wanted);
		g_assert_true(wanted);
		g_autofree char *squeezed = text_squeeze(text);
		g_assert_cmpstr(squeezed, ==, rows[i].wanted);
	}
}

/* The opening of a subject is known by the title above it. */
static void
test_subject(void)
{
	static const struct {
		const char *title, *subject, *wanted;
	} rows[] = {
		{ "QUYẾT ĐỊNH", "và việc tặng Giấy khen", "Về việc tặng Giấy khen" },
		{ "QUYẾT ĐỊNH", "Vẽ việc tặng Giấy khen", "Về việc tặng Giấy khen" },
		{ "Điều 1", "và việc tặng Giấy khen", "và việc tặng Giấy khen" },
	};
	g_autoptr(Lexicon) lexicon = some_lexicon();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *texts[] = { rows[i].title, rows[i].subject };
		g_autoptr(Doc) doc = doc_new("pdf");
		g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(g_free);
		Block **tail = &doc->blocks;
		for (size_t k = 0; k < G_N_ELEMENTS(texts); k++) {
			Block *para = doc_add_para(doc, &tail, (Place){ .page = 1 });
			doc_add_run(doc, para, &(Run){ .text = texts[k], .doubt = 5 });
			doc_end_para(doc, para);
		}
		g_autoptr(Doc) copy = mend_doc(doc, lexicon, changes);
		g_assert_cmpstr(copy->blocks->next->para.text, ==, rows[i].wanted);
		g_assert_cmpint(changes->len, ==, i < 2);
	}
}

/* Text that was not recognised is nobody's to mend. */
static void
test_left_alone(void)
{
	static const Read words[] = { { "QUYÉT", 0 }, { "ĐỊNH", 0 }, { NULL, 0 } };
	bool wanted;
	g_autofree char *text = mended_line(words, &wanted);
	g_assert_false(wanted);
	g_assert_cmpstr(text, ==, "QUYÉT ĐỊNH");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lexicon/phrases", test_phrases);
	g_test_add_func("/lexicon/syllables", test_syllables);
	g_test_add_func("/mend/head", test_head);
	g_test_add_func("/mend/subject", test_subject);
	g_test_add_func("/mend/left-alone", test_left_alone);
	return g_test_run();
}
