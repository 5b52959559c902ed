/* Recognised words -> words as the lexicon knows them, paragraph by paragraph. */
#include "extract/mend.h"

#include "base/syllable.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

#define HOPELESS 75 /* doubt: what was read so is rather ink, seal or dirt than a word */
#define DOUBTFUL 50 /* the same of what can be no syllable */
#define STAINED 20  /* doubt: a stroke of ink may hang on it */

static bool
is_doubtful(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	bool *found = user;
	for (int i = 0; i < para->para.n_runs && !*found; i++)
		*found = para->para.runs[i].doubt > 0;
	return !*found;
}

bool
mend_wanted(const Doc *doc)
{
	bool found = false;
	doc_visit_paras(doc->blocks, is_doubtful, &found);
	return found;
}

/* ---- words --------------------------------------------------------------------------------- */

/* "x<GIAM", "|Trương": what stands behind a stroke of a pen or of a table. */
static const char *
after_stroke(const char *word)
{
	const char *best = word;
	for (const char *p = strpbrk(word, "<>|\\_#^~"); p; p = strpbrk(p + 1, "<>|\\_#^~"))
		if (g_utf8_strlen(p + 1, -1) >= 3)
			best = p + 1;
	return best;
}

/* A slash, or what a slash is taken for. */
static const char *
find_slash(const char *word)
{
	for (const char *p = word; *p; p = g_utf8_next_char(p))
		if (*p == '/' || *p == '!' || g_utf8_get_char(p) == 0x2044)
			return p;
	return NULL;
}

/* "-s'GIÁM": of a word in a muddle what is most of it; numbers and notations stay whole. */
static char *
longest_letters(const char *word)
{
	const char *best = word;
	size_t best_size = 0;
	if (strpbrk(word, "0123456789") || find_slash(word))
		return g_strdup(word);
	for (const char *p = word; *p;) {
		const char *from = p;
		while (g_unichar_isalpha(g_utf8_get_char(p)))
			p = g_utf8_next_char(p);
		if ((size_t)(p - from) > best_size) {
			best = from;
			best_size = (size_t)(p - from);
		}
		p = p == from ? g_utf8_next_char(p) : p;
	}
	return best_size >= 3 ? g_strndup(best, best_size) : g_strdup(word);
}

/* "_ỦY", "NGHIỆP|": a ruling line or the edge of a stamp hangs on a word at either end. */
static char *
without_rules(const char *word)
{
	static const char marks[] = "_|^~\\";
	const char *from = word + strspn(word, marks), *to = word + strlen(word);
	if (!g_unichar_isalpha(g_utf8_get_char(from)))
		from = word;
	while (to > from && strchr(marks, to[-1]))
		to--;
	bool letter = to > from && g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(to)));
	return letter ? g_strndup(from, (gsize)(to - from)) : g_strdup(from);
}

/* Letters that look alike, and marks that no word ends in: "QĐÐ-" is "QĐ-". */
static char *
even_letters(const char *raw, int doubt)
{
	g_autofree char *word = doubt >= DOUBTFUL ? longest_letters(raw) : without_rules(raw);
	GString *out = g_string_new(NULL);
	gunichar last = 0;
	for (const char *p = doubt >= STAINED ? after_stroke(word) : word; *p;
		p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		c = c == 0xd0 ? 0x110 : c; /* Ð, Đ */
		if (c == 0x110 && last == c)
			continue;
		g_string_append_unichar(out, c);
		last = c;
	}
	return g_string_free(out, FALSE);
}

/* ---- the line of number and notation ------------------------------------------------------- */

#define UNSURE 25 /* doubt: a digit read so may be another one */

/* The words of a paragraph, over its runs. */
typedef struct {
	GPtrArray *texts; /* of char *; "" = taken away */
	GArray *doubts;   /* of int */
	GArray *lines;    /* of int: the printed line of each */
	GArray *counts;   /* of guint: how many each run has */
} Words;

static const char *
text_at(const Words *words, guint i)
{
	return words->texts->pdata[i];
}

static int
doubt_at(const Words *words, guint i)
{
	return g_array_index(words->doubts, int, i);
}

