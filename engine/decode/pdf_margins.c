/* Lines -> the edges that their text is set to. A line that stops short of the right one was ended on
 * purpose, one that begins right of the left one begins a paragraph. */
#include "decode/pdf_layout.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	double *at;
	guint n;
} Values;

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The value with most others within `near`; `n` of them (at least one) sorted. */
static double
mode_of(Values values, double near, guint *ret_hits)
{
	qsort(values.at, values.n, sizeof *values.at, by_value);
	double best = 0;
	guint best_hits = 0, from = 0;
	for (guint to = 0; to < values.n; to++) {
		while (values.at[to] - values.at[from] > near)
			from++;
		if (to - from + 1 > best_hits) {
			best_hits = to - from + 1;
			best = values.at[(from + to) / 2];
		}
	}
	*ret_hits = best_hits;
	return best;
}

/* The least value that several have: where most lines are short items, most begin at the indent. */
static double
first_of(Values values, double near)
{
	qsort(values.at, values.n, sizeof *values.at, by_value);
	for (guint from = 0; from < values.n; from++) {
		guint to = from;
		while (to < values.n && values.at[to] - values.at[from] <= near)
			to++;
		if (to - from >= 2 && (to - from) * 8 >= values.n)
			return values.at[(from + to) / 2];
	}
	return values.at[0];
}

/* Where most lines end. When many go beyond, the text is set without one, and what the longest
 * lines reach says how much room there was. */
static double
right_of(Values rights)
{
	guint hits = 0, beyond = 0, high = rights.n - 1 - rights.n / 40;
	double mode = mode_of(rights, 4, &hits);
	for (guint i = 0; i < rights.n; i++)
		beyond += rights.at[i] > mode + 4;
	bool set = hits * 4 >= rights.n && (beyond < 3 || beyond * 5 <= rights.n);
	return set ? mode : rights.at[high];
}

double
pdf_pitch(const GPtrArray *lines)
{
	if (lines->len < 2)
		return 0;
	g_autofree double *steps = g_new(double, lines->len);
	guint n = 0, hits = 0;
	for (guint i = 1; i < lines->len; i++) {
		const PdfLine *above = pdf_line_at(lines, i - 1), *line = pdf_line_at(lines, i);
		double step = box_middle_y(line->box) - box_middle_y(above->box);
		if (above->page == line->page && step > 3 && step < 60)
			steps[n++] = step;
	}
	return n ? mode_of((Values){ steps, n }, 1.5, &hits) : 0;
}

/* First lines set in from the edge, above lines at it. */
static bool
has_indents(const GPtrArray *lines, double left)
{
	int indented = 0;
	for (guint i = 0; i + 1 < lines->len; i++) {
		const PdfLine *line = pdf_line_at(lines, i);
		double x = line->box.x0 - left, em = line->size_pt;
		indented +=
			x > em && x < 5 * em && fabs(pdf_line_at(lines, i + 1)->box.x0 - left) < 4;
	}
	return indented >= 2;
}

PdfMargins
pdf_margins(const GPtrArray *lines)
{
	PdfMargins margins = { .pitch = pdf_pitch(lines) };
	if (!lines->len)
		return margins;
	g_autofree double *edges = g_new(double, 2 * (gsize)lines->len);
	Values lefts = { edges, 0 }, rights = { edges + lines->len, 0 };
	double widest = 0;
	for (guint i = 0; i < lines->len; i++)
		widest = MAX(widest, pdf_line_at(lines, i)->box.x1 - pdf_line_at(lines, i)->box.x0);
	for (guint i = 0; i < lines->len; i++) {
		Box box = pdf_line_at(lines, i)->box;
		if (box.x1 - box.x0 <= 0.6 * widest)
			continue;
		lefts.at[lefts.n++] = box.x0;
		rights.at[rights.n++] = box.x1;
	}
	if (!lefts.n)
		return margins;
	margins.left = first_of(lefts, 4);
	margins.right = right_of(rights);
	margins.indents = has_indents(lines, margins.left);
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
