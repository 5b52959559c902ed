/* Words without marks -> the phrase that they can only be. */
#include "extract/lexicon.h"

#include "base/text.h"

#include <string.h>

#define LEAST_LONG 4  /* syllables: one of so many may be misread, the rest leave no choice */
#define LEAST_GLUED 6 /* letters; shorter ones may be words of another language */

typedef struct {
	char **syllables; /* small letters, right marks */
	char **bare;      /* the same without marks */
	guint n;
	bool name;
	bool unclear; /* another phrase looks the same without marks */
} Phrase;

struct Lexicon {
	GHashTable *starts; /* "quyet dinh": the first two syllables, to GPtrArray of Phrase */
	GHashTable *ends;   /* the last two syllables of long ones, to GPtrArray of Phrase, lent */
	GHashTable *glued;  /* "quyetdinh" to Phrase, lent */
};

static void
phrase_free(void *data)
{
	Phrase *phrase = data;
	g_strfreev(phrase->syllables);
	g_strfreev(phrase->bare);
	g_free(phrase);
}

Lexicon *
lexicon_new(void)
{
	Lexicon *self = g_new(Lexicon, 1);
	self->starts = g_hash_table_new_full(
		g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
	self->ends = g_hash_table_new_full(
		g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
	self->glued = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return self;
}

void
lexicon_free(Lexicon *self)
{
	if (!self)
		return;
	g_hash_table_unref(self->glued);
	g_hash_table_unref(self->ends);
	g_hash_table_unref(self->starts);
	g_free(self);
}

static char *
start_of(char *const *bare)
{
	return g_strconcat(bare[0], " ", bare[1], NULL);
}

static bool
same_syllables(char *const *a, char *const *b, guint n)
{
	for (guint i = 0; i < n; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return true;
}

static GPtrArray *
list_of(GHashTable *lists, char *const *pair, GDestroyNotify free_phrase)
{
	g_autofree char *key = start_of(pair);
	GPtrArray *list = g_hash_table_lookup(lists, key);
	if (!list) {
		list = g_ptr_array_new_with_free_func(free_phrase);
		g_hash_table_insert(lists, g_steal_pointer(&key), list);
	}
	return list;
}

/* Takes the phrase. */
static void
add_phrase(Lexicon *self, Phrase *phrase)
{
	GPtrArray *list = list_of(self->starts, phrase->bare, phrase_free);
	for (guint i = 0; i < list->len; i++) {
		Phrase *other = list->pdata[i];
		if (other->n != phrase->n || !same_syllables(other->bare, phrase->bare, other->n))
			continue;
		if (same_syllables(other->syllables, phrase->syllables, other->n)) {
			other->name &= phrase->name;
			phrase_free(phrase);
			return;
		}
		phrase->unclear = other->unclear = true;
	}
	g_ptr_array_add(list, phrase);
	if (phrase->n >= LEAST_LONG)
		g_ptr_array_add(list_of(self->ends, phrase->bare + phrase->n - 2, NULL), phrase);
	g_hash_table_replace(self->glued, g_strjoinv("", phrase->bare), phrase);
}

void
lexicon_add(Lexicon *self, const char *phrases, bool names)
{
	g_auto(GStrv) parts = g_strsplit(phrases, ",", -1);
	for (char **part = parts; *part; part++) {
		g_autofree char *squeezed = text_squeeze(*part);
		g_autofree char *lower = text_lower(squeezed);
		g_autofree char *bare = text_bare_key(squeezed);
		Phrase *phrase = g_new0(Phrase, 1);
		*phrase = (Phrase){ .syllables = g_strsplit(lower, " ", -1),
			.bare = g_strsplit(bare, " ", -1),
			.name = names };
		phrase->n = g_strv_length(phrase->syllables);
		if (phrase->n < 2 || g_strv_length(phrase->bare) != phrase->n)
			phrase_free(phrase);
		else
			add_phrase(self, phrase);
	}
}

/* ---- mending ------------------------------------------------------------------------------- */

typedef struct {
	char *before, *core, *after; /* "(", "QUYÉT", "):" */
	char *bare;
	bool settled; /* part of a phrase that was found: no other phrase may change it */
} Word;

static void
word_clear(void *data)
{
	Word *word = data;
	g_free(word->before);
	g_free(word->core);
	g_free(word->after);
	g_free(word->bare);
}

static Word
word_of(const char *text)
{
	const char *from = text, *to = text + strlen(text);
	while (*from && !g_unichar_isalpha(g_utf8_get_char(from)))
		from = g_utf8_next_char(from);
	while (to > from) {
		const char *last = g_utf8_prev_char(to);
		if (g_unichar_isalpha(g_utf8_get_char(last)))
			break;
		to = last;
	}
	Word word = { .before = g_strndup(text, (gsize)(from - text)),
		.core = g_strndup(from, (gsize)(to - from)),
		.after = g_strdup(to) };
	word.bare = text_bare_key(word.core);
	return word;
}

static bool
is_capitals(const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		if (g_unichar_islower(g_utf8_get_char(p)))
			return false;
	return *text != '\0';
}

/* "ban", "ran": one letter was taken for another. */
static bool
is_one_off(const char *a, const char *b)
{
	size_t n = strlen(a), other = 0;
	if (n != strlen(b) || n < 2)
		return false;
	for (size_t i = 0; i < n; i++)
		other += a[i] != b[i];
	return other == 1;
}

/* A phrase goes on over a space or a dash, not over a full stop or a comma. */
static bool
fits(const Phrase *phrase, const GArray *words, guint at)
{
	guint off = 0;
	if (at + phrase->n > words->len || phrase->unclear)
		return false;
	for (guint i = 0; i < phrase->n; i++) {
		const Word *word = &g_array_index(words, Word, at + i);
		bool last = i + 1 == phrase->n;
		bool same = strcmp(word->bare, phrase->bare[i]) == 0;
		if (!same && !is_one_off(word->bare, phrase->bare[i]))
			return false;
		off += !same;
		if ((!last && *word->after) || (i > 0 && *word->before) ||
			(phrase->name && !is_capitals(word->core)))
			return false;
	}
	return off == 0 || (off == 1 && phrase->n >= LEAST_LONG);
}

/* The syllable written as the word was: in capitals, with a capital, or small. */
static char *
written_like(const char *syllable, const char *word)
{
	if (is_capitals(word) && text_length(word) > 1)
		return text_upper(syllable);
	if (g_unichar_isupper(g_utf8_get_char(word)))
		return text_title_case(syllable);
	return g_strdup(syllable);
}

static bool
would_break(const Phrase *phrase, const GArray *words, guint at)
{
	for (guint i = 0; i < phrase->n; i++) {
		const Word *word = &g_array_index(words, Word, at + i);
		if (word->settled && !text_same(word->core, phrase->syllables[i]))
			return true;
	}
	return false;
}

static void
apply(const Phrase *phrase, GArray *words, guint at, GPtrArray *changes)
{
	for (guint i = 0; i < phrase->n; i++) {
		Word *word = &g_array_index(words, Word, at + i);
		word->settled = true;
		if (text_same(word->core, phrase->syllables[i]))
			continue;
		char *mended = written_like(phrase->syllables[i], word->core);
		g_ptr_array_add(changes, g_strdup_printf("%s → %s", word->core, mended));
		g_free(word->core);
		word->core = mended;
	}
}

/* The longest phrase that fits, of those that begin with the two words from `at` on, or end so. */
static const Phrase *
best_phrase(GHashTable *lists, const GArray *words, guint at, bool ends)
{
	char *const pair[] = { g_array_index(words, Word, at).bare,
		g_array_index(words, Word, at + 1).bare };
	g_autofree char *key = start_of(pair);
	const GPtrArray *list = g_hash_table_lookup(lists, key);
	const Phrase *best = NULL;
	for (guint i = 0; list && i < list->len; i++) {
		const Phrase *phrase = list->pdata[i];
		guint before = ends ? phrase->n - 2 : 0;
		if ((!best || phrase->n > best->n) && before <= at &&
			fits(phrase, words, at - before) &&
			!would_break(phrase, words, at - before))
			best = phrase;
	}
	return best;
}

static void
mend_at(const Lexicon *self, GArray *words, guint at, GPtrArray *changes)
{
	const Phrase *phrase = best_phrase(self->starts, words, at, false);
	if (phrase)
		apply(phrase, words, at, changes);
	phrase = best_phrase(self->ends, words, at, true);
	if (phrase)
		apply(phrase, words, at - (phrase->n - 2), changes);
}

/* "TẬPĐOÀN": a phrase whose spaces were lost. */
static void
part(const Lexicon *self, Word *word, GPtrArray *changes)
{
	const Phrase *phrase = g_hash_table_lookup(self->glued, word->bare);
	if (!phrase || phrase->unclear || phrase->name || strlen(word->bare) < LEAST_GLUED)
		return;
	g_autoptr(GString) apart = g_string_new(NULL);
	for (guint i = 0; i < phrase->n; i++) {
		g_autofree char *syllable = written_like(phrase->syllables[i], word->core);
		g_string_append_printf(apart, "%s%s", i ? " " : "", syllable);
	}
	g_ptr_array_add(changes, g_strdup_printf("%s → %s", word->core, apart->str));
	g_free(word->core);
	word->core = g_strdup(apart->str);
	word->settled = true;
}

void
lexicon_mend(const Lexicon *self, GPtrArray *texts, bool *ret_known, GPtrArray *changes)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(Word));
	g_array_set_clear_func(words, word_clear);
	for (guint i = 0; i < texts->len; i++) {
		Word word = word_of(texts->pdata[i]);
		g_array_append_val(words, word);
	}
	for (guint at = 0; at < words->len; at++)
		part(self, &g_array_index(words, Word, at), changes);
	for (guint at = 0; at + 1 < words->len; at++)
		mend_at(self, words, at, changes);
	for (guint i = 0; i < words->len; i++) {
		const Word *word = &g_array_index(words, Word, i);
		g_free(texts->pdata[i]);
		texts->pdata[i] = g_strconcat(word->before, word->core, word->after, NULL);
		ret_known[i] = word->settled;
	}
}
