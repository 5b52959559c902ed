/* Text typed in fonts from before Unicode, TCVN3 (.VnTime) and VNI: bytes that only their font
 * reads. */
#include "decode/legacy.h"

#include "base/syllable.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* "VnTime": programs drop the dot, so the name must be one of the family. */
static bool
is_abc_family(const char *name)
{
	static const char *const families[] = { "Time", "Arial", "Avant", "Helv", "Courier",
		"Univers", "Centur", "Bodoni", "Book", "Clarendon", "Aristote", "Black", "Cooper",
		"Gothic", "Park", "Present", "Shelley", "Monotype", "Southern" };
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++)
		if (g_ascii_strncasecmp(name, families[i], strlen(families[i])) == 0)
			return true;
	return false;
}

LegacyFont
legacy_font(const char *font)
{
	if (!font || !strchr(".Vv", *font)) /* no name of theirs begins otherwise */
		return LEGACY_NONE;
	bool abc = g_ascii_strncasecmp(font, ".Vn", 3) == 0 ||
		(g_ascii_strncasecmp(font, "Vn", 2) == 0 && is_abc_family(font + 2));
	if (abc)
		return g_str_has_suffix(font, "H") ? LEGACY_TCVN3_CAPITALS : LEGACY_TCVN3;
	if (g_ascii_strncasecmp(font, "VNI-", 4) == 0 || g_ascii_strncasecmp(font, "VNI ", 4) == 0)
		return LEGACY_VNI;
	return LEGACY_NONE;
}

/* TCVN 5712 (ABC), the 74 codes that .Vn fonts draw, from 0xA0; 0 = as it is. */
static const uint16_t tcvn3[96] = {
	0x0000, 0x0102, 0x00c2, 0x00ca, 0x00d4, 0x01a0, 0x01af, 0x0110, /* A0 */
	0x0103, 0x00e2, 0x00ea, 0x00f4, 0x01a1, 0x01b0, 0x0111, 0x0000, /* A8 */
	0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x00e0, 0x1ea3, 0x00e3, /* B0 */
	0x00e1, 0x1ea1, 0x0000, 0x1eb1, 0x1eb3, 0x1eb5, 0x1eaf, 0x0000, /* B8 */
	0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x1eb7, 0x1ea7, /* C0 */
	0x1ea9, 0x1eab, 0x1ea5, 0x1ead, 0x00e8, 0x0000, 0x1ebb, 0x1ebd, /* C8 */
	0x00e9, 0x1eb9, 0x1ec1, 0x1ec3, 0x1ec5, 0x1ebf, 0x1ec7, 0x00ec, /* D0 */
	0x1ec9, 0x0000, 0x0000, 0x0000, 0x0129, 0x00ed, 0x1ecb, 0x00f2, /* D8 */
	0x0000, 0x1ecf, 0x00f5, 0x00f3, 0x1ecd, 0x1ed3, 0x1ed5, 0x1ed7, /* E0 */
	0x1ed1, 0x1ed9, 0x1edd, 0x1edf, 0x1ee1, 0x1edb, 0x1ee3, 0x00f9, /* E8 */
	0x0000, 0x1ee7, 0x0169, 0x00fa, 0x1ee5, 0x1eeb, 0x1eed, 0x1eef, /* F0 */
	0x1ee9, 0x1ef1, 0x1ef3, 0x1ef7, 0x1ef9, 0x00fd, 0x1ef5, 0x0000, /* F8 */
};

static void
decode_tcvn3(GString *out, const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		gunichar letter = c >= 0xa0 && c <= 0xff ? tcvn3[c - 0xa0] : 0;
		g_string_append_unichar(out, letter ? letter : c);
	}
}

/* VNI: a letter, then its marks as one code. The marks, by that code in its small form. */
typedef struct {
	uint8_t code;
	const char *letters; /* that take it */
	const char *marks;   /* combining characters */
} VniMark;

static const VniMark vni_marks[] = {
	{ 0xe0, "aeo", "\u0302\u0300" },
	{ 0xe1, "aeo", "\u0302\u0301" },
	{ 0xe2, "aeo", "\u0302" },
	{ 0xe3, "aeo", "\u0302\u0303" },
	{ 0xe4, "aeo", "\u0302\u0323" },
	{ 0xe5, "aeo", "\u0302\u0309" },
	{ 0xe8, "a", "\u0306\u0300" },
	{ 0xe9, "a", "\u0306\u0301" },
	{ 0xea, "a", "\u0306" },
	{ 0xeb, "a", "\u0306\u0323" },
	{ 0xfa, "a", "\u0306\u0309" },
	{ 0xfc, "a", "\u0306\u0303" },
	{ 0xef, "aeouôö", "\u0323" },
	{ 0xf5, "aeouyôö", "\u0303" },
	{ 0xf8, "aeouyôö", "\u0300" },
	{ 0xf9, "aeouyôö", "\u0301" },
	{ 0xfb, "aeouyôö", "\u0309" },
};

/* Codes that are a letter alone, small forms; ô and ö are the bases ơ and ư. */
typedef struct {
	uint16_t code, shown;
} LetterRow;

