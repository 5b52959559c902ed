/* PCRE2, called here and in pattern_reach.c alone: patterns compiled once, matched under limits over
 * evened-out text. */
#include "extract/pattern.h"

#include "base/letter.h"

#include <pcre2.h>
#include <string.h>

enum {
	MATCH_STEPS = 400000,
	TRY_STEPS = 10000,
	MATCH_DEPTH = 2000,
	MATCH_HEAP_KIB = 4096,
};

/* pcre2_match(), or what it comes down to where the pattern became machine code. */
typedef int Matcher(const pcre2_code *, PCRE2_SPTR, PCRE2_SIZE, PCRE2_SIZE, uint32_t,
	pcre2_match_data *, pcre2_match_context *);

struct Pattern {
	pcre2_code *code;
	Matcher *match;
	pcre2_match_context *limits, *quick;
	char *source;
	char *names[MATCH_GROUPS_MAX]; /* with '-' */
	int n_groups;
};

/* --- evening out --- */

static bool
is_tone(gunichar c)
{
	return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

static gunichar
same_sign(gunichar c)
{
	bool may_be_sign = c == 0xa0 || c == 0xab || c == 0xbb || c == 0xd0 || c == 0x1a2 ||
		c == 0x1a3 || (c >= 0x2007 && c <= 0x2212);
	if (!may_be_sign)
		return c;
	static const gunichar pairs[][2] = {
		{ 0xd0, 0x110 },
		{ 0x1a2, 0x1af },
		{ 0x1a3, 0x1b0 },
		{ 0xa0, ' ' },
		{ 0x202f, ' ' },
		{ 0x2007, ' ' },
		{ 0x2010, '-' },
		{ 0x2011, '-' },
		{ 0x2012, '-' },
		{ 0x2013, '-' },
		{ 0x2014, '-' },
		{ 0x2212, '-' },
		{ 0x2018, '\'' },
		{ 0x2019, '\'' },
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

/* Where a character of the folded text, or its end, stands in the original. */
static size_t
offset_of(const MatchText *text, size_t folded)
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
		start += offset_of(lines[i], lines[i]->size);
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

/* --- patterns --- */

static void
read_names(Pattern *pattern)
{
	uint32_t count = 0, size = 0, groups = 0;
	PCRE2_SPTR table = NULL;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
	pattern->n_groups = (int)groups;
	for (uint32_t i = 0; i < count; i++) {
		int group = table[i * size] << 8 | table[i * size + 1];
		if (group < MATCH_GROUPS_MAX && !pattern->names[group])
			pattern->names[group] = g_strdelimit(
				g_strdup((const char *)table + i * size + 2), "_", '-');
	}
}

static pcre2_match_context *
make_limits(uint32_t steps)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(limits, steps);
	pcre2_set_depth_limit(limits, MATCH_DEPTH);
	pcre2_set_heap_limit(limits, MATCH_HEAP_KIB);
	return limits;
}

/* PCRE2's reason, in the language of the user where it is a common one, and where it stopped. */
static bool
fail_compile(const char *source, const char *rest, int code, GError **err)
{
	static const char *const common[] = { N_("missing closing parenthesis"),
		N_("unmatched closing parenthesis"),
		N_("missing terminating ] for character class"),
		N_("range out of order in character class"),
		N_("quantifier does not follow a repeatable item"),
		N_("unrecognized character follows \\"),
		N_("unrecognized character after (? or (?-"),
		N_("lookbehind assertion is not fixed length"),
		N_("reference to non-existent subpattern"), N_("\\ at end of pattern"),
		N_("syntax error in subpattern name (missing terminator?)") };
	char reason[256] = "";
	pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, sizeof reason);
	const char *said = reason;
	for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
		said = strcmp(common[i], reason) == 0 ? _(common[i]) : said;
	if (*rest)
		return fail(err, ERR_FORMAT, _("'%s' is no regular expression: %s, before '%s'"),
			source, said, rest);
	return fail(
		err, ERR_FORMAT, _("'%s' is no regular expression: %s, at its end"), source, said);
}

/* Into machine code. A pattern may forbid that ("(*NO_JIT)"), which is no error either. */
static bool
compile_further(pcre2_code *code)
{
	size_t size = 0;
	return pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0 &&
		pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

Pattern *
pattern_compile(const char *source, GError **err)
{
	g_autofree char *folded = pattern_prepare(source);
	int code;
	PCRE2_SIZE offset;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)folded, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C, &code,
		&offset, NULL);
	if (!compiled) {
		fail_compile(source, folded + MIN(offset, strlen(folded)), code, err);
		return NULL;
	}
	Pattern *pattern = g_new0(Pattern, 1);
	pattern->code = compiled;
	pattern->source = g_strdup(source);
	pattern->limits = make_limits(MATCH_STEPS);
	pattern->quick = make_limits(TRY_STEPS);
	pattern->match = compile_further(compiled) ? pcre2_jit_match : pcre2_match;
	read_names(pattern);
	if (pattern->n_groups >= MATCH_GROUPS_MAX) {
		fail(err, ERR_FORMAT, _("'%s' has more than %d groups"), source,
			MATCH_GROUPS_MAX - 1);
		g_clear_pointer(&pattern, pattern_free);
	}
	return pattern;
}

