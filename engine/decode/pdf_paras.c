/* Lines -> paragraphs. A file knows only lines; whether the next one goes on with the paragraph is
 * read from the geometry: a line that had room for the next word was ended on purpose, an indent
 * begins a paragraph, so do a wider gap and (after a line that ended a clause) the mark of a list
 * item. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* Ends a sentence, a clause of a list, or announces one. */
static bool
ends_clause(const char *text)
{
	size_t n = strlen(text);
	while (n && (text[n - 1] == ' ' || text[n - 1] == '"' || text[n - 1] == ')'))
		n--;
	if (n >= 3 && memcmp(text + n - 3, "”", 3) == 0)
		n -= 3;
	if (n && strchr(".;:", text[n - 1]))
		return true;
	static const char *const wide[] = { "。", "；", "：" };
	for (size_t i = 0; i < G_N_ELEMENTS(wide); i++)
		if (n >= 3 && memcmp(text + n - 3, wide[i], 3) == 0)
			return true;
	return false;
}

/* Lent by a line of one piece, else put into *ret_owned. */
static const char *
text_of(const PdfLine *line, char **ret_owned)
{
	if (line->pieces->len == 1)
		return line->pieces->pdata[0]->text;
	return *ret_owned = pdf_line_text(line);
}

static const PdfPiece *
last_piece(const PdfLine *line)
{
	return line->pieces->pdata[line->pieces->len - 1];
}

typedef struct {
	PdfReading *reading;
	PdfParaMode mode;
	const PdfMargins *fixed;
	const Place *at;
	Block ***tail;
	PdfLine **open; /* lines of the paragraph being read */
	guint n_open;
	GString *text; /* of the run being made */
} Joiner;

static PdfMargins
margins_of(const Joiner *joiner, const PdfLine *line)
{
	if (joiner->fixed)
		return *joiner->fixed;
	const PdfPage *page = joiner->reading->pages->pdata[line->page - 1];
	return page->margins;
}

static unsigned
weight_of(const PdfLine *line)
{
	unsigned flags = RUN_BOLD;
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		for (int k = 0; k < piece->n_words; k++)
			flags &= piece->words[k].flags;
	}
	return flags;
}

/* As far from the left edge as from the right one, and away from both: further where nothing else
 * (bold, capitals) says that it is a title. */
static bool
is_centred(const Joiner *joiner, const PdfLine *line)
{
	PdfMargins m = margins_of(joiner, line);
	double left = line->box.x0 - m.left, right = m.right - line->box.x1, em = line->size_pt;
	if (fabs(left - right) > 0.9 * em || left < 0.3 * em || right < 0.3 * em)
		return false;
	const PdfPiece *piece = line->pieces->pdata[0];
	if (left > 3 * em)
		return true;
	if (pdf_starts_item(piece->text))
		return false;
	return left > em || weight_of(line) || text_is_caps(piece->text);
}

/* Han and kana are set without spaces and broken anywhere. */
static bool
is_unspaced(gunichar c)
{
	return c >= 0x2e80 && c < 0xff00 && !(c >= 0xac00 && c < 0xd7b0);
}

/* The next line's first word would have fitted here: the line was ended on purpose. */
static bool
ended_early(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	PdfMargins m = margins_of(joiner, line);
	const PdfPiece *first = next->pieces->pdata[0];
	double word = first->words[0].box.x1 - first->words[0].box.x0;
	if (is_unspaced(g_utf8_get_char(first->text)))
		word = MIN(word, 2 * next->size_pt); /* what may not stand last goes along */
	double room = m.right - line->box.x1;
	if (joiner->mode == PDF_CELL)
		room = (m.right - m.left) - (line->box.x1 - line->box.x0);
	return word + 0.30 * line->size_pt + 1.5 < room;
}

static bool
other_style(const PdfLine *a, const PdfLine *b)
{
	return weight_of(a) != weight_of(b) || fabs(a->size_pt - b->size_pt) > 1.2;
}

/* One line in capitals, the other not: "QUYẾT ĐỊNH" above "Về việc …". */
static bool
other_case(const PdfLine *a, const PdfLine *b)
{
	g_autofree char *own = NULL, *other = NULL;
	const char *one = text_of(a, &own), *two = text_of(b, &other);
	bool letters = strcspn(one, "0123456789") && strcspn(two, "0123456789");
	return letters && text_is_caps(one) != text_is_caps(two);
}

