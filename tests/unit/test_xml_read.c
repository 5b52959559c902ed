/* engine/decode/xml.c: what gateways send, and what must not be taken. */
#include "decode/xml.h"

#include <string.h>

static Doc *
read_text(const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	return xml_read_doc(bytes, &limits_default);
}

static void
test_refusals(void)
{
	static const struct {
		const char *xml, *refusal; /* NULL = it is read */
	} rows[] = {
		{ "<a/>", NULL },
		{ "1212<?xml version='1.0'?><a/>", NULL },
		{ "\xef\xbb\xbf<?xml version='1.0'?><a/>", NULL },
		{ "<edXML:a><edXML:b x:y='1'/></edXML:a>", NULL },
		{ "<a><b></a>", "decode/damaged" },
		{ "<a><b>text", "decode/damaged" },
		{ "", "decode/damaged" },
		{ "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "decode/hostile" },
		{ "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "decode/hostile" },
		{ "<a>&unknown;</a>", "decode/damaged" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Doc) doc = read_text(rows[i].xml);
		const Finding *refusal = doc_refusal(doc);
		if (g_strcmp0(refusal ? refusal->id : NULL, rows[i].refusal) != 0)
			g_error("%s: %s", rows[i].xml, refusal ? refusal->id : "was read");
	}
}

static void
test_elements(void)
{
	g_autoptr(Doc) doc = read_text("<x:a n='1'>\n <x:b> one\n two </x:b>tail<c/></x:a>");
	static const struct {
		const char *name, *text;
		int depth, line;
	} rows[] = { { "a", "tail", 0, 1 }, { "b", "one two", 1, 2 }, { "c", "", 1, 3 } };
	g_assert_cmpuint(doc->elements->len, ==, G_N_ELEMENTS(rows));
	for (guint i = 0; i < doc->elements->len; i++) {
		const Element *element = &g_array_index(doc->elements, Element, i);
		g_assert_cmpstr(element->name, ==, rows[i].name);
		g_assert_cmpstr(element->text, ==, rows[i].text);
		g_assert_cmpint(element->depth, ==, rows[i].depth);
		g_assert_cmpint(element->line, ==, rows[i].line);
	}
	const Element *root = &g_array_index(doc->elements, Element, 0);
	g_assert_cmpstr(root->attributes[0], ==, "n");
	g_assert_cmpstr(root->attributes[1], ==, "1");
	g_assert_cmpstr(doc->format, ==, "xml");
	g_autofree char *text = doc_text(doc);
	g_assert_nonnull(strstr(text, "one two"));
}

static void
test_attachments(void)
{
	g_autoptr(Doc) doc = read_text(
		"<edXML><Attachment><AttachmentName>a.txt</AttachmentName>"
		"<ContentType>text/plain</ContentType><ContentTransferEncoded>\nSGVs\n bG8="
		"\n</ContentTransferEncoded></Attachment><Attachment/></edXML>");
	g_assert_cmpstr(doc->format, ==, "edxml");
	g_assert_null(doc->blocks);
	g_assert_cmpuint(doc->attachments->len, ==, 1);
	const Attachment *attachment = doc->attachments->pdata[0];
	gsize size;
	const char *data = g_bytes_get_data(attachment->bytes, &size);
	g_assert_cmpstr(attachment->name, ==, "a.txt");
	g_assert_cmpmem(data, size, "Hello", 5);
	for (guint i = 0; i < doc->elements->len; i++)
		g_assert_null(strstr(g_array_index(doc->elements, Element, i).text, "SGVs"));
}

static void
test_limits(void)
{
	Limits limits = limits_default;
	limits.depth = 5;
	g_autoptr(GString) deep = g_string_new(NULL);
	for (int i = 0; i < 6; i++)
		g_string_append(deep, "<a>");
	for (int i = 0; i < 6; i++)
		g_string_append(deep, "</a>");
	g_autoptr(GBytes) bytes = g_bytes_new(deep->str, deep->len);
	g_autoptr(Doc) doc = xml_read_doc(bytes, &limits);
	g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/too-large");
	limits = limits_default;
	limits.text_bytes = 3;
	g_autoptr(GBytes) text = g_bytes_new_static("<a>four</a>", 11);
	g_autoptr(Doc) long_text = xml_read_doc(text, &limits);
	g_assert_cmpstr(doc_refusal(long_text)->id, ==, "decode/too-large");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xml-read/refusals", test_refusals);
	g_test_add_func("/xml-read/elements", test_elements);
	g_test_add_func("/xml-read/attachments", test_attachments);
	g_test_add_func("/xml-read/limits", test_limits);
	return g_test_run();
}
