/*
 * The signed decision coming back: read like any other paper and compared with what the council
 * passed. A name, a number or a date that differs is an error, and nothing is issued.
 */
#ifndef VANTHU_TOOL_ISSUE_H
#define VANTHU_TOOL_ISSUE_H

#include "tool/act.h"
#include "tool/intake.h"

typedef struct {
	Intake *intake;
	char *number, *notation, *date, *signer_name, *signer_position;
	GPtrArray *findings; /* errors: it may not be issued */
} Issue;

/* number and date may be NULL when the file shows them; the file may be a scan, then both are
 * needed. */
Issue *issue_read(Engine *engine, const char *id, const char *path, const char *number,
	const char *date, GError **err);
/* What act_do() wants to know; lends from issue. */
ActDecision issue_decision(const Issue *issue);
/* The signed file into the archive. */
bool issue_keep(Engine *engine, const Issue *issue, GError **err);
void issue_free(Issue *issue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Issue, issue_free)

#endif
