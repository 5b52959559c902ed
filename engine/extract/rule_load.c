/* Rule files become Rules: read below the folders, checked word by word against rule_words, then
 * built. Every mistake of every file is told, with file and line, before anything is given back. */
#include "extract/extract.h"
#include "extract/rule.h"

#include "document/xml.h"

#include <libxml/xpath.h>
#include <string.h>

enum { ERRORS_MAX = 100, DEPTH_MAX = 4 };

typedef struct {
	Rules *rules;
	RuleSet *set;
	GString *errors;
	int n_errors;
	int layer;
} Loader;

static void report(Loader *loader, const xmlNode *node, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static void
report(Loader *loader, const xmlNode *node, const char *format, ...)
{
	if (loader->n_errors++ >= ERRORS_MAX)
		return;
	va_list args;
	va_start(args, format);
	g_autofree char *what = g_strdup_vprintf(format, args);
	va_end(args);
	g_string_append_printf(loader->errors, "%s%s:%ld: %s", loader->errors->len ? "\n" : "",
		loader->set->file, xmlGetLineNo((xmlNode *)(void *)node), what);
}

/* "unknown zone 'titel' of 'field'; did you mean 'title'?" */
static void
report_unknown(
	Loader *loader, const xmlNode *node, const char *kind, const char *word, const char **known)
{
	const xmlNode *holder = strcmp(word, (const char *)node->name) == 0 ? node->parent : node;
	const char *in = holder->name ? (const char *)holder->name : "";
	const char *near = nearest_word(word, known);
	if (near)
		report(loader, node, _("unknown %s '%s' in '%s'; did you mean '%s'?"), kind, word,
			in, near);
	else
		report(loader, node, _("unknown %s '%s' in '%s'"), kind, word, in);
}

/* --- checking: words --- */

static const RuleWord *
find_element(const char *element, const char *parent)
{
	for (const RuleWord *word = rule_words; word->element; word++)
		if (!word->attribute && strcmp(word->element, element) == 0 &&
			strcmp(word->parent, parent) == 0)
			return word;
	return NULL;
}

static const RuleWord *
find_attribute(const char *element, const char *attribute)
{
	for (const RuleWord *word = rule_words; word->element; word++)
		if (word->attribute && strcmp(word->element, element) == 0 &&
			strcmp(word->attribute, attribute) == 0)
			return word;
	return NULL;
}

/* The names of the elements below a parent, or (parent NULL) of the attributes of an element. */
static const char **
known_words(const char *parent, const char *element)
{
	GPtrArray *known = g_ptr_array_new();
	for (const RuleWord *word = rule_words; word->element; word++) {
		if (parent && !word->attribute && strcmp(word->parent, parent) == 0)
			g_ptr_array_add(known, (void *)(uintptr_t)word->element);
		if (!parent && word->attribute && strcmp(word->element, element) == 0)
			g_ptr_array_add(known, (void *)(uintptr_t)word->attribute);
	}
	g_ptr_array_add(known, NULL);
	return (const char **)(void *)g_ptr_array_free(known, FALSE);
}

static bool
is_number(const char *text, double low, double high)
{
	char *end;
	double value = g_ascii_strtod(text, &end);
	return end != text && !*end && value >= low && value <= high;
}

static bool
read_region(const char *text, double *region)
{
	g_auto(GStrv) parts = g_strsplit(text, " ", -1);
	if (g_strv_length(parts) != 4)
		return false;
	for (int i = 0; i < 4; i++) {
		if (!is_number(parts[i], 0, 100))
			return false;
		region[i] = g_ascii_strtod(parts[i], NULL);
	}
	return region[0] < region[2] && region[1] < region[3];
}

static void
check_choice(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	g_auto(GStrv) choices = g_strsplit(word->choices, "|", -1);
	if (g_strv_contains((const char *const *)choices, value))
		return;
	g_autofree char *list = g_strjoinv("', '", choices);
	report(loader, node, _("'%s' of '%s' is '%s'; it may be '%s'"), word->attribute,
		(const char *)node->name, value, list);
}

static void
check_pattern(Loader *loader, const xmlNode *node, const char *source)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Pattern) pattern = pattern_compile(source, &error);
	if (!pattern)
		report(loader, node, "%s", error->message);
}

