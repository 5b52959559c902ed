/* Checks over a dossier tree: those in force are evaluated node by node into findings. */
#include "extract/check_set.h"

#include "base/text.h"

#include <string.h>

enum { MAX_FINDINGS = 2000 }; /* a wrong check over a long list must not flood the office */

typedef struct {
	QueryContext *context;
	const xmlNode *dossier;
	GPtrArray *findings;
} Running;

int
checks_count(const Checks *checks)
{
	return (int)checks->checks->len;
}

bool
checks_has_set(const Checks *checks, const char *set)
{
	return g_hash_table_contains(checks->sets, set);
}

/* A local rule holds in its own organ, and in those right below it. */
static bool
in_scope(const Running *running, const char *scope)
{
	static const char *const organs[] = { "organ-name", "parent-organ-name" };
	const xmlNode *office = xml_child(running->dossier, "office");
	if (!scope)
		return true;
	for (size_t i = 0; office && i < G_N_ELEMENTS(organs); i++) {
		const xmlNode *organ = xml_child(office, organs[i]);
		g_autofree char *name = organ ? xml_text(organ) : g_strdup("");
		if (text_same(name, scope))
			return true;
	}
	return false;
}

/* The law itself says by which day its version is chosen (the bonus by that of the decision, the
 * criteria by that of arrival). A day that is not known yet: that of arrival. */
static Date
day_that_counts(const Running *running, const Check *check, Date arrival)
{
	Date date;
	g_autofree char *text = NULL;
	bool said = check->by && query_text(running->context, check->by, NULL, &text, NULL);
	return said && date_parse_iso(text, &date) ? date : arrival;
}

static bool
in_force(const Running *running, const Check *check, Date arrival)
{
	Date date = day_that_counts(running, check, arrival);
	if (check->from.year && date_compare(date, check->from) < 0)
		return false;
	if (check->to.year && date_compare(date, check->to) > 0)
		return false;
	return in_scope(running, check->scope);
}

static bool
fill(const Running *running, const GPtrArray *pieces, xmlNode *node, GString *out, GError **err)
{
	for (guint i = 0; i < pieces->len; i++) {
		const Piece *piece = g_ptr_array_index(pieces, i);
		g_autofree char *value = NULL;
		if (!piece->text && !query_text(running->context, piece->query, node, &value, err))
			return false;
		g_autofree char *squeezed = value ? text_squeeze(value) : NULL;
		g_string_append(out, piece->text ? piece->text : squeezed);
	}
	return true;
}

/* "Trần Thị Mai: ", "01-to-trinh.docx: ": a check of many says the same of each. */
static GString *
begin_text(const xmlNode *node)
{
	const xmlNode *name = xml_is(node, "nominee") ? xml_child(node, "name") : NULL;
	g_autofree char *who = name ? xml_text(name) : NULL;
	if (xml_is(node, "document"))
		who = xml_attr(node, "file");
	GString *out = g_string_new(who);
	if (out->len)
		g_string_append(out, ": ");
	return out;
}

static bool
add_finding(Running *running, const Check *check, bool known, xmlNode *node, GError **err)
{
	g_autoptr(GString) vi = begin_text(node);
	g_autoptr(GString) en = begin_text(node);
	g_string_append(vi, known ? "" : "chưa đủ dữ kiện – ");
	g_string_append(en, known ? "" : "not enough facts – ");
	if (!fill(running, known ? check->vi : check->unknown_vi, node, vi, err) ||
		!fill(running, known ? check->en : check->unknown_en, node, en, err))
		return false;
	g_string_append(vi, check->verified ? "" : " (chưa đối chiếu văn bản gốc)");
	g_string_append(en, check->verified ? "" : " (not checked against the original text)");
	Severity severity = known ? check->severity : MIN(check->severity, SEVERITY_WARNING);
	g_ptr_array_add(running->findings,
		finding_custom(check->id, severity, NULL, vi->str, en->str, check->source));
	return true;
}

/* An expression that is not given holds. */
static bool
holds(const Running *running, const Query *query, xmlNode *node, bool *ret, GError **err)
{
	*ret = true;
	return !query || query_bool(running->context, query, node, ret, err);
}

static bool
check_node(Running *running, const Check *check, xmlNode *node, GError **err)
{
	bool applies, known, good;
	if (!holds(running, check->when, node, &applies, err))
		return false;
	if (!applies)
		return true;
	if (!holds(running, check->known, node, &known, err))
		return false;
	if (!known)
		return add_finding(running, check, false, node, err);
	if (!holds(running, check->test, node, &good, err))
		return false;
	return good || add_finding(running, check, true, node, err);
}

static bool
run_check(Running *running, const Check *check, GError **err)
{
	g_autoptr(GPtrArray) nodes = NULL;
	if (!query_nodes(running->context, check->nodes, NULL, &nodes, err))
		return false;
	for (guint i = 0; i < nodes->len && running->findings->len < MAX_FINDINGS; i++)
		if (!check_node(running, check, g_ptr_array_index(nodes, i), err))
			return false;
	return true;
}

bool
checks_run(const Checks *checks, const char *set, xmlDoc *dossier, const QueryWorld *world,
	Date date, GPtrArray *findings, GError **err)
{
	g_autoptr(QueryContext) context = query_context_new(dossier, world);
	Running running = { context, xmlDocGetRootElement(dossier), findings };
	for (guint i = 0; i < checks->checks->len; i++) {
		const Check *check = g_ptr_array_index(checks->checks, i);
		g_autoptr(GError) error = NULL;
		if (strcmp(set, check->set) != 0 || !in_force(&running, check, date) ||
			run_check(&running, check, &error))
			continue;
		if (err_code(error) != ERR_LIMIT) {
			g_propagate_error(err, g_steal_pointer(&error));
			return because(err, _("check '%s'"), check->id);
		}
		findings_add(findings, FINDING_RULE_LIMIT, NULL, check->id);
	}
	return true;
}
