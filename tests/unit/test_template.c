/*
 * engine/generate: tags of text templates and of Word files, as people type them and as Word breaks
 * them; mistakes told all at once; the same bytes every time.
 */
#include "decode/zip.h"
#include "generate/template.h"

#include "document/doc.h"
#include "document/xml.h"
#include "docx_builder.h"

#define XML "<d n='7'><a>Một &amp; hai</a><date>2026-03-05</date><x><y>1</y><y>2</y></x>" \
	    "<p g='a'>An</p><p g='b'>Bình</p><p g='a'>Châu</p><empty/></d>"

static xmlDoc *
data_new(void)
{
	return xml_parse(XML, strlen(XML), "data", NULL);
}

static GBytes *
fill(GBytes *bytes, const char *name, GPtrArray *findings, GError **err)
{
	g_autoptr(Template) template = template_compile(bytes, name, err);
	g_autoptr(xmlDoc) data = data_new();
	const QueryWorld world = { .today = { 2026, 11, 23 } };
	return template ? template_fill(template, data, &world, findings, err) : NULL;
}

/* The text, "! message" of an error, or "? finding | finding". */
static char *
result(GBytes *bytes, const char *name)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GError) err = NULL;
	g_autoptr(GBytes) out = fill(bytes, name, findings, &err);
	if (err)
		return g_strdup_printf("! %s", err->message);
	if (out)
		return g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
	GString *text = g_string_new("?");
	for (guint i = 0; i < findings->len; i++)
		g_string_append_printf(text, " %s|", ((Finding *)g_ptr_array_index(findings, i))->en);
	return g_string_free(text, FALSE);
}

static void
check(const char *template, const char *wanted)
{
	g_autoptr(GBytes) bytes = g_bytes_new(template, strlen(template));
	g_autofree char *got = result(bytes, "t.xml");
	if (strcmp(got, wanted) != 0)
		g_error("%s:\ngot    %s\nwanted %s", template, got, wanted);
}

static void
test_text(void)
{
	static const struct {
		const char *template, *wanted;
	} rows[] = {
		{ "<r>không có thẻ</r>", "<r>không có thẻ</r>" },
		{ "<r>{{ a }}</r>", "<r>Một &amp; hai</r>" },
		{ "<r t=\"{{ a }}\"/>", "<r t=\"Một &amp; hai\"/>" },
		{ "<r>{{a}}{{ @n }}</r>", "<r>Một &amp; hai7</r>" },
		{ "<r>{{ date-long(date) }}</r>", "<r>ngày 05 tháng 3 năm 2026</r>" },
		{ "<r>{{ a[. = 'Một &amp; hai'] }}</r>", "<r>Một &amp; hai</r>" },
		{ "<r>{% for p %}<i>{{ index() }} {{ . }}</i>{% end %}</r>",
			"<r><i>1 An</i><i>2 Bình</i><i>3 Châu</i></r>" },
		{ "<r>{% for p[@g='a'] %}{{ . }};{% end %}</r>", "<r>An;Châu;</r>" },
		{ "<r>{% for p[@g='z'] %}x{% end %}</r>", "<r></r>" },
		{ "<r>{% for x %}{% for y %}{{ . }}{{ /d/@n }}{% end %}.{% end %}</r>", "<r>1727.</r>" },
		{ "<r>{% if p %}có{% else %}không{% end %}</r>", "<r>có</r>" },
		{ "<r>{% if count(p) > 5 %}có{% else %}không{% end %}</r>", "<r>không</r>" },
		{ "<r>{% if z %}có{% end %}</r>", "<r></r>" },
		{ "<r>{{ default(z, 'chưa có') }}</r>", "<r>chưa có</r>" },
		{ "<r>{% for p %}{% if @g='a' %}{{ . }}{% else %}-{% end %}{% end %}</r>", "<r>An-Châu</r>" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].wanted)
			check(rows[i].template, rows[i].wanted);
}

