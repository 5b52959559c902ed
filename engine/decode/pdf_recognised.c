/* Words read on a picture of a page -> the pieces that layout works on. The reader's own lines are
 * only trusted where no wide gap parts them: it joins the two columns of a head. */
#include "decode/pdf_layout.h"

#include <math.h>
#include <string.h>

#define GAP_EM 1.1   /* a wider gap ends a piece; justified lines of a scan stay below */
#define DOUBT_STEP 5 /* words of like doubt share a run */

static int
doubt_of(const RecognisedWord *word)
{
	int doubt = 100 - word->confidence;
	return CLAMP((doubt + DOUBT_STEP - 1) / DOUBT_STEP * DOUBT_STEP, 1, 100);
}

/* A speck between dots of the paper: no letter, and unsure, or hardly larger than a dot. Ruling
 * lines are read as bars. */
static bool
is_speck(const RecognisedWord *word)
{
	if (!word->text[strspn(word->text, "|_")])
		return true;
	bool letters = false;
	for (const char *p = word->text; *p; p = g_utf8_next_char(p))
		letters |= g_unichar_isalnum(g_utf8_get_char(p));
	double height = word->box.y1 - word->box.y0;
	bool dash = strcmp(word->text, "-") == 0;
	return !dash && ((!letters && word->confidence < 60) || height < 1);
}

/* A dash below the foot of the word before it: a piece of a ruling line. */
static bool
is_below(const RecognisedWord *word, const PdfWord *before)
{
	return before && word->box.y0 > before->box.y1 && strcmp(word->text, "-") == 0;
}

static double
overlap(Box a, Box b)
{
	double width = MIN(a.x1, b.x1) - MAX(a.x0, b.x0);
	double height = MIN(a.y1, b.y1) - MAX(a.y0, b.y0);
	double area = (a.x1 - a.x0) * (a.y1 - a.y0);
	return width > 0 && height > 0 && area > 0 ? width * height / area : 0;
}

/* Already there as characters: printed on the page by a program. */
static bool
is_printed(const GPtrArray *pieces, guint n, Box box)
{
	for (guint i = 0; i < n; i++)
		if (overlap(box, ((const PdfPiece *)pieces->pdata[i])->box) > 0.5)
			return true;
	return false;
}

static void
end_piece(PdfReading *reading, PdfPage *page, GArray *words)
{
	if (words->len)
		g_ptr_array_add(page->pieces,
			pdf_piece_of_words(reading->arena, &g_array_index(words, PdfWord, 0),
				(int)words->len));
	g_array_set_size(words, 0);
}

static bool
is_apart(const PdfWord *before, const PdfWord *word)
{
	double em = MAX(before->size_pt, word->size_pt), gap = word->box.x0 - before->box.x1;
	return gap > GAP_EM * em || gap < -em;
}

static void
add_words(PdfReading *reading, PdfPage *page, const RecognisedPage *from)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(PdfWord));
	guint printed = page->pieces->len;
	for (guint i = 0; i < from->words->len; i++) {
		const RecognisedWord *read = &g_array_index(from->words, RecognisedWord, i);
		PdfWord word = { .text = read->text,
			.box = read->box,
			.size_pt = read->size_pt,
			.doubt = doubt_of(read) };
		const PdfWord *last =
			words->len ? &g_array_index(words, PdfWord, words->len - 1) : NULL;
		if (read->begins_line || (last && is_apart(last, &word)))
			end_piece(reading, page, words);
		if (read->ink)
			continue;
		last = words->len ? last : NULL;
		if (!is_speck(read) && !is_below(read, last) &&
			!is_printed(page->pieces, printed, word.box))
			g_array_append_val(words, word);
	}
	end_piece(reading, page, words);
}

/* Stamps and pen marks in colour, a line a note. */
static void
note_ink(PdfReading *reading, const PdfPage *page, const RecognisedPage *from)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Box box = { 0 };
	for (guint i = 0; i <= from->words->len; i++) {
		const RecognisedWord *word = i < from->words->len
			? &g_array_index(from->words, RecognisedWord, i)
			: NULL;
		if (text->len && (!word || word->begins_line || !word->ink)) {
			pdf_add_note(reading, page->number, "stamp1", text->str, box);
			g_string_truncate(text, 0);
			box = (Box){ 0 };
		}
		if (!word || !word->ink)
			continue;
		g_string_append_printf(text, "%s%s", text->len ? " " : "", word->text);
		box = box_union(box, word->box);
	}
}

void
pdf_pieces_recognised(PdfReading *reading, PdfPage *page, const RecognisedPage *recognised)
{
	page->recognised = true;
	page->width_pt = recognised->width_pt;
	page->height_pt = recognised->height_pt;
	add_words(reading, page, recognised);
	note_ink(reading, page, recognised);
	g_clear_pointer(&page->rules.horizontal, g_array_unref);
	g_clear_pointer(&page->rules.vertical, g_array_unref);
	page->rules.horizontal = g_array_new(FALSE, FALSE, sizeof(Box));
	page->rules.vertical = g_array_new(FALSE, FALSE, sizeof(Box));
	for (guint i = 0; i < recognised->rules->len; i++) {
		Box rule = g_array_index(recognised->rules, Box, i);
		g_array_append_val(
			rule.x0 == rule.x1 ? page->rules.vertical : page->rules.horizontal, rule);
	}
}
