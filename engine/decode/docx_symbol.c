/* Code points of symbol fonts to the characters that these fonts draw. */
#include "decode/docx_symbol.h"

#include "base/text.h"

#include <string.h>

typedef struct {
	uint16_t code, shown;
} SymbolRow;

static const SymbolRow wingdings[] = { { 0x28, 0x260e }, { 0x2a, 0x2709 }, { 0x46, 0x261e },
	{ 0x6c, 0x25cf }, { 0x6d, 0x274d }, { 0x6e, 0x25a0 }, { 0x6f, 0x25a1 }, { 0x70, 0x25a1 },
	{ 0x71, 0x2751 }, { 0x72, 0x2752 }, { 0x75, 0x25c6 }, { 0x76, 0x2756 }, { 0x9e, 0x2022 },
	{ 0x9f, 0x2022 }, { 0xa7, 0x25aa }, { 0xa8, 0x25a1 }, { 0xab, 0x2605 }, { 0xb5, 0x2606 },
	{ 0xd8, 0x27a2 }, { 0xdf, 0x2190 }, { 0xe0, 0x2192 }, { 0xe8, 0x27a2 }, { 0xf0, 0x21e8 },
	{ 0xfb, 0x2717 }, { 0xfc, 0x2713 }, { 0xfd, 0x2612 }, { 0xfe, 0x2611 } };
static const SymbolRow symbol[] = { { 0x2b, '+' }, { 0x2d, '-' }, { 0x6d, 0x03bc },
	{ 0xa3, 0x2264 }, { 0xa7, 0x2663 }, { 0xa8, 0x2666 }, { 0xab, 0x2194 }, { 0xac, 0x2190 },
	{ 0xae, 0x2192 }, { 0xb0, 0x00b0 }, { 0xb1, 0x00b1 }, { 0xb3, 0x2265 }, { 0xb4, 0x00d7 },
	{ 0xb7, 0x2022 }, { 0xb8, 0x00f7 }, { 0xb9, 0x2260 }, { 0xbc, 0x2026 }, { 0xbe, 0x2014 },
	{ 0xde, 0x21d2 }, { 0xf0, 0x2022 } };

static uint32_t
find(const SymbolRow *rows, size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].code == code)
			return rows[i].shown;
	return 0;
}

uint32_t
symbol_char(const char *font, uint32_t code)
{
	uint32_t low = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
	if (font && g_str_has_prefix(font, "Wingdings"))
		return find(wingdings, G_N_ELEMENTS(wingdings), low);
	if (font && g_ascii_strcasecmp(font, "Symbol") == 0)
		return find(symbol, G_N_ELEMENTS(symbol), low);
	if (low != code) /* a private character and nothing known of its font */
		return low >= 0x20 && low < 0x7f ? low : find(symbol, G_N_ELEMENTS(symbol), low);
	return code;
}

char *
symbol_text(const char *font, const char *text)
{
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c >= 0xf000 && c <= 0xf0ff) {
			uint32_t shown = symbol_char(font, c);
			c = shown ? shown : 0x2022;
		}
		g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}
