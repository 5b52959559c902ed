/* engine/extract/pattern.c: patterns see evened-out text, values come out as written, nothing
 * hangs. */
#include "extract/pattern.h"

#include <string.h>

static void
test_match(void)
{
	static const struct {
		const char *pattern, *text;
		const char *value; /* of group 1, else of the whole; NULL = no match */
	} rows[] = {
		{ "Ủy ban (\\p{Lu}+)", "Uỷ ban ABC", "ABC" },
		{ "(Hòa Bình)", "tỉnh Hoà Bình", "Hoà Bình" },
		{ "Chiến sĩ (.+)", "Chiến sỹ thi đua", "thi đua" },
		{ "(lí|ý) do", "lý do", "lý" },
		{ "Số ([0-9]+)-QĐ", "Số 12–QÐ", "12" },
		{ "\"([^\"]+)\"", "phong trào “Đoàn kết”", "Đoàn kết" },
		{ "^(\\d+)$", "12a", NULL },
		{ "hòa", "hoàn", NULL },
		{ "quý", "quý", "quý" },
		{ "tháng", "thang", NULL },
		/* \b sees our letters */
		{ "\\bđến (.+?) để\\b", "chuyển đến Sở Y tế để xem", "Sở Y tế" },
		{ "\\bn", "ăn", NULL },
		{ "\\Bn", "ăn", "n" },
		/* in a class a dash is a dash, whichever, and y stays y beside a consonant */
		{ "^([^;–-]+)", "An Phú – tỉnh", "An Phú " },
		{ "^([;–9]+)", "<", NULL },
		{ "([hky]+)$", "hay", "y" },
		{ "([^]“”]+)", "“Đoàn kết”", "Đoàn kết" },
		{ "([[:digit:]–]+)", "12–14", "12–14" },
		{ "\\sy", "nước y khoa", " y" },
		{ "\\QHoà [\\E(.)", "Hòa [1", "1" },
		{ "(*NO_JIT)Số (.+)", "Số 12", "12" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Pattern) pattern = pattern_compile(rows[i].pattern, NULL);
		g_auto(MatchText) text = { 0 };
		Match match;
		match_text_init(&text, rows[i].text);
		g_autofree char *value = NULL;
		if (pattern_match(pattern, &text, 0, &match) == MATCH_YES)
			value = match_copy(&match, &text, pattern_groups(pattern) ? 1 : 0);
		if (g_strcmp0(value, rows[i].value) != 0)
			g_error("/%s/ in '%s' gave '%s'", rows[i].pattern, rows[i].text, value);
	}
}

/* A short key is how the whole key begins, even where two letters that change as one stand across
 * its end. */
static void
test_short_keys(void)
{
	for (int n = MATCH_SHORT - 4; n < MATCH_SHORT + 2; n++) {
		g_autofree char *before = g_strnfill((gsize)n, 'b');
		g_autofree char *text = g_strconcat(before, "oá và uý", NULL);
		g_autofree char *key = match_key(text);
		char start[MATCH_SHORT + 8];
		match_key_short(text, start);
		g_assert_true(g_str_has_prefix(key, start));
		g_assert_cmpuint(strlen(start), >=, MATCH_SHORT - 2);
	}
}

static void
test_names(void)
{
	g_autoptr(Pattern) pattern =
		pattern_compile("(?<code_number>\\d+)/(?<code_notation>\\S+)", NULL);
	g_assert_cmpint(pattern_group(pattern, "code-notation"), ==, 2);
	g_assert_cmpint(pattern_group(pattern, "code_notation"), ==, 0);
	g_assert_cmpstr(pattern_group_name(pattern, 1), ==, "code-number");
	g_assert_null(pattern_group_name(pattern, 3));
}

static void
test_errors(void)
{
	g_autoptr(GError) error = NULL;
	g_assert_null(pattern_compile("(a", &error));
	g_assert_error(error, VANTHU_ERROR, ERR_FORMAT);
	g_assert_nonnull(strstr(error->message, "'(a'"));
	g_autoptr(GString) many = g_string_new(NULL);
	for (int i = 0; i < 40; i++)
		g_string_append(many, "(a)");
	g_assert_null(pattern_compile(many->str, NULL));
}

/* Exponential without limits: the match must give up by itself. */
static void
test_limit(void)
{
	g_autoptr(Pattern) pattern = pattern_compile("^(?:a+)+$", NULL);
	g_autofree char *hostile = g_strnfill(4000, 'a');
	hostile[3999] = 'b';
	g_auto(MatchText) text = { 0 };
	Match match;
	match_text_init(&text, hostile);
	g_assert_cmpint(pattern_match(pattern, &text, 0, &match), ==, MATCH_LIMIT);
	g_assert_false(pattern_found(pattern, hostile));
}

static void
test_empty_matches_go_on(void)
{
	g_autoptr(Pattern) pattern = pattern_compile("x*", NULL);
	g_auto(MatchText) text = { 0 };
	Match match;
	int n = 0;
	match_text_init(&text, "đé");
	for (size_t from = 0; pattern_match(pattern, &text, from, &match) == MATCH_YES && n < 10;
		n++)
		from = match.folded_end;
	g_assert_cmpint(n, ==, 3);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pattern/match", test_match);
	g_test_add_func("/pattern/short-keys", test_short_keys);
	g_test_add_func("/pattern/names", test_names);
	g_test_add_func("/pattern/errors", test_errors);
	g_test_add_func("/pattern/limit", test_limit);
	g_test_add_func("/pattern/empty", test_empty_matches_go_on);
	return g_test_run();
}
