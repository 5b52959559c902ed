/* A workflow in memory, as loaded; shared by the files of flow/. Strings are lent by its XML. */
#ifndef VANTHU_FLOW_WORKFLOW_H
#define VANTHU_FLOW_WORKFLOW_H

#include "flow/flow.h"

typedef struct {
	Query *test;
	const char *vi, *en, *source;
	bool blocks; /* false: unverified law, or a warning by its own word */
} Guard;

typedef struct {
	const char *what, *template_name, *file, *state;
	Query *where; /* nominee: which; NULL = all */
} Effect;

/* <on>: a transition. */
typedef struct {
	const char *event, *to, *role;
	const char *not_actor_of; /* events that must have been somebody else's */
	bool needs_reason, needs_missing;
	GPtrArray *guards, *effects;
	const xmlNode *node;
} Transition;

typedef struct {
	const char *id, *label, *label_en, *role, *checks, *task, *task_en;
	Term due;
	bool final;
	GPtrArray *transitions, *effects; /* effects: on entering */
	const xmlNode *node;
} Stage;

/* Votes: by award id; award "" holds for all others. */
typedef struct {
	const char *award, *source;
	int percent;
	int quorum, quorum_of; /* "2/3" of all members must have voted; 0 = not asked */
	bool more;             /* more than, not at least */
	bool verified;
} Threshold;

struct Workflow {
	xmlDoc *doc;
	char *path;
	const char *id, *version, *kind, *first;
	GPtrArray *stages;
	GArray *thresholds; /* of Threshold */
};

const Stage *workflow_stage(const Workflow *workflow, const char *id);
const Threshold *workflow_threshold(const Workflow *workflow, const char *award);

#endif
