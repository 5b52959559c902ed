/* Two columns side by side that are no table: head and foot of an NĐ 30 document. A region is a run
 * of lines which one vertical gutter divides; it becomes a layout table of one row and two cells,
 * so that the columns never interleave. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define GUTTER_EM 1.2  /* least width of a gutter on the line that begins a region */
#define GUTTER_PT 10.0 /* least width that is left after all lines */
#define REACH_PT 170.0 /* the seal and signature leave that much room between two lines */

static double
middle_x(Box box)
{
	return (box.x0 + box.x1) / 2;
}

/* Words that stand in one column of a head or foot and nowhere else; lower case, without marks. */
static bool
is_anchor(const char *text)
{
	static const char *const anchors[] = { "cong hoa xa hoi", "doc lap",
		"dang cong san viet nam", "so:", "noi nhan", "kt.", "tm.", "tl.", "tuq.", "q.",
		"thu ky", "chu toa", "nguoi lap" };
	g_autofree char *key = text_bare_key(text);
	for (size_t i = 0; i < G_N_ELEMENTS(anchors); i++)
		if (strncmp(key, anchors[i], strlen(anchors[i])) == 0)
			return true;
	bool number = strncmp(key, "so ", 3) == 0 && !g_ascii_isalpha(key[3]); /* no "Số lượng" */
	return number || (strstr(key, "ngay") && strstr(key, "thang") && strstr(key, "nam"));
}

/* What begins below a head: an address line belongs to no column, nor do the titles of a list. */
static bool
ends_head(const PdfLine *line)
{
	static const char *const serial[] = { "stt", "tt", "so tt" };
	const PdfPiece *first = line->pieces->pdata[0];
	bool may = letters_may_begin(first->text, "kinh ") ||
		letters_may_begin(first->text, serial[0]) ||
		letters_may_begin(first->text, serial[1]) ||
		letters_may_begin(first->text, serial[2]);
	if (!may) /* nearly all: not folded */
		return false;
	g_autofree char *key = text_bare_key(first->text);
	for (size_t i = 0; i < G_N_ELEMENTS(serial); i++)
		if (strcmp(key, serial[i]) == 0)
			return true;
	return g_str_has_prefix(key, "kinh gui") || g_str_has_prefix(key, "kinh trinh");
}

typedef struct {
	const GPtrArray *lines;
	double page_width_pt;
	double left, right;               /* the gutter so far */
	double left_middle, right_middle; /* where the columns' lines are centred */
	int first, end, both;             /* lines with text on both sides */
	bool sure;                        /* the line that began it has such words on both sides */
	bool anchored, capitals, subject; /* inside "V/v …" */
} Region;

/* Alone in the middle of the page, away from the middle of its column: a title, not a column's
 * line. */
static bool
is_page_title(const Region *region, const PdfLine *line)
{
	if (line->pieces->len != 1)
		return false;
	double x = middle_x(line->box), page = region->page_width_pt / 2;
	double column =
		x < (region->left + region->right) / 2 ? region->left_middle : region->right_middle;
	bool centred = fabs(x - page) < 0.05 * region->page_width_pt;
	return centred && fabs(x - column) > 0.07 * region->page_width_pt;
}

/* Narrows the gutter to what the line leaves of it; false when nothing is left. */
static bool
narrow(const PdfLine *line, double *left, double *right, bool *ret_both)
{
	bool on_left = false, on_right = false;
	double gutter = (*left + *right) / 2;
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		bool is_left = middle_x(piece->box) < gutter;
		if (is_left)
			*left = MAX(*left, piece->box.x1);
		else
			*right = MIN(*right, piece->box.x0);
		on_left |= is_left;
		on_right |= !is_left;
	}
	*ret_both = on_left && on_right;
	return *right - *left >= GUTTER_PT;
}

static void
note_line(Region *region, const PdfLine *line, bool both)
{
	region->both += both;
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		region->anchored |= is_anchor(piece->text);
		region->capitals |= piece->box.x0 >= region->right && text_is_caps(piece->text);
	}
}

