/* A reading as JSON for programs (the interface that others rely on) and as text for people. */
#include "document/field.h"
#include "document/json.h"

#include <string.h>

static void
print_field(const Field *field, Json *json)
{
	g_autofree char *place = place_print(&field->place);
	json_object(json, field->name);
	json_text(json, "value", field->state == FIELD_ABSENT ? NULL : field->value);
	json_text(json, "text", field->state == FIELD_ABSENT ? NULL : field->text);
	json_text(json, "state", field_state_name(field->state));
	json_number(json, "confidence", field->confidence);
	json_text(json, "place", place);
	json_text(json, "rule", field->rule);
	if (field->other)
		json_text(json, "other", field->other);
	json_end_object(json);
}

static void
print_fields(const GPtrArray *fields, Json *json)
{
	for (guint i = 0; i < fields->len; i++)
		print_field(g_ptr_array_index(fields, i), json);
}

/* Records grouped by name, in the order in which the names first come. */
static void
print_records(const GPtrArray *records, Json *json)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	json_object(json, "records");
	for (guint i = 0; i < records->len; i++) {
		const Record *first = g_ptr_array_index(records, i);
		if (!g_hash_table_add(seen, first->name))
			continue;
		json_array(json, first->name);
		for (guint j = i; j < records->len; j++) {
			const Record *record = g_ptr_array_index(records, j);
			if (strcmp(record->name, first->name) != 0)
				continue;
			json_object(json, NULL);
			print_fields(record->fields, json);
			json_end_object(json);
		}
		json_end_array(json);
	}
	json_end_object(json);
}

void
findings_print_json(const GPtrArray *findings, const char *language, Json *json)
{
	json_array(json, "findings");
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		g_autofree char *place = place_print(&finding->place);
		json_object(json, NULL);
		json_text(json, "id", finding->id);
		json_text(json, "severity", severity_name(finding->severity));
		json_text(json, "message", finding_text(finding, language));
		json_text(json, "place", place);
		if (finding->source)
			json_text(json, "source", finding->source);
		json_end_object(json);
	}
	json_end_array(json);
}

void
signatures_print_json(const GPtrArray *signatures, const char *language, Json *json)
{
	if (!signatures->len)
		return;
	json_array(json, "signatures");
	for (guint i = 0; i < signatures->len; i++) {
		const Signature *signature = g_ptr_array_index(signatures, i);
		json_object(json, NULL);
		for (int value = 0; value < SIGNATURE_VALUES; value++)
			json_text(json, signature_value_name((SignatureValue)value),
				signature_value(signature, (SignatureValue)value));
		json_text(json, "verdict", signature_verdict(signature, language));
		json_end_object(json);
	}
	json_end_array(json);
}

static void
print_reading(const Reading *reading, const char *language, Json *json)
{
	json_object(json, NULL);
	json_text(json, "file", reading->file);
	json_text(json, "sha256", reading->sha256);
	json_text(json, "format", reading->format);
	json_object(json, "type");
	json_text(json, "id", reading->type_id);
	json_text(json, "name", reading->type_name);
	json_number(json, "confidence", reading->type_confidence);
	json_end_object(json);
	json_object(json, "fields");
	print_fields(reading->fields, json);
	json_end_object(json);
	print_records(reading->records, json);
	findings_print_json(reading->findings, language, json);
	signatures_print_json(reading->signatures, language, json);
	json_array(json, "documents");
	for (guint i = 0; i < reading->documents->len; i++)
		print_reading(g_ptr_array_index(reading->documents, i), language, json);
	json_end_array(json);
	json_end_object(json);
}

void
reading_print_json(const Reading *reading, const char *language, GString *out)
{
	Json json;
	json_init(&json, out);
	print_reading(reading, language, &json);
	g_string_append_c(out, '\n');
}

static void
text_fields(const GPtrArray *fields, const char *indent, GString *out)
{
	for (guint i = 0; i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		g_string_append_printf(out, "%s%-20s %-8s %.2f  %s", indent, field->name,
			field_state_name(field->state), field->confidence,
			field->state == FIELD_ABSENT ? "-" : field->value);
		if (field->other)
			g_string_append_printf(out, " | %s", field->other);
		g_autofree char *place = place_print(&field->place);
		if (*place)
			g_string_append_printf(out, "   [%s]", place);
		g_string_append_c(out, '\n');
	}
}

static void
text_record(const Record *record, GString *out)
{
	g_string_append_printf(out, "  %s:", record->name);
	for (guint i = 0; i < record->fields->len; i++) {
		const Field *field = g_ptr_array_index(record->fields, i);
		if (field->state != FIELD_ABSENT)
			g_string_append_printf(out, "  %s=%s", field->name, field->value);
	}
	g_string_append_c(out, '\n');
}

void
reading_print_text(const Reading *reading, const char *language, GString *out)
{
	g_string_append_printf(out, "%s  (%s, %s %.2f)\n", reading->file, reading->format,
		*reading->type_name ? reading->type_name : "?", reading->type_confidence);
	text_fields(reading->fields, "  ", out);
	for (guint i = 0; i < reading->records->len; i++)
		text_record(g_ptr_array_index(reading->records, i), out);
	for (guint i = 0; i < reading->findings->len; i++) {
		const Finding *finding = g_ptr_array_index(reading->findings, i);
		g_string_append_printf(out, "  %s: %s: %s\n", severity_name(finding->severity),
			finding->id, finding_text(finding, language));
	}
	for (guint i = 0; i < reading->signatures->len; i++) {
		g_autofree char *line = signature_line(reading->signatures->pdata[i], language);
		g_string_append_printf(out, "  signature: %s\n", line);
	}
	for (guint i = 0; i < reading->documents->len; i++) {
		g_string_append_c(out, '\n');
		reading_print_text(g_ptr_array_index(reading->documents, i), language, out);
	}
}
