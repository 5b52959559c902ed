/*
 * Regular expressions of rule files (PCRE2), over evened-out text (match_text.h). What a pattern
 * finds is cut out of the original text: values keep their spelling.
 *
 * Rule authors are not trusted to write cheap patterns: every match runs under match, depth and
 * heap limits; running out is MATCH_LIMIT, never a hang. Patterns are UTF, without UCP: \d and \w
 * are ASCII, \p{Lu} works; \b sees all letters. Text must be valid UTF-8 (base/text.h made it so).
 */
#ifndef VANTHU_EXTRACT_PATTERN_H
#define VANTHU_EXTRACT_PATTERN_H

#include "extract/match_text.h"

#include <stddef.h>

typedef struct Pattern Pattern; /* compiled; immutable, may be shared by threads */

/* The source as PCRE2 gets it (pattern_source.c); caller owns. */
char *pattern_prepare(const char *source);
/* How far each text goes along with a pattern: the offset in the prepared source of the last item
 * that was tried. False: it is no pattern (pattern_reach.c). Caller owns *ret_prepared. */
bool pattern_reach(const char *source, const char *const *texts, guint n_texts, size_t *ret_far,
	char **ret_prepared);
/* ERR_FORMAT with PCRE2's reason and what stands behind the mistake. */
Pattern *pattern_compile(const char *source, GError **err);
void pattern_free(Pattern *pattern);
const char *pattern_source(const Pattern *pattern);
int pattern_groups(const Pattern *pattern);
/* The name of a group with '_' as '-' ("code_number" is "code-number"), or NULL; lent. */
const char *pattern_group_name(const Pattern *pattern, int group);
/* The number of the group of that name ('-' for '_'), 0 = none. */
int pattern_group(const Pattern *pattern, const char *name);

enum { MATCH_GROUPS_MAX = 32 };

typedef enum { MATCH_NO, MATCH_YES, MATCH_LIMIT } MatchResult;

/* Byte offsets into the original; start == end == SIZE_MAX for a group that took no part. */
typedef struct {
	size_t start[MATCH_GROUPS_MAX], end[MATCH_GROUPS_MAX];
	int n_groups;      /* 1 + groups of the pattern */
	size_t folded_end; /* where to go on: give it as `from` */
} Match;

MatchResult pattern_match(
	const Pattern *pattern, const MatchText *text, size_t from_folded, Match *ret_match);
/* What a match needs beside its texts; one for many matches, of any pattern. */
typedef struct MatchRoom MatchRoom;
MatchRoom *match_room_new(void);
void match_room_free(MatchRoom *room);
/* The same with a fortieth of the steps: nearly every match needs less. MATCH_LIMIT says that more
 * would be needed. */
MatchResult pattern_try(const Pattern *pattern, const MatchText *text, size_t from_folded,
	MatchRoom *room, Match *ret_match);
/* Whether it matches anywhere; false also when it ran out. */
bool pattern_found(const Pattern *pattern, const char *text);
/* A group's text; caller owns, NULL when the group took no part. */
char *match_copy(const Match *match, const MatchText *text, int group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pattern, pattern_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MatchRoom, match_room_free)

#endif
