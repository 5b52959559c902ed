/* Thin marks of a page, or a grey picture of it -> ruling lines -> grids of cells. A table's
 * borders tell its rows exactly where text alone leaves them open (names centred beside two lines
 * of a post). On a picture letters make no straight run as long as a cell is high. */
#include "decode/pdf_drawing.h"
#include "decode/pdf_layout.h"

#include <math.h>
#include <string.h>

#define MIN_ACROSS_PT 14.0
#define MIN_DOWN_PT 11.0
#define SIDE_PX 4    /* a rule is thinner than that: both sides are lighter */
#define HOLE_PX 4    /* text that touches a rule, crossings */
#define NEAR_PT 3.0  /* segments that touch */
#define EDGE_PT 6.0  /* rules closer than that bound one column or row (double borders) */
#define STEM_PT 20.0 /* the letters of a title are not higher */
#define HOLE_PT 2.7  /* between dots and dashes of one line */
#define SAME_PT 0.6  /* pieces of one line are not further apart across it */
#define MAX_EDGES 400
#define MAX_SEGMENTS 20000

#define INK 215     /* a rule is darker */
#define CONTRAST 28 /* than both its sides, by so much */

/* Where, along one line of pixels, a rule runs. */
typedef struct {
	int from, last, hits; /* hits 0: none is open */
} Stroke;

typedef struct {
	GArray *segments;
	double scale;
	int least; /* pixels */
	bool down;
} Found;

static void
add_segment(Found *found, const Stroke *run, int across)
{
	double a = run->from / found->scale, b = (run->last + 1) / found->scale;
	double c = (across + 0.5) / found->scale;
	Box box = found->down ? (Box){ c, a, c, b } : (Box){ a, c, b, c };
	if (found->segments->len < MAX_SEGMENTS)
		g_array_append_val(found->segments, box);
}

static void
end_run(Found *found, Stroke *run, int across)
{
	int length = run->last - run->from + 1;
	if (run->hits && length >= found->least && run->hits * 5 >= length * 4)
		add_segment(found, run, across);
	run->hits = 0;
}

static void
hit(Found *found, Stroke *run, int along, int across)
{
	if (run->hits && along - run->last > HOLE_PX + 1)
		end_run(found, run, across);
	if (!run->hits)
		run->from = along;
	run->last = along;
	run->hits++;
}

/* Dark, and lighter on both sides: 1 in mask, else 0. The sides are two and four pixels away. Plain
 * loops over bytes: the compiler makes vectors of them. */
__attribute__((optimize("O3"))) static void
mark_rules(unsigned char *restrict mask, const unsigned char *restrict here,
	const unsigned char *restrict before2, const unsigned char *restrict after2,
	const unsigned char *restrict before4, const unsigned char *restrict after4, int n)
{
	for (int i = 0; i < n; i++) {
		int edge = here[i] + CONTRAST;
		mask[i] = (here[i] <= INK) &
			(((before2[i] > edge) & (after2[i] > edge)) |
				((before4[i] > edge) & (after4[i] > edge)));
	}
}

/* The next byte that is set, or n. */
static int
next_set(const unsigned char *mask, int from, int n)
{
	const unsigned char *set = from < n ? memchr(mask + from, 1, (size_t)(n - from)) : NULL;
	return set ? (int)(set - mask) : n;
}

typedef struct {
	const unsigned char *grey;
	int width, height;
	unsigned char *mask;  /* of one row */
	unsigned char *white; /* a row of paper, with room on both sides */
	unsigned char *row;   /* a row with paper on both sides */
} Scan;

static const unsigned char *
row_at(const Scan *scan, int y)
{
	return y < 0 || y >= scan->height ? scan->white
					  : scan->grey + (size_t)y * (size_t)scan->width;
}

static void
find_across(const Scan *scan, Found *found)
{
	for (int y = 0; y < scan->height; y++) {
		Stroke run = { 0 };
		mark_rules(scan->mask, row_at(scan, y), row_at(scan, y - 2), row_at(scan, y + 2),
			row_at(scan, y - SIDE_PX), row_at(scan, y + SIDE_PX), scan->width);
		for (int x = next_set(scan->mask, 0, scan->width); x < scan->width;
			x = next_set(scan->mask, x + 1, scan->width))
			hit(found, &run, x, y);
		end_run(found, &run, y);
	}
}

