/*
 * flow_decide: may this person do this now, and what follows.
 *
 *	stage of the dossier ──event──► transition ──► to
 *	                                  │ role, reason, list, separation of duties, guards
 *	                                  └ any "no": refused, with every reason
 *
 * Invariants: a refusal changes nothing and has at least one error among its reasons; a permission
 * names the next stage (which may be the same), closes the tasks of the stage that is left and opens
 * those of the stage that is entered. Votes keep the stage. Nothing here knows of disk, database or
 * clock.
 */
#include "flow/workflow.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const Workflow *workflow;
	const Office *office;
	const Calendar *calendar;
	xmlDoc *dossier;
	const FlowEvent *event;
	const Actor *actor;
	const QueryWorld *world;
	QueryContext *context;
	const Stage *stage;
	FlowDecision *decision;
	GError **err;
} Deciding;

static void
effect_done(gpointer data)
{
	FlowEffect *effect = data;
	g_free(effect->what);
	g_free(effect->template_name);
	g_free(effect->file);
	g_free(effect->state);
	g_free(effect);
}

static void
task_done(gpointer data)
{
	FlowTask *task = data;
	g_free(task->stage);
	g_free(task->role);
	g_free(task->vi);
	g_free(task->en);
	g_free(task->due_at);
	g_free(task);
}

static FlowDecision *
decision_new(void)
{
	FlowDecision *decision = g_new0(FlowDecision, 1);
	decision->reasons = findings_new();
	decision->effects = g_ptr_array_new_with_free_func(effect_done);
	decision->tasks = g_ptr_array_new_with_free_func(task_done);
	return decision;
}

void
flow_decision_free(FlowDecision *decision)
{
	if (!decision)
		return;
	g_ptr_array_unref(decision->reasons);
	g_ptr_array_unref(decision->effects);
	g_ptr_array_unref(decision->tasks);
	g_free(decision->to);
	g_free(decision->due_at);
	g_free(decision);
}

/* Adds a reason; an error among them refuses, a warning only tells. */
static void
refuse(Deciding *deciding, FindingId id, const char *detail)
{
	findings_add(deciding->decision->reasons, id, NULL, detail);
}

static const Transition *
find_transition(Deciding *deciding)
{
	for (guint i = 0; deciding->stage && i < deciding->stage->transitions->len; i++) {
		const Transition *transition = g_ptr_array_index(deciding->stage->transitions, i);
		if (strcmp(transition->event, deciding->event->kind) == 0)
			return transition;
	}
	return NULL;
}

/* "in stage 'X'; 'vote' may be done in: Y, Z" */
static void
refuse_stage(Deciding *deciding, const char *stage_id)
{
	const Workflow *workflow = deciding->workflow;
	g_autoptr(GString) detail = g_string_new(NULL);
	g_string_printf(detail, "%s (%s → ", workflow_stage_label(workflow, stage_id, "vi"),
		deciding->event->kind);
	bool any = false;
	for (guint i = 0; i < workflow->stages->len; i++) {
		const Stage *stage = g_ptr_array_index(workflow->stages, i);
		g_autofree char *events = workflow_stage_events(workflow, stage->id);
		g_auto(GStrv) words = g_strsplit(events, " ", -1);
		if (!g_strv_contains((const char *const *)words, deciding->event->kind))
			continue;
		g_string_append_printf(detail, "%s%s", any ? ", " : "", stage->label);
		any = true;
	}
	g_string_append(detail, any ? ")" : "-)");
	refuse(deciding, FINDING_FLOW_STAGE, detail->str);
}

/* Roles are ids separated by spaces; any of them will do. */
static void
check_role(Deciding *deciding, const char *roles)
{
	g_auto(GStrv) wanted = g_strsplit(roles, " ", -1);
	for (char **role = wanted; *role; role++)
		if (actor_has(deciding->actor, *role))
			return;
	g_autoptr(GString) detail = g_string_new(NULL);
	for (char **role = wanted; *role; role++) {
		const char *title = office_post_title(deciding->office, *role);
		g_autofree char *names =
			office_holder_names(deciding->office, *role, deciding->world->today);
		g_string_append_printf(detail, "%s%s (%s)", detail->len ? "; " : "",
			*title ? title : *role, *names ? names : "-");
	}
	refuse(deciding, FINDING_FLOW_ROLE, detail->str);
}

static bool
did_before(const Deciding *deciding, const char *event)
{
	const xmlNode *review = xml_child(xmlDocGetRootElement(deciding->dossier), "review");
	for (const xmlNode *node = review ? xml_first(review) : NULL; node; node = xml_next(node))
		if (g_strcmp0(xml_peek_attr(node, "kind"), event) == 0 &&
			g_strcmp0(xml_peek_attr(node, "actor"), deciding->actor->person) == 0)
			return true;
	return false;
}

static void
check_separation(Deciding *deciding, const Transition *transition)
{
	g_auto(GStrv) events = g_strsplit(transition->not_actor_of, " ", -1);
	for (char **event = events; *event; event++)
		if (**event && did_before(deciding, *event))
			refuse(deciding, FINDING_FLOW_SEPARATION, *event);
}

