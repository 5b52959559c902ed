/* Words of which nothing is seen on the page (white on white, drawn in no ink, in type too small to
 * read) are taken out of its text, and kept as notes, part "hidden". Whether a pale word is seen
 * says the picture of the page: on a dark ground it is. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define TINY_PT 1.0
#define EDGE 0.1      /* of a word's height, where its neighbours may reach in */
#define CONTRAST 28   /* of 255: less is not seen */
#define LEAST_INK 100 /* one dot in so many belongs to a letter that is seen */
#define SAMPLE 80     /* bytes of hidden text to show */

enum { MOST_DOTS = 50000000 }; /* of a page, looked at; then the rest counts as seen */

typedef struct {
	const PdfPicture *picture; /* NULL: the page could not be drawn */
	bool unseen;               /* the page draws letters in no ink */
	long dots;                 /* looked at so far */
} Look;

static bool
is_tiny(const PdfWord *word)
{
	return word->size_pt < TINY_PT && word->box.y1 - word->box.y0 < TINY_PT * 1.5;
}

static bool
says_something(const char *text)
{
	for (const char *p = text; *p; p = letter_next(p))
		if (g_unichar_isalnum(letter_at(p)))
			return true;
	return false;
}

/* The ground is what most dots of the box are, within the contrast that is not seen. */
static bool
shows_ink(Look *look, Box box)
{
	const PdfPicture *picture = look->picture;
	double edge = EDGE * (box.y1 - box.y0), scale = picture->scale;
	int x0 = (int)CLAMP(floor(box.x0 * scale), 0, picture->width);
	int x1 = (int)CLAMP(ceil(box.x1 * scale), 0, picture->width);
	int y0 = (int)CLAMP(floor((box.y0 + edge) * scale), 0, picture->height);
	int y1 = (int)CLAMP(ceil((box.y1 - edge) * scale), 0, picture->height);
	int counts[256] = { 0 }, ground = 0, ink = 0;
	look->dots += (long)(x1 - x0) * (y1 - y0);
	if (look->dots > MOST_DOTS)
		return true;
	for (int y = y0; y < y1; y++)
		for (int x = x0; x < x1; x++)
			counts[picture->grey[(size_t)y * (size_t)picture->width + (size_t)x]]++;
	for (int grey = 1; grey < 256; grey++)
		if (counts[grey] > counts[ground])
			ground = grey;
	for (int grey = 0; grey < 256; grey++)
		if (abs(grey - ground) >= CONTRAST)
			ink += counts[grey];
	return ink * LEAST_INK > (x1 - x0) * (y1 - y0);
}

static bool
is_hidden(Look *look, const PdfWord *word)
{
	if (!says_something(word->text))
		return false;
	if (is_tiny(word))
		return true;
	bool doubtful = look->unseen || (word->flags & PDF_PALE);
	return doubtful && look->picture && !shows_ink(look, word->box);
}

bool
pdf_hidden_likely(const PdfPage *page)
{
	for (guint i = 0; i < page->pieces->len; i++) {
		const PdfPiece *piece = page->pieces->pdata[i];
		for (int k = 0; k < piece->n_words; k++)
			if ((piece->words[k].flags & PDF_PALE) || is_tiny(&piece->words[k]))
				return true;
	}
	return false;
}

/* A stretch of hidden words. */
static void
keep_aside(PdfReading *reading, int page, const PdfPiece *piece)
{
	Place place = { .part = PDF_PART_HIDDEN,
		.page = page,
		.paragraph = ++reading->n_notes,
		.box = piece->box };
	Block *para = doc_add_para(reading->doc, &reading->notes_tail, place);
	doc_add_run(reading->doc, para,
		&(Run){ .text = piece->text,
			.flags = RUN_HIDDEN,
			.size_pt = piece->size_pt,
			.font = piece->words[0].font,
			.box = piece->box });
	doc_end_para(reading->doc, para);
}

/* The pieces that are left of one: cut where something is hidden. */
static void
sort_words(PdfReading *reading, PdfPage *page, Look *look, PdfPiece *piece, GPtrArray *kept)
{
	for (int from = 0, to; from < piece->n_words; from = to) {
		bool hidden = is_hidden(look, &piece->words[from]);
		for (to = from + 1; to < piece->n_words; to++)
			if (is_hidden(look, &piece->words[to]) != hidden)
				break;
		bool whole = from == 0 && to == piece->n_words;
		PdfPiece *part = whole ? piece : pdf_piece_cut(reading, piece, from, to);
		for (int k = 0; k < part->n_words; k++)
			part->words[k].flags &= ~PDF_PALE;
		if (hidden)
			keep_aside(reading, page->number, part);
		else
			g_ptr_array_add(kept, part);
	}
}

void
pdf_hidden_take(PdfReading *reading, PdfPage *page, const PdfPicture *picture, bool unseen)
{
	Look look = { picture, unseen, 0 };
	GPtrArray *kept = g_ptr_array_sized_new(page->pieces->len);
	for (guint i = 0; i < page->pieces->len; i++)
		sort_words(reading, page, &look, page->pieces->pdata[i], kept);
	g_ptr_array_unref(page->pieces);
	page->pieces = kept;
}

void
pdf_hidden_tell(Doc *doc)
{
	g_autoptr(GString) sample = g_string_new(NULL);
	Place place = { 0 };
	for (const Block *block = doc->notes; block && sample->len < SAMPLE; block = block->next) {
		if (g_strcmp0(block->place.part, PDF_PART_HIDDEN) != 0)
			continue;
		place.page = place.page ? place.page : block->place.page;
		g_string_append_printf(
			sample, "%s%s", sample->len ? " " : "", block->para.runs[0].text);
	}
	if (!sample->len)
		return;
	if (sample->len > SAMPLE)
		g_string_truncate(sample,
			(gsize)(g_utf8_find_prev_char(sample->str, sample->str + SAMPLE + 1) -
				sample->str));
	findings_add(doc->findings, FINDING_HIDDEN_TEXT, &place, sample->str);
}
