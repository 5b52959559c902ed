/* Checked rule files become rules. */
#include "extract/rule_loader.h"

#include "base/text.h"

#include <string.h>

/* --- building: the words are right by now --- */

/* The one that the check made; a second use of the same source gets its own. */
static Pattern *
take_pattern(Loader *loader, const xmlNode *node, const char *text)
{
	g_autofree char *source = lets_expand(loader, node, text);
	g_autofree char *key = NULL;
	gpointer pattern = NULL, kept = NULL;
	if (!g_hash_table_steal_extended(loader->compiled, source, &kept, &pattern))
		return pattern_compile(source, NULL);
	key = kept;
	return pattern;
}

static Pattern *
pattern_of(Loader *loader, const xmlNode *node, const char *attribute)
{
	g_autofree char *source = xml_attr(node, attribute);
	return source ? take_pattern(loader, node, source) : NULL;
}

static double
number_of(const xmlNode *node, const char *attribute, double otherwise)
{
	const char *text = xml_peek_attr(node, attribute);
	return text ? g_ascii_strtod(text, NULL) : otherwise;
}

static bool
says(const xmlNode *node, const char *attribute, const char *value)
{
	return g_strcmp0(xml_peek_attr(node, attribute), value) == 0;
}

static Zone
zone_of(const xmlNode *node)
{
	Zone zone = ZONE_COUNT;
	const char *name = xml_peek_attr(node, "zone");
	if (name)
		zone_parse(name, &zone);
	return zone;
}

static char *
types_of(const xmlNode *node)
{
	const char *types = xml_peek_attr(node, "when");
	return types ? g_strdup_printf(" %s ", types) : NULL;
}

static Override
override_of(const xmlNode *node)
{
	static const char *const words[] = { "replace", "before", "after", "extend" };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (says(node, "override", words[i]))
			return (Override)i;
	return OVERRIDE_REPLACE;
}

static Query *
query_of(const xmlNode *node, const char *attribute)
{
	g_autofree char *expression = xml_attr(node, attribute);
	return expression ? query_compile(expression, NULL) : NULL;
}

static GPtrArray *
patterns_of(Loader *loader, const xmlNode *node)
{
	GPtrArray *patterns = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	xml_foreach(child, node) {
		g_autofree char *source = xml_text(child);
		Pattern *pattern = xml_is(child, "pattern")
			? take_pattern(loader, child, g_strstrip(source))
			: NULL;
		if (pattern)
			g_ptr_array_add(patterns, pattern);
	}
	return patterns;
}

static FieldRule *
build_field(Loader *loader, const xmlNode *node, const char *rule_id, double confidence)
{
	FieldRule *rule = g_new0(FieldRule, 1);
	RuleSet *set = loader->set;
	const char *type = xml_peek_attr(node, "type"), *clean = xml_peek_attr(node, "clean");
	const char *region = xml_peek_attr(node, "region");
	rule->set = set;
	rule->name = xml_attr(node, "name");
	rule->label_vi = xml_attr(node, "label");
	rule->label_en = xml_attr(node, "label-en");
	rule->rule_id = rule_id ? g_strdup(rule_id) : g_strdup_printf("%s/%s", set->id, rule->name);
	rule->zone = zone_of(node);
	rule->take = says(node, "take", "lines") ? TAKE_LINES
		: says(node, "take", "last")     ? TAKE_LAST
						 : TAKE_ALL;
	rule->type = type_lookup(type ? type : "text");
	clean_ups_parse(clean ? clean : "", &rule->clean, NULL);
	rule->patterns = patterns_of(loader, node);
	rule->header = pattern_of(loader, node, "header");
	rule->after = pattern_of(loader, node, "after");
	rule->start = pattern_of(loader, node, "start");
	rule->end = pattern_of(loader, node, "end");
	if (region)
		region_read(region, rule->region, &rule->region_pt);
	rule->values_name = xml_attr(node, "values");
	rule->compute = query_of(node, "compute");
	rule->override = override_of(node);
	rule->xpath = query_of(node, "xpath");
	rule->map = xml_attr(node, "map");
	rule->fallback = xml_attr(node, "default");
	rule->types = types_of(node);
	rule->inferred = says(node, "inferred", "yes");
	rule->last_resort = says(node, "last-resort", "yes");
	rule->required = says(node, "required", "warn") ? REQUIRED_WARN : REQUIRED_NO;
	rule->part_required = says(node, "required", "yes");
	rule->confidence = number_of(node, "confidence", confidence);
	rule->line = (int)xmlGetLineNo((xmlNode *)(void *)node);
	return rule;
}

