/*
 * Making what was promised: drafts, certificates, the pages of drafts/. Each piece of work is a row
 * of the store; the file is written and made durable first, then the row goes in the same
 * transaction that notes the draft. So a crash does it again, with the same bytes.
 */
#ifndef VANTHU_TOOL_DRAFTS_H
#define VANTHU_TOOL_DRAFTS_H

#include "tool/engine.h"

/* Does all work that is waiting, and what follows from it: pages, the list of the day. A template
 * that can't be filled is a finding of its dossier, not an error. */
bool drafts_make_all(Engine *engine, GError **err);
/* A finished file of drafts/ID/, with what it was made from. */
typedef struct {
	const char *name, *template_name, *template_sha256, *tree, *state;
	GBytes *bytes;
} DraftFile;
/* Into the archive, into drafts/ID/, and its row; in a transaction of the caller. */
bool drafts_put(Engine *engine, const char *id, const DraftFile *file, GError **err);
/* The tree as a blob: what a draft was made from. */
bool drafts_keep_tree(Engine *engine, xmlDoc *tree, char **ret_sha256, GError **err);
/* One template over one dossier, as bytes: nothing is stored. Findings get what is missing; NULL
 * then. */
GBytes *drafts_fill(Engine *engine, xmlDoc *tree, const char *template_name, GPtrArray *findings,
	char **ret_template_sha256, GError **err);

#endif
