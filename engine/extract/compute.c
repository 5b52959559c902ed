/* What is made of the values of one document once they are read: computed fields, and the <check>s
 * of rule files. Both ask with XPath over the document as a dossier has it (docs/dossier.md). */
#include "extract/work.h"

#include "base/text.h"
#include "document/dossier.h"

#include <string.h>

static void
add_field(xmlNode *parent, const Field *field)
{
	xmlNode *node = xml_add(parent, field->name, field->value);
	xml_set(node, "state", field_state_name(field->state));
}

static void
add_record(xmlNode *parent, const Record *record)
{
	xmlNode *node = xml_add(parent, record->name, NULL);
	for (guint i = 0; i < record->fields->len; i++)
		add_field(node, record->fields->pdata[i]);
}

/* <dossier><document type role> fields, records </document></dossier>; absent fields are not there.
 */
static xmlDoc *
tree_of(const Reading *reading)
{
	xmlDoc *tree = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewDocNode(tree, NULL, (const xmlChar *)"dossier", NULL);
	xmlDocSetRootElement(tree, root);
	xmlNode *document = xml_add(root, "document", NULL);
	xml_set(document, "id", "d1");
	xml_set(document, "type", reading->type_id);
	xml_set(document, "role", dossier_role(reading));
	for (guint i = 0; i < reading->fields->len; i++)
		if (((const Field *)reading->fields->pdata[i])->state != FIELD_ABSENT)
			add_field(document, reading->fields->pdata[i]);
	for (guint i = 0; i < reading->records->len; i++)
		add_record(document, reading->records->pdata[i]);
	return tree;
}

static bool
is_due(const Work *work, const FieldRule *rule)
{
	const Field *field = reading_lookup(work->reading, rule->name);
	return rule->compute && (!field || field->state == FIELD_ABSENT) &&
		work_applies(work, rule->set, rule->types);
}

/* The value is as sure as the rule says; nobody can point at its place. */
static void
compute_field(Work *work, QueryContext *context, const FieldRule *rule, xmlNode *document)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	work_trace(work, "  %s (line %d): %s\n", rule->rule_id, rule->line,
		query_expression(rule->compute));
	if (!query_text(context, rule->compute, document, &text, &error)) {
		work_out_of_budget(work, rule->rule_id);
		return;
	}
	double confidence = rule->confidence;
	g_autofree char *value = rule_value(rule, text_squeezed(text), &confidence);
	work_trace(work, "    = %s\n", value ? value : "nothing");
	if (!value) {
		tell_absence(work, rule->name);
		return;
	}
	Place nowhere = { 0 };
	Field *field = field_found(rule->name, value, "", confidence, &nowhere, rule->rule_id);
	if (rule->inferred)
		field->state = FIELD_INFERRED;
	reading_take(work->reading, field);
	xmlNode *node = xml_add(document, rule->name, value);
	xml_set(node, "state", field_state_name(field->state));
}

static void
run_checks(Work *work, const RuleSet *set, xmlDoc *tree)
{
	Date date = { 0 };
	QueryWorld world = { .calendar = NULL };
	g_autoptr(GError) error = NULL;
	date_parse_iso(reading_value(work->reading, "issued-date"), &date);
	if (!checks_run(set->checks, set->id, tree, &world, date, work->reading->findings, &error))
		work_out_of_budget(work, set->id);
}

static bool
has_work(const Work *work)
{
	bool any = false;
	for (guint i = 0; i < work->rules->fields->len && !any; i++)
		any = is_due(work, work->rules->fields->pdata[i]);
	for (guint i = 0; i < work->rules->sets->len && !any; i++)
		any = ((const RuleSet *)work->rules->sets->pdata[i])->checks != NULL;
	return any;
}

void
compute(Work *work)
{
	if (!has_work(work))
		return;
	g_autoptr(xmlDoc) tree = tree_of(work->reading);
	xmlNode *document = xml_first(xmlDocGetRootElement(tree));
	QueryWorld world = { .calendar = NULL };
	work_trace(work, "computed\n");
	for (guint i = 0; i < work->rules->fields->len; i++) {
		const FieldRule *rule = work->rules->fields->pdata[i];
		if (!is_due(work, rule))
			continue;
		/* the tree grows: a context lends one that stays as it is */
		g_autoptr(QueryContext) context = query_context_new(tree, &world);
		compute_field(work, context, rule, document);
	}
	for (guint i = 0; i < work->rules->sets->len; i++) {
		const RuleSet *set = work->rules->sets->pdata[i];
		if (set->checks && work_applies(work, set, NULL))
			run_checks(work, set, tree);
	}
}
