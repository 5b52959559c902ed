/* Paths and pictures, painted -> thin dark marks on the page as shown. Shapes matter only as what
 * can hide a mark, or cut a line out of a dark shape: then the page has to be drawn. */
#include "decode/pdf_paint.h"

#include <math.h>

enum { MAX_BARS = 60000, MAX_STEPS = 200000, MAX_SOLIDS = 5000, MAX_COMPARED = 20000000 };

#define INK 0.845     /* darker than that is seen as a line */
#define CONTRAST 0.11 /* of a line to what lies at its sides, */
#define SIDE_PT 1.0   /* so far away */
#define UNSEEN 0.06   /* of alpha */
#define STRAIGHT_PT 0.5
#define HAIR_PT 0.1   /* lines of no width are drawn too */
#define FRAME_PT 20.0 /* letters drawn as shapes are smaller than a frame */
#define INSIDE_PT 0.5

typedef struct {
	double x0, y0, x1, y1;
	bool begins; /* a part of the path */
	bool curved;
} Step;

/* A bar; or a larger dark shape: a lighter one may cut it, a line of its colour is not seen on it.
 */
typedef struct {
	Box box;
	double grey;
} Shape;

/* One part of a path: what its box encloses, roughly. */
typedef struct {
	Box box;
	int steps;
	bool square; /* nothing slants or bends */
} Part;

PdfMatrix
pdf_matrix_multiply(PdfMatrix p, PdfMatrix q)
{
	return (PdfMatrix){ p.a * q.a + p.b * q.c, p.a * q.b + p.b * q.d, p.c * q.a + p.d * q.c,
		p.c * q.b + p.d * q.d, p.e * q.a + p.f * q.c + q.e, p.e * q.b + p.f * q.d + q.f };
}

static void
move(PdfMatrix m, double *x, double *y)
{
	double from = *x;
	*x = m.a * from + m.c * *y + m.e;
	*y = m.b * from + m.d * *y + m.f;
}

static Box
box_of(double x0, double y0, double x1, double y1)
{
	return (Box){ MIN(x0, x1), MIN(y0, y1), MAX(x0, x1), MAX(y0, y1) };
}

static Box
enclose(Box a, Box b)
{
	return (Box){ MIN(a.x0, b.x0), MIN(a.y0, b.y0), MAX(a.x1, b.x1), MAX(a.y1, b.y1) };
}

static Box
common(Box a, Box b)
{
	return (Box){ MAX(a.x0, b.x0), MAX(a.y0, b.y0), MIN(a.x1, b.x1), MIN(a.y1, b.y1) };
}

static double
width(Box box)
{
	return box.x1 - box.x0;
}

static double
height(Box box)
{
	return box.y1 - box.y0;
}

Box
pdf_matrix_box(PdfMatrix matrix, Box box)
{
	double x[4] = { box.x0, box.x1, box.x0, box.x1 };
	double y[4] = { box.y0, box.y0, box.y1, box.y1 };
	for (int i = 0; i < 4; i++)
		move(matrix, &x[i], &y[i]);
	return enclose(box_of(x[0], y[0], x[1], y[1]), box_of(x[2], y[2], x[3], y[3]));
}

double
pdf_grey_of(PdfSpace space, const double *v, int n)
{
	if (space == PDF_SPACE_GREY && n == 1)
		return v[0];
	if (space == PDF_SPACE_TINT && n == 1)
		return 1 - v[0];
	if (space == PDF_SPACE_RGB && n == 3)
		return 0.30 * v[0] + 0.59 * v[1] + 0.11 * v[2];
	if (space == PDF_SPACE_CMYK && n == 4)
		return 1 - MIN(1, 0.30 * v[0] + 0.59 * v[1] + 0.11 * v[2] + v[3]);
	return 0;
}

/* ---- marks --------------------------------------------------------------------------------- */

/* On white paper. */
static double
grey_of(const PdfInk *ink)
{
	return 1 - (1 - ink->grey) * ink->alpha;
}

static bool
is_dark(const PdfInk *ink)
{
	return grey_of(ink) <= INK;
}

/* Whether a shape painted later lies over most of a bar, or a long stretch of it. */
static bool
hides(Box shape, Box bar)
{
	bool across = width(bar) >= height(bar);
	double middle = across ? (bar.y0 + bar.y1) / 2 : (bar.x0 + bar.x1) / 2;
	Box both = common(shape, bar);
	double stretch = across ? width(both) : height(both);
	if (middle < (across ? shape.y0 : shape.x0) + INSIDE_PT ||
		middle > (across ? shape.y1 : shape.x1) - INSIDE_PT)
		return false;
	return stretch > 14 || stretch > (across ? width(bar) : height(bar)) / 2;
}

