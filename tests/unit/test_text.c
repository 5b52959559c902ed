/* engine/base/text.c: folding evens out what means nothing and keeps what means something. */
#include "base/letter.h"
#include "base/likeness.h"
#include "base/tenths.h"
#include "base/text.h"

#include <string.h>

static void
test_key(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "Hòa bình", "HOÀ  BÌNH", true }, { "Ủy ban nhân dân", "Uỷ ban nhân dân", true },
		{ "kĩ thuật", "kỹ thuật", true },
		{ "Thi đua – Khen thưởng", "thi đua - khen thưởng", true },
		{ "thƣởng", "thưởng", true }, { "Ðồng", "đồng", true }, { "hòa", "hóa", false },
		{ "mai", "may", false }, { "thi đua", "thi dua", false },
		{ "ki luat", "KY  LUAT", true }, /* ASCII alone goes another way */
		{ "ki luật", "ky luật", true }, { "ai", "ay", false },
		{ "Ti\u1ebfng", "Tie\u0302\u0301ng", true }, /* NFD */
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (text_same(rows[i].a, rows[i].b) != rows[i].same)
			g_error("'%s' and '%s'", rows[i].a, rows[i].b);
	}
}

static void
test_bare_key(void)
{
	g_autofree char *bare = text_bare_key("Đề nghị KHEN THƯỞNG");
	g_assert_cmpstr(bare, ==, "de nghi khen thuong");
}

static void
test_clean(void)
{
	g_autofree char *clean = text_clean("Hoa\xcc\x80 \xff\x01x", 9);
	g_assert_cmpstr(clean, ==, "Hoà \xef\xbf\xbdx");
	g_autofree char *squeezed = text_squeeze(" a\xc2\xa0 b\n");
	g_assert_cmpstr(squeezed, ==, "a b");
}

static void
test_name(void)
{
	static const struct {
		const char *raw, *name;
	} rows[] = {
		{ "Công văn số 15 (bản 2).docx", "Công văn số 15 (bản 2).docx" },
		{ "a\nb\t\"c\".pdf", "a_b__c_.pdf" },
		{ "b\u202excod.exe", "b_xcod.exe" },
		{ "\u2066a\u2069\u200f\u2028\xc2\x85", "_a____" },
		{ "a\xff\x1b", "a\xef\xbf\xbd" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = text_name(rows[i].raw, strlen(rows[i].raw));
		g_assert_cmpstr(name, ==, rows[i].name);
	}
}

/* Of pieces, whatever their length, and where they are cut. */
static void
test_long_nfc(void)
{
	static const char *const words[][2] = { { "e\u0302\u0323", "\u1ec7" },
		{ "U\u031b\u0309 ", "\u1eec " }, { "\u1ea1\u0302", "\u1ead" },
		{ "\u1100\u1161", "\uac00" } };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autoptr(GString) raw = g_string_new(NULL);
		g_autoptr(GString) wanted = g_string_new(NULL);
		for (int n = 0; n < (i == 3 ? 500 : 300000); n++) {
			g_string_append(raw, words[i][0]);
			g_string_append(wanted, words[i][1]);
		}
		g_autofree char *nfc = text_nfc(raw->str);
		g_assert_cmpstr(nfc, ==, wanted->str);
	}
}

/* Put in order by the square of their number, they took minutes; past thirty they are dropped. */
static void
test_piles(void)
{
	g_autoptr(GString) pile = g_string_new("a");
	for (int i = 0; i < 1000000; i++)
		g_string_append(pile, i % 2 ? "\u0301" : "\u0323");
	g_string_append(pile, "b\u0301");
	g_autofree char *clean = text_clean(pile->str, pile->len);
	g_autofree char *key = text_key(pile->str);
	g_assert_cmpuint(strlen(clean), <, 100);
	g_assert_true(g_str_has_prefix(clean, "\u1ea1"));
	g_assert_true(g_str_has_suffix(clean, "b\u0301"));
	g_assert_cmpuint(strlen(key), <, 100);
}

