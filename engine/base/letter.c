/* Plain letters under their accents, by table. */
#include "base/letter.h"

/* From U+00C0 to U+017F, and from U+1EA0 to U+1EF9; '.' is none. */
static const char latin[] = "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuu"
			    "uy.yaaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk"
			    ".llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuu"
			    "wwyyyzzzzzz.";
static const char vietnamese[] = "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooo"
				 "oooooooouuuuuuuuuuuuuuyyyyyyyy";

gunichar
letter_sign(gunichar c)
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
	bool may_be = c == 0xab || c == 0xbb || c == 0xd0 || c == 0x1a2 || c == 0x1a3 ||
		(c >= 0x2010 && c <= 0x2212);
	for (size_t i = 0; may_be && i < G_N_ELEMENTS(pairs); i++)
		if (pairs[i][0] == c)
			return pairs[i][1];
	return c;
}

gunichar
letter_base(gunichar c)
{
	char plain = '.';
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0x1ea0 && c <= 0x1ef9)
		plain = vietnamese[c - 0x1ea0];
	else if (c == 0x110 || c == 0x111)
		plain = 'd';
	else if (c == 0x1a0 || c == 0x1a1)
		plain = 'o';
	else if (c == 0x1af || c == 0x1b0)
		plain = 'u';
	else if (c >= 0xc0 && c < 0x180)
		plain = latin[c - 0xc0];
	return plain == '.' ? g_unichar_tolower(c) : (gunichar)plain;
}

bool
letters_lower(char *text)
{
	for (char *p = text; *p; p += letter_next(p) - p) {
		if ((unsigned char)*p < 0x80) {
			*p |= *p >= 'A' && *p <= 'Z' ? 0x20 : 0;
			continue;
		}
		gunichar c = letter_at(p), low = letter_lower(c);
		if (low == c)
			continue;
		if (c > 0x1ef9 || (c > 0x1b0 && c < 0x1ea0) ||
			g_unichar_to_utf8(low, NULL) != letter_next(p) - p)
			return false;
		g_unichar_to_utf8(low, p);
	}
	return true;
}

/* The next letter or digit, plain, y as i; 0 at the end, '?' for what could stand for others. */
static inline char
next_plain(const char **p)
{
	for (; (unsigned char)**p < 0x80; (*p)++) {
		if (!**p)
			return '\0';
		if (!g_ascii_isalnum(**p))
			continue;
		char low = (char)(*(*p)++ | 0x20); /* digits have that bit already */
		return low == 'y' ? 'i' : low;
	}
	gunichar c = letter_base(letter_at(*p));
	*p = letter_next(*p);
	return c == 'y' ? 'i' : c < 0x80 ? (char)c : '?';
}

bool
letters_may_begin(const char *text, const char *word)
{
	for (;;) {
		char b = next_plain(&word);
		char a = b && b != '?' ? next_plain(&text) : b;
		if (!b || a == '?')
			return true;
		if (a != b)
			return false;
	}
}

const char *const *
letters_find_begin(const char *text, const char *const *words)
{
	char first = next_plain(&text);
	for (; *words; words++) {
		const char *word = *words;
		char letter = next_plain(&word);
		if (!letter || letter == '?' || first == '?' ||
			(letter == first && letters_may_begin(text, word)))
			break;
	}
	return words;
}
