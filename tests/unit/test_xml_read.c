/* engine/decode/xml.c: what gateways send, and what must not be taken. */
#include "decode/base64.h"
#include "decode/xml.h"

#include "docx_builder.h"

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
		{ "<a xmlns:i='http://www.w3.org/2001/XInclude'><i:include "
		  "href='/etc/passwd'/></a>",
			"decode/hostile" },
		{ "<a><include href='x'/></a>", NULL },
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
	} rows[] = { { "a", "", 0, 1 }, { "b", "one two", 1, 2 }, { "", "tail", 1, 3 },
		{ "c", "", 1, 3 } };
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

/* A line with marked words is one paragraph, in its order; a page with a stray word is none. */
static void
test_mixed(void)
{
	g_autoptr(GString) page = g_string_new("<a>lạc<p>một</p>");
	for (int i = 0; i < 70; i++)
		g_string_append(page, "<p/>");
	g_string_append(page, "<p>hai</p></a>");
	const struct {
		const char *xml, *text;
	} rows[] = {
		{ "<a><p>Số <n>15</n>/QĐ <b>của</b> <i>Sở</i>.</p><p>hai</p></a>",
			"Số 15/QĐ của Sở.\nhai\n" },
		{ "<a>\n <n>Điều 1</n>\n <h>Phạm vi</h>\n</a>", "Điều 1\nPhạm vi\n" },
		{ "<p>\n<b>Căn cứ</b> Luật <i>Đất đai</i>\n</p>", "Căn cứ Luật Đất đai\n" },
		{ page->str, "lạc\nmột\nhai\n" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Doc) doc = read_text(rows[i].xml);
		g_autofree char *text = doc_text(doc);
		g_assert_cmpstr(text, ==, rows[i].text);
	}
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

static bool
has_finding(const Doc *doc, FindingId id, const char *detail)
{
	for (guint i = 0; i < doc->findings->len; i++) {
		const Finding *finding = g_ptr_array_index(doc->findings, i);
		if (strcmp(finding->id, finding_id_name(id)) == 0)
			return strstr(finding->en, detail) != NULL;
	}
	return false;
}

static void
check_attachment(const Doc *doc, guint i, const char *name, const char *bytes)
{
	g_assert_cmpuint(doc->attachments->len, >, i);
	const Attachment *attachment = g_ptr_array_index(doc->attachments, i);
	gsize size;
	const char *data = g_bytes_get_data(attachment->bytes, &size);
	g_assert_cmpstr(attachment->name, ==, name);
	g_assert_cmpmem(data, size, bytes, strlen(bytes));
}

/* What gateways make of the standard: other names, other roots, prefixes that nobody declared,
 * other orders. */
static void
test_dialects(void)
{
	static const char *const messages[] = {
		"<edXML:edXML><AttachmentEncoded><Attachment><ContentId>cid:1</ContentId>"
		"<AttachmentName>a.txt</AttachmentName><edXML:ContentTransferEncoded>SGVsbG8"
		"</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded></edXML:edXML>",
		"1212\xef\xbb\xbf<?xml version='1.0'?>\n<EdXMLEnvelope "
		"xmlns='http://www.go.vn/eDoc'>"
		"<Attachment><AttachmentData>SGVs\r\nbG8=</AttachmentData><AttachmentName>a.txt"
		"</AttachmentName></Attachment></EdXMLEnvelope>",
		"<edXMLEnvelope><b:Attachment><b:Content> SGVsbG8 "
		"</b:Content><b:AttachmentName>a.txt"
		"</b:AttachmentName></b:Attachment></edXMLEnvelope>",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
		g_autoptr(Doc) doc = read_text(messages[i]);
		g_assert_cmpstr(doc->format, ==, "edxml");
		check_attachment(doc, 0, "a.txt", "Hello");
		g_assert_cmpuint(doc->attachments->len, ==, 1);
	}
	/* the subject of a message is no attachment, nor is other XML */
	g_autoptr(Doc) subject = read_text("<edXML><Content>SGVs</Content></edXML>");
	g_assert_cmpuint(subject->attachments->len, ==, 0);
	g_assert_cmpstr(g_array_index(subject->elements, Element, 1).text, ==, "SGVs");
	g_autoptr(Doc) other = read_text("<a><Attachment><Content>SGVs</Content></Attachment></a>");
	g_assert_cmpuint(other->attachments->len, ==, 0);
	g_assert_cmpstr(other->format, ==, "xml");
}

static void
test_utf16(void)
{
	static const char text[] =
		"<?xml version='1.0' encoding='UTF-16'?><edXML><Subject>Tờ trình</Subject></edXML>";
	static const char *const codes[] = { "UTF-16LE", "UTF-16BE" };
	static const char *const marks[] = { "\xff\xfe", "\xfe\xff" };
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		gsize size;
		g_autofree char *wide = g_convert(text, -1, codes[i], "UTF-8", NULL, &size, NULL);
		g_autoptr(GString) all = g_string_new(marks[i]);
		g_string_append_len(all, wide, (gssize)size);
		g_autoptr(GBytes) bytes = g_bytes_new(all->str, all->len);
		g_autoptr(Doc) doc = xml_read_doc(bytes, &limits_default);
		g_assert_cmpuint(doc->elements->len, ==, 2);
		g_assert_cmpstr(g_array_index(doc->elements, Element, 1).text, ==, "Tờ trình");
	}
}

