/* Rule files become Rules: read below the folders, checked word by word against rule_words, then
 * built. Every mistake of every file is told, with file and line, before anything is given back. */
#include "extract/extract.h"
#include "extract/rule_loader.h"

#include <string.h>

enum { DEPTH_MAX = 4 };

static RuleSet *
rule_set_new(const char *file, int layer)
{
	RuleSet *set = g_new0(RuleSet, 1);
	set->file = g_strdup(file);
	set->layer = layer;
	set->types = g_ptr_array_new_with_free_func((GDestroyNotify)type_rule_free);
	set->fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_rule_free);
	set->records = g_ptr_array_new_with_free_func((GDestroyNotify)record_rule_free);
	set->values = g_ptr_array_new_with_free_func((GDestroyNotify)value_list_free);
	return set;
}

static void
add_lets(Loader *loader, const xmlNode *root)
{
	xml_foreach(child, root) {
		g_autofree char *name = xml_is(child, "let") ? xml_attr(child, "name") : NULL;
		g_autofree char *text = xml_text(child);
		if (name)
			g_hash_table_replace(loader->lets, g_steal_pointer(&name),
				lets_expand(loader, child, g_strstrip(text)));
	}
}

/* Another file of the same folder: its <let>s, and no further. */
static void
include_file(Loader *loader, const xmlNode *node)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *name = xml_attr(node, "file");
	g_autofree char *folder = g_path_get_dirname(loader->set->file);
	g_autofree char *path = g_build_filename(folder, name ? name : "", NULL);
	if (!name || !*name || strchr(name, '/') || *name == '.') {
		rule_report(loader, node, _("<include> names a file of the same folder"));
		return;
	}
	g_autoptr(xmlDoc) doc = xml_load(path, &error);
	if (doc)
		add_lets(loader, xmlDocGetRootElement(doc));
	else
		rule_report(loader, node, "%s", error->message);
}

static void
gather_lets(Loader *loader, const xmlNode *root)
{
	g_hash_table_remove_all(loader->lets);
	g_hash_table_remove_all(loader->compiled);
	xml_foreach(child, root)
		if (xml_is(child, "include"))
			include_file(loader, child);
	add_lets(loader, root);
}

static void
date_of(const xmlNode *node, const char *attribute, Date *ret)
{
	const char *text = xml_peek_attr(node, attribute);
	if (text)
		date_parse_iso(text, ret);
}

static void
build(Loader *loader, const xmlNode *root)
{
	RuleSet *set = loader->set;
	set->id = xml_attr(root, "id");
	set->version = xml_attr(root, "version");
	set->format = xml_attr(root, "format");
	set->scope = xml_attr(root, "scope");
	date_of(root, "from", &set->from);
	date_of(root, "to", &set->to);
	rule_build(loader, root);
	loader->rules->files++;
}

/* <lexicon><phrases>…</phrases><names>…</names></lexicon>: all folders add to one. */
static void
load_lexicon(Loader *loader, const xmlNode *root)
{
	xml_foreach(node, root) {
		g_autofree char *text = xml_text(node);
		bool names = xml_is(node, "names");
		if (names || xml_is(node, "phrases"))
			lexicon_add(loader->rules->lexicon, text, names);
		else
			rule_report(loader, node,
				_("'lexicon' has no element '%s'; it takes 'phrases' and 'names'"),
				(const char *)node->name);
	}
}

/* Takes doc. A root that is none of these is somebody else's file. */
static void
load_tree(Loader *loader, xmlDoc *doc, const char *file)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	bool lexicon = xml_is(root, "lexicon"), directory = xml_is(root, "directory");
	bool rules = directory || xml_is(root, "rules");
	if (lexicon || rules) {
		loader->set = rule_set_new(file, loader->layer);
		g_ptr_array_add(loader->rules->sets, loader->set);
	}
	if (rules) {
		int before = loader->n_errors;
		gather_lets(loader, root);
		rule_check(loader, root);
		if (loader->n_errors == before) /* else it would tell what follows from them */
			rule_sense(loader, root);
		names_gather(loader, root);
		if (loader->n_errors == before && directory)
			directory_build(loader, root);
		else if (loader->n_errors == before)
			build(loader, root);
	}
	if (lexicon)
		load_lexicon(loader, root);
	xmlFreeDoc(doc);
}

/* --- overriding: a later folder's rules replace those of earlier ones --- */

static bool
same_format(const RuleSet *a, const RuleSet *b)
{
	return g_strcmp0(a->format, b->format) == 0;
}

