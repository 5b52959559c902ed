/*
 * XPath over a tree, with our functions and a budget.
 *
 * libxml2 counts operations (opLimit) but adds them up over a context's life, and does not count
 * what its string functions do: so the count is reset before each evaluation, and the string
 * functions are replaced by ones that pay for every byte they touch.
 */
#include "document/query_functions.h"

#include "document/xml.h"

#include <libxml/xpathInternals.h>
#include <string.h>

enum { MAX_OPERATIONS = 400000, MAX_EXPRESSION = 4000 };
static const size_t max_text = (size_t)4 * 1024 * 1024;
static const size_t effort_base = 48, bytes_per_operation = 16;

struct Query {
	char *expression;
	xmlXPathCompExpr *compiled;
};

struct QueryContext {
	xmlXPathContext *xpath;
	QueryState state;
	size_t effort;
};

/* The functions of XPath 1.0 itself: name and the least and most arguments. */
static const struct {
	const char *name;
	int min, max;
} core[] = {
	{ "last", 0, 0 },
	{ "position", 0, 0 },
	{ "count", 1, 1 },
	{ "id", 1, 1 },
	{ "local-name", 0, 1 },
	{ "namespace-uri", 0, 1 },
	{ "name", 0, 1 },
	{ "string", 0, 1 },
	{ "concat", 2, -1 },
	{ "starts-with", 2, 2 },
	{ "contains", 2, 2 },
	{ "substring-before", 2, 2 },
	{ "substring-after", 2, 2 },
	{ "substring", 2, 3 },
	{ "string-length", 0, 1 },
	{ "normalize-space", 0, 1 },
	{ "translate", 3, 3 },
	{ "boolean", 1, 1 },
	{ "not", 1, 1 },
	{ "true", 0, 0 },
	{ "false", 0, 0 },
	{ "lang", 1, 1 },
	{ "number", 0, 1 },
	{ "sum", 1, 1 },
	{ "floor", 1, 1 },
	{ "ceiling", 1, 1 },
	{ "round", 1, 1 },
};

/* Node tests look like calls and are none. */
static const char *const node_tests[] = { "node", "text", "comment", "processing-instruction",
	NULL };

static bool
find_arity(const char *name, int *min, int *max)
{
	for (size_t i = 0; i < G_N_ELEMENTS(core); i++) {
		if (strcmp(core[i].name, name) == 0) {
			*min = core[i].min;
			*max = core[i].max;
			return true;
		}
	}
	for (const QueryFunction *row = query_functions; row->name; row++) {
		if (strcmp(row->name, name) == 0) {
			*min = row->min_arity;
			*max = row->max_arity;
			return true;
		}
	}
	return false;
}

static bool
unknown_function(const char *name, GError **err)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (size_t i = 0; i < G_N_ELEMENTS(core); i++)
		g_ptr_array_add(names, (char *)core[i].name);
	for (const QueryFunction *row = query_functions; row->name; row++)
		g_ptr_array_add(names, (char *)row->name);
	g_ptr_array_add(names, NULL);
	const char *near = nearest_word(name, (const char *const *)names->pdata);
	if (near)
		return fail(err, ERR_FORMAT, _("unknown function '%s()'; did you mean '%s()'?"),
			name, near);
	return fail(err, ERR_FORMAT, _("unknown function '%s()'"), name);
}

/* Past a string literal, or just past this character. */
static const char *
skip_literal(const char *p)
{
	if (*p != '"' && *p != '\'')
		return p + 1;
	const char *end = strchr(p + 1, *p);
	return end ? end + 1 : p + strlen(p);
}

/* How many arguments stand between the bracket at p and its partner; -1 = it has none. */
static int
count_arguments(const char *p)
{
	int depth = 0, commas = 0;
	bool any = false, closed = false;
	for (; *p && !closed; p = skip_literal(p)) {
		if (*p == '(' || *p == '[') {
			depth++;
			if (depth > 1)
				any = true;
			continue;
		}
		if (*p == ')' || *p == ']') {
			closed = --depth == 0;
		} else if (*p == ',' && depth == 1) {
			commas++;
		} else if (!g_ascii_isspace(*p)) {
			any = true;
		}
	}
	if (!closed)
		return -1;
	return any ? commas + 1 : 0;
}

static bool
check_call(const char *name, const char *bracket, GError **err)
{
	int min, max, n = count_arguments(bracket);
	if (g_strv_contains(node_tests, name))
		return true;
	if (!find_arity(name, &min, &max))
		return unknown_function(name, err);
	if (n < 0) /* which libxml2 lets pass, with an argument less */
		return fail(err, ERR_FORMAT, _("the bracket of '%s()' is not closed"), name);
	if (n < min || (max >= 0 && n > max))
		return fail(err, ERR_FORMAT, _("'%s()' does not take %d arguments"), name, n);
	return true;
}