/* A ZIP around one file: that file is meant; but for what calls itself a ZIP. */
static void
test_packed(void)
{
	const Part one[] = { { "9f2c-uuid", "Hello" }, { NULL, NULL } };
	const Part two[] = { { "a", "1" }, { "b", "2" }, { NULL, NULL } };
	g_autoptr(GBytes) single = build_zip(one);
	g_autoptr(GBytes) pair = build_zip(two);
	size_t size, pair_size;
	const guchar *data = g_bytes_get_data(single, &size);
	const guchar *pair_data = g_bytes_get_data(pair, &pair_size);
	g_autofree char *text = g_base64_encode(data, size);
	g_autofree char *pair_text = g_base64_encode(pair_data, pair_size);
	g_autofree char *message = g_strdup_printf(
		"<edXML><Attachment><AttachmentName>a.pdf</AttachmentName><AttachmentData>%s"
		"</AttachmentData></Attachment><Attachment><AttachmentName>b.ZIP</AttachmentName>"
		"<AttachmentData>%s</AttachmentData></Attachment><Attachment><AttachmentName>c.pdf"
		"</AttachmentName><AttachmentData>%s</AttachmentData></Attachment></edXML>",
		text, text, pair_text);
	g_autoptr(Doc) doc = read_text(message);
	g_assert_cmpuint(doc->attachments->len, ==, 3);
	check_attachment(doc, 0, "a.pdf", "Hello");
	g_assert_true(has_finding(doc, FINDING_WRONG_NAME, "a.pdf"));
	const Attachment *zip = g_ptr_array_index(doc->attachments, 1);
	g_assert_cmpuint(g_bytes_get_size(zip->bytes), ==, size);
	const Attachment *many = g_ptr_array_index(doc->attachments, 2);
	g_assert_cmpuint(g_bytes_get_size(many->bytes), ==, pair_size);
}

/* All that is unpacked together may be no more than one ZIP may hold. */
static void
test_packed_bomb(void)
{
	g_autofree char *zeros = g_strnfill(1000, '0');
	const Part parts[] = { { "a", zeros }, { NULL, NULL } };
	g_autoptr(GBytes) zip = build_zip(parts);
	g_autofree char *text = g_base64_encode(g_bytes_get_data(zip, NULL), g_bytes_get_size(zip));
	g_autofree char *one = g_strdup_printf("<Attachment><AttachmentName>a.pdf</AttachmentName>"
					       "<AttachmentData>%s</AttachmentData></Attachment>",
		text);
	for (int n = 1; n <= 2; n++) {
		g_autofree char *message =
			g_strdup_printf("<edXML>%s%s</edXML>", one, n == 2 ? one : "");
		g_autoptr(GBytes) bytes = g_bytes_new(message, strlen(message));
		Limits limits = limits_default;
		limits.total_bytes = 1500;
		g_autoptr(Doc) doc = xml_read_doc(bytes, &limits);
		const Finding *refusal = doc_refusal(doc);
		g_assert_cmpstr(refusal ? refusal->id : "", ==, n == 2 ? "decode/too-large" : "");
		if (refusal)
			g_assert_nonnull(strstr(refusal->en, "a.pdf"));
	}
}

