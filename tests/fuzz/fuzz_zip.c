/* Any bytes as a ZIP: DOCX package, dossier, or neither. */
#include "fuzz.h"

#include "decode/zip.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, MIN(size, FUZZ_SIZE_MAX));
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	return 0;
}
