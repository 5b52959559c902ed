/* XML, element by element (libxml2's SAX2, which has no limit on a text node and builds no tree),
 * to a Doc. */
#include "decode/xml.h"

#include "base/text.h"
#include "decode/base64.h"
#include "decode/decoder.h"
#include "decode/edxml.h"
#include "decode/package.h"
#include "decode/xml_flood.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { DECLARATION_WITHIN = 1024, ATTRIBUTES_MAX = 64, MARKED_MAX = 64 };

static const char *const no_attributes[] = { NULL };
static const char xinclude[] = "http://www.w3.org/2001/XInclude";
static const char signatures[] = "http://www.w3.org/2000/09/xmldsig#";

/* A name that occurs: libxml2 gives the same pointer each time. */
typedef struct {
	const char *name; /* clean, in the arena */
	EdxmlName kind;
} Name;

/* An open element. */
typedef struct {
	guint at; /* in doc->elements */
	EdxmlName kind;
	bool encoded, mixed; /* mixed: text stands between its children */
} Open;

typedef struct {
	Doc *doc;
	xmlParserCtxt *parser;
	const Limits *limits;
	GHashTable *names; /* libxml2's pointer to Name */
	GHashTable *mixed; /* numbers of the elements with text between children */
	GArray *open;      /* of Open */
	GPtrArray
		*texts; /* of GString: own text of the open elements, by depth; kept for the next */
	size_t text_bytes, encoded_bytes, unpacked_bytes;
	bool edxml;
	/* the attachment being read: of its last child of each kind; bytes NULL: none */
	const char *file, *type;
	GBytes *bytes;
	char *signer; /* of an XML signature; "" = there is one, NULL = none */
	GError *error;
} Reader;

static void
stop(Reader *reader, ErrCode code, const char *what)
{
	if (!reader->error)
		fail(&reader->error, code, "%s", what);
	xmlStopParser(reader->parser);
}

static const char *
keep_text(Reader *reader, const char *text, size_t size)
{
	g_autofree char *clean = text_clean(text, size);
	return arena_strdup(reader->doc->arena, clean);
}

/* An undeclared prefix stays in front of the name: cut. */
static const Name *
intern_name(Reader *reader, const xmlChar *raw)
{
	Name *name = g_hash_table_lookup(reader->names, raw);
	if (name)
		return name;
	const char *colon = strrchr((const char *)raw, ':');
	const char *local = colon ? colon + 1 : (const char *)raw;
	name = arena_new0(reader->doc->arena, Name);
	name->name = keep_text(reader, local, strlen(local));
	name->kind = edxml_name(name->name);
	g_hash_table_insert(reader->names, (gpointer)raw, name);
	return name;
}

/* libxml2 gives name, prefix, URI, value and its end for each. */
static const char *const *
keep_attributes(Reader *reader, int count, const xmlChar **attributes)
{
	if (count == 0)
		return no_attributes;
	count = MIN(count, ATTRIBUTES_MAX);
	const char **copy = arena_array(reader->doc->arena, const char *, (size_t)count * 2 + 1);
	for (int i = 0; i < count; i++) {
		const xmlChar **attribute = attributes + (ptrdiff_t)i * 5;
		copy[i * 2] = intern_name(reader, attribute[0])->name;
		copy[i * 2 + 1] = keep_text(
			reader, (const char *)attribute[3], (size_t)(attribute[4] - attribute[3]));
	}
	return copy;
}

static GString *
text_at(Reader *reader, guint depth)
{
	while (reader->texts->len <= depth)
		g_ptr_array_add(reader->texts, g_string_new(NULL));
	return reader->texts->pdata[depth];
}

static Open *
innermost(const Reader *reader)
{
	guint n = reader->open->len;
	return n ? &g_array_index(reader->open, Open, n - 1) : NULL;
}

static bool
may_add(Reader *reader)
{
	if ((int)reader->doc->elements->len >= reader->limits->blocks)
		stop(reader, ERR_LIMIT, "elements");
	return !reader->error;
}

