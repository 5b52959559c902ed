/* The names that the XPath of <check> and `compute` asks for -> those that no rule reads and that
 * look like one that a rule reads: a misspelt name would be empty for ever, and its check silent or
 * always loud. */
#include "extract/rule_loader.h"

#include <string.h>

typedef struct {
	RuleSet *set;
	int line;
	char *name;
} AskedName;

static void
asked_free(void *data)
{
	AskedName *asked = data;
	g_free(asked->name);
	g_free(asked);
}

static bool
is_name_char(char c, bool first)
{
	return g_ascii_isalpha(c) || c == '_' || (unsigned char)c >= 0x80 ||
		(!first && (g_ascii_isdigit(c) || c == '-' || c == '.'));
}

/* Behind white space at p: a function, an axis, or a prefix, then it is no element's name. */
static bool
is_element_before(const char *p)
{
	p += strspn(p, " \t\n");
	return *p != '(' && *p != ':';
}

static void
ask(Loader *loader, const xmlNode *node, const char *name, size_t size)
{
	static const char *const words[] = { "and", "or", "div", "mod", "dossier", "document",
		NULL };
	g_autofree char *copy = g_strndup(name, size);
	if (g_strv_contains(words, copy))
		return;
	AskedName *asked = g_new(AskedName, 1);
	asked->set = loader->set;
	asked->line = (int)xmlGetLineNo((xmlNode *)(void *)node);
	asked->name = g_steal_pointer(&copy);
	g_ptr_array_add(loader->asked, asked);
}

/* Every element's name in an expression; what is quoted, and attributes and variables, are none. */
static void
ask_names(Loader *loader, const xmlNode *node, const char *p, const char *end)
{
	while (p < end) {
		if (*p == '\'' || *p == '"') {
			const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
			p = close ? close + 1 : end;
			continue;
		}
		bool other = *p == '@' || *p == '$';
		const char *name = p + other, *to = name;
		while (to < end && is_name_char(*to, to == name))
			to++;
		if (to > name && !other && is_element_before(to))
			ask(loader, node, name, (size_t)(to - name));
		if (to == name && g_ascii_isdigit(*to))
			to += strspn(to, "0123456789.");
		p = MAX(to, p + 1);
	}
}

static void
ask_attribute(Loader *loader, const xmlNode *node, const char *attribute)
{
	g_autofree char *text = xml_attr(node, attribute);
	if (text)
		ask_names(loader, node, text, text + strlen(text));
}

static void
ask_message(Loader *loader, const xmlNode *node, const char *attribute)
{
	g_autofree char *text = xml_attr(node, attribute);
	for (const char *p = text ? strchr(text, '{') : NULL; p; p = strchr(p + 1, '{'))
		ask_names(loader, node, p + 1, p + strcspn(p, "}"));
}

void
names_gather(Loader *loader, const xmlNode *root)
{
	static const char *const expressions[] = { "for", "when", "known", "test", "by" };
	if (!loader->asked)
		loader->asked = g_ptr_array_new_with_free_func(asked_free);
	xml_foreach(child, root) {
		if (xml_is(child, "field"))
			ask_attribute(loader, child, "compute");
		if (!xml_is(child, "check"))
			continue;
		for (size_t i = 0; i < G_N_ELEMENTS(expressions); i++)
			ask_attribute(loader, child, expressions[i]);
		ask_message(loader, child, "message");
		ask_message(loader, child, "message-en");
		ask_message(loader, child, "unknown");
		ask_message(loader, child, "unknown-en");
	}
}

/* --- what rules read --- */

static void
add_groups(GPtrArray *known, const GPtrArray *patterns)
{
	for (guint i = 0; i < patterns->len; i++)
		for (int n = 1; n <= pattern_groups(patterns->pdata[i]); n++) {
			const char *name = pattern_group_name(patterns->pdata[i], n);
			if (name)
				g_ptr_array_add(known, (void *)(uintptr_t)name);
		}
}

static void
add_fields(GPtrArray *known, const GPtrArray *fields)
{
	for (guint i = 0; i < fields->len; i++) {
		const FieldRule *rule = fields->pdata[i];
		g_ptr_array_add(known, rule->name);
		add_groups(known, rule->patterns);
	}
}

/* The program's own, beside those of rules. */
static void
add_own(GPtrArray *known)
{
	static const char *const own[] = { "type-name", "organ-ref", "parent-organ-ref",
		"award-name", "unit", "group" };
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		g_ptr_array_add(known, (void *)(uintptr_t)own[i]);
}

void
names_check(Loader *loader)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();
	add_fields(known, loader->rules->fields);
	for (guint i = 0; i < loader->rules->records->len; i++) {
		const RecordRule *rule = loader->rules->records->pdata[i];
		g_ptr_array_add(known, rule->name);
		add_groups(known, rule->patterns);
		add_fields(known, rule->parts);
	}
	add_own(known);
	g_ptr_array_add(known, NULL);
	const char *const *names = (const char *const *)known->pdata;
	for (guint i = 0; loader->asked && i < loader->asked->len; i++) {
		const AskedName *asked = loader->asked->pdata[i];
		const char *near = g_strv_contains(names, asked->name)
			? NULL
			: nearest_word(asked->name, names);
		g_autofree char *text =
			g_strdup_printf(_("nothing reads a '%s'; did you mean '%s'?"), asked->name,
				near ? near : "");
		if (near)
			rule_report_at(loader, asked->set->file, asked->line, text);
	}
}
