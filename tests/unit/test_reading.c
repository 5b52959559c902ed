/* engine/document: findings, readings as JSON, XML of our own. */
#include "document/field.h"
#include "document/xml.h"

#include <string.h>

static void
test_findings(void)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_assert_cmpint(findings_worst(findings), ==, SEVERITY_NOTE);
	findings_add(findings, FINDING_NO_TEXT, NULL, "100%s %n");
	g_assert_cmpint(findings_worst(findings), ==, SEVERITY_WARNING);
	g_assert_null(findings_first_error(findings, "decode/"));
	findings_add(findings, FINDING_ENCRYPTED, &(Place){ .page = 2 }, NULL);
	const Finding *error = findings_first_error(findings, "decode/");
	g_assert_cmpstr(error->id, ==, "decode/encrypted");
	const Finding *first = g_ptr_array_index(findings, 0);
	g_assert_nonnull(strstr(finding_text(first, "vi"), "(100%s %n)"));
	g_assert_nonnull(strstr(finding_text(first, "en"), "scan"));
	for (int id = 0; id < FINDING_COUNT; id++)
		for (int other = 0; other < id; other++)
			g_assert_cmpstr(finding_id_name((FindingId)id), !=,
				finding_id_name((FindingId)other));
}

/* A library's message that quotes broken bytes must not break what carries it. */
static void
test_broken_detail(void)
{
	g_autoptr(Finding) finding = finding_new(FINDING_DAMAGED, NULL, "value \"\x81 \xe1\xba\"");
	g_assert_true(g_utf8_validate(finding->vi, -1, NULL));
	g_assert_true(g_utf8_validate(finding->en, -1, NULL));
}

/* The first reason of a failure is the one that is told. */
static void
test_first_error(void)
{
	g_autoptr(GError) err = NULL;
	g_assert_false(fail(&err, ERR_LIMIT, "first"));
	g_assert_false(fail(&err, ERR_FORMAT, "second"));
	g_assert_error(err, VANTHU_ERROR, ERR_LIMIT);
	g_assert_cmpstr(err->message, ==, "first");
}

static void
test_json(void)
{
	g_autoptr(Reading) reading = reading_new("a \"b\".docx", "00ff");
	reading_take(reading, field_new("subject", FIELD_ABSENT));
	reading_take(reading,
		field_found("code-number", "15", "Số: 15", 0.95, &(Place){ .page = 1 }, "nd30/n"));
	reading_take(reading, field_found("code-number", "16", "Số:\n16", 1, NULL, NULL));
	Record *record = record_new("recipient", &(Place){ .paragraph = 1 });
	record_take(record, field_found("name", "Như trên", "- Như trên;", 1, NULL, "nd30/r"));
	reading_take_record(reading, record);
	g_assert_cmpstr(reading_value(reading, "code-number"), ==, "16");
	g_assert_cmpstr(reading_value(reading, "subject"), ==, "");
	g_autoptr(GString) out = g_string_new(NULL);
	reading_print_json(reading, "vi", out);
	g_assert_cmpstr(out->str, ==,
		"{\"file\":\"a \\\"b\\\".docx\",\"sha256\":\"00ff\",\"format\":\"\","
		"\"type\":{\"id\":\"\",\"name\":\"\",\"confidence\":0.000},\"fields\":{"
		"\"subject\":{\"value\":null,\"text\":null,\"state\":\"absent\",\"confidence\":0."
		"000,"
		"\"place\":\"\",\"rule\":\"\"},"
		"\"code-number\":{\"value\":\"16\",\"text\":\"Số:\\u000a16\",\"state\":\"found\","
		"\"confidence\":1.000,\"place\":\"\",\"rule\":\"\"}},"
		"\"records\":{\"recipient\":[{\"name\":{\"value\":\"Như trên\",\"text\":\"- Như "
		"trên;\","
		"\"state\":\"found\",\"confidence\":1.000,\"place\":\"\",\"rule\":\"nd30/r\"}}]},"
		"\"findings\":[],\"documents\":[]}\n");
}

static void
test_xml(void)
{
	static const struct {
		const char *xml, *message;
	} rows[] = {
		{ "<a>\n<b>\n</a>", "f.xml:3: " },
		{ "<!DOCTYPE a><a/>", "DOCTYPE" },
		{ "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "DOCTYPE" },
		{ "", "f.xml" },
		{ "<a/><b/>", "f.xml:1: " },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(xml_parse(rows[i].xml, strlen(rows[i].xml), "f.xml", &error));
		if (!strstr(error->message, rows[i].message))
			g_error("row %zu: '%s'", i, error->message);
	}
	const char *good = "<a x='1 &amp; 2'><b>một<c> hai</c></b><!-- no --></a>";
	g_autoptr(xmlDoc) doc = xml_parse(good, strlen(good), "f.xml", NULL);
	xmlNode *root = xmlDocGetRootElement(doc);
	g_assert_cmpstr(xml_peek_attr(root, "x"), ==, "1 & 2");
	g_assert_null(xml_peek_attr(root, "y"));
	g_autofree char *text = xml_text(xml_child(root, "b"));
	g_assert_cmpstr(text, ==, "một hai");
	xml_set(xml_add(root, "d", "<3"), "k", "v");
	g_autoptr(GString) canonical = xml_canonical(doc);
	g_assert_cmpstr(canonical->str, ==,
		"<a x=\"1 &amp; 2\"><b>một<c> hai</c></b><d k=\"v\">&lt;3</d></a>");
	static const char *const words[] = { "pattern", "zone", NULL };
	g_assert_cmpstr(nearest_word("patern", words), ==, "pattern");
	g_assert_null(nearest_word("colour", words));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/findings", test_findings);
	g_test_add_func("/findings/broken-detail", test_broken_detail);
	g_test_add_func("/error/first", test_first_error);
	g_test_add_func("/reading/json", test_json);
	g_test_add_func("/xml", test_xml);
	return g_test_run();
}
