/* libxml2's SAX2 events to visits of the elements that a reader named. */
#include "decode/docx_sax.h"

#include "decode/xml_flood.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { SLOT_BITS = 8, SLOTS = 1 << SLOT_BITS };

/* The rows of one interned local name: the first; others of that name follow it in the table. */
typedef struct {
	const xmlChar *name;
	const SaxElement *row;
} Slot;

typedef struct {
	const char *name;
	const SaxElement *row; /* NULL: looked through */
} Open;

struct Sax {
	const char *part;
	const Limits *limits;
	void *user;
	xmlParserCtxt *parser;
	Slot slots[SLOTS];  /* open addressing; never full */
	const xmlChar *uri; /* the last one met, interned, and its family */
	SaxFamily family;
	Open *stack; /* as deep as the limits allow */
	int depth;
	int skipping; /* depth of the element whose content is skipped; 0 = none */
	const xmlChar **attributes;
	int n_attributes;
	GString *text;
	size_t text_total;
	bool gathering;
	GError *error;
};

static SaxFamily
family_of(const xmlChar *uri)
{
	static const struct {
		const char *uri;
		SaxFamily family;
	} rows[] = {
		{ "http://schemas.openxmlformats.org/wordprocessingml/2006/main", SAX_WORD },
		{ "http://purl.oclc.org/ooxml/wordprocessingml/main", SAX_WORD },
		{ "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
			SAX_RELATIONSHIP },
		{ "http://purl.oclc.org/ooxml/officeDocument/relationships", SAX_RELATIONSHIP },
		{ "http://schemas.openxmlformats.org/markup-compatibility/2006",
			SAX_COMPATIBILITY },
		{ "http://schemas.openxmlformats.org/officeDocument/2006/math", SAX_MATH },
		{ "http://purl.oclc.org/ooxml/officeDocument/math", SAX_MATH },
		{ "urn:schemas-microsoft-com:vml", SAX_VML },
		{ "http://schemas.openxmlformats.org/drawingml/2006/main", SAX_DRAWING },
		{ "http://purl.oclc.org/ooxml/drawingml/main", SAX_DRAWING },
	};
	for (size_t i = 0; uri && i < G_N_ELEMENTS(rows); i++)
		if (strcmp((const char *)uri, rows[i].uri) == 0)
			return rows[i].family;
	return SAX_OTHER;
}

void
sax_stop(Sax *sax, ErrCode code, const char *what)
{
	if (!sax->error)
		fail(&sax->error, code, "%s: %s", sax->part, what);
	xmlStopParser(sax->parser);
}

/* The slot of an interned name, or the free one where it belongs. */
static Slot *
find_slot(Sax *sax, const xmlChar *name)
{
	guint32 hash = (guint32)((guintptr)name * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> 32);
	guint i = hash >> (32 - SLOT_BITS);
	while (sax->slots[i].name && sax->slots[i].name != name)
		i = (i + 1) % SLOTS;
	return &sax->slots[i];
}

static const SaxElement *
find_row(Sax *sax, const xmlChar *name, const xmlChar *uri)
{
	const SaxElement *row = find_slot(sax, name)->row;
	if (!row || row->family == SAX_ANY)
		return row;
	if (uri != sax->uri) {
		sax->uri = uri;
		sax->family = family_of(uri);
	}
	const char *first = row->name;
	do
		if (row->family == sax->family || row->family == SAX_ANY)
			return row;
	while ((++row)->name && sax_same(row->name, first));
	return NULL;
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
	const xmlChar **attributes)
{
	(void)prefix, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
	Sax *sax = context;
	if (sax->error)
		return;
	const SaxElement *row = sax->skipping ? NULL : find_row(sax, name, uri);
	if (sax->depth == sax->limits->depth) {
		sax_stop(sax, ERR_LIMIT, "depth");
		return;
	}
	if (xml_has_many_names(sax->parser)) {
		sax_stop(sax, ERR_LIMIT, "names");
		return;
	}
	sax->stack[sax->depth++] = (Open){ (const char *)name, row };
	if (!row)
		return;
	if (row->flags & SAX_TEXT) {
		g_string_truncate(sax->text, 0);
		sax->gathering = true;
	}
	sax->attributes = attributes;
	sax->n_attributes = n_attributes;
	if (row->start)
		row->start(sax, sax->user);
	sax->n_attributes = 0;
	if (row->flags & SAX_SKIP)
		sax_skip(sax);
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	Sax *sax = context;
	if (sax->error || !sax->depth)
		return;
	const SaxElement *row = sax->stack[sax->depth - 1].row;
	if (sax->skipping == sax->depth) {
		sax->skipping = 0;
	} else if (!sax->skipping && row) {
		if (row->end)
			row->end(sax, sax->user);
		if (row->flags & SAX_TEXT)
			sax->gathering = false;
	}
	sax->depth--;
}

static void
on_text(void *context, const xmlChar *text, int size)
{
	Sax *sax = context;
	if (!sax->gathering || sax->skipping || sax->error)
		return;
	sax->text_total += (size_t)size;
	if (sax->text_total > sax->limits->text_bytes) {
		sax_stop(sax, ERR_LIMIT, "text");
		return;
	}
	g_string_append_len(sax->text, (const char *)text, size);
}