static const LetterRow vni_letters[] = { { 0xe6, 0x1ec9 }, { 0xec, 0x00ec }, { 0xed, 0x00ed },
	{ 0xee, 0x1ef5 }, { 0xf1, 0x0111 }, { 0xf2, 0x1ecb }, { 0xf3, 0x0129 }, { 0xf4, 0x01a1 },
	{ 0xf6, 0x01b0 } };

static gunichar
find(const LetterRow *rows, size_t n, gunichar code)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].code == code)
			return rows[i].shown;
	return 0;
}

static gunichar
vni_small(gunichar c)
{
	return c >= 0xc0 && c <= 0xde ? c + 0x20 : g_unichar_tolower(c);
}

static const char *
vni_marks_of(gunichar letter, gunichar mark)
{
	for (size_t i = 0; i < G_N_ELEMENTS(vni_marks); i++)
		if (vni_marks[i].code == vni_small(mark) &&
			g_utf8_strchr(vni_marks[i].letters, -1, vni_small(letter)))
			return vni_marks[i].marks;
	return NULL;
}

/* The case of a result is that of its letter: capitals are often typed with small marks. */
static void
decode_vni(GString *out, const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		gunichar small = vni_small(c);
		uint32_t alone = find(vni_letters, G_N_ELEMENTS(vni_letters), small);
		gunichar letter = !alone ? c : small == c ? alone : g_unichar_toupper(alone);
		g_string_append_unichar(out, letter);
		const char *next = g_utf8_next_char(p);
		const char *marks = *next ? vni_marks_of(c, g_utf8_get_char(next)) : NULL;
		if (marks) {
			g_string_append(out, marks);
			p = next;
		}
	}
}

/* Letters that no legacy encoding has room for. */
static bool
is_unicode_already(const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if ((c >= 0x100 && c <= 0x1b0) || (c >= 0x300 && c <= 0x323) ||
			(c >= 0x1ea0 && c <= 0x1ef9))
			return true;
	}
	return false;
}

char *
legacy_decode(LegacyFont font, const char *text)
{
	if (font == LEGACY_NONE || is_unicode_already(text))
		return NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	if (font == LEGACY_VNI)
		decode_vni(out, text);
	else
		decode_tcvn3(out, text);
	g_autofree char *composed = text_nfc(out->str);
	return font == LEGACY_TCVN3_CAPITALS ? text_upper(composed) : g_steal_pointer(&composed);
}

/* ---- text alone ---------------------------------------------------------------------------- */

/* Words that hold a code above ASCII, and how many are syllables: as they are, read as either. */
typedef struct {
	int words, plain, tcvn3, vni;
} Sounds;

static bool
is_sound(LegacyFont font, const char *word)
{
	g_autofree char *decoded = legacy_decode(font, word);
	return decoded && syllable_is_valid(decoded);
}

static void
count_word(Sounds *sounds, const char *word)
{
	(void)word;
	sounds->words++;
}

static void
count_plain(Sounds *sounds, const char *word)
{
	sounds->plain += syllable_is_valid(word);
}

static void
count_read(Sounds *sounds, const char *word)
{
	sounds->tcvn3 += is_sound(LEGACY_TCVN3, word);
	sounds->vni += is_sound(LEGACY_VNI, word);
}

/* Letters, and the signs of Latin-1 that stand for letters in TCVN3. */
static bool
is_code(gunichar c)
{
	return g_unichar_isalpha(c) || (c > 0xa0 && c <= 0xff);
}

static void
visit_word(Sounds *sounds, const char *text, size_t size, void (*count)(Sounds *, const char *word))
{
	g_autofree char *word = g_strndup(text, size);
	if (g_utf8_strlen(word, -1) >= 2 && !g_str_is_ascii(word))
		count(sounds, word);
}

static void
visit_words(Sounds *sounds, const char *text, void (*count)(Sounds *, const char *word))
{
	const char *start = NULL;
	for (const char *p = text;; p = g_utf8_next_char(p)) {
		bool code = *p && is_code(g_utf8_get_char(p));
		if (code && !start)
			start = p;
		if (!code && start) {
			visit_word(sounds, start, (size_t)(p - start), count);
			start = NULL;
		}
		if (!*p)
			return;
	}
}

static bool
is_better(const Sounds *sounds, int sound, int enough)
{
	int gained = sound - sounds->plain;
	return gained >= enough && gained * 4 >= sounds->words && sound * 5 >= sounds->words * 4;
}

/* No more can be gained than there are words that are no syllables: most text ends there, long
 * before it is read in other ways. */
LegacyFont
legacy_guess(const char *text, LegacyFont known)
{
	int enough = known == LEGACY_NONE ? 3 : 1;
	Sounds sounds = { 0 };
	if (!strpbrk(text, "\xc2\xc3") || is_unicode_already(text))
		return LEGACY_NONE;
	visit_words(&sounds, text, count_word);
	if (sounds.words < enough)
		return LEGACY_NONE;
	visit_words(&sounds, text, count_plain);
	if (sounds.words - sounds.plain < enough)
		return LEGACY_NONE;
	visit_words(&sounds, text, count_read);
	bool abc = sounds.tcvn3 > sounds.vni;
	if (is_better(&sounds, abc ? sounds.tcvn3 : sounds.vni, enough))
		return abc ? LEGACY_TCVN3 : LEGACY_VNI;
	return LEGACY_NONE;
}
