/* A loaded check, shared by checks_load.c (which makes it) and checks.c (which runs it). Strings
 * are owned by the check set's arena. */
#ifndef VANTHU_EXTRACT_CHECK_SET_H
#define VANTHU_EXTRACT_CHECK_SET_H

#include "base/arena.h"
#include "document/xml.h"
#include "extract/checks.h"

/* A message is a list of pieces, by turns text and the value of an expression: "Thiếu {file} …". */
typedef struct {
	const char *text; /* NULL: the value of query */
	Query *query;
} Piece;

typedef struct {
	const char *set, *id;       /* id: "completeness/proposal" */
	const char *source, *scope; /* source NULL: no law, the program's own sense */
	Severity severity;          /* after lowering: an error only when it is verified */
	bool verified;              /* compared with the original text, or no law at all */
	Date from, to;              /* none = open */
	Query *by;                  /* the day that counts for them; NULL: the day of arrival */
	Query *nodes;               /* for: the nodes to check, each the context of all below */
	Query *when;                /* does it apply? NULL: yes */
	Query *known;               /* are the facts known? NULL: yes */
	Query *test;
	GPtrArray *vi, *en;                 /* of Piece */
	GPtrArray *unknown_vi, *unknown_en; /* of Piece; what is not known */
} Check;

struct Checks {
	Arena *arena;
	GPtrArray *checks; /* of Check */
	GHashTable *sets;  /* names, in the arena */
};

#endif
