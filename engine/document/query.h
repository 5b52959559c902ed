/*
 * XPath 1.0 over a tree in no namespace, with our own functions: the one expression language of
 * rules, workflows and templates.
 *
 * Functions (query_functions, the table that the manual prints from): date-long, money-words, pad, fold,
 * same, working-days, index, default, join, … Each is bounded: an evaluation has a budget of operations and
 * of text, counted anew for every evaluation; running out is ERR_LIMIT, never a hang.
 */
#ifndef VANTHU_DOCUMENT_QUERY_H
#define VANTHU_DOCUMENT_QUERY_H

#include "base/date.h"
#include "base/error.h"

#include <libxml/tree.h>

typedef struct Query Query; /* compiled; immutable */
typedef struct QueryContext QueryContext;

typedef struct {
	const char *name;
	int min_arity, max_arity; /* -1 = any */
	const char *help_vi, *help_en; /* one line each */
} QueryFunction;

extern const QueryFunction query_functions[]; /* ends with a NULL name; sorted by name */

/* ERR_FORMAT when it is no XPath, calls an unknown function ("did you mean …") or with a wrong arity. */
Query *query_compile(const char *expression, GError **err);
void query_free(Query *query);
const char *query_expression(const Query *query);

/* Working days are asked of the calendar that the context was given; NULL: working-days() fails. */
typedef bool (*QueryIsWorkingDay)(Date date, void *calendar);

typedef struct {
	Clock now;
	Date today;
	QueryIsWorkingDay is_working_day;
	void *calendar;
} QueryWorld;

/* Evaluates over doc, which is lent and must stay unchanged while in use. */
QueryContext *query_context_new(xmlDoc *doc, const QueryWorld *world);
void query_context_free(QueryContext *context);
/* What index() answers while a loop runs (1-based); 0 outside of loops. */
void query_set_index(QueryContext *context, int index);

/* With `node` as the context node (NULL: the root element). */
bool query_bool(QueryContext *, const Query *, xmlNode *node, bool *ret, GError **err);
bool query_text(QueryContext *, const Query *, xmlNode *node, char **ret, GError **err);
bool query_number(QueryContext *, const Query *, xmlNode *node, double *ret, GError **err);
/* Nodes in document order, lent; the array is the caller's. ERR_FORMAT when it is no node set.
 * Namespaces are left out: they live no longer than the evaluation. */
bool query_nodes(QueryContext *, const Query *, xmlNode *node, GPtrArray **ret, GError **err);
/* What all evaluations of this context have cost so far, roughly in operations: for whoever runs many of
 * them and wants an end. */
size_t query_effort(const QueryContext *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Query, query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(QueryContext, query_context_free)

#endif
