/*
 * Text made ready for patterns: differences that mean nothing are evened out. Tone placement (hoà =
 * hòa, Uỷ = Ủy), i/y after a consonant at a word's end (sỹ = sĩ), dashes, quotes, Ð. Text must be
 * valid UTF-8 (base/text.h made it so).
 */
#ifndef VANTHU_EXTRACT_MATCH_TEXT_H
#define VANTHU_EXTRACT_MATCH_TEXT_H

#include "base/error.h"

#include <stddef.h>

/* From here on a text stands so far into the original. */
typedef struct {
	size_t folded, original;
} MatchShift;

/* A text made ready for matching. The original is lent and must live as long. */
typedef struct {
	const char *original;
	const char *folded; /* the original itself where nothing is evened out */
	GArray *shifts;     /* of MatchShift, where the two are apart; NULL: they are the same */
	size_t size;        /* of folded */
} MatchText;

void match_text_init(MatchText *text, const char *original);
/* The same from lines that are ready: `original` is they, joined by one byte each. */
void match_text_join(
	MatchText *text, const char *original, const MatchText *const *lines, size_t n);
void match_text_clear(MatchText *text);
/* Where a character of the folded text, or its end, stands in the original. */
size_t match_text_offset(const MatchText *text, size_t folded);
/* "evened out" as patterns see it; caller owns. */
char *match_fold(const char *text);
/* The same in small letters: for comparing with words of ours, folded in the same way. */
char *match_key(const char *text);

/* The same without an allocation, for words and the beginnings of lines: of the first MATCH_SHORT
 * bytes at most, cut between characters. */
enum { MATCH_SHORT = 96 };
void match_key_short(const char *text, char ret[static MATCH_SHORT + 8]);
/* Whether it begins with `start`, which is a key itself. */
bool match_begins(const char *text, const char *start);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MatchText, match_text_clear)

#endif
