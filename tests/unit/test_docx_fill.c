/*
 * engine/generate: Word files as templates: tags as Word breaks them, blocks over rows and paragraphs,
 * what Word can't do without, mistakes with their paragraph, hostile packages, the same bytes every time.
 */
#include "decode/zip.h"
#include "generate/template.h"

#include "document/doc.h"
#include "document/xml.h"
#include "docx_builder.h"

#define XML "<d n='7'><a>Một &amp; hai</a><date>2026-03-05</date><lines>một\nhai</lines>" \
	    "<p g='a'>An</p><p g='b'>Bình</p><p g='a'>Châu</p><empty/></d>"

static GBytes *
fill(GBytes *bytes, GPtrArray *findings, GError **err)
{
	g_autoptr(Template) template = template_compile(bytes, "t.docx", err);
	g_autoptr(xmlDoc) data = xml_parse(XML, strlen(XML), "data", NULL);
	const QueryWorld world = { .today = { 2026, 11, 23 } };
	return template ? template_fill(template, data, &world, findings, err) : NULL;
}

/* One part of a package, as text. */
static char *
part_of(GBytes *package, const char *name)
{
	gsize size;
	const char *data = g_bytes_get_data(package, &size);
	zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	zip_stat_t st;
	g_assert_nonnull(zip);
	g_assert_cmpint(zip_stat(zip, name, 0, &st), ==, 0);
	zip_file_t *file = zip_fopen(zip, name, 0);
	char *text = g_malloc0(st.size + 1);
	g_assert_cmpint(zip_fread(file, text, st.size), ==, (zip_int64_t)st.size);
	zip_fclose(file);
	zip_discard(zip);
	return text;
}

/* The document between <w:body> and </w:body>, "! message", or "? finding | finding". */
static char *
body_of(GBytes *template)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GError) err = NULL;
	g_autoptr(GBytes) out = fill(template, findings, &err);
	if (err)
		return g_strdup_printf("! %s", err->message);
	if (out) {
		g_autofree char *text = part_of(out, "word/document.xml");
		const char *from = strstr(text, "<w:body>") + 8, *to = strstr(text, "</w:body>");
		return g_strndup(from, (gsize)(to - from));
	}
	GString *text = g_string_new("?");
	for (guint i = 0; i < findings->len; i++)
		g_string_append_printf(text, " %s|", ((Finding *)g_ptr_array_index(findings, i))->en);
	return g_string_free(text, FALSE);
}

#define R(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define RB(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
#define PERR "<w:proofErr w:type='spellStart'/>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define ROW(a, b) TR(TC(P(a)) TC(P(b)))
#define TBL(rows) "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" rows "</w:tbl>"

/* The text of what came out, paragraphs by "|", as our own decoder reads it. */
static char *
docx_text(GBytes *bytes)
{
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_autofree char *text = doc_text(doc);
	return g_strdelimit(g_strchomp(g_steal_pointer(&text)), "\n", '|');
}

