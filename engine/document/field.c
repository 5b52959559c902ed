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

/* The strings of a piece that is made: its own copies of them. */
static Field *
field_make(const Field *like)
{
	const char *const strings[] = { text_or_empty(like->name), text_or_empty(like->value),
		text_or_empty(like->text), text_or_empty(like->rule),
		text_or_empty(like->place.part) };
	size_t sizes[G_N_ELEMENTS(strings)], size = sizeof(Field);
	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
		size += sizes[i] = strlen(strings[i]) + 1;
	Field *field = g_malloc(size);
	*field = *like;
	field->other = g_strdup(like->other);
	field->size = size;
	const char **const own[] = { &field->name, &field->value, &field->text, &field->rule,
		&field->place.part };
	char *end = (char *)(field + 1);
	for (size_t i = 0; i < G_N_ELEMENTS(own); end += sizes[i++])
		*own[i] = memcpy(end, strings[i], sizes[i]);
	if (!like->place.part)
		field->place.part = NULL;
	return field;
}

Field *
field_new(const char *name, FieldState state)
{
	return field_make(&(Field){ .name = name, .state = state });
}

Field *
field_found(const char *name, const char *value, const char *text, double confidence,
	const Place *place, const char *rule)
{
	return field_make(&(Field){ .name = name,
		.value = value,
		.text = text,
		.state = FIELD_FOUND,
		.confidence = confidence,
		.place = place ? *place : (Place){ 0 },
		.rule = rule });
}

Field *
field_copy(const Field *from)
{
	return field_make(from);
}

/* A string that was set has memory of its own. */
static void
drop(const Field *field, const char *string)
{
	if ((uintptr_t)string - (uintptr_t)field >= field->size)
		g_free((char *)(uintptr_t)string);
}

void
field_set(Field *field, const char **string, const char *text)
{
	const char *before = *string;
	*string = g_strdup(text);
	drop(field, before);
}

void
field_free(Field *field)
{
	if (!field)
		return;
	drop(field, field->name);
	drop(field, field->value);
	drop(field, field->text);
	drop(field, field->other);
	drop(field, field->place.part);
	drop(field, field->rule);
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
		/* nearly all differ at once */
		if (*field->name == *name && strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

Record *
record_new(const char *name, const Place *place)
{
	Record *record = g_new0(Record, 1);
	record->name = g_strdup(name);
	record->place = *place;
	record->place.part = g_strdup(place->part);
	record->fields = fields_new();
	return record;
}

void
record_free(Record *record)
{
	if (!record)
		return;
	g_free(record->name);
	g_free((char *)(uintptr_t)record->place.part);
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