static RecordRule *
build_records(Loader *loader, const xmlNode *node)
{
	static const char *const sources[] = { "bullets", "matches", "paragraphs", "table",
		"xpath" };
	RecordRule *rule = g_new0(RecordRule, 1);
	RuleSet *set = loader->set;
	rule->set = set;
	rule->name = xml_attr(node, "name");
	rule->rule_id = g_strdup_printf("%s/%s", set->id, rule->name);
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if (says(node, "from", sources[i]))
			rule->from = (RecordSource)i;
	rule->zone = zone_of(node);
	rule->patterns = patterns_of(loader, node);
	rule->skip = pattern_of(loader, node, "skip");
	rule->when = pattern_of(loader, node, "needs");
	rule->start = pattern_of(loader, node, "start");
	rule->end = pattern_of(loader, node, "end");
	rule->override = override_of(node);
	rule->xpath = query_of(node, "xpath");
	rule->types = types_of(node);
	rule->confidence = number_of(node, "confidence", 0.93);
	rule->line = (int)xmlGetLineNo((xmlNode *)(void *)node);
	rule->parts = g_ptr_array_new_with_free_func((GDestroyNotify)field_rule_free);
	xml_foreach(child, node)
		if (xml_is(child, "part") || xml_is(child, "column"))
			g_ptr_array_add(rule->parts,
				build_field(loader, child, rule->rule_id, rule->confidence));
	return rule;
}

static TypeRule *
build_type(Loader *loader, const xmlNode *node)
{
	TypeRule *rule = g_new0(TypeRule, 1);
	rule->set = loader->set;
	rule->override = override_of(node);
	rule->id = xml_attr(node, "id");
	rule->label = xml_attr(node, "label");
	rule->abbr = xml_attr(node, "abbr");
	if (!rule->abbr)
		rule->abbr = g_strdup("");
	rule->bare = says(node, "bare", "yes");
	rule->evidence = g_array_new(FALSE, TRUE, sizeof(Evidence));
	rule->line = (int)xmlGetLineNo((xmlNode *)(void *)node);
	xml_foreach(child, node) {
		double sign = xml_is(child, "unless") ? -1 : 1;
		Evidence evidence = { .zone = zone_of(child),
			.match = pattern_of(loader, child, "match"),
			.weight = sign * number_of(child, "weight", 1),
			.line = (int)xmlGetLineNo((xmlNode *)(void *)child) };
		g_array_append_val(rule->evidence, evidence);
	}
	return rule;
}

static void
add_entry(ValueList *list, const xmlNode *node, const char *text)
{
	ValueEntry entry = { xml_attr(node, "id"), text_key(text) };
	g_array_append_val(list->entries, entry);
}

static ValueList *
build_values(const xmlNode *node)
{
	ValueList *list = g_new0(ValueList, 1);
	list->name = xml_attr(node, "name");
	list->entries = g_array_new(FALSE, FALSE, sizeof(ValueEntry));
	xml_foreach(child, node) {
		g_autofree char *text = xml_attr(child, "text"), *also = xml_attr(child, "also");
		g_auto(GStrv) others = g_strsplit(also ? also : "", "|", -1);
		add_entry(list, child, text);
		for (char **other = others; *other; other++)
			if (!text_is_blank(*other))
				add_entry(list, child, *other);
	}
	return list;
}

static void
add_name(Organ *organ, const xmlNode *node)
{
	const char *to = xml_peek_attr(node, "to");
	OrganName name = { .name = xml_attr(node, "name") };
	name.key = text_key(name.name);
	if (to)
		date_parse_iso(to, &name.to);
	g_array_append_val(organ->names, name);
}

void
directory_build(Loader *loader, const xmlNode *root)
{
	xml_foreach(child, root) {
		Organ *organ = g_new0(Organ, 1);
		organ->id = xml_attr(child, "id");
		organ->code = xml_attr(child, "code");
		organ->names = g_array_new(FALSE, FALSE, sizeof(OrganName));
		add_name(organ, child);
		xml_foreach(name, child)
			add_name(organ, name);
		g_ptr_array_add(loader->rules->organs, organ);
	}
}

/* The <check>s of a rule file become a set of checks of its own; lines stay those of the file. */
static Checks *
build_checks(Loader *loader, const xmlNode *root)
{
	g_autoptr(xmlDoc) doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *checks = xmlNewDocNode(doc, NULL, (const xmlChar *)"checks", NULL);
	xmlDocSetRootElement(doc, checks);
	xml_set(checks, "id", loader->set->id);
	xml_set(checks, "version", "1");
	xml_foreach(child, root)
		if (xml_is(child, "check"))
			xmlAddChild(checks, xmlDocCopyNode(child, doc, 1));
	if (!xml_first(checks))
		return NULL;
	xml_foreach(child, checks)
		if (!xml_peek_attr(child, "for"))
			xml_set(child, "for", "/dossier/document");
	g_autoptr(GError) error = NULL;
	Checks *made = checks_parse(doc, loader->set->file, &error);
	if (!made) {
		loader->n_errors++;
		g_string_append_printf(
			loader->errors, "%s%s", loader->errors->len ? "\n" : "", error->message);
	}
	return made;
}

void
rule_build(Loader *loader, const xmlNode *root)
{
	RuleSet *set = loader->set;
	xml_foreach(child, root) {
		if (xml_is(child, "document-type"))
			g_ptr_array_add(set->types, build_type(loader, child));
		else if (xml_is(child, "field"))
			g_ptr_array_add(set->fields, build_field(loader, child, NULL, 0.98));
		else if (xml_is(child, "records"))
			g_ptr_array_add(set->records, build_records(loader, child));
		else if (xml_is(child, "values"))
			g_ptr_array_add(set->values, build_values(child));
	}
	set->checks = build_checks(loader, root);
}
