/* PCRE2, called here and in pattern_reach.c alone: patterns compiled once, matched under limits over
 * evened-out text. */
#include "extract/pattern.h"

#include <pcre2.h>
#include <string.h>

enum {
	MATCH_STEPS = 400000,
	TRY_STEPS = 10000,
	MATCH_DEPTH = 2000,
	MATCH_HEAP_KIB = 4096,
};

/* pcre2_match(), or what it comes down to where the pattern became machine code. */
typedef int Matcher(const pcre2_code *, PCRE2_SPTR, PCRE2_SIZE, PCRE2_SIZE, uint32_t,
	pcre2_match_data *, pcre2_match_context *);

struct Pattern {
	pcre2_code *code;
	Matcher *match;
	pcre2_match_context *limits, *quick;
	char *source;
	char *names[MATCH_GROUPS_MAX]; /* with '-' */
	int n_groups;
};

static void
read_names(Pattern *pattern)
{
	uint32_t count = 0, size = 0, groups = 0;
	PCRE2_SPTR table = NULL;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
	pattern->n_groups = (int)groups;
	for (uint32_t i = 0; i < count; i++) {
		int group = table[i * size] << 8 | table[i * size + 1];
		if (group < MATCH_GROUPS_MAX && !pattern->names[group])
			pattern->names[group] = g_strdelimit(
				g_strdup((const char *)table + i * size + 2), "_", '-');
	}
}

static pcre2_match_context *
make_limits(uint32_t steps)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(limits, steps);
	pcre2_set_depth_limit(limits, MATCH_DEPTH);
	pcre2_set_heap_limit(limits, MATCH_HEAP_KIB);
	return limits;
}

/* PCRE2's reason, in the language of the user where it is a common one, and where it stopped. */
static bool
fail_compile(const char *source, const char *rest, int code, GError **err)
{
	static const char *const common[] = { N_("missing closing parenthesis"),
		N_("unmatched closing parenthesis"),
		N_("missing terminating ] for character class"),
		N_("range out of order in character class"),
		N_("quantifier does not follow a repeatable item"),
		N_("unrecognized character follows \\"),
		N_("unrecognized character after (? or (?-"),
		N_("lookbehind assertion is not fixed length"),
		N_("reference to non-existent subpattern"), N_("\\ at end of pattern"),
		N_("syntax error in subpattern name (missing terminator?)") };
	char reason[256] = "";
	pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, sizeof reason);
	const char *said = reason;
	for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
		said = strcmp(common[i], reason) == 0 ? _(common[i]) : said;
	if (*rest)
		return fail(err, ERR_FORMAT, _("'%s' is no regular expression: %s, before '%s'"),
			source, said, rest);
	return fail(
		err, ERR_FORMAT, _("'%s' is no regular expression: %s, at its end"), source, said);
}

Pattern *
pattern_compile(const char *source, GError **err)
{
	g_autofree char *folded = pattern_prepare(source);
	int code;
	PCRE2_SIZE offset;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)folded, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C, &code,
		&offset, NULL);
	if (!compiled) {
		fail_compile(source, folded + MIN(offset, strlen(folded)), code, err);
		return NULL;
	}
	Pattern *pattern = g_new0(Pattern, 1);
	pattern->code = compiled;
	pattern->source = g_strdup(source);
	pattern->limits = make_limits(MATCH_STEPS);
	pattern->quick = make_limits(TRY_STEPS);
	size_t jit_size = 0; /* stays 0, without an error, where "(*NO_JIT)" forbids it */
	pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);
	pcre2_pattern_info(compiled, PCRE2_INFO_JITSIZE, &jit_size);
	pattern->match = jit_size > 0 ? pcre2_jit_match : pcre2_match;
	read_names(pattern);
	if (pattern->n_groups >= MATCH_GROUPS_MAX) {
		fail(err, ERR_FORMAT, _("'%s' has more than %d groups"), source,
			MATCH_GROUPS_MAX - 1);
		g_clear_pointer(&pattern, pattern_free);
	}
	return pattern;
}

