/* Decision of the workflow into rows: event, stage, tasks, effects, checks, snapshot, journal. */
#include "tool/act.h"

#include <string.h>

Who
act_who(const Engine *engine)
{
	const Actor *actor = engine->actor;
	return (Who){
		.person = actor ? actor->person : "",
		.name = actor ? actor->name : "",
		.os_user = g_get_user_name(),
		.at = engine_clock(engine),
	};
}

/* Number in the decision's list, which is the number in the golden book (số sổ vàng): collectives
 * first, then persons, then households; @list-number of those who passed. */
static void
number_list(xmlNode *root)
{
	static const char *const groups[] = { "collective", "individual", "household" };
	int number = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
		xml_foreach(node, root) {
			const char *state =
				xml_is(node, "nominee") ? xml_peek_attr(node, "state") : "";
			if (strcmp(state, "passed") != 0 && strcmp(state, "awarded") != 0)
				continue;
			g_autofree char *group = xml_text(xml_child(node, "group"));
			g_autofree char *text = g_strdup_printf("%d", number + 1);
			if (strcmp(group, groups[i]) != 0)
				continue;
			xml_set(node, "list-number", text);
			number++;
		}
	}
}

xmlDoc *
act_tree(Engine *engine, const char *id, GError **err)
{
	xmlDoc *tree = store_dossier_tree(engine->store, id, err);
	if (!tree)
		return NULL;
	xmlNode *root = xmlDocGetRootElement(tree);
	const xmlNode *decision = xml_child(root, "decision");
	bool issued = decision && g_strcmp0(xml_peek_attr(decision, "state"), "issued") == 0;
	xml_set(root, "draft", issued ? "no" : "yes");
	number_list(root);
	office_add_to_tree(engine->office, tree, clock_local_date(engine_clock(engine)));
	return tree;
}

/* ---- effects ------------------------------------------------------------------------------- */

typedef struct {
	Engine *engine;
	const char *id;
	const FlowEffect *effect;
	const ActDecision *decided;
	Who who;
	GError **err;
} Doing;

static bool
do_register(Doing *doing)
{
	int number;
	return store_register_arrival(doing->engine->store, doing->id,
		clock_local_date(doing->who.at), &number, doing->err);
}

static bool
do_nominee(Doing *doing)
{
	return store_set_nominee_state(doing->engine->store, doing->id, doing->effect->nominee,
		doing->effect->state, doing->err);
}

static bool
do_vote(Doing *doing)
{
	const FlowEffect *effect = doing->effect;
	return store_set_vote(doing->engine->store, doing->id, effect->nominee, effect->yes,
		       effect->no, effect->total, effect->passed, doing->err) &&
		do_nominee(doing);
}

static bool
do_decision(Doing *doing)
{
	static const ActDecision none = { "", "", "", "", "", "", NULL };
	const ActDecision *decided = doing->decided ? doing->decided : &none;
	if (decided->signed_file &&
		!store_add_reading(doing->engine->store, doing->id, decided->signed_file,
			"quyet-dinh", NULL, doing->err))
		return false;
	return store_set_decision(doing->engine->store, doing->id, doing->effect->state,
		decided->number, decided->notation, decided->date, decided->signer_name,
		decided->signer_position, decided->sha256, doing->err);
}

/* A draft is only promised here: "draft:quyet-dinh.docx" tells its file. */
static bool
do_promise(Doing *doing)
{
	const FlowEffect *effect = doing->effect;
	g_autofree char *kind = *effect->file ? g_strdup_printf("%s:%s", effect->what, effect->file)
					      : g_strdup(effect->what);
	return store_add_work(
		doing->engine->store, doing->id, kind, effect->template_name, doing->err);
}

static const struct {
	const char *what;
	bool (*run)(Doing *doing);
} effect_kinds[] = {
	{ "register", do_register },
	{ "nominee", do_nominee },
	{ "vote", do_vote },
	{ "decision", do_decision },
	{ "draft", do_promise },
	{ "certificates", do_promise },
};

static bool
run_effects(Doing *doing, const FlowDecision *decision)
{
	for (guint i = 0; i < decision->effects->len; i++) {
		doing->effect = g_ptr_array_index(decision->effects, i);
		for (size_t k = 0; k < G_N_ELEMENTS(effect_kinds); k++)
			if (strcmp(effect_kinds[k].what, doing->effect->what) == 0 &&
				!effect_kinds[k].run(doing))
				return false;
	}
	return true;
}

/* ---- stage, tasks, checks, journal --------------------------------------------------------- */

static bool
move(Engine *engine, const char *id, const FlowDecision *decision, GError **err)
{
	if (!decision->moved)
		return true;
	Store *store = engine->store;
	if (!store_set_stage(store, id, decision->to, decision->due_at, decision->closed, err) ||
		!store_close_tasks(store, id, err))
		return false;
	for (guint i = 0; i < decision->tasks->len; i++) {
		const FlowTask *task = g_ptr_array_index(decision->tasks, i);
		if (!store_add_task(store, id, task->stage, task->role, task->vi, task->en,
			    task->due_at, err))
			return false;
	}
	return true;
}

