/* engine/base/text.c: folding evens out what means nothing and keeps what means something. */
#include "base/text.h"

static void
test_key(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "Hòa bình", "HOÀ  BÌNH", true },
		{ "Ủy ban nhân dân", "Uỷ ban nhân dân", true },
		{ "kĩ thuật", "kỹ thuật", true },
		{ "Thi đua – Khen thưởng", "thi đua - khen thưởng", true },
		{ "thƣởng", "thưởng", true },
		{ "Ðồng", "đồng", true },
		{ "hòa", "hóa", false },
		{ "mai", "may", false },
		{ "thi đua", "thi dua", false },
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
test_case(void)
{
	g_autofree char *title = text_title_case("nguyễn văn LỘC");
	g_assert_cmpstr(title, ==, "Nguyễn Văn Lộc");
	g_assert_true(text_is_caps("QUYẾT ĐỊNH"));
	g_assert_false(text_is_caps("Quyết định"));
	g_assert_false(text_is_caps("123"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/key", test_key);
	g_test_add_func("/text/bare-key", test_bare_key);
	g_test_add_func("/text/clean", test_clean);
	g_test_add_func("/text/case", test_case);
	return g_test_run();
}
