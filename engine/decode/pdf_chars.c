/* Glyphs with boxes -> words -> pieces -> lines. Spaces are decided by the gaps between the boxes:
 * a file with missing glyphs has space characters inside words ("Chủ t ịch"), others have none
 * between them. Measured on 200,000 gaps of real documents: inside words up to 0.06 em, between
 * words 0.16 em and up. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"
#include "decode/legacy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPACE_EM 0.13  /* a wider gap ends a word */
#define SPACED_EM 0.10 /* so does one where the file has a space, set close */
#define PIECE_EM                                                                                   \
	0.80 /* a wider gap ends a piece: a cell's padding is 0.83 em, justified text stays below  \
	      */
#define OVERLAID 1.5 /* of the size of a title: it, to a stamp that lies on it */
#define BACK_EM 0.40 /* a glyph this far back belongs to something else */

static double
middle(Box box)
{
	return (box.y0 + box.y1) / 2;
}

static bool
is_space(gunichar c)
{
	if (c < 0x80)
		return c <= ' ';
	return c == 0xa0 || c == 0xad || (c >= 0x1680 && g_unichar_isspace(c));
}

/* ---- glyphs out of order ---- */

static int
glyph_by_height(const void *a, const void *b)
{
	double y = middle(((const PdfGlyph *)a)->box), z = middle(((const PdfGlyph *)b)->box);
	return (y > z) - (y < z);
}

static int
glyph_by_left(const void *a, const void *b)
{
	const PdfGlyph *p = a, *q = b;
	return (p->box.x0 > q->box.x0) - (p->box.x0 < q->box.x0);
}

void
pdf_glyphs_append_rows(GArray *glyphs, GArray *fresh)
{
	PdfGlyph end = { .c = '\n' };
	g_array_sort(fresh, glyph_by_height);
	for (guint from = 0, to; from < fresh->len; from = to) {
		const PdfGlyph *first = &g_array_index(fresh, PdfGlyph, from);
		for (to = from + 1; to < fresh->len; to++) {
			const PdfGlyph *glyph = &g_array_index(fresh, PdfGlyph, to);
			if (middle(glyph->box) - middle(first->box) > 0.35 * first->size_pt)
				break;
		}
		qsort(&g_array_index(fresh, PdfGlyph, from), to - from, sizeof(PdfGlyph),
			glyph_by_left);
		g_array_append_val(glyphs, end);
		g_array_append_vals(glyphs, &g_array_index(fresh, PdfGlyph, from), to - from);
	}
	g_array_append_val(glyphs, end);
}

/* Neighbours of very different size that overlap: two texts lie on each other. */
static bool
is_tangled(const PdfGlyph *a, const PdfGlyph *b)
{
	double small = MIN(a->size_pt, b->size_pt), large = MAX(a->size_pt, b->size_pt);
	return large > OVERLAID * small && b->box.x0 < a->box.x1 - 0.1 * small;
}

static void
take_out_hand(GArray *glyphs, PdfGlyph small)
{
	g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(PdfGlyph));
	for (guint i = 0; i < glyphs->len; i++) {
		PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, i);
		if (glyph->c == '\n' || fabs(glyph->size_pt - small.size_pt) > 0.3 ||
			g_strcmp0(glyph->font, small.font) != 0 ||
			fabs(middle(glyph->box) - middle(small.box)) > 40)
			continue;
		if (!is_space(glyph->c))
			g_array_append_val(taken, *glyph);
		glyph->c = '\n';
	}
	pdf_glyphs_append_rows(glyphs, taken);
}

/* A stamp in small type over a title comes glyph by glyph between the title's ("GIÁM Đ" "Sign" "Ố"
 * "by" "C"): it is set apart, line by line. */
static void
untangle(GArray *glyphs)
{
	int last = -1;
	guint end = glyphs->len;
	for (guint i = 0; i < end; i++) {
		const PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, i);
		if (glyph->c == '\n')
			last = -1;
		if (is_space(glyph->c))
			continue;
		const PdfGlyph *before = last >= 0 ? &g_array_index(glyphs, PdfGlyph, last) : NULL;
		last = (int)i;
		if (!before || !is_tangled(before, glyph))
			continue;
		take_out_hand(glyphs, before->size_pt < glyph->size_pt ? *before : *glyph);
		last = -1;
	}
}

