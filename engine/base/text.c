/* Vietnamese text: cleaned, normalised to NFC and folded for comparison. */
#include "base/text.h"

#include "base/letter.h"

#include <string.h>

/* The five tone marks, as combining characters: grave, acute, tilde, hook above, dot below. */
static bool
is_tone(gunichar c)
{
	return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

char *
text_nfc(const char *text)
{
	if (is_ascii(text))
		return g_strdup(text);
	char *nfc = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
	return nfc ? nfc : g_strdup("");
}

static bool
is_noise(gunichar c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f || c == 0xfeff || c == 0x200b ||
		c == 0xfffe || c == 0xffff;
}

char *
text_clean(const char *bytes, size_t size)
{
	g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)size);
	g_autoptr(GString) out = g_string_sized_new(strlen(valid));
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (!is_noise(c))
			g_string_append_unichar(out, c);
	}
	return text_nfc(out->str);
}

static bool
is_space(gunichar c)
{
	return g_unichar_isspace(c) || c == 0xa0 || c == 0x2007 || c == 0x202f || c == 0x3000;
}

/* Whether a character that is no ASCII may be a space: by its first byte, which no letter of ours
 * has. */
static bool
may_be_space(unsigned char first)
{
	return first == 0xc2 || first == 0xe2 || first == 0xe3;
}

char *
text_squeeze(const char *text)
{
	char *out = g_malloc(strlen(text) + 1), *end = out;
	bool gap = false;
	for (const char *p = text, *next; *p; p = next) {
		unsigned char first = (unsigned char)*p;
		next = letter_next(p);
		bool space = first <= ' ' ? g_ascii_isspace(first)
			: first < 0x80    ? false
			: may_be_space(first) || (first == 0xe1 && (unsigned char)p[1] == 0x9a)
			? is_space(letter_at(p))
			: false;
		if (space) {
			gap = end > out;
			continue;
		}
		if (gap)
			*end++ = ' ';
		gap = false;
		for (; p < next; p++)
			*end++ = *p;
	}
	*end = '\0';
	return out;
}

/* One spelling for characters that differ between keyboards and fonts but not in meaning. */
static gunichar
even_out(gunichar c)
{
	static const gunichar pairs[][2] = {
		{ 0xd0, 0x110 },
		{ 0x1a2, 0x1af },
		{ 0x1a3, 0x1b0 }, /* Ð Đ, Ƣ Ư, ƣ ư */
		{ 0x2010, '-' },
		{ 0x2011, '-' },
		{ 0x2012, '-' },
		{ 0x2013, '-' },
		{ 0x2014, '-' },
		{ 0x2212, '-' },
		{ 0x2018, '\'' },
		{ 0x2019, '\'' }, /* dashes, quotes */
		{ 0x201c, '"' },
		{ 0x201d, '"' },
		{ 0x201e, '"' },
		{ 0xab, '"' },
		{ 0xbb, '"' },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (pairs[i][0] == c)
			return pairs[i][1];
	return c;
}

static bool
is_vowel(gunichar c)
{
	return c < 0x80 && c && strchr("aeiouy", (int)c);
}

/* Appends one lower-case word: base letters in order, its tone at the end (hòa and hoà alike), and
 * y for a lone i after a consonant (kĩ and kỹ alike). */
static void
fold_word(GString *out, const gunichar *word, size_t n, bool bare)
{
	gunichar tone = 0;
	gunichar base[64];
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (is_tone(word[i]))
			tone = word[i];
		else if (!(bare && g_unichar_ismark(word[i])) && used < G_N_ELEMENTS(base))
			base[used++] = bare && word[i] == 0x111 ? 'd' : word[i];
	}
	if (!bare && used > 1 && base[used - 1] == 'i' && !is_vowel(base[used - 2]) &&
		!g_unichar_ismark(base[used - 2]))
		base[used - 1] = 'y';
	for (size_t i = 0; i < used; i++)
		g_string_append_unichar(out, base[i]);
	if (tone && !bare)
		g_string_append_unichar(out, tone);
}

/* Bare keys of nearly all texts need no tables: NULL when a character asks for them. */
static char *
fold_bare(const char *text)
{
	char *out = g_malloc(strlen(text) + 1), *end = out;
	for (const char *p = text; *p; p = letter_next(p)) {
		gunichar c = letter_at(p);
		gunichar plain = letter_base(c < 0x80 ? c : even_out(c));
		if (plain >= 0x80) {
			g_free(out);
			return NULL;
		}
		*end++ = (char)plain;
	}
	*end = '\0';
	return out;
}

static char *
fold(const char *text, bool bare)
{
	g_autofree char *squeezed = text_squeeze(text_or_empty(text));
	char *quick = bare ? fold_bare(squeezed) : NULL;
	if (quick)
		return quick;
	g_autofree char *decomposed = g_utf8_normalize(squeezed, -1, G_NORMALIZE_NFD);
	g_autoptr(GString) out = g_string_new(NULL);
	gunichar word[64];
	size_t n = 0;
	for (const char *p = decomposed ? decomposed : "";; p = g_utf8_next_char(p)) {
		gunichar c = g_unichar_tolower(even_out(g_utf8_get_char(p)));
		if ((g_unichar_isalpha(c) || g_unichar_ismark(c)) && n < G_N_ELEMENTS(word)) {
			word[n++] = c;
			continue;
		}
		fold_word(out, word, n, bare);
		n = 0;
		if (!c)
			break;
		g_string_append_unichar(out, c);
	}
	return text_nfc(out->str);
}

char *
text_key(const char *text)
{
	return fold(text, false);
}

char *
text_bare_key(const char *text)
{
	return fold(text, true);
}

bool
text_same(const char *a, const char *b)
{
	g_autofree char *ka = text_key(a);
	g_autofree char *kb = text_key(b);
	return strcmp(ka, kb) == 0;
}

char *
text_title_case(const char *text)
{
	GString *out = g_string_new(NULL);
	bool start = true;
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		g_string_append_unichar(out, start ? g_unichar_toupper(c) : g_unichar_tolower(c));
		start = !g_unichar_isalpha(c) && !g_unichar_ismark(c);
	}
	return g_string_free(out, FALSE);
}

char *
text_upper(const char *text)
{
	return g_utf8_strup(text, -1);
}

char *
text_lower(const char *text)
{
	return g_utf8_strdown(text, -1);
}

bool
text_is_caps(const char *text)
{
	size_t upper = 0, lower = 0;
	for (const char *p = text; *p; p = letter_next(p)) {
		gunichar c = letter_at(p);
		bool ascii = c < 0x80;
		upper += ascii ? c >= 'A' && c <= 'Z' : g_unichar_isupper(c);
		lower += ascii ? c >= 'a' && c <= 'z' : g_unichar_islower(c);
	}
	return upper > 4 * lower;
}

bool
text_is_blank(const char *text)
{
	for (const char *p = text; *p; p = letter_next(p))
		if (!is_space(letter_at(p)))
			return false;
	return true;
}

size_t
text_length(const char *text)
{
	return (size_t)g_utf8_strlen(text, -1);
}

const char *
text_or_empty(const char *text)
{
	return text ? text : "";
}