void
pattern_free(Pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	pcre2_match_context_free(pattern->quick);
	for (int i = 0; i < MATCH_GROUPS_MAX; i++)
		g_free(pattern->names[i]);
	g_free(pattern->source);
	g_free(pattern);
}

const char *
pattern_source(const Pattern *pattern)
{
	return pattern->source;
}

int
pattern_groups(const Pattern *pattern)
{
	return pattern->n_groups;
}

const char *
pattern_group_name(const Pattern *pattern, int group)
{
	return group > 0 && group < MATCH_GROUPS_MAX ? pattern->names[group] : NULL;
}

int
pattern_group(const Pattern *pattern, const char *name)
{
	for (int i = 1; i <= pattern->n_groups; i++)
		if (pattern->names[i] && strcmp(pattern->names[i], name) == 0)
			return i;
	return 0;
}

static void
fill_match(Match *match, const MatchText *text, const PCRE2_SIZE *ends, int n_groups)
{
	match->n_groups = n_groups;
	for (int i = 0; i < n_groups; i++) {
		bool set = ends[2 * i] != PCRE2_UNSET && ends[2 * i] <= ends[2 * i + 1];
		match->start[i] = set ? offset_of(text, ends[2 * i]) : SIZE_MAX;
		match->end[i] = set ? offset_of(text, ends[2 * i + 1]) : SIZE_MAX;
	}
	match->folded_end = ends[1];
	if (ends[1] <= ends[0]) /* an empty match: go on behind the next character */
		match->folded_end = ends[1] < text->size
			? (size_t)(g_utf8_next_char(text->folded + ends[1]) - text->folded)
			: text->size + 1;
}

struct MatchRoom {
	pcre2_match_data *data;
};

MatchRoom *
match_room_new(void)
{
	MatchRoom *room = g_new(MatchRoom, 1);
	room->data = pcre2_match_data_create(MATCH_GROUPS_MAX, NULL);
	return room;
}

void
match_room_free(MatchRoom *room)
{
	if (!room)
		return;
	pcre2_match_data_free(room->data);
	g_free(room);
}

static MatchResult
match_within(const Pattern *pattern, pcre2_match_context *limits, const MatchText *text,
	size_t from_folded, pcre2_match_data *data, Match *ret_match)
{
	if (from_folded > text->size)
		return MATCH_NO;
	int n = pattern->match(pattern->code, (PCRE2_SPTR)text->folded, text->size, from_folded,
		PCRE2_NO_UTF_CHECK, data, limits);
	if (n > 0)
		fill_match(ret_match, text, pcre2_get_ovector_pointer(data), pattern->n_groups + 1);
	if (n > 0)
		return MATCH_YES;
	return n == PCRE2_ERROR_NOMATCH ? MATCH_NO : MATCH_LIMIT;
}

MatchResult
pattern_match(const Pattern *pattern, const MatchText *text, size_t from_folded, Match *ret_match)
{
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	MatchResult result =
		match_within(pattern, pattern->limits, text, from_folded, data, ret_match);
	pcre2_match_data_free(data);
	return result;
}

MatchResult
pattern_try(const Pattern *pattern, const MatchText *text, size_t from_folded, MatchRoom *room,
	Match *ret_match)
{
	return match_within(pattern, pattern->quick, text, from_folded, room->data, ret_match);
}

bool
pattern_found(const Pattern *pattern, const char *text)
{
	g_auto(MatchText) ready = { 0 };
	Match match;
	match_text_init(&ready, text);
	return pattern_match(pattern, &ready, 0, &match) == MATCH_YES;
}

char *
match_copy(const Match *match, const MatchText *text, int group)
{
	if (group >= match->n_groups || match->start[group] == SIZE_MAX ||
		match->end[group] < match->start[group])
		return NULL;
	return g_strndup(
		text->original + match->start[group], match->end[group] - match->start[group]);
}