/* The date that chooses between versions of a law: when the dossier came in. */
static Date
arrival_date(const xmlNode *root, Date otherwise)
{
	Date date = otherwise;
	const xmlNode *arrival = xml_child(root, "arrival");
	const xmlNode *node = arrival ? xml_child(arrival, "arrival-date") : NULL;
	g_autofree char *text = node ? xml_text(node) : NULL;
	date_parse_iso(text, &date);
	return date;
}

static bool
run_checks(Engine *engine, const char *id, GError **err)
{
	g_autoptr(xmlDoc) tree = act_tree(engine, id, err);
	if (!tree)
		return false;
	const xmlNode *root = xmlDocGetRootElement(tree);
	const Workflow *workflow = engine_workflow(engine, xml_peek_attr(root, "workflow"));
	const char *set =
		workflow ? workflow_stage_checks(workflow, xml_peek_attr(root, "stage")) : NULL;
	if (!set)
		return true;
	QueryWorld world = engine_world(engine);
	g_autoptr(GPtrArray) findings = findings_new();
	return checks_run(engine->checks, set, tree, &world, arrival_date(root, world.today),
		       findings, err) &&
		store_clear_findings(engine->store, id, err) &&
		store_add_findings(engine->store, id, "", findings, err);
}

bool
act_settle(Engine *engine, const char *id, const char *kind, const Who *who, GError **err)
{
	if (!run_checks(engine, id, err))
		return false;
	g_autoptr(xmlDoc) tree = act_tree(engine, id, err);
	g_autofree char *sha256 = NULL;
	if (!tree || !store_snapshot(engine->store, id, tree, &sha256, err))
		return false;
	g_autofree char *detail = g_strdup_printf(
		"stage=%s;tree=%s", xml_peek_attr(xmlDocGetRootElement(tree), "stage"), sha256);
	return store_journal(engine->store, who, kind, id, detail, err) &&
		store_add_work(engine->store, id, "pages", "", err);
}

bool
act_open(Engine *engine, const char *id, const Workflow *workflow, const Who *who, GError **err)
{
	g_autoptr(FlowDecision) decision = flow_open(workflow, engine->calendar, who->at);
	const NewEvent event = { "open", "", decision->to, "", "", decision->due_at };
	Doing doing = { engine, id, NULL, NULL, *who, err };
	return store_add_event(engine->store, id, &event, who, err) &&
		move(engine, id, decision, err) && run_effects(&doing, decision) &&
		act_settle(engine, id, "open", who, err);
}

/* "Trần Thị Mai: 8/9": what a vote or an exclusion was about, for the event's reason. */
static char *
about(const FlowEvent *event, const FlowDecision *decision)
{
	for (guint i = 0; i < decision->effects->len; i++) {
		const FlowEffect *effect = g_ptr_array_index(decision->effects, i);
		if (strcmp(effect->what, "vote") == 0)
			return g_strdup_printf(
				"%d: %d/%d", effect->nominee, effect->yes, effect->total);
	}
	const char *reason = event->reason ? event->reason : "";
	return event->nominee ? g_strdup_printf("%d: %s", event->nominee, reason)
			      : g_strdup(reason);
}

static bool
write_act(Engine *engine, const char *id, const char *stage, const FlowEvent *event,
	const ActDecision *decided, const FlowDecision *decision, GError **err)
{
	const Who who = act_who(engine);
	g_autofree char *reason = about(event, decision);
	g_autofree char *missing =
		event->missing ? g_strjoinv("\n", (char **)event->missing) : g_strdup("");
	const NewEvent row = { event->kind, stage, decision->to, reason, missing,
		decision->due_at };
	Doing doing = { engine, id, NULL, decided, who, err };
	return store_add_event(engine->store, id, &row, &who, err) &&
		move(engine, id, decision, err) && run_effects(&doing, decision) &&
		act_settle(engine, id, event->kind, &who, err);
}

bool
act_within(Engine *engine, const char *id, const FlowEvent *event, const ActDecision *decided,
	FlowDecision **ret_decision, GError **err)
{
	if (!run_checks(engine, id, err))
		return false;
	g_autoptr(xmlDoc) tree = act_tree(engine, id, err);
	if (!tree)
		return false;
	const xmlNode *root = xmlDocGetRootElement(tree);
	const char *stage = xml_peek_attr(root, "stage");
	const Workflow *workflow = engine_workflow(engine, xml_peek_attr(root, "workflow"));
	if (!workflow)
		return fail(
			err, ERR_NOT_FOUND, _("no workflow '%s'"), xml_peek_attr(root, "workflow"));
	QueryWorld world = engine_world(engine);
	*ret_decision = flow_decide(workflow, engine->office, engine->calendar, tree, event,
		engine->actor, &world, err);
	if (!*ret_decision)
		return false;
	return !(*ret_decision)->allowed ||
		write_act(engine, id, stage, event, decided, *ret_decision, err);
}

bool
act_do(Engine *engine, const char *id, const FlowEvent *event, const ActDecision *decided,
	FlowDecision **ret_decision, GError **err)
{
	*ret_decision = NULL;
	if (!store_begin(engine->store, err))
		return false;
	bool done = act_within(engine, id, event, decided, ret_decision, err);
	if (done && (*ret_decision)->allowed)
		done = store_commit(engine->store, err);
	else
		store_rollback(engine->store);
	if (!done) {
		store_rollback(engine->store);
		g_clear_pointer(ret_decision, flow_decision_free);
	}
	return done;
}
