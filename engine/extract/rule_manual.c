/* The tables of the rule language become a manual and a schema. */
#include "extract/rule_manual.h"

#include "document/query.h"
#include "extract/rule.h"

#include <string.h>

/* What a kind of value is called in the manual, and what the schema says of it. */
static const struct {
	const char *help, *schema;
} kinds[] = {
	[VALUE_NONE] = { "", "<text/>" },
	[VALUE_WORD] = { "text", "<text/>" },
	[VALUE_NAME] = { "name",
		"<data type=\"string\"><param name=\"pattern\">[a-z0-9\\-]+"
		"</param></data>" },
	[VALUE_ZONE] = { "zone", "<ref name=\"zone\"/>" },
	[VALUE_TYPE] = { "type", "<ref name=\"type\"/>" },
	[VALUE_CLEAN] = { "clean-ups",
		"<list><zeroOrMore><ref name=\"clean-up\"/></zeroOrMore>"
		"</list>" },
	[VALUE_PATTERN] = { "pattern", "<text/>" },
	[VALUE_XPATH] = { "XPath",
		"<data type=\"string\"><param name=\"minLength\">1</param>"
		"</data>" },
	[VALUE_NUMBER] = { "number",
		"<data type=\"decimal\"><param name=\"minInclusive\">0"
		"</param><param name=\"maxInclusive\">1000</param></data>" },
	[VALUE_REGION] = { "box",
		"<data type=\"string\"><param name=\"pattern\">[0-9.]+( "
		"[0-9.]+){3}( pt)?</param></data>" },
	[VALUE_DATE] = { "date",
		"<data type=\"date\"><param name=\"pattern\">[0-9]{4}-[0-9]{2}-"
		"[0-9]{2}</param></data>" },
	[VALUE_CHOICE] = { "", "" },
};

/* --- Markdown --- */

/* A '|' would end the cell. */
static void
append_cell(GString *out, const char *text)
{
	for (const char *p = text; *p; p++)
		g_string_append_printf(out, *p == '|' ? "\\%c" : "%c", *p);
}

static void
print_row(GString *out, const char *name, const char *kind, const char *help, bool must)
{
	g_string_append_printf(out, "| `%s`%s | ", name, must ? " *" : "");
	append_cell(out, kind);
	g_string_append(out, " | ");
	append_cell(out, help);
	g_string_append(out, " |\n");
}

static char *
choices_of(const RuleWord *word)
{
	g_auto(GStrv) choices = g_strsplit(word->choices, "|", -1);
	g_autofree char *list = g_strjoinv("`, `", choices);
	return g_strdup_printf("`%s`", list);
}

/* The elements that an element may stand in: "`records`, `column`". */
static char *
parents_of(const char *element)
{
	GString *out = g_string_new(NULL);
	for (const RuleWord *word = rule_words; word->element; word++)
		if (!word->attribute && strcmp(word->element, element) == 0 && *word->parent)
			g_string_append_printf(out, "%s`%s`", out->len ? ", " : "", word->parent);
	return g_string_free(out, FALSE);
}

static bool
is_first_row(const RuleWord *word)
{
	for (const RuleWord *other = rule_words; other < word; other++)
		if (!other->attribute && strcmp(other->element, word->element) == 0)
			return false;
	return true;
}

static void
print_element(const RuleWord *element, GString *out)
{
	bool any = false;
	g_autofree char *parents = parents_of(element->element);
	g_string_append_printf(out, "**`<%s>`**%s%s: %s.\n", element->element,
		*parents ? " in " : "", parents, element->help);
	for (const RuleWord *word = rule_words; word->element; word++) {
		if (!word->attribute || strcmp(word->element, element->element) != 0)
			continue;
		g_autofree char *kind = word->value == VALUE_CHOICE
			? choices_of(word)
			: g_strdup(kinds[word->value].help);
		if (!any)
			g_string_append(out, "\n| Attribute | | |\n|---|---|---|\n");
		any = true;
		print_row(out, word->attribute, kind, word->help, word->required);
	}
	g_string_append_c(out, '\n');
}

static void
print_elements(bool vietnamese, GString *out)
{
	(void)vietnamese;
	for (const RuleWord *word = rule_words; word->element; word++)
		if (!word->attribute && is_first_row(word))
			print_element(word, out);
	g_string_append(out, "\\* must be there.\n");
}

static void
print_pair(GString *out, const char *name, const char *help)
{
	g_string_append_printf(out, "| `%s` | ", name);
	append_cell(out, help);
	g_string_append(out, " |\n");
}

static void
print_types(bool vietnamese, GString *out)
{
	g_string_append(out, "| Type | |\n|---|---|\n");
	for (const Type *type = extract_types; type->name; type++)
		print_pair(out, type->name, vietnamese ? type->help_vi : type->help_en);
}

