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
	int mistakes;
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

enum { MAX_MISTAKES = 50 };

static void
mistake(Compiling *compiling, const Tag *tag, const char *what)
{
	if (++compiling->mistakes > MAX_MISTAKES)
		return;
	g_string_append_printf(compiling->errors, "%s%s:%d: %s%s%s%s",
		compiling->errors->len ? "\n" : "", compiling->part->name, tag->line, what,
		tag->near ? " (“" : "", tag->near ? tag->near : "", tag->near ? "”)" : "");
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
	node->in_text = tag->in_text;
	node->query = query_compile(tag->expression, &error);
	if (!node->query)
		mistake(compiling, tag,
			*tag->expression ? error->message : _("a tag that says nothing"));
	g_ptr_array_add(nodes, node);
	return node;
}

enum { MAX_NESTING = 32 };

static const Tag *compile_nodes(Compiling *compiling, GPtrArray *nodes, int depth);

/* What lies between two places can only be left out or repeated when the same elements are open. */
static void
check_path(Compiling *compiling, const Tag *open, const Tag *other)
{
	if (other && (open->apart || other->apart || open->path != other->path))
		mistake(compiling, open,
			_("a block must end in the paragraph, cell or table where it begins"));
}

/* From {% for %} or {% if %} to its {% end %}. */
static void
compile_block(Compiling *compiling, GPtrArray *nodes, const Tag *open, int depth)
{
	Node *node = add_node(compiling, nodes, open);
	compiling->part->has_blocks = true;
	node->then = g_ptr_array_new_with_free_func(node_free);
	const Tag *close = compile_nodes(compiling, node->then, depth + 1);
	check_path(compiling, open, close);
	if (close && close->kind == TAG_ELSE) {
		if (open->kind != TAG_IF)
			mistake(compiling, close, _("'{% else %}' without '{% if %}'"));
		node->otherwise = g_ptr_array_new_with_free_func(node_free);
		close = compile_nodes(compiling, node->otherwise, depth + 1);
		check_path(compiling, open, close);
	}
	if (!close || close->kind != TAG_END)
		mistake(compiling, open, _("a block without '{% end %}'"));
}

/* Up to the tag that ends this list, which is returned; NULL at the end of the text. */
static const Tag *
compile_nodes(Compiling *compiling, GPtrArray *nodes, int depth)
{
	if (depth == MAX_NESTING)
		mistake(compiling, &g_array_index(compiling->tags, Tag, compiling->next - 1),
			_("blocks are nested too deep"));
	while (compiling->next < compiling->tags->len && depth < MAX_NESTING) {
		const Tag *tag = &g_array_index(compiling->tags, Tag, compiling->next++);
		add_span(compiling, nodes, tag->replace);
		compiling->at = MAX(compiling->at, tag->replace_end);
		if (tag->wrong)
			mistake(compiling, tag, _(tag->wrong));
		else if (tag->kind == TAG_ELSE || tag->kind == TAG_END)
			return tag;
		else if (tag->kind == TAG_VALUE)
			add_node(compiling, nodes, tag);
		else
			compile_block(compiling, nodes, tag, depth);
	}
	add_span(compiling, nodes, compiling->part->size);
	return NULL;
}

Part *
part_compile(char *name, char *text, size_t size, GArray *tags, GError **err)
{
	Part *part = g_new0(Part, 1);
	part->name = name;
	part->text = text;
	part->size = size;
	part->nodes = g_ptr_array_new_with_free_func(node_free);
	g_autoptr(GString) errors = g_string_new(NULL);
	Compiling compiling = { part, tags, 0, 0, errors, 0 };
	const Tag *extra;
	while ((extra = compile_nodes(&compiling, part->nodes, 0)))
		mistake(&compiling, extra, _("'{% end %}' or '{% else %}' without a block"));
	if (!errors->len)
		return part;
	if (compiling.mistakes > MAX_MISTAKES)
		g_string_append(errors, "\n…");
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
	Work *work;
	GString *out;
	GPtrArray *findings;
	guint findings_before;
	GError **err;
} Filling;

