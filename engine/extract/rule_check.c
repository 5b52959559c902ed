/* Rule files are checked word by word against rule_words, before anything is built of them. */
#include "extract/rule_loader.h"

#include "document/query.h"

#include <string.h>

enum { ERRORS_MAX = 100 };

void
rule_report(Loader *loader, const xmlNode *node, const char *format, ...)
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

void
rule_report_unknown(Loader *loader, const xmlNode *node, const char *kind, const char *word,
	const char *const *known)
{
	const xmlNode *holder = strcmp(word, (const char *)node->name) == 0 ? node->parent : node;
	const char *in = holder->name ? (const char *)holder->name : "";
	const char *near = nearest_word(word, known);
	if (near)
		rule_report(loader, node, _("unknown %s '%s' in '%s'; did you mean '%s'?"), kind,
			word, in, near);
	else
		rule_report(loader, node, _("unknown %s '%s' in '%s'"), kind, word, in);
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

bool
region_read(const char *text, double *ret_region, bool *ret_points)
{
	g_auto(GStrv) parts = g_strsplit(text, " ", -1);
	guint n = g_strv_length(parts);
	*ret_points = n == 5 && strcmp(parts[4], "pt") == 0;
	if (n != 4 && !*ret_points)
		return false;
	for (int i = 0; i < 4; i++) {
		if (!is_number(parts[i], 0, *ret_points ? 10000 : 100))
			return false;
		ret_region[i] = g_ascii_strtod(parts[i], NULL);
	}
	return ret_region[0] < ret_region[2] && ret_region[1] < ret_region[3];
}

/* --- checking: pieces of patterns --- */

static void
unknown_let(Loader *loader, const xmlNode *node, const char *name)
{
	g_autofree gpointer *names = g_hash_table_get_keys_as_array(loader->lets, NULL);
	const char *near = nearest_word(name, (const char *const *)names);
	if (near)
		rule_report(loader, node, _("no <let name='%s'>; did you mean '%s'?"), name, near);
	else
		rule_report(loader, node, _("no <let name='%s'>"), name);
}

char *
lets_expand(Loader *loader, const xmlNode *node, const char *source)
{
	GString *out = g_string_new(NULL);
	for (const char *p = source; *p;) {
		size_t inside = g_str_has_prefix(p, "${") ? strcspn(p + 2, "}") : 0;
		if (inside == 0 || !p[2 + inside]) {
			g_string_append_c(out, *p++);
			continue;
		}
		g_autofree char *name = g_strndup(p + 2, inside);
		const char *piece = g_hash_table_lookup(loader->lets, name);
		if (piece)
			g_string_append_printf(out, "(?:%s)", piece);
		else
			unknown_let(loader, node, name);
		p += inside + 3;
	}
	return g_string_free(out, FALSE);
}

/* --- checking: values, one function a kind --- */

static void
wants(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value,
	const char *what)
{
	rule_report(loader, node, _("'%s' of '%s' is '%s'; %s"), word->attribute,
		(const char *)node->name, value, what);
}

static void
check_choice(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	g_auto(GStrv) choices = g_strsplit(word->choices, "|", -1);
	if (g_strv_contains((const char *const *)choices, value))
		return;
	const char *near = nearest_word(value, (const char *const *)choices);
	g_autofree char *list = g_strjoinv("', '", choices);
	if (near)
		rule_report(loader, node, _("'%s' of '%s' is '%s'; did you mean '%s'?"),
			word->attribute, (const char *)node->name, value, near);
	else
		rule_report(loader, node, _("'%s' of '%s' is '%s'; it may be '%s'"),
			word->attribute, (const char *)node->name, value, list);
}

/* What compiles is kept for the building. */
static void
check_pattern(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	(void)word;
	g_autoptr(GError) error = NULL;
	g_autofree char *source = lets_expand(loader, node, value);
	if (g_hash_table_contains(loader->compiled, source))
		return;
	Pattern *pattern = pattern_compile(source, &error);
	if (pattern)
		g_hash_table_insert(loader->compiled, g_steal_pointer(&source), pattern);
	else
		rule_report(loader, node, "%s", error->message);
}

static void
check_xpath(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Query) query = query_compile(value, &error);
	if (!query)
		rule_report(loader, node, "%s: %s", word->attribute, error->message);
}

static void
check_clean(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	(void)word;
	g_autoptr(GError) error = NULL;
	CleanUps clean;
	if (clean_ups_parse(value, &clean, &error))
		return;
	g_autofree const char **known = clean_up_names();
	if (g_error_matches(error, VANTHU_ERROR, ERR_NOT_FOUND))
		rule_report_unknown(loader, node, _("clean-up"), error->message, known);
	else
		rule_report(loader, node, "%s", error->message);
}

static void
check_name(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	if (!*value || strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(value))
		wants(loader, node, word, value, _("small letters, digits and '-' make a name"));
}