static bool
fits(Region *region, const PdfLine *line, const PdfLine *neighbour)
{
	double left = region->left, right = region->right;
	bool both = false;
	double gap = MAX(line->box.y0 - neighbour->box.y1, neighbour->box.y0 - line->box.y1);
	if (gap > REACH_PT || ends_head(line) || is_page_title(region, line))
		return false;
	if (!narrow(line, &left, &right, &both))
		return false;
	region->left = left;
	region->right = right;
	note_line(region, line, both);
	return true;
}

/* Upwards only lines that can't be prose: on both sides, right of the gutter, or at the top of the
 * page. */
static bool
fits_above(Region *region, int i)
{
	const PdfLine *line = pdf_line_at(region->lines, i);
	const PdfLine *below = pdf_line_at(region->lines, i + 1);
	const PdfPiece *first = line->pieces->pdata[0];
	const PdfPiece *last = line->pieces->pdata[line->pieces->len - 1];
	bool set = text_is_caps(last->text) ||
		is_anchor(last->text); /* justified prose has gaps too */
	bool columnar = (line->pieces->len > 1 && set) || first->box.x0 > region->left ||
		(i < 3 && region->anchored && line->box.y0 < 150);
	if (!columnar || below->box.y0 - line->box.y1 > 2.5 * line->size_pt)
		return false;
	return fits(region, line, below);
}

/* Below the shorter column the other may be wider than the gutter allows: the subject of a công văn
 * under the number, the place and date on a line of their own. */
static bool
overhangs(const Region *region, const PdfLine *line, const PdfLine *above)
{
	const PdfPiece *piece = line->pieces->pdata[0];
	if (line->pieces->len != 1 || line->box.y0 - above->box.y1 > 2.2 * line->size_pt ||
		ends_head(line))
		return false;
	double x = middle_x(line->box), gutter = (region->left + region->right) / 2;
	bool subject =
		g_str_has_prefix(piece->text, "V/v") || g_str_has_prefix(piece->text, "Về việc");
	if ((subject || region->subject) && x < gutter - 20)
		return fabs(x - region->left_middle) < 45;
	g_autofree char *key = text_bare_key(piece->text);
	return x > gutter + 20 && strstr(key, "ngay") && strstr(key, "thang") && strstr(key, "nam");
}

static bool
reaches(Region *region, const PdfLine *line, const PdfLine *above)
{
	const PdfPiece *piece = line->pieces->pdata[0];
	bool subject = g_str_has_prefix(piece->text, "V/v");
	bool taken =
		fits(region, line, above) || (region->anchored && overhangs(region, line, above));
	region->subject |= taken && subject;
	return taken;
}

static void
grow(Region *region)
{
	int n = (int)region->lines->len;
	while (region->end < n &&
		reaches(region, pdf_line_at(region->lines, region->end),
			pdf_line_at(region->lines, region->end - 1)))
		region->end++;
	while (region->first > 0 && fits_above(region, region->first - 1))
		region->first--;
}

/* One line with a gap in it proves little: a region needs two, or words that only a head or foot
 * has. */
static bool
believable(const Region *region)
{
	double gutter = region->right - region->left;
	if (region->end - region->first == 1)
		return region->sure;
	if (region->anchored)
		return true;
	if (region->both >= 2)
		return region->capitals && gutter > 0.03 * region->page_width_pt;
	return region->capitals && region->end - region->first >= 2 &&
		gutter > 0.10 * region->page_width_pt;
}

/* "DỰ THẢO" in the corner of a page whose head stands in the middle: no column. */
static bool
is_draft_beside(const Region *region, const PdfPiece *a, const PdfPiece *b)
{
	double page = region->page_width_pt;
	bool draft = g_str_has_prefix(a->text, "DỰ THẢO") || g_str_has_prefix(a->text, "Dự thảo");
	return draft && fabs(middle_x(b->box) - page / 2) < 0.05 * page;
}

