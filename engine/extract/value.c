/* From a text that a rule found to its value: codes, clean-ups, type, enumeration. */
#include "extract/work.h"

#include "base/likeness.h"
#include "base/text.h"

#include <string.h>

/* "0= 1=KHẨN 2=THƯỢNG_KHẨN": what a code stands for ('_' is a space); the text itself when it is
 * not listed. */
static char *
map_value(const char *map, const char *text)
{
	g_auto(GStrv) pairs = g_strsplit(map, " ", -1);
	for (char **pair = pairs; *pair; pair++) {
		char *equals = strchr(*pair, '=');
		if (equals && strncmp(*pair, text, (size_t)(equals - *pair)) == 0 &&
			strlen(text) == (size_t)(equals - *pair))
			return g_strdelimit(g_strdup(equals + 1), "_", ' ');
	}
	return g_strdup(text);
}

/* The one entry that the text is written as, or nearly: recognised text loses an accent here and
 * there. Two that are equally near are none. */
static const ValueEntry *
nearest_entry(const ValueList *list, const char *key, double *ret_likeness)
{
	const ValueEntry *best = NULL;
	bool twice = false;
	*ret_likeness = 0;
	for (guint i = 0; i < list->entries->len; i++) {
		const ValueEntry *entry = &g_array_index(list->entries, ValueEntry, i);
		double likeness = text_likeness(entry->key, key);
		if (likeness < *ret_likeness || likeness < 0.8)
			continue;
		twice = likeness == *ret_likeness && best && strcmp(best->id, entry->id) != 0;
		*ret_likeness = likeness;
		best = entry;
	}
	return twice ? NULL : best;
}

static char *
value_of_list(const ValueList *list, const char *text, double *confidence)
{
	double likeness;
	g_autofree char *key = text_key(text);
	const ValueEntry *entry = nearest_entry(list, key, &likeness);
	if (!entry)
		return NULL;
	*confidence *= likeness < 1 ? likeness * 0.9 : 1;
	return g_strdup(entry->id);
}

char *
rule_value(const FieldRule *rule, const char *text, double *confidence)
{
	g_autofree char *mapped = rule->map ? map_value(rule->map, text) : NULL;
	g_autofree char *value = value_read(rule->type, &rule->clean, mapped ? mapped : text);
	if (!value || !*value)
		return NULL;
	return rule->values ? value_of_list(rule->values, value, confidence)
			    : g_steal_pointer(&value);
}

/* What one rule may ask of one document: about a second at the very worst, a blink else. */
enum { LONG_MATCHES_MAX = 200 };

MatchResult
work_match(Work *work, const char *rule_id, const Pattern *pattern, const MatchText *text,
	size_t from, Match *ret_match)
{
	int spent = work->spent ? GPOINTER_TO_INT(g_hash_table_lookup(work->spent, rule_id)) : 0;
	if (spent >= LONG_MATCHES_MAX)
		return MATCH_NO;
	if (!work->room)
		work->room = match_room_new();
	MatchResult result = pattern_try(pattern, text, from, work->room, ret_match);
	if (result != MATCH_LIMIT)
		return result;
	result = pattern_match(pattern, text, from, ret_match);
	spent = result == MATCH_LIMIT ? LONG_MATCHES_MAX : spent + 1;
	if (!work->spent)
		work->spent = g_hash_table_new(g_str_hash, g_str_equal);
	g_hash_table_insert(work->spent, (void *)(uintptr_t)rule_id, GINT_TO_POINTER(spent));
	if (spent >= LONG_MATCHES_MAX)
		work_out_of_budget(work, rule_id);
	return result;
}

bool
work_found(Work *work, const char *rule_id, const Pattern *pattern, const char *text)
{
	g_auto(MatchText) ready = { 0 };
	Match match;
	match_text_init(&ready, text);
	return work_match(work, rule_id, pattern, &ready, 0, &match) == MATCH_YES;
}

static bool
line_matches(const Between *between, const Pattern *pattern, Zone zone, int i)
{
	Match match;
	return work_match(between->work, between->rule_id, pattern,
		       work_line(between->work, zone, i), 0, &match) == MATCH_YES;
}

bool
between_takes(Between *between, Zone zone, int i)
{
	if (between->over)
		return false;
	if (between->start && !between->begun) {
		between->begun = line_matches(between, between->start, zone, i);
		return false;
	}
	between->over = between->end && line_matches(between, between->end, zone, i);
	return !between->over;
}
