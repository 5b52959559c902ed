/* Any bytes as a template, filled over a small dossier. */
#include "fuzz.h"

#include "document/xml.h"
#include "generate/template.h"

static const char dossier[] =
	"<dossier id='2026-00001' draft='yes'><office><place>An Phú</place></office>"
	"<nominee n='1' list-number='1'><name>Trần Thị Mai</name></nominee></dossier>";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, MIN(size, FUZZ_SIZE_MAX));
	g_autoptr(GError) err = NULL;
	g_autoptr(Template) template = template_compile(bytes, "fuzz.xml", &err);
	g_assert_true(template || err);
	if (!template)
		return 0;
	g_autoptr(xmlDoc) data_tree = xml_parse(dossier, sizeof dossier - 1, "dossier", NULL);
	g_autoptr(GPtrArray) findings = findings_new();
	const QueryWorld world = { .today = { 2026, 11, 23 } };
	g_autoptr(GBytes) out = template_fill(template, data_tree, &world, findings, &err);
	g_assert_true(out || err || findings->len);
	return 0;
}