static void
print_clean_ups(bool vietnamese, GString *out)
{
	g_string_append(out, "| Clean-up | |\n|---|---|\n");
	for (const CleanUp *clean = extract_clean_ups; clean->name; clean++)
		print_pair(out, clean->name, vietnamese ? clean->help_vi : clean->help_en);
}

static void
print_zones(bool vietnamese, GString *out)
{
	g_string_append(out, "| Zone | |\n|---|---|\n");
	for (int zone = 0; zone < ZONE_COUNT; zone++)
		print_pair(out, zone_name((Zone)zone), zone_help((Zone)zone, vietnamese));
}

static void
print_functions(bool vietnamese, GString *out)
{
	g_string_append(out, "| Function | |\n|---|---|\n");
	for (const QueryFunction *function = query_functions; function->name; function++) {
		g_autofree char *call = g_strdup_printf("%s()", function->name);
		print_pair(out, call, vietnamese ? function->help_vi : function->help_en);
	}
}

static const struct {
	const char *name;
	void (*print)(bool vietnamese, GString *out);
} parts[] = {
	{ "elements", print_elements },
	{ "types", print_types },
	{ "clean-ups", print_clean_ups },
	{ "zones", print_zones },
	{ "functions", print_functions },
};

const char *const rule_manual_parts[] = { "elements", "types", "clean-ups", "zones", "functions",
	NULL };

bool
rule_manual_print(const char *part, bool vietnamese, GString *out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		if (strcmp(parts[i].name, part) != 0)
			continue;
		parts[i].print(vietnamese, out);
		return true;
	}
	return false;
}

/* --- RELAX NG --- */

static void
define_choice(GString *out, const char *name, const char *const *words)
{
	g_string_append_printf(out, "  <define name=\"%s\">\n    <choice>\n", name);
	for (; *words; words++)
		g_string_append_printf(out, "      <value>%s</value>\n", *words);
	g_string_append(out, "    </choice>\n  </define>\n");
}

static void
print_attribute(GString *out, const RuleWord *word)
{
	const char *open = word->required ? "" : "<optional>";
	const char *close = word->required ? "" : "</optional>";
	g_string_append_printf(out, "      %s<attribute name=\"%s\">", open, word->attribute);
	if (word->value == VALUE_CHOICE) {
		g_auto(GStrv) choices = g_strsplit(word->choices, "|", -1);
		g_autofree char *values = g_strjoinv("</value><value>", choices);
		g_string_append_printf(out, "<choice><value>%s</value></choice>", values);
	} else {
		g_string_append(out, kinds[word->value].schema);
	}
	g_string_append_printf(out, "</attribute>%s\n", close);
}

static void
print_content(GString *out, const char *element)
{
	GString *inside = g_string_new(NULL);
	for (const RuleWord *word = rule_words; word->element; word++)
		if (!word->attribute && strcmp(word->parent, element) == 0)
			g_string_append_printf(
				inside, "        <ref name=\"%s\"/>\n", word->element);
	bool text = strcmp(element, "pattern") == 0 || strcmp(element, "let") == 0;
	if (inside->len)
		g_string_append_printf(out,
			"      <zeroOrMore><choice>\n%s      </choice></zeroOrMore>\n",
			inside->str);
	else
		g_string_append(out, text ? "      <text/>\n" : "      <empty/>\n");
	g_string_free(inside, TRUE);
}

static void
define_element(GString *out, const char *element)
{
	g_string_append_printf(
		out, "  <define name=\"%s\">\n    <element name=\"%s\">\n", element, element);
	for (const RuleWord *word = rule_words; word->element; word++)
		if (word->attribute && strcmp(word->element, element) == 0)
			print_attribute(out, word);
	print_content(out, element);
	g_string_append(out, "    </element>\n  </define>\n");
}

void
rule_schema_print(GString *out)
{
	g_autofree const char **zones = zone_names();
	g_autofree const char **types = type_names();
	g_autofree const char **clean_ups = clean_up_names();
	g_string_append(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- From the loader's own tables: vanthu rules schema (make docs). -->\n"
		"<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\"\n"
		"  datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\">\n"
		"  <start><choice><ref name=\"rules\"/><ref "
		"name=\"directory\"/></choice></start>\n");
	for (const RuleWord *word = rule_words; word->element; word++)
		if (!word->attribute && is_first_row(word))
			define_element(out, word->element);
	define_choice(out, "zone", zones);
	define_choice(out, "type", types);
	define_choice(out, "clean-up", clean_ups);
	g_string_append(out, "</grammar>\n");
}
