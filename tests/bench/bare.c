/* The bare minimum for each kind of file: what libzip, libxml2 and Poppler need to give up its text. */
#include "bench.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlreader.h>
#include <poppler.h>
#include <string.h>
#include <zip.h>

enum { XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR };

typedef void (*Parse)(const char *data, size_t size);

static void
collect_text(void *user, const xmlChar *text, int size)
{
	g_string_append_len(((xmlParserCtxt *)user)->_private, (const char *)text, size);
}

static void
pass_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
	const xmlChar **space, int n, int defaulted, const xmlChar **attributes)
{
	(void)user, (void)name, (void)prefix, (void)uri, (void)spaces, (void)space, (void)n,
		(void)defaulted, (void)attributes;
}

static void
pass_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)user, (void)name, (void)prefix, (void)uri;
}

static void
parse_sax(const char *data, size_t size)
{
	g_autoptr(GString) text = g_string_new(NULL);
	xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = pass_start,
		.endElementNs = pass_end,
		.characters = collect_text };
	xmlParserCtxt *parser = xmlCreateMemoryParserCtxt(data, (int)size);
	xmlSAXHandler *own = parser->sax;
	xmlCtxtUseOptions(parser, XML_OPTIONS);
	parser->sax = &handler;
	parser->_private = text;
	xmlParseDocument(parser);
	parser->sax = own;
	xmlFreeParserCtxt(parser);
}

static void
parse_reader(const char *data, size_t size)
{
	g_autoptr(GString) text = g_string_new(NULL);
	xmlTextReader *reader = xmlReaderForMemory(data, (int)size, NULL, NULL, XML_OPTIONS);
	while (xmlTextReaderRead(reader) == 1)
		if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_TEXT)
			g_string_append(text, (const char *)xmlTextReaderConstValue(reader));
	xmlFreeTextReader(reader);
}

static void
parse_dom(const char *data, size_t size)
{
	xmlFreeDoc(xmlReadMemory(data, (int)size, NULL, NULL, XML_OPTIONS | XML_PARSE_COMPACT));
}

/* ---- DOCX ---------------------------------------------------------------------------------- */

static void
parse_entry(zip_t *zip, zip_uint64_t index, Parse parse)
{
	zip_stat_t st;
	if (zip_stat_index(zip, index, 0, &st) != 0)
		return;
	char *xml = g_malloc(st.size);
	zip_file_t *part = zip_fopen_index(zip, index, 0);
	if (part && zip_fread(part, xml, st.size) == (zip_int64_t)st.size)
		parse(xml, st.size);
	if (part)
		zip_fclose(part);
	g_free(xml);
}

/* The parts whose names begin so. */
static void
parse_parts(const File *file, const char *const *names, Parse parse)
{
	gsize size;
	const void *data = g_bytes_get_data(file->bytes, &size);
	zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : 0;
	for (zip_int64_t i = 0; i < count; i++)
		for (const char *const *name = names; *name; name++)
			if (g_str_has_prefix(zip_get_name(zip, (zip_uint64_t)i, 0), *name))
				parse_entry(zip, (zip_uint64_t)i, parse);
	if (zip)
		zip_discard(zip);
}

static const char *const shown[] = { "word/document.xml", "word/styles.xml", "word/numbering.xml",
	"word/header", "word/footer", "word/footnotes.xml", "word/endnotes.xml", NULL };
static const char *const document[] = { "word/document.xml", NULL };

void
bare_docx(const Set *set, const File *file)
{
	(void)set;
	parse_parts(file, shown, parse_sax);
}

void
bare_document(const Set *set, const File *file)
{
	(void)set;
	parse_parts(file, document, parse_sax);
}

void
bare_reader(const Set *set, const File *file)
{
	(void)set;
	parse_parts(file, document, parse_reader);
}

void
bare_docx_dom(const Set *set, const File *file)
{
	(void)set;
	parse_parts(file, document, parse_dom);
}

/* ---- the others ---------------------------------------------------------------------------- */

/* pdf_warm() holds a document open meanwhile. */
void
bare_pdf(const Set *set, const File *file)
{
	(void)set;
	PopplerDocument *doc = poppler_document_new_from_bytes(file->bytes, NULL, NULL);
	for (int i = 0; doc && i < poppler_document_get_n_pages(doc); i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);
		PopplerRectangle *boxes = NULL;
		guint count;
		g_free(poppler_page_get_text(page));
		poppler_page_get_text_layout(page, &boxes, &count);
		g_free(boxes);
		g_object_unref(page);
	}
	g_clear_object(&doc);
}

void
bare_sax(const Set *set, const File *file)
{
	(void)set;
	parse_sax(g_bytes_get_data(file->bytes, NULL), g_bytes_get_size(file->bytes));
}

void
bare_dom(const Set *set, const File *file)
{
	(void)set;
	parse_dom(g_bytes_get_data(file->bytes, NULL), g_bytes_get_size(file->bytes));
}
