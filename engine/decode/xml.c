/* XML, element by element (libxml2's SAX2, which has no limit on a text node and builds no tree),
 * to a Doc. */
#include "decode/xml.h"

#include "base/text.h"
#include "decode/decoder.h"
#include "decode/package.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { DECLARATION_WITHIN = 1024, ATTRIBUTES_MAX = 64 };

typedef struct {
	char *name;
	GString *text; /* own text, gathered while it is open */
	char **attributes;
	int depth, line;
} Node;

typedef struct {
	xmlParserCtxt *parser;
	const Limits *limits;
	GPtrArray *nodes; /* of Node, in document order */
	GArray *open;     /* of guint: where the open elements are in nodes */
	size_t text_bytes, encoded_bytes;
	GError *error;
} Reader;

static void
node_free(void *data)
{
	Node *node = data;
	g_free(node->name);
	g_string_free(node->text, TRUE);
	g_strfreev(node->attributes);
	g_free(node);
}

static void
stop(Reader *reader, ErrCode code, const char *what)
{
	if (!reader->error)
		fail(&reader->error, code, "%s", what);
	xmlStopParser(reader->parser);
}

/* An undeclared prefix stays in front of the name: cut. */
static char *
local_name(const xmlChar *name)
{
	const char *colon = strrchr((const char *)name, ':');
	return text_clean(colon ? colon + 1 : (const char *)name,
		strlen(colon ? colon + 1 : (const char *)name));
}

/* libxml2 gives name, prefix, URI, value and its end for each. */
static char **
copy_attributes(int count, const xmlChar **attributes)
{
	GPtrArray *copy = g_ptr_array_new();
	for (int i = 0; i < MIN(count, ATTRIBUTES_MAX); i++) {
		const xmlChar **attribute = attributes + (ptrdiff_t)i * 5;
		g_ptr_array_add(copy, local_name(attribute[0]));
		g_ptr_array_add(copy,
			text_clean(
				(const char *)attribute[3], (size_t)(attribute[4] - attribute[3])));
	}
	g_ptr_array_add(copy, NULL);
	return (char **)g_ptr_array_free(copy, FALSE);
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
	const xmlChar **attributes)
{
	(void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
	Reader *reader = context;
	if (reader->error)
		return;
	if ((int)reader->open->len >= reader->limits->depth) {
		stop(reader, ERR_LIMIT, "depth");
		return;
	}
	if ((int)reader->nodes->len >= reader->limits->blocks) {
		stop(reader, ERR_LIMIT, "elements");
		return;
	}
	Node *node = g_new0(Node, 1);
	node->name = local_name(name);
	node->text = g_string_new(NULL);
	node->attributes = copy_attributes(n_attributes, attributes);
	node->depth = (int)reader->open->len;
	node->line = xmlSAX2GetLineNumber(reader->parser);
	guint at = reader->nodes->len;
	g_ptr_array_add(reader->nodes, node);
	g_array_append_val(reader->open, at);
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	Reader *reader = context;
	if (reader->open->len > 0)
		g_array_set_size(reader->open, reader->open->len - 1);
}

static bool
is_encoded(const Node *node)
{
	return strcmp(node->name, "ContentTransferEncoded") == 0;
}

static void
on_text(void *context, const xmlChar *text, int size)
{
	Reader *reader = context;
	if (reader->error || reader->open->len == 0)
		return;
	guint at = g_array_index(reader->open, guint, reader->open->len - 1);
	Node *node = reader->nodes->pdata[at];
	size_t *total = is_encoded(node) ? &reader->encoded_bytes : &reader->text_bytes;
	*total += (size_t)size;
	if (reader->text_bytes > reader->limits->text_bytes ||
		reader->encoded_bytes / 4 * 3 > reader->limits->total_bytes) {
		stop(reader, ERR_LIMIT, "text");
		return;
	}
	g_string_append_len(node->text, (const char *)text, size);
}

static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	stop(context, ERR_DENIED, "DOCTYPE");
}

static void
ignore_error(void *context, xmlError *error)
{
	(void)context, (void)error; /* asked for at the end */
}