#define HEADER(business)                                                                           \
	"<edXML><edXMLHeader><MessageHeader><DocumentId>H1,2026/11/20,7/UBND</DocumentId>"         \
	"<Code><CodeNumber>7</CodeNumber><CodeNotation>UBND</CodeNotation></Code>"                 \
	"</MessageHeader><TraceHeaderList><Bussiness>" business                                    \
	"</Bussiness></TraceHeaderList></edXMLHeader></edXML>"

static void
test_business(void)
{
	static const struct {
		const char *message;
		FindingId id;
		const char *detail; /* NULL = no such finding */
	} rows[] = {
		{ HEADER("<BussinessDocType>0</BussinessDocType>"), FINDING_MESSAGE_RECALL, NULL },
		{ HEADER("<BussinessDocType>1</BussinessDocType>"), FINDING_MESSAGE_RECALL,
			"H1,2026/11/20,7/UBND" },
		{ HEADER("<DocumentId>H1,x,8/UBND</DocumentId><BussinessDocType>1</"
			 "BussinessDocType>"),
			FINDING_MESSAGE_RECALL, "H1,x,8/UBND" },
		{ HEADER("<BussinessDocType>2</BussinessDocType>"), FINDING_MESSAGE_UPDATE,
			"7/UBND" },
		{ HEADER("<BussinessDocType>3</"
			 "BussinessDocType><ReplacementInfoList><ReplacementInfo>"
			 "<DocumentId>a</DocumentId></"
			 "ReplacementInfo><ReplacementInfo><DocumentId>b"
			 "</DocumentId></ReplacementInfo><ReplacementInfo><DocumentId>a</"
			 "DocumentId>"
			 "</ReplacementInfo></ReplacementInfoList>"),
			FINDING_MESSAGE_REPLACEMENT, "sent: a; b." },
		{ "<edXML><MessageHeader><ResponseFor><Code>7/UBND</Code></ResponseFor>"
		  "<StatusCode>02</StatusCode></MessageHeader></edXML>",
			FINDING_MESSAGE_STATUS, "02: 7/UBND" },
		{ "<edXML><Signature><SignatureValue>x</SignatureValue></Signature></edXML>",
			FINDING_PDF_SIGNED, "XML" },
		{ "<edXML><s:Signature "
		  "xmlns:s='http://www.w3.org/2000/09/xmldsig#'><s:SignatureValue/>"
		  "<s:X509SubjectName>CN=Sở Nội vụ</s:X509SubjectName></s:Signature></edXML>",
			FINDING_PDF_SIGNED, "XML: CN=Sở Nội vụ" },
		{ "<edXML/>", FINDING_PDF_SIGNED, NULL },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Doc) doc = read_text(rows[i].message);
		g_assert_null(doc_refusal(doc));
		if (has_finding(doc, rows[i].id, rows[i].detail ? rows[i].detail : "") !=
			(rows[i].detail != NULL))
			g_error("%s", rows[i].message);
	}
}

