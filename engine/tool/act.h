/*
 * One act on a dossier, whole or not at all: decided by the workflow, written with its event, its
 * tasks, its snapshot and its journal entry in one transaction. Drafts that it promises are made
 * after it (tool/drafts.h).
 */
#ifndef VANTHU_TOOL_ACT_H
#define VANTHU_TOOL_ACT_H

#include "tool/engine.h"

/* The dossier tree as rules, workflows and templates see it: with <office>, and @draft="yes" until
 * its decision is issued. */
xmlDoc *act_tree(Engine *engine, const char *id, GError **err);

/* What an issue brings with it. */
typedef struct {
	const char *number, *notation, *date, *signer_name, *signer_position, *sha256;
	const Reading *signed_file; /* added to the dossier as its decision; may be NULL */
} ActDecision;

/* ret_decision: allowed, or refused with every reason; nothing has changed then. decided may be
 * NULL. */
bool act_do(Engine *engine, const char *id, const FlowEvent *event, const ActDecision *decided,
	FlowDecision **ret_decision, GError **err);

/* The same inside a transaction of the caller, who rolls back when it was refused. */
bool act_within(Engine *engine, const char *id, const FlowEvent *event, const ActDecision *decided,
	FlowDecision **ret_decision, GError **err);

/* Inside a transaction of the caller: a new dossier enters its workflow. */
bool act_open(
	Engine *engine, const char *id, const Workflow *workflow, const Who *who, GError **err);
/* Inside a transaction of the caller: checks of the stage run anew, snapshot, journal entry, pages.
 */
bool act_settle(Engine *engine, const char *id, const char *kind, const Who *who, GError **err);

/* Who acts, as the journal wants it; vanthu itself when the engine has no actor. */
Who act_who(const Engine *engine);

#endif