static void
test_text(void)
{
	static const struct {
		const char *name, *body, *wanted;
	} rows[] = {
		{ "plain", P("Tên: {{ a }}"), "Tên: Một & hai" },
		{ "split over runs", "<w:p>" R("Tên: {") PERR RB("{ a") R(" }") R("}.") "</w:p>", "Tên: Một & hai." },
		{ "split inside a function", "<w:p>" R("{{ date-") RB("long(") R("date) }}") "</w:p>",
			"ngày 05 tháng 3 năm 2026" },
		{ "two tags in one run", P("{{ @n }}/{{ @n }}"), "7/7" },
		{ "two tags over three runs", "<w:p>" R("{{ @") R("n }}/{{ @n") R(" }}") "</w:p>", "7/7" },
		{ "smart quotes of Word", P("{{ default(z, ‘không’) }}"), "không" },
		{ "less than", P("{% if count(p) &lt; 4 %}ít{% end %}"), "ít" },
		{ "a loop over paragraphs", P("{% for p %}") P("- {{ . }};") P("{% end %}") P("hết"),
			"- An;|- Bình;|- Châu;|hết" },
		{ "a loop that begins in its first paragraph", P("{% for p %}- {{ . }}") P("x{% end %}"),
			"- An|x|- Bình|x|- Châu|x" },
		{ "a loop inside a line", P("{% for p %}{{ . }}, {% end %}hết"), "An, Bình, Châu, hết" },
		{ "a loop over runs", "<w:p>" R("{% for p %}") RB("{{ . }}") R(";{% end %}") "</w:p>", "An;Bình;Châu;" },
		{ "a loop over rows", TBL(ROW("TT", "Tên") ROW("{% for p %}{{ index() }}", "{{ . }}{% end %}")),
			"TT|Tên|1|An|2|Bình|3|Châu" },
		{ "a loop over two rows at a time", TBL(ROW("{% for p %}{{ index() }}", "{{ . }}") ROW("-", "-{% end %}")),
			"1|An|-|-|2|Bình|-|-|3|Châu|-|-" },
		{ "rows that are for the tags only", TBL(ROW("{% for p %}", "") ROW("{{ index() }}", "{{ . }}")
			ROW("{% end %}", "")), "1|An|2|Bình|3|Châu" },
		{ "a condition in a loop over rows", TBL(ROW("{% for p %}{% if @g = 'a' %}{{ index() }}",
			"{{ . }}{% end %}{% end %}")), "1|An|3|Châu" },
		{ "a loop in a cell", TBL(TR(TC(P("{% for p %}") P("{{ . }}") P("{% end %}")) TC(P("x")))),
			"An|Bình|Châu|x" },
		{ "a row that is not there", TBL(ROW("TT", "Tên") ROW("{% if z %}I", "x{% end %}")), "TT|Tên" },
		{ "one row or another", TBL(ROW("{% if z %}a", "a") ROW("{% else %}b", "b{% end %}")), "b|b" },
		{ "a table that is not there", P("a") P("{% if z %}") TBL(ROW("b", "c")) P("{% end %}") P("d"), "a|d" },
		{ "a paragraph that is not there", P("a") P("{% if z %}") P("b") P("{% end %}") P("c"), "a|c" },
		{ "two blocks in one paragraph", P("{% if a %}{% for p %}") P("{{ . }}") P("{% end %}{% end %}"),
			"An|Bình|Châu" },
		{ "one of two", P("{% if z %}") P("b") P("{% else %}") P("d") P("{% end %}"), "d" },
		{ "one of two, told in the paragraphs", P("{% if a %}b") P("{% else %}d{% end %}"), "b" },
		{ "one of two in a line", P("{% if z %}b{% else %}d{% end %}e"), "de" },
		{ "a loop in a loop", P("{% for p[@g='a'] %}{{ . }}:{% for /d/p %}{{ index() }}{% end %} {% end %}."),
			"An:123 Châu:123 ." },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_docx(rows[i].body, NULL, NULL);
		g_autoptr(GPtrArray) findings = findings_new();
		g_autoptr(GError) err = NULL;
		g_autoptr(GBytes) out = fill(bytes, findings, &err);
		if (!out)
			g_error("%s: %s", rows[i].name, err ? err->message : "missing values");
		g_autofree char *text = docx_text(out);
		if (strcmp(text, rows[i].wanted) != 0)
			g_error("%s: got '%s', wanted '%s'", rows[i].name, text, rows[i].wanted);
		g_autoptr(GBytes) again = fill(bytes, findings, NULL);
		g_assert_true(g_bytes_equal(out, again));
	}
}

