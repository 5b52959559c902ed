/* Fields: for every name the rules are asked in order, patterns in order, and the first valid value
 * wins. What nothing found is absent. */
#include "extract/work.h"

#include "base/text.h"
#include "extract/mend.h"

#include <string.h>

enum { MATCHES_PER_PATTERN = 60 };

typedef struct {
	char *text;
	Place place;
	double confidence;
	char *rule_id;
} Filled;

static void
filled_free(void *data)
{
	Filled *filled = data;
	g_free(filled->text);
	g_free(filled->rule_id);
	g_free(filled);
}

/* --- targets --- */

Target
target_of(const char *text, const Place *place, double confidence)
{
	return (Target){ .text = text, .place = *place, .confidence = confidence };
}

static void
target_clear(void *data)
{
	Target *target = data;
	if (!target->joined)
		return;
	g_string_free(target->joined, TRUE);
	g_array_unref(target->more);
}

Place
target_place(const Target *target, size_t offset)
{
	for (guint i = target->more ? target->more->len : 0; i > 0; i--) {
		const TargetLine *line = &g_array_index(target->more, TargetLine, i - 1);
		if (line->start <= offset)
			return line->place;
	}
	return target->place;
}

static void
add_target(GArray *targets, const char *text, const Place *place, double confidence)
{
	Target target = target_of(text, place, confidence);
	g_array_append_val(targets, target);
}

static void
target_append(Target *target, const char *text, const Place *place)
{
	if (!target->joined) {
		target->joined = g_string_new(target->text);
		target->more = g_array_new(FALSE, FALSE, sizeof(TargetLine));
	}
	TargetLine line = { target->joined->len + 1, *place };
	g_array_append_val(target->more, line);
	g_string_append_c(target->joined, ' ');
	g_string_append(target->joined, text);
	target->text = target->joined->str;
}

/* Whether the middle of a line's box lies in the region of its page. */
static bool
in_region(const Work *work, const Place *place, const FieldRule *rule)
{
	if (!box_known(place->box) || place->page < 1 || place->page > (int)work->doc->pages->len)
		return false;
	const PageSize *page = &g_array_index(work->doc->pages, PageSize, place->page - 1);
	const double *region = rule->region;
	double x = (place->box.x0 + place->box.x1) / 2, y = (place->box.y0 + place->box.y1) / 2;
	if (!rule->region_pt) {
		x *= 100 / page->width_pt;
		y *= 100 / page->height_pt;
	}
	return x >= region[0] && y >= region[1] && x <= region[2] && y <= region[3];
}

static bool
has_region(const FieldRule *rule)
{
	return rule->region[2] > 0;
}

/* The lines of the rule's zone that its region leaves. */
static GPtrArray *
lines_of(Work *work, const FieldRule *rule)
{
	Zone zone = rule->zone == ZONE_COUNT ? ZONE_TEXT : rule->zone;
	GPtrArray *lines = g_ptr_array_sized_new((guint)zone_count(work->zones, zone));
	Between between = {
		.work = work, .rule_id = rule->rule_id, .start = rule->start, .end = rule->end
	};
	for (int i = 0; i < zone_count(work->zones, zone); i++) {
		const ZoneLine *line = zone_line(work->zones, zone, i);
		if (!between_takes(&between, zone, i))
			continue;
		if (!has_region(rule) || in_region(work, &line->place, rule))
			g_ptr_array_add(lines, (void *)(uintptr_t)line);
	}
	return lines;
}

/* A line of the rule's zone, ready for matching. */
static const MatchText *
ready_line(Work *work, const FieldRule *rule, const ZoneLine *line)
{
	Zone zone = rule->zone == ZONE_COUNT ? ZONE_TEXT : rule->zone;
	return work_line(work, zone, (int)(line - zone_line(work->zones, zone, 0)));
}

