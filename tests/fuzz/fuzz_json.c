/* Any bytes as JSON data. */
#include "fuzz.h"

#include "generate/data_json.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(xmlDoc) doc =
		data_json_parse((const char *)data, MIN(size, FUZZ_SIZE_MAX), "fuzz.json", &err);
	g_assert_true(doc || err);
	return 0;
}