/* What gather() needs to know of a list of rules: where it lies in a set, and in each rule its name
 * and what it does to earlier ones. */
typedef struct {
	size_t list, name, override;
} RuleKind;

static const RuleKind kind_types = { offsetof(RuleSet, types), offsetof(TypeRule, id),
	offsetof(TypeRule, override) };
static const RuleKind kind_fields = { offsetof(RuleSet, fields), offsetof(FieldRule, name),
	offsetof(FieldRule, override) };
static const RuleKind kind_records = { offsetof(RuleSet, records), offsetof(RecordRule, name),
	offsetof(RecordRule, override) };

static GPtrArray *
list_of(const RuleSet *set, const RuleKind *kind)
{
	return G_STRUCT_MEMBER(GPtrArray *, set, kind->list);
}

static const char *
name_of(const void *rule, const RuleKind *kind)
{
	return G_STRUCT_MEMBER(char *, rule, kind->name);
}

static Override
override_of(const void *rule, const RuleKind *kind)
{
	return G_STRUCT_MEMBER(Override, rule, kind->override);
}

/* Whether a set of a later folder has a rule that stands for those of that name. */
static bool
is_replaced(const Rules *rules, const RuleSet *set, const char *name, const RuleKind *kind)
{
	for (guint i = 0; i < rules->sets->len; i++) {
		const RuleSet *other = rules->sets->pdata[i];
		if (other->layer <= set->layer || !same_format(other, set))
			continue;
		const GPtrArray *others = list_of(other, kind);
		for (guint n = 0; n < others->len; n++)
			if (override_of(others->pdata[n], kind) == OVERRIDE_REPLACE &&
				strcmp(name_of(others->pdata[n], kind), name) == 0)
				return true;
	}
	return false;
}

/* One round of the gathering: rules that are asked before, in place, or after. */
static void
gather_round(Rules *rules, GPtrArray *into, const RuleKind *kind, Override round)
{
	for (guint i = 0; i < rules->sets->len; i++) {
		const RuleSet *set = rules->sets->pdata[i];
		const GPtrArray *own = list_of(set, kind);
		for (guint n = 0; n < own->len; n++)
			if (override_of(own->pdata[n], kind) == round &&
				!is_replaced(rules, set, name_of(own->pdata[n], kind), kind))
				g_ptr_array_add(into, own->pdata[n]);
	}
}

static void
gather(Rules *rules, GPtrArray *into, const RuleKind *kind)
{
	static const Override rounds[] = { OVERRIDE_BEFORE, OVERRIDE_REPLACE, OVERRIDE_AFTER };
	for (size_t i = 0; i < G_N_ELEMENTS(rounds); i++)
		gather_round(rules, into, kind, rounds[i]);
}

/* --- extending: what is added to a rule of an earlier folder --- */

static void
extend_type(TypeRule *into, TypeRule *from)
{
	g_array_append_vals(into->evidence, from->evidence->data, from->evidence->len);
	g_array_set_size(from->evidence, 0); /* its patterns are the other's now */
}

/* A part takes the place of the one of its name, or comes first: columns are given out in order. */
static void
extend_records(RecordRule *into, RecordRule *from)
{
	while (from->parts->len > 0) {
		FieldRule *part = g_ptr_array_steal_index(from->parts, from->parts->len - 1);
		guint at = 0;
		while (at < into->parts->len &&
			strcmp(((const FieldRule *)into->parts->pdata[at])->name, part->name) != 0)
			at++;
		if (at < into->parts->len) {
			field_rule_free(into->parts->pdata[at]);
			into->parts->pdata[at] = part;
		} else {
			g_ptr_array_insert(into->parts, 0, part);
		}
	}
}

static void
nothing_to_extend(Loader *loader, const RuleSet *set, int line, const char *name)
{
	g_autofree char *text = g_strdup_printf(
		_("override='extend', but no earlier folder has a '%s' to extend"), name);
	rule_report_at(loader, set->file, line, text);
}

static void
extend_all_types(Loader *loader)
{
	for (guint i = 0; i < loader->rules->sets->len; i++) {
		const RuleSet *set = loader->rules->sets->pdata[i];
		for (guint n = 0; n < set->types->len; n++) {
			TypeRule *own = set->types->pdata[n], *other = NULL;
			if (own->override != OVERRIDE_EXTEND)
				continue;
			for (guint t = 0; t < loader->rules->types->len && !other; t++) {
				TypeRule *type = loader->rules->types->pdata[t];
				if (strcmp(type->id, own->id) == 0)
					other = type;
			}
			if (other)
				extend_type(other, own);
			else
				nothing_to_extend(loader, set, own->line, own->id);
		}
	}
}

