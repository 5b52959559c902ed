/* Text as read -> what is wrong with it as a whole: none (a scan), or letters that can't be right.
 */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <string.h>

#define FEW_LETTERS 100 /* a page with less is a picture with a stamp on it */
#define STUMP_KINDS 4   /* fewer: "đ" behind sums, "x" in a table */

typedef struct {
	int letters, accented, strange, others, words, bare_words, stumps;
	guint32 stump_kinds; /* a bit for each */
} Counts;

/* Vietnamese words that can't be without marks: text full of them was read by a program that lost
 * the marks. */
static bool
is_bare_word(const char *word)
{
	static const char *const words[] = { "cua", "nguoi", "duoc", "nhung", "khong", "viec",
		"quyet", "thuong", "cong", "truong", "thanh", "nghi", "dinh", "tinh", "huyen",
		"dong", "cac", "trong", "chuc", "nam" };
	if (!*word || !word[1] || (word[0] | word[1] | word[2]) & 0x80)
		return false;
	size_t n = strcspn(word, ",.;:)");
	char first = g_ascii_tolower(word[0]), second = g_ascii_tolower(word[1]);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (words[i][0] == first && words[i][1] == second && strlen(words[i]) == n &&
			g_ascii_strncasecmp(words[i], word, n) == 0)
			return true;
	return false;
}

/* "ch", "ng", "t": what remains of a syllable whose vowel has no character. */
static void
count_stump(Counts *counts, const char *word)
{
	static const char *const stumps[] = { "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k",
		"kh", "l", "m", "n", "ng", "ngh", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x" };
	if (*word && word[1] && word[2] && word[3])
		return; /* longer than any */
	for (guint i = 0; i < G_N_ELEMENTS(stumps); i++) {
		if (*word != *stumps[i] || strcmp(word, stumps[i]) != 0)
			continue;
		counts->stumps++;
		counts->stump_kinds |= 1u << i;
	}
}

static bool
is_strange(gunichar c)
{
	return c == 0xfffd || (c >= 0xe000 && c <= 0xefff) || (c >= 0xf100 && c <= 0xf8ff) ||
		c == '~' || c == '^' || c == '\\' || c == '{' || c == '}' || c == '|' || c == '`';
}

static void
count_sign(Counts *counts, gunichar c)
{
	bool letter = letter_is_alpha(c);
	counts->letters += letter;
	counts->accented += letter && c >= 0x80;
	if (letter && c <= 0x1eff)
		return; /* Latin ones, nearly all, are neither of these */
	counts->strange += is_strange(c);
	counts->others += !letter && !g_unichar_isdigit(c) && !g_unichar_ispunct(c);
}

static void
count_word(Counts *counts, const PdfWord *word)
{
	for (const char *p = word->text; *p; p = letter_next(p))
		count_sign(counts, letter_at(p));
	counts->words++;
	count_stump(counts, word->text);
	counts->bare_words += is_bare_word(word->text);
}

static Counts
count_page(const PdfPage *page)
{
	Counts counts = { 0 };
	for (guint i = 0; i < page->pieces->len; i++) {
		const PdfPiece *piece = page->pieces->pdata[i];
		for (int k = 0; k < piece->n_words; k++)
			count_word(&counts, &piece->words[k]);
	}
	return counts;
}

static int
signs(const Counts *counts)
{
	return counts->letters + counts->others;
}

/* "3", "3-5, 8". */
static void
add_range(GString *text, int from, int to)
{
	g_string_append_printf(text, text->len ? ", %d" : "%d", from);
	if (to > from)
		g_string_append_printf(text, "-%d", to);
}

static char *
range_text(const GPtrArray *pages, const bool *poor)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int from = 0;
	for (guint i = 0; i <= pages->len; i++) {
		bool hit = i < pages->len && poor[i];
		if (hit && !from)
			from = (int)i + 1;
		if (!hit && from) {
			add_range(text, from, (int)i);
			from = 0;
		}
	}
	return g_strdup_printf("trang %s", text->str);
}

static bool
is_garbled(const Counts *counts)
{
	if (counts->words < 30)
		return false;
	if (counts->strange * 50 > counts->letters)
		return true;
	if (counts->letters * 2 < counts->others)
		return true;
	if (counts->stumps >= 8 && counts->stumps * 25 > counts->words &&
		__builtin_popcount(counts->stump_kinds) >= STUMP_KINDS)
		return true;
	bool unmarked =
		counts->accented * 25 < counts->letters && counts->bare_words * 12 > counts->words;
	return unmarked;
}