/* Text between children keeps its place: the first of it is the element's own, what comes behind a
 * child is an element without a name. A blank counts only among words. */
static void
flush_text(Reader *reader, bool ends)
{
	Open *open = innermost(reader);
	GString *text = text_at(reader, reader->open->len - 1);
	if (!open->mixed && strspn(text->str, " \t\r\n") == text->len) {
		g_string_truncate(text, 0);
		return;
	}
	bool first = open->at + 1 == reader->doc->elements->len;
	bool before = !first && text->len && g_ascii_isspace(text->str[0]);
	bool after = !ends && text->len && g_ascii_isspace(text->str[text->len - 1]);
	text_line(text);
	if (!text->len && (ends || !open->mixed || !after))
		return;
	if (before && text->len)
		g_string_prepend_c(text, ' ');
	if (after)
		g_string_append_c(text, ' ');
	const char *kept = arena_strndup(reader->doc->arena, text->str, text->len);
	open->mixed |= !first || !ends;
	if (open->mixed)
		g_hash_table_add(reader->mixed, GUINT_TO_POINTER(open->at));
	Element piece = { .name = "",
		.text = kept,
		.attributes = no_attributes,
		.depth = (int)reader->open->len,
		.line = xmlSAX2GetLineNumber(reader->parser) };
	if (first)
		g_array_index(reader->doc->elements, Element, open->at).text = kept;
	else if (may_add(reader))
		g_array_append_val(reader->doc->elements, piece);
	g_string_truncate(text, 0);
}

/* Whether one more may be opened. Nothing is ever fetched; what asks for it is no honest message.
 */
static bool
may_open(Reader *reader, const xmlChar *uri)
{
	if ((int)reader->open->len >= reader->limits->depth)
		stop(reader, ERR_LIMIT, "depth");
	else if (xml_has_many_names(reader->parser))
		stop(reader, ERR_LIMIT, "names");
	else if (uri && strcmp((const char *)uri, xinclude) == 0)
		stop(reader, ERR_DENIED, "XInclude");
	return may_add(reader);
}

static void
on_start(void *context, const xmlChar *raw, const xmlChar *prefix, const xmlChar *uri,
	int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
	const xmlChar **attributes)
{
	(void)prefix, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
	Reader *reader = context;
	if (reader->error || !may_open(reader, uri))
		return;
	const Name *name = intern_name(reader, raw);
	const Open *parent = innermost(reader);
	if (parent && !parent->encoded)
		flush_text(reader, false);
	if (reader->error)
		return;
	if (!parent)
		reader->edxml = edxml_is_root(name->name);
	if (!reader->signer && strcmp(name->name, "SignatureValue") == 0)
		reader->signer = g_strdup("");
	Open open = { .at = reader->doc->elements->len, .kind = name->kind };
	open.encoded = reader->edxml && parent && parent->kind == EDXML_ATTACHMENT &&
		name->kind == EDXML_CONTENT;
	Element element = { .name = name->name,
		.text = "",
		.attributes = keep_attributes(reader, n_attributes, attributes),
		.depth = (int)reader->open->len,
		.line = xmlSAX2GetLineNumber(reader->parser) };
	g_array_append_val(reader->doc->elements, element);
	g_string_truncate(text_at(reader, reader->open->len), 0);
	g_array_append_val(reader->open, open);
}

static void
on_text(void *context, const xmlChar *text, int size)
{
	Reader *reader = context;
	const Open *open = innermost(reader);
	if (reader->error || !open)
		return;
	size_t *total = open->encoded ? &reader->encoded_bytes : &reader->text_bytes;
	*total += (size_t)size;
	if (reader->text_bytes > reader->limits->text_bytes ||
		reader->encoded_bytes / 4 * 3 > reader->limits->total_bytes) {
		stop(reader, ERR_LIMIT, "text");
		return;
	}
	g_string_append_len(text_at(reader, reader->open->len - 1), (const char *)text, size);
}

/* ---- attachments --------------------------------------------------------------------------- */