static void
put(Words *words, guint i, const char *text)
{
	if (text_at(words, i) == text)
		return;
	g_free(words->texts->pdata[i]);
	words->texts->pdata[i] = g_strdup(text);
}

/* The text takes the place of words [from, to). */
static void
put_instead(Words *words, guint from, guint to, const char *text, GPtrArray *changes)
{
	g_autoptr(GString) before = g_string_new(NULL);
	for (guint i = from; i < to; i++)
		g_string_append_printf(before, "%s%s", i > from ? " " : "", text_at(words, i));
	if (strcmp(before->str, text) != 0)
		g_ptr_array_add(changes, g_strdup_printf("%s → %s", before->str, text));
	put(words, from, text);
	for (guint i = from + 1; i < to; i++)
		put(words, i, "");
}

/* "Só;", "56:", "Sô:", also with the number behind it: how long it is in bytes; 0 = it is none. */
static size_t
number_mark(const char *word)
{
	g_autofree char *bare = text_bare_key(word);
	bool mark = (bare[0] == 's' || bare[0] == '5') && (bare[1] == 'o' || bare[1] == '6') &&
		!g_ascii_isalnum(bare[2]);
	if (!mark)
		return 0;
	const char *after = g_utf8_offset_to_pointer(word, 2);
	after += strspn(after, ":;.,");
	return (size_t)(after - word);
}

/* Digits, all of them read surely; else what stands for a number that can't be read. */
static const char *
sure_number(const char *digits, int doubt)
{
	size_t n = strspn(digits, "0123456789");
	return n && !digits[n] && doubt <= UNSURE ? digits : MEND_UNREADABLE;
}

static bool
is_notation(const char *text)
{
	int capitals = 0;
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		capitals += g_unichar_isupper(g_utf8_get_char(p));
	return capitals >= 2;
}

/* Where the notation begins: behind the slash, in a Party paper ("245-QĐ/TU") behind the dash. */
static const char *
notation_mark(const char *text, const char *slash)
{
	const char *dash = g_ascii_isdigit(*text) ? strchr(text, '-') : NULL;
	bool party = dash && dash < slash && is_notation(dash);
	return party ? dash : slash;
}

/* "Số: 2Z /QĐÐ-VNPT- QB": digits that a hand wrote are read as anything, the printed notation
 * behind them well. */
static void
mend_number(Words *words, guint from, guint to, GPtrArray *changes)
{
	size_t mark = number_mark(text_at(words, from));
	g_autoptr(GString) number = g_string_new(NULL);
	g_autoptr(GString) notation = g_string_new(NULL);
	int doubt = 0, notation_doubt = 0;
	char sign = '/';
	guint end = to;
	for (guint i = from; mark && i < end; i++) {
		const char *text = text_at(words, i) + (i == from ? mark : 0);
		const char *slash = notation->len ? NULL : find_slash(text);
		if (slash && is_notation(slash)) {
			slash = notation_mark(text, slash);
			sign = *slash == '-' ? '-' : '/';
			g_string_append_len(number, text, slash - text);
			g_string_append(notation, g_utf8_next_char(slash));
			doubt = MAX(doubt, slash > text ? doubt_at(words, i) : 0);
			notation_doubt = doubt_at(words, i);
		} else if (notation->len && *text != '-' &&
			notation->str[notation->len - 1] != '-') {
			end = i;
		} else if (notation->len) {
			g_string_append(notation, text);
			notation_doubt = MIN(notation_doubt, doubt_at(words, i));
		} else {
			g_string_append(number, text);
			doubt = MAX(doubt, *text ? doubt_at(words, i) : 0);
		}
	}
	if (!notation->len || end - from > 12)
		return;
	g_autofree char *line =
		g_strdup_printf("Số: %s%c%s", number->len ? sure_number(number->str, doubt) : "",
			sign, notation_doubt <= HOPELESS ? notation->str : MEND_UNREADABLE);
	put_instead(words, from, end, line, changes);
}

