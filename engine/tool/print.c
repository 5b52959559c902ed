/* Findings, times, labels and columns as text for people; trees as JSON. */
#include "tool/print.h"

#include "base/date.h"
#include "base/error.h"

#include <string.h>

void
print_findings(const GPtrArray *findings, const char *language, GString *out)
{
	static const char *const names[] = { N_("note"), N_("warning"), N_("error") };
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		g_autofree char *place = place_print(&finding->place);
		g_string_append_printf(out, "%s: %s", _(names[finding->severity]),
			finding_text(finding, language));
		if (finding->source)
			g_string_append_printf(out, " (%s)", finding->source);
		if (*place)
			g_string_append_printf(out, " [%s]", place);
		g_string_append_c(out, '\n');
	}
}

char *
print_time(const char *utc)
{
	Clock clock;
	if (!utc || !*utc || !clock_parse(utc, &clock))
		return g_strdup(utc ? utc : "");
	g_autoptr(GDateTime) time =
		g_date_time_new_from_unix_utc(clock.utc_us / G_USEC_PER_SEC + (gint64)7 * 3600);
	return g_date_time_format(time, "%d/%m/%Y %H:%M");
}

char *
print_date(const char *iso)
{
	Date date;
	if (!iso || !date_parse_iso(iso, &date))
		return g_strdup(iso ? iso : "");
	return g_strdup_printf("%02d/%02d/%04d", date.day, date.month, date.year);
}

void
print_column(GString *out, const char *text, int width)
{
	int length = (int)g_utf8_strlen(text, -1);
	if (length <= width) {
		g_string_append_printf(out, "%s%*s", text, width - length + 1, "");
		return;
	}
	g_autofree char *cut = g_utf8_substring(text, 0, width - 1);
	g_string_append_printf(out, "%s… ", cut);
}

typedef struct {
	const char *name, *label;
} Label;

static const char *
look_up(const Label *labels, const char *name)
{
	for (; labels->name; labels++)
		if (strcmp(labels->name, name) == 0)
			return _(labels->label);
	return name;
}

const char *
print_field_label(const char *field)
{
	static const Label labels[] = {
		{ "type-name", N_("type") },
		{ "organ-name", N_("issuer") },
		{ "parent-organ-name", N_("parent organ") },
		{ "code-number", N_("number") },
		{ "code-notation", N_("symbol") },
		{ "issue-place", N_("place") },
		{ "issued-date", N_("date") },
		{ "subject", N_("subject") },
		{ "signer-name", N_("signer") },
		{ "signer-position", N_("signer's post") },
		{ "signer-authority", N_("signs for") },
		{ "priority", N_("urgency") },
		{ "security", N_("secrecy") },
		{ "end-mark", N_("end mark") },
		{ "drafting-unit", N_("drafting unit") },
		{ 0 },
	};
	return look_up(labels, field);
}

const char *
print_state_label(const char *state)
{
	static const Label labels[] = {
		{ "found", N_("read") },
		{ "absent", N_("absent") },
		{ "inferred", N_("inferred") },
		{ "conflict", N_("contradictory") },
		{ "edited", N_("typed in") },
		{ "proposed", N_("proposed") },
		{ "eligible", N_("eligible") },
		{ "ineligible", N_("left out") },
		{ "passed", N_("passed") },
		{ "failed", N_("not passed") },
		{ "awarded", N_("awarded") },
		{ 0 },
	};
	return look_up(labels, state);
}

const char *
print_event_label(const char *kind)
{
	static const Label labels[] = {
		{ "open", N_("opened") },
		{ "confirm", N_("data confirmed") },
		{ "approve", N_("approved") },
		{ "return", N_("sent back") },
		{ "reject", N_("rejected") },
		{ "resume", N_("resumed") },
		{ "vote", N_("vote counted") },
		{ "exclude", N_("nominee left out") },
		{ "sign", N_("signed") },
		{ "issue", N_("issued") },
		{ "supplement", N_("supplement taken in") },
		{ 0 },
	};
	return look_up(labels, kind);
}

/* ---- trees as JSON ------------------------------------------------------------------------- */

static bool
came_before(const xmlNode *node)
{
	for (const xmlNode *before = node->prev; before; before = before->prev)
		if (xml_is(before, (const char *)node->name))
			return true;
	return false;
}

static void print_element(const xmlNode *node, const char *key, Json *json);

/* Children of one name are one array, wherever they stand. */
static void
print_children(const xmlNode *node, Json *json)
{
	xml_foreach(child, node) {
		if (came_before(child))
			continue;
		json_array(json, (const char *)child->name);
		for (const xmlNode *twin = child; twin; twin = xml_next(twin))
			if (xml_is(twin, (const char *)child->name))
				print_element(twin, NULL, json);
		json_end_array(json);
	}
}

static void
print_element(const xmlNode *node, const char *key, Json *json)
{
	json_object(json, key);
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		json_text(json, (const char *)attribute->name,
			xml_peek_attr(node, (const char *)attribute->name));
	if (xml_first(node)) {
		print_children(node, json);
	} else {
		g_autofree char *text = xml_text(node);
		json_text(json, "text", text);
	}
	json_end_object(json);
}

void
print_tree_json(const xmlNode *root, GString *out)
{
	Json json;
	json_init(&json, out);
	print_element(root, NULL, &json);
	g_string_append_c(out, '\n');
}