static bool
cuts(Box light, Box solid)
{
	Box both = common(light, solid);
	return width(both) > INSIDE_PT && height(both) > INSIDE_PT;
}

static void
look_below(PdfPaint *self, Box shape, bool dark)
{
	const GArray *bars = self->bars;
	self->compared += bars->len + (dark ? 0 : self->solid->len);
	if (self->compared > MAX_COMPARED)
		self->odd = true;
	for (guint i = 0; i < bars->len && !self->odd; i++)
		self->odd = hides(shape, g_array_index(bars, Shape, i).box);
	for (guint i = 0; i < self->solid->len && !dark && !self->odd; i++)
		self->odd = cuts(shape, g_array_index(self->solid, Shape, i).box);
}

static void
add_shape(PdfPaint *self, GArray *to, Box box, double grey, guint most)
{
	Shape shape = { box, grey };
	if (to->len < most)
		g_array_append_val(to, shape);
	else
		self->odd = true;
}

static void
mark(PdfPaint *self, Box box, const PdfInk *ink)
{
	Box seen = common(box, self->state.clip);
	bool dark = is_dark(ink);
	if (ink->alpha < UNSEEN || width(seen) < 0 || height(seen) < 0 || self->odd)
		return;
	if (width(seen) <= PDF_THIN_PT || height(seen) <= PDF_THIN_PT) {
		if (dark)
			add_shape(self, self->bars, seen, grey_of(ink), MAX_BARS);
		return;
	}
	if (ink->alpha > 0.98)
		look_below(self, seen, dark);
	if (dark)
		add_shape(self, self->solid, seen, grey_of(ink), MAX_SOLIDS);
}

/* ---- paths --------------------------------------------------------------------------------- */

static void
add_step(PdfPaint *self, double x, double y, bool curved)
{
	Step step = { self->x, self->y, x, y, self->begun == false, curved };
	self->begun = true;
	self->x = x;
	self->y = y;
	if (!(fabs(x) < 1e6 && fabs(y) < 1e6) || self->path->len >= MAX_STEPS)
		self->odd = true;
	else
		g_array_append_val(self->path, step);
}

void
pdf_paint_move(PdfPaint *self, double x, double y)
{
	move(self->state.matrix, &x, &y);
	self->x = self->x0 = x;
	self->y = self->y0 = y;
	self->begun = false;
}

void
pdf_paint_line(PdfPaint *self, double x, double y)
{
	move(self->state.matrix, &x, &y);
	add_step(self, x, y, false);
}

void
pdf_paint_curve(PdfPaint *self, const double *points, int n)
{
	for (int i = 0; i + 1 < n; i += 2) {
		double x = points[i], y = points[i + 1];
		move(self->state.matrix, &x, &y);
		add_step(self, x, y, true);
	}
}

void
pdf_paint_close(PdfPaint *self)
{
	if (self->begun && (self->x != self->x0 || self->y != self->y0))
		add_step(self, self->x0, self->y0, false);
	self->x = self->x0;
	self->y = self->y0;
	self->begun = false;
}

void
pdf_paint_rectangle(PdfPaint *self, double x, double y, double wide, double high)
{
	pdf_paint_move(self, x, y);
	pdf_paint_line(self, x + wide, y);
	pdf_paint_line(self, x + wide, y + high);
	pdf_paint_line(self, x, y + high);
	pdf_paint_line(self, x, y);
	pdf_paint_close(self);
}

static bool
is_straight(const Step *step)
{
	return !step->curved &&
		(fabs(step->x1 - step->x0) <= STRAIGHT_PT ||
			fabs(step->y1 - step->y0) <= STRAIGHT_PT);
}

/* The part that begins at step *at, which is moved on. */
static Part
next_part(const GArray *path, guint *at)
{
	const Step *step = &g_array_index(path, Step, *at);
	double x = step->x0, y = step->y0;
	Part part = { box_of(step->x0, step->y0, step->x1, step->y1), 0, true };
	do {
		part.box = enclose(part.box, box_of(step->x0, step->y0, step->x1, step->y1));
		part.square &= is_straight(step);
		part.steps++;
		step++;
	} while (++*at < path->len && !step->begins);
	part.steps += step[-1].x1 != x || step[-1].y1 != y; /* filling closes it */
	return part;
}

/* A border filled as one shape: a large part with more corners than a rectangle, or another part
 * inside it. */
static bool
is_frame(const Part *part, Box last)
{
	if (width(part->box) < FRAME_PT || height(part->box) < FRAME_PT)
		return false;
	Box both = common(part->box, last);
	return (part->square && part->steps > 5) ||
		(width(both) > FRAME_PT && height(both) > FRAME_PT);
}

