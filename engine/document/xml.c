/* libxml2, the way we use it: strict parsing of our own files, and small helpers to read and build
 * trees. */
#include "document/xml.h"

#include "base/text.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <string.h>

enum { MAX_DEPTH = 100 };

/* The first thing that went wrong, as "name:line: what". */
typedef struct {
	const char *name;
	char *message;
} ParseState;

static void
on_error(void *user, xmlErrorPtr error)
{
	ParseState *state = ((xmlParserCtxt *)user)->_private;
	if (!state || state->message || error->level < XML_ERR_ERROR)
		return;
	g_autofree char *text = g_strdup(error->message);
	bool sign = error->code == XML_ERR_NAME_REQUIRED ||
		error->code == XML_ERR_LT_IN_ATTRIBUTE ||
		error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING;
	state->message = g_strdup_printf("%s:%d: %s%s", state->name, error->line, g_strchomp(text),
		sign ? _("; a '<' or '&' that is text is written &lt; or &amp;") : "");
}

static bool
too_deep(const xmlNode *node, int depth)
{
	for (const xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE &&
			(depth >= MAX_DEPTH || too_deep(child, depth + 1)))
			return true;
	return false;
}

static bool
check_tree(const xmlDoc *doc, const char *name, GError **err)
{
	if (doc->intSubset || doc->extSubset)
		return fail(err, ERR_FORMAT, _("%s: a DOCTYPE is not accepted"), name);
	if (too_deep(xmlDocGetRootElement(doc), 1))
		return fail(err, ERR_LIMIT, _("%s: elements are nested too deep"), name);
	return true;
}

xmlDoc *
xml_parse(const char *data, size_t size, const char *name, GError **err)
{
	ParseState state = { .name = name };
	xmlParserCtxt *context = xmlNewParserCtxt();
	context->_private = &state;
	context->sax->serror = on_error;
	g_autoptr(xmlDoc) doc = xmlCtxtReadMemory(context, data, (int)MIN(size, (size_t)G_MAXINT),
		name, NULL, XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_NOWARNING);
	xmlFreeParserCtxt(context);
	g_autofree char *message = state.message;
	if (!doc) {
		fail(err, ERR_FORMAT, "%s", message ? message : name);
		return NULL;
	}
	return check_tree(doc, name, err) ? g_steal_pointer(&doc) : NULL;
}

xmlDoc *
xml_load(const char *path, GError **err)
{
	g_autofree char *data = NULL;
	gsize size;
	if (!g_file_get_contents(path, &data, &size, err)) {
		because(err, _("reading '%s'"), path);
		return NULL;
	}
	return xml_parse(data, size, path, err);
}

char *
xml_attr(const xmlNode *node, const char *name)
{
	return g_strdup(xml_peek_attr(node, name));
}

const char *
xml_peek_attr(const xmlNode *node, const char *name)
{
	for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
		if (strcmp((const char *)attr->name, name) != 0)
			continue;
		if (!attr->children)
			return "";
		return (const char *)attr->children->content;
	}
	return NULL;
}

const char *
xml_peek(const xmlNode *node, const char *name)
{
	const char *value = node ? xml_peek_attr(node, name) : NULL;
	return value ? value : "";
}

bool
xml_is(const xmlNode *node, const char *element)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, element) == 0;
}

static xmlNode *
element_from(xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

xmlNode *
xml_first(const xmlNode *node)
{
	return element_from(node->children);
}

xmlNode *
xml_next(const xmlNode *node)
{
	return element_from(node->next);
}

xmlNode *
xml_child(const xmlNode *node, const char *element)
{
	xml_foreach(child, node)
		if (xml_is(child, element))
			return child;
	return NULL;
}

static void
gather_text(const xmlNode *node, GString *out)
{
	for (const xmlNode *child = node->children; child; child = child->next) {
		if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
			g_string_append(out, (const char *)child->content);
		else if (child->type == XML_ELEMENT_NODE)
			gather_text(child, out);
	}
}

char *
xml_text(const xmlNode *node)
{
	GString *out = g_string_new(NULL);
	gather_text(node, out);
	return g_string_free(out, FALSE);
}

xmlNode *
xml_add(xmlNode *parent, const char *element, const char *text)
{
	return xmlNewTextChild(parent, NULL, (const xmlChar *)element, (const xmlChar *)text);
}

void
xml_set(xmlNode *node, const char *attribute, const char *value)
{
	if (value)
		xmlSetProp(node, (const xmlChar *)attribute, (const xmlChar *)value);
}

GString *
xml_canonical(xmlDoc *doc)
{
	xmlChar *text = NULL;
	int size = xmlC14NDocDumpMemory(doc, NULL, XML_C14N_1_0, NULL, 0, &text);
	GString *out = g_string_new_len((const char *)text, MAX(size, 0));
	xmlFree(text);
	return out;
}

/* Edits over bytes, good enough for ASCII words: a letter changed, added, left out, or two swapped.
 */
static size_t
distance(const char *a, const char *b)
{
	enum { LONGEST = 48 };
	size_t n = strlen(a), m = strlen(b), cost[LONGEST + 1][LONGEST + 1];
	if (n > LONGEST || m > LONGEST)
		return LONGEST;
	for (size_t i = 0; i <= n; i++)
		cost[i][0] = i;
	for (size_t j = 0; j <= m; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			size_t best = MIN(cost[i - 1][j], cost[i][j - 1]) + 1;
			best = MIN(best, cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				best = MIN(best, cost[i - 2][j - 2] + 1);
			cost[i][j] = best;
		}
	}
	return cost[n][m];
}

const char *
nearest_word(const char *word, const char *const *words)
{
	const char *best = NULL;
	size_t least = MAX(strlen(word) / 3, 1) + 1;
	for (; *words; words++) {
		size_t far = distance(word, *words);
		if (far < least) {
			least = far;
			best = *words;
		}
	}
	return best;
}