/* What follows the label: the rest of its line, else the line below. */
static void
add_after_label(Work *work, GArray *targets, const GPtrArray *lines, const FieldRule *rule,
	double confidence)
{
	for (guint i = 0; i < lines->len; i++) {
		const ZoneLine *line = lines->pdata[i];
		Match match;
		if (work_match(work, rule->rule_id, rule->after, ready_line(work, rule, line), 0,
			    &match) != MATCH_YES)
			continue;
		const char *rest = line->text + match.end[0];
		rest += strspn(rest, " :\t");
		if (!text_is_blank(rest))
			add_target(targets, rest, &line->place, confidence);
		else if (i + 1 < lines->len) {
			const ZoneLine *next = lines->pdata[i + 1];
			add_target(targets, next->text, &next->place, confidence);
		}
	}
}

GArray *
targets_of(Work *work, const FieldRule *rule)
{
	g_autoptr(GPtrArray) lines = lines_of(work, rule);
	GArray *targets = g_array_sized_new(
		FALSE, FALSE, sizeof(Target), rule->take == TAKE_LINES ? lines->len : 1);
	g_array_set_clear_func(targets, target_clear);
	double confidence =
		work->zones->confidence[rule->zone == ZONE_COUNT ? ZONE_TEXT : rule->zone];
	if (rule->after) {
		add_after_label(work, targets, lines, rule, confidence);
		return targets;
	}
	for (guint i = rule->take == TAKE_LAST && lines->len ? lines->len - 1 : 0; i < lines->len;
		i++) {
		const ZoneLine *line = lines->pdata[i];
		if (rule->take == TAKE_ALL && targets->len > 0) {
			target_append(&g_array_index(targets, Target, 0), line->text, &line->place);
			continue;
		}
		add_target(targets, line->text, &line->place, confidence);
		if (rule->take == TAKE_LINES && rule->patterns->len > 0)
			g_array_index(targets, Target, targets->len - 1).ready =
				ready_line(work, rule, line);
	}
	return targets;
}

/* --- patterns --- */

static void
keep_filled(Work *work, const FieldRule *rule, const Pattern *pattern, const Match *match,
	const MatchText *text, const Target *target)
{
	for (int group = 1; group <= pattern_groups(pattern); group++) {
		const char *name = pattern_group_name(pattern, group);
		g_autofree char *value = name ? match_copy(match, text, group) : NULL;
		if (!value || !*value || strcmp(name, rule->name) == 0 ||
			g_hash_table_contains(work->filled, name))
			continue;
		Filled *filled = g_new0(Filled, 1);
		filled->text = g_steal_pointer(&value);
		filled->place = target_place(target, match->start[group]);
		filled->confidence = target->confidence * rule->confidence;
		filled->rule_id = g_strdup(rule->rule_id);
		g_hash_table_insert(work->filled, g_strdup(name), filled);
	}
}

/* The group that holds the rule's own value: of its name, else the first, else the whole match. */
static int
own_group(const Pattern *pattern, const FieldRule *rule)
{
	int group = pattern_group(pattern, rule->name);
	return group                                                             ? group
		: pattern_groups(pattern) > 0 && !pattern_group_name(pattern, 1) ? 1
										 : 0;
}

static Field *
make_field(const FieldRule *rule, const char *raw, const Place *place, double confidence)
{
	confidence *= rule->confidence;
	g_autofree char *text = text_squeeze(raw);
	g_autofree char *value = rule_value(rule, text, &confidence);
	if (!value)
		return NULL;
	Field *field = field_found(rule->name, value, text, confidence, place, rule->rule_id);
	if (rule->inferred)
		field->state = FIELD_INFERRED;
	return field;
}

static Field *
value_by_pattern(Work *work, const FieldRule *rule, const Pattern *pattern, const MatchText *text,
	const Target *target)
{
	Match match;
	size_t from = 0;
	for (int n = 0; n < MATCHES_PER_PATTERN; n++, from = match.folded_end) {
		if (work_match(work, rule->rule_id, pattern, text, from, &match) != MATCH_YES)
			return NULL;
		int group = own_group(pattern, rule);
		g_autofree char *raw = match_copy(&match, text, group);
		if (!raw)
			continue;
		Place place = target_place(target, match.start[group]);
		Field *field = make_field(rule, raw, &place, target->confidence);
		if (field) {
			work_trace(work, "    matched /%s/\n", pattern_source(pattern));
			keep_filled(work, rule, pattern, &match, text, target);
			return field;
		}
		work_trace(work, "    “%s” is no %s\n", raw, rule->type->name);
	}
	return NULL;
}

