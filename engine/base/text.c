/* Vietnamese text: cleaned, normalised to NFC and folded for comparison. */
#include "base/text.h"

#include "base/letter.h"

#include <string.h>

enum { MARKS_MAX = 30 }; /* on one letter */
enum { PIECE_LEAST = 256, PIECE_MOST = 4096 };

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

/* Counts marks that follow one another, up to the character c. Composed letters of Vietnamese are
 * told at a glance. */
static size_t
count_marks(size_t before, gunichar c)
{
	bool letter = c < 0x300 || (c >= 0x1e00 && c < 0x2000);
	return !letter && g_unichar_combining_class(c) > 0 ? before + 1 : 0;
}

/* The text without what is piled up on one letter; NULL when nothing is. */
static char *
cut_piles(const char *text)
{
	size_t marks = 0;
	const char *p = text;
	for (; *p && marks <= MARKS_MAX; p = g_utf8_next_char(p))
		marks = count_marks(marks, g_utf8_get_char(p));
	if (marks <= MARKS_MAX)
		return NULL;
	GString *out = g_string_sized_new(strlen(text));
	marks = 0;
	for (p = text; *p; p = g_utf8_next_char(p)) {
		marks = count_marks(marks, g_utf8_get_char(p));
		if (marks <= MARKS_MAX)
			g_string_append_unichar(out, g_utf8_get_char(p));
	}
	return g_string_free(out, FALSE);
}

/* Letters of Latin join nothing before them. */
static bool
starts_anew(const char *p)
{
	unsigned char c = (unsigned char)*p;
	return c < 0x80 || (c >= 0xc3 && c <= 0xcb) ||
		(c == 0xe1 && (unsigned char)p[1] >= 0xb8 && (unsigned char)p[1] <= 0xbb);
}

/* GLib moves all that follows at each letter that it composes: long texts go piece by piece. */
static const char *
piece_end(const char *text)
{
	const char *p = text;
	while (*p && p - text < PIECE_MOST && (p - text < PIECE_LEAST || !starts_anew(p)))
		p = g_utf8_next_char(p);
	return p;
}

/* Marks are put in order by the square of their number: Unicode's "stream-safe" text has at most
 * thirty in a row. */
static char *
normalize(const char *text, GNormalizeMode mode)
{
	g_autofree char *cut = cut_piles(text);
	GString *out = g_string_sized_new(strlen(text) + 16);
	for (const char *p = cut ? cut : text, *end; *p; p = end) {
		end = piece_end(p);
		g_autofree char *normal = g_utf8_normalize(p, end - p, mode);
		g_string_append(out, text_or_empty(normal));
	}
	return g_string_free(out, FALSE);
}

char *
text_nfc(const char *text)
{
	return is_ascii(text) ? g_strdup(text) : normalize(text, G_NORMALIZE_NFC);
}

static bool
is_noise(gunichar c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f || c == 0xfeff || c == 0x200b ||
		c == 0xfffe || c == 0xffff;
}

/* How many bytes of a character there are that need no cleaning for sure: ASCII, Vietnamese
 * letters, usual punctuation. Without combining marks they are in NFC. 0 = to be looked at. */
static size_t
plain_bytes(const unsigned char *p, size_t size)
{
	unsigned char c = *p;
	if (c < 0x80)
		return (c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t';
	if (c >= 0xc2 && c <= 0xc8) /* U+0080 to U+023F */
		return size > 1 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
	bool letters = c == 0xe1 && size > 2 && (p[1] == 0xba || p[1] == 0xbb);
	bool marks = c == 0xe2 && size > 2 && p[1] == 0x80 && p[2] >= 0x90;
	return (letters || marks) && (p[2] & 0xc0) == 0x80 ? 3 : 0;
}

static bool
is_plain(const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	for (size_t i = 0, n; i < size; i += n)
		if ((n = plain_bytes(p + i, size - i)) == 0)
			return false;
	return true;
}

bool
text_is_clean(const char *bytes, size_t size)
{
	return is_plain(bytes, size);
}

char *
text_clean(const char *bytes, size_t size)
{
	if (is_plain(bytes, size))
		return g_strndup(bytes, size);
	g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)size);
	g_autoptr(GString) out = g_string_sized_new(strlen(valid));
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (!is_noise(c))
			g_string_append_unichar(out, c);
	}
	return text_nfc(out->str);
}

