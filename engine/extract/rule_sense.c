/* Rules whose words are right and that still could never do what they say: an element where it does
 * nothing, a part that no group fills, a document type that does not exist. Told like a misspelt
 * word, since they would be silent for ever. */
#include "extract/rule_loader.h"

#include "base/text.h"

#include <string.h>

static bool
has_child(const xmlNode *node, const char *name)
{
	xml_foreach(child, node)
		if (xml_is(child, name))
			return true;
	return false;
}

static const char *
child_text(const xmlNode *node)
{
	for (const xmlNode *child = node->children; child; child = child->next)
		if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) &&
			!text_is_blank((const char *)child->content))
			return (const char *)child->content;
	return NULL;
}

/* Text belongs into <pattern> and <let> alone. */
static void
sense_text(Loader *loader, const xmlNode *node)
{
	bool holds_text = xml_is(node, "pattern") || xml_is(node, "let");
	if (!holds_text && child_text(node))
		rule_report(loader, node,
			_("'%s' holds no text: a pattern stands in <pattern>…</pattern>"),
			(const char *)node->name);
	xml_foreach(child, node)
		sense_text(loader, child);
}

/* What another attribute of the same element leaves without effect. */
static void
sense_value(Loader *loader, const xmlNode *node)
{
	static const struct {
		const char *winner, *idle[8];
	} rows[] = {
		{ "xpath", { "zone", "after", "start", "end", "region", "take" } },
		{ "compute", { "zone", "after", "start", "end", "region", "take", "xpath" } },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		for (const char *const *idle = rows[i].idle;
			*idle && xml_peek_attr(node, rows[i].winner); idle++)
			if (xml_peek_attr(node, *idle))
				rule_report(loader, node,
					_("'%s' does nothing beside '%s': write two '%s' of that "
					  "name"),
					*idle, rows[i].winner, (const char *)node->name);
}

/* --- records --- */

static bool
is_group(Loader *loader, const xmlNode *records, const char *name, GPtrArray *groups)
{
	bool found = false;
	xml_foreach(child, records) {
		g_autofree char *text = xml_is(child, "pattern") ? xml_text(child) : NULL;
		if (!text)
			continue;
		g_autofree char *source = lets_expand(loader, child, g_strstrip(text));
		const Pattern *pattern = g_hash_table_lookup(loader->compiled, source);
		for (int i = 1; pattern && i <= pattern_groups(pattern); i++) {
			const char *group = pattern_group_name(pattern, i);
			if (group)
				g_ptr_array_add(groups, (void *)(uintptr_t)group);
			found |= g_strcmp0(group, name) == 0;
		}
	}
	return found;
}

/* A part that reads nothing by itself lives on the group of its name. */
static void
sense_part(Loader *loader, const xmlNode *records, const xmlNode *part)
{
	const char *name = xml_peek_attr(part, "name");
	bool alone = xml_peek_attr(part, "zone") || xml_peek_attr(part, "default") ||
		xml_peek_attr(part, "after") || has_child(part, "pattern") ||
		g_strcmp0(xml_peek_attr(part, "type"), "group") == 0;
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	if (alone || !name || is_group(loader, records, name, groups))
		return;
	g_ptr_array_add(groups, NULL);
	const char *near = nearest_word(name, (const char *const *)groups->pdata);
	if (near)
		rule_report(loader, part, _("no pattern has a group '%s'; did you mean '%s'?"),
			name, near);
	else
		rule_report(loader, part,
			_("no pattern has a group '%s': (?<%s>…) would fill the part"), name, name);
}

static int
count_parts(const xmlNode *records)
{
	int n = 0;
	xml_foreach(child, records)
		n += xml_is(child, "part");
	return n;
}

static void
sense_groups(Loader *loader, const xmlNode *records)
{
	bool single = count_parts(records) == 1;
	xml_foreach(child, records)
		if (xml_is(child, "part") && !single)
			sense_part(loader, records, child);
}

static void
sense_records(Loader *loader, const xmlNode *node)
{
	const char *from = xml_peek_attr(node, "from");
	bool table = g_strcmp0(from, "table") == 0, xpath = g_strcmp0(from, "xpath") == 0;
	bool bullets = g_strcmp0(from, "bullets") == 0, pattern = has_child(node, "pattern");
	if (g_strcmp0(xml_peek_attr(node, "override"), "extend") == 0)
		return; /* the other's patterns and columns are not known here */
	xml_foreach(child, node)
		if (xml_is(child, "column") && !table)
			rule_report(loader, child,
				_("a 'column' belongs into records from='table'; in from='%s' it "
				  "is a 'part'"),
				from);
	if (table && pattern)
		rule_report(loader, node,
			_("a 'pattern' of records from='table' does nothing: it belongs into a "
			  "'column'"));
	if (table && !has_child(node, "column"))
		rule_report(loader, node, _("records from='table' need a 'column'"));
	if (xpath && !xml_peek_attr(node, "xpath"))
		rule_report(loader, node, _("'%s' needs the attribute '%s'"), "records", "xpath");
	if (!table && !xpath && !bullets && !pattern)
		rule_report(loader, node, _("records from='%s' need a 'pattern'"), from);
	if (!table && !xpath && pattern)
		sense_groups(loader, node);
}

void
rule_sense(Loader *loader, const xmlNode *root)
{
	sense_text(loader, root);
	xml_foreach(child, root) {
		if (xml_is(child, "field"))
			sense_value(loader, child);
		if (xml_is(child, "records"))
			sense_records(loader, child);
	}
}

/* --- across files: the types that `when` names --- */

static void
sense_when(
	Loader *loader, const RuleSet *set, const char *types, int line, const char *const *known)
{
	g_auto(GStrv) words = g_strsplit(types ? types : "", " ", -1);
	for (char **word = words; *word; word++) {
		if (!**word || g_strv_contains(known, *word))
			continue;
		const char *near = nearest_word(*word, known);
		g_autofree char *text = near
			? g_strdup_printf(_("'when': no document type '%s'; did you mean '%s'?"),
				  *word, near)
			: g_strdup_printf(_("'when': no document type '%s'"), *word);
		rule_report_at(loader, set->file, line, text);
	}
}

static void
sense_twice(Loader *loader, const TypeRule *type, const GPtrArray *types, guint from)
{
	for (guint i = from; i < types->len; i++) {
		const TypeRule *other = types->pdata[i];
		if (other->set->layer != type->set->layer || strcmp(other->id, type->id) != 0)
			continue;
		g_autofree char *text =
			g_strdup_printf(_("the document type '%s' is there already: %s:%d"),
				type->id, type->set->file, type->line);
		rule_report_at(loader, other->set->file, other->line, text);
	}
}

void
rules_sense(Loader *loader)
{
	const Rules *rules = loader->rules;
	g_autoptr(GPtrArray) known = g_ptr_array_new();
	for (guint i = 0; i < rules->types->len; i++) {
		const TypeRule *type = rules->types->pdata[i];
		sense_twice(loader, type, rules->types, i + 1);
		g_ptr_array_add(known, type->id);
	}
	g_ptr_array_add(known, NULL);
	const char *const *ids = (const char *const *)known->pdata;
	for (guint i = 0; i < rules->fields->len; i++) {
		const FieldRule *rule = rules->fields->pdata[i];
		sense_when(loader, rule->set, rule->types, rule->line, ids);
	}
	for (guint i = 0; i < rules->records->len; i++) {
		const RecordRule *rule = rules->records->pdata[i];
		sense_when(loader, rule->set, rule->types, rule->line, ids);
	}
}