/* Two letters that wrong glyph maps put for ư and Ư. */
static gunichar
mend_letter(PdfReading *reading, gunichar c)
{
	if (c != 0x1a2 && c != 0x1a3)
		return c;
	reading->letters_mended++;
	return c == 0x1a2 ? 0x1af : 0x1b0;
}

typedef enum { JOIN_SAME, JOIN_GLUED, JOIN_WORD, JOIN_PIECE } Join;

static bool
same_style(const PdfGlyph *a, const PdfGlyph *b)
{
	return a->flags == b->flags && fabs(a->size_pt - b->size_pt) < 0.6;
}

static bool
is_mark(gunichar c)
{
	return c >= 0x300 && !(c >= 0x1e00 && c < 0x2000) && g_unichar_ismark(c);
}

/* What lies between two neighbours of one stretch. */
static Join
join_of(const PdfGlyph *a, const PdfGlyph *b, bool spaced)
{
	double em = MAX(a->size_pt, b->size_pt);
	double gap = b->box.x0 - a->box.x1;
	if (gap > PIECE_EM * em || gap < -BACK_EM * em)
		return JOIN_PIECE;
	if (fabs(middle(a->box) - middle(b->box)) > 0.5 * em)
		return JOIN_PIECE;
	if (gap > (spaced ? SPACED_EM : SPACE_EM) * em)
		return JOIN_WORD;
	return same_style(a, b) ? JOIN_SAME : JOIN_GLUED;
}

typedef struct {
	PdfReading *reading;
	PdfPage *page;
	GString *text;
	PdfWord word;
	GArray *words; /* of the piece being built */
	bool legacy;   /* the page's TCVN3 and VNI fonts hold their own bytes */
} Builder;

/* What a page's glyphs need beyond being joined: most nothing. */
typedef struct {
	bool old_fonts; /* by their names */
	bool two_sizes; /* so different that one may lie on the other */
} Survey;

/* One name stands behind many glyphs. */
static Survey
survey(const GArray *glyphs)
{
	double least = G_MAXDOUBLE, most = 0;
	const char *font = NULL;
	bool old = false;
	for (guint i = 0; i < glyphs->len; i++) {
		const PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, i);
		if (glyph->font != font)
			old |= legacy_font(glyph->font) != LEGACY_NONE;
		font = glyph->font;
		if (glyph->c <= ' ')
			continue;
		least = MIN(least, glyph->size_pt);
		most = MAX(most, glyph->size_pt);
	}
	return (Survey){ old, most > OVERLAID * least };
}

/* A font may keep its old name though what is stored is Unicode: the letters of the page tell. */
static bool
has_legacy_text(const PdfPage *page)
{
	g_autoptr(GString) text = g_string_new(NULL);
	LegacyFont some = LEGACY_NONE;
	for (guint i = 0; i < page->glyphs->len; i++) {
		const PdfGlyph *glyph = &g_array_index(page->glyphs, PdfGlyph, i);
		LegacyFont font = legacy_font(glyph->font);
		if (font == LEGACY_NONE)
			continue;
		some = font;
		g_string_append_unichar(text, glyph->c);
	}
	g_autofree char *decoded = some == LEGACY_NONE ? NULL : legacy_decode(some, text->str);
	return decoded != NULL;
}

/* The word as Unicode; NULL when it is that already. */
static char *
decode_word(Builder *b)
{
	char *decoded = b->legacy ? legacy_decode(legacy_font(b->word.font), b->text->str) : NULL;
	if (!decoded)
		return NULL;
	b->word.flags |= RUN_LEGACY;
	if (!b->reading->legacy_said)
		findings_add(b->reading->doc->findings, FINDING_LEGACY_FONT, NULL, b->word.font);
	b->reading->legacy_said = true;
	return decoded;
}

static void
end_word(Builder *b)
{
	if (!b->text->len)
		return;
	g_autofree char *decoded = decode_word(b);
	if (!decoded && text_is_clean(b->text->str, b->text->len)) {
		b->word.text = arena_strndup(b->reading->arena, b->text->str, b->text->len);
	} else {
		const char *text = decoded ? decoded : b->text->str;
		g_autofree char *clean = text_clean(text, strlen(text));
		b->word.text = arena_strdup(b->reading->arena, clean);
	}
	if (*b->word.text)
		g_array_append_val(b->words, b->word);
	g_string_truncate(b->text, 0);
}

