/* Lines -> the edges that their text is set to. A line that stops short of the right one was ended on
 * purpose, one that begins right of the left one begins a paragraph. */
#include "decode/pdf_layout.h"

#include <math.h>

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

/* Where most lines end. When many go beyond, the text is set without one, and what the longest
 * lines reach says how much room there was. */
static double
right_of(GArray *rights)
{
	guint hits = 0, beyond = 0, high = rights->len - 1 - rights->len / 40;
	double mode = mode_of(rights, 4, &hits);
	for (guint i = 0; i < rights->len; i++)
		beyond += g_array_index(rights, double, i) > mode + 4;
	bool set = hits * 4 >= rights->len && (beyond < 3 || beyond * 5 <= rights->len);
	return set ? mode : g_array_index(rights, double, high);
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
		widest = MAX(widest, pdf_line_at(lines, i)->box.x1 - pdf_line_at(lines, i)->box.x0);
	for (guint i = 0; i < lines->len; i++) {
		Box box = pdf_line_at(lines, i)->box;
		if (box.x1 - box.x0 > 0.6 * widest) {
			g_array_append_val(lefts, box.x0);
			g_array_append_val(rights, box.x1);
		}
		if (i && pdf_line_at(lines, i - 1)->page == pdf_line_at(lines, i)->page) {
			double step =
				box_middle_y(box) - box_middle_y(pdf_line_at(lines, i - 1)->box);
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
	margins.right = right_of(rights);
	int indented = 0;
	for (guint i = 0; i + 1 < lines->len; i++) {
		double x = pdf_line_at(lines, i)->box.x0 - margins.left,
		       em = pdf_line_at(lines, i)->size_pt;
		indented += x > em && x < 5 * em &&
			fabs(pdf_line_at(lines, i + 1)->box.x0 - margins.left) < 4;
	}
	margins.indents = indented >= 2;
	return margins;
}

void
pdf_margins_lend(const PdfMargins *from, PdfMargins *to)
{
	if (from == to || from->right <= from->left)
		return;
	to->left = MIN(to->left, from->left);
	to->right = MAX(to->right, from->right);
	to->indents = to->indents || from->indents;
}