/* All mistakes of a template in one message, each with its line; all that is missing in one pass. */
static void
test_mistakes(void)
{
	static const struct {
		const char *template, *parts[4];
	} rows[] = {
		{ "<r>\n{{ a[ }}\n{% for p %}\n{{ nosuch() }}</r>",
			{ "!", "t.xml:2", "t.xml:4", "without '{% end %}'" } },
		{ "<r>{% end %}</r>", { "!", "t.xml:1", "without a block" } },
		{ "<r>{% else %}</r>", { "!", "t.xml:1", "without a block" } },
		{ "<r>{{ }}</r>", { "!", "t.xml:1", "says nothing" } },
		{ "<r>{% fro p %}{% end %}</r>", { "!", "t.xml:1" } },
		{ "<r>{{ dat-long(date) }}</r>", { "!", "did you mean 'date-long()'" } },
		{ "<r>\n{{ z }}\n{{ empty }}\n{{ p[9] }}</r>", { "?", "t.xml:2", "t.xml:3", "t.xml:4" } },
		{ "<r>{% for 1 + 1 %}x{% end %}</r>", { "!", "t.xml:1" } },
		{ "<r>{{ \xe1\xba }}</r>", { "!", "t.xml", "no UTF-8" } },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new(rows[i].template, strlen(rows[i].template));
		g_autofree char *got = result(bytes, "t.xml");
		for (int k = 0; k < 4 && rows[i].parts[k]; k++)
			if (!strstr(got, rows[i].parts[k]))
				g_error("%s: no '%s' in: %s", rows[i].template, rows[i].parts[k], got);
	}
}

/* Values that would break the file they are put into. */
static void
test_hostile_values(void)
{
	g_autoptr(xmlDoc) data = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewNode(NULL, (const xmlChar *)"d");
	xmlDocSetRootElement(data, root);
	xml_add(root, "v", "<b>&\"' {{ a }} {% end %}\x01\ttab");
	const char *text = "<r t=\"{{ v }}\">{{ v }}</r>";
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_autoptr(Template) template = template_compile(bytes, "t.xml", NULL);
	g_autoptr(GPtrArray) findings = findings_new();
	const QueryWorld world = { .today = { 2026, 11, 23 } };
	g_autoptr(GBytes) out = template_fill(template, data, &world, findings, NULL);
	g_assert_nonnull(out);
	g_autoptr(xmlDoc) again =
		xml_parse(g_bytes_get_data(out, NULL), g_bytes_get_size(out), "out", NULL);
	g_assert_nonnull(again);
	g_autofree char *value = xml_text(xmlDocGetRootElement(again));
	g_assert_nonnull(strstr(value, "<b>&\"' {{ a }} {% end %}"));
}

/* An expression that would never end is an error, not a hang. */
static void
test_budget(void)
{
	const char *text = "<r>{% for //*[count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0]) > 0] %}"
			   "{{ count(//*[count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0]) > 0]) }}"
			   "{% end %}</r>";
	GString *big = g_string_new("<d>");
	for (int i = 0; i < 300; i++)
		g_string_append(big, "<e><f/></e>");
	g_string_append(big, "</d>");
	g_autoptr(xmlDoc) data = xml_parse(big->str, big->len, "big", NULL);
	g_string_free(big, TRUE);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_autoptr(Template) template = template_compile(bytes, "t.xml", NULL);
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GError) err = NULL;
	const QueryWorld world = { .today = { 2026, 11, 23 } };
	g_assert_null(template_fill(template, data, &world, findings, &err));
	g_assert_error(err, VANTHU_ERROR, ERR_LIMIT);
}

/* ---- Word ----------------------------------------------------------------------------------- */

#define R(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define RB(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
#define PERR "<w:proofErr w:type='spellStart'/>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define ROW(a, b) TR(TC(P(a)) TC(P(b)))