/* Pages whose text is a picture, or was, though nobody read it. */
static bool
mark_scans(const PdfReading *reading, const Counts *counts, bool *poor)
{
	guint n = reading->pages->len;
	long total = 0;
	bool any = false;
	for (guint i = 0; i < n; i++)
		total += signs(&counts[i]);
	bool scan = n && total / (long)n < FEW_LETTERS;
	for (guint i = 0; i < n; i++) {
		const PdfPage *page = reading->pages->pdata[i];
		bool few = signs(&counts[i]) < FEW_LETTERS;
		poor[i] = few && (scan || page->pictured) && (scan || !page->recognised);
		any |= poor[i];
	}
	return any;
}

static bool
mark_garbled(const PdfReading *reading, const Counts *counts, bool *poor)
{
	bool any = false;
	for (guint i = 0; i < reading->pages->len; i++) {
		const PdfPage *page = reading->pages->pdata[i];
		bool judged = page->recognised || page->layer >= PDF_LAYER_POOR;
		poor[i] = !judged && is_garbled(&counts[i]);
		any |= poor[i];
	}
	return any;
}

/* Another program's text under a scan that is still to be read anew. */
static bool
mark_poor_layers(const PdfReading *reading, const Counts *counts, bool *poor)
{
	(void)counts;
	bool any = false;
	for (guint i = 0; i < reading->pages->len; i++) {
		const PdfPage *page = reading->pages->pdata[i];
		poor[i] = page->layer == PDF_LAYER_POOR;
		any |= poor[i];
	}
	return any;
}

/* The same, good enough, or no worse than what we read. */
static bool
mark_layers(const PdfReading *reading, const Counts *counts, bool *poor)
{
	bool any = false;
	for (guint i = 0; i < reading->pages->len; i++) {
		const PdfPage *page = reading->pages->pdata[i];
		bool garbled = page->layer == PDF_LAYER_FAIR && is_garbled(&counts[i]);
		poor[i] = page->layer && page->layer != PDF_LAYER_POOR && !garbled;
		any |= poor[i];
	}
	return any;
}

static bool
mark_recognised(const PdfReading *reading, const Counts *counts, bool *poor)
{
	bool any = false;
	for (guint i = 0; i < reading->pages->len; i++) {
		const PdfPage *page = reading->pages->pdata[i];
		poor[i] = page->recognised && counts[i].words > 0;
		any |= poor[i];
	}
	return any;
}

/* "1 3 4": what a recogniser of pictures should look at. */
static void
list_unread(PdfReading *reading, const bool *poor)
{
	g_autoptr(GString) list = g_string_new(doc_peek_meta(reading->doc, PDF_META_UNREAD));
	for (guint i = 0; i < reading->pages->len; i++) {
		const PdfPage *page = reading->pages->pdata[i];
		if (poor[i] && !page->recognised)
			g_string_append_printf(list, list->len ? " %d" : "%d", page->number);
	}
	if (list->len)
		doc_set_meta(reading->doc, PDF_META_UNREAD, list->str);
}

static void
find_marked(PdfReading *reading, const Counts *counts)
{
	static const struct {
		FindingId id;
		bool (*mark)(const PdfReading *, const Counts *, bool *poor);
		bool unread;
	} rows[] = {
		{ FINDING_NO_TEXT, mark_scans, true },
		{ FINDING_GARBLED_TEXT, mark_garbled, true },
		{ FINDING_POOR_LAYER, mark_poor_layers, true },
		{ FINDING_LAYER, mark_layers, false },
		{ FINDING_RECOGNISED, mark_recognised, false },
	};
	g_autofree bool *poor = g_new0(bool, reading->pages->len + 1);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!rows[i].mark(reading, counts, poor))
			continue;
		g_autofree char *pages = range_text(reading->pages, poor);
		findings_add(reading->doc->findings, rows[i].id, NULL, pages);
		if (rows[i].unread)
			list_unread(reading, poor);
	}
}

void
pdf_quality_find(PdfReading *reading)
{
	g_autofree Counts *counts = g_new0(Counts, reading->pages->len + 1);
	for (guint i = 0; i < reading->pages->len; i++)
		counts[i] = count_page(reading->pages->pdata[i]);
	find_marked(reading, counts);
	if (reading->letters_mended) {
		g_autofree char *detail = g_strdup_printf("ƣ → ư, %d chữ", reading->letters_mended);
		findings_add(reading->doc->findings, FINDING_REPAIRED, NULL, detail);
	}
}
