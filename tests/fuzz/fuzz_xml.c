/* Any bytes as an XML message (edXML), attachments and all. */
#include "fuzz.h"

#include "decode/xml.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, MIN(size, FUZZ_SIZE_MAX));
	g_autoptr(Doc) doc = xml_read_doc(bytes, &limits_default);
	return 0;
}
