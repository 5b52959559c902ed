/* Issuing bodies are looked up in the office's directory: by name, alias or former name, by code,
 * and nearly, when recognition has hurt a name. */
#include "extract/work.h"

#include "base/likeness.h"
#include "base/text.h"

#include <string.h>

/* Below this two names are those of two bodies. */
static const double likeness_min = 0.85;

void
organ_free(Organ *organ)
{
	for (guint i = 0; i < organ->names->len; i++) {
		g_free(g_array_index(organ->names, OrganName, i).name);
		g_free(g_array_index(organ->names, OrganName, i).key);
	}
	g_array_free(organ->names, TRUE);
	g_free(organ->id);
	g_free(organ->code);
	g_free(organ);
}

typedef struct {
	const Organ *organ;
	const OrganName *name;
	double likeness;
} Known;

static bool
may_be_alike(size_t length, const char *b)
{
	size_t other = strlen(b);
	return other * 5 >= length * 4 && other * 4 <= length * 5;
}

/* The nearest name of all; two bodies that are equally near are none. */
static Known
find_organ(const Rules *rules, const char *name)
{
	Known best = { .likeness = 0 };
	g_autofree char *key = text_key(name);
	size_t length = strlen(key);
	bool twice = false;
	for (guint i = 0; i < rules->organs->len; i++) {
		const Organ *organ = rules->organs->pdata[i];
		for (guint n = 0; n < organ->names->len; n++) {
			const OrganName *own = &g_array_index(organ->names, OrganName, n);
			double likeness =
				!may_be_alike(length, own->key) ? 0 : text_likeness(own->key, key);
			if (likeness < likeness_min || likeness < best.likeness)
				continue;
			twice = likeness == best.likeness && best.organ != organ;
			best = (Known){ organ, own, likeness };
		}
	}
	return twice ? (Known){ .organ = NULL } : best;
}

/* A hurt name is written as the directory has it, in capitals where the paper has them; what was
 * printed stays beside it. */
static void
mend_name(Field *field, const Known *match)
{
	if (match->likeness >= 1)
		return;
	g_autofree char *capitals =
		text_is_caps(field->value) ? text_upper(match->name->name) : NULL;
	field_set(field, &field->value, capitals ? capitals : match->name->name);
	field->confidence *= match->likeness;
}

/* A body that was dissolved or renamed before the paper's day did not issue it. */
static void
tell_former(Work *work, const Field *field, const Known *match)
{
	Date date;
	if (!match->name->to.year ||
		!date_parse_iso(reading_value(work->reading, "issued-date"), &date) ||
		date_compare(date, match->name->to) <= 0)
		return;
	const OrganName *now = &g_array_index(match->organ->names, OrganName, 0);
	g_autofree char *until = date_print_iso(match->name->to);
	g_autofree char *detail = g_strdup_printf("%s → %s, %s", field->value, now->name, until);
	findings_add(work->reading->findings, FINDING_ORGAN_FORMER, NULL, detail);
}

static void
look_up(Work *work, const char *name, const char *reference)
{
	Field *field = (Field *)(uintptr_t)reading_lookup(work->reading, name);
	if (!field || field->state == FIELD_ABSENT)
		return;
	Known match = find_organ(work->rules, field->value);
	if (!match.organ)
		return;
	work_trace(work, "directory: %s “%s” is %s (%.2f)\n", name, field->value, match.organ->id,
		match.likeness);
	mend_name(field, &match);
	tell_former(work, field, &match);
	reading_take(work->reading,
		field_found(reference, match.organ->id, field->text, field->confidence,
			&field->place, "directory"));
}

void
look_up_organs(Work *work)
{
	if (work->rules->organs->len == 0)
		return;
	look_up(work, "organ-name", "organ-ref");
	look_up(work, "parent-organ-name", "parent-organ-ref");
	const char *code = reading_value(work->reading, "organ-id");
	for (guint i = 0; i < work->rules->organs->len && *code; i++) {
		const Organ *organ = work->rules->organs->pdata[i];
		const Field *field = reading_lookup(work->reading, "organ-id");
		if (!organ->code || strcmp(organ->code, code) != 0)
			continue;
		Place nowhere = { 0 };
		reading_take(work->reading,
			field_found("organ-ref", organ->id, code, field->confidence, &nowhere,
				"directory"));
	}
}
