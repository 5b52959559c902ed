/* Lines -> paragraphs. A file knows only lines; whether the next one goes on with the paragraph is
 * read from the geometry: a line that had room for the next word was ended on purpose, an indent
 * begins a paragraph, so do a wider gap and (after a line that ended a clause) the mark of a list
 * item. */
#include "decode/pdf_layout.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The value with most others within `near`; `n` of them (at least one) sorted. */
static double
mode_of(GArray *values, double near, guint *ret_hits)
{
	g_array_sort(values, by_value);
	double best = 0;
	guint best_hits = 0, from = 0;
	for (guint to = 0; to < values->len; to++) {
		while (g_array_index(values, double, to) - g_array_index(values, double, from) >
			near)
			from++;
		if (to - from + 1 > best_hits) {
			best_hits = to - from + 1;
			best = g_array_index(values, double, (from + to) / 2);
		}
	}
	*ret_hits = best_hits;
	return best;
}

/* The least value that several have: where most lines are short items, most begin at the indent. */
static double
first_of(GArray *values, double near)
{
	g_array_sort(values, by_value);
	for (guint from = 0; from < values->len; from++) {
		double value = g_array_index(values, double, from);
		guint to = from;
		while (to < values->len && g_array_index(values, double, to) - value <= near)
			to++;
		if (to - from >= 2 && (to - from) * 8 >= values->len)
			return g_array_index(values, double, (from + to) / 2);
	}
	return g_array_index(values, double, 0);
}

static PdfLine *
line_at(const GPtrArray *lines, guint i)
{
	return lines->pdata[i];
}

static double
middle_y(Box box)
{
	return (box.y0 + box.y1) / 2;
}

PdfMargins
pdf_margins(const GPtrArray *lines)
{
	PdfMargins margins = { 0 };
	g_autoptr(GArray) lefts = g_array_new(FALSE, FALSE, sizeof(double));
	g_autoptr(GArray) rights = g_array_new(FALSE, FALSE, sizeof(double));
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(double));
	double widest = 0;
	for (guint i = 0; i < lines->len; i++)
		widest = MAX(widest, line_at(lines, i)->box.x1 - line_at(lines, i)->box.x0);
	for (guint i = 0; i < lines->len; i++) {
		Box box = line_at(lines, i)->box;
		if (box.x1 - box.x0 > 0.6 * widest) {
			g_array_append_val(lefts, box.x0);
			g_array_append_val(rights, box.x1);
		}
		if (i && line_at(lines, i - 1)->page == line_at(lines, i)->page) {
			double step = middle_y(box) - middle_y(line_at(lines, i - 1)->box);
			if (step > 3 && step < 60)
				g_array_append_val(steps, step);
		}
	}
	guint hits = 0;
	if (steps->len)
		margins.pitch = mode_of(steps, 1.5, &hits);
	if (!lefts->len)
		return margins;
	margins.left = first_of(lefts, 4);
	double mode = mode_of(rights, 4, &hits);
	guint high = rights->len - 1 - rights->len / 40;
	margins.right = hits * 4 >= rights->len ? mode : g_array_index(rights, double, high);
	int indented = 0;
	for (guint i = 0; i + 1 < lines->len; i++) {
		double x = line_at(lines, i)->box.x0 - margins.left,
		       em = line_at(lines, i)->size_pt;
		indented += x > em && x < 5 * em &&
			fabs(line_at(lines, i + 1)->box.x0 - margins.left) < 4;
	}
	margins.indents = indented >= 2;
	return margins;
}

/* Bullets of all fonts; those of symbol fonts come as private characters. */
static bool
is_bullet(gunichar c)
{
	return c == 0x2022 || (c >= 0x25a0 && c <= 0x25ff) || (c >= 0x2700 && c <= 0x27bf) ||
		(c >= 0xf020 && c <= 0xf0ff);
}

