/*
 * vanthu trace: from a certificate or a dossier back to where every value came from: the decision,
 * the vote, who did what, the papers with page and box, the rules, the templates, the journal.
 */
#include "tool/command.h"

#include "tool/act.h"

#include <stdlib.h>
#include <string.h>

static const xmlNode *
find_document(const xmlNode *parent, const char *id)
{
	xml_foreach(node, parent) {
		if (!xml_is(node, "document"))
			continue;
		if (strcmp(xml_peek(node, "id"), id) == 0)
			return node;
		const xmlNode *inner = find_document(node, id);
		if (inner)
			return inner;
	}
	return NULL;
}

/* ---- one nominee --------------------------------------------------------------------------- */

static void
trace_field(const xmlNode *field, GString *out)
{
	g_autofree char *text = xml_text(field);
	if (!*text)
		return;
	g_string_append_printf(out, "        %s = “%s”  [%s]", (const char *)field->name, text,
		xml_peek(field, "place"));
	if (*xml_peek(field, "rule"))
		g_string_append_printf(out, "  %s %s", _("rule"), xml_peek(field, "rule"));
	if (*xml_peek(field, "confirmed-by"))
		g_string_append_printf(out, "  ✓ %s", xml_peek(field, "confirmed-by"));
	g_string_append_c(out, '\n');
}

/* "d1/3": the third row of the nominees that document d1 lists. */
static void
trace_row(const xmlNode *root, const char *reference, GString *out)
{
	const char *slash = strchr(reference, '/');
	g_autofree char *id =
		slash ? g_strndup(reference, (size_t)(slash - reference)) : g_strdup("");
	const xmlNode *document = find_document(root, id);
	if (!document)
		return;
	g_string_append_printf(out, "      %s %s  sha256 %.16s…\n", id, xml_peek(document, "file"),
		xml_peek(document, "sha256"));
	xml_foreach(record, document)
		if (xml_is(record, "nominee") && strcmp(xml_peek(record, "n"), slash + 1) == 0)
			xml_foreach(field, record)
				trace_field(field, out);
}

static void
trace_nominee(const Call *call, const xmlNode *root, const xmlNode *nominee)
{
	GString *out = call->out;
	g_autofree char *name = xml_text(xml_child(nominee, "name"));
	const xmlNode *vote = xml_child(nominee, "vote"),
		      *paper = xml_child(nominee, "certificate");
	g_string_append_printf(out, "  %s. %s: %s\n", xml_peek(nominee, "n"), name,
		print_state_label(xml_peek(nominee, "state"), call->engine->language));
	if (paper)
		g_string_append_printf(out, _("    certificate %s, number %s in the golden book\n"),
			xml_peek(paper, "id"), xml_peek(paper, "register-number"));
	if (vote)
		g_string_append_printf(out, _("    vote: %s of %s members for, %s against\n"),
			xml_peek(vote, "yes"), xml_peek(vote, "total"), xml_peek(vote, "no"));
	g_string_append_printf(out, "    %s\n", _("read from:"));
	g_auto(GStrv) references = g_strsplit(xml_peek(nominee, "ref"), " ", -1);
	for (char **reference = references; *reference; reference++)
		trace_row(root, *reference, out);
}

/* ---- the dossier --------------------------------------------------------------------------- */

static void
trace_decision(const xmlNode *root, GString *out)
{
	const xmlNode *decision = xml_child(root, "decision");
	if (!decision || !*xml_peek(decision, "code-number"))
		return;
	g_autofree char *date = print_date(xml_peek(decision, "issued-date"));
	g_string_append_printf(out,
		_("decision %s/%s of %s, signed by %s\n  signed file sha256 %s\n"),
		xml_peek(decision, "code-number"), xml_peek(decision, "code-notation"), date,
		xml_peek(decision, "signer-name"), xml_peek(decision, "sha256"));
}

static void
trace_drafts(const xmlNode *root, const char *only, GString *out)
{
	xml_foreach(draft, root) {
		if (!xml_is(draft, "draft") || (only && strcmp(xml_peek(draft, "file"), only) != 0))
			continue;
		g_string_append_printf(out, "  %s  sha256 %s\n", xml_peek(draft, "file"),
			xml_peek(draft, "sha256"));
		g_string_append_printf(out,
			_("    template %s, sha256 %s\n    dossier tree sha256 %s\n"),
			xml_peek(draft, "template"), xml_peek(draft, "template-sha256"),
			xml_peek(draft, "tree"));
	}
}

