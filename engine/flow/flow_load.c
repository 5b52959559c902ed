/* Workflow files into workflows: shapes first, then what refers to what, guards compiled. */
#include "flow/workflow.h"

#include "document/shape.h"

#include <stdio.h>
#include <string.h>

static const Shape shapes[] = {
	{ "workflow", "", "id version kind first", "label label-en" },
	{ "stage", "workflow", "id label label-en", "role due task task-en checks final" },
	{ "enter", "stage", "", "" },
	{ "do", "enter", "what", "template file state where" },
	{ "on", "stage", "event to", "role reason missing not-actor-of label label-en" },
	{ "guard", "on", "test message message-en", "source verified severity" },
	{ "do", "on", "what", "template file state where" },
	{ "threshold", "workflow", "percent", "award compare quorum source verified" },
	{ NULL, NULL, NULL, NULL },
};

static const char *const events[] = { "approve", "return", "reject", "resume", "vote", "exclude",
	"sign", "issue", "withdraw", NULL };
static const char *const effects[] = { "register", "draft", "certificates", "decision", "nominee",
	NULL };

typedef struct {
	Workflow *workflow;
	GError **err;
} Loading;

static void
guard_free(gpointer data)
{
	Guard *guard = data;
	query_free(guard->test);
	g_free(guard);
}

static void
effect_free(gpointer data)
{
	Effect *effect = data;
	query_free(effect->where);
	g_free(effect);
}

static void
transition_free(gpointer data)
{
	Transition *transition = data;
	g_ptr_array_unref(transition->guards);
	g_ptr_array_unref(transition->effects);
	g_free(transition);
}

static void
stage_free(gpointer data)
{
	Stage *stage = data;
	g_ptr_array_unref(stage->transitions);
	g_ptr_array_unref(stage->effects);
	g_free(stage);
}

void
workflow_free(Workflow *workflow)
{
	if (!workflow)
		return;
	g_clear_pointer(&workflow->stages, g_ptr_array_unref);
	g_clear_pointer(&workflow->thresholds, g_array_unref);
	xmlFreeDoc(workflow->doc);
	g_free(workflow->path);
	g_free(workflow);
}

static const char *
attr(const xmlNode *node, const char *name, const char *otherwise)
{
	const char *value = xml_peek_attr(node, name);
	return value ? value : otherwise;
}

static bool
one_of(Loading *loading, const xmlNode *node, const char *attribute, const char *const *known)
{
	const char *value = xml_peek_attr(node, attribute);
	if (g_strv_contains(known, value))
		return true;
	const char *near = nearest_word(value, known);
	if (near)
		return shape_fail(node, loading->workflow->path, loading->err,
			_("unknown %s '%s'; did you mean '%s'?"), attribute, value, near);
	return shape_fail(node, loading->workflow->path, loading->err, _("unknown %s '%s'"),
		attribute, value);
}

static bool
compile(Loading *loading, const xmlNode *node, const char *expression, Query **ret)
{
	g_autoptr(GError) error = NULL;
	*ret = query_compile(expression, &error);
	return *ret ||
		shape_fail(node, loading->workflow->path, loading->err, "%s", error->message);
}

static bool
load_guard(Loading *loading, const xmlNode *node, GPtrArray *guards)
{
	Guard *guard = g_new0(Guard, 1);
	g_ptr_array_add(guards, guard);
	guard->vi = xml_peek_attr(node, "message");
	guard->en = xml_peek_attr(node, "message-en");
	guard->source = xml_peek_attr(node, "source");
	guard->blocks = strcmp(attr(node, "severity", "error"), "error") == 0 &&
		strcmp(attr(node, "verified", "yes"), "yes") == 0;
	return compile(loading, node, xml_peek_attr(node, "test"), &guard->test);
}

static bool
load_effect(Loading *loading, const xmlNode *node, GPtrArray *list)
{
	if (!one_of(loading, node, "what", effects))
		return false;
	Effect *effect = g_new0(Effect, 1);
	g_ptr_array_add(list, effect);
	effect->what = xml_peek_attr(node, "what");
	effect->template_name = attr(node, "template", "");
	effect->file = attr(node, "file", "");
	effect->state = attr(node, "state", "");
	const char *where = xml_peek_attr(node, "where");
	return !where || compile(loading, node, where, &effect->where);
}

