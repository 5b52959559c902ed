/* Any bytes as a rule file, and the rules that come of it over a small document. */
#include "fuzz.h"

#include "extract/extract.h"

static const char tree[] =
	"doc docx 1\npara \"n1\"\nrun - 10.0 \"\" \"\" \"Số: 15/TTr-PĐĐ\"\nend\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(Rules) rules =
		rules_parse((const char *)data, MIN(size, FUZZ_SIZE_MAX), "fuzz.xml", &err);
	g_assert_true(rules || err);
	g_autoptr(Doc) doc = rules ? doc_parse(tree, sizeof tree - 1, &limits_default, NULL) : NULL;
	if (doc)
		reading_free(extract_read(rules, doc, "a.docx", "00"));
	return 0;
}