/* By the end record of a ZIP without a comment: a Word file need not be opened to see that it holds
 * more than one part. */
static bool
holds_one_file(const char *data, size_t size)
{
	static const char one[] = "PK\5\6\0\0\0\0\1\0\1";
	return size > 22 && memcmp(data, "PK\3\4", 4) == 0 &&
		(memcmp(data + size - 22, one, 4) != 0 ||
			memcmp(data + size - 22, one, sizeof one) == 0);
}

/* Some gateways pack the file into a ZIP and go on calling it PDF: the one file inside is meant. */
static GBytes *
unpack(GBytes *bytes, const Limits *limits, bool *ret_packed)
{
	g_autoptr(Package) package = NULL;
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	*ret_packed = false;
	if (holds_one_file(data, size))
		package = package_open(bytes, limits, NULL);
	if (!package || package_count(package) != 1 || package_entry(package, 0)->folder)
		return g_bytes_ref(bytes);
	GBytes *inner = package_read(package, 0, NULL);
	*ret_packed = inner != NULL;
	return inner ? inner : g_bytes_ref(bytes);
}

static void
drop_attachment(Reader *reader)
{
	reader->file = reader->type = "";
	g_clear_pointer(&reader->bytes, g_bytes_unref);
}

/* What calls itself a ZIP stays one: its files get their own names. */
static void
attach(Reader *reader)
{
	if (!reader->bytes)
		return;
	const char *dot = strrchr(reader->file, '.');
	bool zip = dot && g_ascii_strcasecmp(dot, ".zip") == 0;
	bool packed = false;
	g_autoptr(GBytes) inner =
		zip ? g_bytes_ref(reader->bytes) : unpack(reader->bytes, reader->limits, &packed);
	reader->unpacked_bytes += packed ? g_bytes_get_size(inner) : 0;
	if (reader->unpacked_bytes > reader->limits->total_bytes) {
		g_autofree char *what =
			g_strdup_printf("%s > %zu", reader->file, reader->limits->total_bytes);
		stop(reader, ERR_LIMIT, what);
		return;
	}
	if (packed)
		findings_add(reader->doc->findings, FINDING_WRONG_NAME, NULL, reader->file);
	doc_add_attachment(reader->doc, reader->file, reader->type, inner);
}

/* ---- the end of an element ----------------------------------------------------------------- */

static void
keep_part(Reader *reader, const Open *open, const char *text)
{
	const Open *parent = innermost(reader);
	if (!parent || parent->kind != EDXML_ATTACHMENT)
		return;
	if (open->kind == EDXML_FILE)
		reader->file = text;
	else if (open->kind == EDXML_TYPE)
		reader->type = text;
}

static void
keep_bytes(Reader *reader, GString *text)
{
	size_t size = base64_decode(text->str, text->len);
	g_clear_pointer(&reader->bytes, g_bytes_unref);
	reader->bytes = g_bytes_new(text->str, size);
}

static void
keep_signer(Reader *reader, const Element *element)
{
	if (!*element->text || strcmp(element->name, "X509SubjectName") != 0)
		return;
	g_free(reader->signer);
	reader->signer = g_strdup(element->text);
}

static void
on_end(void *context, const xmlChar *raw, const xmlChar *prefix, const xmlChar *uri)
{
	(void)raw, (void)prefix;
	Reader *reader = context;
	if (reader->error || !reader->open->len)
		return;
	Open open = *innermost(reader);
	if (open.encoded)
		keep_bytes(reader, text_at(reader, reader->open->len - 1));
	else
		flush_text(reader, true);
	g_array_set_size(reader->open, reader->open->len - 1);
	const Element *element = &g_array_index(reader->doc->elements, Element, open.at);
	if (!reader->edxml)
		return;
	keep_part(reader, &open, element->text);
	if (open.kind == EDXML_ATTACHMENT) {
		attach(reader);
		drop_attachment(reader);
	}
	if (uri && strcmp((const char *)uri, signatures) == 0)
		keep_signer(reader, element);
}