static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	sax_stop(context, ERR_DENIED, "DOCTYPE");
}

static void
ignore_error(void *context, xmlError *error)
{
	(void)context, (void)error; /* asked for at the end */
}

/* Rows are looked up by the pointer: libxml2 interns the names of elements in one dictionary. */
static void
intern_rows(Sax *sax, const SaxElement *elements)
{
	for (const SaxElement *row = elements; row->name; row++) {
		const xmlChar *name =
			xmlDictLookup(sax->parser->dict, (const xmlChar *)row->name, -1);
		Slot *slot = find_slot(sax, name);
		if (!slot->name)
			*slot = (Slot){ name, row };
	}
}

static bool
run(Sax *sax, GError **err)
{
	xmlParseDocument(sax->parser);
	const xmlError *last = xmlCtxtGetLastError(sax->parser);
	if (sax->error) {
		g_propagate_error(err, g_steal_pointer(&sax->error));
		return false;
	}
	if (sax->parser->wellFormed)
		return true;
	if (last && last->code == XML_ERR_NO_MEMORY)
		return fail(err, ERR_LIMIT, "%s: memory", sax->part);
	g_autofree char *why = g_strdup(last && last->message ? last->message : "XML");
	return fail(
		err, ERR_FORMAT, "%s:%d: %s", sax->part, last ? last->line : 0, g_strchomp(why));
}

bool
sax_parse(GBytes *bytes, const char *part, const SaxElement *elements, void *user,
	const Limits *limits, GError **err)
{
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	if (size && xml_has_flood(data, size))
		return fail(err, ERR_LIMIT, "%s: attributes", part);
	if (!size || size > G_MAXINT)
		return fail(err, ERR_FORMAT, "%s: %zu", part, size);
	xmlParserCtxt *parser = xmlCreateMemoryParserCtxt(data, (int)size);
	if (!parser)
		return fail(err, ERR_LIMIT, "%s: memory", part);
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
	xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.internalSubset = on_doctype,
		.serror = ignore_error };
	Sax sax = {
		.part = part, .limits = limits, .user = user, .parser = parser, .family = SAX_OTHER
	};
	*parser->sax = handler;
	parser->userData = &sax;
	intern_rows(&sax, elements);
	sax.stack = g_new(Open, limits->depth);
	sax.text = g_string_new(NULL);
	bool ok = run(&sax, err);
	g_free(sax.stack);
	g_string_free(sax.text, TRUE);
	xmlFreeParserCtxt(parser);
	return ok;
}

/* ---- what a visit may ask ------------------------------------------------------------------ */

/* libxml2 gives five pointers an attribute: name, prefix, URI, value, end of value. Entities in
 * values
 * (&amp; …) are resolved already. */
static bool
find_attribute(const Sax *sax, const char *name, bool relation, char *buffer, size_t size)
{
	for (int i = 0; i < sax->n_attributes; i++) {
		const xmlChar **attribute = sax->attributes + 5 * i;
		if (!sax_same((const char *)attribute[0], name) ||
			(relation && family_of(attribute[2]) != SAX_RELATIONSHIP))
			continue;
		size_t length = MIN((size_t)(attribute[4] - attribute[3]), size - 1);
		memcpy(buffer, attribute[3], length);
		buffer[length] = '\0';
		return true;
	}
	return false;
}

bool
sax_attribute(const Sax *sax, const char *name, char *buffer, size_t size)
{
	return find_attribute(sax, name, false, buffer, size);
}

bool
sax_relation(const Sax *sax, const char *name, char *buffer, size_t size)
{
	return find_attribute(sax, name, true, buffer, size);
}

int
sax_int(const Sax *sax, const char *name, int otherwise)
{
	char value[16];
	if (!sax_attribute(sax, name, value, sizeof value))
		return otherwise;
	int digits = 0, plain = 0;
	for (; digits < 9 && g_ascii_isdigit(value[digits]); digits++)
		plain = 10 * plain + (value[digits] - '0');
	if (digits > 0 && !g_ascii_isdigit(value[digits]))
		return plain; /* as nearly all are */
	char *end;
	gint64 number = g_ascii_strtoll(value, &end, 10);
	return end == value ? otherwise : (int)CLAMP(number, -1000000000, 1000000000);
}

bool
sax_is(const Sax *sax, const char *attribute, const char *value)
{
	char found[32];
	return sax_attribute(sax, attribute, found, sizeof found) && strcmp(found, value) == 0;
}

bool
sax_on(const Sax *sax)
{
	static const char *const no[] = { "0", "false", "off", "none", NULL };
	char value[16];
	return !sax_attribute(sax, "val", value, sizeof value) || !g_strv_contains(no, value);
}

const char *
sax_text(const Sax *sax)
{
	return sax->text->str;
}

const char *
sax_parent(const Sax *sax, int steps)
{
	int index = sax->depth - 1 - steps;
	return index < 0 ? "" : sax->stack[index].name;
}

bool
sax_inside(const Sax *sax, int steps, const char *name)
{
	return sax_same(sax_parent(sax, steps), name);
}

void
sax_skip(Sax *sax)
{
	sax->skipping = sax->depth;
}