/* Where the very markup counts, not only the text. */
static void
test_markup(void)
{
	static const struct {
		const char *name, *body, *wanted;
	} rows[] = {
		{ "spaces are kept", P("{% for p %}{{ . }} {% end %}"),
			"<w:p>" R("An Bình Châu ") "</w:p>" },
		{ "text without tags stays as it was", "<w:p>" RB("a ") R(" {{ @n }}") "</w:p>",
			"<w:p>" RB("a ") R(" 7") "</w:p>" },
		{ "a line break", P("{{ lines }}"), "<w:p><w:r><w:t xml:space=\"preserve\">một</w:t><w:br/>"
			"<w:t xml:space=\"preserve\">hai</w:t></w:r></w:p>" },
		{ "no line break in an attribute", "<w:p><w:pict><v:shape alt='{{ lines }}'/></w:pict></w:p>",
			"<w:p><w:pict><v:shape alt='một\nhai'/></w:pict></w:p>" },
		{ "'>' in an attribute", "<w:p><v:x alt='a > b' c=\"'\"/>" R("{{ @n }}") "</w:p>",
			"<w:p><v:x alt='a > b' c=\"'\"/>" R("7") "</w:p>" },
		{ "a loop in an attribute", "<w:p a='{% for p %}{{ @g }}{% end %}' b=\"x\"/>", "<w:p a='aba' b=\"x\"/>" },
		{ "a comment", "<!-- it's <w:p> -->" P("{{ @n }}"), "<!-- it's <w:p> --><w:p>" R("7") "</w:p>" },
		{ "a cell keeps a paragraph", TBL(TR(TC("<w:tcPr/>" P("{% if z %}") P("x") P("{% end %}")))),
			TBL(TR(TC("<w:tcPr/><w:p/>"))) },
		{ "a cell with its width", TBL(TR(TC("<w:tcPr><w:tcW/></w:tcPr>" P("{% if z %}") P("{% end %}")))),
			TBL(TR(TC("<w:tcPr><w:tcW/></w:tcPr><w:p/>"))) },
		{ "a cell ends with a paragraph", TBL(TR(TC(P("{% if a %}") TBL(TR(TC(P("x")))) P("{% end %}")))),
			TBL(TR(TC(TBL(TR(TC(P("x")))) "<w:p/>"))) },
		{ "a table without rows goes", P("a") TBL(ROW("{% for z %}1", "2{% end %}")) P("b"), P("a") P("b") },
		{ "and the cell it was in keeps a paragraph", TBL(TR(TC(TBL(ROW("{% for z %}1", "2{% end %}"))))),
			TBL(TR(TC("<w:p/>"))) },
		{ "a table with a row stays", TBL(ROW("1", "2") ROW("{% for z %}1", "2{% end %}")), TBL(ROW("1", "2")) },
		{ "a section break stays", "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{% if z %}</w:t></w:r></w:p>" P("b")
			P("{% end %}"), "" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_docx(rows[i].body, NULL, NULL);
		g_autofree char *got = body_of(bytes);
		if (strcmp(got, rows[i].wanted) != 0)
			g_error("%s:\ngot    %s\nwanted %s", rows[i].name, got, rows[i].wanted);
	}
}

#define BOX(content) \
	"<w:r><w:pict><v:textbox><w:txbxContent>" content "</w:txbxContent></v:textbox></w:pict></w:r>"

static void
test_mistakes(void)
{
	static const struct {
		const char *name, *body, *parts[4];
	} rows[] = {
		{ "all of them, with their paragraphs", P("x") P("{{ a[ }}") P("y") P("Họ tên: {{ nosuch() }}"),
			{ "! t.docx: word/document.xml:2: ", "word/document.xml:4: ", "Họ tên" } },
		{ "a tag without end", P("{{ a") P("{{ @n }}"), { "! ", "xml:1: ", "without '}}'" } },
		{ "a block without end", P("{{ a }} {% for p %}"), { "! ", "xml:1: ", "without '{% end %}'" } },
		{ "an end inside a table", P("{% for p %}") TBL(ROW("x", "y{% end %}")), { "! ", "xml:1: ", "must end" } },
		{ "an end outside of its table", TBL(ROW("{% for p %}x", "y")) P("{% end %}"), { "! ", "must end" } },
		{ "an end in the next table", TBL(ROW("{% for p %}x", "y")) P("") TBL(ROW("x", "{% end %}")),
			{ "! ", "must end" } },
		{ "an end in a link", "<w:p>" R("{% for p %}x") "<w:hyperlink>" R("y{% end %}") "</w:hyperlink></w:p>",
			{ "! ", "must end" } },
		{ "an end in a text box", "<w:p>" R("{% if a %}") BOX(P("{% end %}")) "</w:p>", { "! ", "must end" } },
		{ "an else in another cell", TBL(ROW("{% if a %}x{% else %}y", "z{% end %}")), { "! ", "must end" } },
		{ "an end outside of its attribute", "<w:p a='{% if z %}'>" R("x{% end %}") "</w:p>", { "! ", "must end" } },
		{ "an end in another attribute", "<w:p a='{% for p %}' b='{% end %}'/>", { "! ", "must end" } },
		{ "an end outside of its comment", "<!-- {% if z %} --><w:p/>{% end %}", { "! ", "must end" } },
		{ "cells without a row", TC(P("{% if a %}")) TC(P("{% end %}")), { "! ", "must end" } },
		{ "elements that do not nest", "<w:p><w:r><w:t>{{ a }}</w:r></w:t></w:p>", { "! ", "no sound XML" } },
		{ "elements that do not end", "<w:tbl><w:tr>" P("{{ a }}"), { "! ", "no sound XML" } },
		{ "missing values, all of them", P("{{ z }}") P("Ký: {{ empty }}") P("{% for p %}{{ @x }}{% end %}"),
			{ "? ", "z (word/document.xml:1", "xml:2, “Ký: ", "xml:3 #3" } },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_docx(rows[i].body, NULL, NULL);
		g_autofree char *got = body_of(bytes);
		for (int k = 0; k < 4 && rows[i].parts[k]; k++)
			if (!strstr(got, rows[i].parts[k]))
				g_error("%s: no '%s' in: %s", rows[i].name, rows[i].parts[k], got);
	}
}

static void
test_parts(void)
{
	const Part more[] = {
		{ "word/header1.xml", W_ROOT("hdr", P("Số {{ @n }}")) },
		{ "word/header2.xml", W_ROOT("hdr", P("{% if z %}") P("x") P("{% end %}")) },
		{ "word/footer1.xml", W_ROOT("ftr", P("{{ date-short(date) }}")) },
		{ "word/footnotes.xml", W_ROOT("footnotes", P("{{ a }}")) },
		{ "word/media/x.bin", "{{ a }}" },
		{ NULL, NULL },
	};
	static const struct {
		const char *name, *holds;
	} rows[] = { { "word/header1.xml", "Số 7<" }, { "word/header2.xml", "<w:p/></w:hdr>" },
		{ "word/footer1.xml", ">05/3/2026<" }, { "word/footnotes.xml", "Một &amp; hai" },
		{ "word/media/x.bin", "{{ a }}" }, { "word/document.xml", ">x<" } };
	g_autoptr(GBytes) bytes = build_docx(P("x"), NULL, more);
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GError) err = NULL;
	g_autoptr(GBytes) out = fill(bytes, findings, &err);
	g_assert_no_error(err);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = part_of(out, rows[i].name);
		if (!strstr(text, rows[i].holds))
			g_error("%s: %s", rows[i].name, text);
	}
}

