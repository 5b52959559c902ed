/* Records: one for each bullet, match, or numbered paragraph of a zone; tables are table.c's. */
#include "extract/work.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/types.h"

#include <string.h>

enum { RECORDS_MAX = 20000, MATCHES_PER_LINE = 500 };

bool
record_add_value(Work *work, Record *record, const RecordRule *rule, const FieldRule *part,
	const char *text, const Place *place, double confidence)
{
	(void)work;
	if (record_lookup(record, part->name))
		return false;
	confidence *= part->confidence;
	g_autofree char *value = rule_value(part, text, &confidence);
	if (!value)
		return false;
	record_take(
		record, field_found(part->name, value, text, confidence, place, rule->rule_id));
	return true;
}

/* A part that is read from a zone of the document rather than from the record. */
static bool
add_part_of_document(Work *work, const FieldRule *part, Record *record)
{
	g_autoptr(GArray) targets = targets_of(work, part);
	for (guint i = 0; i < targets->len; i++) {
		Field *field = value_in_target(work, part, &g_array_index(targets, Target, i));
		if (field) {
			record_take(record, field);
			return true;
		}
	}
	return false;
}

static void
add_default(const RecordRule *rule, const FieldRule *part, Record *record)
{
	Place nowhere = { 0 };
	Field *field = field_found(part->name, part->fallback, "", 0.5, &nowhere, rule->rule_id);
	field->state = FIELD_INFERRED;
	record_take(record, field);
}

/* Who stands in a list is a person or a body: its name tells. */
static void
add_group(Work *work, const RecordRule *rule, const FieldRule *part, Record *record)
{
	const Field *name = record_lookup(record, "name");
	if (!name || strcmp(part->type->name, "group") != 0 || part->header || part->fallback)
		return;
	Place nowhere = { 0 };
	record_add_value(work, record, rule, part,
		is_person_name(name->text) ? "individual" : "collective", &nowhere, 0.85);
}

static const FieldRule *
missing_part(const RecordRule *rule, const Record *record)
{
	for (guint i = 0; i < rule->parts->len; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		if (part->part_required && !record_lookup(record, part->name))
			return part;
	}
	return NULL;
}

void
record_finish(Work *work, const RecordRule *rule, Record *record)
{
	for (guint i = 0; i < rule->parts->len; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		if (record_lookup(record, part->name) ||
			(part->zone != ZONE_COUNT && add_part_of_document(work, part, record)))
			continue;
		if (part->fallback)
			add_default(rule, part, record);
		else
			add_group(work, rule, part, record);
	}
	const FieldRule *missing = missing_part(rule, record);
	bool complete = record->fields->len > 0 && work->reading->records->len < RECORDS_MAX;
	work->incomplete = missing ? missing : work->incomplete;
	if (complete && !missing)
		reading_take_record(work->reading, record);
	else
		record_free(record);
}

/* --- from text --- */

static bool
is_skipped(Work *work, const RecordRule *rule, const char *text)
{
	return rule->skip && work_found(work, rule->rule_id, rule->skip, text);
}

/* The text of a part in a match: the group of its name; the whole, for a single part without a
 * group. */
static char *
text_of_part(const RecordRule *rule, const FieldRule *part, const Pattern *pattern,
	const Match *match, const MatchText *text)
{
	int group = pattern_group(pattern, part->name);
	if (group == 0 && rule->parts->len == 1 && part->patterns->len == 0)
		return match_copy(match, text, pattern_groups(pattern) > 0 ? 1 : 0);
	/* a name may be given to several groups: the one that took part counts */
	for (int i = 1; group && i <= pattern_groups(pattern); i++) {
		if (g_strcmp0(pattern_group_name(pattern, i), part->name) != 0)
			continue;
		char *found = match_copy(match, text, i);
		if (found && *found)
			return found;
		g_free(found);
	}
	return NULL;
}

static void
add_match(Work *work, const RecordRule *rule, const Pattern *pattern, const Match *match,
	const MatchText *text, const ZoneLine *line, double sure)
{
	g_autofree char *whole = match_copy(match, text, 0);
	if (is_skipped(work, rule, whole))
		return;
	Record *record = record_new(rule->name, &line->place);
	for (guint i = 0; i < rule->parts->len; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		g_autofree char *value = text_of_part(rule, part, pattern, match, text);
		if (value)
			record_add_value(work, record, rule, part, text_squeezed(value),
				&line->place, sure);
		if (value || part->patterns->len == 0 || part->zone != ZONE_COUNT)
			continue;
		Target target = target_of(whole, &line->place, sure);
		Field *field = value_in_target(work, part, &target);
		if (field)
			record_take(record, field);
	}
	record_finish(work, rule, record);
}

/* Matches of all patterns in the order in which they stand in the line; an overlap goes to the
 * pattern that is written first. */
