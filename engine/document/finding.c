/* Findings: the table of the built-in ones, and a finding as a value. */
#include "document/finding.h"

#include "base/text.h"

#include <string.h>

typedef struct {
	const char *id;
	Severity severity;
	const char *vi, *en;
} FindingRow;

static const FindingRow rows[FINDING_COUNT] = {
#define FINDING(name, id, severity, vi, en) [FINDING_##name] = { id, severity, vi, en },
#include "document/findings.def"
#undef FINDING
};

static const char *const severity_names[] = {
	[SEVERITY_NOTE] = "note",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

/* The one %s of a text, filled; a plain replacement, since the detail comes from documents. */
static char *
fill_in(const char *text, const char *detail)
{
	const char *slot = strstr(text, "%s");
	if (!slot)
		return g_strdup(text);
	return g_strdup_printf(
		"%.*s%s%s", (int)(slot - text), text, detail ? detail : "", slot + 2);
}

Finding *
finding_custom(const char *id, Severity severity, const Place *place, const char *vi,
	const char *en, const char *source)
{
	Finding *finding = g_new0(Finding, 1);
	finding->id = g_strdup(id);
	finding->severity = severity;
	finding->vi = g_strdup(vi);
	finding->en = g_strdup(en ? en : vi);
	finding->source = g_strdup(source);
	if (place) {
		finding->place = *place;
		finding->place.part = g_strdup(place->part);
	}
	return finding;
}

Finding *
finding_new(FindingId id, const Place *place, const char *detail)
{
	/* a library's message may quote the bytes that it stumbled over */
	g_autofree char *clean = text_clean(text_or_empty(detail), strlen(text_or_empty(detail)));
	g_autofree char *vi = fill_in(rows[id].vi, clean);
	g_autofree char *en = fill_in(rows[id].en, clean);
	return finding_custom(rows[id].id, rows[id].severity, place, vi, en, NULL);
}

Finding *
finding_copy(const Finding *from)
{
	return finding_custom(
		from->id, from->severity, &from->place, from->vi, from->en, from->source);
}

void
finding_free(Finding *finding)
{
	if (!finding)
		return;
	g_free(finding->id);
	g_free(finding->vi);
	g_free(finding->en);
	g_free(finding->source);
	g_free((char *)finding->place.part);
	g_free(finding);
}

GPtrArray *
findings_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
}

void
findings_add(GPtrArray *findings, FindingId id, const Place *place, const char *detail)
{
	g_ptr_array_add(findings, finding_new(id, place, detail));
}

void
findings_add_copies(GPtrArray *findings, const GPtrArray *from)
{
	for (guint i = 0; i < from->len; i++)
		g_ptr_array_add(findings, finding_copy(g_ptr_array_index(from, i)));
}

Severity
findings_worst(const GPtrArray *findings)
{
	Severity worst = SEVERITY_NOTE;
	for (guint i = 0; i < findings->len; i++)
		worst = MAX(worst, ((const Finding *)g_ptr_array_index(findings, i))->severity);
	return worst;
}

const Finding *
findings_first_error(const GPtrArray *findings, const char *prefix)
{
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		if (finding->severity == SEVERITY_ERROR && g_str_has_prefix(finding->id, prefix))
			return finding;
	}
	return NULL;
}

const char *
finding_text(const Finding *finding, const char *language)
{
	return g_str_has_prefix(language, "en") ? finding->en : finding->vi;
}

const char *
severity_name(Severity severity)
{
	return severity_names[severity];
}

bool
severity_parse(const char *name, Severity *ret_severity)
{
	for (size_t i = 0; i < G_N_ELEMENTS(severity_names); i++) {
		if (strcmp(severity_names[i], name) == 0) {
			*ret_severity = (Severity)i;
			return true;
		}
	}
	return false;
}

const char *
finding_id_name(FindingId id)
{
	return rows[id].id;
}