/* Length of "12.3." or "a)" or "-" at the start; 0 = none. */
static size_t
marker_length(const char *text)
{
	size_t n = 0;
	if (strspn(text, "0123456789") > 3)
		return 0; /* a year, an amount */
	while (g_ascii_isdigit(text[n]) || (n && text[n] == '.' && g_ascii_isdigit(text[n + 1])))
		n++;
	if (n && n <= 8)
		return text[n] == '.' || text[n] == ')' || text[n] == '/' ? n + 1 : 0;
	n = strspn(text, "IVXLC");
	if (n && n <= 7 && (text[n] == '.' || text[n] == ')'))
		return n + 1;
	gunichar c = g_utf8_get_char(text);
	const char *next = *text ? g_utf8_next_char(text) : text;
	if (g_unichar_isalpha(c) && (*next == ')' || (*next == '.' && next[1] == ' ')))
		return (size_t)(next + 1 - text);
	bool bullet = c && strchr("-+*", (int)(c < 128 ? c : '\001'));
	if (bullet || c == 0x2013 || is_bullet(c))
		return (size_t)(next - text);
	return 0;
}

static bool
starts_heading(const char *text)
{
	static const char *const words[] = { "Điều ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ", "Phần ",
		"PHẦN ", "Khoản " };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_has_prefix(text, words[i])) {
			const char *p = text + strlen(words[i]);
			size_t n = strcspn(p, " .:");
			bool number = g_ascii_isdigit(*p) || strspn(p, "IVXLC") == n;
			return n && number && (p[n] == '.' || p[n] == ':' || p[n] == '\0');
		}
	return false;
}

bool
pdf_starts_item(const char *text)
{
	return marker_length(text) > 0 || starts_heading(text);
}

/* Ends a sentence, a clause of a list, or announces one. */
static bool
ends_clause(const char *text)
{
	size_t n = strlen(text);
	while (n && (text[n - 1] == ' ' || text[n - 1] == '"' || text[n - 1] == ')'))
		n--;
	if (n >= 3 && memcmp(text + n - 3, "”", 3) == 0)
		n -= 3;
	return n && strchr(".;:", text[n - 1]);
}

