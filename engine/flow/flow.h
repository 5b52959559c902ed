/*
 * Workflows: which stages a case goes through, who holds each, what may happen there and what
 * follows. Workflow files (rules/flow-*.xml, docs/workflow.md) say it all; flow_decide() is the one
 * function that applies them, and it is pure: dossier tree, event, actor and time in, a decision
 * out.
 */
#ifndef VANTHU_FLOW_FLOW_H
#define VANTHU_FLOW_FLOW_H

#include "document/finding.h"
#include "document/query.h"
#include "flow/calendar.h"
#include "flow/office.h"

typedef struct Workflow Workflow;

/* All workflow files below the folders. ERR_FORMAT with every mistake of a file as "file:line:
 * what". */
GPtrArray *workflows_load(const char *const *folders, GError **err);
void workflow_free(Workflow *workflow);

const char *workflow_id(const Workflow *workflow);
const char *workflow_version(const Workflow *workflow);
const char *workflow_kind(const Workflow *workflow); /* of dossiers: "dispatch", "award" */
const char *workflow_first(const Workflow *workflow);
/* The label of a stage in a language; its id when there is none. Lent. */
const char *workflow_stage_label(const Workflow *workflow, const char *stage, const char *language);
/* Which set of checks holds in a stage; NULL = none. Lent. */
const char *workflow_stage_checks(const Workflow *workflow, const char *stage);
/* The events that may happen in a stage, joined by a space; caller owns. */
char *workflow_stage_events(const Workflow *workflow, const char *stage);

/* What somebody wants to do. */
typedef struct {
	const char *kind;   /* approve return reject resume vote exclude sign issue withdraw */
	const char *reason; /* or NULL */
	const char *const *missing; /* what is to be supplied; NULL-terminated or NULL */
	int nominee, yes, no;       /* of a vote, of an exclusion */
} FlowEvent;

/* What is to be done because of it. */
typedef struct {
	char *what;          /* register, draft, certificates, decision, nominee, vote */
	char *template_name; /* draft, certificates */
	char *file;          /* draft: its name in drafts/ID/ */
	char *state;         /* nominee, decision */
	int nominee;         /* nominee, vote */
	int yes, no, total;  /* vote */
	bool passed;
} FlowEffect;

typedef struct {
	char *stage, *role, *vi, *en, *due_at;
} FlowTask;

typedef struct {
	bool allowed;
	GPtrArray *reasons; /* of Finding: why not (errors), or what to mind (warnings) */
	char *to, *due_at;  /* when allowed */
	bool moved, closed;
	GPtrArray *effects; /* of FlowEffect */
	GPtrArray *tasks;   /* of FlowTask */
} FlowDecision;

/* A dossier enters its first stage: only tasks, due time and effects of that stage. */
FlowDecision *flow_open(const Workflow *workflow, const Calendar *calendar, Clock now);
/* The stage is the tree's /dossier/@stage. All reasons of a refusal come at once. Errors only for
 * what is wrong with the machinery (a guard that runs out of its budget). */
FlowDecision *flow_decide(const Workflow *workflow, const Office *office, const Calendar *calendar,
	xmlDoc *dossier, const FlowEvent *event, const Actor *actor, const QueryWorld *world,
	GError **err);
void flow_decision_free(FlowDecision *decision);

/* Does this person hold one of the posts that a stage is given to? False for a final stage. */
bool workflow_stage_is_for(const Workflow *workflow, const char *stage, const Actor *actor);

/* Each template that an effect names; the same one may come more than once. Ends when visit says
 * false, and then answers false. */
typedef bool (*WorkflowTemplateVisit)(const char *name, void *user);
bool workflow_visit_templates(const Workflow *workflow, WorkflowTemplateVisit visit, void *user);

/* What is wrong with a workflow though it loads: stages that nobody reaches, dead ends, roles
 * without holder, templates that are not there (has_template may be NULL). Adds findings. */
typedef bool (*FlowHasTemplate)(const char *name, void *user);
void flow_check(const Workflow *workflow, const Office *office, Date today,
	FlowHasTemplate has_template, void *user, GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Workflow, workflow_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FlowDecision, flow_decision_free)

#endif
