/* engine/generate: tags of text templates as people type them, mistakes told all at once, an end to everything. */
#include "generate/template.h"

#include "document/xml.h"

#include <string.h>

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
		{ "<r>{{ a </r>\n<r>{{ p }}</r>", { "!", "t.xml:1", "without '}}'" } },
		{ "<r>\n{% if a </r>", { "!", "t.xml:2", "without '%}'" } },
		{ "<r>{{ a\n\n}}\n{{ p[ }}</r>", { "!", "t.xml:4" } },
		{ "<r>{% endif %}\n{% for %}</r>", { "!", "t.xml:1", "t.xml:2", "'if …'" } },
		{ "<r>{% end %}\n{{ a[ }}\n{% end %}</r>", { "!", "t.xml:1", "t.xml:2", "t.xml:3" } },
		{ "<r>{% for p %}{{ @g }}{{ @none }}{% end %}</r>", { "?", "#1", "#2", "#3" } },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new(rows[i].template, strlen(rows[i].template));
		g_autofree char *got = result(bytes, "t.xml");
		for (int k = 0; k < 4 && rows[i].parts[k]; k++)
			if (!strstr(got, rows[i].parts[k]))
				g_error("%s: no '%s' in: %s", rows[i].template, rows[i].parts[k], got);
	}
}

static char *
repeated(const char *what, int n, const char *rest)
{
	GString *text = g_string_new(NULL);
	for (int i = 0; i < n; i++)
		g_string_append(text, what);
	g_string_append(text, rest);
	return g_string_free(text, FALSE);
}

#define END4 "{% end %}{% end %}{% end %}{% end %}"

/* Templates that ask for the endless: each ends soon, with an error. The last ones nest loops over
 * nothing, which no single expression pays for. */
static void
test_greedy(void)
{
	static const struct {
		const char *piece;
		int n;
		const char *rest, *wanted;
	} rows[] = {
		{ "{{", 400000, "", "without '}}'" },
		{ "{{a}}", 25000, "", "too many tags" },
		{ "{{ a", 300000, "", "without '}}'" },
		{ "{% for p %}", 100000, "", "too deep" },
		{ "{% for p %}", 25, "{{ . }}", "without '{% end %}'" },
		{ "{% for /d/p %}", 20, END4 END4 END4 END4 END4, "takes too long" },
		{ "{% for //* %}", 12, END4 END4 END4, "takes too long" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = repeated(rows[i].piece, rows[i].n, rows[i].rest);
		g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
		g_autofree char *got = result(bytes, "t.xml");
		if (*got != '!' || !strstr(got, rows[i].wanted))
			g_error("%s × %d: %.300s", rows[i].piece, rows[i].n, got);
		g_assert_cmpuint(strlen(got), <, 20000);
	}
}

/* A page of output from nothing but a loop: the size is bounded, not only the time. */
static void
test_too_large(void)
{
	g_autofree char *page = g_strnfill(1 << 20, 'x');
	g_autofree char *text = g_strdup_printf("<r>{%% for p %%}{%% for /d/p %%}{%% for /d/p %%}"
		"{%% for /d/p %%}%s{%% end %%}{%% end %%}{%% end %%}{%% end %%}</r>", page);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_autofree char *got = result(bytes, "t.xml");
	g_assert_nonnull(strstr(got, "too large"));
}

/* Namespaces are nodes that die with their expression. */
static void
test_namespaces(void)
{
	check("<r>{% for namespace::* %}x{{ . }}{% end %}</r>", "<r></r>");
	check("<r>{% for //namespace::* | a %}{{ . }}{% end %}</r>", "<r>Một &amp; hai</r>");
	check("<r>{% for / %}{{ d/@n }}{% end %}{% for a/text() %}{{ . }}{% end %}</r>", "<r>7Một &amp; hai</r>");
}

/* Values that would break the file they are put into. */
static void
test_hostile_values(void)
{
	g_autoptr(xmlDoc) data = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewNode(NULL, (const xmlChar *)"d");
	xmlDocSetRootElement(data, root);
	xml_add(root, "v", "<b>&\"' {{ a }} {% end %}\x01\ttab\xef\xbf\xbf\xef\xbf\xbe\xef\xbf\xbd\x1b\x7f");
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
	g_assert_cmpstr(value, ==, "<b>&\"' {{ a }} {% end %}\ttab\xef\xbf\xbd\x7f");
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/template/text", test_text);
	g_test_add_func("/template/mistakes", test_mistakes);
	g_test_add_func("/template/greedy", test_greedy);
	g_test_add_func("/template/too-large", test_too_large);
	g_test_add_func("/template/namespaces", test_namespaces);
	g_test_add_func("/template/hostile-values", test_hostile_values);
	g_test_add_func("/template/budget", test_budget);
	return g_test_run();
}