static bool
opens_bracket(const PdfLine *line)
{
	int open = 0;
	for (guint i = 0; i < line->pieces->len; i++)
		for (const char *p = line->pieces->pdata[i]->text; *p; p++)
			open += (*p == '(') - (*p == ')');
	return open > 0;
}

/* A centred paragraph that was wrapped: its full line is followed by a short one under its middle,
 * wherever the page has its own. */
static bool
wraps_centred(const PdfLine *line, const PdfLine *next)
{
	double left = next->box.x0 - line->box.x0, right = line->box.x1 - next->box.x1,
	       em = line->size_pt;
	const PdfPiece *first = line->pieces->pdata[0];
	return (weight_of(line) || opens_bracket(line) || text_is_caps(first->text)) &&
		fabs(left - right) < 1.3 * em && left > em && right > em;
}

static double
step(const PdfLine *a, const PdfLine *b)
{
	return box_middle_y(b->box) - box_middle_y(a->box);
}

/* Far below, measured by the paragraph's own line distance where it has one. */
static bool
far_below(const Joiner *joiner, const PdfLine *line, const PdfLine *next, double times)
{
	if (line->page != next->page)
		return false;
	double pitch = margins_of(joiner, line).pitch;
	if (joiner->n_open > 1)
		pitch = step(joiner->open[joiner->n_open - 2], line);
	if (pitch < 0.9 * line->size_pt || pitch > 2.2 * line->size_pt)
		pitch = 1.3 * line->size_pt;
	return step(line, next) > times * pitch;
}

/* Head and foot: a block is what has one style and one line distance; these words begin one. */
static bool
begins_block(const char *text)
{
	static const char *const words[] = { "Số", "SỐ", "V/v", "v/v", "V/V", "Về việc", "Nơi nhận",
		"NƠI NHẬN", "Lưu", "(Đã ký" };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_has_prefix(text, words[i]))
			return true;
	return strstr(text, "ngày") && strstr(text, "tháng");
}

/* "- Sở Nội vụ;" and below its text, with no dash, "Lãnh đạo Sở;": a recogniser of pictures loses
 * dashes. */
static bool
lost_bullet(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const double near_pt = 2.5;
	const PdfPiece *first = joiner->open[0]->pieces->pdata[0];
	const PdfPiece *piece = next->pieces->pdata[0];
	return piece->words[0].doubt && first->n_words > 1 && g_str_has_prefix(first->text, "-") &&
		g_str_has_suffix(last_piece(line)->text, ";") &&
		g_unichar_isupper(g_utf8_get_char(piece->text)) &&
		fabs(first->words[1].box.x0 - next->box.x0) < near_pt;
}

static bool
breaks_stack(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const PdfPiece *piece = next->pieces->pdata[0];
	const PdfPiece *before = joiner->open[0]->pieces->pdata[0];
	if (begins_block(piece->text) || pdf_starts_item(piece->text) ||
		g_str_has_prefix(before->text, "Nơi nhận"))
		return true;
	if (g_str_has_suffix(before->text, "HẠNH PHÚC") ||
		g_str_has_suffix(before->text, "Hạnh phúc"))
		return true;
	double pitch = MIN(margins_of(joiner, line).pitch, 1.6 * line->size_pt);
	bool distant = step(line, next) > 1.42 * MAX(pitch, 1.1 * line->size_pt);
	return distant || other_style(line, next) || other_case(line, next);
}

static bool
begins_upper(const char *text)
{
	return g_unichar_isupper(g_utf8_get_char(text));
}

static bool
begins_lower(const char *text)
{
	text += *text == '(';
	return g_unichar_islower(g_utf8_get_char(text)) && !pdf_starts_item(text);
}

/* No paragraph begins with a small letter where the line above ended no clause and was no short
 * one, however uneven the right edge is. */
static bool
goes_on(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	PdfMargins m = margins_of(joiner, line);
	const PdfPiece *piece = next->pieces->pdata[0];
	if (!begins_lower(piece->text) || (joiner->mode == PDF_PROSE && is_centred(joiner, next)) ||
		line->box.x1 - line->box.x0 < 0.6 * (m.right - m.left))
		return false;
	g_autofree char *own = NULL;
	const char *text = text_of(line, &own);
	return !ends_clause(text) && fabs(line->size_pt - next->size_pt) < 1.2 &&
		!far_below(joiner, line, next, 1.5);
}

