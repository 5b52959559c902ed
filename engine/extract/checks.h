/*
 * Checks over a whole dossier: completeness, agreement of its papers, criteria of award law. Files
 * with the root <checks> below rules/ (docs/workflow.md).
 *
 * A check that states law names its source; one that is not verified against the original warns and
 * never blocks. A fact that is not known gives a warning that says so, never a "no".
 */
#ifndef VANTHU_EXTRACT_CHECKS_H
#define VANTHU_EXTRACT_CHECKS_H

#include "document/finding.h"
#include "document/query.h"

typedef struct Checks Checks;

/* ERR_FORMAT with every mistake of a file, one a line, as "file:line: what, and what was meant". A
 * file of a later folder replaces the one of the same name. */
Checks *checks_load(const char *const *folders, GError **err);
/* The checks of one tree (root <checks>), already checked for its shape; `file` is for messages. */
Checks *checks_parse(xmlDoc *doc, const char *file, GError **err);
void checks_free(Checks *checks);
int checks_count(const Checks *checks);
/* Is there such a set (a workflow names them)? */
bool checks_has_set(const Checks *checks, const char *set);

/* Runs every check of `set` ("completeness") that is in force on `date` over the dossier tree. Adds
 * findings; an evaluation that runs out of its budget is a finding too. */
bool checks_run(const Checks *checks, const char *set, xmlDoc *dossier, const QueryWorld *world,
	Date date, GPtrArray *findings, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Checks, checks_free)

#endif
