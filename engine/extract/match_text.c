/*
 * A text -> the text that patterns see: differences that mean nothing are evened out, and where the
 * two are apart is noted. Most text is even already: it is passed over, not copied letter by letter.
 */
#include "extract/match_text.h"

#include "base/letter.h"

#include <stdint.h>
#include <string.h>

static bool
is_tone(gunichar c)
{
	return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

static gunichar
same_sign(gunichar c)
{
	return c == 0xa0 || c == 0x2007 || c == 0x202f ? ' ' : letter_sign(c);
}

/* oà, oé, uỷ at the end of a syllable: the tone belongs on the first vowel (òa). */
static bool
moves_tone(
	gunichar first, gunichar second, gunichar after, gunichar *ret_first, gunichar *ret_second)
{
	gunichar base, tone, plain = letter_base(second);
	bool bears = first == 'o' || first == 'O' ? plain == 'a' || plain == 'e'
						  : (first == 'u' || first == 'U') && plain == 'y';
	if (!bears || letter_is_alpha(after) || !g_unichar_decompose(second, &base, &tone) ||
		!is_tone(tone) || letter_lower(base) != plain)
		return false;
	*ret_second = base;
	return g_unichar_compose(first, tone, ret_first);
}

static gunichar
without_tone(gunichar c)
{
	gunichar base, tone;
	return c >= 0x80 && g_unichar_decompose(c, &base, &tone) && is_tone(tone) ? base : c;
}

/* y after a consonant at the end of a syllable counts as i (kỹ = kĩ, lý = lí). */
static gunichar
even_y(gunichar before, gunichar c, gunichar after)
{
	if (c != 'y' && c != 'Y' && c != 0xdd && c != 0xfd && (c < 0x1ef2 || c > 0x1ef9))
		return c;
	gunichar beside = letter_base(before);
	if (letter_is_alpha(after) || !letter_is_alpha(before) ||
		(beside < 0x80 && strchr("aeiouy", (int)beside)))
		return c;
	gunichar base = without_tone(c), tone = 0, made;
	if (base != 'y' && base != 'Y')
		return c;
	gunichar low = g_unichar_tolower(without_tone(before));
	if (low < 0x80 ? strchr("aeiouy", (int)low) != NULL : low != 0x111)
		return c;
	gunichar i = base == 'y' ? 'i' : 'I';
	if (base == c)
		return i;
	g_unichar_decompose(c, &base, &tone);
	return g_unichar_compose(i, tone, &made) ? made : c;
}

/* Evening out never makes a text longer: the buffer has the size of the original. */
typedef struct {
	char *out;
	size_t size;
	GArray *shifts; /* of MatchShift, or NULL: nobody asks */
} Folding;

/* What is put from now on stands at that offset in the original. */
static void
note_shift(Folding *folding, size_t original)
{
	GArray *shifts = folding->shifts;
	if (!shifts)
		return;
	const MatchShift *last =
		shifts->len ? &g_array_index(shifts, MatchShift, shifts->len - 1) : NULL;
	size_t ahead = last ? last->original - last->folded : 0;
	if (original - folding->size == ahead)
		return;
	MatchShift shift = { folding->size, original };
	g_array_append_val(shifts, shift);
}

static void
put(Folding *folding, gunichar c, size_t offset)
{
	note_shift(folding, offset);
	folding->size += (size_t)g_unichar_to_utf8(c, folding->out + folding->size);
}

/* What stands from p to stop in the text stays as it is. */
static void
copy(Folding *folding, const char *text, const char *p, const char *stop)
{
	note_shift(folding, (size_t)(p - text));
	memcpy(folding->out + folding->size, p, (size_t)(stop - p));
	folding->size += (size_t)(stop - p);
}

/* Bytes that tell of a character that may be evened out; all others are passed over. Of characters of
 * several bytes it is the one that is seen least elsewhere. */
static const bool tells[256] = { [0] = true,
	['O'] = true,
	['o'] = true,
	['U'] = true,
	['u'] = true,
	['Y'] = true,
	['y'] = true,
	[0x90] = true, /* of Ð */
	[0x9d] = true, /* of Ý */
	[0xbd] = true, /* of ý */
	[0xbb] = true, /* of y with other tones, U+1EF2 to U+1EF9 */
	[0xc2] = true, /* spaces, quotes */
	[0xc6] = true, /* Ƣ ƣ */
	[0xe2] = true };

/* Whether the character that p tells of is worth a look. */
static inline bool
may_change(const unsigned char *p)
{
	if (*p < 0x80)
		return (*p | 0x20) == 'y' ? !g_ascii_isalpha(p[1]) : p[1] >= 0x80;
	if (*p == 0xbb)
		return p[-1] == 0xe1 && p[1] >= 0xb2 && p[1] <= 0xb9;
	if (*p == 0xc6)
		return p[1] == 0xa2 || p[1] == 0xa3;
	return *p >= 0xc2 || p[-1] == 0xc3;
}

/* The character before p; 0 = the text begins there. */
static gunichar
letter_before(const char *text, const char *p)
{
	return p > text ? letter_at(g_utf8_prev_char(p)) : 0;
}

/* Whether the character at p, or the two, are written otherwise. */
static bool
is_uneven(const char *text, const char *p)
{
	const char *next = letter_next(p);
	gunichar c = letter_at(p), second = letter_at(next), first_out, second_out;
	if (second > 0x7f &&
		moves_tone(c, second, letter_at(letter_next(next)), &first_out, &second_out))
		return true;
	return even_y(letter_before(text, p), same_sign(c), second) != c;
}

/* The first character from p on that is evened out, or end. */
static const char *
skip_even(const char *text, const char *p, const char *end)
{
	for (;; p++) {
		while (!tells[(unsigned char)*p])
			p++;
		if (p >= end)
			return end;
		const char *first = p - (((unsigned char)*p & 0xc0) == 0x80);
		if (may_change((const unsigned char *)p) && is_uneven(text, first))
			return first;
	}
}

/* A character that skip_even() stopped at, or two; returns what stands behind. */
static const char *
even_out(Folding *folding, const char *text, const char *p)
{
	const char *next = letter_next(p);
	gunichar c = letter_at(p), second = letter_at(next), first_out, second_out;
	const char *after = second ? letter_next(next) : next;
	if (second > 0x7f && moves_tone(c, second, letter_at(after), &first_out, &second_out)) {
		put(folding, first_out, (size_t)(p - text));
		put(folding, second_out, (size_t)(next - text));
		return after;
	}
	put(folding, even_y(letter_before(text, p), same_sign(c), second), (size_t)(p - text));
	return next;
}

/* Until `end`; `stop` is the first that is evened out. */
static void
fold_part(Folding *folding, const char *text, const char *stop, const char *end)
{
	for (const char *p = text;;) {
		copy(folding, text, p, stop);
		if (stop >= end)
			break;
		p = even_out(folding, text, stop);
		stop = p < end ? skip_even(text, p, end) : p; /* two letters may reach beyond */
	}
	folding->out[folding->size] = '\0';
}

static Folding
folding_new(size_t size)
{
	return (Folding){ .out = g_malloc(size + 8),
		.shifts = g_array_new(FALSE, FALSE, sizeof(MatchShift)) };
}

static void
take_folding(MatchText *text, const Folding *folding)
{
	text->folded = folding->out;
	text->size = folding->size;
	text->shifts = folding->shifts;
}

void
match_text_init(MatchText *text, const char *original)
{
	size_t size = strlen(original);
	const char *end = original + size, *stop = skip_even(original, original, end);
	*text = (MatchText){ .original = original, .folded = original, .size = size };
	if (stop >= end)
		return;
	Folding folding = folding_new(size);
	fold_part(&folding, original, stop, end);
	take_folding(text, &folding);
}

size_t
match_text_offset(const MatchText *text, size_t folded)
{
	guint from = 0, to = text->shifts ? text->shifts->len : 0;
	while (from < to) {
		guint middle = (from + to) / 2;
		if (g_array_index(text->shifts, MatchShift, middle).folded <= folded)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == 0)
		return folded;
	const MatchShift *shift = &g_array_index(text->shifts, MatchShift, from - 1);
	return folded - shift->folded + shift->original;
}

static void
add_line(Folding *folding, const MatchText *line, size_t start)
{
	size_t before = folding->size;
	note_shift(folding, start);
	for (guint i = 0; line->shifts && i < line->shifts->len; i++) {
		const MatchShift *shift = &g_array_index(line->shifts, MatchShift, i);
		folding->size = before + shift->folded;
		note_shift(folding, start + shift->original);
	}
	memcpy(folding->out + before, line->folded, line->size);
	folding->size = before + line->size;
}

void
match_text_join(MatchText *text, const char *original, const MatchText *const *lines, size_t n)
{
	size_t size = strlen(original), start = 0, uneven = 0;
	*text = (MatchText){ .original = original, .folded = original, .size = size };
	for (size_t i = 0; i < n; i++)
		uneven += lines[i]->shifts != NULL;
	if (uneven == 0)
		return;
	Folding folding = folding_new(size);
	for (size_t i = 0; i < n; i++) {
		add_line(&folding, lines[i], start);
		start += match_text_offset(lines[i], lines[i]->size);
		if (i + 1 < n)
			folding.out[folding.size++] = original[start++];
	}
	folding.out[folding.size] = '\0';
	take_folding(text, &folding);
}

void
match_text_clear(MatchText *text)
{
	if (text->shifts) {
		g_free((char *)(uintptr_t)text->folded);
		g_array_unref(text->shifts);
	}
	memset(text, 0, sizeof *text);
}

char *
match_fold(const char *original)
{
	MatchText text;
	match_text_init(&text, original);
	char *folded = g_strndup(text.folded, text.size);
	match_text_clear(&text);
	return folded;
}

char *
match_key(const char *text)
{
	g_autofree char *folded = match_fold(text);
	if (letters_lower(folded))
		return g_steal_pointer(&folded);
	g_autofree char *again = match_fold(text);
	return g_utf8_strdown(again, -1);
}

void
match_key_short(const char *text, char ret[static MATCH_SHORT + 8])
{
	size_t size = strnlen(text, MATCH_SHORT + 1);
	const char *end = text + MIN(size, MATCH_SHORT);
	while (size > MATCH_SHORT && end > text && ((unsigned char)*end & 0xc0) == 0x80)
		end--;
	Folding folding = { ret, 0, NULL };
	fold_part(&folding, text, skip_even(text, text, end), end);
	if (letters_lower(ret))
		return;
	g_autofree char *start = g_strndup(text, (gsize)(end - text));
	g_autofree char *key = match_key(start);
	g_strlcpy(ret, key, MATCH_SHORT + 8);
}

bool
match_begins(const char *text, const char *start)
{
	char key[MATCH_SHORT + 8];
	if (!letters_may_begin(text, start))
		return false;
	match_key_short(text, key);
	return g_str_has_prefix(key, start);
}
