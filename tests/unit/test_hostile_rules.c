/* Rules that would never end: each stops, is told as a finding that names it, and the others go on.
 * How long it took is told, not tested: what is tested is that budgets are kept. */
#include "extract/extract.h"

#include <string.h>

static Rules *
parse(const char *xml)
{
	GError *error = NULL;
	Rules *rules = rules_parse(xml, strlen(xml), "r.xml", &error);
	g_assert_no_error(error);
	return rules;
}

static bool
is_told(const Reading *reading, const char *rule)
{
	for (guint i = 0; i < reading->findings->len; i++) {
		const Finding *finding = reading->findings->pdata[i];
		if (strcmp(finding->id, "extract/rule-limit") == 0 && strstr(finding->en, rule))
			return true;
	}
	return false;
}

static Reading *
read_timed(const Rules *rules, const Doc *doc, const char *what)
{
	gint64 start = g_get_monotonic_time();
	Reading *reading = extract_read(rules, doc, "a", "");
	g_test_message("%s: %.0f ms", what, (double)(g_get_monotonic_time() - start) / 1000);
	return reading;
}

/* libxml2 grows the text of ten thousand nodes step by step: minutes where every step is checked.
 */
static bool
too_slow_here(void)
{
#ifdef VANTHU_SANITIZE
	g_test_skip("takes minutes under the sanitizer");
	return true;
#else
	return false;
#endif
}

/* n paragraphs of the same text */
static Doc *
long_doc(int n, const char *text)
{
	Doc *doc = doc_new("docx");
	Block **tail = &doc->blocks;
	for (int i = 0; i < n; i++) {
		Block *para = doc_add_para(doc, &tail, (Place){ .paragraph = i + 1 });
		doc_add_run(doc, para, &(Run){ .text = text });
		doc_end_para(doc, para);
	}
	return doc;
}

/* Catastrophic backtracking in every place where a rule may have a pattern. */
static void
test_patterns(void)
{
	static const char *const rows[] = {
		"<field name='slow' zone='text' take='lines'><pattern>(a+)+$</pattern></field>",
		"<field name='slow' zone='text'><pattern>(a|aa)+$</pattern></field>",
		"<field name='slow' zone='text' after='(a|a?)+$'/>",
		"<field name='slow' zone='text' start='(a+)+$'/>",
		"<records name='slow' from='matches' zone='text'><pattern>(?&lt;x>(a+)+)$</pattern>"
		"<part name='x'/></records>",
		"<records name='slow' from='bullets' zone='text' skip='(a+)+$'><part "
		"name='x'/></records>",
		"<records name='slow' from='bullets' zone='text' needs='(a+)+$'><part "
		"name='x'/></records>",
		"<document-type id='slow' label='x'><when zone='text' "
		"match='(a+)+$'/></document-type>",
	};
	g_autoptr(Doc) doc = long_doc(3000, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *xml = g_strdup_printf(
			"<rules id='own'>%s<field name='quick' zone='text' take='lines'>"
			"<pattern>a(b)</pattern></field></rules>",
			rows[i]);
		g_autoptr(Rules) rules = parse(xml);
		g_autoptr(Reading) reading = read_timed(rules, doc, rows[i]);
		if (!is_told(reading, "slow"))
			g_error("row %zu: no finding", i);
		g_assert_cmpstr(reading_value(reading, "quick"), ==, "b");
		g_assert_false(is_told(reading, "quick"));
	}
}

/* A message with ten thousand nominees, and XPath that looks at all of it for each. */
static void
test_xpath(void)
{
	static const char *const rows[] = {
		"<field name='slow' xpath=\"count(//nominee[normalize-space(/)='x'])\"/>",
		"<field name='slow' xpath=\"//nominee[contains(/, 'zz')]\"/>",
		"<field name='slow' xpath=\"//nominee[count(//nominee) = 1]\"/>",
		"<records name='slow' from='xpath' xpath='//nominee'><part name='x' "
		"xpath=\"string-length(/)\"/></records>",
	};
	static const char *const none[] = { NULL };
	if (too_slow_here())
		return;
	g_autoptr(Doc) doc = doc_new("edxml");
	doc_add_element(doc, &(Element){ .name = "edXML", .text = "", .attributes = none });
	for (int i = 0; i < 10000; i++)
		doc_add_element(doc,
			&(Element){ .name = "nominee",
				.text = "Trần Thị Mai, Phó Trưởng phòng",
				.attributes = none,
				.depth = 1 });
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *xml = g_strdup_printf("<rules id='own' format='edxml'>%s<field "
						       "name='quick' xpath='count(//nominee)'/>"
						       "</rules>",
			rows[i]);
		g_autoptr(Rules) rules = parse(xml);
		g_autoptr(Reading) reading = read_timed(rules, doc, rows[i]);
		if (!is_told(reading, "own/slow"))
			g_error("row %zu: no finding", i);
		if (i < 3)
			g_assert_cmpstr(reading_value(reading, "quick"), ==, "10000");
	}
}

/* What is read is as much work for a computed value and a check. */
static void
test_computed(void)
{
	const char *xml =
		"<rules id='own'>"
		"<records name='nominee' from='bullets' zone='text'><part name='name'/></records>"
		"<field name='slow' compute=\"count(nominee[normalize-space(/)='x'])\"/>"
		"<field name='quick' compute='count(nominee)'/>"
		"<check id='c' severity='note' test=\"not(nominee[normalize-space(/)='x'])\" "
		"message='x' message-en='x'/>"
		"</rules>";
	if (too_slow_here())
		return;
	g_autoptr(Rules) rules = parse(xml);
	g_autoptr(Doc) doc = long_doc(10000, "Trần Thị Mai, Phó Trưởng phòng");
	g_autoptr(Reading) reading = read_timed(rules, doc, "computed");
	g_assert_true(is_told(reading, "own/slow"));
	g_assert_true(is_told(reading, "own/c"));
	g_assert_cmpstr(reading_value(reading, "quick"), ==, "10000");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hostile-rules/patterns", test_patterns);
	g_test_add_func("/hostile-rules/xpath", test_xpath);
	g_test_add_func("/hostile-rules/computed", test_computed);
	return g_test_run();
}
