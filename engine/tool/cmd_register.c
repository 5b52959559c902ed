/* vanthu register: a dispatch that came on paper takes its number in the same series. */
#include "tool/command.h"

#include "tool/act.h"
#include "tool/drafts.h"
#include "tool/values.h"

#include "document/dossier.h"

#include <string.h>

static const char *const paper_fields[] = { "type-name", "organ-name", "parent-organ-name",
	"code-number", "code-notation", "issue-place", "issued-date", "subject", "signer-name",
	"signer-position", "priority", NULL };

static bool
check_field(const char *field, GError **err)
{
	if (g_strv_contains(paper_fields, field))
		return true;
	const char *near = nearest_word(field, paper_fields);
	return near ? fail(err, ERR_USAGE, _("unknown field '%s'; did you mean '%s'?"), field, near)
		    : fail(err, ERR_USAGE, _("unknown field '%s'"), field);
}

/* What a person typed from the paper: every field as an edited one, the others absent. */
static Reading *
read_words(Call *call, GError **err)
{
	g_autoptr(Reading) reading = reading_new(_("paper"), "");
	g_free(reading->format);
	reading->format = g_strdup("paper");
	for (int i = 0; paper_fields[i]; i++)
		reading_take(reading, field_new(paper_fields[i], FIELD_ABSENT));
	g_autoptr(GString) words = g_string_new(NULL);
	for (int i = 0; i < call->n_args; i++) {
		g_autofree char *name = NULL, *value = NULL;
		if (!value_parse(call->args[i], &name, &value, err) || !check_field(name, err))
			return NULL;
		Field *field = field_found(name, value, "", 1, NULL, "");
		field->state = FIELD_EDITED;
		reading_take(reading, field);
		g_string_append_printf(words, "%s ", value);
	}
	const char *type = reading_value(reading, "type-name");
	g_free(reading->type_name);
	reading->type_name = g_strdup(*type ? type : "Công văn");
	reading->words = g_strdup(words->str);
	if (!*reading_value(reading, "subject")) {
		fail(err, ERR_USAGE, _("the subject is missing: subject='V/v …'"));
		return NULL;
	}
	return g_steal_pointer(&reading);
}

static bool
create(Call *call, const Reading *reading, char **ret_id, GError **err)
{
	Engine *engine = call->engine;
	const Workflow *workflow = engine_workflow(engine, "dispatch");
	if (!workflow)
		return fail(err, ERR_NOT_FOUND, _("no workflow '%s'"), "dispatch");
	const Who who = act_who(engine);
	const NewDossier new = { .kind = "dispatch",
		.workflow = workflow_id(workflow),
		.workflow_version = workflow_version(workflow),
		.stage = workflow_first(workflow),
		.source = reading->file,
		.received = who.at,
		.year = clock_local_date(who.at).year };
	return store_dossier_create(engine->store, &new, reading, ret_id, err) &&
		act_open(engine, *ret_id, workflow, &who, err);
}

/* Who types it in has checked it: its fields are confirmed and it goes on at once. */
static bool
create_and_approve(Call *call, const Reading *reading, char **ret_id, FlowDecision **ret_decision,
	GError **err)
{
	const Who who = act_who(call->engine);
	if (!create(call, reading, ret_id, err))
		return false;
	for (int i = 0; paper_fields[i]; i++)
		if (!store_confirm(
			    call->engine->store, *ret_id, "d1", paper_fields[i], NULL, &who, err))
			return false;
	const FlowEvent approve = { .kind = "approve" };
	return act_within(call->engine, *ret_id, &approve, NULL, ret_decision, err);
}

static int
print_number(Call *call, const char *id, GError **err)
{
	g_autoptr(xmlDoc) tree = act_tree(call->engine, id, err);
	if (!tree)
		return EXIT_SYSTEM;
	const xmlNode *arrival = xml_child(xmlDocGetRootElement(tree), "arrival");
	g_autofree char *number =
		arrival ? xml_text(xml_child(arrival, "arrival-number")) : g_strdup("");
	if (call->json)
		g_string_append_printf(
			call->out, "{\"id\":\"%s\",\"arrival-number\":%s}\n", id, number);
	else
		g_string_append_printf(
			call->out, _("Dossier %s has the incoming number %s.\n"), id, number);
	return drafts_make_all(call->engine, err) ? EXIT_OK : EXIT_SYSTEM;
}

static int
run(Call *call, GError **err)
{
	Store *store = call->engine->store;
	g_autoptr(Reading) reading = read_words(call, err);
	g_autoptr(FlowDecision) decision = NULL;
	g_autofree char *id = NULL;
	if (!reading)
		return EXIT_USAGE;
	if (!store_begin(store, err))
		return EXIT_SYSTEM;
	bool done = create_and_approve(call, reading, &id, &decision, err);
	if (done && decision->allowed && store_commit(store, err))
		return print_number(call, id, err);
	store_rollback(store);
	if (done && !decision->allowed)
		print_findings(decision->reasons, call->engine->language, call->out);
	return EXIT_FINDING;
}

const Command cmd_register = {
	.name = "register",
	.arguments = "FIELD=VALUE…",
	.min_args = 1,
	.max_args = -1,
	.needs = NEEDS_RULES | NEEDS_DECODERS | WRITES_STORE | NEEDS_ACTOR,
	.help = N_("register a dispatch that came on paper"),
	.about = N_("Paper and files share one series of numbers. Fields: type-name, organ-name, "
		    "code-number, "
		    "code-notation, issued-date, subject, signer-name, signer-position, priority."),
	.run = run,
};
