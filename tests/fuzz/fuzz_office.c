/* Any bytes as office.xml. */
#include "fuzz.h"

#include "flow/office.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(Office) office =
		office_parse((const char *)data, MIN(size, FUZZ_SIZE_MAX), "office.xml", &err);
	g_assert_true(office || err);
	return 0;
}