/* "vote sign": events that must have been somebody else's. */
static bool
check_events(Loading *loading, const xmlNode *node, const char *attribute)
{
	g_auto(GStrv) words = g_strsplit(attr(node, attribute, ""), " ", -1);
	for (char **word = words; *word; word++)
		if (**word && !g_strv_contains(events, *word))
			return shape_fail(node, loading->workflow->path, loading->err,
				_("%s: there is no event '%s'"), attribute, *word);
	return true;
}

static bool
load_transition(Loading *loading, const xmlNode *node, GPtrArray *transitions)
{
	if (!one_of(loading, node, "event", events) || !check_events(loading, node, "not-actor-of"))
		return false;
	Transition *transition = g_new0(Transition, 1);
	g_ptr_array_add(transitions, transition);
	transition->node = node;
	transition->event = xml_peek_attr(node, "event");
	transition->to = xml_peek_attr(node, "to");
	transition->role = xml_peek_attr(node, "role");
	transition->not_actor_of = attr(node, "not-actor-of", "");
	transition->needs_reason = strcmp(attr(node, "reason", ""), "required") == 0;
	transition->needs_missing = strcmp(attr(node, "missing", ""), "required") == 0;
	transition->guards = g_ptr_array_new_with_free_func(guard_free);
	transition->effects = g_ptr_array_new_with_free_func(effect_free);
	xml_foreach(child, node) {
		bool good = xml_is(child, "guard")
			? load_guard(loading, child, transition->guards)
			: load_effect(loading, child, transition->effects);
		if (!good)
			return false;
	}
	return true;
}

static Stage *
stage_new(const xmlNode *node)
{
	Stage *stage = g_new0(Stage, 1);
	stage->node = node;
	stage->id = xml_peek_attr(node, "id");
	stage->label = xml_peek_attr(node, "label");
	stage->label_en = xml_peek_attr(node, "label-en");
	stage->role = attr(node, "role", "");
	stage->checks = xml_peek_attr(node, "checks");
	stage->task = attr(node, "task", stage->label);
	stage->task_en = attr(node, "task-en", stage->label_en);
	stage->final = strcmp(attr(node, "final", "no"), "yes") == 0;
	stage->transitions = g_ptr_array_new_with_free_func(transition_free);
	stage->effects = g_ptr_array_new_with_free_func(effect_free);
	return stage;
}

static bool
load_stage(Loading *loading, const xmlNode *node)
{
	Stage *stage = stage_new(node);
	if (workflow_stage(loading->workflow, stage->id)) {
		stage_free(stage);
		return shape_fail(node, loading->workflow->path, loading->err,
			_("stage '%s' is there twice"), xml_peek_attr(node, "id"));
	}
	g_ptr_array_add(loading->workflow->stages, stage);
	if (!term_parse(xml_peek_attr(node, "due"), &stage->due))
		return shape_fail(node, loading->workflow->path, loading->err,
			_("'%s' is no term; write '5 working-days', '10 days', '48 hours' or "
			  "'same-day'"),
			xml_peek_attr(node, "due"));
	xml_foreach(child, node) {
		if (xml_is(child, "on") && !load_transition(loading, child, stage->transitions))
			return false;
		if (!xml_is(child, "enter"))
			continue;
		xml_foreach(effect, child)
			if (!load_effect(loading, effect, stage->effects))
				return false;
	}
	return true;
}

/* "2/3" of all members. */
static bool
load_quorum(Loading *loading, const xmlNode *node, Threshold *threshold)
{
	char end;
	const char *text = xml_peek_attr(node, "quorum");
	if (!text ||
		(sscanf(text, "%3d/%3d%c", &threshold->quorum, &threshold->quorum_of, &end) == 2 &&
			threshold->quorum > 0 && threshold->quorum <= threshold->quorum_of))
		return true;
	return shape_fail(node, loading->workflow->path, loading->err,
		_("'quorum' wants a fraction like 2/3"));
}

static bool
load_threshold(Loading *loading, const xmlNode *node)
{
	gint64 percent;
	if (!g_ascii_string_to_signed(xml_peek_attr(node, "percent"), 10, 0, 100, &percent, NULL))
		return shape_fail(node, loading->workflow->path, loading->err,
			_("'percent' wants a whole number from 0 to 100"));
	Threshold threshold = {
		.award = attr(node, "award", ""),
		.source = xml_peek_attr(node, "source"),
		.percent = (int)percent,
		.more = strcmp(attr(node, "compare", "at-least"), "more-than") == 0,
		.verified = strcmp(attr(node, "verified", "yes"), "yes") == 0,
	};
	if (!load_quorum(loading, node, &threshold))
		return false;
	g_array_append_val(loading->workflow->thresholds, threshold);
	return true;
}

