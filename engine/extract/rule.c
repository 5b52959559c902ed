/* Loaded rules: which apply to a document, and letting them go. */
#include "extract/rule.h"

#include "extract/extract.h"

#include <string.h>

bool
rule_set_applies(const RuleSet *set, const char *format)
{
	return !set->format || strcmp(set->format, format ? format : "") == 0;
}

bool
rule_type_applies(const char *types, const char *type_id)
{
	if (!types)
		return true;
	g_autofree char *word = g_strdup_printf(" %s ", type_id ? type_id : "");
	return strstr(types, word) != NULL;
}

void
type_rule_free(TypeRule *rule)
{
	for (guint i = 0; i < rule->evidence->len; i++)
		pattern_free(g_array_index(rule->evidence, Evidence, i).match);
	g_array_free(rule->evidence, TRUE);
	g_free(rule->id);
	g_free(rule->label);
	g_free(rule->abbr);
	g_free(rule);
}

void
field_rule_free(FieldRule *rule)
{
	char *texts[] = { rule->name, rule->label_vi, rule->label_en, rule->rule_id, rule->map,
		rule->fallback, rule->types, rule->values_name };
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	if (rule->patterns)
		g_ptr_array_unref(rule->patterns);
	pattern_free(rule->header);
	pattern_free(rule->after);
	pattern_free(rule->start);
	pattern_free(rule->end);
	query_free(rule->compute);
	query_free(rule->xpath);
	g_free(rule);
}

void
record_rule_free(RecordRule *rule)
{
	g_free(rule->name);
	g_free(rule->rule_id);
	query_free(rule->xpath);
	g_free(rule->types);
	g_ptr_array_unref(rule->patterns);
	g_ptr_array_unref(rule->parts);
	pattern_free(rule->skip);
	pattern_free(rule->when);
	pattern_free(rule->start);
	pattern_free(rule->end);
	g_free(rule);
}

void
value_list_free(ValueList *list)
{
	for (guint i = 0; i < list->entries->len; i++) {
		g_free(g_array_index(list->entries, ValueEntry, i).id);
		g_free(g_array_index(list->entries, ValueEntry, i).key);
	}
	g_array_free(list->entries, TRUE);
	g_free(list->name);
	g_free(list);
}

void
rule_set_free(RuleSet *set)
{
	g_free(set->id);
	g_free(set->version);
	g_free(set->file);
	g_free(set->format);
	g_free(set->scope);
	checks_free(set->checks);
	g_ptr_array_unref(set->values);
	g_ptr_array_unref(set->types);
	g_ptr_array_unref(set->fields);
	g_ptr_array_unref(set->records);
	g_free(set);
}

void
rules_free(Rules *rules)
{
	if (!rules)
		return;
	g_ptr_array_unref(rules->types);
	g_ptr_array_unref(rules->fields);
	g_ptr_array_unref(rules->records);
	g_ptr_array_unref(rules->sets);
	g_ptr_array_unref(rules->organs);
	lexicon_free(rules->lexicon);
	g_free(rules);
}

RulesCount
rules_count(const Rules *rules)
{
	RulesCount count = { rules->files, (int)rules->types->len, (int)rules->fields->len,
		(int)rules->records->len, 0 };
	for (guint i = 0; i < rules->sets->len; i++) {
		const RuleSet *set = rules->sets->pdata[i];
		count.checks += set->checks ? checks_count(set->checks) : 0;
	}
	return count;
}

static void
add_ids(const GPtrArray *list, size_t id_at, GPtrArray *ids, GHashTable *seen)
{
	for (guint i = 0; i < list->len; i++) {
		char *id = G_STRUCT_MEMBER(char *, list->pdata[i], id_at);
		if (g_hash_table_add(seen, id))
			g_ptr_array_add(ids, g_strdup(id));
	}
}

GPtrArray *
rules_ids(const Rules *rules)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	add_ids(rules->types, offsetof(TypeRule, id), ids, seen);
	add_ids(rules->fields, offsetof(FieldRule, rule_id), ids, seen);
	add_ids(rules->records, offsetof(RecordRule, rule_id), ids, seen);
	return ids;
}

GHashTable *
rules_added_fields(const Rules *rules)
{
	GHashTable *added = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < rules->fields->len; i++)
		g_hash_table_add(added, ((const FieldRule *)rules->fields->pdata[i])->name);
	for (guint i = 0; i < rules->sets->len; i++) {
		const RuleSet *set = rules->sets->pdata[i];
		for (guint n = 0; set->layer == 0 && n < set->fields->len; n++)
			g_hash_table_remove(
				added, ((const FieldRule *)set->fields->pdata[n])->name);
	}
	return added;
}