static bool
seed(Region *region, const PdfPiece *a, const PdfPiece *b, int first, int end)
{
	double em = MAX(a->size_pt, b->size_pt), page = region->page_width_pt;
	double gutter = (a->box.x1 + b->box.x0) / 2;
	bool set = text_is_caps(a->text) || text_is_caps(b->text) || is_anchor(a->text) ||
		is_anchor(b->text);
	if (!set || b->box.x0 - a->box.x1 < GUTTER_EM * em || gutter < 0.22 * page ||
		gutter > 0.75 * page)
		return false;
	region->left = a->box.x1;
	region->right = b->box.x0;
	region->left_middle = middle_x(a->box);
	region->right_middle = middle_x(b->box);
	region->first = first;
	region->end = end;
	region->both = 0;
	region->sure = is_anchor(a->text) && is_anchor(b->text);
	region->anchored = region->capitals = region->subject = false;
	for (int i = first; i < end; i++)
		note_line(region, pdf_line_at(region->lines, i), end - first == 1);
	if (is_draft_beside(region, a, b))
		return end - first == 1;
	grow(region);
	return believable(region);
}

static bool
is_recipients(const PdfLine *line)
{
	g_autofree char *key = text_bare_key(((PdfPiece *)line->pieces->pdata[0])->text);
	return g_str_has_prefix(key, "noi nhan");
}

/* Columns set with different leading: two lines that overlap in height but not in width. "Nơi nhận"
 * may stand wholly below or above the signer's first line. */
static bool
seed_stepped(Region *region, int i)
{
	const PdfLine *a = pdf_line_at(region->lines, i), *b = pdf_line_at(region->lines, i + 1);
	bool foot = is_recipients(a) || is_recipients(b);
	if (a->pieces->len != 1 || b->pieces->len != 1 ||
		b->box.y0 > a->box.y1 + (foot ? 2.5 * a->size_pt : -1))
		return false;
	const PdfPiece *p = a->pieces->pdata[0], *q = b->pieces->pdata[0];
	return p->box.x1 < q->box.x0 ? seed(region, p, q, i, i + 2) : seed(region, q, p, i, i + 2);
}

/* A signer without a list of recipients beside: lines in the right half, the first in bold
 * capitals. */
static bool
seed_right(Region *region, int i)
{
	const PdfLine *first = pdf_line_at(region->lines, i);
	const PdfPiece *piece = first->pieces->pdata[0];
	double half = 0.45 * region->page_width_pt, x = middle_x(first->box);
	bool centred = x < 0.57 * region->page_width_pt; /* a short line of the page's own */
	if (first->box.x0 < half || centred || !text_is_caps(piece->text) ||
		!(piece->words[0].flags & RUN_BOLD))
		return false;
	int end = i + 1;
	for (; end < (int)region->lines->len; end++) {
		const PdfLine *line = pdf_line_at(region->lines, end),
			      *above = pdf_line_at(region->lines, end - 1);
		if (line->box.x0 < half || fabs(middle_x(line->box) - x) > 40 ||
			line->box.y0 - above->box.y1 > REACH_PT)
			break;
	}
	if (end - i < 2)
		return false;
	region->first = i;
	region->end = end;
	region->left = half - GUTTER_PT;
	region->right = half;
	return true;
}

bool
pdf_columns_find(const GPtrArray *lines, int from, double page_width_pt, PdfColumns *ret_columns)
{
	Region region = { .lines = lines, .page_width_pt = page_width_pt };
	for (int i = from; i < (int)lines->len; i++) {
		const PdfLine *line = pdf_line_at(lines, i);
		bool found = ends_head(line) ? false
					     : i + 1 < (int)lines->len && seed_stepped(&region, i);
		for (guint k = 0; !found && !ends_head(line) && k + 1 < line->pieces->len; k++)
			found = seed(&region, line->pieces->pdata[k], line->pieces->pdata[k + 1], i,
				i + 1);
		if (!found && !seed_right(&region, i))
			continue;
		*ret_columns = (PdfColumns){ .first = MAX(region.first, from),
			.end = region.end,
			.left = region.left,
			.right = region.right };
		return true;
	}
	return false;
}

static void
emit_cell(PdfReading *reading, Block *table, int column, const GPtrArray *pieces, const Place *at)
{
	Cell *cell = doc_add_cell(reading->doc, table, 1, column, 1, 1);
	Block **tail = &cell->blocks;
	Place place = *at;
	place.row = 1;
	place.column = column;
	g_autoptr(GPtrArray) lines = pdf_lines_of(reading->arena, pieces, at->page);
	for (guint i = 0; i < lines->len; i++)
		place.box = i ? box_union(place.box, pdf_line_at(lines, (int)i)->box)
			      : pdf_line_at(lines, (int)i)->box;
	cell->place = place;
	PdfMargins margins = pdf_margins(lines);
	pdf_paras_emit(reading, lines, PDF_STACK, &margins, &place, &tail);
}

