/* Fields and records of XML documents: the elements of a Doc become a tree, and the rules' XPaths
 * are asked. Names are local names (a prefix was cut off); evaluation is bounded. */
#include "extract/work.h"

#include "base/text.h"

#include <string.h>

enum { VALUES_MAX = 20000 };

/* Of all evaluations over one message together: about a second. */
static const size_t effort_max = 10 * 1000 * 1000;

typedef struct {
	Work *work;
	xmlDoc *doc;
	QueryContext *context;
	GHashTable *texts; /* queries that gave a text, no elements */
	GHashTable *
		siblings; /* "PARENT NAME" to how many there are; a node's own number is in _private */
} Tree;

typedef struct {
	char *text;
	xmlNode *node; /* NULL: a computed string */
} Value;

static void
value_free(void *data)
{
	Value *value = data;
	g_free(value->text);
	g_free(value);
}

static int
count_siblings(const xmlNode *node, GHashTable *siblings, char **ret_key)
{
	*ret_key = g_strdup_printf("%p %s", (void *)node->parent, (const char *)node->name);
	return GPOINTER_TO_INT(g_hash_table_lookup(siblings, *ret_key));
}

/* Ten thousand elements of one name: asking libxml2 for the path of each would take minutes. */
static void
number_node(xmlNode *node, GHashTable *siblings)
{
	char *key;
	int n = count_siblings(node, siblings, &key) + 1;
	node->_private = GINT_TO_POINTER(n);
	g_hash_table_replace(siblings, key, GINT_TO_POINTER(n));
}

/* Elements come in document order with their depth; one without a name is text of its parent. */
static xmlDoc *
build_tree(const Doc *doc, GHashTable *siblings)
{
	xmlDoc *tree = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *parent = NULL;
	int depth = -1;
	for (guint i = 0; i < doc->elements->len; i++) {
		const Element *element = &g_array_index(doc->elements, Element, i);
		for (; parent && depth >= element->depth; depth--)
			parent = parent->parent && parent->parent->type == XML_ELEMENT_NODE
				? parent->parent
				: NULL;
		if (!parent && (xmlDocGetRootElement(tree) || !*element->name))
			break; /* a second root: not ours to mend */
		if (!*element->name) {
			xmlAddChild(parent, xmlNewDocText(tree, (const xmlChar *)element->text));
			depth = element->depth - 1;
			continue;
		}
		xmlNode *node = xmlNewDocNode(tree, NULL, (const xmlChar *)element->name, NULL);
		if (parent)
			xmlAddChild(parent, node);
		else
			xmlDocSetRootElement(tree, node);
		if (*element->text)
			xmlAddChild(node, xmlNewDocText(tree, (const xmlChar *)element->text));
		for (int a = 0; element->attributes && element->attributes[a]; a += 2)
			xmlNewProp(node, (const xmlChar *)element->attributes[a],
				(const xmlChar *)element->attributes[a + 1]);
		number_node(node, siblings);
		parent = node;
		depth = element->depth;
	}
	return tree;
}

static void
add_value(GPtrArray *values, const char *text, xmlNode *node)
{
	Value *value = g_new0(Value, 1);
	value->text = text_squeeze(text);
	value->node = node;
	g_ptr_array_add(values, value);
}

static void
add_nodes(GPtrArray *values, const GPtrArray *nodes)
{
	for (guint i = 0; i < MIN(nodes->len, VALUES_MAX); i++) {
		xmlChar *content = xmlNodeGetContent(nodes->pdata[i]);
		add_value(values, content ? (const char *)content : "", nodes->pdata[i]);
		xmlFree(content);
	}
}

/* Nodes in document order, or one computed text. What takes too long gives nothing, and says so. */
static GPtrArray *
evaluate(const Tree *tree, const char *rule_id, const Query *query, xmlNode *node)
{
	GPtrArray *values = g_ptr_array_new_with_free_func(value_free);
	g_autoptr(GPtrArray) nodes = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	bool tired = query_effort(tree->context) > effort_max;
	bool is_text = g_hash_table_contains(tree->texts, query);
	if (!tired && !is_text && query_nodes(tree->context, query, node, &nodes, &error)) {
		add_nodes(values, nodes);
		return values;
	}
	if (error && err_code(error) == ERR_FORMAT)
		is_text = g_hash_table_add(tree->texts, (void *)(uintptr_t)query);
	bool limit = tired || (error && err_code(error) == ERR_LIMIT);
	g_clear_error(&error);
	if (!limit && is_text && query_text(tree->context, query, node, &text, &error))
		add_value(values, text, NULL);
	if (limit || (error && err_code(error) == ERR_LIMIT))
		work_out_of_budget(tree->work, rule_id);
	return values;
}

static void
append_path(const Tree *tree, const xmlNode *node, GString *out)
{
	if (node->type == XML_ATTRIBUTE_NODE) {
		append_path(tree, node->parent, out);
		g_string_append_printf(out, "/@%s", (const char *)node->name);
	} else if (node->type == XML_ELEMENT_NODE) {
		g_autofree char *key = NULL;
		append_path(tree, node->parent, out);
		g_string_append_printf(out, "/%s", (const char *)node->name);
		if (count_siblings(node, tree->siblings, &key) > 1)
			g_string_append_printf(out, "[%d]", GPOINTER_TO_INT(node->_private));
	} else if (node->parent) {
		append_path(tree, node->parent, out); /* text: its element's */
	}
}