static bool
parse(Reader *reader, const char *data, size_t size, GError **err)
{
	reader->parser =
		size && size < G_MAXINT ? xmlCreateMemoryParserCtxt(data, (int)size) : NULL;
	if (!reader->parser)
		return fail(err, ERR_FORMAT, "0");
	xmlCtxtUseOptions(reader->parser, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
	*reader->parser->sax = (xmlSAXHandler){ .initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.internalSubset = on_doctype,
		.serror = ignore_error };
	reader->parser->userData = reader;
	xmlParseDocument(reader->parser);
	const xmlError *last = xmlCtxtGetLastError(reader->parser);
	bool fine = reader->parser->wellFormed && !reader->error && reader->nodes->len > 0;
	if (reader->error)
		g_propagate_error(err, g_steal_pointer(&reader->error));
	else if (!fine) {
		g_autofree char *why = g_strdup(last && last->message ? last->message : "XML");
		fail(err, ERR_FORMAT, "%d: %s", last ? last->line : 0, g_strchomp(why));
	}
	xmlFreeParserCtxt(reader->parser);
	return fine;
}

/* --- edXML --- */

static bool
is_edxml(const Node *root)
{
	return g_ascii_strcasecmp(root->name, "edXML") == 0 ||
		g_ascii_strcasecmp(root->name, "edXMLEnvelope") == 0;
}

/* The child of that name of the element at `parent`; NULL = none. */
static const Node *
child_of(const GPtrArray *nodes, guint parent, const char *name)
{
	int depth = ((const Node *)nodes->pdata[parent])->depth;
	for (guint i = parent + 1; i < nodes->len; i++) {
		const Node *node = nodes->pdata[i];
		if (node->depth <= depth)
			break;
		if (node->depth == depth + 1 && strcmp(node->name, name) == 0)
			return node;
	}
	return NULL;
}

static char *
child_text(const GPtrArray *nodes, guint parent, const char *name)
{
	const Node *child = child_of(nodes, parent, name);
	g_autofree char *clean =
		child ? text_clean(child->text->str, child->text->len) : g_strdup("");
	return text_squeeze(clean);
}

/* Some gateways pack the file into a ZIP and go on calling it PDF: the one file inside is meant. */
static GBytes *
unpack(GBytes *bytes, const Limits *limits, bool *ret_packed)
{
	g_autoptr(Package) package = NULL;
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	*ret_packed = false;
	if (size > 4 && memcmp(data, "PK\3\4", 4) == 0)
		package = package_open(bytes, limits, NULL);
	if (!package || package_count(package) != 1 || package_entry(package, 0)->folder)
		return g_bytes_ref(bytes);
	GBytes *inner = package_read(package, 0, NULL);
	*ret_packed = inner != NULL;
	return inner ? inner : g_bytes_ref(bytes);
}

static void
attach(Doc *doc, const GPtrArray *nodes, guint at, const Limits *limits)
{
	const Node *content = child_of(nodes, at, "ContentTransferEncoded");
	g_autofree char *name = child_text(nodes, at, "AttachmentName");
	g_autofree char *type = child_text(nodes, at, "ContentType");
	if (!content)
		return;
	gsize size = 0;
	guchar *decoded = g_base64_decode(content->text->str, &size);
	g_autoptr(GBytes) bytes = g_bytes_new_take(decoded, size);
	bool packed;
	g_autoptr(GBytes) inner = unpack(bytes, limits, &packed);
	if (packed)
		findings_add(doc->findings, FINDING_WRONG_NAME, NULL, name);
	doc_add_attachment(doc, name, type, inner);
}

/* --- the Doc --- */

static void
add_elements(Doc *doc, const GPtrArray *nodes)
{
	for (guint i = 0; i < nodes->len; i++) {
		const Node *node = nodes->pdata[i];
		g_autofree char *clean = is_encoded(node)
			? g_strdup("")
			: text_clean(node->text->str, node->text->len);
		g_autofree char *text = text_squeeze(clean);
		doc_add_element(doc,
			&(Element){ .name = node->name,
				.text = text,
				.depth = node->depth,
				.line = node->line,
				.attributes = (const char *const *)node->attributes });
	}
}

static void
add_paragraphs(Doc *doc)
{
	Block **tail = &doc->blocks;
	int n = 0;
	for (guint i = 0; i < doc->elements->len; i++) {
		const Element *element = &g_array_index(doc->elements, Element, i);
		if (!*element->text)
			continue;
		Block *para = doc_add_para(doc, &tail, (Place){ .paragraph = ++n });
		doc_add_run(doc, para, &(Run){ .text = element->text });
		doc_end_para(doc, para);
	}
}

static Doc *
build(const GPtrArray *nodes, const Limits *limits)
{
	bool edxml = is_edxml(nodes->pdata[0]);
	Doc *doc = doc_new(edxml ? "edxml" : "xml");
	add_elements(doc, nodes);
	for (guint i = 0; edxml && i < nodes->len; i++)
		if (strcmp(((const Node *)nodes->pdata[i])->name, "Attachment") == 0)
			attach(doc, nodes, i, limits);
	if (!edxml)
		add_paragraphs(doc);
	return doc;
}

/* Where the declaration begins, past what a gateway put in front; 0 when nothing needs to be passed
 * over. */
static size_t
stray_bytes(const char *data, size_t size)
{
	const char *found = memmem(data, MIN(size, DECLARATION_WITHIN), "<?xml", 5);
	size_t blank = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	if (!found || found == data + blank)
		return 0;
	return (size_t)(found - data);
}

Doc *
xml_read_doc(GBytes *bytes, const Limits *limits)
{
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	if (!data)
		data = "";
	size_t stray = stray_bytes(data, size);
	Reader reader = { .limits = limits,
		.nodes = g_ptr_array_new_with_free_func(node_free),
		.open = g_array_new(FALSE, FALSE, sizeof(guint)) };
	g_autoptr(GError) err = NULL;
	bool read = parse(&reader, data + stray, size - stray, &err);
	Doc *doc = read ? build(reader.nodes, limits) : decoder_refuse_error("xml", err);
	if (read && stray > 0)
		findings_add(doc->findings, FINDING_REPAIRED, NULL, "<?xml");
	g_ptr_array_unref(reader.nodes);
	g_array_free(reader.open, TRUE);
	return doc;
}