static void
check_xpath(Loader *loader, const xmlNode *node, const char *expression)
{
	xmlXPathContext *context = xmlXPathNewContext(NULL);
	xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(context, (const xmlChar *)expression);
	if (!compiled)
		report(loader, node, _("'%s' is no XPath"), expression);
	xmlXPathFreeCompExpr(compiled);
	xmlXPathFreeContext(context);
}

static void
check_clean(Loader *loader, const xmlNode *node, const char *value)
{
	g_autoptr(GError) error = NULL;
	CleanUps clean;
	if (clean_ups_parse(value, &clean, &error))
		return;
	g_autofree const char **known = clean_up_names();
	if (g_error_matches(error, VANTHU_ERROR, ERR_NOT_FOUND))
		report_unknown(loader, node, _("clean-up"), error->message, known);
	else
		report(loader, node, "%s", error->message);
}

static bool
is_name(const char *text)
{
	return *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

static void
check_value(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	double region[4];
	Zone zone;
	g_autofree const char **zones = zone_names();
	g_autofree const char **types = type_names();
	switch (word->value) {
	case VALUE_NONE:
	case VALUE_WORD:
		break;
	case VALUE_NAME:
		if (!is_name(value))
			report(loader, node,
				_("'%s' of '%s' is '%s'; small letters, digits and '-' make a "
				  "name"),
				word->attribute, (const char *)node->name, value);
		break;
	case VALUE_ZONE:
		if (!zone_parse(value, &zone))
			report_unknown(loader, node, _("zone"), value, zones);
		break;
	case VALUE_TYPE:
		if (!type_lookup(value))
			report_unknown(loader, node, _("type"), value, types);
		break;
	case VALUE_CLEAN:
		check_clean(loader, node, value);
		break;
	case VALUE_PATTERN:
		check_pattern(loader, node, value);
		break;
	case VALUE_XPATH:
		check_xpath(loader, node, value);
		break;
	case VALUE_NUMBER:
		if (!is_number(value, 0, 1000))
			report(loader, node, _("'%s' of '%s' is '%s'; a number is needed"),
				word->attribute, (const char *)node->name, value);
		break;
	case VALUE_REGION:
		if (!read_region(value, region))
			report(loader, node,
				_("'%s' of '%s' is '%s'; left top right bottom in percent are "
				  "needed"),
				word->attribute, (const char *)node->name, value);
		break;
	case VALUE_CHOICE:
		check_choice(loader, node, word, value);
		break;
	}
}

static void
check_attributes(Loader *loader, xmlNode *node)
{
	const char *element = (const char *)node->name;
	g_autofree const char **known = known_words(NULL, element);
	for (xmlAttr *attr = node->properties; attr; attr = attr->next) {
		const RuleWord *word = find_attribute(element, (const char *)attr->name);
		g_autofree char *value = xml_attr(node, (const char *)attr->name);
		if (word)
			check_value(loader, node, word, value ? value : "");
		else
			report_unknown(
				loader, node, _("attribute"), (const char *)attr->name, known);
	}
	for (const RuleWord *word = rule_words; word->element; word++)
		if (word->attribute && word->required && strcmp(word->element, element) == 0 &&
			!xml_peek_attr(node, word->attribute))
			report(loader, node, _("'%s' needs the attribute '%s'"), element,
				word->attribute);
}

static void
check_element(Loader *loader, xmlNode *node, const char *parent)
{
	const char *element = (const char *)node->name;
	if (!find_element(element, parent)) {
		g_autofree const char **known = known_words(parent, NULL);
		report_unknown(loader, node, _("element"), element, known);
		return;
	}
	if (strcmp(element, "check") == 0) /* the checker's */
		return;
	check_attributes(loader, node);
	if (strcmp(element, "pattern") == 0) {
		g_autofree char *source = xml_text(node);
		check_pattern(loader, node, source);
	}
	xml_foreach(child, node)
		check_element(loader, child, element);
}

/* --- building: the words are right by now --- */

static Pattern *
pattern_of(const xmlNode *node, const char *attribute)
{
	const char *source = xml_peek_attr(node, attribute);
	return source ? pattern_compile(source, NULL) : NULL;
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

static GPtrArray *
patterns_of(const xmlNode *node)
{
	GPtrArray *patterns = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	xml_foreach(child, node) {
		g_autofree char *source = xml_text(child);
		Pattern *pattern =
			xml_is(child, "pattern") ? pattern_compile(g_strstrip(source), NULL) : NULL;
		if (pattern)
			g_ptr_array_add(patterns, pattern);
	}
	return patterns;
}

static FieldRule *
build_field(RuleSet *set, const xmlNode *node, const char *rule_id, double confidence)
{
	FieldRule *rule = g_new0(FieldRule, 1);
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
	rule->patterns = patterns_of(node);
	rule->header = pattern_of(node, "header");
	rule->after = pattern_of(node, "after");
	if (region)
		read_region(region, rule->region);
	rule->xpath = xml_attr(node, "xpath");
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
build_records(RuleSet *set, const xmlNode *node)
{
	static const char *const sources[] = { "bullets", "matches", "paragraphs", "table",
		"xpath" };
	RecordRule *rule = g_new0(RecordRule, 1);
	rule->set = set;
	rule->name = xml_attr(node, "name");
	rule->rule_id = g_strdup_printf("%s/%s", set->id, rule->name);
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if (says(node, "from", sources[i]))
			rule->from = (RecordSource)i;
	rule->zone = zone_of(node);
	rule->patterns = patterns_of(node);
	rule->skip = pattern_of(node, "skip");
	rule->when = pattern_of(node, "needs");
	rule->xpath = xml_attr(node, "xpath");
	rule->types = types_of(node);
	rule->confidence = number_of(node, "confidence", 0.93);
	rule->line = (int)xmlGetLineNo((xmlNode *)(void *)node);
	rule->parts = g_ptr_array_new_with_free_func((GDestroyNotify)field_rule_free);
	xml_foreach(child, node)
		if (xml_is(child, "part") || xml_is(child, "column"))
			g_ptr_array_add(rule->parts,
				build_field(set, child, rule->rule_id, rule->confidence));
	return rule;
}

static TypeRule *
build_type(RuleSet *set, const xmlNode *node)
{
	TypeRule *rule = g_new0(TypeRule, 1);
	rule->set = set;
	rule->id = xml_attr(node, "id");
	rule->label = xml_attr(node, "label");
	rule->abbr = xml_attr(node, "abbr");
	if (!rule->abbr)
		rule->abbr = g_strdup("");
	rule->evidence = g_array_new(FALSE, TRUE, sizeof(Evidence));
	rule->line = (int)xmlGetLineNo((xmlNode *)(void *)node);
	xml_foreach(child, node) {
		double sign = xml_is(child, "unless") ? -1 : 1;
		Evidence evidence = { .zone = zone_of(child),
			.match = pattern_of(child, "match"),
			.weight = sign * number_of(child, "weight", 1),
			.line = (int)xmlGetLineNo((xmlNode *)(void *)child) };
		g_array_append_val(rule->evidence, evidence);
	}
	return rule;
}

static void
build_set(RuleSet *set, const xmlNode *root)
{
	xml_foreach(child, root) {
		if (xml_is(child, "document-type"))
			g_ptr_array_add(set->types, build_type(set, child));
		else if (xml_is(child, "field"))
			g_ptr_array_add(set->fields, build_field(set, child, NULL, 0.98));
		else if (xml_is(child, "records"))
			g_ptr_array_add(set->records, build_records(set, child));
	}
}

static RuleSet *
rule_set_new(const char *file, int layer)
{
	RuleSet *set = g_new0(RuleSet, 1);
	set->file = g_strdup(file);
	set->layer = layer;
	set->types = g_ptr_array_new_with_free_func((GDestroyNotify)type_rule_free);
	set->fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_rule_free);
	set->records = g_ptr_array_new_with_free_func((GDestroyNotify)record_rule_free);
	return set;
}

/* Takes doc. A root that is not <rules> is somebody else's file. */
static void
load_tree(Loader *loader, xmlDoc *doc, const char *file)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	if (xml_is(root, "rules")) {
		int before = loader->n_errors;
		loader->set = rule_set_new(file, loader->layer);
		g_ptr_array_add(loader->rules->sets, loader->set);
		check_element(loader, root, "");
		if (loader->n_errors == before) {
			loader->set->id = xml_attr(root, "id");
			loader->set->version = xml_attr(root, "version");
			loader->set->format = xml_attr(root, "format");
			build_set(loader->set, root);
			loader->rules->files++;
		}
	}
	xmlFreeDoc(doc);
}

/* --- overriding: a later folder's rules replace those of earlier ones --- */

static bool
same_format(const RuleSet *a, const RuleSet *b)
{
	return g_strcmp0(a->format, b->format) == 0;
}

/* Whether a set of a later folder has a rule of that name. */
static bool
is_overridden(const Rules *rules, const RuleSet *set, const char *name, size_t list, size_t name_at)
{
	for (guint i = 0; i < rules->sets->len; i++) {
		const RuleSet *other = rules->sets->pdata[i];
		if (other->layer <= set->layer || !same_format(other, set))
			continue;
		const GPtrArray *others = G_STRUCT_MEMBER(GPtrArray *, other, list);
		for (guint n = 0; n < others->len; n++)
			if (strcmp(G_STRUCT_MEMBER(char *, others->pdata[n], name_at), name) == 0)
				return true;
	}
	return false;
}

static void
gather(Rules *rules, GPtrArray *into, size_t list, size_t name_at)
{
	for (guint i = 0; i < rules->sets->len; i++) {
		const RuleSet *set = rules->sets->pdata[i];
		const GPtrArray *own = G_STRUCT_MEMBER(GPtrArray *, set, list);
		for (guint n = 0; n < own->len; n++)
			if (!is_overridden(rules, set,
				    G_STRUCT_MEMBER(char *, own->pdata[n], name_at), list, name_at))
				g_ptr_array_add(into, own->pdata[n]);
	}
}

static Loader
loader_begin(void)
{
	Rules *rules = g_new0(Rules, 1);
	rules->sets = g_ptr_array_new_with_free_func((GDestroyNotify)rule_set_free);
	rules->types = g_ptr_array_new();
	rules->fields = g_ptr_array_new();
	rules->records = g_ptr_array_new();
	return (Loader){ .rules = rules, .errors = g_string_new(NULL) };
}

static Rules *
loader_end(Loader *loader, GError **err)
{
	g_autoptr(GString) errors = loader->errors;
	if (loader->n_errors > 0) {
		fail(err, ERR_FORMAT, "%s", errors->str);
		rules_free(loader->rules);
		return NULL;
	}
	gather(loader->rules, loader->rules->types, offsetof(RuleSet, types),
		offsetof(TypeRule, id));
	gather(loader->rules, loader->rules->fields, offsetof(RuleSet, fields),
		offsetof(FieldRule, name));
	gather(loader->rules, loader->rules->records, offsetof(RuleSet, records),
		offsetof(RecordRule, name));
	return loader->rules;
}

/* --- files --- */

static void
load_file(Loader *loader, const char *path)
{
	g_autoptr(GError) error = NULL;
	xmlDoc *doc = xml_load(path, &error);
	if (doc) {
		load_tree(loader, doc, path);
		return;
	}
	loader->n_errors++;
	g_string_append_printf(
		loader->errors, "%s%s", loader->errors->len ? "\n" : "", error->message);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
load_folder(Loader *loader, const char *folder, int depth, GError **err)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	if (!dir)
		return fail(err, ERR_NOT_FOUND, _("can't read the folder of rules '%s'"), folder);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir))
		if (*name != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
		bool below = depth < DEPTH_MAX && g_file_test(path, G_FILE_TEST_IS_DIR);
		if (below && !load_folder(loader, path, depth + 1, err))
			return false;
		if (!below && g_str_has_suffix(path, ".xml"))
			load_file(loader, path);
	}
	return true;
}

Rules *
rules_load(const char *const *folders, GError **err)
{
	Loader loader = loader_begin();
	for (; *folders; folders++, loader.layer++) {
		if (!load_folder(&loader, *folders, 0, err)) {
			g_string_free(loader.errors, TRUE);
			rules_free(loader.rules);
			return NULL;
		}
	}
	return loader_end(&loader, err);
}

Rules *
rules_parse(const char *xml, size_t size, const char *name, GError **err)
{
	xmlDoc *doc = xml_parse(xml, size, name, err);
	if (!doc)
		return NULL;
	Loader loader = loader_begin();
	load_tree(&loader, doc, name);
	return loader_end(&loader, err);
}
