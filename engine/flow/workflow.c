/* Looking things up in a workflow. */
#include "flow/workflow.h"

#include <string.h>

const Stage *
workflow_stage(const Workflow *workflow, const char *id)
{
	for (guint i = 0; i < workflow->stages->len; i++) {
		const Stage *stage = g_ptr_array_index(workflow->stages, i);
		if (strcmp(stage->id, id) == 0)
			return stage;
	}
	return NULL;
}

/* The row for this award, else the row for all others, else NULL. */
const Threshold *
workflow_threshold(const Workflow *workflow, const char *award)
{
	const Threshold *common = NULL;
	for (guint i = 0; i < workflow->thresholds->len; i++) {
		const Threshold *row = &g_array_index(workflow->thresholds, Threshold, i);
		if (*row->award && strcmp(row->award, award) == 0)
			return row;
		if (!*row->award)
			common = row;
	}
	return common;
}

const char *
workflow_id(const Workflow *workflow)
{
	return workflow->id;
}

const char *
workflow_version(const Workflow *workflow)
{
	return workflow->version;
}

const char *
workflow_kind(const Workflow *workflow)
{
	return workflow->kind;
}

const char *
workflow_first(const Workflow *workflow)
{
	return workflow->first;
}

const char *
workflow_stage_label(const Workflow *workflow, const char *id, const char *language)
{
	const Stage *stage = workflow_stage(workflow, id);
	if (!stage)
		return id;
	return g_str_has_prefix(language, "en") ? stage->label_en : stage->label;
}

const char *
workflow_stage_checks(const Workflow *workflow, const char *id)
{
	const Stage *stage = workflow_stage(workflow, id);
	return stage ? stage->checks : NULL;
}

char *
workflow_stage_events(const Workflow *workflow, const char *id)
{
	const Stage *stage = workflow_stage(workflow, id);
	GString *out = g_string_new(NULL);
	for (guint i = 0; stage && i < stage->transitions->len; i++) {
		const Transition *transition = g_ptr_array_index(stage->transitions, i);
		g_string_append_printf(out, "%s%s", out->len ? " " : "", transition->event);
	}
	return g_string_free(out, FALSE);
}

static bool
visit_effects(const GPtrArray *effects, WorkflowTemplateVisit visit, void *user)
{
	for (guint i = 0; i < effects->len; i++) {
		const Effect *effect = g_ptr_array_index(effects, i);
		if (*effect->template_name && !visit(effect->template_name, user))
			return false;
	}
	return true;
}

bool
workflow_visit_templates(const Workflow *workflow, WorkflowTemplateVisit visit, void *user)
{
	for (guint i = 0; i < workflow->stages->len; i++) {
		const Stage *stage = g_ptr_array_index(workflow->stages, i);
		if (!visit_effects(stage->effects, visit, user))
			return false;
		for (guint k = 0; k < stage->transitions->len; k++) {
			const Transition *transition = g_ptr_array_index(stage->transitions, k);
			if (!visit_effects(transition->effects, visit, user))
				return false;
		}
	}
	return true;
}

bool
workflow_stage_is_for(const Workflow *workflow, const char *id, const Actor *actor)
{
	const Stage *stage = workflow_stage(workflow, id);
	g_auto(GStrv) roles = g_strsplit(stage && stage->role ? stage->role : "", " ", -1);
	for (char **role = roles; *role; role++)
		if (**role && actor_has(actor, *role))
			return true;
	return false;
}
