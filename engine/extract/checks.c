/* Check files into findings about a dossier. */
#include "extract/checks.h"

#include "document/shape.h"

#include <string.h>

typedef struct {
	char *id; /* "completeness/proposal" */
	const char *set, *vi, *en, *source;
	Severity severity;
	bool verified;
	Date from, to;
	Query *nodes, *known, *test;
} Check;

struct Checks {
	GPtrArray *files;  /* of ShapedFile: the texts live there */
	GPtrArray *checks; /* of Check */
};

static const Shape shapes[] = {
	{ "checks", "", "id version", "label source" },
	{ "check", "checks", "id severity test message message-en",
		"for known source verified from to" },
	{ NULL, NULL, NULL, NULL },
};

static void
check_free(gpointer data)
{
	Check *check = data;
	g_free(check->id);
	query_free(check->nodes);
	query_free(check->known);
	query_free(check->test);
	g_free(check);
}

void
checks_free(Checks *checks)
{
	if (!checks)
		return;
	g_clear_pointer(&checks->checks, g_ptr_array_unref);
	g_clear_pointer(&checks->files, g_ptr_array_unref);
	g_free(checks);
}

int
checks_count(const Checks *checks)
{
	return (int)checks->checks->len;
}

static bool
compile(const xmlNode *node, const char *file, const char *attribute, const char *otherwise,
	Query **ret, GError **err)
{
	const char *expression = xml_peek_attr(node, attribute);
	g_autoptr(GError) error = NULL;
	if (!expression && !otherwise)
		return true;
	*ret = query_compile(expression ? expression : otherwise, &error);
	return *ret || shape_fail(node, file, err, "%s: %s", attribute, error->message);
}

static bool
read_date(const xmlNode *node, const char *file, const char *attribute, Date *ret, GError **err)
{
	const char *text = xml_peek_attr(node, attribute);
	return !text || date_parse_iso(text, ret) ||
		shape_fail(node, file, err, _("'%s' is no date; write it as 2026-11-23"), text);
}

static bool
load_check(Checks *checks, const xmlNode *node, const char *set, const char *file, GError **err)
{
	Check *check = g_new0(Check, 1);
	g_ptr_array_add(checks->checks, check);
	check->set = set;
	check->id = g_strdup_printf("%s/%s", set, xml_peek_attr(node, "id"));
	check->vi = xml_peek_attr(node, "message");
	check->en = xml_peek_attr(node, "message-en");
	check->source = xml_peek_attr(node, "source");
	check->verified = g_strcmp0(xml_peek_attr(node, "verified"), "yes") == 0 || !check->source;
	check->to = (Date){ 2200, 12, 31 };
	if (!severity_parse(xml_peek_attr(node, "severity"), &check->severity))
		return shape_fail(node, file, err,
			_("severity is 'error', 'warning' or 'note', not '%s'"),
			xml_peek_attr(node, "severity"));
	return read_date(node, file, "from", &check->from, err) &&
		read_date(node, file, "to", &check->to, err) &&
		compile(node, file, "for", "/dossier", &check->nodes, err) &&
		compile(node, file, "known", NULL, &check->known, err) &&
		compile(node, file, "test", NULL, &check->test, err);
}

Checks *
checks_load(const char *const *folders, GError **err)
{
	g_autoptr(Checks) checks = g_new0(Checks, 1);
	checks->checks = g_ptr_array_new_with_free_func(check_free);
	checks->files = shaped_files_load(folders, "checks", shapes, err);
	if (!checks->files)
		return NULL;
	for (guint i = 0; i < checks->files->len; i++) {
		const ShapedFile *file = g_ptr_array_index(checks->files, i);
		const xmlNode *root = xmlDocGetRootElement(file->doc);
		xml_foreach(node, root)
			if (!load_check(checks, node, xml_peek_attr(root, "id"), file->path, err))
				return NULL;
	}
	return g_steal_pointer(&checks);
}

/* "Trần Thị Mai: …", since a check of nominees says the same of many. */
static char *
with_name(xmlNode *node, const char *text, const char *before, const char *after)
{
	xmlNode *name = xml_is(node, "nominee") ? xml_child(node, "name") : NULL;
	g_autofree char *who = name ? xml_text(name) : NULL;
	return g_strdup_printf("%s%s%s%s%s", who ? who : "", who ? ": " : "", before, text, after);
}

static void
report(const Check *check, xmlNode *node, bool known, GPtrArray *findings)
{
	bool soft = !known || !check->verified;
	g_autofree char *vi = with_name(node, check->vi, known ? "" : "chưa đủ dữ kiện – ",
		check->verified ? "" : " (chưa đối chiếu văn bản gốc)");
	g_autofree char *en = with_name(node, check->en, known ? "" : "not enough facts – ",
		check->verified ? "" : " (not checked against the original text)");
	Severity severity = soft ? MIN(check->severity, SEVERITY_WARNING) : check->severity;
	g_ptr_array_add(findings, finding_custom(check->id, severity, NULL, vi, en, check->source));
}

static bool
run_on_node(
	const Check *check, QueryContext *context, xmlNode *node, GPtrArray *findings, GError **err)
{
	bool known = true, holds;
	if (check->known && !query_bool(context, check->known, node, &known, err))
		return false;
	if (known && !query_bool(context, check->test, node, &holds, err))
		return false;
	if (!known || !holds)
		report(check, node, known, findings);
	return true;
}

static bool
run_check(const Check *check, QueryContext *context, GPtrArray *findings, GError **err)
{
	g_autoptr(GPtrArray) nodes = NULL;
	if (!query_nodes(context, check->nodes, NULL, &nodes, err))
		return false;
	for (guint i = 0; i < nodes->len; i++)
		if (!run_on_node(check, context, g_ptr_array_index(nodes, i), findings, err))
			return false;
	return true;
}

bool
checks_run(const Checks *checks, const char *set, xmlDoc *dossier, const QueryWorld *world,
	Date date, GPtrArray *findings, GError **err)
{
	g_autoptr(QueryContext) context = query_context_new(dossier, world);
	for (guint i = 0; i < checks->checks->len; i++) {
		const Check *check = g_ptr_array_index(checks->checks, i);
		g_autoptr(GError) error = NULL;
		if (strcmp(check->set, set) != 0 || date_compare(date, check->from) < 0 ||
			date_compare(date, check->to) > 0 ||
			run_check(check, context, findings, &error))
			continue;
		if (err_code(error) != ERR_LIMIT) {
			g_propagate_error(err, g_steal_pointer(&error));
			return false;
		}
		findings_add(findings, FINDING_RULE_LIMIT, NULL, check->id);
	}
	return true;
}