static const char *
words_text(Arena *arena, const PdfWord *words, int n)
{
	if (n == 1)
		return words[0].text;
	size_t size = 1;
	for (int i = 0; i < n; i++)
		size += strlen(words[i].text) + 1;
	char *text = arena_alloc(arena, size), *end = text;
	for (int i = 0; i < n; i++) {
		if (i && !words[i].glued)
			*end++ = ' ';
		end = stpcpy(end, words[i].text);
	}
	return text;
}

PdfPiece *
pdf_piece_of_words(Arena *arena, const PdfWord *words, int n)
{
	PdfPiece *piece = arena_new0(arena, PdfPiece);
	PdfWord *copy = arena_array(arena, PdfWord, (size_t)n);
	memcpy(copy, words, sizeof(PdfWord) * (size_t)n);
	copy[0].glued = false;
	piece->words = copy;
	piece->n_words = n;
	piece->text = words_text(arena, copy, n);
	for (int i = 0; i < n; i++) {
		piece->box = box_union(piece->box, words[i].box);
		piece->size_pt = MAX(piece->size_pt, words[i].size_pt);
	}
	return piece;
}

PdfPiece *
pdf_piece_cut(PdfReading *reading, const PdfPiece *piece, int from, int to)
{
	return pdf_piece_of_words(reading->arena, piece->words + from, to - from);
}

static void
end_piece(Builder *b)
{
	end_word(b);
	if (b->words->len)
		g_ptr_array_add(b->page->pieces,
			pdf_piece_of_words(b->reading->arena, &g_array_index(b->words, PdfWord, 0),
				(int)b->words->len));
	g_array_set_size(b->words, 0);
}

static void
add_glyph(Builder *b, const PdfGlyph *glyph, bool glued)
{
	if (b->text->len)
		b->word.box = box_union(b->word.box, glyph->box);
	else
		b->word = (PdfWord){ .box = glyph->box,
			.size_pt = glyph->size_pt,
			.flags = glyph->flags,
			.font = glyph->font,
			.glued = glued };
	bool own = b->legacy && legacy_font(glyph->font) != LEGACY_NONE;
	if (glyph->c < 0x80)
		g_string_append_c(b->text, (char)glyph->c);
	else
		g_string_append_unichar(
			b->text, own ? glyph->c : mend_letter(b->reading, glyph->c));
}

/* A mark belongs to the letter before it. As a glyph of its own ("cầ" + "̣") it moves nothing; when
 * Poppler divided one glyph between letter and marks, all parts are as wide, and the letter ends
 * with the last. */
static void
add_mark(Builder *b, const PdfGlyph *mark, PdfGlyph *last)
{
	double width = last->box.x1 - last->box.x0;
	double own = mark->box.x1 - mark->box.x0;
	bool part = fabs(mark->box.x0 - last->box.x1) < 0.02 * last->size_pt &&
		(fabs(own - width) < 0.1 * width || fabs(2 * own - width) < 0.1 * width);
	if (part)
		last->box.x1 = mark->box.x1;
	b->word.box = box_union(b->word.box, last->box);
	g_string_append_unichar(b->text, mark->c);
}

/* In TCVN3 the soft hyphen is ư. */
static bool
is_gap(const Builder *b, const PdfGlyph *glyph)
{
	return is_space(glyph->c) &&
		!(glyph->c == 0xad && b->legacy && legacy_font(glyph->font) != LEGACY_NONE);
}

void
pdf_pieces_build(PdfReading *reading, PdfPage *page)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(PdfWord));
	Builder b = { .reading = reading, .page = page, .text = text, .words = words };
	PdfGlyph *last = NULL;
	bool spaced = false;
	Survey seen = survey(page->glyphs);
	b.legacy = seen.old_fonts && has_legacy_text(page);
	if (seen.two_sizes)
		untangle(page->glyphs);
	for (guint i = 0; i < page->glyphs->len; i++) {
		PdfGlyph *glyph = &g_array_index(page->glyphs, PdfGlyph, i);
		if (is_gap(&b, glyph)) {
			spaced = true;
			if (glyph->c == '\n') {
				end_piece(&b);
				last = NULL;
			}
			continue;
		}
		if (last && text->len && is_mark(glyph->c)) {
			add_mark(&b, glyph, last);
			continue;
		}
		Join join = last ? join_of(last, glyph, spaced) : JOIN_PIECE;
		if (join == JOIN_PIECE)
			end_piece(&b);
		else if (join != JOIN_SAME)
			end_word(&b);
		add_glyph(&b, glyph, join == JOIN_GLUED);
		last = glyph;
		spaced = false;
	}
	end_piece(&b);
}