static bool
is_name_char(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

/* libxml2 finds unknown functions only when it runs: find them before, with what was meant. */
static bool
check_calls(const char *expression, GError **err)
{
	for (const char *p = expression; *p;) {
		if (!g_ascii_isalpha(*p)) {
			p = skip_literal(p);
			continue;
		}
		const char *start = p;
		while (is_name_char(*p))
			p++;
		const char *bracket = p + strspn(p, " \t\n");
		bool axis_or_operator = g_str_has_prefix(bracket, "::");
		g_autofree char *name = g_strndup(start, (size_t)(p - start));
		static const char *const operators[] = { "and", "or", "div", "mod", NULL };
		if (*bracket != '(' || axis_or_operator || g_strv_contains(operators, name))
			continue;
		if (!check_call(name, bracket, err))
			return false;
	}
	return true;
}

static void
ignore_error(void *user, xmlErrorPtr error)
{
	(void)user, (void)error;
}

Query *
query_compile(const char *expression, GError **err)
{
	if (strlen(expression) > MAX_EXPRESSION) {
		fail(err, ERR_FORMAT, _("the expression is too long"));
		return NULL;
	}
	if (!check_calls(expression, err))
		return NULL;
	xmlXPathContext *context = xmlXPathNewContext(NULL);
	context->error = ignore_error;
	xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(context, (const xmlChar *)expression);
	xmlXPathFreeContext(context);
	if (!compiled) {
		fail(err, ERR_FORMAT, _("'%s' is no XPath expression"), expression);
		return NULL;
	}
	Query *query = g_new0(Query, 1);
	query->expression = g_strdup(expression);
	query->compiled = compiled;
	return query;
}

void
query_free(Query *query)
{
	if (!query)
		return;
	xmlXPathFreeCompExpr(query->compiled);
	g_free(query->expression);
	g_free(query);
}

const char *
query_expression(const Query *query)
{
	return query->expression;
}

QueryContext *
query_context_new(xmlDoc *doc, const QueryWorld *world)
{
	QueryContext *context = g_new0(QueryContext, 1);
	context->xpath = xmlXPathNewContext(doc);
	context->xpath->error = ignore_error;
	context->state.world = *world;
	query_register(context->xpath, &context->state);
	return context;
}

void
query_context_free(QueryContext *context)
{
	if (!context)
		return;
	xmlXPathFreeContext(context->xpath);
	g_free(context);
}

void
query_set_index(QueryContext *context, int index)
{
	context->state.index = index;
}

static xmlXPathObject *
evaluate(QueryContext *context, const Query *query, xmlNode *node, GError **err)
{
	xmlXPathContext *xpath = context->xpath;
	xpath->node = node ? node : xmlDocGetRootElement(xpath->doc);
	context->state.node = xpath->node;
	xpath->opLimit = MAX_OPERATIONS;
	xpath->opCount = 0;
	context->state.text_left = max_text;
	context->state.exhausted = false;
	xmlResetError(&xpath->lastError);
	xmlXPathObject *result = xmlXPathCompiledEval(query->compiled, xpath);
	context->effort += effort_base + xpath->opCount +
		(max_text - context->state.text_left) / bytes_per_operation;
	if (result && !context->state.exhausted)
		return result;
	xmlXPathFreeObject(result);
	bool limit = context->state.exhausted || xpath->opCount >= xpath->opLimit;
	if (limit)
		fail(err, ERR_LIMIT, _("'%s' takes too long"), query->expression);
	else
		fail(err, ERR_FORMAT, _("'%s' can't be evaluated"), query->expression);
	return NULL;
}

bool
query_bool(QueryContext *context, const Query *query, xmlNode *node, bool *ret, GError **err)
{
	xmlXPathObject *result = evaluate(context, query, node, err);
	if (!result)
		return false;
	*ret = xmlXPathCastToBoolean(result) != 0;
	xmlXPathFreeObject(result);
	return true;
}

bool
query_text(QueryContext *context, const Query *query, xmlNode *node, char **ret, GError **err)
{
	xmlXPathObject *result = evaluate(context, query, node, err);
	if (!result)
		return false;
	xmlChar *text = xmlXPathCastToString(result);
	*ret = g_strdup((const char *)text);
	xmlFree(text);
	xmlXPathFreeObject(result);
	return true;
}

bool
query_number(QueryContext *context, const Query *query, xmlNode *node, double *ret, GError **err)
{
	xmlXPathObject *result = evaluate(context, query, node, err);
	if (!result)
		return false;
	*ret = xmlXPathCastToNumber(result);
	xmlXPathFreeObject(result);
	return true;
}

bool
query_nodes(QueryContext *context, const Query *query, xmlNode *node, GPtrArray **ret, GError **err)
{
	xmlXPathObject *result = evaluate(context, query, node, err);
	if (!result)
		return false;
	bool is_set = result->type == XPATH_NODESET;
	if (is_set) {
		*ret = g_ptr_array_new();
		if (result->nodesetval)
			xmlXPathNodeSetSort(result->nodesetval);
		for (int i = 0; result->nodesetval && i < result->nodesetval->nodeNr; i++)
			if (result->nodesetval->nodeTab[i]->type != XML_NAMESPACE_DECL)
				g_ptr_array_add(*ret, result->nodesetval->nodeTab[i]);
	}
	xmlXPathFreeObject(result);
	return is_set || fail(err, ERR_FORMAT, _("'%s' does not name elements"), query->expression);
}

size_t
query_effort(const QueryContext *context)
{
	return context->effort;
}
