/* vanthu task: what people have to do, and doing it. The issue of a decision is in issue.c. */
#include "tool/command.h"

#include "tool/act.h"
#include "tool/drafts.h"
#include "tool/issue.h"

#include <string.h>

/* ---- the list ------------------------------------------------------------------------------ */

/* A task may be for several posts: "giam-doc pho-giam-doc". */
static bool
is_for(const Actor *actor, const TaskRow *task)
{
	g_auto(GStrv) roles = g_strsplit(task->role, " ", -1);
	for (char **role = roles; *role; role++)
		if (actor_has(actor, *role))
			return true;
	return false;
}

static char *
holders(const Engine *engine, const TaskRow *task)
{
	g_auto(GStrv) roles = g_strsplit(task->role, " ", -1);
	GString *names = g_string_new(NULL);
	for (char **role = roles; *role; role++) {
		g_autofree char *some = office_holder_names(
			engine->office, *role, clock_local_date(engine_clock(engine)));
		g_string_append_printf(names, "%s%s", names->len && *some ? ", " : "", some);
	}
	return g_string_free(names, FALSE);
}

static void
print_task(const Call *call, const TaskRow *task, Json *json)
{
	const Engine *engine = call->engine;
	bool vi = strcmp(engine->language, "vi") == 0;
	g_autofree char *who = holders(engine, task);
	if (!call->json) {
		g_autofree char *due = print_date(task->due_at);
		print_column(call->out, task->dossier, 10);
		print_column(call->out, due, 10);
		print_column(call->out, *who ? who : task->role, 24);
		g_string_append_printf(call->out, "%s\n", vi ? task->vi : task->en);
		return;
	}
	json_object(json, NULL);
	json_text(json, "id", task->dossier);
	json_text(json, "stage", task->stage);
	json_text(json, "role", task->role);
	json_text(json, "holders", who);
	json_text(json, "task", vi ? task->vi : task->en);
	json_text(json, "due", task->due_at);
	json_text(json, "subject", task->subject);
	json_end_object(json);
}

static int
run_list(Call *call, GError **err)
{
	Engine *engine = call->engine;
	bool mine = call_has(call, "mine");
	if (mine && !engine_need_actor(engine, err))
		return EXIT_SYSTEM;
	g_autoptr(GPtrArray) tasks = store_tasks(engine->store, err);
	if (!tasks)
		return EXIT_SYSTEM;
	Json json;
	json_init(&json, call->out);
	if (call->json)
		json_array(&json, NULL);
	for (guint i = 0; i < tasks->len; i++)
		if (!mine || is_for(engine->actor, g_ptr_array_index(tasks, i)))
			print_task(call, g_ptr_array_index(tasks, i), &json);
	if (call->json) {
		json_end_array(&json);
		g_string_append_c(call->out, '\n');
	} else if (!tasks->len) {
		g_string_append(call->out, _("Nothing is to be done.\n"));
	}
	return EXIT_OK;
}

static const Option list_options[] = {
	{ "mine", NULL, N_("only those of the person who asks") },
	{ 0 },
};

const Command cmd_task = {
	.name = "task",
	.arguments = "",
	.needs = READS_STORE,
	.help = N_("list what is to be done, by whom and by when"),
	.about = N_("Doing it: 'vanthu task approve ID', and in the same way return, reject, "
		    "resume, vote, "
		    "exclude, sign and issue; which of them a stage allows is in the workflow file "
		    "and on "
		    "'vanthu show ID'. Each has --help."),
	.options = list_options,
	.run = run_list,
};

/* ---- an act -------------------------------------------------------------------------------- */

static void
print_done(const Call *call, const char *id, const FlowDecision *decision)
{
	const Engine *engine = call->engine;
	g_autoptr(xmlDoc) tree = store_dossier_tree(engine->store, id, NULL);
	const xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;
	const Workflow *workflow =
		root ? engine_workflow(engine, xml_peek_attr(root, "workflow")) : NULL;
	const char *label = workflow
		? workflow_stage_label(workflow, decision->to, engine->language)
		: decision->to;
	g_string_append_printf(call->out, _("Dossier %s: %s by %s; now in '%s'"), id,
		print_event_label(call->command->name + strlen("task "), engine->language),
		engine->actor->name, label);
	if (decision->moved && *decision->due_at) {
		g_autofree char *due = print_date(decision->due_at);
		g_string_append_printf(call->out, _(", due %s"), due);
	}
	g_string_append(call->out, ".\n");
	print_findings(decision->reasons, engine->language, call->out);
}