/* Far above what a document is, and a second or two of work. */
enum { MAX_OUTPUT = 64 * 1024 * 1024, MAX_EFFORT = 50 * 1000 * 1000, MAX_MISSING = 100 };

/* Pays for a step and for what it has written. */
static bool
pay(const Filling *filling, size_t steps)
{
	filling->work->steps += steps;
	if (filling->work->steps + query_effort(filling->context) > MAX_EFFORT)
		return fail(filling->err, ERR_LIMIT, _("filling '%s' takes too long"),
			filling->part->name);
	if (filling->work->bytes + filling->out->len > MAX_OUTPUT)
		return fail(
			filling->err, ERR_LIMIT, _("'%s' becomes too large"), filling->part->name);
	return true;
}

/* What a byte of a value becomes; NULL = itself. What XML can't hold is left out. */
static const char *
escape_of(const Node *node, const unsigned char *p)
{
	static const struct {
		char c;
		const char *text;
	} escapes[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
		{ '\'', "&#39;" } };
	for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++)
		if (escapes[i].c == (char)*p)
			return escapes[i].text;
	if (*p == '\n' && node->in_text)
		return "</w:t><w:br/><w:t xml:space=\"preserve\">";
	return *p < 0x20 && *p != '\n' && *p != '\t' ? "" : NULL;
}

/* U+FFFE and U+FFFF are in no XML. */
static bool
is_nonchar(const unsigned char *p)
{
	return p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe;
}

static void
append_escaped(const Filling *filling, const Node *node, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text;
		*p && filling->out->len <= MAX_OUTPUT; p++) {
		const char *escape = escape_of(node, p);
		if (escape)
			g_string_append(filling->out, escape);
		else if (is_nonchar(p))
			p += 2;
		else
			g_string_append_c(filling->out, (char)*p);
	}
}

/* "name (word/document.xml:12 #3, “…”)": the third time that the loop came by. */
static void
note_missing(const Filling *filling, const Node *node, int index)
{
	if (filling->findings->len - filling->findings_before >= MAX_MISSING)
		return;
	g_autofree char *round = index ? g_strdup_printf(" #%d", index) : NULL;
	g_autofree char *detail = g_strdup_printf("%s (%s:%d%s%s%s%s)",
		query_expression(node->query), filling->part->name, node->line, text_or_empty(round),
		node->near ? ", “" : "", node->near ? node->near : "", node->near ? "”" : "");
	findings_add(filling->findings, FINDING_TEMPLATE_MISSING, NULL, detail);
}

static bool
fill_value(const Filling *filling, const Node *node, xmlNode *at, int index)
{
	g_autofree char *text = NULL;
	if (!query_text(filling->context, node->query, at, &text, filling->err))
		return because(filling->err, "%s:%d", filling->part->name, node->line);
	if (text_is_blank(text))
		note_missing(filling, node, index);
	append_escaped(filling, node, text);
	return true;
}

static bool fill_nodes(const Filling *filling, const GPtrArray *nodes, xmlNode *at, int index);

static bool
fill_loop(const Filling *filling, const Node *node, xmlNode *at, int index)
{
	g_autoptr(GPtrArray) items = NULL;
	if (!query_nodes(filling->context, node->query, at, &items, filling->err))
		return because(filling->err, "%s:%d", filling->part->name, node->line);
	if (!pay(filling, items->len))
		return false;
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
			good = fill_value(filling, node, at, index);
		else if (node->kind == TAG_FOR)
			good = fill_loop(filling, node, at, index);
		else if (node->kind == TAG_IF)
			good = fill_choice(filling, node, at, index);
		else
			g_string_append_len(filling->out, filling->part->text + node->start,
				(gssize)node->size);
		good = good && pay(filling, 1);
	}
	return good;
}

bool
part_fill(const Part *part, QueryContext *context, Work *work, GString *out, GPtrArray *findings,
	GError **err)
{
	const Filling filling = { part, context, work, out, findings, findings->len, err };
	if (!fill_nodes(&filling, part->nodes, NULL, 0))
		return false;
	work->bytes += out->len;
	return true;
}