Field *
value_in_target(Work *work, const FieldRule *rule, const Target *target)
{
	if (rule->patterns->len == 0) {
		Place place = target_place(target, 0);
		return make_field(rule, target->text, &place, target->confidence);
	}
	g_auto(MatchText) own = { 0 };
	if (!target->ready)
		match_text_init(&own, target->text);
	const MatchText *text = target->ready ? target->ready : &own;
	for (guint i = 0; i < rule->patterns->len; i++) {
		Field *field = value_by_pattern(work, rule, rule->patterns->pdata[i], text, target);
		if (field)
			return field;
	}
	return NULL;
}

/* --- one field --- */

static bool
is_filled_by_others(const FieldRule *rule)
{
	return rule->zone == ZONE_COUNT && rule->patterns->len == 0 && !rule->after &&
		!has_region(rule) && !rule->xpath;
}

static Field *
value_from_others(Work *work, const FieldRule *rule)
{
	const Filled *filled = g_hash_table_lookup(work->filled, rule->name);
	if (!filled)
		return NULL;
	Field *field = make_field(rule, filled->text, &filled->place, filled->confidence);
	if (field)
		field_set(field, &field->rule, filled->rule_id);
	return field;
}

static Field *
value_of_rule(Work *work, const FieldRule *rule)
{
	work_trace(work, "  %s (line %d)\n", rule->rule_id, rule->line);
	if (rule->xpath || rule->compute) /* read by xpath.c, made by compute.c */
		return NULL;
	if (is_filled_by_others(rule))
		return value_from_others(work, rule);
	g_autoptr(GArray) targets = targets_of(work, rule);
	for (guint i = 0; i < targets->len; i++) {
		Field *field = value_in_target(work, rule, &g_array_index(targets, Target, i));
		if (field)
			return field;
	}
	explain_no_value(work, rule, targets);
	return NULL;
}

static Field *
default_of(const FieldRule *rule)
{
	if (!rule->fallback)
		return NULL;
	Place nowhere = { 0 };
	Field *field = field_found(rule->name, rule->fallback, "", 0.5, &nowhere, rule->rule_id);
	field->state = FIELD_INFERRED;
	return field;
}

/* Nearly all names differ at once. */
static bool
is_named(const FieldRule *rule, const char *name)
{
	return *rule->name == *name && strcmp(rule->name, name) == 0;
}

/* Asks all rules of that name: the ordinary ones, then those of last resort, then the defaults. */
static Field *
find_value(Work *work, const char *name)
{
	Field *field = NULL;
	for (int round = 0; round < 3 && !field; round++) {
		for (guint i = 0; i < work->rules->fields->len && !field; i++) {
			const FieldRule *rule = work->rules->fields->pdata[i];
			if (!is_named(rule, name) ||
				!work_applies(work, rule->set, rule->types))
				continue;
			if (round == 2)
				field = default_of(rule);
			else if (rule->last_resort == (round == 1))
				field = value_of_rule(work, rule);
		}
	}
	return field;
}

/* Something stands in its zone that nobody could read. */
static bool
is_unreadable(const Work *work, const FieldRule *rule)
{
	if (rule->zone == ZONE_COUNT)
		return false;
	g_autofree char *text = zone_text(work->zones, rule->zone, " ");
	return strstr(text, MEND_UNREADABLE) != NULL;
}

/* The label, in either language, says what is missing. */
static void
add_absence(Work *work, const FieldRule *rule)
{
	bool unreadable = is_unreadable(work, rule);
	FindingId id = unreadable ? FINDING_UNREADABLE : FINDING_FIELD_ABSENT;
	Place place = unreadable ? zone_place(work->zones, rule->zone) : (Place){ 0 };
	g_autoptr(Finding) vi =
		finding_new(id, &place, rule->label_vi ? rule->label_vi : rule->name);
	g_autoptr(Finding) en =
		finding_new(id, &place, rule->label_en ? rule->label_en : rule->name);
	g_ptr_array_add(work->reading->findings,
		finding_custom(
			finding_id_name(id), SEVERITY_WARNING, &place, vi->vi, en->en, NULL));
}