/* The first rule of the name that makes its records in the same way. */
static void
extend_all_records(Loader *loader)
{
	for (guint i = 0; i < loader->rules->sets->len; i++) {
		const RuleSet *set = loader->rules->sets->pdata[i];
		for (guint n = 0; n < set->records->len; n++) {
			RecordRule *own = set->records->pdata[n], *other = NULL;
			if (own->override != OVERRIDE_EXTEND)
				continue;
			for (guint r = 0; r < loader->rules->records->len && !other; r++) {
				RecordRule *rule = loader->rules->records->pdata[r];
				if (strcmp(rule->name, own->name) == 0 && rule->from == own->from)
					other = rule;
			}
			if (other)
				extend_records(other, own);
			else
				nothing_to_extend(loader, set, own->line, own->name);
		}
	}
}

/* --- enumerations: named in one file, perhaps listed in another --- */

static const ValueList *
find_values(const Rules *rules, const char *name)
{
	const ValueList *found = NULL;
	for (guint i = 0; i < rules->sets->len; i++) {
		const GPtrArray *lists = ((const RuleSet *)rules->sets->pdata[i])->values;
		for (guint n = 0; n < lists->len; n++)
			if (strcmp(((const ValueList *)lists->pdata[n])->name, name) == 0)
				found = lists->pdata[n]; /* the last folder's counts */
	}
	return found;
}

static void
no_values(Loader *loader, const FieldRule *rule)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < loader->rules->sets->len; i++) {
		const GPtrArray *lists = ((const RuleSet *)loader->rules->sets->pdata[i])->values;
		for (guint n = 0; n < lists->len; n++)
			g_ptr_array_add(names, ((const ValueList *)lists->pdata[n])->name);
	}
	g_ptr_array_add(names, NULL);
	const char *near = nearest_word(rule->values_name, (const char *const *)names->pdata);
	g_autofree char *text = near
		? g_strdup_printf(_("no <values name='%s'> in any file; did you mean '%s'?"),
			  rule->values_name, near)
		: g_strdup_printf(_("no <values name='%s'> in any file"), rule->values_name);
	rule_report_at(loader, rule->set->file, rule->line, text);
}

static void
link_values(Loader *loader, GPtrArray *fields)
{
	for (guint i = 0; i < fields->len; i++) {
		FieldRule *rule = fields->pdata[i];
		if (!rule->values_name)
			continue;
		rule->values = find_values(loader->rules, rule->values_name);
		if (!rule->values)
			no_values(loader, rule);
	}
}

static Loader
loader_begin(void)
{
	Rules *rules = g_new0(Rules, 1);
	rules->sets = g_ptr_array_new_with_free_func((GDestroyNotify)rule_set_free);
	rules->organs = g_ptr_array_new_with_free_func((GDestroyNotify)organ_free);
	rules->types = g_ptr_array_new();
	rules->fields = g_ptr_array_new();
	rules->records = g_ptr_array_new();
	rules->lexicon = lexicon_new();
	return (Loader){ .rules = rules,
		.errors = g_string_new(NULL),
		.lets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.compiled = g_hash_table_new_full(
			g_str_hash, g_str_equal, g_free, (GDestroyNotify)pattern_free) };
}

static void
join(Loader *loader)
{
	Rules *rules = loader->rules;
	gather(rules, rules->types, &kind_types);
	gather(rules, rules->fields, &kind_fields);
	gather(rules, rules->records, &kind_records);
	extend_all_types(loader);
	extend_all_records(loader);
	link_values(loader, rules->fields);
	for (guint i = 0; i < rules->records->len; i++)
		link_values(loader, ((RecordRule *)rules->records->pdata[i])->parts);
	rules_sense(loader);
	names_check(loader);
}

static Rules *
loader_end(Loader *loader, GError **err)
{
	if (loader->n_errors == 0)
		join(loader);
	g_autoptr(GString) errors = loader->errors;
	g_hash_table_unref(loader->lets);
	g_hash_table_unref(loader->compiled);
	g_clear_pointer(&loader->asked, g_ptr_array_unref);
	if (loader->n_errors == 0)
		return loader->rules;
	fail(err, ERR_FORMAT, "%s", errors->str);
	rules_free(loader->rules);
	return NULL;
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
			loader.n_errors++;
			loader_end(&loader, NULL);
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