static bool
is_entry(const PdfPiece *piece)
{
	return pdf_starts_item(piece->text) || g_str_has_prefix(piece->text, "Nơi nhận");
}

/* A list of recipients divides only where entries begin on both sides. */
static bool
may_divide(const GPtrArray *lines)
{
	bool list = false;
	for (guint i = 0; i < lines->len; i++) {
		const PdfLine *line = pdf_line_at(lines, (int)i);
		const PdfPiece *last = line->pieces->pdata[line->pieces->len - 1];
		bool entry = is_entry(line->pieces->pdata[0]);
		if (entry && line->pieces->len > 1 && is_entry(last))
			return true;
		list |= entry;
	}
	return !list;
}

/* Three sign side by side: where one half divides again, in all its lines; 0 = nowhere. */
static double
second_gutter(Arena *arena, const GPtrArray *pieces, int page)
{
	g_autoptr(GPtrArray) lines = pdf_lines_of(arena, pieces, page);
	double left = 0, right = 0, em = 0;
	int both = 0;
	for (guint i = 0; i < lines->len && !both; i++) {
		const PdfLine *line = pdf_line_at(lines, (int)i);
		const PdfPiece *last = line->pieces->pdata[line->pieces->len - 1];
		both = line->pieces->len == 2;
		left = ((PdfPiece *)line->pieces->pdata[0])->box.x1;
		right = last->box.x0;
		em = line->size_pt;
	}
	both = 0;
	for (guint i = 0; i < lines->len; i++) {
		const PdfLine *line = pdf_line_at(lines, (int)i);
		bool on_both = false;
		if (!narrow(line, &left, &right, &on_both))
			return 0;
		both += on_both;
	}
	return both >= 2 && may_divide(lines) && right - left > GUTTER_EM * em ? (left + right) / 2
									       : 0;
}

/* The pieces right of the gutter, taken out of `pieces`. */
static GPtrArray *
take_right(GPtrArray *pieces, double gutter)
{
	GPtrArray *right = g_ptr_array_new();
	guint left = 0;
	for (guint i = 0; i < pieces->len; i++) {
		PdfPiece *piece = pieces->pdata[i];
		if (middle_x(piece->box) < gutter)
			pieces->pdata[left++] = piece;
		else
			g_ptr_array_add(right, piece);
	}
	g_ptr_array_set_size(pieces, (int)left);
	return right;
}

/* The pieces of one half as a column, or two; returns the next column. */
static int
emit_half(PdfReading *reading, Block *table, int column, GPtrArray *pieces, const Place *at)
{
	double gutter = second_gutter(reading->arena, pieces, at->page);
	g_autoptr(GPtrArray) right = gutter > 0 ? take_right(pieces, gutter) : g_ptr_array_new();
	emit_cell(reading, table, column++, pieces, at);
	if (right->len)
		emit_cell(reading, table, column++, right, at);
	return column;
}

void
pdf_columns_emit(
	PdfReading *reading, const GPtrArray *lines, const PdfColumns *columns, Block ***tail)
{
	g_autoptr(GPtrArray) left = g_ptr_array_new(), right = g_ptr_array_new();
	double gutter = (columns->left + columns->right) / 2;
	Box box = { 0 };
	for (int i = columns->first; i < columns->end; i++) {
		const PdfLine *line = pdf_line_at(lines, i);
		box = box_union(box, line->box);
		for (guint k = 0; k < line->pieces->len; k++) {
			PdfPiece *piece = line->pieces->pdata[k];
			g_ptr_array_add(middle_x(piece->box) < gutter ? left : right, piece);
		}
	}
	Place place = { .page = pdf_line_at(lines, columns->first)->page,
		.table = ++reading->n_tables,
		.box = box };
	Block *table = doc_add_table(reading->doc, tail, place);
	table->table.layout = true;
	int column = emit_half(reading, table, 1, left, &place);
	emit_half(reading, table, column, right, &place);
	doc_end_table(reading->doc, table);
}
