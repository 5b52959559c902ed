/* engine/extract/xpath.c: fields and records of XML documents, by local names, codes mapped to
 * words. */
#include "extract/extract.h"

#include <string.h>

static const char rules_text[] =
	"<rules id='m' format='edxml'>"
	"<field name='organ-name' xpath='//From/OrganName'/>"
	"<field name='parent-organ-name' xpath='//From/OrganizationInCharge[. != ../OrganName]'/>"
	"<field name='issued-date' type='date' clean='first-word' xpath='//PromulgationDate'/>"
	"<field name='priority' type='urgency' map='0= 2=THƯỢNG_KHẨN' xpath='//Priority'/>"
	"<field name='type-name' xpath='//TypeName'/>"
	"<field name='subject' xpath='//Subject'/>"
	"<field name='signer-position' xpath='concat(//Competence, \" \", //Position)'/>"
	"<field name='kind' xpath='string(//Header/@version)'/>"
	"<document-type id='cong-van' label='Công văn'/>"
	"<records name='addressee' from='xpath' xpath='//To'><part name='name' required='yes' "
	"xpath='OrganName'/>"
	"</records></rules>";

static void
add(Doc *doc, int depth, const char *name, const char *text, const char *const *attributes)
{
	static const char *const none[] = { NULL };
	doc_add_element(doc,
		&(Element){ .name = name,
			.text = text,
			.depth = depth,
			.attributes = attributes ? attributes : none,
			.line = 1 });
}

static Doc *
message(const char *priority)
{
	static const char *const version[] = { "version", "1.0", NULL };
	Doc *doc = doc_new("edxml");
	add(doc, 0, "edXML", "", NULL);
	add(doc, 1, "Header", "", version);
	add(doc, 2, "From", "", NULL);
	add(doc, 3, "OrganName", "Sở Nội vụ", NULL);
	add(doc, 3, "OrganizationInCharge", "Sở Nội vụ", NULL);
	add(doc, 2, "To", "", NULL);
	add(doc, 3, "OrganName", "Sở A", NULL);
	add(doc, 2, "To", "", NULL);
	add(doc, 3, "OrganId", "H1", NULL);
	add(doc, 2, "PromulgationDate", "2026/11/09 08:00:00", NULL);
	add(doc, 2, "TypeName", "công văn", NULL);
	add(doc, 2, "Competence", "KT.", NULL);
	add(doc, 2, "Position", "GIÁM ĐỐC", NULL);
	add(doc, 1, "Priority", priority, NULL);
	/* <Subject>V/v <b>Quy chế</b> <i>làm việc</i>, nội quy</Subject> */
	add(doc, 1, "Subject", "V/v ", NULL);
	add(doc, 2, "b", "Quy chế", NULL);
	add(doc, 2, "", " ", NULL);
	add(doc, 2, "i", "làm việc", NULL);
	add(doc, 2, "", ", nội quy", NULL);
	return doc;
}

static void
test_message(void)
{
	static const struct {
		const char *priority, *field, *value;
	} rows[] = {
		{ "2", "priority", "THƯỢNG KHẨN" },
		{ "0", "priority", "" },
		{ "9", "priority", "" },
		{ "0", "organ-name", "Sở Nội vụ" },
		{ "0", "parent-organ-name", "" },
		{ "0", "issued-date", "2026-11-09" },
		{ "0", "signer-position", "KT. GIÁM ĐỐC" },
		{ "0", "kind", "1.0" },
		{ "0", "type-name", "công văn" },
		{ "0", "subject", "V/v Quy chế làm việc, nội quy" },
		{ "0", "signer-name", "" },
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = rules_parse(rules_text, strlen(rules_text), "m.xml", &error);
	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Doc) doc = message(rows[i].priority);
		g_autoptr(Reading) reading = extract_read(rules, doc, "m.edxml", "");
		g_assert_nonnull(reading_lookup(reading, rows[i].field));
		if (strcmp(reading_value(reading, rows[i].field), rows[i].value) != 0)
			g_error("%s is '%s'", rows[i].field, reading_value(reading, rows[i].field));
		g_assert_cmpstr(reading->type_id, ==, "cong-van");
		g_assert_cmpuint(reading->records->len, ==, 1);
	}
}

/* Rules of another format leave the message alone; elements that make no tree do no harm. */
static void
test_other(void)
{
	g_autoptr(Rules) rules = rules_parse(rules_text, strlen(rules_text), "m.xml", NULL);
	g_autoptr(Doc) other = doc_new("xml");
	add(other, 0, "From", "", NULL);
	add(other, 7, "OrganName", "Sở Nội vụ", NULL);
	add(other, 0, "From", "", NULL);
	g_autoptr(Reading) reading = extract_read(rules, other, "x.xml", "");
	g_assert_cmpstr(reading_value(reading, "organ-name"), ==, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xpath/message", test_message);
	g_test_add_func("/xpath/other", test_other);
	return g_test_run();
}