typedef struct {
	PdfReading *reading;
	PdfParaMode mode;
	const PdfMargins *fixed;
	const Place *at;
	Block ***tail;
	GPtrArray *open; /* lines of the paragraph being read */
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

/* The next line's first word would have fitted here: the line was ended on purpose. */
static bool
ended_early(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	PdfMargins m = margins_of(joiner, line);
	const PdfPiece *first = next->pieces->pdata[0];
	double word = first->words[0].box.x1 - first->words[0].box.x0;
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
	g_autofree char *one = pdf_line_text(a);
	g_autofree char *two = pdf_line_text(b);
	bool letters = strcspn(one, "0123456789") && strcspn(two, "0123456789");
	return letters && text_is_caps(one) != text_is_caps(two);
}

static bool
opens_bracket(const PdfLine *line)
{
	g_autofree char *text = pdf_line_text(line);
	int open = 0;
	for (const char *p = text; *p; p++)
		open += (*p == '(') - (*p == ')');
	return open > 0;
}

/* A centred paragraph that was wrapped: its full line is followed by a short one in the middle. */
static bool
wraps_centred(const PdfLine *line, const PdfLine *next)
{
	double shift = (line->box.x0 + line->box.x1) / 2 - (next->box.x0 + next->box.x1) / 2;
	return (weight_of(line) || opens_bracket(line)) && fabs(shift) < 0.6 * line->size_pt;
}

static double
step(const PdfLine *a, const PdfLine *b)
{
	return middle_y(b->box) - middle_y(a->box);
}

/* Far below, measured by the paragraph's own line distance where it has one. */
static bool
far_below(const Joiner *joiner, const PdfLine *line, const PdfLine *next, double times)
{
	if (line->page != next->page)
		return false;
	double pitch = margins_of(joiner, line).pitch;
	if (joiner->open->len > 1)
		pitch = step(line_at(joiner->open, joiner->open->len - 2), line);
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

static bool
breaks_stack(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const PdfPiece *piece = next->pieces->pdata[0];
	const PdfPiece *before = line_at(joiner->open, 0)->pieces->pdata[0];
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
breaks_cell(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const PdfPiece *piece = next->pieces->pdata[0];
	g_autofree char *text = pdf_line_text(line);
	if (pdf_starts_item(piece->text) && (ends_clause(text) || ended_early(joiner, line, next)))
		return true;
	return ended_early(joiner, line, next) || far_below(joiner, line, next, 1.5);
}

/* A line set in from the one above begins a paragraph, unless it hangs under the text of a list
 * item. */
static bool
is_indented(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	double x = line->box.x0 - margins_of(joiner, line).left;
	double y = next->box.x0 - margins_of(joiner, next).left;
	const PdfPiece *first = line_at(joiner->open, 0)->pieces->pdata[0];
	double hang = first->n_words > 1
		? first->words[1].box.x0 - margins_of(joiner, line_at(joiner->open, 0)).left
		: 0;
	if (joiner->open->len == 1 && marker_length(first->text) && y < hang + next->size_pt)
		return false;
	return y > x + 0.9 * next->size_pt;
}

/* Both lines stand at the indent of first lines, so each begins a paragraph. */
static bool
both_indented(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	PdfMargins m = margins_of(joiner, line);
	double x = line->box.x0 - m.left, y = next->box.x0 - margins_of(joiner, next).left;
	return m.indents && joiner->open->len == 1 && x > 0.9 * line->size_pt && fabs(x - y) < 3;
}

static bool
begins_address(const char *text)
{
	return g_str_has_prefix(text, "Kính gửi") || g_str_has_prefix(text, "KÍNH GỬI") ||
		g_str_has_prefix(text, "Nơi nhận:");
}

static bool
begins_upper(const char *text)
{
	return g_unichar_isupper(g_utf8_get_char(text));
}

/* Further in than the first lines of paragraphs are, and not under what the line before began: an
 * address, a title on a page too short to show its margins. */
static bool
is_set_in(const Joiner *joiner, const PdfLine *line)
{
	return line->box.x0 - margins_of(joiner, line).left > 1.7 * line->size_pt;
}

/* On a page too short to show its margins the lines of a head are told apart by how they look. */
static bool
is_set_apart(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
	const PdfPiece *piece = next->pieces->pdata[0];
	g_autofree char *text = pdf_line_text(line);
	if (weight_of(line) && !weight_of(next))
		return begins_upper(piece->text) || text_is_caps(text);
	if (pdf_starts_item(piece->text))
		return next->box.x0 < line->box.x0 - line->size_pt;
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
	g_autofree char *text = pdf_line_text(line);
	const PdfPiece *piece = next->pieces->pdata[0];
	bool clause = ends_clause(text), early = ended_early(joiner, line, next);
	if (strstr(text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA") || strstr(text, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA"))
		return true;
	if (line->page == next->page && is_set_in(joiner, line) && is_set_apart(joiner, line, next))
		return true;
	if ((centred && line_at(joiner->open, 0) == line) || begins_address(piece->text))
		return true;
	if (next_centred && !early && wraps_centred(line, next) && !other_style(line, next))
		return other_case(line, next) || far_below(joiner, line, next, 1.45);
	if (early || is_indented(joiner, line, next))
		return true;
	if (begins_address(text) && is_set_in(joiner, line) && begins_upper(piece->text) &&
		next->box.x0 < line->box.x0 - 1.7 * line->size_pt)
		return true;
	bool item = pdf_starts_item(piece->text);
	if (item && (clause || (weight_of(line) && !weight_of(next))))
		return true;
	if (starts_heading(piece->text) && weight_of(next) && !weight_of(line))
		return true;
	if (both_indented(joiner, line, next) && (clause || begins_upper(piece->text)))
		return true;
	if (fabs(line->size_pt - next->size_pt) > 1.6)
		return true;
	bool upper = begins_upper(piece->text);
	if (line->page != next->page)
		return clause && upper && !margins_of(joiner, line).indents;
	return far_below(joiner, line, next, !upper ? 1.9 : clause ? 1.25 : 1.5);
}

static bool
breaks(const Joiner *joiner, const PdfLine *line, const PdfLine *next)
{
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
separator(const Joiner *joiner, const PdfLine *line, bool centred)
{
	const PdfPiece *first = line_at(joiner->open, 0)->pieces->pdata[0];
	if (centred || (joiner->mode == PDF_STACK && !pdf_starts_item(first->text)))
		return "\n";
	g_autofree char *text = pdf_line_text(line);
	const char *word = strrchr(text, ' ');
	if (strstr(word ? word : text, "://"))
		return "";
	size_t n = strlen(text);
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
add_line(const Joiner *joiner, Block *para, const PdfLine *line, const char *end)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const PdfWord *style = NULL;
	Box box = { 0 };
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		for (int k = 0; k < piece->n_words; k++) {
			const PdfWord *word = &piece->words[k];
			if (style && !word->glued)
				g_string_append_c(text, ' ');
			if (style && !pdf_words_same_style(style, word)) {
				add_run(joiner, para, text, style, box);
				style = NULL;
			}
			if (!style)
				box = word->box;
			style = style ? style : word;
			box = box_union(box, word->box);
			g_string_append(text, word->text);
		}
	}
	g_string_append(text, end);
	if (style)
		add_run(joiner, para, text, style, box);
}

static Align
align_of(const Joiner *joiner, bool centred)
{
	const PdfLine *first = line_at(joiner->open, 0);
	PdfMargins m = margins_of(joiner, first);
	if (centred)
		return ALIGN_CENTER;
	double em = first->size_pt;
	bool right = first->box.x0 > m.left + 8 * em && fabs(first->box.x1 - m.right) < em;
	return right && joiner->mode == PDF_PROSE ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void
close_para(Joiner *joiner)
{
	GPtrArray *open = joiner->open;
	if (!open->len)
		return;
	Place place = joiner->at ? *joiner->at : (Place){ 0 };
	place.page = line_at(open, 0)->page;
	place.paragraph = ++joiner->reading->n_paras;
	place.box = (Box){ 0 };
	for (guint i = 0; i < open->len; i++)
		if (line_at(open, i)->page == place.page)
			place.box = box_union(place.box, line_at(open, i)->box);
	bool centred = is_centred(joiner, line_at(open, 0)) && joiner->mode < PDF_CELL;
	Block *para = doc_add_para(joiner->reading->doc, joiner->tail, place);
	para->para.align = align_of(joiner, centred);
	for (guint i = 0; i < open->len; i++)
		add_line(joiner, para, line_at(open, i),
			i + 1 < open->len ? separator(joiner, line_at(open, i), centred) : "");
	doc_end_para(joiner->reading->doc, para);
	g_ptr_array_set_size(open, 0);
}

/* "_____", "-----", "* * *": drawn with characters, says nothing. */
static bool
is_ornament(const PdfLine *line)
{
	g_autofree char *text = pdf_line_text(line);
	size_t marks = 0;
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c != ' ' && c != '_' && c != '-' && c != '=' && c != '*' && c != 0x2013 &&
			c != 0x2014 && c != 0xaf)
			return false;
		marks++;
	}
	return marks >= 3;
}

void
pdf_paras_emit(PdfReading *reading, const GPtrArray *lines, PdfParaMode mode,
	const PdfMargins *margins, const Place *at, Block ***tail)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new();
	Joiner joiner = { reading, mode, margins, at, tail, open };
	for (guint i = 0; i < lines->len; i++) {
		PdfLine *line = lines->pdata[i];
		if (is_ornament(line))
			continue;
		if (open->len && breaks(&joiner, line_at(open, open->len - 1), line))
			close_para(&joiner);
		g_ptr_array_add(open, line);
	}
	close_para(&joiner);
}
