/*
 * Letters of Vietnamese text, quickly: nearly all that is folded and compared is ASCII or one of
 * some two hundred letters, for which the general tables of Unicode are a long way round.
 */
#ifndef VANTHU_BASE_LETTER_H
#define VANTHU_BASE_LETTER_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* The character at p, of valid UTF-8; 0 at the end. */
static inline gunichar
letter_at(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;
	if (b[0] < 0x80)
		return b[0];
	if (b[0] < 0xe0)
		return (gunichar)(b[0] & 0x1f) << 6 | (b[1] & 0x3f);
	if (b[0] < 0xf0)
		return (gunichar)(b[0] & 0x0f) << 12 | (gunichar)(b[1] & 0x3f) << 6 | (b[2] & 0x3f);
	return g_utf8_get_char(p);
}

/* Where the next one begins. */
static inline const char *
letter_next(const char *p)
{
	unsigned char b = (unsigned char)*p;
	return p + (b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4);
}

/* Small letter; the same as g_unichar_tolower(). */
static inline gunichar
letter_lower(gunichar c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0x1ea0 && c <= 0x1ef9)
		return c | 1;
	if (c < 0x100)
		return c >= 0xc0 && c <= 0xde && c != 0xd7 ? c + 32 : c;
	return g_unichar_tolower(c);
}

/* Where capitals and small letters take turns, capitals first. */
static inline bool
letter_is_paired(gunichar c)
{
	return (c >= 0x1ea0 && c <= 0x1ef9) || (c >= 0x100 && c <= 0x137);
}

static inline bool
letter_is_upper(gunichar c)
{
	return c < 0x80                  ? c >= 'A' && c <= 'Z'
		: letter_is_paired(c)    ? !(c & 1)
		: c >= 0xe0 && c <= 0xff ? false
					 : g_unichar_isupper(c);
}

static inline bool
letter_is_lower(gunichar c)
{
	return c < 0x80                  ? c >= 'a' && c <= 'z'
		: letter_is_paired(c)    ? (c & 1) != 0
		: c >= 0xe0 && c <= 0xff ? c != 0xf7
					 : g_unichar_islower(c);
}

static inline bool
letter_is_alpha(gunichar c)
{
	if (c < 0x80)
		return (c | 0x20) - 'a' < 26;
	if ((c >= 0xc0 && c <= 0x24f) || (c >= 0x1ea0 && c <= 0x1ef9))
		return c != 0xd7 && c != 0xf7; /* × and ÷ */
	return g_unichar_isalpha(c);
}

/* One spelling for characters that differ between keyboards and fonts but not in meaning: Ð for Đ,
 * dashes, quotes. */
gunichar letter_sign(gunichar c);

/* The plain letter under tones and hooks, small: "Ệ" is 'e', "Đ" is 'd'. What is no Latin letter of
 * this kind stays. */
gunichar letter_base(gunichar c);

/* Small letters in place: those of ours keep their length. False: one of the text does not, and what
 * stands before it is done. */
bool letters_lower(char *text);

/* Whether a text may begin with a word once both are folded in any of our ways: their plain letters
 * and digits do, as far as they can be told. For not folding what can't match. */
bool letters_may_begin(const char *text, const char *word);
/* The first of the words (NULL-terminated) that it may begin with, or the NULL behind them. */
const char *const *letters_find_begin(const char *text, const char *const *words);

#endif