/* Against the decoder of GLib, over line ends and odd lengths. */
static void
test_base64(void)
{
	guchar bytes[100];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (guchar)(i * 37);
	for (size_t n = 0; n <= sizeof bytes; n++) {
		g_autofree char *plain = g_base64_encode(bytes, n);
		g_autoptr(GString) text = g_string_new(plain);
		for (gssize at = 5; at < (gssize)text->len; at += 7)
			g_string_insert(text, at, "\r\n");
		size_t size = base64_decode(text->str, text->len);
		g_assert_cmpmem(text->str, size, bytes, n);
	}
	char odd[] = "S G*V!s";
	g_assert_cmpuint(base64_decode(odd, strlen(odd)), ==, 3);
	g_assert_cmpmem(odd, 3, "Hel", 3);
	char one[] = "A";
	g_assert_cmpuint(base64_decode(one, 1), ==, 0);
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

/* `n` of them, each with its number, between head and tail. */
static GString *
many(const char *head, const char *each, int n, const char *tail)
{
	GString *out = g_string_new(head);
	for (int i = 0; i < n; i++) {
		g_autofree char *number = g_strdup_printf("%d", i);
		g_auto(GStrv) pieces = g_strsplit(each, "#", -1);
		g_autofree char *one = g_strjoinv(number, pieces);
		g_string_append(out, one);
	}
	g_string_append(out, tail);
	return out;
}

/* Also as UTF-16, where half a letter may look like a "<". */
static Doc *
read_as(const char *code, const GString *text)
{
	gsize size;
	char *wide = g_convert(text->str, (gssize)text->len, code, "UTF-8", NULL, &size, NULL);
	g_autoptr(GBytes) bytes = g_bytes_new_take(wide, size);
	return xml_read_doc(bytes, &limits_default);
}

/* Well-formed, a few kilobytes packed, and hours of work for libxml2. */
static void
test_floods(void)
{
	static const char *const codes[] = { "UTF-8", "UTF-16LE", "UTF-16BE" };
	static const struct {
		const char *head, *each, *tail, *why;
		int n;
	} rows[] = {
		{ "<r><a", " n#='>'", "/></r>", "attributes", 30000 },
		{ "<r><a", " n#='\u3c61'", "/></r>", "attributes", 30000 },
		{ "<r>text<a b='\">'", " xmlns:n#=\"u\"", "/></r>", "attributes", 30000 },
		{ "<r>", "<n#/>", "</r>", "names", 30000 },
		{ "<r>", "<n a#='1'/>", "</r>", "names", 30000 },
		{ "<r a='1'>", "{\"a#\":'1'}", "</r>", NULL, 30000 }, /* quotes in a text */
		{ "<r a='", "a#=", "'/>", NULL, 30000 },
		{ "<r><![CDATA[", " n#='1'", "]]></r>", NULL, 30000 },
		{ "<r>", "<n a='#'>#</n>", "</r>", NULL, 30000 },
		{ "<r", " n#='1'", "/>", NULL, 500 },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows) * G_N_ELEMENTS(codes); i++) {
		size_t row = i / G_N_ELEMENTS(codes);
		const char *code = codes[i % G_N_ELEMENTS(codes)];
		g_autoptr(GString) text = g_string_new(
			g_str_equal(code, "UTF-8") ? "" : "<?xml version='1.0' encoding='UTF-16'?>");
		g_autoptr(GString) flood =
			many(rows[row].head, rows[row].each, rows[row].n, rows[row].tail);
		g_string_append_len(text, flood->str, (gssize)flood->len);
		g_autoptr(Doc) doc = read_as(code, text);
		const Finding *refusal = doc_refusal(doc);
		g_assert_cmpstr(refusal ? refusal->id : NULL, ==,
			rows[row].why ? "decode/too-large" : NULL);
		g_assert_true(!rows[row].why || strstr(refusal->en, rows[row].why));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xml-read/refusals", test_refusals);
	g_test_add_func("/xml-read/elements", test_elements);
	g_test_add_func("/xml-read/mixed", test_mixed);
	g_test_add_func("/xml-read/attachments", test_attachments);
	g_test_add_func("/xml-read/dialects", test_dialects);
	g_test_add_func("/xml-read/utf16", test_utf16);
	g_test_add_func("/xml-read/packed", test_packed);
	g_test_add_func("/xml-read/packed-bomb", test_packed_bomb);
	g_test_add_func("/xml-read/business", test_business);
	g_test_add_func("/xml-read/base64", test_base64);
	g_test_add_func("/xml-read/limits", test_limits);
	g_test_add_func("/xml-read/floods", test_floods);
	return g_test_run();
}