static void
add_matches(Work *work, const RecordRule *rule, Zone zone, int at, bool once)
{
	const ZoneLine *line = zone_line(work->zones, zone, at);
	const MatchText *text = work_line(work, zone, at);
	double sure = work->zones->confidence[zone];
	size_t from = 0;
	for (int n = 0; n < MATCHES_PER_LINE; n++) {
		const Pattern *best = NULL;
		Match best_match = { 0 };
		for (guint i = 0; i < rule->patterns->len; i++) {
			Match match;
			MatchResult result = work_match(
				work, rule->rule_id, rule->patterns->pdata[i], text, from, &match);
			if (result == MATCH_YES &&
				(!best || match.start[0] < best_match.start[0])) {
				best = rule->patterns->pdata[i];
				best_match = match;
			}
		}
		if (!best)
			return;
		add_match(work, rule, best, &best_match, text, line, sure);
		from = best_match.folded_end;
		if (once)
			return;
	}
}

static void
add_bullet(Work *work, const RecordRule *rule, const ZoneLine *line, double sure)
{
	if (is_skipped(work, rule, line->text))
		return;
	Record *record = record_new(rule->name, &line->place);
	for (guint i = 0; i < rule->parts->len; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		if (part->zone == ZONE_COUNT && part->patterns->len == 0)
			record_add_value(work, record, rule, part, line->text, &line->place, sure);
	}
	record_finish(work, rule, record);
}

static void
read_text_records(Work *work, const RecordRule *rule)
{
	Zone zone = rule->zone == ZONE_COUNT ? ZONE_TEXT : rule->zone;
	double sure = work->zones->confidence[zone];
	Between between = {
		.work = work, .rule_id = rule->rule_id, .start = rule->start, .end = rule->end
	};
	for (int i = 0; i < zone_count(work->zones, zone); i++) {
		const ZoneLine *line = zone_line(work->zones, zone, i);
		if (!between_takes(&between, zone, i))
			continue;
		if (rule->from == FROM_BULLETS && rule->patterns->len == 0)
			add_bullet(work, rule, line, sure);
		else
			add_matches(work, rule, zone, i, rule->from != FROM_MATCHES);
	}
}

/* --- all --- */

static bool
is_needed(Work *work, const RecordRule *rule)
{
	if (!work_applies(work, rule->set, rule->types))
		return false;
	Match match;
	if (!rule->when ||
		work_match(work, rule->rule_id, rule->when, work_zone(work, ZONE_TEXT), 0,
			&match) == MATCH_YES)
		return true;
	work_trace(work, "  %s (line %d): the document does not say /%s/\n", rule->rule_id,
		rule->line, pattern_source(rule->when));
	return false;
}

/* How many records of that name there are: a second rule of one name is asked only while there are
 * none. */
static guint
count_records(const Work *work, const char *name)
{
	guint n = 0;
	for (guint i = 0; i < work->reading->records->len; i++) {
		const Record *record = work->reading->records->pdata[i];
		n += *record->name == *name && strcmp(record->name, name) == 0;
	}
	return n;
}

static const char *
group_in(const Record *record)
{
	const Field *group = record_lookup(record, "group");
	return group && group->value ? group->value : "";
}

/* A list in the text beside a table: it adds only the kind (bodies, people) that the table has not.
 */
static void
keep_other_groups(Work *work, const char *name, guint from)
{
	GPtrArray *records = work->reading->records;
	for (guint i = records->len; i > from; i--) {
		const Record *added = records->pdata[i - 1];
		bool known = strcmp(added->name, name) == 0 && !*group_in(added);
		for (guint k = 0; k < from && !known; k++) {
			const Record *other = records->pdata[k];
			known = strcmp(other->name, name) == 0 && strcmp(added->name, name) == 0 &&
				strcmp(group_in(other), group_in(added)) == 0;
		}
		if (known)
			g_ptr_array_remove_index(records, i - 1);
	}
}

/* Whether the rule may still add records of its name: where a list has its bounds in the text, yes.
 */
static bool
may_add(const RecordRule *rule, guint found)
{
	return rule->from != FROM_XPATH &&
		(found == 0 || (rule->from == FROM_PARAGRAPHS && rule->start));
}

static void
trace_records(Work *work, const RecordRule *rule, guint n)
{
	work_trace(work, "  %s (line %d): %u\n", rule->rule_id, rule->line, n);
	if (n > 0)
		return;
	if (work->incomplete)
		work_trace(work, "    records were begun, but had no valid '%s'\n",
			work->incomplete->name);
	else
		explain_no_records(work, rule);
}

void
read_records(Work *work)
{
	work_trace(work, "records\n");
	for (guint i = 0; i < work->rules->records->len; i++) {
		const RecordRule *rule = work->rules->records->pdata[i];
		guint found = count_records(work, rule->name), from = work->reading->records->len;
		if (!may_add(rule, found) || !is_needed(work, rule))
			continue;
		work->incomplete = NULL;
		if (rule->from == FROM_TABLE)
			read_table_records(work, rule);
		else
			read_text_records(work, rule);
		if (found > 0)
			keep_other_groups(work, rule->name, from);
		if (work->trace)
			trace_records(work, rule, count_records(work, rule->name));
	}
}