bool
pdf_words_same_style(const PdfWord *a, const PdfWord *b)
{
	return ((a->flags ^ b->flags) & ~PDF_STAMPED) == 0 && a->doubt == b->doubt &&
		fabs(a->size_pt - b->size_pt) < 0.6;
}

char *
pdf_line_text(const PdfLine *line)
{
	if (line->pieces->len == 1)
		return g_strdup(((PdfPiece *)line->pieces->pdata[0])->text);
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		g_string_append(text, i ? " " : "");
		g_string_append(text, piece->text);
	}
	return g_string_free(text, FALSE);
}

static int
by_height(const void *a, const void *b, void *unused)
{
	const PdfPiece *p = *(PdfPiece *const *)a, *q = *(PdfPiece *const *)b;
	double y = middle(p->box), z = middle(q->box);
	(void)unused;
	return y != z ? (y > z) - (y < z) : (p->box.x0 > q->box.x0) - (p->box.x0 < q->box.x0);
}

static int
by_left(const void *a, const void *b, void *unused)
{
	const PdfPiece *p = *(PdfPiece *const *)a, *q = *(PdfPiece *const *)b;
	(void)unused;
	return (p->box.x0 > q->box.x0) - (p->box.x0 < q->box.x0);
}

/* Equal ones stay as they stand. Most come in order. */
static void
sort_pieces(PdfPiece **pieces, guint n, GCompareDataFunc order)
{
	guint i = 1;
	while (i < n && order(&pieces[i - 1], &pieces[i], NULL) <= 0)
		i++;
	if (i < n)
		g_qsort_with_data(pieces, (int)n, sizeof(PdfPiece *), order, NULL);
}

/* On the line that `first` began: middles closer than a third of the smaller type. */
static bool
same_height(const PdfPiece *first, const PdfPiece *piece)
{
	double em = MIN(first->size_pt, piece->size_pt);
	return fabs(middle(first->box) - middle(piece->box)) < 0.35 * MAX(em, 4);
}

/* Takes the array, of one height. */
static PdfLine *
line_of(Arena *arena, PdfPiece **pieces, guint n, int page)
{
	PdfLine *line = arena_new0(arena, PdfLine);
	line->pieces = arena_new0(arena, PdfPieces);
	*line->pieces = (PdfPieces){ pieces, n, n };
	line->page = page;
	for (guint i = 0; i < n; i++) {
		line->box = box_union(line->box, pieces[i]->box);
		line->size_pt = MAX(line->size_pt, pieces[i]->size_pt);
	}
	sort_pieces(pieces, n, by_left);
	return line;
}

GPtrArray *
pdf_lines_of(Arena *arena, const GPtrArray *pieces, int page)
{
	GPtrArray *lines = g_ptr_array_new();
	if (!pieces->len)
		return lines;
	PdfPiece **sorted = arena_array(arena, PdfPiece *, pieces->len);
	memcpy(sorted, pieces->pdata, sizeof *sorted * pieces->len);
	sort_pieces(sorted, pieces->len, by_height);
	for (guint from = 0, to; from < pieces->len; from = to) {
		for (to = from + 1; to < pieces->len && same_height(sorted[from], sorted[to]); to++)
			continue;
		g_ptr_array_add(lines, line_of(arena, sorted + from, to - from, page));
	}
	return lines;
}

/* Two pieces that Poppler held apart though no wide gap lies between them become one. */
static bool
touching(const PdfPiece *a, const PdfPiece *b)
{
	double em = MAX(a->size_pt, b->size_pt), gap = b->box.x0 - a->box.x1;
	return gap < PIECE_EM * em && gap > -0.3 * em && fabs(a->size_pt - b->size_pt) < 0.25 * em;
}