static void
fill_path(PdfPaint *self)
{
	Box last = { 0 };
	for (guint at = 0; at < self->path->len && !self->odd;) {
		Part part = next_part(self->path, &at);
		mark(self, part.box, &self->state.fill);
		if (is_dark(&self->state.fill) && is_frame(&part, last))
			self->odd = true;
		if (width(part.box) >= FRAME_PT && height(part.box) >= FRAME_PT)
			last = part.box;
	}
}

static void
stroke_path(PdfPaint *self)
{
	const PdfMatrix *m = &self->state.matrix;
	double high = MAX(HAIR_PT, self->state.line_width * hypot(m->b, m->d)) / 2;
	double wide = MAX(HAIR_PT, self->state.line_width * hypot(m->a, m->c)) / 2;
	for (guint i = 0; i < self->path->len && !self->odd; i++) {
		const Step *step = &g_array_index(self->path, Step, i);
		Box box = box_of(step->x0, step->y0, step->x1, step->y1);
		if (!is_straight(step))
			continue;
		if (width(box) <= STRAIGHT_PT)
			box = (Box){ box.x0 - wide, box.y0, box.x1 + wide, box.y1 };
		if (height(box) <= STRAIGHT_PT)
			box = (Box){ box.x0, box.y0 - high, box.x1, box.y1 + high };
		mark(self, box, &self->state.stroke);
	}
}

/* Clips are boxes here; a clip of another form is taken for the box around it. */
static void
clip_to_path(PdfPaint *self)
{
	guint at = 0;
	if (!self->path->len)
		return;
	Box all = next_part(self->path, &at).box;
	while (at < self->path->len)
		all = enclose(all, next_part(self->path, &at).box);
	self->state.clip = common(self->state.clip, all);
}

void
pdf_paint_path(PdfPaint *self, bool fill, bool stroke)
{
	if (fill)
		fill_path(self);
	if (stroke)
		stroke_path(self);
	if (self->clip_next)
		clip_to_path(self);
	self->clip_next = false;
	self->begun = false;
	g_array_set_size(self->path, 0);
}

void
pdf_paint_picture(PdfPaint *self)
{
	Box box = pdf_matrix_box(self->state.matrix, (Box){ 0, 0, 1, 1 });
	const PdfInk dark = { .alpha = 1 };
	if (width(box) <= PDF_THIN_PT || height(box) <= PDF_THIN_PT)
		mark(self, box, &dark);
	else
		self->out->pictured += width(box) * height(box);
}

/* What lies at a point: the last shape, or paper. */
static double
grey_at(const PdfPaint *self, double x, double y)
{
	for (guint i = self->solid->len; i-- > 0;) {
		const Shape *shape = &g_array_index(self->solid, Shape, i);
		if (x > shape->box.x0 && x < shape->box.x1 && y > shape->box.y0 &&
			y < shape->box.y1)
			return shape->grey;
	}
	return 1;
}

/* Darker than both its sides. */
static bool
stands_out(const PdfPaint *self, const Shape *bar)
{
	Box box = bar->box;
	double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2, least = bar->grey + CONTRAST;
	if (width(box) >= height(box))
		return grey_at(self, x, box.y0 - SIDE_PT) > least &&
			grey_at(self, x, box.y1 + SIDE_PT) > least;
	return grey_at(self, box.x0 - SIDE_PT, y) > least &&
		grey_at(self, box.x1 + SIDE_PT, y) > least;
}

void
pdf_paint_finish(PdfPaint *self)
{
	self->compared += (long)self->bars->len * self->solid->len;
	if (self->compared > MAX_COMPARED)
		self->odd = true;
	for (guint i = 0; i < self->bars->len && !self->odd; i++) {
		const Shape *bar = &g_array_index(self->bars, Shape, i);
		if (stands_out(self, bar))
			g_array_append_val(self->out->bars, bar->box);
	}
}

void
pdf_paint_init(PdfPaint *self, PdfMatrix matrix, Box page, PdfDrawing *out)
{
	const PdfInk black = { .space = PDF_SPACE_GREY, .alpha = 1 };
	*self = (PdfPaint){ .state = { matrix, page, 1, black, black }, .out = out };
	self->path = g_array_new(FALSE, FALSE, sizeof(Step));
	self->bars = g_array_new(FALSE, FALSE, sizeof(Shape));
	self->solid = g_array_new(FALSE, FALSE, sizeof(Shape));
}

void
pdf_paint_clear(PdfPaint *self)
{
	g_array_unref(self->path);
	g_array_unref(self->bars);
	g_array_unref(self->solid);
}