/* "Nui nhận:" under a stamp can only be "Nơi nhận:". */
static void
mend_recipients(Words *words, guint from, guint to, GPtrArray *changes)
{
	if (to - from < 2 || to - from > 4 || strlen(text_at(words, from)) > 6)
		return;
	g_autofree char *first = text_bare_key(text_at(words, from));
	g_autofree char *second = text_bare_key(text_at(words, from + 1));
	if (first[0] == 'n' && g_str_has_prefix(second, "nhan:"))
		put_instead(words, from, from + 1, "Nơi", changes);
}

/* "và việc", "Vẽ việc" under the title of a document: its subject begins so. */
static void
mend_subject(Words *words, GPtrArray *changes)
{
	if (words->texts->len < 3)
		return;
	g_autofree char *first = text_bare_key(text_at(words, 0));
	g_autofree char *second = text_bare_key(text_at(words, 1));
	if (*first != 'v' || strlen(first) > 2 || strcmp(second, "viec") != 0)
		return;
	put_instead(words, 0, 1, "Về", changes);
	put_instead(words, 1, 2, "việc", changes);
}

/* "KT, GIÁM ĐỐC": who signs for whom is written with a full stop. */
static void
mend_authority(Words *words, guint from, GPtrArray *changes)
{
	static const char *const marks[] = { "KT,", "TM,", "TL,", "TUQ,", "Q,", "KT", "TM", "TUQ",
		NULL };
	const char *first = text_at(words, from);
	bool post = from + 1 < words->texts->len && text_is_caps(text_at(words, from + 1)) &&
		text_length(text_at(words, from + 1)) > 1;
	if (!post || !g_strv_contains(marks, first))
		return;
	g_autofree char *whole = g_strdup_printf("%.*s.", (int)strcspn(first, ","), first);
	put_instead(words, from, from + 1, whole, changes);
}

/* ---- the line of place and date ------------------------------------------------------------ */

static bool
is_like(const char *word, const char *bare_start, size_t n)
{
	g_autofree char *bare = text_bare_key(word);
	return strncmp(bare, bare_start, n) == 0;
}

/* The word "năm" and a year behind it. */
static guint
find_year(const Words *words, guint from, guint to)
{
	for (guint i = from + 1; i + 1 < to; i++) {
		const char *year = text_at(words, i + 1);
		if (strlen(text_at(words, i)) >= 3 && g_str_has_suffix(text_at(words, i), "năm") &&
			strspn(year, "0123456789") == 4)
			return i;
	}
	return to;
}

static guint
find_day(const Words *words, guint from, guint to)
{
	for (guint i = from; i < to; i++)
		if (is_like(text_at(words, i), "nga", 3))
			return i;
	return to;
}

/* The text of words [from, to), and the worst doubt of those that hold digits. */
static char *
text_between(const Words *words, guint from, guint to, int *ret_doubt)
{
	GString *text = g_string_new(NULL);
	*ret_doubt = 0;
	for (guint i = from; i < to; i++) {
		g_string_append(text, text_at(words, i));
		if (strpbrk(text_at(words, i), "0123456789") || doubt_at(words, i) > UNSURE)
			*ret_doubt = MAX(*ret_doubt, doubt_at(words, i));
	}
	return g_string_free(text, FALSE);
}

/* "ngày/(Ztháng 01 năm 2022": day and month that a hand wrote between the printed words. */
static void
mend_date(Words *words, guint from, guint to, GPtrArray *changes)
{
	guint year = find_year(words, from, to), day = find_day(words, from, year);
	if (year == to || day >= year || day - from > 6 || to - from > 16 || year - day > 8)
		return;
	guint month = day;
	while (month < year && !strstr(text_at(words, month), "tháng"))
		month++;
	int day_doubt = 0, month_doubt = 0;
	const char *after_day = g_utf8_offset_to_pointer(
		text_at(words, day), MIN(4, g_utf8_strlen(text_at(words, day), -1)));
	const char *word = month < year ? strstr(text_at(words, month), "tháng") : NULL;
	g_autofree char *middle = text_between(words, day + 1, MIN(month, year), &day_doubt);
	g_autofree char *before = word && month > day
		? g_strndup(text_at(words, month), (gsize)(word - text_at(words, month)))
		: g_strdup("");
	g_autofree char *months = text_between(words, MIN(month + 1, year), year, &month_doubt);
	bool whole = *after_day == '\0' && *before == '\0' && word;
	bool plain = word && strcmp(word, "tháng") == 0;
	g_autofree char *line = g_strdup_printf("ngày %s tháng %s",
		whole ? sure_number(middle, day_doubt) : MEND_UNREADABLE,
		plain ? sure_number(months, month_doubt) : MEND_UNREADABLE);
	put_instead(words, day, year, line, changes);
	put(words, year, "năm");
}

