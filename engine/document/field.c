/* Fields, records and readings: making, looking up, freeing. */
#include "document/field.h"

#include "base/text.h"

#include <string.h>

static const char *const state_names[] = {
	[FIELD_ABSENT] = "absent",
	[FIELD_FOUND] = "found",
	[FIELD_INFERRED] = "inferred",
	[FIELD_CONFLICT] = "conflict",
	[FIELD_EDITED] = "edited",
};

const char *
field_state_name(FieldState state)
{
	return state_names[state];
}

bool
field_state_parse(const char *name, FieldState *ret_state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(state_names); i++) {
		if (strcmp(state_names[i], name) == 0) {
			*ret_state = (FieldState)i;
			return true;
		}
	}
	return false;
}

Field *
field_new(const char *name, FieldState state)
{
	Field *field = g_new0(Field, 1);
	field->name = g_strdup(name);
	field->value = g_strdup("");
	field->text = g_strdup("");
	field->place = g_strdup("");
	field->rule = g_strdup("");
	field->state = state;
	return field;
}

Field *
field_found(const char *name, const char *value, const char *text, double confidence,
	const Place *place, const char *rule)
{
	Field *field = g_new0(Field, 1);
	field->name = g_strdup(name);
	field->value = g_strdup(text_or_empty(value));
	field->text = g_strdup(text_or_empty(text));
	field->place = place ? place_print(place) : g_strdup("");
	field->rule = g_strdup(text_or_empty(rule));
	field->state = FIELD_FOUND;
	field->confidence = confidence;
	return field;
}

Field *
field_copy(const Field *from)
{
	Field *field = g_new0(Field, 1);
	field->name = g_strdup(from->name);
	field->value = g_strdup(from->value);
	field->text = g_strdup(from->text);
	field->other = g_strdup(from->other);
	field->place = g_strdup(from->place);
	field->rule = g_strdup(from->rule);
	field->state = from->state;
	field->confidence = from->confidence;
	return field;
}

void
field_free(Field *field)
{
	if (!field)
		return;
	g_free(field->name);
	g_free(field->value);
	g_free(field->text);
	g_free(field->other);
	g_free(field->place);
	g_free(field->rule);
	g_free(field);
}

static GPtrArray *
fields_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
}

static Field *
lookup(const GPtrArray *fields, const char *name)
{
	for (guint i = 0; i < fields->len; i++) {
		Field *field = g_ptr_array_index(fields, i);
		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

Record *
record_new(const char *name, const char *place)
{
	Record *record = g_new0(Record, 1);
	record->name = g_strdup(name);
	record->place = g_strdup(text_or_empty(place));
	record->fields = fields_new();
	return record;
}

void
record_free(Record *record)
{
	if (!record)
		return;
	g_free(record->name);
	g_free(record->place);
	g_ptr_array_unref(record->fields);
	g_free(record);
}

void
record_take(Record *record, Field *field)
{
	g_ptr_array_add(record->fields, field);
}

const Field *
record_lookup(const Record *record, const char *field)
{
	return lookup(record->fields, field);
}

Reading *
reading_new(const char *file, const char *sha256)
{
	Reading *reading = g_new0(Reading, 1);
	reading->file = g_strdup(text_or_empty(file));
	reading->sha256 = g_strdup(text_or_empty(sha256));
	reading->format = g_strdup("");
	reading->type_id = g_strdup("");
	reading->type_name = g_strdup("");
	reading->fields = fields_new();
	reading->records = g_ptr_array_new_with_free_func((GDestroyNotify)record_free);
	reading->findings = findings_new();
	reading->signatures = signatures_new();
	reading->documents = g_ptr_array_new_with_free_func((GDestroyNotify)reading_free);
	return reading;
}

void
reading_free(Reading *reading)
{
	if (!reading)
		return;
	g_free(reading->file);
	g_free(reading->sha256);
	g_free(reading->format);
	g_free(reading->type_id);
	g_free(reading->type_name);
	g_ptr_array_unref(reading->fields);
	g_ptr_array_unref(reading->records);
	g_ptr_array_unref(reading->findings);
	g_ptr_array_unref(reading->signatures);
	g_ptr_array_unref(reading->documents);
	g_free(reading->words);
	g_free(reading);
}

const Field *
reading_lookup(const Reading *reading, const char *field)
{
	return lookup(reading->fields, field);
}

const char *
reading_value(const Reading *reading, const char *field)
{
	const Field *found = lookup(reading->fields, field);
	return found && found->state != FIELD_ABSENT ? found->value : "";
}

void
reading_take(Reading *reading, Field *field)
{
	for (guint i = 0; i < reading->fields->len; i++) {
		Field *before = g_ptr_array_index(reading->fields, i);
		if (strcmp(before->name, field->name) == 0) {
			field_free(before);
			reading->fields->pdata[i] = field;
			return;
		}
	}
	g_ptr_array_add(reading->fields, field);
}

void
reading_take_record(Reading *reading, Record *record)
{
	g_ptr_array_add(reading->records, record);
}