static bool
breaks_cell(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const PdfPiece *piece = next->pieces->pdata[0];
	g_autofree char *own = NULL;
	const char *text = text_of(line, &own);
	if (pdf_starts_item(piece->text) && (ends_clause(text) || ended_early(joiner, line, next)))
		return true;
	if (weight_of(line) && !weight_of(next) && begins_upper(piece->text))
		return true;
	if (goes_on(joiner, line, next))
		return false;
	return ended_early(joiner, line, next) || far_below(joiner, line, next, 1.5);
}

/* Where the text of a list item begins, after its mark: a tab often makes the mark a piece. */
static double
item_text_left(const PdfLine *line)
{
	const PdfPiece *first = line->pieces->pdata[0];
	if (first->n_words > 1)
		return first->words[1].box.x0;
	return line->pieces->len > 1 ? ((PdfPiece *)line->pieces->pdata[1])->box.x0 : 0;
}

/* A line set in from the one above begins a paragraph, unless it hangs under the text of a list
 * item. */
static bool
is_indented(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	double x = line->box.x0 - margins_of(joiner, line).left;
	double y = next->box.x0 - margins_of(joiner, next).left;
	const PdfLine *first = joiner->open[0];
	double hang = item_text_left(first) - margins_of(joiner, first).left;
	bool item = pdf_mark_length(((PdfPiece *)first->pieces->pdata[0])->text) > 0;
	if (joiner->n_open == 1 && item && y < hang + next->size_pt)
		return false;
	return y > x + 0.9 * next->size_pt;
}

/* Both lines stand at the indent of first lines, so each begins a paragraph. */
static bool
both_indented(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	PdfMargins m = margins_of(joiner, line);
	double x = line->box.x0 - m.left, y = next->box.x0 - margins_of(joiner, next).left;
	return m.indents && joiner->n_open == 1 && x > 0.9 * line->size_pt && fabs(x - y) < 3;
}

static bool
begins_address(const char *text)
{
	return g_str_has_prefix(text, "Kính gửi") || g_str_has_prefix(text, "KÍNH GỬI") ||
		g_str_has_prefix(text, "Nơi nhận:");
}

/* Further in than the first lines of paragraphs are, and not under what the line before began: an
 * address, a title on a page too short to show its margins. */
static bool
is_set_in(const Joiner *joiner, const PdfLine *line)
{
	return line->box.x0 - margins_of(joiner, line).left > 1.7 * line->size_pt;
}

/* "… của Bộ Lao động" "- Thương binh và Xã hội": a dash inside a name, at the edge, below a first
 * line that filled the width and ended no clause. */
static bool
wraps_at_dash(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	PdfMargins m = margins_of(joiner, line);
	const PdfPiece *piece = next->pieces->pdata[0];
	double left = next->box.x0 - margins_of(joiner, next).left;
	g_autofree char *own = NULL;
	const char *text = text_of(line, &own);
	return *piece->text == '-' && fabs(left) < 3 && m.right - line->box.x1 < 3 &&
		line->box.x1 - line->box.x0 > 0.6 * (m.right - m.left) &&
		weight_of(line) == weight_of(next) && !ends_clause(text);
}

/* On a page too short to show its margins the lines of a head are told apart by how they look. */
static bool
is_set_apart(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const PdfPiece *piece = next->pieces->pdata[0];
	g_autofree char *own = NULL;
	const char *text = text_of(line, &own);
	if (weight_of(line) && !weight_of(next))
		return begins_upper(piece->text) || text_is_caps(text);
	if (pdf_starts_item(piece->text))
		return next->box.x0 < line->box.x0 - line->size_pt &&
			!wraps_at_dash(joiner, line, next);
	return is_set_in(joiner, next) && (begins_upper(piece->text) || *piece->text == '(') &&
		(other_case(line, next) || weight_of(line) != weight_of(next) ||
			*piece->text == '(' || begins_block(piece->text));
}

