/* What is wrong with a workflow though it loads: unreachable stages, dead ends, roles without
 * holder. */
#include "flow/workflow.h"

#include <string.h>

static void
reach(const Workflow *workflow, const Stage *stage, GHashTable *reached)
{
	if (!g_hash_table_add(reached, (gpointer)stage))
		return;
	for (guint i = 0; i < stage->transitions->len; i++) {
		const Transition *transition = g_ptr_array_index(stage->transitions, i);
		reach(workflow, workflow_stage(workflow, transition->to), reached);
	}
}

static void
check_roles(
	const char *roles, const Office *office, Date today, GHashTable *said, GPtrArray *findings)
{
	g_auto(GStrv) words = g_strsplit(roles ? roles : "", " ", -1);
	for (char **role = words; *role; role++)
		if (**role && office_count_holders(office, *role, today) == 0 &&
			g_hash_table_add(said, g_strdup(*role)))
			findings_add(findings, FINDING_FLOW_NO_HOLDER, NULL, *role);
}

typedef struct {
	FlowHasTemplate has_template;
	void *user;
	GPtrArray *findings;
} Seeking;

static bool
check_template(const char *name, void *user)
{
	const Seeking *seeking = user;
	if (!seeking->has_template(name, seeking->user))
		findings_add(seeking->findings, FINDING_FLOW_NO_TEMPLATE, NULL, name);
	return true;
}

static bool
has_way_out(const Stage *stage)
{
	for (guint i = 0; i < stage->transitions->len; i++)
		if (strcmp(((Transition *)g_ptr_array_index(stage->transitions, i))->to,
			    stage->id) != 0)
			return true;
	return false;
}

void
flow_check(const Workflow *workflow, const Office *office, Date today, FlowHasTemplate has_template,
	void *user, GPtrArray *findings)
{
	g_autoptr(GHashTable) reached = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	reach(workflow, workflow_stage(workflow, workflow->first), reached);
	for (guint i = 0; i < workflow->stages->len; i++) {
		const Stage *stage = g_ptr_array_index(workflow->stages, i);
		if (!g_hash_table_contains(reached, stage))
			findings_add(findings, FINDING_FLOW_UNREACHABLE, NULL, stage->id);
		if (!stage->final && !has_way_out(stage))
			findings_add(findings, FINDING_FLOW_DEAD_END, NULL, stage->id);
		if (office)
			check_roles(stage->role, office, today, said, findings);
		for (guint j = 0; j < stage->transitions->len; j++) {
			const Transition *transition = g_ptr_array_index(stage->transitions, j);
			if (office)
				check_roles(transition->role, office, today, said, findings);
		}
	}
	Seeking seeking = { has_template, user, findings };
	if (has_template)
		workflow_visit_templates(workflow, check_template, &seeking);
}