/* "/edXML/MessageHeader/To[2]" */
static Place
place_of(const Tree *tree, const xmlNode *node, char **ret_path)
{
	*ret_path = NULL;
	if (!node)
		return (Place){ 0 };
	GString *path = g_string_new(NULL);
	append_path(tree, node, path);
	*ret_path = g_string_free(path, FALSE);
	return (Place){ .part = *ret_path };
}

/* The first valid value; NULL = none. */
static Field *
read_value(const Tree *tree, const FieldRule *rule, xmlNode *node)
{
	g_autoptr(GPtrArray) values = evaluate(tree, rule->rule_id, rule->xpath, node);
	for (guint i = 0; i < values->len; i++) {
		const Value *found = values->pdata[i];
		double confidence = rule->confidence;
		g_autofree char *value = rule_value(rule, found->text, &confidence);
		if (!value)
			continue;
		g_autofree char *path = NULL;
		Place place = place_of(tree, found->node, &path);
		return field_found(
			rule->name, value, found->text, confidence, &place, rule->rule_id);
	}
	return NULL;
}

/* The type by the name that the message gives it: of ours when its label is known, else as given.
 */
static void
set_type(Work *work, const Field *field)
{
	Reading *reading = work->reading;
	g_free(reading->type_name);
	reading->type_name = g_strdup(field->value);
	reading->type_confidence = field->confidence;
	for (guint i = 0; i < work->rules->types->len; i++) {
		const TypeRule *type = work->rules->types->pdata[i];
		if (!text_same(type->label, field->value))
			continue;
		work->type = type;
		g_free(reading->type_id);
		g_free(reading->type_name);
		reading->type_id = g_strdup(type->id);
		reading->type_name = g_strdup(type->label);
	}
}

/* What says which other rules hold is read first, and can't depend on it. */
static bool
is_ground(const FieldRule *rule)
{
	static const char *const names[] = { "organ-name", "parent-organ-name", "issued-date",
		"type-name", NULL };
	return g_strv_contains(names, rule->name);
}

static void
read_xml_field(Work *work, const Tree *tree, const FieldRule *rule)
{
	Field *field = read_value(tree, rule, NULL);
	work_trace(work, "  %s (line %d): %s = %s\n", rule->rule_id, rule->line,
		query_expression(rule->xpath), field ? field->value : "nothing");
	if (!field)
		return;
	if (strcmp(field->name, "type-name") == 0)
		set_type(work, field);
	reading_take(work->reading, field);
}

static void
read_xml_fields(Work *work, const Tree *tree, bool ground)
{
	for (guint i = 0; i < work->rules->fields->len; i++) {
		const FieldRule *rule = work->rules->fields->pdata[i];
		bool applies = ground ? rule_set_applies(rule->set, work->doc->format)
				      : work_applies(work, rule->set, rule->types);
		if (rule->xpath && is_ground(rule) == ground && applies &&
			!reading_lookup(work->reading, rule->name))
			read_xml_field(work, tree, rule);
	}
}

static void
read_xml_record(Work *work, const Tree *tree, const RecordRule *rule, xmlNode *node)
{
	g_autofree char *path = NULL;
	Place place = place_of(tree, node, &path);
	Record *record = record_new(rule->name, &place);
	for (guint i = 0; i < rule->parts->len; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		Field *field = part->xpath ? read_value(tree, part, node) : NULL;
		if (field)
			record_take(record, field);
	}
	record_finish(work, rule, record);
}

static void
read_xml_records(Work *work, const Tree *tree)
{
	for (guint i = 0; i < work->rules->records->len; i++) {
		const RecordRule *rule = work->rules->records->pdata[i];
		if (rule->from != FROM_XPATH || !rule->xpath ||
			!work_applies(work, rule->set, rule->types))
			continue;
		g_autoptr(GPtrArray) values = evaluate(tree, rule->rule_id, rule->xpath, NULL);
		for (guint n = 0; n < values->len; n++)
			if (((const Value *)values->pdata[n])->node)
				read_xml_record(
					work, tree, rule, ((const Value *)values->pdata[n])->node);
	}
}

void
read_xml(Work *work)
{
	if (work->doc->elements->len == 0)
		return;
	work_trace(work, "XML\n");
	QueryWorld world = { .calendar = NULL };
	Tree tree = { .work = work,
		.siblings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
	tree.doc = build_tree(work->doc, tree.siblings);
	tree.context = query_context_new(tree.doc, &world);
	tree.texts = g_hash_table_new(NULL, NULL);
	if (xmlDocGetRootElement(tree.doc)) {
		read_xml_fields(work, &tree, true);
		read_xml_fields(work, &tree, false);
		read_xml_records(work, &tree);
	}
	g_hash_table_unref(tree.texts);
	g_hash_table_unref(tree.siblings);
	query_context_free(tree.context);
	xmlFreeDoc(tree.doc);
}