static bool
breaks_prose(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	bool centred = is_centred(joiner, line), next_centred = is_centred(joiner, next);
	if (centred && next_centred)
		return line->page != next->page || other_style(line, next) ||
			other_case(line, next) || far_below(joiner, line, next, 1.45);
	g_autofree char *own = NULL;
	const char *text = text_of(line, &own);
	const PdfPiece *piece = next->pieces->pdata[0];
	bool clause = ends_clause(text), early = ended_early(joiner, line, next);
	if (strstr(text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA") || strstr(text, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA"))
		return true;
	if (line->page == next->page && is_set_in(joiner, line) && is_set_apart(joiner, line, next))
		return true;
	/* a title that fills the page's width, above the first sentence */
	if (weight_of(line) && !weight_of(next) && text_is_caps(text) &&
		begins_upper(piece->text) && other_case(line, next))
		return true;
	if (goes_on(joiner, line, next))
		return false;
	if ((centred && joiner->open[0] == line) || begins_address(piece->text))
		return true;
	if (!early && wraps_centred(line, next) && !other_style(line, next))
		return other_case(line, next) || far_below(joiner, line, next, 1.45);
	if (early || is_indented(joiner, line, next))
		return true;
	if (begins_address(text) && is_set_in(joiner, line) && begins_upper(piece->text) &&
		next->box.x0 < line->box.x0 - 1.7 * line->size_pt)
		return true;
	bool item = pdf_starts_item(piece->text);
	if (item && (clause || weight_of(line) != weight_of(next)))
		return true;
	const PdfPiece *first = joiner->open[0]->pieces->pdata[0];
	if (pdf_items_follow(first->text, piece->text))
		return true;
	if (pdf_starts_heading(piece->text) && weight_of(next) && !weight_of(line))
		return true;
	if (both_indented(joiner, line, next) && (clause || begins_upper(piece->text)))
		return true;
	if (fabs(line->size_pt - next->size_pt) > 1.6)
		return true;
	bool upper = begins_upper(piece->text);
	if (line->page != next->page)
		return upper &&
			((clause && !margins_of(joiner, line).indents) ||
				(weight_of(next) && !weight_of(line)));
	return far_below(joiner, line, next, !upper ? 1.9 : clause ? 1.25 : 1.5);
}

static bool
breaks(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	if (lost_bullet(joiner, line, next))
		return true;
	switch (joiner->mode) {
	case PDF_STACK:
		return breaks_stack(joiner, line, next);
	case PDF_CELL:
		return breaks_cell(joiner, line, next);
	case PDF_LIST:
		return true;
	default:
		return breaks_prose(joiner, line, next);
	}
}

/* Between two lines of one paragraph: a space, a line break where the lines were set on purpose, or
 * nothing where a symbol was broken after its dash ("QĐ-" "UBND"). */
static const char *
separator(const Joiner *joiner, const PdfLine *line, const PdfLine *next, bool centred)
{
	const PdfPiece *first = joiner->open[0]->pieces->pdata[0];
	if (centred || (joiner->mode == PDF_STACK && !pdf_starts_item(first->text)))
		return "\n";
	const char *text = last_piece(line)->text, *word = strrchr(text, ' ');
	if (strstr(word ? word : text, "://"))
		return "";
	size_t n = strlen(text);
	if (n && is_unspaced(g_utf8_get_char(g_utf8_prev_char(text + n))) &&
		is_unspaced(g_utf8_get_char(((PdfPiece *)next->pieces->pdata[0])->text)))
		return "";
	bool symbol = n > 1 && text[n - 1] == '-' &&
		(g_ascii_isupper(text[n - 2]) || (unsigned char)text[n - 2] >= 0x80);
	const char *before = symbol ? g_utf8_find_prev_char(text, text + n - 1) : NULL;
	return before && g_unichar_isupper(g_utf8_get_char(before)) ? "" : " ";
}

static void
add_run(const Joiner *joiner, Block *para, GString *text, const PdfWord *style, Box box)
{
	if (!text->len)
		return;
	Run run = { .text = text->str,
		.flags = style->flags & ~PDF_STAMPED,
		.size_pt = style->size_pt,
		.font = style->font,
		.box = box,
		.doubt = style->doubt };
	doc_add_run(joiner->reading->doc, para, &run);
	g_string_truncate(text, 0);
}

static void
append_words(GString *text, const PdfPiece *piece, int from, int to)
{
	if (from == 0 && to == piece->n_words) { /* nearly all */
		g_string_append(text, piece->text);
		return;
	}
	for (int k = from; k < to; k++) {
		if (k > from && !piece->words[k].glued)
			g_string_append_c(text, ' ');
		g_string_append(text, piece->words[k].text);
	}
}