/* ---- paragraphs ---------------------------------------------------------------------------- */

typedef struct {
	const Lexicon *lexicon;
	GPtrArray *changes;
	Arena *arena;
	bool below_title; /* the paragraph before was a line in capitals */
} Mending;

static void
words_clear(Words *words)
{
	g_ptr_array_unref(words->texts);
	g_array_unref(words->doubts);
	g_array_unref(words->lines);
	g_array_unref(words->counts);
}

static void
add_run(Words *words, const Run *run, int *line)
{
	guint n = 0;
	for (const char *p = run->text; *p;) {
		size_t space = strspn(p, " "), size = strcspn(p + space, " \n");
		if (size) {
			g_autofree char *text = g_strndup(p + space, size);
			g_ptr_array_add(words->texts, even_letters(text, run->doubt));
			g_array_append_val(words->doubts, run->doubt);
			g_array_append_val(words->lines, *line);
			n++;
		}
		p += space + size;
		if (*p == '\n') {
			(*line)++;
			p++;
		}
	}
	g_array_append_val(words->counts, n);
}

static Words
split_words(const Para *para)
{
	Words words = { .texts = g_ptr_array_new_with_free_func(g_free),
		.doubts = g_array_new(FALSE, FALSE, sizeof(int)),
		.lines = g_array_new(FALSE, FALSE, sizeof(int)),
		.counts = g_array_new(FALSE, FALSE, sizeof(guint)) };
	int line = 0;
	for (int i = 0; i < para->n_runs; i++)
		add_run(&words, &para->runs[i], &line);
	return words;
}

/* The run's text with its words replaced; white space stays. */
static const char *
rejoin(const Run *run, const Words *words, guint from, Arena *arena)
{
	g_autoptr(GString) out = g_string_new(NULL);
	for (const char *p = run->text; *p;) {
		size_t space = strspn(p, " \n"), word = strcspn(p + space, " \n");
		g_string_append_len(out, p, (gssize)space);
		if (word)
			g_string_append(out, text_at(words, from++));
		p += space + word;
	}
	return arena_strdup(arena, out->str);
}

