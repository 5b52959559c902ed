/* A part of a template: compiled to nodes over its bytes, and filled with data. */
#include "generate/parts.h"

#include "base/text.h"

#include <string.h>

/* ---- compiling ----------------------------------------------------------------------------- */

typedef struct {
	Part *part;
	const GArray *tags;
	guint next; /* tag to be read */
	size_t at;  /* byte to be read */
	GString *errors;
} Compiling;

static void
node_free(gpointer data)
{
	Node *node = data;
	query_free(node->query);
	g_free(node->near);
	g_clear_pointer(&node->then, g_ptr_array_unref);
	g_clear_pointer(&node->otherwise, g_ptr_array_unref);
	g_free(node);
}

static void
mistake(Compiling *compiling, const Tag *tag, const char *what)
{
	g_string_append_printf(compiling->errors, "%s%s:%d: %s%s%s%s",
		compiling->errors->len ? "\n" : "", compiling->part->name, tag ? tag->line : 0,
		what, tag && tag->near ? " (“" : "", tag && tag->near ? tag->near : "",
		tag && tag->near ? "”)" : "");
}

static void
add_span(Compiling *compiling, GPtrArray *nodes, size_t end)
{
	if (end <= compiling->at)
		return;
	Node *node = g_new0(Node, 1);
	node->kind = TAG_END;
	node->start = compiling->at;
	node->size = end - compiling->at;
	g_ptr_array_add(nodes, node);
	compiling->at = end;
}

static Node *
add_node(Compiling *compiling, GPtrArray *nodes, const Tag *tag)
{
	g_autoptr(GError) error = NULL;
	Node *node = g_new0(Node, 1);
	node->kind = tag->kind;
	node->line = tag->line;
	node->near = g_strdup(tag->near);
	node->query = query_compile(tag->expression, &error);
	if (!node->query)
		mistake(compiling, tag,
			*tag->expression ? error->message : _("a tag that says nothing"));
	g_ptr_array_add(nodes, node);
	return node;
}

enum { MAX_NESTING = 32 };

static const Tag *compile_nodes(Compiling *compiling, GPtrArray *nodes, int depth);

/* From {% for %} or {% if %} to its {% end %}. */
static void
compile_block(Compiling *compiling, GPtrArray *nodes, const Tag *open, int depth)
{
	Node *node = add_node(compiling, nodes, open);
	node->then = g_ptr_array_new_with_free_func(node_free);
	const Tag *close = compile_nodes(compiling, node->then, depth + 1);
	if (close && close->kind == TAG_ELSE) {
		if (open->kind != TAG_IF)
			mistake(compiling, close, _("'{% else %}' without '{% if %}'"));
		node->otherwise = g_ptr_array_new_with_free_func(node_free);
		close = compile_nodes(compiling, node->otherwise, depth + 1);
	}
	if (!close || close->kind != TAG_END)
		mistake(compiling, open, _("a block without '{% end %}'"));
}

/* Up to the tag that ends this list, which is returned; NULL at the end of the text. */
static const Tag *
compile_nodes(Compiling *compiling, GPtrArray *nodes, int depth)
{
	while (compiling->next < compiling->tags->len && depth < MAX_NESTING) {
		const Tag *tag = &g_array_index(compiling->tags, Tag, compiling->next++);
		add_span(compiling, nodes, tag->replace);
		compiling->at = MAX(compiling->at, tag->replace_end);
		if (tag->kind == TAG_ELSE || tag->kind == TAG_END)
			return tag;
		if (tag->kind == TAG_VALUE)
			add_node(compiling, nodes, tag);
		else
			compile_block(compiling, nodes, tag, depth);
	}
	add_span(compiling, nodes, compiling->part->size);
	return NULL;
}

Part *
part_compile(char *name, char *text, size_t size, bool docx, GArray *tags, GError **err)
{
	Part *part = g_new0(Part, 1);
	part->name = name;
	part->text = text;
	part->size = size;
	part->docx = docx;
	part->nodes = g_ptr_array_new_with_free_func(node_free);
	g_autoptr(GString) errors = g_string_new(NULL);
	Compiling compiling = { part, tags, 0, 0, errors };
	const Tag *extra = compile_nodes(&compiling, part->nodes, 0);
	if (extra)
		mistake(&compiling, extra, _("'{% end %}' or '{% else %}' without a block"));
	if (!errors->len)
		return part;
	fail(err, ERR_FORMAT, "%s", errors->str);
	part_free(part);
	return NULL;
}