/* ---- parsing ------------------------------------------------------------------------------- */

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
	if (xml_has_flood(data, size))
		return fail(err, ERR_LIMIT, "attributes");
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
	bool fine = reader->parser->wellFormed && !reader->error && reader->doc->elements->len > 0;
	if (reader->error)
		g_propagate_error(err, g_steal_pointer(&reader->error));
	else if (!fine) {
		g_autofree char *why = g_strdup(last && last->message ? last->message : "XML");
		fail(err, ERR_FORMAT, "%d: %s", last ? last->line : 0, g_strchomp(why));
	}
	xmlFreeParserCtxt(reader->parser);
	return fine;
}

/* ---- the Doc ------------------------------------------------------------------------------- */

/* The elements that one paragraph is made of: a line with marked words in it is read as one, a whole
 * page between whose parts a word strayed is not. */
static guint
paragraph_end(const Reader *reader, guint at)
{
	const GArray *elements = reader->doc->elements;
	int depth = g_array_index(elements, Element, at).depth;
	guint end = at + 1;
	if (!g_hash_table_contains(reader->mixed, GUINT_TO_POINTER(at)))
		return end;
	while (end < elements->len && g_array_index(elements, Element, end).depth > depth)
		end++;
	return end - at <= MARKED_MAX ? end : at + 1;
}

static void
add_paragraphs(Reader *reader)
{
	Doc *doc = reader->doc;
	Block **tail = &doc->blocks;
	g_autoptr(GString) text = g_string_new(NULL);
	int n = 0;
	for (guint i = 0, end; i < doc->elements->len; i = end) {
		end = paragraph_end(reader, i);
		g_string_truncate(text, 0);
		for (guint k = i; k < end; k++)
			g_string_append(text, g_array_index(doc->elements, Element, k).text);
		text_line(text);
		if (!text->len)
			continue;
		Block *para = doc_add_para(doc, &tail, (Place){ .paragraph = ++n });
		doc_add_run(doc, para, &(Run){ .text = text->str });
		doc_end_para(doc, para);
	}
}

/* A signature is told of and not checked. Samples and some gateways put one without its namespace.
 */
static void
finish(Reader *reader)
{
	Doc *doc = reader->doc;
	doc->format = reader->edxml ? "edxml" : "xml";
	if (reader->edxml)
		edxml_note_business(doc);
	else
		add_paragraphs(reader);
	g_autofree char *signer = g_strdup_printf("XML%s%s",
		reader->signer && *reader->signer ? ": " : "", text_or_empty(reader->signer));
	if (reader->signer)
		findings_add(doc->findings, FINDING_PDF_SIGNED, NULL, signer);
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

static void
free_text(gpointer text)
{
	g_string_free(text, TRUE);
}

Doc *
xml_read_doc(GBytes *bytes, const Limits *limits)
{
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	if (!data)
		data = "";
	size_t stray = stray_bytes(data, size);
	g_autoptr(Doc) doc = doc_new("xml");
	Reader reader = { .doc = doc,
		.limits = limits,
		.names = g_hash_table_new(g_direct_hash, g_direct_equal),
		.mixed = g_hash_table_new(NULL, NULL),
		.open = g_array_new(FALSE, FALSE, sizeof(Open)),
		.texts = g_ptr_array_new_with_free_func(free_text),
		.file = "",
		.type = "" };
	g_autoptr(GError) err = NULL;
	bool read = parse(&reader, data + stray, size - stray, &err);
	if (read)
		finish(&reader);
	drop_attachment(&reader);
	g_free(reader.signer);
	g_hash_table_unref(reader.names);
	g_hash_table_unref(reader.mixed);
	g_array_unref(reader.open);
	g_ptr_array_unref(reader.texts);
	if (!read)
		return decoder_refuse_error("xml", err);
	if (stray > 0)
		findings_add(doc->findings, FINDING_REPAIRED, NULL, "<?xml");
	return g_steal_pointer(&doc);
}
