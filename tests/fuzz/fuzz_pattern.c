/* The first line as a pattern of a rule, the rest as the text that it is matched in. */
#include "fuzz.h"

#include "base/text.h"
#include "extract/pattern.h"

#include <string.h>

/* A short key is the whole one where the text is short, and text in any case. */
static void
check_short_key(const char *text)
{
	char start[MATCH_SHORT + 8];
	match_key_short(text, start);
	g_assert_true(g_utf8_validate(start, -1, NULL));
	g_autofree char *key = match_key(text);
	g_assert_true(strlen(text) > MATCH_SHORT || strlen(key) >= sizeof start ||
		strcmp(key, start) == 0);
}

/* Lines made ready one by one are, joined, the whole made ready. */
static void
check_join(const char *text, const MatchText *whole)
{
	enum { LINES = 8 };
	g_auto(GStrv) lines = g_strsplit(text, "\n", LINES);
	MatchText each[LINES], joined;
	const MatchText *all[LINES];
	size_t n = g_strv_length(lines);
	for (size_t i = 0; i < n; i++) {
		match_text_init(&each[i], lines[i]);
		all[i] = &each[i];
	}
	match_text_join(&joined, text, all, n);
	g_assert_cmpmem(joined.folded, joined.size, whole->folded, whole->size);
	for (size_t at = 0; at <= joined.size; at++)
		g_assert_cmpuint(match_text_offset(&joined, at), ==, match_text_offset(whole, at));
	match_text_clear(&joined);
	for (size_t i = 0; i < n; i++)
		match_text_clear(&each[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *clean = text_clean((const char *)data, MIN(size, 1 << 14));
	char *rest = clean + strcspn(clean, "\n");
	if (*rest)
		*rest++ = '\0';
	g_auto(MatchText) text = { 0 };
	match_text_init(&text, rest);
	check_short_key(rest);
	check_join(rest, &text);
	g_autoptr(GError) err = NULL;
	g_autoptr(Pattern) pattern = pattern_compile(clean, &err);
	g_assert_true(pattern || err);
	if (!pattern)
		return 0;
	g_autoptr(MatchRoom) room = match_room_new();
	Match match = { 0 };
	for (int n = 0; n < 50; n++) {
		if (pattern_try(pattern, &text, match.folded_end, room, &match) != MATCH_YES)
			break;
		for (int group = 0; group < match.n_groups; group++) {
			g_autofree char *value = match_copy(&match, &text, group);
			g_assert_true(!value || g_utf8_validate(value, -1, NULL));
		}
	}
	return 0;
}