void
part_free(Part *part)
{
	if (!part)
		return;
	g_ptr_array_unref(part->nodes);
	g_free(part->name);
	g_free(part->text);
	g_free(part);
}

/* ---- filling ------------------------------------------------------------------------------- */

typedef struct {
	const Part *part;
	QueryContext *context;
	GString *out;
	GPtrArray *findings;
	GError **err;
} Filling;

enum { MAX_OUTPUT = 256 * 1024 * 1024 };

/* What a character of a value becomes; NULL = itself. What XML can't hold is left out. */
static const char *
escape_of(const Filling *filling, unsigned char c)
{
	static const struct {
		char c;
		const char *text;
	} escapes[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
		{ '\'', "&#39;" } };
	for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++)
		if (escapes[i].c == (char)c)
			return escapes[i].text;
	if (c == '\n' && filling->part->docx)
		return "</w:t><w:br/><w:t xml:space=\"preserve\">";
	return c < 0x20 && c != '\n' && c != '\t' ? "" : NULL;
}

static void
append_escaped(const Filling *filling, const char *text)
{
	for (const char *p = text; *p; p++) {
		const char *escape = escape_of(filling, (unsigned char)*p);
		if (escape)
			g_string_append(filling->out, escape);
		else
			g_string_append_c(filling->out, *p);
	}
}

static void
note_missing(const Filling *filling, const Node *node)
{
	g_autofree char *detail = g_strdup_printf("%s (%s:%d%s%s%s)", query_expression(node->query),
		filling->part->name, node->line, node->near ? ", “" : "",
		node->near ? node->near : "", node->near ? "”" : "");
	findings_add(filling->findings, FINDING_TEMPLATE_MISSING, NULL, detail);
}

static bool
fill_value(const Filling *filling, const Node *node, xmlNode *at)
{
	bool missing;
	g_autofree char *text = NULL;
	if (!query_is_missing(filling->context, node->query, at, &missing, filling->err) ||
		!query_text(filling->context, node->query, at, &text, filling->err))
		return because(filling->err, "%s:%d", filling->part->name, node->line);
	if (missing || text_is_blank(text))
		note_missing(filling, node);
	append_escaped(filling, text);
	if (filling->out->len > MAX_OUTPUT)
		return fail(
			filling->err, ERR_LIMIT, _("'%s' becomes too large"), filling->part->name);
	return true;
}

static bool fill_nodes(const Filling *filling, const GPtrArray *nodes, xmlNode *at, int index);

static bool
fill_loop(const Filling *filling, const Node *node, xmlNode *at, int index)
{
	g_autoptr(GPtrArray) items = NULL;
	if (!query_nodes(filling->context, node->query, at, &items, filling->err))
		return because(filling->err, "%s:%d", filling->part->name, node->line);
	for (guint i = 0; i < items->len; i++) {
		query_set_index(filling->context, (int)i + 1);
		if (!fill_nodes(filling, node->then, g_ptr_array_index(items, i), (int)i + 1))
			return false;
	}
	query_set_index(filling->context, index);
	return true;
}

static bool
fill_choice(const Filling *filling, const Node *node, xmlNode *at, int index)
{
	bool holds;
	if (!query_bool(filling->context, node->query, at, &holds, filling->err))
		return because(filling->err, "%s:%d", filling->part->name, node->line);
	const GPtrArray *branch = holds ? node->then : node->otherwise;
	return !branch || fill_nodes(filling, branch, at, index);
}

static bool
fill_nodes(const Filling *filling, const GPtrArray *nodes, xmlNode *at, int index)
{
	bool good = true;
	for (guint i = 0; good && i < nodes->len; i++) {
		const Node *node = g_ptr_array_index(nodes, i);
		if (node->kind == TAG_VALUE)
			good = fill_value(filling, node, at);
		else if (node->kind == TAG_FOR)
			good = fill_loop(filling, node, at, index);
		else if (node->kind == TAG_IF)
			good = fill_choice(filling, node, at, index);
		else
			g_string_append_len(filling->out, filling->part->text + node->start,
				(gssize)node->size);
	}
	return good;
}

bool
part_fill(const Part *part, QueryContext *context, GString *out, GPtrArray *findings, GError **err)
{
	const Filling filling = { part, context, out, findings, err };
	return fill_nodes(&filling, part->nodes, NULL, 0);
}
