/* Reading the signed decision and comparing it with the draft. */
#include "tool/issue.h"

#include "tool/values.h"

#include "base/text.h"

#include <string.h>

void
issue_free(Issue *issue)
{
	if (!issue)
		return;
	intake_free(issue->intake);
	g_ptr_array_unref(issue->findings);
	g_free(issue->number);
	g_free(issue->notation);
	g_free(issue->date);
	g_free(issue->signer_name);
	g_free(issue->signer_position);
	g_free(issue);
}

ActDecision
issue_decision(const Issue *issue)
{
	return (ActDecision){ issue->number, issue->notation, issue->date, issue->signer_name,
		issue->signer_position, issue->intake->reading->sha256, issue->intake->reading };
}

bool
issue_keep(Engine *engine, const Issue *issue, GError **err)
{
	for (guint i = 0; i < issue->intake->blobs->len; i++)
		if (!blob_put(engine->store, g_ptr_array_index(issue->intake->blobs, i), NULL, err))
			return false;
	return true;
}

/* ---- number, date, signer ------------------------------------------------------------------ */

static void
differs(Issue *issue, const char *what, const char *in_file, const char *given)
{
	g_autofree char *detail = g_strdup_printf("%s: “%s” ≠ “%s”", what, in_file, given);
	findings_add(issue->findings, FINDING_SIGNED_DIFFERS, NULL, detail);
}

/* Words of a picture may be anything: they neither prove nor refute. */
static bool
is_scan(const Issue *issue)
{
	const GPtrArray *findings = issue->intake->reading->findings;
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = findings->pdata[i];
		if (strcmp(finding->id, finding_id_name(FINDING_RECOGNISED)) == 0)
			return true;
	}
	return false;
}

/* What the file shows, or what the person says; both may be there if they agree. */
static bool
settle(Issue *issue, const char *field, const char *given, char **ret, GError **err)
{
	const char *shown = is_scan(issue) ? "" : reading_value(issue->intake->reading, field);
	if (given && *shown && !text_same(given, shown))
		differs(issue, field, shown, given);
	*ret = g_strdup(*shown ? shown : text_or_empty(given));
	return **ret ||
		fail(err, ERR_USAGE,
			strcmp(field, "issued-date") == 0
				? _("the file shows no date: give it with --date")
				: _("the file shows no number: give it with --number"));
}

/* "QĐ-STNMT" of office.xml, when the signed file shows none. */
static char *
notation_of(const Issue *issue, const Engine *engine)
{
	const char *shown = reading_value(issue->intake->reading, "code-notation");
	return *shown ? g_strdup(shown)
		      : g_strdup_printf("QĐ-%s", office_text(engine->office, "notation"));
}

static bool
read_header(Issue *issue, const Engine *engine, const char *number, const char *date, GError **err)
{
	const Reading *reading = issue->intake->reading;
	g_autofree char *iso = NULL;
	if (date && !value_date(date, &iso, err))
		return false;
	issue->notation = notation_of(issue, engine);
	issue->signer_name = g_strdup(reading_value(reading, "signer-name"));
	issue->signer_position = g_strdup(reading_value(reading, "signer-position"));
	return settle(issue, "code-number", number, &issue->number, err) &&
		settle(issue, "issued-date", iso, &issue->date, err);
}

/* ---- names --------------------------------------------------------------------------------- */

static const char *
state_of(const xmlNode *nominee)
{
	const char *state = xml_peek_attr(nominee, "state");
	return xml_is(nominee, "nominee") && state ? state : "";
}

/* Every name that passed stands in the signed text. */
static void
compare_passed(Issue *issue, const xmlNode *root, const char *text_key_of_file)
{
	xml_foreach(node, root) {
		if (strcmp(state_of(node), "passed") != 0)
			continue;
		g_autofree char *name = xml_text(xml_child(node, "name"));
		g_autofree char *key = text_key(name);
		if (!strstr(text_key_of_file, key))
			findings_add(issue->findings, FINDING_SIGNED_NAME, NULL, name);
	}
}

static bool
has_passed(const xmlNode *root, const char *name)
{
	xml_foreach(node, root) {
		if (strcmp(state_of(node), "passed") != 0)
			continue;
		g_autofree char *passed = xml_text(xml_child(node, "name"));
		if (text_same(passed, name))
			return true;
	}
	return false;
}

/* Nobody else stands in its list. */
static void
compare_listed(Issue *issue, const xmlNode *root)
{
	const GPtrArray *records = issue->intake->reading->records;
	for (guint i = 0; i < records->len; i++) {
		const Record *record = g_ptr_array_index(records, i);
		const Field *name =
			strcmp(record->name, "nominee") == 0 ? record_lookup(record, "name") : NULL;
		if (name && *name->value && !has_passed(root, name->value))
			differs(issue, "nominee", name->value, "-");
	}
}

static bool
compare(Issue *issue, Engine *engine, const char *id, GError **err)
{
	g_autoptr(xmlDoc) tree = act_tree(engine, id, err);
	if (!tree)
		return false;
	const xmlNode *root = xmlDocGetRootElement(tree);
	const Reading *reading = issue->intake->reading;
	if (is_scan(issue) || !reading->words || text_is_blank(reading->words)) {
		findings_add(issue->findings, FINDING_SIGNED_UNREAD, NULL, reading->file);
		return true;
	}
	g_autofree char *words = text_squeeze(reading->words);
	g_autofree char *key = text_key(words);
	compare_passed(issue, root, key);
	compare_listed(issue, root);
	return true;
}

/* A decision whose own digital signature is broken or forged must not go out. */
static void
take_signature_errors(Issue *issue)
{
	const GPtrArray *found = issue->intake->reading->findings;
	for (guint i = 0; i < found->len; i++) {
		const Finding *finding = g_ptr_array_index(found, i);
		if (finding->severity == SEVERITY_ERROR &&
			g_str_has_prefix(finding->id, "signature/"))
			g_ptr_array_add(issue->findings, finding_copy(finding));
	}
}

Issue *
issue_read(Engine *engine, const char *id, const char *path, const char *number, const char *date,
	GError **err)
{
	if (!path) {
		fail(err, ERR_USAGE, _("the signed decision is missing: --file SIGNED"));
		return NULL;
	}
	g_autoptr(Issue) issue = g_new0(Issue, 1);
	issue->findings = findings_new();
	issue->intake = intake_read_path(engine, path, NULL, NULL, err);
	if (!issue->intake)
		return NULL;
	const Finding *refusal = intake_refusal(issue->intake->reading);
	if (refusal) {
		findings_add_copies(issue->findings, issue->intake->reading->findings);
		return g_steal_pointer(&issue);
	}
	take_signature_errors(issue);
	if (!read_header(issue, engine, number, date, err) || !compare(issue, engine, id, err))
		return NULL;
	return g_steal_pointer(&issue);
}