/* Marks that change the direction of what follows. */
static bool
turns_round(gunichar c)
{
	return c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069);
}

char *
text_name(const char *bytes, size_t size)
{
	g_autofree char *clean = text_clean(bytes, size);
	g_autoptr(GString) out = g_string_sized_new(strlen(clean));
	for (const char *p = clean; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool breaks = c < 0x20 || c == '"' || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
			c == 0x2029 || turns_round(c);
		g_string_append_unichar(out, breaks ? '_' : c);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* How many bytes of white space there are: of ASCII and of Unicode, no-break ones too. */
static size_t
space_bytes(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	if (*p < 0x80)
		return *p == ' ' || *p == '\t' || *p == '\n' || *p == '\f' || *p == '\r';
	if (*p == 0xc2)
		return p[1] == 0xa0 ? 2 : 0;
	if (*p < 0xe1 || *p > 0xe3)
		return 0;
	bool space = (*p == 0xe2 && p[1] == 0x80 && (p[2] <= 0x8a || p[2] == 0xaf)) || /* U+2000 */
		(*p == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9)) || /* line ends */
		(*p == 0xe2 && p[1] == 0x81 && p[2] == 0x9f) ||                   /* U+205F */
		(*p == 0xe1 && p[1] == 0x9a && p[2] == 0x80) ||                   /* U+1680 */
		(*p == 0xe3 && p[1] == 0x80 && p[2] == 0x80);                     /* U+3000 */
	return space ? 3 : 0;
}

/* First bytes of white space, and of much else. */
static const bool begins_space[256] = { [0 ... ' '] = true, [0xc2] = true, [0xe1 ... 0xe3] = true };

/* A letter of a word, or the one space between two: nothing to squeeze here. */
static inline bool
stays(const char *text, const char *p)
{
	unsigned char c = (unsigned char)*p;
	if (c == 0xe1)
		return p[1] != '\x9a' || !space_bytes(p);
	if (c != ' ')
		return !space_bytes(p);
	return p > text && p[1] && (!begins_space[(unsigned char)p[1]] || !space_bytes(p + 1));
}

/* Where squeezing first changes something, or the end. */
static const char *
first_loose(const char *text)
{
	const char *p = text;
	for (; *p && stays(text, p); p++)
		while (!begins_space[(unsigned char)p[1]])
			p++;
	return p;
}

bool
text_is_squeezed(const char *text)
{
	return !*first_loose(text);
}

/* In place: it never grows. */
static size_t
squeeze(char *text)
{
	char *out = text + (first_loose(text) - text);
	for (const char *p = out;;) {
		while (!begins_space[(unsigned char)*p])
			*out++ = *p++;
		if (!*p)
			break;
		size_t space = stays(text, p) ? 0 : space_bytes(p);
		if (space == 0) {
			*out++ = *p++;
			continue;
		}
		for (; space; space = space_bytes(p))
			p += space;
		if (out > text && *p)
			*out++ = ' ';
	}
	*out = '\0';
	return (size_t)(out - text);
}

char *
text_squeeze(const char *text)
{
	return text_squeezed(g_strdup(text));
}

char *
text_squeezed(char *text)
{
	squeeze(text);
	return text;
}

/* Nothing to clean and nothing to squeeze: most texts are so, and are looked at only once. */
static bool
is_settled(const char *text, size_t size)
{
	const unsigned char *p = (const unsigned char *)text;
	bool gap = true;
	for (size_t i = 0, n; i < size; i += n) {
		bool space = p[i] == ' ';
		n = plain_bytes(p + i, size - i);
		if (n == 0 || p[i] < ' ' || (p[i] == 0xc2 && p[i + 1] == 0xa0) || (space && gap))
			return false;
		gap = space;
	}
	return !gap || size == 0;
}

void
text_line(GString *text)
{
	if (is_settled(text->str, text->len))
		return;
	if (!is_plain(text->str, text->len)) {
		g_autofree char *clean = text_clean(text->str, text->len);
		g_string_assign(text, clean);
	}
	g_string_truncate(text, squeeze(text->str));
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
		gunichar plain = letter_base(letter_sign(c));
		if (plain >= 0x80) {
			g_free(out);
			return NULL;
		}
		*end++ = (char)plain;
	}
	*end = '\0';
	return out;
}

/* Keys of ASCII have no tones, only the lone i at the end of a word: NULL for all else, and for
 * words that are none. */