/* A message carries no paper: what only paper shows is missed in its attachment, not in itself. */
static bool
is_read_from_paper(const Work *work, const char *name)
{
	for (guint i = 0; i < work->rules->fields->len; i++) {
		const FieldRule *rule = work->rules->fields->pdata[i];
		if (rule->xpath && is_named(rule, name))
			return false;
	}
	return work->doc->elements->len > 0 && zone_count(work->zones, ZONE_TEXT) == 0;
}

void
tell_absence(Work *work, const char *name)
{
	if ((work->type && work->type->bare) || is_read_from_paper(work, name))
		return;
	for (guint i = 0; i < work->rules->fields->len; i++) {
		const FieldRule *rule = work->rules->fields->pdata[i];
		if (!is_named(rule, name) || rule->required != REQUIRED_WARN ||
			!work_applies(work, rule->set, rule->types))
			continue;
		add_absence(work, rule);
		return;
	}
}

/* A value that will be made is not missed yet. */
static bool
will_be_computed(const Work *work, const char *name)
{
	for (guint i = 0; i < work->rules->fields->len; i++) {
		const FieldRule *rule = work->rules->fields->pdata[i];
		if (rule->compute && is_named(rule, name) &&
			work_applies(work, rule->set, rule->types))
			return true;
	}
	return false;
}

static void
trace_value(Work *work, const Field *field)
{
	if (!work->trace)
		return;
	g_autofree char *place = place_print(&field->place);
	work_trace(work, "    = “%s” (%s, %.2f) at %s\n", field->value,
		field_state_name(field->state), field->confidence, place);
}

static void
read_field(Work *work, const char *name)
{
	if (reading_lookup(work->reading, name))
		return;
	work_trace(work, "field %s\n", name);
	Field *field = find_value(work, name);
	if (field) {
		trace_value(work, field);
	} else {
		field = field_new(name, FIELD_ABSENT);
		field->confidence = zone_count(work->zones, ZONE_TEXT) > 3 ? 0.9 : 0.5;
		work_trace(work, "    absent\n");
		if (!will_be_computed(work, name))
			tell_absence(work, name);
	}
	reading_take(work->reading, field);
}

static void
read_type_name(Work *work)
{
	Place place = zone_place(work->zones, ZONE_TITLE);
	Field *field = field_new("type-name", FIELD_ABSENT);
	if (work->type) {
		g_autofree char *rule =
			g_strdup_printf("%s/%s", work->type->set->id, work->type->id);
		g_autofree char *text = zone_text(work->zones, ZONE_TITLE, " ");
		field_free(field);
		field = field_found("type-name", work->type->label, text,
			work->reading->type_confidence, &place, rule);
	} else {
		findings_add(work->reading->findings, FINDING_TYPE_UNKNOWN, &place, NULL);
	}
	reading_take(work->reading, field);
}

/* Named in the interface of `vanthu extract`: always there, whatever the rules say. Organ and day
 * first: they say which other rules apply. */
static const char *const always[] = { "organ-name", "parent-organ-name", "code-number",
	"code-notation", "issue-place", "issued-date", "type-name", "subject", "signer-name",
	"signer-position", "signer-authority", "priority", "security", "end-mark",
	"drafting-unit" };

void
read_fields(Work *work)
{
	work->filled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, filled_free);
	if (!reading_lookup(work->reading, "type-name"))
		read_type_name(work);
	for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
		read_field(work, always[i]);
	for (guint i = 0; i < work->rules->fields->len; i++) {
		const FieldRule *rule = work->rules->fields->pdata[i];
		if (work_applies(work, rule->set, rule->types))
			read_field(work, rule->name);
	}
	g_clear_pointer(&work->filled, g_hash_table_unref);
}