void
pattern_free(Pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	pcre2_match_context_free(pattern->quick);
	for (int i = 0; i < MATCH_GROUPS_MAX; i++)
		g_free(pattern->names[i]);
	g_free(pattern->source);
	g_free(pattern);
}

const char *
pattern_source(const Pattern *pattern)
{
	return pattern->source;
}

int
pattern_groups(const Pattern *pattern)
{
	return pattern->n_groups;
}

const char *
pattern_group_name(const Pattern *pattern, int group)
{
	return group > 0 && group < MATCH_GROUPS_MAX ? pattern->names[group] : NULL;
}

int
pattern_group(const Pattern *pattern, const char *name)
{
	for (int i = 1; i <= pattern->n_groups; i++)
		if (pattern->names[i] && strcmp(pattern->names[i], name) == 0)
			return i;
	return 0;
}

static void
fill_match(Match *match, const MatchText *text, const PCRE2_SIZE *ends, int n_groups)
{
	match->n_groups = n_groups;
	for (int i = 0; i < n_groups; i++) {
		bool set = ends[2 * i] != PCRE2_UNSET && ends[2 * i] <= ends[2 * i + 1];
		match->start[i] = set ? match_text_offset(text, ends[2 * i]) : SIZE_MAX;
		match->end[i] = set ? match_text_offset(text, ends[2 * i + 1]) : SIZE_MAX;
	}
	match->folded_end = ends[1];
	if (ends[1] <= ends[0]) /* an empty match: go on behind the next character */
		match->folded_end = ends[1] < text->size
			? (size_t)(g_utf8_next_char(text->folded + ends[1]) - text->folded)
			: text->size + 1;
}

struct MatchRoom {
	pcre2_match_data *data;
};

MatchRoom *
match_room_new(void)
{
	MatchRoom *room = g_new(MatchRoom, 1);
	room->data = pcre2_match_data_create(MATCH_GROUPS_MAX, NULL);
	return room;
}

void
match_room_free(MatchRoom *room)
{
	if (!room)
		return;
	pcre2_match_data_free(room->data);
	g_free(room);
}

static MatchResult
match_within(const Pattern *pattern, pcre2_match_context *limits, const MatchText *text,
	size_t from_folded, pcre2_match_data *data, Match *ret_match)
{
	if (from_folded > text->size)
		return MATCH_NO;
	int n = pattern->match(pattern->code, (PCRE2_SPTR)text->folded, text->size, from_folded,
		PCRE2_NO_UTF_CHECK, data, limits);
	if (n > 0)
		fill_match(ret_match, text, pcre2_get_ovector_pointer(data), pattern->n_groups + 1);
	if (n > 0)
		return MATCH_YES;
	return n == PCRE2_ERROR_NOMATCH ? MATCH_NO : MATCH_LIMIT;
}

MatchResult
pattern_match(const Pattern *pattern, const MatchText *text, size_t from_folded, Match *ret_match)
{
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	MatchResult result =
		match_within(pattern, pattern->limits, text, from_folded, data, ret_match);
	pcre2_match_data_free(data);
	return result;
}

MatchResult
pattern_try(const Pattern *pattern, const MatchText *text, size_t from_folded, MatchRoom *room,
	Match *ret_match)
{
	return match_within(pattern, pattern->quick, text, from_folded, room->data, ret_match);
}

bool
pattern_found(const Pattern *pattern, const char *text)
{
	g_auto(MatchText) ready = { 0 };
	Match match;
	match_text_init(&ready, text);
	return pattern_match(pattern, &ready, 0, &match) == MATCH_YES;
}

char *
match_copy(const Match *match, const MatchText *text, int group)
{
	if (group >= match->n_groups || match->start[group] == SIZE_MAX ||
		match->end[group] < match->start[group])
		return NULL;
	return g_strndup(
		text->original + match->start[group], match->end[group] - match->start[group]);
}