/* "năm" + "2021", "Số:" + "640": what a program printed into a gap is a word of its own. */
static bool
is_inset(const PdfPiece *a, const PdfPiece *b)
{
	const char *text = a->words[a->n_words - 1].text;
	gunichar before = *text ? g_utf8_get_char(g_utf8_prev_char(text + strlen(text))) : 0;
	gunichar after = g_utf8_get_char(b->text);
	if (g_unichar_isdigit(after))
		return before == ':' || g_unichar_islower(before);
	return g_unichar_isdigit(before) && g_unichar_islower(after);
}

static void
join_touching(PdfReading *reading, PdfLine *line)
{
	for (guint i = 0; i + 1 < line->pieces->len;) {
		PdfPiece *a = line->pieces->pdata[i], *b = line->pieces->pdata[i + 1];
		if (!touching(a, b)) {
			i++;
			continue;
		}
		g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(PdfWord));
		g_array_append_vals(words, a->words, (guint)a->n_words);
		g_array_append_vals(words, b->words, (guint)b->n_words);
		double gap = b->box.x0 - a->box.x1;
		bool glued = gap < SPACE_EM * MAX(a->size_pt, b->size_pt) && !is_inset(a, b);
		g_array_index(words, PdfWord, a->n_words).glued = glued;
		line->pieces->pdata[i] = pdf_piece_of_words(
			reading->arena, &g_array_index(words, PdfWord, 0), (int)words->len);
		line->pieces->len--;
		memmove(&line->pieces->pdata[i + 1], &line->pieces->pdata[i + 2],
			sizeof(PdfPiece *) * (line->pieces->len - i - 1));
	}
}

static void
add_piece(Arena *arena, PdfPieces *pieces, PdfPiece *piece)
{
	if (pieces->len == pieces->room) {
		PdfPiece **more = arena_array(arena, PdfPiece *, pieces->len * 2);
		memcpy(more, pieces->pdata, sizeof *more * pieces->len);
		*pieces = (PdfPieces){ more, pieces->len, pieces->len * 2 };
	}
	pieces->pdata[pieces->len++] = piece;
	sort_pieces(pieces->pdata, pieces->len, by_left);
}

/* A number printed into the gap of a line ("ngày … tháng …") lies inside a piece: that one is cut
 * there. */
static void
cut_around(PdfReading *reading, PdfLine *line)
{
	for (guint i = 0; i + 1 < line->pieces->len; i++) {
		const PdfPiece *a = line->pieces->pdata[i], *b = line->pieces->pdata[i + 1];
		if (b->box.x0 > a->box.x1 - 0.3 * a->size_pt || a->n_words < 2)
			continue;
		double x = (b->box.x0 + b->box.x1) / 2;
		int cut = 0;
		while (cut < a->n_words && (a->words[cut].box.x0 + a->words[cut].box.x1) / 2 < x)
			cut++;
		if (cut == 0 || cut == a->n_words)
			continue;
		line->pieces->pdata[i] = pdf_piece_cut(reading, a, 0, cut);
		add_piece(reading->arena, line->pieces, pdf_piece_cut(reading, a, cut, a->n_words));
	}
}

void
pdf_lines_build(PdfReading *reading, PdfPage *page)
{
	g_clear_pointer(&page->lines, g_ptr_array_unref);
	pdf_raised_mark(reading, page);
	page->lines = pdf_lines_of(reading->arena, page->pieces, page->number);
	g_ptr_array_set_size(page->pieces, 0);
	for (guint i = 0; i < page->lines->len; i++) {
		PdfLine *line = page->lines->pdata[i];
		cut_around(reading, line);
		join_touching(reading, line);
		for (guint k = 0; k < line->pieces->len; k++)
			g_ptr_array_add(page->pieces, line->pieces->pdata[k]);
	}
}

void
pdf_page_clear(PdfPage *page)
{
	g_clear_pointer(&page->glyphs, g_array_unref);
	g_clear_pointer(&page->pieces, g_ptr_array_unref);
	g_clear_pointer(&page->lines, g_ptr_array_unref);
	g_clear_pointer(&page->footnotes, g_ptr_array_unref);
	g_clear_pointer(&page->tables, g_ptr_array_unref);
	g_clear_pointer(&page->signatures, g_array_unref);
	g_clear_pointer(&page->rules.horizontal, g_array_unref);
	g_clear_pointer(&page->rules.vertical, g_array_unref);
}