static void
trace_events(const Call *call, const xmlNode *root)
{
	GString *out = call->out;
	const xmlNode *review = xml_child(root, "review");
	if (!review)
		return;
	xml_foreach(event, review) {
		g_autofree char *time = print_time(xml_peek(event, "at"));
		const char *who = xml_peek(event, "actor-name");
		g_string_append_printf(out, "  %s  %s  %s %s\n", time, *who ? who : "vanthu",
			print_event_label(xml_peek(event, "kind"), call->engine->language),
			xml_peek(event, "reason"));
	}
}

static bool
trace_journal(Call *call, const char *id, GError **err)
{
	g_autoptr(GPtrArray) rows = store_journal_of(call->engine->store, id, err);
	for (guint i = 0; rows && i < rows->len; i++) {
		const JournalRow *row = g_ptr_array_index(rows, i);
		g_autofree char *time = print_time(row->at);
		g_string_append_printf(call->out, "  %d  %s  %s  %.16s…\n", (int)row->id, time,
			row->kind, row->hash);
	}
	return rows != NULL;
}

static void
trace_nominees(const Call *call, const xmlNode *root, int only)
{
	xml_foreach(node, root)
		if (xml_is(node, "nominee") && (!only || atoi(xml_peek(node, "n")) == only))
			trace_nominee(call, root, node);
}

/* A dispatch has no nominees: its own fields are what has to be proved. */
static void
trace_documents(const xmlNode *root, GString *out)
{
	xml_foreach(document, root) {
		if (!xml_is(document, "document"))
			continue;
		g_string_append_printf(out, "  %s %s  sha256 %s\n", xml_peek(document, "id"),
			xml_peek(document, "file"), xml_peek(document, "sha256"));
		xml_foreach(field, document)
			if (xml_peek_attr(field, "confidence"))
				trace_field(field, out);
	}
}

static const char *
certificate_file(const xmlNode *root, int nominee)
{
	xml_foreach(node, root) {
		const xmlNode *paper =
			xml_is(node, "nominee") && atoi(xml_peek(node, "n")) == nominee
			? xml_child(node, "certificate")
			: NULL;
		if (paper)
			return xml_peek(paper, "file");
	}
	return NULL;
}

static int
print_trace(Call *call, const char *id, int nominee, GError **err)
{
	g_autoptr(xmlDoc) tree = act_tree(call->engine, id, err);
	if (!tree)
		return EXIT_REFUSED;
	const xmlNode *root = xmlDocGetRootElement(tree);
	if (call->json) {
		print_tree_json(root, call->out);
		return EXIT_OK;
	}
	GString *out = call->out;
	g_string_append_printf(
		out, _("Dossier %s, received as '%s'\n"), id, xml_peek(root, "source"));
	trace_decision(root, out);
	g_string_append_printf(
		out, "%s\n", nominee ? _("The nominee") : _("Nominees and documents"));
	trace_nominees(call, root, nominee);
	if (!nominee)
		trace_documents(root, out);
	g_string_append_printf(out, "%s\n", _("Files made"));
	trace_drafts(root, nominee ? certificate_file(root, nominee) : NULL, out);
	g_string_append_printf(out, "%s\n", _("Who did what"));
	trace_events(call, root);
	g_string_append_printf(out, "%s\n", _("Journal (proved by 'vanthu verify')"));
	return trace_journal(call, id, err) ? EXIT_OK : EXIT_SYSTEM;
}

static int
run(Call *call, GError **err)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *id = NULL;
	int nominee = 0;
	if (store_certificate_dossier(call->engine->store, call->args[0], &id, &nominee, &error))
		return print_trace(call, id, nominee, err);
	if (err_code(error) == ERR_NOT_FOUND)
		return print_trace(call, call->args[0], 0, err);
	g_propagate_error(err, g_steal_pointer(&error));
	return EXIT_SYSTEM;
}

const Command cmd_trace = {
	.name = "trace",
	.arguments = "ID|CERTIFICATE",
	.min_args = 1,
	.max_args = 1,
	.needs = READS_STORE,
	.help = N_("show where every value came from: page and box, rule, person, vote, template"),
	.about = N_("CERTIFICATE is the id printed on a certificate, as 2026-00003-002."),
	.run = run,
};