static void
check_zone(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	(void)word;
	Zone zone;
	g_autofree const char **zones = zone_names();
	if (!zone_parse(value, &zone))
		rule_report_unknown(loader, node, _("zone"), value, zones);
}

static void
check_type(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	(void)word;
	g_autofree const char **types = type_names();
	if (!type_lookup(value))
		rule_report_unknown(loader, node, _("type"), value, types);
}

static void
check_number(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	bool share = strcmp(word->attribute, "confidence") == 0;
	if (!is_number(value, 0, share ? 1 : 1000))
		wants(loader, node, word, value,
			share ? _("a number from 0 to 1 is needed") : _("a number is needed"));
}

static void
check_region(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	double region[4];
	bool points;
	if (!region_read(value, region, &points))
		wants(loader, node, word, value,
			_("left top right bottom in percent (or followed by 'pt') are needed"));
}

static void
check_date(Loader *loader, const xmlNode *node, const RuleWord *word, const char *value)
{
	Date date;
	if (strlen(value) != 10 || !date_parse_iso(value, &date))
		wants(loader, node, word, value, _("a date like 2026-11-23 is needed"));
}

typedef void (*CheckValue)(
	Loader *loader, const xmlNode *node, const RuleWord *word, const char *value);

static const CheckValue check_values[] = {
	[VALUE_NONE] = NULL,
	[VALUE_WORD] = NULL,
	[VALUE_NAME] = check_name,
	[VALUE_ZONE] = check_zone,
	[VALUE_TYPE] = check_type,
	[VALUE_CLEAN] = check_clean,
	[VALUE_PATTERN] = check_pattern,
	[VALUE_XPATH] = check_xpath,
	[VALUE_NUMBER] = check_number,
	[VALUE_REGION] = check_region,
	[VALUE_DATE] = check_date,
	[VALUE_CHOICE] = check_choice,
};

/* An element may be asked for as an attribute: <field pattern="…">. */
static void
unknown_attribute(Loader *loader, const xmlNode *node, const char *name)
{
	const char *element = (const char *)node->name;
	g_autofree const char **known = known_words(NULL, element);
	if (find_element(name, element))
		rule_report(loader, node,
			_("'%s' is no attribute of '%s' but an element in it: <%s>…</%s>"), name,
			element, name, name);
	else
		rule_report_unknown(loader, node, _("attribute"), name, known);
}

static void
check_attributes(Loader *loader, xmlNode *node)
{
	const char *element = (const char *)node->name;
	for (xmlAttr *attr = node->properties; attr; attr = attr->next) {
		const RuleWord *word = find_attribute(element, (const char *)attr->name);
		g_autofree char *value = xml_attr(node, (const char *)attr->name);
		if (word && check_values[word->value])
			check_values[word->value](loader, node, word, value ? value : "");
		else if (!word)
			unknown_attribute(loader, node, (const char *)attr->name);
	}
	for (const RuleWord *word = rule_words; word->element; word++)
		if (word->attribute && word->required && strcmp(word->element, element) == 0 &&
			!xml_peek_attr(node, word->attribute))
			rule_report(loader, node, _("'%s' needs the attribute '%s'"), element,
				word->attribute);
}

/* A right word in the wrong place is told where it belongs. */
static void
unknown_element(Loader *loader, const xmlNode *node, const char *element, const char *parent)
{
	g_autofree const char **known = known_words(parent, NULL);
	g_autoptr(GString) parents = g_string_new(NULL);
	for (const RuleWord *word = rule_words; word->element; word++)
		if (!word->attribute && *word->parent && strcmp(word->element, element) == 0)
			g_string_append_printf(
				parents, "%s'%s'", parents->len ? ", " : "", word->parent);
	if (parents->len && *parent)
		rule_report(loader, node, _("'%s' does not stand in '%s' but in %s"), element,
			parent, parents->str);
	else
		rule_report_unknown(loader, node, _("element"), element, known);
}

static void
check_element(Loader *loader, xmlNode *node, const char *parent)
{
	const char *element = (const char *)node->name;
	if (!find_element(element, parent)) {
		unknown_element(loader, node, element, parent);
		return;
	}
	check_attributes(loader, node);
	if (strcmp(element, "pattern") == 0) {
		g_autofree char *source = xml_text(node);
		check_pattern(loader, node, NULL, g_strstrip(source));
	}
	xml_foreach(child, node)
		check_element(loader, child, element);
}

void
rule_check(Loader *loader, xmlNode *root)
{
	check_element(loader, root, "");
}

void
rule_report_at(Loader *loader, const char *file, int line, const char *text)
{
	loader->n_errors++;
	g_string_append_printf(
		loader->errors, "%s%s:%d: %s", loader->errors->len ? "\n" : "", file, line, text);
}
