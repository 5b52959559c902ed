/* Any bytes as word/document.xml of a template. What was sound XML is so when it is filled. */
#include "fuzz.h"

#include "document/xml.h"
#include "docx_builder.h"
#include "generate/template.h"

#include <libxml/parser.h>

static const char dossier[] = "<dossier id='2026-00001' draft='yes'><office><place>An Phú</place></office>"
			      "<nominee n='1' list-number='1'><name>Trần\nThị &lt;Mai&gt;</name></nominee>"
			      "<nominee n='2' list-number='2'><name>Lê &amp; Hà</name></nominee></dossier>";

static bool
is_sound(const char *text, size_t size)
{
	xmlDoc *doc = xmlReadMemory(text, (int)size, "", NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	bool sound = doc && !doc->intSubset;
	xmlFreeDoc(doc);
	return sound;
}

static char *
document_of(GBytes *package, gsize *ret_size)
{
	gsize size;
	const char *data = g_bytes_get_data(package, &size);
	zip_t *zip = zip_open_from_source(zip_source_buffer_create(data, size, 0, NULL), ZIP_RDONLY, NULL);
	zip_stat_t st;
	g_assert_cmpint(zip_stat(zip, "word/document.xml", 0, &st), ==, 0);
	zip_file_t *file = zip_fopen(zip, "word/document.xml", 0);
	char *text = g_malloc0(st.size + 1);
	g_assert_cmpint(zip_fread(file, text, st.size), ==, (zip_int64_t)st.size);
	zip_fclose(file);
	zip_discard(zip);
	*ret_size = st.size;
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, MIN(size, FUZZ_SIZE_MAX));
	const Part parts[] = { { "word/document.xml", text }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(parts);
	g_autoptr(GError) err = NULL;
	g_autoptr(Template) template = template_compile(bytes, "fuzz.docx", &err);
	g_assert_true(template || err);
	if (!template)
		return 0;
	g_autoptr(xmlDoc) tree = xml_parse(dossier, sizeof dossier - 1, "dossier", NULL);
	g_autoptr(GPtrArray) findings = findings_new();
	const QueryWorld world = { .today = { 2026, 11, 23 } };
	g_autoptr(GBytes) out = template_fill(template, tree, &world, findings, &err);
	g_assert_true(out || err || findings->len);
	if (!out || !is_sound(text, strlen(text)))
		return 0;
	gsize filled_size;
	g_autofree char *filled = document_of(out, &filled_size);
	if (!is_sound(filled, filled_size) && filled_size < (8 << 20))
		g_error("no sound XML any more:\n%s\n%s", text, filled);
	return 0;
}