static void
print_decision_json(const Call *call, const char *id, const FlowDecision *decision)
{
	Json json;
	json_init(&json, call->out);
	json_object(&json, NULL);
	json_text(&json, "id", id);
	json_bool(&json, "allowed", decision->allowed);
	json_text(&json, "stage", decision->to);
	json_text(&json, "due", decision->due_at);
	findings_print_json(decision->reasons, call->engine->language, &json);
	json_end_object(&json);
	g_string_append_c(call->out, '\n');
}

static int
act(Call *call, const FlowEvent *event, const ActDecision *decided, GError **err)
{
	const char *id = call->args[0];
	g_autoptr(FlowDecision) decision = NULL;
	if (!act_do(call->engine, id, event, decided, &decision, err))
		return EXIT_SYSTEM;
	if (call->json)
		print_decision_json(call, id, decision);
	else if (decision->allowed)
		print_done(call, id, decision);
	else
		print_findings(decision->reasons, call->engine->language, call->out);
	if (!decision->allowed)
		return EXIT_FINDING;
	return drafts_make_all(call->engine, err) ? EXIT_OK : EXIT_SYSTEM;
}

/* The kind of the event is the second word of the command. */
static int
run_act(Call *call, GError **err)
{
	const char *missing = call_option(call, "missing");
	g_auto(GStrv) papers = missing ? g_strsplit(missing, "\n", -1) : NULL;
	FlowEvent event = { .kind = call->command->name + strlen("task "),
		.reason = call_option(call, "reason"),
		.missing = (const char *const *)papers };
	if (!call_number(call, "nominee", 1, 0, &event.nominee, err) ||
		!call_number(call, "yes", 0, 0, &event.yes, err) ||
		!call_number(call, "no", 0, 0, &event.no, err))
		return EXIT_USAGE;
	return act(call, &event, NULL, err);
}

static int
run_issue(Call *call, GError **err)
{
	g_autoptr(Issue) issue = issue_read(call->engine, call->args[0], call_option(call, "file"),
		call_option(call, "number"), call_option(call, "date"), err);
	if (!issue)
		return EXIT_REFUSED;
	print_findings(issue->findings, call->engine->language, call->out);
	if (findings_worst(issue->findings) == SEVERITY_ERROR)
		return EXIT_FINDING;
	const FlowEvent event = { .kind = "issue" };
	const ActDecision decided = issue_decision(issue);
	return issue_keep(call->engine, issue, err) ? act(call, &event, &decided, err)
						    : EXIT_SYSTEM;
}

/* ---- the table ----------------------------------------------------------------------------- */

#define ACTS (NEEDS_RULES | NEEDS_DECODERS | WRITES_STORE | NEEDS_ACTOR)

static const Option reason_options[] = {
	{ "reason", "TEXT", N_("what was decided, or why") },
	{ 0 },
};
static const Option return_options[] = {
	{ "reason", "TEXT", N_("why it goes back") },
	{ "missing", "PAPER", N_("a paper that is missing; once for each") },
	{ 0 },
};
static const Option vote_options[] = {
	{ "nominee", "N", N_("the number of the nominee, as 'show' prints it") },
	{ "yes", "N", N_("votes for") },
	{ "no", "N", N_("votes against") },
	{ 0 },
};
static const Option exclude_options[] = {
	{ "nominee", "N", N_("the number of the nominee, as 'show' prints it") },
	{ "reason", "TEXT", N_("why the nominee is left out") },
	{ 0 },
};
static const Option issue_options[] = {
	{ "file", "SIGNED", N_("the decision as it was signed: DOCX or PDF") },
	{ "number", "N", N_("its number, when the file does not show it") },
	{ "date", "DATE", N_("its date, when the file does not show it") },
	{ 0 },
};

#define ACT(word, text, options_, run_)                                                            \
	const Command cmd_task_##word = { .name = "task " #word,                                   \
		.arguments = "ID",                                                                 \
		.min_args = 1,                                                                     \
		.max_args = 1,                                                                     \
		.needs = ACTS,                                                                     \
		.help = text,                                                                      \
		.options = options_,                                                               \
		.run = run_ }

ACT(approve, N_("the stage is done: the dossier goes on"), reason_options, run_act);
ACT(return, N_("send it back with a reason and what is missing"), return_options, run_act);
ACT(reject, N_("end it: it is given back to its unit"), reason_options, run_act);
ACT(resume, N_("the supplement is here: look at it again"), reason_options, run_act);
ACT(vote, N_("enter the council's count for a nominee"), vote_options, run_act);
ACT(exclude, N_("leave a nominee out who does not qualify"), exclude_options, run_act);
ACT(sign, N_("the decision is signed"), reason_options, run_act);
ACT(issue, N_("take in the signed decision, compare it with the draft, make the certificates"),
	issue_options, run_issue);