static bool
check_guards(Deciding *deciding, const Transition *transition)
{
	for (guint i = 0; i < transition->guards->len; i++) {
		const Guard *guard = g_ptr_array_index(transition->guards, i);
		bool holds;
		if (!query_bool(deciding->context, guard->test, NULL, &holds, deciding->err))
			return because(
				deciding->err, _("guard '%s'"), query_expression(guard->test));
		if (!holds)
			g_ptr_array_add(deciding->decision->reasons,
				finding_custom("flow/guard",
					guard->blocks ? SEVERITY_ERROR : SEVERITY_WARNING, NULL,
					guard->vi, guard->en, guard->source));
	}
	return true;
}

static void
check_words(Deciding *deciding, const Transition *transition)
{
	const FlowEvent *event = deciding->event;
	if (transition->needs_reason && (!event->reason || !*event->reason))
		refuse(deciding, FINDING_FLOW_REASON, NULL);
	if (transition->needs_missing && (!event->missing || !event->missing[0]))
		refuse(deciding, FINDING_FLOW_MISSING, NULL);
}

static FlowEffect *
add_effect(FlowDecision *decision, const char *what, const char *template_name, const char *file,
	const char *state, int nominee)
{
	FlowEffect *effect = g_new0(FlowEffect, 1);
	effect->what = g_strdup(what);
	effect->template_name = g_strdup(template_name);
	effect->file = g_strdup(file);
	effect->state = g_strdup(state);
	effect->nominee = nominee;
	g_ptr_array_add(decision->effects, effect);
	return effect;
}

/* An effect on nominees is one effect a nominee: those where the condition holds. */
static bool
add_nominee_effects(Deciding *deciding, const Effect *effect)
{
	xml_foreach(node, xmlDocGetRootElement(deciding->dossier)) {
		bool wanted = xml_is(node, "nominee");
		if (wanted && effect->where &&
			!query_bool(deciding->context, effect->where, node, &wanted, deciding->err))
			return false;
		if (wanted)
			add_effect(deciding->decision, "nominee", "", "", effect->state,
				atoi(xml_peek_attr(node, "n")));
	}
	return true;
}

static bool
add_effects(Deciding *deciding, const GPtrArray *effects)
{
	for (guint i = 0; i < effects->len; i++) {
		const Effect *effect = g_ptr_array_index(effects, i);
		if (strcmp(effect->what, "nominee") == 0) {
			if (!add_nominee_effects(deciding, effect))
				return false;
			continue;
		}
		add_effect(deciding->decision, effect->what, effect->template_name, effect->file,
			effect->state, 0);
	}
	return true;
}

static void
enter_stage(FlowDecision *decision, const Stage *stage, const Calendar *calendar, Clock now)
{
	decision->to = g_strdup(stage->id);
	decision->due_at = term_due(stage->due, calendar, now);
	decision->closed = stage->final;
	if (stage->final || !*stage->role)
		return;
	FlowTask *task = g_new0(FlowTask, 1);
	task->stage = g_strdup(stage->id);
	task->role = g_strdup(stage->role);
	task->vi = g_strdup(stage->task);
	task->en = g_strdup(stage->task_en);
	task->due_at = g_strdup(decision->due_at);
	g_ptr_array_add(decision->tasks, task);
}

static const xmlNode *
find_nominee(const Deciding *deciding, int n)
{
	g_autofree char *number = g_strdup_printf("%d", n);
	xml_foreach(node, xmlDocGetRootElement(deciding->dossier))
		if (xml_is(node, "nominee") && g_strcmp0(xml_peek_attr(node, "n"), number) == 0)
			return node;
	return NULL;
}

/* Of all members, not of those present (NĐ 98/2023 Điều 30 khoản 7); in whole numbers. */
static bool
passes(const Threshold *threshold, int yes, int total)
{
	int share = yes * 100, needed = threshold->percent * total;
	return threshold->more ? share > needed : share >= needed;
}

/* A person who is proposed and sits on the council. Names are all that a paper gives. */
static bool
is_member(const Deciding *deciding, const xmlNode *nominee)
{
	g_autofree char *names =
		office_holder_names(deciding->office, "council", deciding->world->today);
	g_auto(GStrv) members = g_strsplit(names, ", ", -1);
	const xmlNode *node = xml_child(nominee, "name");
	g_autofree char *name = node ? xml_text(node) : g_strdup("");
	for (char **member = members; *member; member++)
		if (**member && text_same(*member, name))
			return true;
	return false;
}