/* Every stage that is named must be there. */
static bool
check_target(Loading *loading, const xmlNode *node, const char *stage)
{
	const Workflow *workflow = loading->workflow;
	if (workflow_stage(workflow, stage))
		return true;
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	for (guint i = 0; i < workflow->stages->len; i++)
		g_ptr_array_add(ids, (char *)((Stage *)g_ptr_array_index(workflow->stages, i))->id);
	g_ptr_array_add(ids, NULL);
	const char *near = nearest_word(stage, (const char *const *)ids->pdata);
	if (near)
		return shape_fail(node, workflow->path, loading->err,
			_("no stage '%s'; did you mean '%s'?"), stage, near);
	return shape_fail(node, workflow->path, loading->err, _("no stage '%s'"), stage);
}

static bool
check_targets(Loading *loading)
{
	const Workflow *workflow = loading->workflow;
	if (!check_target(loading, xmlDocGetRootElement(workflow->doc), workflow->first))
		return false;
	for (guint i = 0; i < workflow->stages->len; i++) {
		const Stage *stage = g_ptr_array_index(workflow->stages, i);
		for (guint j = 0; j < stage->transitions->len; j++) {
			const Transition *transition = g_ptr_array_index(stage->transitions, j);
			if (!check_target(loading, transition->node, transition->to))
				return false;
		}
	}
	return true;
}

/* Attributes that know but a few words. */
static const struct {
	const char *element, *attribute;
	const char *words[4]; /* NULL-terminated */
} choices[] = {
	{ "stage", "final", { "yes", "no" } },
	{ "on", "reason", { "required" } },
	{ "on", "missing", { "required" } },
	{ "guard", "severity", { "error", "warning" } },
	{ "guard", "verified", { "yes", "secondary", "no" } },
	{ "threshold", "verified", { "yes", "secondary", "no" } },
	{ "threshold", "compare", { "at-least", "more-than" } },
};

static bool
check_choices(Loading *loading, const xmlNode *node)
{
	for (size_t i = 0; i < G_N_ELEMENTS(choices); i++)
		if (xml_is(node, choices[i].element) && xml_peek_attr(node, choices[i].attribute) &&
			!one_of(loading, node, choices[i].attribute, choices[i].words))
			return false;
	xml_foreach(child, node)
		if (!check_choices(loading, child))
			return false;
	return true;
}

static Workflow *
load_file(ShapedFile *file, GError **err)
{
	g_autoptr(Workflow) workflow = g_new0(Workflow, 1);
	Loading loading = { workflow, err };
	workflow->doc = g_steal_pointer(&file->doc);
	workflow->path = g_strdup(file->path);
	workflow->stages = g_ptr_array_new_with_free_func(stage_free);
	workflow->thresholds = g_array_new(FALSE, TRUE, sizeof(Threshold));
	const xmlNode *root = xmlDocGetRootElement(workflow->doc);
	workflow->id = xml_peek_attr(root, "id");
	workflow->version = xml_peek_attr(root, "version");
	workflow->kind = xml_peek_attr(root, "kind");
	workflow->first = xml_peek_attr(root, "first");
	if (!check_choices(&loading, root))
		return NULL;
	xml_foreach(child, root) {
		bool good = xml_is(child, "stage") ? load_stage(&loading, child)
						   : load_threshold(&loading, child);
		if (!good)
			return NULL;
	}
	return check_targets(&loading) ? g_steal_pointer(&workflow) : NULL;
}

GPtrArray *
workflows_load(const char *const *folders, GError **err)
{
	g_autoptr(GPtrArray) files = shaped_files_load(folders, "workflow", shapes, err);
	if (!files)
		return NULL;
	g_autoptr(GPtrArray) workflows =
		g_ptr_array_new_with_free_func((GDestroyNotify)workflow_free);
	for (guint i = 0; i < files->len; i++) {
		Workflow *workflow = load_file(g_ptr_array_index(files, i), err);
		if (!workflow)
			return NULL;
		g_ptr_array_add(workflows, workflow);
	}
	return g_steal_pointer(&workflows);
}