static char *
fold_ascii(const char *text)
{
	enum { WORD_MAX = 60 };
	size_t letters = 0;
	char *out = g_malloc(strlen(text) + 1), *end = out;
	for (;; text++) {
		bool letter = g_ascii_isalpha(*text);
		if ((unsigned char)*text >= 0x80 || letters > WORD_MAX) {
			g_free(out);
			return NULL;
		}
		if (!letter && letters > 1 && end[-1] == 'i' && !is_vowel((guchar)end[-2]))
			end[-1] = 'y';
		letters = letter ? letters + 1 : 0;
		*end++ = g_ascii_tolower(*text);
		if (!*text)
			return out;
	}
}

/* NFD, ended by 0. Without combining marks in the text it is that of each character. */
static gunichar *
decompose(const char *text)
{
	size_t size = strlen(text), n = 0;
	if (!is_plain(text, size)) {
		g_autofree char *nfd = normalize(text, G_NORMALIZE_NFD);
		return g_utf8_to_ucs4_fast(nfd, -1, NULL);
	}
	gunichar *out = g_new(gunichar, 3 * size + 1);
	for (const char *p = text; *p; p = letter_next(p)) {
		gunichar c = letter_at(p);
		if (c < 0x80)
			out[n++] = c;
		else
			n += g_unichar_fully_decompose(c, FALSE, out + n, 3);
	}
	out[n] = 0;
	return out;
}

static char *
fold(const char *text, bool bare)
{
	g_autofree char *squeezed = text_squeeze(text_or_empty(text));
	char *quick = bare ? fold_bare(squeezed) : fold_ascii(squeezed);
	if (quick)
		return quick;
	g_autofree gunichar *decomposed = decompose(squeezed);
	g_autoptr(GString) out = g_string_sized_new(strlen(squeezed) + 16);
	gunichar word[64];
	size_t n = 0;
	for (const gunichar *p = decomposed;; p++) {
		gunichar c = letter_lower(letter_sign(*p));
		if ((letter_is_alpha(c) || (c >= 0x80 && g_unichar_ismark(c))) &&
			n < G_N_ELEMENTS(word)) {
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
	a = text_or_empty(a);
	b = text_or_empty(b);
	if (!letters_may_begin(a, b))
		return false;
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
	/* capitals of some letters come in parts: of U+03B0 three */
	g_autofree char *upper = g_utf8_strup(text, -1);
	return text_nfc(upper);
}

char *
text_lower(const char *text)
{
	char *lower = g_strdup(text);
	if (letters_lower(lower))
		return lower;
	g_free(lower);
	return g_utf8_strdown(text, -1);
}

char *
text_raise_digits(const char *text)
{
	static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p; p++) {
		if (g_ascii_isdigit(*p))
			g_string_append(out, raised[*p - '0']);
		else
			g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

bool
text_is_caps(const char *text)
{
	size_t upper = 0, lower = 0;
	const char *end = text + strlen(text);
	for (const char *p = text; p < end; p = letter_next(p)) {
		gunichar c = letter_at(p);
		upper += letter_is_upper(c);
		if (!letter_is_lower(c))
			continue;
		if (4 * ++lower >= upper + (size_t)(end - p))
			return false; /* were all the rest capitals */
	}
	return upper > 4 * lower;
}

bool
text_is_blank(const char *text)
{
	for (size_t space; *text; text += space)
		if ((space = space_bytes(text)) == 0)
			return false;
	return true;
}

/* Eight bytes at a time: those that go on with a character have the upper bit set, the next one not. */
size_t
text_length(const char *text)
{
	size_t size = strlen(text), n = size, i = 0;
	for (; i + 8 <= size; i += 8) {
		guint64 bytes;
		memcpy(&bytes, text + i, sizeof bytes);
		bytes = bytes >> 7 & ~(bytes >> 6) & 0x0101010101010101;
		n -= (bytes * 0x0101010101010101) >> 56;
	}
	for (; i < size; i++)
		n -= ((unsigned char)text[i] & 0xc0) == 0x80;
	return n;
}

bool
text_in_list(const char *text, size_t size, const char *const *words)
{
	for (; *words; words++)
		if (**words == *text && strncmp(*words, text, size) == 0 && !(*words)[size])
			return true;
	return false;
}

const char *
text_or_empty(const char *text)
{
	return text ? text : "";
}
