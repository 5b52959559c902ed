/* vanthu show ID: one dossier, what was read, what is doubtful, what happened, what comes next. */
#include "tool/command.h"

#include "tool/act.h"

#include "document/signature.h"

#include <string.h>

static void
print_head(const Call *call, const xmlNode *root)
{
	const Engine *engine = call->engine;
	const Workflow *workflow = engine_workflow(engine, xml_peek(root, "workflow"));
	const char *stage = xml_peek(root, "stage");
	const xmlNode *due = xml_child(root, "due"), *arrival = xml_child(root, "arrival");
	g_string_append_printf(call->out, _("Dossier %s"), xml_peek(root, "id"));
	if (arrival) {
		g_autofree char *number = xml_text(xml_child(arrival, "arrival-number"));
		g_autofree char *iso = xml_text(xml_child(arrival, "arrival-date"));
		g_autofree char *date = print_date(iso);
		g_string_append_printf(call->out, _(", incoming number %s of %s"), number, date);
	}
	g_string_append_printf(call->out, "\n%s: %s", _("Stage"),
		workflow ? workflow_stage_label(workflow, stage, engine->language) : stage);
	if (due) {
		g_autofree char *date = print_date(xml_peek(due, "at"));
		g_string_append_printf(call->out, _(", due %s"), date);
	}
	g_string_append_c(call->out, '\n');
	g_autofree char *events = workflow ? workflow_stage_events(workflow, stage) : g_strdup("");
	if (*events)
		g_string_append_printf(call->out, "%s: vanthu task %s %s\n", _("What may be done"),
			events, xml_peek(root, "id"));
}

static bool
is_field(const xmlNode *node)
{
	return xml_peek_attr(node, "state") && xml_peek_attr(node, "confidence");
}

static void
print_field(const xmlNode *field, const Call *call)
{
	g_autofree char *text = xml_text(field);
	g_autofree char *date = print_date(text);
	const char *place = xml_peek(field, "place"), *by = xml_peek(field, "confirmed-by");
	g_string_append(call->out, "    ");
	print_column(call->out,
		print_field_label((const char *)field->name, call->engine->language), 16);
	print_column(
		call->out, print_state_label(xml_peek(field, "state"), call->engine->language), 10);
	g_string_append(call->out, date);
	if (*xml_peek(field, "other"))
		g_string_append_printf(call->out, " ≠ %s", xml_peek(field, "other"));
	if (*place)
		g_string_append_printf(call->out, "  [%s]", place);
	if (*by)
		g_string_append_printf(call->out, "  ✓ %s", by);
	g_string_append_c(call->out, '\n');
}

/* What a signature's own lines say below. */
static bool
is_told(const xmlNode *finding)
{
	return strcmp(xml_peek(finding, "severity"), "note") == 0 &&
		g_str_has_prefix(xml_peek(finding, "id"), "signature/");
}

static void
print_finding(const xmlNode *finding, const Call *call)
{
	bool english = strcmp(call->engine->language, "en") == 0 && *xml_peek(finding, "en");
	g_autofree char *text = english ? g_strdup(xml_peek(finding, "en")) : xml_text(finding);
	bool error = strcmp(xml_peek(finding, "severity"), "error") == 0;
	g_string_append_printf(call->out, "  %s %s", error ? "✗" : "!", text);
	if (*xml_peek(finding, "source"))
		g_string_append_printf(call->out, " (%s)", xml_peek(finding, "source"));
	g_string_append_c(call->out, '\n');
}

static void
print_signature(const xmlNode *signature, const Call *call)
{
	const char *language = call->engine->language;
	bool english = strcmp(language, "en") == 0;
	g_autofree char *text = english ? g_strdup(xml_peek(signature, "en")) : xml_text(signature);
	g_string_append_printf(call->out, "  %s %s\n", _("Digital signature:"), text);
	for (int i = 0; i < SIGNATURE_VALUES; i++) {
		SignatureValue value = (SignatureValue)i;
		const char *word = xml_peek(signature, signature_value_name(value));
		if (!*word)
			continue;
		g_autofree char *time = value == SIGNATURE_TIME ? print_time(word) : NULL;
		g_string_append(call->out, "      ");
		print_column(call->out, signature_value_label(value, language), 30);
		g_string_append_printf(
			call->out, "%s\n", time ? time : signature_wording(value, word, language));
	}
}

