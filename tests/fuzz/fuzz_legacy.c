/* Any text in a font of 1998: the first byte chooses the font, the rest is what was typed. */
#include "fuzz.h"

#include "base/text.h"
#include "decode/legacy.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const fonts[] = { ".VnTime", ".VnTimeH", "VNI-Times", "VNI-Centur",
		"Arial", "" };
	if (!size)
		return 0;
	const char *font = fonts[data[0] % G_N_ELEMENTS(fonts)];
	g_autofree char *text =
		text_clean((const char *)data + 1, MIN(size - 1, (size_t)FUZZ_SIZE_MAX));
	g_autofree char *decoded = legacy_decode(legacy_font(font), text);
	if (decoded) {
		g_assert_true(g_utf8_validate(decoded, -1, NULL));
		g_autofree char *again = text_nfc(decoded);
		g_assert_cmpstr(again, ==, decoded);
	}
	return 0;
}