static int
by_across(const void *a, const void *b)
{
	const Box *p = a, *q = b;
	return p->x0 != q->x0 ? (p->x0 > q->x0) - (p->x0 < q->x0)
			      : (p->y0 > q->y0) - (p->y0 < q->y0);
}

/* Row by row too, for the cache's sake: each column keeps its own open run. */
static void
find_down(const Scan *scan, Found *found)
{
	g_autofree Stroke *runs = g_new0(Stroke, (size_t)scan->width);
	const unsigned char *middle = scan->row + SIDE_PX;
	for (int y = 0; y < scan->height; y++) {
		memcpy(scan->row + SIDE_PX, row_at(scan, y), (size_t)scan->width);
		mark_rules(scan->mask, middle, middle - 2, middle + 2, middle - SIDE_PX,
			middle + SIDE_PX, scan->width);
		for (int x = next_set(scan->mask, 0, scan->width); x < scan->width;
			x = next_set(scan->mask, x + 1, scan->width))
			hit(found, &runs[x], y, x);
	}
	for (int x = 0; x < scan->width; x++)
		end_run(found, &runs[x], x);
	g_array_sort(found->segments, by_across);
}

/* A rule two pixels thick is found twice. */
static void
merge_double(GArray *segments, bool down)
{
	for (guint i = 0; i < segments->len; i++) {
		Box *a = &g_array_index(segments, Box, i);
		for (guint k = i + 1; k < segments->len;) {
			const Box *b = &g_array_index(segments, Box, k);
			double apart = down ? fabs(a->x0 - b->x0) : fabs(a->y0 - b->y0);
			if (apart > 6)
				break;
			bool meet = down ? b->y0 < a->y1 + 1 && b->y1 > a->y0 - 1
					 : b->x0 < a->x1 + 1 && b->x1 > a->x0 - 1;
			if (apart > 1.6 || !meet) {
				k++;
				continue;
			}
			a->x0 = down ? a->x0 : MIN(a->x0, b->x0);
			a->y0 = down ? MIN(a->y0, b->y0) : a->y0;
			a->x1 = down ? a->x0 : MAX(a->x1, b->x1);
			a->y1 = down ? MAX(a->y1, b->y1) : a->y0;
			g_array_remove_index(segments, k);
		}
	}
}

static GArray *
scan_all(const Scan *scan, bool down, double scale)
{
	Found found = { g_array_new(FALSE, FALSE, sizeof(Box)), scale,
		(int)((down ? MIN_DOWN_PT : MIN_ACROSS_PT) * scale), down };
	if (down)
		find_down(scan, &found);
	else
		find_across(scan, &found);
	merge_double(found.segments, down);
	return found.segments;
}

void
pdf_rules_find(const unsigned char *grey, int width, int height, double scale, PdfRules *rules)
{
	size_t room = (size_t)width + 2 * SIDE_PX;
	g_autofree unsigned char *mask = g_malloc(room), *white = g_malloc(room),
				 *row = g_malloc(room);
	memset(white, 255, room);
	memset(row, 255, room);
	const Scan scan = { grey, width, height, mask, white, row };
	rules->horizontal = scan_all(&scan, false, scale);
	rules->vertical = scan_all(&scan, true, scale);
}

/* ---- marks -> segments ---- */

/* A mark's middle as a segment of one direction; short dots serve both. */
static bool
segment_of(Box bar, bool down, Box *ret)
{
	double wide = bar.x1 - bar.x0, high = bar.y1 - bar.y0;
	double x = (bar.x0 + bar.x1) / 2, y = (bar.y0 + bar.y1) / 2;
	*ret = down ? (Box){ x, bar.y0, x, bar.y1 } : (Box){ bar.x0, y, bar.x1, y };
	return (down ? high >= wide : wide >= high) || MAX(wide, high) <= PDF_THIN_PT;
}

static int
by_height(const void *a, const void *b)
{
	const Box *p = a, *q = b;
	return p->y0 != q->y0 ? (p->y0 > q->y0) - (p->y0 < q->y0)
			      : (p->x0 > q->x0) - (p->x0 < q->x0);
}