/* Letters alone, but for a mark of punctuation behind them. */
static bool
is_letters(const char *text)
{
	const char *p = text;
	while (g_unichar_isalpha(g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	return p > text && (!*p || (strchr(",.;:", *p) && !p[1]));
}

static bool
is_hopeless(const char *text, int doubt)
{
	if (doubt >= HOPELESS)
		return true;
	size_t n = strcspn(text, ",.;:");
	g_autofree char *word = g_strndup(text, n);
	return doubt >= DOUBTFUL && is_letters(text) && !syllable_is_valid(word);
}

/* What was hardly read and is no word of the lexicon is set apart; signs and letters in a muddle
 * are ink and go, but not out of a table, where a cell is a name or a number. */
static void
set_apart(Words *words, const bool *known, bool in_table)
{
	for (guint i = 0; i < words->texts->len; i++) {
		const char *text = text_at(words, i);
		if (known[i] || !*text || strstr(text, MEND_UNREADABLE) ||
			!is_hopeless(text, doubt_at(words, i)))
			continue;
		bool ink = !in_table && !is_letters(text) &&
			strcspn(text, "0123456789") == strlen(text);
		put(words, i, ink ? "" : MEND_UNREADABLE);
	}
}

static guint
end_of_line(const Words *words, guint from)
{
	guint to = from;
	while (to < words->lines->len &&
		g_array_index(words->lines, int, to) == g_array_index(words->lines, int, from))
		to++;
	return to;
}

/* "⁄", "`", "/\\": a stroke, not a bullet, a quotation mark or a bracket. */
static bool
is_stroke(const char *text)
{
	gunichar c = g_utf8_get_char(text);
	if (!*text || strchr("-+*.(\")", *text) || c == 0x2013 || c == 0x2026 || c == 0x201c ||
		c == 0x201d)
		return !*text;
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			return false;
	return strcmp(text, MEND_UNREADABLE) != 0;
}

/* Ink and dirt at either end of a line of a title, a post, a subject: taken away. In a line that
 * may be a name it stays to be seen. */
static void
trim_line(Words *words, guint from, guint to)
{
	for (; from < to && is_stroke(text_at(words, from)); from++)
		put(words, from, "");
	for (; from < to && is_stroke(text_at(words, to - 1)); to--)
		put(words, to - 1, "");
	g_autoptr(GString) rest = g_string_new(NULL);
	for (guint i = from; i < to; i++)
		if (strcmp(text_at(words, i), MEND_UNREADABLE) != 0)
			g_string_append_printf(rest, "%s ", text_at(words, i));
	bool caps = text_is_caps(rest->str);
	if (!caps && to - from < 6 && rest->len)
		return;
	for (; from < to && strcmp(text_at(words, from), MEND_UNREADABLE) == 0; from++)
		put(words, from, "");
	for (; from < to && strcmp(text_at(words, to - 1), MEND_UNREADABLE) == 0; to--)
		put(words, to - 1, "");
	const char *last = to > from ? text_at(words, to - 1) : "";
	size_t size = strcspn(last, ",");
	if (caps && size && last[size] && !last[size + 1] && doubt_at(words, to - 1) > UNSURE) {
		g_autofree char *bare = g_strndup(last, size);
		put(words, to - 1, bare);
	}
}

static void
mend_words(const Mending *mending, Words *words, bool in_table)
{
	g_autofree bool *known = g_new0(bool, words->texts->len + 1);
	if (mending->below_title)
		mend_subject(words, mending->changes);
	lexicon_mend(mending->lexicon, words->texts, known, mending->changes);
	for (guint from = 0, to; from < words->texts->len; from = to) {
		to = end_of_line(words, from);
		mend_number(words, from, to, mending->changes);
		mend_date(words, from, to, mending->changes);
		mend_recipients(words, from, to, mending->changes);
		mend_authority(words, from, mending->changes);
	}
	set_apart(words, known, in_table);
	for (guint from = 0, to; from < words->texts->len; from = to) {
		to = end_of_line(words, from);
		trim_line(words, from, to);
	}
}

static bool
mend_para(const Block *block, const Block *table, const Cell *cell, void *user)
{
	(void)cell;
	enum { TITLE_MOST = 60 };
	Mending *mending = user;
	Para *para = (Para *)(uintptr_t)&block->para;
	bool doubtful = false,
	     title = text_is_caps(para->text) && text_length(para->text) <= TITLE_MOST;
	is_doubtful(block, NULL, NULL, &doubtful);
	if (!doubtful) {
		mending->below_title = title;
		return true;
	}
	Words words = split_words(para);
	mend_words(mending, &words, table && !table->table.layout);
	mending->below_title = title;
	guint at = 0;
	for (int i = 0; i < para->n_runs; i++) {
		para->runs[i].text = rejoin(&para->runs[i], &words, at, mending->arena);
		at += g_array_index(words.counts, guint, i);
	}
	words_clear(&words);
	return true;
}

/* para.text is made anew from the runs. */
static bool
end_para(const Block *block, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	doc_end_para(user, (Block *)(uintptr_t)block);
	return true;
}

Doc *
mend_doc(const Doc *doc, const Lexicon *lexicon, GPtrArray *changes)
{
	Doc *copy = doc_copy_blocks(doc);
	Mending mending = { .lexicon = lexicon, .changes = changes, .arena = copy->arena };
	doc_visit_paras(copy->blocks, mend_para, &mending);
	doc_visit_paras(copy->blocks, end_para, copy);
	return copy;
}