/* The main part of a package under the name that some services give it; a template without a tag. */
static void
test_other_packages(void)
{
	const Part other[] = { { "[Content_Types].xml", "<Types/>" },
		{ "word/document2.xml", W_ROOT("document", "<w:body>" P("{{ @n }}") "</w:body>") }, { NULL, NULL } };
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GBytes) bytes = build_zip(other);
	g_autoptr(GBytes) out = fill(bytes, findings, NULL);
	g_autofree char *text = part_of(out, "word/document2.xml");
	g_assert_nonnull(strstr(text, ">7<"));
	g_autoptr(GBytes) plain = build_docx(P("x"), NULL, NULL);
	g_autoptr(GBytes) same = fill(plain, findings, NULL);
	g_assert_true(g_bytes_equal(plain, same));
}

static void
test_hostile_packages(void)
{
	g_autofree char *spaces = g_strnfill(20 * 1024 * 1024, ' ');
	g_autofree char *bomb = g_strdup_printf(W_ROOT("document", "<w:body>%s</w:body>"), spaces);
	GString *deep = g_string_new("<w:document>");
	for (int i = 0; i < 100000; i++)
		g_string_append(deep, "<w:tbl><w:tr><w:tc><w:p>");
	const Part packages[][2] = {
		{ { "word/document.xml", bomb }, { NULL, NULL } },
		{ { "word/document.xml", deep->str }, { NULL, NULL } },
		{ { "word/header1.xml", "<w:hdr/>" }, { NULL, NULL } },
		{ { "a.txt", "{{ a }}" }, { NULL, NULL } },
		{ { "word/document.xml", "<w:p>{{ a }}" }, { NULL, NULL } },
		{ { "word/document.xml", "<w:p '{{ a }}" }, { NULL, NULL } },
		{ { "word/document.xml", "{{ a }}</w:p>" }, { NULL, NULL } },
		{ { "word/document.xml", "{{ a }}<" }, { NULL, NULL } },
		{ { "word/document.xml", "<w:p>\xff\xfe{{ a }}</w:p>" }, { NULL, NULL } },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(packages); i++) {
		g_autoptr(GBytes) bytes = build_zip(packages[i]);
		g_autofree char *got = body_of(bytes);
		if (*got != '!')
			g_error("package %zu: %.200s", i, got);
	}
	g_string_free(deep, TRUE);
}

/* Cut off or changed anywhere, a package is an error or the file it was, never a crash. */
static void
test_damaged(void)
{
	g_autoptr(GBytes) sound = build_docx(P("{% for p %}{{ . }}{% end %}"), NULL, NULL);
	gsize size;
	const char *data = g_bytes_get_data(sound, &size);
	for (gsize i = 0; i < size; i++) {
		g_autofree char *copy = g_memdup2(data, size);
		copy[i] ^= 0x20;
		g_autoptr(GBytes) changed = g_bytes_new(copy, size);
		g_autoptr(GBytes) cut_off = g_bytes_new(data, i);
		g_autoptr(GPtrArray) findings = findings_new();
		g_autoptr(GError) err = NULL, other = NULL;
		g_autoptr(GBytes) one = fill(changed, findings, &err);
		g_assert_true(one || err || findings->len);
		g_autoptr(GBytes) two = fill(cut_off, findings, &other);
		g_assert_true(two || other);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/docx-fill/text", test_text);
	g_test_add_func("/docx-fill/markup", test_markup);
	g_test_add_func("/docx-fill/mistakes", test_mistakes);
	g_test_add_func("/docx-fill/parts", test_parts);
	g_test_add_func("/docx-fill/other-packages", test_other_packages);
	g_test_add_func("/docx-fill/hostile-packages", test_hostile_packages);
	g_test_add_func("/docx-fill/damaged", test_damaged);
	return g_test_run();
}
