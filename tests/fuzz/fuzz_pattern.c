/* The first line as a pattern of a rule, the rest as the text that it is matched in. */
#include "fuzz.h"

#include "base/text.h"
#include "extract/pattern.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *clean = text_clean((const char *)data, MIN(size, 1 << 14));
	char *rest = clean + strcspn(clean, "\n");
	if (*rest)
		*rest++ = '\0';
	g_autoptr(GError) err = NULL;
	g_autoptr(Pattern) pattern = pattern_compile(clean, &err);
	g_assert_true(pattern || err);
	if (!pattern)
		return 0;
	g_autoptr(MatchRoom) room = match_room_new();
	g_auto(MatchText) text = { 0 };
	match_text_init(&text, rest);
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