/* What people should mind about a vote; none of it forbids to enter it. */
static void
warn_of_vote(Deciding *deciding, const Threshold *threshold, const xmlNode *nominee, int total)
{
	const FlowEvent *event = deciding->event;
	int voted = event->yes + event->no;
	if (!threshold->verified)
		refuse(deciding, FINDING_FLOW_THRESHOLD,
			threshold->source ? threshold->source : "-");
	if (voted * threshold->quorum_of < threshold->quorum * total) {
		g_autofree char *present = g_strdup_printf("%d/%d", voted, total);
		refuse(deciding, FINDING_FLOW_QUORUM, present);
	}
	if (voted >= total && is_member(deciding, nominee)) {
		g_autofree char *name = xml_text(xml_child(nominee, "name"));
		refuse(deciding, FINDING_FLOW_OWN_VOTE, name);
	}
}

/* The denominator is the whole council, the nominee too when he sits on it. */
static void
decide_vote(Deciding *deciding)
{
	const FlowEvent *event = deciding->event;
	const xmlNode *nominee = find_nominee(deciding, event->nominee);
	const char *state = nominee ? xml_peek_attr(nominee, "state") : "";
	int total = office_council_size(deciding->office, deciding->world->today);
	if (!nominee || strcmp(state, "ineligible") == 0) {
		g_autofree char *number = g_strdup_printf("%d", event->nominee);
		refuse(deciding, FINDING_FLOW_NOMINEE, number);
		return;
	}
	if (event->yes < 0 || event->no < 0 || event->yes + event->no > total) {
		g_autofree char *sum =
			g_strdup_printf("%d + %d / %d", event->yes, event->no, total);
		refuse(deciding, FINDING_FLOW_VOTES, sum);
		return;
	}
	const xmlNode *award = xml_child(nominee, "award");
	g_autofree char *award_id = award ? xml_text(award) : g_strdup("");
	const Threshold *threshold = workflow_threshold(deciding->workflow, award_id);
	if (threshold)
		warn_of_vote(deciding, threshold, nominee, total);
	bool passed = threshold && passes(threshold, event->yes, total);
	FlowEffect *effect = add_effect(
		deciding->decision, "vote", "", "", passed ? "passed" : "failed", event->nominee);
	effect->yes = event->yes;
	effect->no = event->no;
	effect->total = total;
	effect->passed = passed;
}

/* One nominee is left out, with the reason; the others go on. */
static void
decide_exclude(Deciding *deciding)
{
	const xmlNode *nominee = find_nominee(deciding, deciding->event->nominee);
	if (nominee) {
		add_effect(deciding->decision, "nominee", "", "", "ineligible",
			deciding->event->nominee);
		return;
	}
	g_autofree char *number = g_strdup_printf("%d", deciding->event->nominee);
	refuse(deciding, FINDING_FLOW_NOMINEE, number);
}

static bool
decide_transition(Deciding *deciding, const Transition *transition)
{
	check_role(deciding, transition->role ? transition->role : deciding->stage->role);
	check_words(deciding, transition);
	check_separation(deciding, transition);
	if (!check_guards(deciding, transition))
		return false;
	if (strcmp(transition->event, "vote") == 0)
		decide_vote(deciding);
	if (strcmp(transition->event, "exclude") == 0)
		decide_exclude(deciding);
	FlowDecision *decision = deciding->decision;
	decision->allowed = findings_worst(decision->reasons) != SEVERITY_ERROR;
	if (!decision->allowed)
		return true;
	const Stage *to = workflow_stage(deciding->workflow, transition->to);
	decision->moved = to != deciding->stage;
	if (!add_effects(deciding, transition->effects))
		return false;
	if (!decision->moved) {
		decision->to = g_strdup(to->id);
		decision->due_at = g_strdup("");
		return true;
	}
	enter_stage(decision, to, deciding->calendar, deciding->world->now);
	return add_effects(deciding, to->effects);
}

FlowDecision *
flow_decide(const Workflow *workflow, const Office *office, const Calendar *calendar,
	xmlDoc *dossier, const FlowEvent *event, const Actor *actor, const QueryWorld *world,
	GError **err)
{
	g_autoptr(FlowDecision) decision = decision_new();
	g_autoptr(QueryContext) context = query_context_new(dossier, world);
	const char *stage = xml_peek_attr(xmlDocGetRootElement(dossier), "stage");
	Deciding deciding = { workflow, office, calendar, dossier, event, actor, world, context,
		workflow_stage(workflow, stage ? stage : ""), decision, err };
	const Transition *transition = find_transition(&deciding);
	if (!transition)
		refuse_stage(&deciding, stage ? stage : "");
	else if (!decide_transition(&deciding, transition))
		return NULL;
	return g_steal_pointer(&decision);
}

FlowDecision *
flow_open(const Workflow *workflow, const Calendar *calendar, Clock now)
{
	FlowDecision *decision = decision_new();
	const Stage *stage = workflow_stage(workflow, workflow->first);
	decision->allowed = decision->moved = true;
	enter_stage(decision, stage, calendar, now);
	for (guint i = 0; i < stage->effects->len; i++) {
		const Effect *effect = g_ptr_array_index(stage->effects, i);
		add_effect(decision, effect->what, effect->template_name, effect->file,
			effect->state, 0);
	}
	return decision;
}