/* How far words go on in the style of the first; *box grows by them. */
static int
same_style_end(const PdfPiece *piece, int from, const PdfWord *style, Box *box)
{
	int to = from;
	do {
		*box = box_union(*box, piece->words[to++].box);
	} while (to < piece->n_words && pdf_words_same_style(style, &piece->words[to]));
	return to;
}

static void
add_line(const Joiner *joiner, Block *para, const PdfLine *line, const char *end)
{
	GString *text = joiner->text;
	const PdfWord *style = NULL;
	Box box = { 0 };
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		for (int from = 0, to; from < piece->n_words; from = to) {
			const PdfWord *word = &piece->words[from];
			if (style && !word->glued)
				g_string_append_c(text, ' ');
			if (!style || !pdf_words_same_style(style, word)) {
				if (style)
					add_run(joiner, para, text, style, box);
				style = word;
				box = word->box;
			}
			to = same_style_end(piece, from, style, &box);
			append_words(text, piece, from, to);
		}
	}
	g_string_append(text, end);
	if (style)
		add_run(joiner, para, text, style, box);
	g_string_truncate(text, 0);
}

static Align
align_of(const Joiner *joiner, bool centred)
{
	const PdfLine *first = joiner->open[0];
	PdfMargins m = margins_of(joiner, first);
	if (centred)
		return ALIGN_CENTER;
	double em = first->size_pt;
	bool right = first->box.x0 > m.left + 8 * em && fabs(first->box.x1 - m.right) < em;
	return right && joiner->mode == PDF_PROSE ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* Its first line may fill the width; a first line that is set in and ends short is no title when
 * the next one begins at the edge. */
static bool
is_centred_para(const Joiner *joiner)
{
	const PdfLine *first = joiner->open[0];
	if (joiner->n_open < 2)
		return is_centred(joiner, first);
	const PdfLine *next = joiner->open[1];
	if (joiner->mode == PDF_PROSE && wraps_centred(first, next))
		return true;
	return is_centred(joiner, first) && !goes_on(joiner, first, next);
}

static void
close_para(Joiner *joiner)
{
	PdfLine *const *open = joiner->open;
	guint n = joiner->n_open;
	if (!n)
		return;
	Place place = joiner->at ? *joiner->at : (Place){ 0 };
	place.page = open[0]->page;
	place.paragraph = ++joiner->reading->n_paras;
	place.box = (Box){ 0 };
	for (guint i = 0; i < n; i++)
		if (open[i]->page == place.page)
			place.box = box_union(place.box, open[i]->box);
	bool centred = joiner->mode < PDF_CELL && is_centred_para(joiner);
	Block *para = doc_add_para(joiner->reading->doc, joiner->tail, place);
	para->para.align = align_of(joiner, centred);
	for (guint i = 0; i < n; i++)
		add_line(joiner, para, open[i],
			i + 1 < n ? separator(joiner, open[i], open[i + 1], centred) : "");
	doc_end_para(joiner->reading->doc, para);
	joiner->n_open = 0;
}

static bool
is_stroke(gunichar c)
{
	return c == ' ' || c == '_' || c == '-' || c == '=' || c == '*' || c == 0x2013 ||
		c == 0x2014 || c == 0xaf;
}

/* "_____", "-----", "* * *": drawn with characters, says nothing. */
static bool
is_ornament(const PdfLine *line)
{
	size_t n = line->pieces->len - 1; /* spaces between */
	for (guint i = 0; i < line->pieces->len; i++)
		for (const char *p = line->pieces->pdata[i]->text; *p; p = letter_next(p), n++)
			if (!is_stroke(letter_at(p)))
				return false;
	return n >= 3;
}

void
pdf_paras_emit(PdfReading *reading, const GPtrArray *lines, PdfParaMode mode,
	const PdfMargins *margins, const Place *at, Block ***tail)
{
	if (!lines->len)
		return;
	g_autoptr(GString) text = g_string_sized_new(256);
	Joiner joiner = { reading, mode, margins, at, tail, .text = text };
	joiner.open = arena_array(reading->arena, PdfLine *, lines->len);
	for (guint i = 0; i < lines->len; i++) {
		PdfLine *line = lines->pdata[i];
		if (is_ornament(line))
			continue;
		if (joiner.n_open && breaks(&joiner, joiner.open[joiner.n_open - 1], line))
			close_para(&joiner);
		joiner.open[joiner.n_open++] = line;
	}
	close_para(&joiner);
}