static void
test_case(void)
{
	g_autofree char *parts =
		text_upper("\xce\xb0"); /* capital, diaeresis, accent: NFC joins two */
	g_assert_cmpstr(parts, ==, "\xce\xab\xcc\x81");
	g_autofree char *title = text_title_case("nguyễn văn LỘC");
	g_assert_cmpstr(title, ==, "Nguyễn Văn Lộc");
	g_assert_true(text_is_caps("QUYẾT ĐỊNH"));
	g_assert_false(text_is_caps("Quyết định"));
	g_assert_false(text_is_caps("123"));
}

/* Never "no" where the keys begin alike: whatever is not folded then is not found. */
static void
test_may_begin(void)
{
	static const struct {
		const char *text, *word;
		bool may;
	} rows[] = {
		{ "Kính gửi: A", "kính gửi", true },
		{ "KÍNH  GỬI", "kính gửi", true },
		{ "Ki\u0301nh gu\u031b\u0309i", "kính gửi", true },
		{ "Kỹ thuật", "kĩ thuật", true },
		{ "Ðồng", "đồng", true },
		{ "Hoà", "hòa", true },
		{ "(Kèm theo", "kèm theo", true },
		{ "“Kèm theo", "kèm theo", true },
		{ "Kính chuyển", "kính gửi", false },
		{ "Kính", "kính gửi", false },
		{ "", "a", false },
		{ "a", "", true },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (letters_may_begin(rows[i].text, rows[i].word) != rows[i].may)
			g_error("'%s' and '%s'", rows[i].text, rows[i].word);
}

/* base/letter.h: the same answers as the general tables, over every letter there is. */
static void
test_letters(void)
{
	for (gunichar c = 1; c < 0x30000; c++) {
		char text[8] = { 0 };
		if (c >= 0xd800 && c < 0xe000)
			continue;
		int size = g_unichar_to_utf8(c, text);
		g_assert_cmpuint(letter_at(text), ==, c);
		g_assert_true(letter_next(text) == text + size);
		g_assert_cmpuint(letter_lower(c), ==, g_unichar_tolower(c));
		g_assert_true(letter_is_upper(c) == g_unichar_isupper(c));
		g_assert_true(letter_is_lower(c) == g_unichar_islower(c));
		g_assert_true(letter_is_alpha(c) == g_unichar_isalpha(c));
		g_autofree char *squeezed = text_squeeze(text);
		bool space = g_unichar_isspace(c) || c == 0xa0 || c == 0x2007 || c == 0x202f ||
			c == 0x3000;
		if (*squeezed ? space : !space)
			g_error("U+%04X squeezed", c);
		g_assert_true(text_is_blank(text) == space);
	}
	static const struct {
		const char *letter;
		gunichar base;
	} rows[] = { { "Ệ", 'e' }, { "ỵ", 'y' }, { "Đ", 'd' }, { "ơ", 'o' }, { "Ự", 'u' },
		{ "ắ", 'a' }, { "Ð", 0xf0 }, { "ж", 0x436 }, { "7", '7' } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpuint(letter_base(letter_at(rows[i].letter)), ==, rows[i].base);
}

static void
test_likeness(void)
{
	g_assert_cmpfloat(text_likeness("giấy khen", "giấy khen"), ==, 1);
	g_assert_cmpfloat(text_likeness("giấy khen", "giây khen"), >, 0.9);
	g_assert_cmpfloat(text_likeness("giấy khen", "giay khen"), >, 0.9);
	g_assert_cmpfloat(text_likeness("giấy khen", "bằng khen"), <, 0.8);
	g_assert_cmpfloat(text_likeness("", ""), ==, 1);
	g_assert_cmpfloat(text_likeness("a", ""), ==, 0);
	g_autofree char *longer = g_strnfill(500, 'a');
	g_assert_cmpfloat(text_likeness(longer, "a"), ==, 0);
}

/* The quick ways give what the slow ones give. */
static void
test_line(void)
{
	static const struct {
		const char *raw, *wanted;
	} rows[] = {
		{ "", "" },
		{ " ", "" },
		{ "Sở Nội vụ", "Sở Nội vụ" },
		{ "  Sở \n\t Nội  vụ ", "Sở Nội vụ" },
		{ "a\u00a0b\u2003c\u202fd\u3000e\u1680f\u2028g\u205fh", "a b c d e f g h" },
		{ "“Sở” – số…", "“Sở” – số…" },
		{ "To\u031b\u0300 trình", "Tờ trình" },
		{ "\ufeffa\u200bb\x01", "ab" },
		{ "a\xff", "a\ufffd" },
		{ "ẻ\xe1\xba", "ẻ\ufffd\ufffd" },
		{ "\u2126 \u212b \u2000", "Ω Å" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) line = g_string_new(rows[i].raw);
		text_line(line);
		g_assert_cmpstr(line->str, ==, rows[i].wanted);
		g_assert_cmpuint(line->len, ==, strlen(rows[i].wanted));
		g_autofree char *clean = text_clean(rows[i].raw, strlen(rows[i].raw));
		g_autofree char *squeezed = text_squeeze(clean);
		g_assert_cmpstr(squeezed, ==, rows[i].wanted);
	}
	g_autoptr(GString) nul = g_string_new_len("a\0b", 3);
	text_line(nul);
	g_assert_cmpstr(nul->str, ==, "a\ufffdb");
}

/* The C library is the judge: of values near and at ties, and of every form that can be read. */
static void
check_tenths(double value)
{
	char ours[G_ASCII_DTOSTR_BUF_SIZE], theirs[G_ASCII_DTOSTR_BUF_SIZE];
	tenths_print(value, ours);
	g_assert_cmpstr(ours, ==, g_ascii_formatd(theirs, sizeof theirs, "%.1f", value));
	char *end, *wanted;
	double read = tenths_read(ours, &end), judge = g_ascii_strtod(ours, &wanted);
	g_assert_true(memcmp(&read, &judge, sizeof read) == 0);
	g_assert_true(end == wanted);
}

static void
test_tenths(void)
{
	static const double edges[] = { 0.0, -0.0, 0.05, 0.25, 0.35, 0.45, -0.04, 0.95, 9.95, 99.95,
		999.949999, 1e9, 1e15, 99999999.95, 0.049999999999999996, 1e-300 };
	for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
		check_tenths(edges[i]);
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	for (int i = 0; i < 200000; i++) {
		check_tenths(g_rand_double_range(rand, -1000, 1000));
		check_tenths(g_rand_int_range(rand, -99999, 99999) / 20.0);
		check_tenths(g_rand_int_range(rand, -999999999, 999999999) / 256.0);
	}
	static const char *const forms[] = { "12.5,", "12.5 ", "-0.0", "12", "12.", ".5", "12.50",
		"1.5e3", "1.2.3", "-", "", "x", "+1.0", " 1.0", "1234567890.1", "nan", "inf" };
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		char *end, *wanted;
		double read = tenths_read(forms[i], &end),
		       judge = g_ascii_strtod(forms[i], &wanted);
		g_assert_true(memcmp(&read, &judge, sizeof read) == 0);
		g_assert_true(end == wanted);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/key", test_key);
	g_test_add_func("/text/bare-key", test_bare_key);
	g_test_add_func("/text/clean", test_clean);
	g_test_add_func("/text/name", test_name);
	g_test_add_func("/text/piles", test_piles);
	g_test_add_func("/text/long-nfc", test_long_nfc);
	g_test_add_func("/text/case", test_case);
	g_test_add_func("/text/letters", test_letters);
	g_test_add_func("/text/may-begin", test_may_begin);
	g_test_add_func("/text/likeness", test_likeness);
	g_test_add_func("/text/line", test_line);
	g_test_add_func("/text/tenths", test_tenths);
	return g_test_run();
}