static void
print_document(const xmlNode *document, const Call *call)
{
	g_string_append_printf(call->out, "\n%s  %s  %s\n", xml_peek(document, "id"),
		xml_peek(document, "file"), xml_peek(document, "type-name"));
	xml_foreach(field, document)
		if (is_field(field))
			print_field(field, call);
	xml_foreach(node, document) {
		if (xml_is(node, "finding") && !is_told(node))
			print_finding(node, call);
		else if (xml_is(node, "signature"))
			print_signature(node, call);
		else if (xml_is(node, "document"))
			print_document(node, call);
	}
}

static void
print_nominee(const xmlNode *nominee, const Call *call)
{
	g_autofree char *name = xml_text(xml_child(nominee, "name"));
	g_autofree char *unit = xml_text(xml_child(nominee, "unit"));
	g_autofree char *award = xml_text(xml_child(nominee, "award-name"));
	const xmlNode *vote = xml_child(nominee, "vote");
	g_string_append(call->out, "  ");
	print_column(call->out, xml_peek(nominee, "n"), 3);
	print_column(call->out, name, 40);
	print_column(call->out, award, 24);
	print_column(call->out,
		print_state_label(xml_peek(nominee, "state"), call->engine->language), 14);
	if (vote)
		g_string_append_printf(
			call->out, "%s/%s", xml_peek(vote, "yes"), xml_peek(vote, "total"));
	g_string_append_printf(call->out, " %s\n", unit);
	xml_foreach(finding, nominee)
		if (xml_is(finding, "finding"))
			print_finding(finding, call);
}

static void
print_event(const xmlNode *event, const Call *call)
{
	g_autofree char *time = print_time(xml_peek(event, "at"));
	const char *who = xml_peek(event, "actor-name");
	g_string_append_printf(call->out, "  %s  %s: %s", time, *who ? who : "vanthu",
		print_event_label(xml_peek(event, "kind"), call->engine->language));
	if (*xml_peek(event, "reason"))
		g_string_append_printf(call->out, " (%s)", xml_peek(event, "reason"));
	xml_foreach(missing, event) {
		g_autofree char *text = xml_text(missing);
		g_string_append_printf(call->out, "\n      - %s", text);
	}
	g_string_append_c(call->out, '\n');
}

/* Every child of one name below a heading; nothing when there is none. */
static void
print_section(const xmlNode *parent, const char *element, const char *heading,
	void (*print)(const xmlNode *node, const Call *call), const Call *call)
{
	bool any = false;
	xml_foreach(node, parent) {
		if (!xml_is(node, element))
			continue;
		if (!any)
			g_string_append_printf(call->out, "\n%s\n", heading);
		any = true;
		print(node, call);
	}
}

static void
print_draft(const xmlNode *draft, const Call *call)
{
	g_string_append_printf(call->out, "  %s (%s)\n", xml_peek(draft, "file"),
		strcmp(xml_peek(draft, "state"), "final") == 0 ? _("final") : _("draft"));
}

static int
run(Call *call, GError **err)
{
	g_autoptr(xmlDoc) tree = act_tree(call->engine, call->args[0], err);
	if (!tree)
		return EXIT_REFUSED;
	const xmlNode *root = xmlDocGetRootElement(tree), *review = xml_child(root, "review");
	if (call_has(call, "xml")) {
		g_autoptr(GString) canonical = xml_canonical(tree);
		g_string_append_printf(call->out, "%s\n", canonical->str);
		return EXIT_OK;
	}
	if (call->json) {
		print_tree_json(root, call->out);
		return EXIT_OK;
	}
	print_head(call, root);
	print_section(root, "finding", _("To be mended"), print_finding, call);
	print_section(root, "document", _("Documents"), print_document, call);
	print_section(root, "nominee", _("Nominees"), print_nominee, call);
	if (review)
		print_section(review, "event", _("What happened"), print_event, call);
	print_section(root, "draft", _("Drafts"), print_draft, call);
	return EXIT_OK;
}

static const Option options[] = {
	{ "xml", NULL, N_("print the dossier tree that rules, workflows and templates see") },
	{ 0 },
};

const Command cmd_show = {
	.name = "show",
	.arguments = "ID",
	.min_args = 1,
	.max_args = 1,
	.needs = READS_STORE,
	.help = N_("show a dossier: what was read, what is doubtful, what happened, what is next"),
	.options = options,
	.run = run,
};