/* The text of what came out, paragraphs by "|", as our own decoder reads it. */
static char *
docx_text(GBytes *bytes)
{
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_autofree char *text = doc_text(doc);
	return g_strdelimit(g_strchomp(g_steal_pointer(&text)), "\n", '|');
}

static void
test_docx(void)
{
	static const struct {
		const char *name, *body, *wanted;
	} rows[] = {
		{ "plain", P("Tên: {{ a }}"), "Tên: Một & hai" },
		{ "split over runs", "<w:p>" R("Tên: {") PERR RB("{ a") R(" }") R("}.") "</w:p>", "Tên: Một & hai." },
		{ "split inside a function", "<w:p>" R("{{ date-") RB("long(") R("date) }}") "</w:p>",
			"ngày 05 tháng 3 năm 2026" },
		{ "two tags in one run", P("{{ @n }}/{{ @n }}"), "7/7" },
		{ "smart quotes of Word", P("{{ default(z, ‘không’) }}"), "không" },
		{ "a loop over paragraphs", P("{% for p %}") P("- {{ . }};") P("{% end %}") P("hết"),
			"- An;|- Bình;|- Châu;|hết" },
		{ "a loop inside a line", P("{% for p %}{{ . }}, {% end %}hết"), "An, Bình, Châu, hết" },
		{ "a loop over rows", "<w:tbl>" ROW("TT", "Tên") ROW("{% for p %}{{ index() }}", "{{ . }}{% end %}")
			"</w:tbl>", "TT|Tên|1|An|2|Bình|3|Châu" },
		{ "a row that is not there", "<w:tbl>" ROW("TT", "Tên") ROW("{% if z %}I", "x{% end %}") "</w:tbl>",
			"TT|Tên" },
		{ "a paragraph that is not there", P("a") P("{% if z %}") P("b") P("{% end %}") P("c"), "a|c" },
		{ "one of two", P("{% if z %}") P("b") P("{% else %}") P("d") P("{% end %}"), "d" },
		{ "markup in a value stays text", P("{{ a }}"), "Một & hai" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_docx(rows[i].body, NULL, NULL);
		g_autoptr(GPtrArray) findings = findings_new();
		g_autoptr(GError) err = NULL;
		g_autoptr(GBytes) out = fill(bytes, "t.docx", findings, &err);
		if (!out)
			g_error("%s: %s", rows[i].name, err ? err->message : "missing values");
		g_autofree char *text = docx_text(out);
		if (strcmp(text, rows[i].wanted) != 0)
			g_error("%s: got '%s', wanted '%s'", rows[i].name, text, rows[i].wanted);
		g_autoptr(GBytes) again = fill(bytes, "t.docx", findings, NULL);
		g_assert_true(g_bytes_equal(out, again));
	}
}

static void
test_docx_parts(void)
{
	const Part more[] = { { "word/header1.xml", W_ROOT("hdr", P("Số {{ @n }}")) },
		{ "word/media/x.bin", "{{ a }}" }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx(P("x"), REL("h", "header", "header1.xml"), more);
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GBytes) out = fill(bytes, "t.docx", findings, NULL);
	g_autofree char *text = docx_text(out);
	g_assert_nonnull(strstr(text, "x"));
	g_autoptr(GBytes) plain = build_docx(P("{{ a }} {% for p %}"), NULL, NULL);
	g_autofree char *mistake = result(plain, "t.docx");
	g_assert_nonnull(strstr(mistake, "word/document.xml"));
	g_autoptr(GBytes) broken = g_bytes_new_static("PK\x03\x04 no zip", 11);
	g_autofree char *message = result(broken, "t.docx");
	g_assert_true(g_str_has_prefix(message, "!"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/template/text", test_text);
	g_test_add_func("/template/mistakes", test_mistakes);
	g_test_add_func("/template/hostile-values", test_hostile_values);
	g_test_add_func("/template/budget", test_budget);
	g_test_add_func("/template/docx", test_docx);
	g_test_add_func("/template/docx-parts", test_docx_parts);
	return g_test_run();
}