/* Both are of one line: dots, dashes and pieces from crossing to crossing. */
static bool
extend(Box *last, Box next, bool down)
{
	if ((down ? next.y0 - last->y1 : next.x0 - last->x1) > HOLE_PT)
		return false;
	last->x1 = down ? last->x1 : MAX(last->x1, next.x1);
	last->y1 = down ? MAX(last->y1, next.y1) : last->y1;
	return true;
}

/* Pieces [from, end) lie on one line: where they run together they are one rule. */
static void
chain(Box *pieces, guint from, guint end, bool down, GArray *segments)
{
	double at = down ? pieces[from].x0 : pieces[from].y0;
	for (guint i = from; i < end; i++)
		pieces[i] = down ? (Box){ at, pieces[i].y0, at, pieces[i].y1 }
				 : (Box){ pieces[i].x0, at, pieces[i].x1, at };
	qsort(pieces + from, end - from, sizeof *pieces, down ? by_across : by_height);
	for (guint i = from; i < end;) {
		Box run = pieces[i++];
		while (i < end && extend(&run, pieces[i], down))
			i++;
		double length = down ? run.y1 - run.y0 : run.x1 - run.x0;
		if (length >= (down ? MIN_DOWN_PT : MIN_ACROSS_PT) && segments->len < MAX_SEGMENTS)
			g_array_append_val(segments, run);
	}
}

static GArray *
segments_of(const GArray *bars, bool down)
{
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Box));
	GArray *segments = g_array_new(FALSE, FALSE, sizeof(Box));
	for (guint i = 0; i < bars->len; i++) {
		Box piece;
		if (segment_of(g_array_index(bars, Box, i), down, &piece))
			g_array_append_val(pieces, piece);
	}
	g_array_sort(pieces, down ? by_across : by_height);
	Box *all = (Box *)(void *)pieces->data;
	for (guint from = 0, end; from < pieces->len; from = end) {
		for (end = from + 1; end < pieces->len; end++)
			if ((down ? all[end].x0 - all[from].x0 : all[end].y0 - all[from].y0) >
				SAME_PT)
				break;
		chain(all, from, end, down, segments);
	}
	merge_double(segments, down);
	return segments;
}

void
pdf_rules_of_marks(const GArray *bars, PdfRules *rules)
{
	rules->horizontal = segments_of(bars, false);
	rules->vertical = segments_of(bars, true);
}

/* ---- segments -> grids ---- */

static bool
touch(Box a, Box b)
{
	return a.x0 <= b.x1 + NEAR_PT && a.x1 >= b.x0 - NEAR_PT && a.y0 <= b.y1 + NEAR_PT &&
		a.y1 >= b.y0 - NEAR_PT;
}

