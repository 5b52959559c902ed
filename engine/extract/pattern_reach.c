/* A pattern that does not match a text -> how far the text goes along with it. Only `--explain` asks:
 * the pattern is compiled once more, with a stop before each of its items. */
#include "extract/pattern.h"

#include <pcre2.h>
#include <string.h>

enum { REACH_STEPS = 20000 };

static int
note_item(pcre2_callout_block *block, void *user)
{
	PCRE2_SIZE *far = user;
	*far = MAX(*far, block->pattern_position);
	return 0;
}

static PCRE2_SIZE
go_as_far(const pcre2_code *code, const char *original, pcre2_match_context *limits,
	pcre2_match_data *data)
{
	PCRE2_SIZE far = 0;
	g_auto(MatchText) text = { 0 };
	match_text_init(&text, original);
	pcre2_set_callout(limits, note_item, &far);
	pcre2_match(code, (PCRE2_SPTR)text.folded, text.size, 0, PCRE2_NO_UTF_CHECK, data, limits);
	return far;
}

bool
pattern_reach(const char *source, const char *const *texts, guint n_texts, size_t *ret_far,
	char **ret_prepared)
{
	int error;
	PCRE2_SIZE offset;
	*ret_prepared = pattern_prepare(source);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)*ret_prepared, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_AUTO_CALLOUT | PCRE2_NO_START_OPTIMIZE, &error,
		&offset, NULL);
	if (!code)
		return false;
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
	pcre2_set_match_limit(limits, REACH_STEPS);
	for (guint i = 0; i < n_texts; i++)
		ret_far[i] = go_as_far(code, texts[i], limits, data);
	pcre2_match_data_free(data);
	pcre2_match_context_free(limits);
	pcre2_code_free(code);
	return true;
}