/* Takes from `pool` all segments that hang together with the last of `group`. */
static void
pull(GArray *pool, GArray *group)
{
	for (guint at = 0; at < group->len; at++) {
		Box box = g_array_index(group, Box, at);
		bool down = box.x0 == box.x1;
		for (guint i = 0; i < pool->len;) {
			Box other = g_array_index(pool, Box, i);
			if (down == (other.x0 == other.x1) || !touch(box, other)) {
				i++;
				continue;
			}
			g_array_append_val(group, other);
			g_array_remove_index_fast(pool, i);
		}
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* A letter's stem is no rule: a short vertical one runs from rule to rule. */
static bool
meets_rule(const GArray *horizontal, double x, double y)
{
	for (guint i = 0; i < horizontal->len; i++) {
		Box rule = g_array_index(horizontal, Box, i);
		if (fabs(rule.y0 - y) < 2.5 && x > rule.x0 - NEAR_PT && x < rule.x1 + NEAR_PT)
			return true;
	}
	return false;
}

static bool
is_stem(const GArray *horizontal, Box rule)
{
	return rule.y1 - rule.y0 < STEM_PT &&
		!(meets_rule(horizontal, rule.x0, rule.y0) &&
			meets_rule(horizontal, rule.x0, rule.y1));
}

/* Runs from rule to rule of the other direction, and further than a letter: the side of one cell. */
static bool
closes_cell(const GArray *group, Box box, bool down)
{
	bool starts = false, ends = false;
	if ((down ? box.y1 - box.y0 : box.x1 - box.x0) < STEM_PT)
		return false;
	for (guint i = 0; i < group->len; i++) {
		Box other = g_array_index(group, Box, i);
		if ((other.x0 == other.x1) == down || !touch(box, other))
			continue;
		starts = starts || fabs(down ? other.y0 - box.y0 : other.x0 - box.x0) < 2.5;
		ends = ends || fabs(down ? other.y0 - box.y1 : other.x0 - box.x1) < 2.5;
	}
	return starts && ends;
}

/* Drops edges that only a small part of the height (width) bears out and that are no side of a
 * cell: letters, underlines. */
static void
drop_faint(const GArray *group, GArray *edges, bool down, double extent)
{
	for (guint k = 0; k < edges->len;) {
		double at = g_array_index(edges, double, k), covered = 0;
		for (guint i = 0; i < group->len; i++) {
			Box box = g_array_index(group, Box, i);
			if ((box.x0 == box.x1) != down ||
				fabs((down ? box.x0 : box.y0) - at) > EDGE_PT)
				continue;
			covered += closes_cell(group, box, down) ? extent
				: down                           ? box.y1 - box.y0
								 : box.x1 - box.x0;
		}
		if (covered < 0.12 * extent)
			g_array_remove_index(edges, k);
		else
			k++;
	}
}

static double
extent_of(const GArray *edges)
{
	return edges->len
		? g_array_index(edges, double, edges->len - 1) - g_array_index(edges, double, 0)
		: 0;
}

/* The distinct positions of the rules of one direction. */
static GArray *
edges_of(const GArray *group, bool down)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
	GArray *edges = g_array_new(FALSE, FALSE, sizeof(double));
	for (guint i = 0; i < group->len; i++) {
		Box box = g_array_index(group, Box, i);
		double at = down ? box.x0 : box.y0;
		if ((box.x0 == box.x1) == down)
			g_array_append_val(all, at);
	}
	g_array_sort(all, by_value);
	for (guint i = 0; i < all->len; i++) {
		double value = g_array_index(all, double, i);
		if (!edges->len || value - g_array_index(edges, double, edges->len - 1) > EDGE_PT)
			g_array_append_val(edges, value);
	}
	return edges;
}

/* Tables are often open at the sides: then the horizontal rules tell where they end. */
static void
close_sides(const GArray *group, GArray *columns)
{
	double left = 1e9, right = -1e9;
	for (guint i = 0; i < group->len; i++) {
		left = MIN(left, g_array_index(group, Box, i).x0);
		right = MAX(right, g_array_index(group, Box, i).x1);
	}
	if (columns->len && g_array_index(columns, double, 0) - left > 15)
		g_array_prepend_val(columns, left);
	if (columns->len && right - g_array_index(columns, double, columns->len - 1) > 15)
		g_array_append_val(columns, right);
}

/* Whether rules cover most of the way from (a) to (b) at `at`. */
static bool
is_ruled(const GArray *group, bool down, double at, double a, double b)
{
	double covered = 0;
	for (guint i = 0; i < group->len; i++) {
		Box box = g_array_index(group, Box, i);
		if ((box.x0 == box.x1) != down || fabs((down ? box.x0 : box.y0) - at) > EDGE_PT)
			continue;
		covered += MAX(0, MIN(b, down ? box.y1 : box.x1) - MAX(a, down ? box.y0 : box.x0));
	}
	return covered > 0.6 * (b - a);
}

static int
root_of(int *parent, int i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

static double
edge(const GArray *edges, int i)
{
	return g_array_index(edges, double, i);
}

/* Base cells without a rule between them are one cell. */
static void
join_cells(const GArray *group, const GArray *xs, const GArray *ys, int *parent)
{
	int n_columns = (int)xs->len - 1, n_rows = (int)ys->len - 1;
	for (int r = 0; r < n_rows; r++)
		for (int c = 0; c < n_columns; c++) {
			int i = r * n_columns + c;
			if (c + 1 < n_columns &&
				!is_ruled(
					group, true, edge(xs, c + 1), edge(ys, r), edge(ys, r + 1)))
				parent[root_of(parent, i + 1)] = root_of(parent, i);
			if (r + 1 < n_rows &&
				!is_ruled(group, false, edge(ys, r + 1), edge(xs, c),
					edge(xs, c + 1)))
				parent[root_of(parent, i + n_columns)] = root_of(parent, i);
		}
}

static void
add_cells(PdfGrid *grid, const GArray *xs, const GArray *ys, int *parent)
{
	int n = grid->n_rows * grid->n_columns;
	g_autofree int *index = g_new(int, (gsize)n + 1);
	for (int i = 0; i < n; i++)
		index[i] = -1;
	for (int i = 0; i < n; i++) {
		int root = root_of(parent, i), r = i / grid->n_columns, c = i % grid->n_columns;
		Box box = { edge(xs, c), edge(ys, r), edge(xs, c + 1), edge(ys, r + 1) };
		if (index[root] < 0) {
			PdfGridCell cell = { box, r + 1, c + 1, 1, 1 };
			index[root] = (int)grid->cells->len;
			g_array_append_val(grid->cells, cell);
			continue;
		}
		PdfGridCell *cell = &g_array_index(grid->cells, PdfGridCell, index[root]);
		cell->box = box_union(cell->box, box);
		cell->column = MIN(cell->column, c + 1);
		cell->row_span = MAX(cell->row_span, r + 2 - cell->row);
		cell->column_span = MAX(cell->column_span, c + 2 - cell->column);
	}
}

void
pdf_grid_free(void *data)
{
	PdfGrid *grid = data;
	if (!grid)
		return;
	g_array_unref(grid->cells);
	g_array_unref(grid->columns);
	g_free(grid);
}

static PdfGrid *
grid_of(const GArray *group)
{
	GArray *xs = edges_of(group, true);
	g_autoptr(GArray) ys = edges_of(group, false);
	double width = extent_of(xs), height = extent_of(ys);
	drop_faint(group, xs, true, height);
	drop_faint(group, ys, false, width);
	close_sides(group, xs);
	if (xs->len < 3 || ys->len < 2 || xs->len > MAX_EDGES || ys->len > MAX_EDGES) {
		g_array_unref(xs);
		return NULL;
	}
	PdfGrid *grid = g_new0(PdfGrid, 1);
	grid->columns = xs;
	grid->cells = g_array_new(FALSE, FALSE, sizeof(PdfGridCell));
	grid->n_columns = (int)xs->len - 1;
	grid->n_rows = (int)ys->len - 1;
	grid->box = (Box){ edge(xs, 0), edge(ys, 0), edge(xs, grid->n_columns),
		edge(ys, grid->n_rows) };
	g_autofree int *parent = g_new(int, (gsize)grid->n_rows *(gsize)grid->n_columns);
	for (int i = 0; i < grid->n_rows * grid->n_columns; i++)
		parent[i] = i;
	join_cells(group, xs, ys, parent);
	add_cells(grid, xs, ys, parent);
	return grid;
}

static int
by_top(const void *a, const void *b)
{
	const PdfGrid *p = *(PdfGrid *const *)a, *q = *(PdfGrid *const *)b;
	return (p->box.y0 > q->box.y0) - (p->box.y0 < q->box.y0);
}

GPtrArray *
pdf_grids_find(const PdfRules *rules)
{
	GPtrArray *grids = g_ptr_array_new_with_free_func(pdf_grid_free);
	g_autoptr(GArray) pool = g_array_new(FALSE, FALSE, sizeof(Box));
	if (!rules->horizontal || !rules->vertical)
		return grids;
	g_array_append_vals(pool, rules->horizontal->data, rules->horizontal->len);
	for (guint i = 0; i < rules->vertical->len; i++) {
		Box rule = g_array_index(rules->vertical, Box, i);
		if (!is_stem(rules->horizontal, rule))
			g_array_append_val(pool, rule);
	}
	while (pool->len) {
		g_autoptr(GArray) group = g_array_new(FALSE, FALSE, sizeof(Box));
		g_array_append_val(group, g_array_index(pool, Box, pool->len - 1));
		g_array_set_size(pool, pool->len - 1);
		pull(pool, group);
		PdfGrid *grid = group->len > 3 ? grid_of(group) : NULL;
		if (grid)
			g_ptr_array_add(grids, grid);
	}
	g_ptr_array_sort(grids, by_top);
	return grids;
}
