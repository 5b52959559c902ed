/* Content streams of a page -> thin marks and the area of pictures. Operators in a table; forms are
 * run where they are drawn. Letters are passed over. */
#include "decode/pdf_drawing.h"

#include "decode/pdf_content.h"
#include "decode/pdf_paint.h"

#include <math.h>
#include <string.h>

enum { MAX_FORM_DEPTH = 10, MAX_FORMS = 2000, MAX_OPERATORS = 4000000, MAX_SAVED = 256 };

/* One content stream and the page around it. */
typedef struct {
	PdfPaint paint;
	PdfPages *pages;
	PdfObjects *objects;
	Arena *arena;
	PdfContent *content; /* lent: the stream that is being run */
	const PdfValue *resources;
	GArray *saved; /* of PdfGraphics */
	int depth, forms;
	long operators;
} Drawing;

static double
number(const Drawing *self, int i)
{
	return self->content->numbers[i];
}

static void run(Drawing *self, const PdfValue *stream, const PdfValue *resources);

/* ---- state --------------------------------------------------------------------------------- */

static void
op_save(Drawing *self)
{
	if (self->saved->len < MAX_SAVED)
		g_array_append_val(self->saved, self->paint.state);
	else
		self->paint.odd = true;
}

static void
op_restore(Drawing *self)
{
	if (!self->saved->len)
		return;
	self->paint.state = g_array_index(self->saved, PdfGraphics, self->saved->len - 1);
	g_array_set_size(self->saved, self->saved->len - 1);
}

static void
op_matrix(Drawing *self)
{
	PdfMatrix more = { number(self, 0), number(self, 1), number(self, 2), number(self, 3),
		number(self, 4), number(self, 5) };
	self->paint.state.matrix = pdf_matrix_multiply(more, self->paint.state.matrix);
}

static void
op_width(Drawing *self)
{
	self->paint.state.line_width = fabs(number(self, 0));
}

/* The resource that the operator names; of kind PDF_NULL when there is none. */
static const PdfValue *
resource(Drawing *self, const char *category)
{
	const PdfValue *list = pdf_lookup(self->objects, self->resources, category);
	g_autofree char *name =
		g_strndup((const char *)self->content->name, self->content->name_size);
	if (name && strchr(name, '#')) /* written in code */
		self->paint.odd = true;
	return pdf_lookup(self->objects, list, name ? name : "");
}

static void
take_alpha(Drawing *self, const PdfValue *graphics, const char *key, PdfInk *ink)
{
	const PdfValue *alpha = pdf_lookup(self->objects, graphics, key);
	if (alpha->kind == PDF_NUMBER)
		ink->alpha = CLAMP(alpha->number, 0, 1);
}

/* A blend mode lets through what lies below. */
static void
op_graphics(Drawing *self)
{
	const PdfValue *graphics = resource(self, "ExtGState");
	const PdfValue *width = pdf_lookup(self->objects, graphics, "LW");
	take_alpha(self, graphics, "ca", &self->paint.state.fill);
	take_alpha(self, graphics, "CA", &self->paint.state.stroke);
	if (width->kind == PDF_NUMBER)
		self->paint.state.line_width = fabs(width->number);
}

/* ---- colour -------------------------------------------------------------------------------- */

static PdfSpace
space_of_count(double n)
{
	return n == 1    ? PDF_SPACE_GREY
		: n == 3 ? PDF_SPACE_RGB
		: n == 4 ? PDF_SPACE_CMYK
			 : PDF_SPACE_OTHER;
}

static PdfSpace
space_of_name(const PdfValue *name)
{
	static const struct {
		const char *name;
		PdfSpace space;
	} spaces[] = { { "DeviceGray", PDF_SPACE_GREY }, { "DeviceRGB", PDF_SPACE_RGB },
		{ "DeviceCMYK", PDF_SPACE_CMYK }, { "CalGray", PDF_SPACE_GREY },
		{ "CalRGB", PDF_SPACE_RGB }, { "Separation", PDF_SPACE_TINT } };
	for (size_t i = 0; i < G_N_ELEMENTS(spaces); i++)
		if (pdf_is_name(name, spaces[i].name))
			return spaces[i].space;
	return PDF_SPACE_OTHER;
}

static PdfSpace
space_of(Drawing *self)
{
	const PdfValue named = {
		.kind = PDF_NAME, .text = self->content->name, .size = self->content->name_size
	};
	PdfSpace space = space_of_name(&named);
	const PdfValue *value = resource(self, "ColorSpace");
	if (space != PDF_SPACE_OTHER || value->kind == PDF_NAME)
		return space != PDF_SPACE_OTHER ? space : space_of_name(value);
	if (value->kind != PDF_ARRAY || !value->n_items)
		return PDF_SPACE_OTHER;
	const PdfValue *kind = pdf_resolve(self->objects, &value->items[0]);
	if (!pdf_is_name(kind, "ICCBased") || value->n_items < 2)
		return space_of_name(kind);
	const PdfValue *profile = pdf_resolve(self->objects, &value->items[1]);
	return space_of_count(pdf_lookup(self->objects, profile, "N")->number);
}

static void
set_space(Drawing *self, PdfInk *ink)
{
	ink->space = space_of(self);
	ink->grey = 0;
}

static void
set_colour(Drawing *self, PdfInk *ink, PdfSpace space, int n)
{
	double grey = pdf_grey_of(space, self->content->numbers, MIN(n, PDF_MOST_OPERANDS));
	ink->space = space;
	ink->grey = isfinite(grey) ? CLAMP(grey, 0, 1) : 0;
}

static PdfInk *
fill_ink(Drawing *self)
{
	return &self->paint.state.fill;
}

static PdfInk *
stroke_ink(Drawing *self)
{
	return &self->paint.state.stroke;
}

static void
op_fill_space(Drawing *self)
{
	set_space(self, fill_ink(self));
}

static void
op_stroke_space(Drawing *self)
{
	set_space(self, stroke_ink(self));
}

static void
op_fill_colour(Drawing *self)
{
	set_colour(self, fill_ink(self), fill_ink(self)->space, self->content->n_numbers);
}

static void
op_stroke_colour(Drawing *self)
{
	set_colour(self, stroke_ink(self), stroke_ink(self)->space, self->content->n_numbers);
}

static void
op_fill_grey(Drawing *self)
{
	set_colour(self, fill_ink(self), PDF_SPACE_GREY, 1);
}

static void
op_stroke_grey(Drawing *self)
{
	set_colour(self, stroke_ink(self), PDF_SPACE_GREY, 1);
}

static void
op_fill_rgb(Drawing *self)
{
	set_colour(self, fill_ink(self), PDF_SPACE_RGB, 3);
}

static void
op_stroke_rgb(Drawing *self)
{
	set_colour(self, stroke_ink(self), PDF_SPACE_RGB, 3);
}

static void
op_fill_cmyk(Drawing *self)
{
	set_colour(self, fill_ink(self), PDF_SPACE_CMYK, 4);
}

static void
op_stroke_cmyk(Drawing *self)
{
	set_colour(self, stroke_ink(self), PDF_SPACE_CMYK, 4);
}

/* ---- paths --------------------------------------------------------------------------------- */

static void
op_move(Drawing *self)
{
	pdf_paint_move(&self->paint, number(self, 0), number(self, 1));
}

static void
op_line(Drawing *self)
{
	pdf_paint_line(&self->paint, number(self, 0), number(self, 1));
}

static void
op_curve(Drawing *self)
{
	pdf_paint_curve(&self->paint, self->content->numbers, 6);
}

static void
op_short_curve(Drawing *self)
{
	pdf_paint_curve(&self->paint, self->content->numbers, 4);
}

static void
op_close(Drawing *self)
{
	pdf_paint_close(&self->paint);
}

static void
op_rectangle(Drawing *self)
{
	pdf_paint_rectangle(
		&self->paint, number(self, 0), number(self, 1), number(self, 2), number(self, 3));
}

static void
op_fill(Drawing *self)
{
	pdf_paint_path(&self->paint, true, false);
}

static void
op_stroke(Drawing *self)
{
	pdf_paint_path(&self->paint, false, true);
}

static void
op_close_stroke(Drawing *self)
{
	pdf_paint_close(&self->paint);
	pdf_paint_path(&self->paint, false, true);
}

static void
op_both(Drawing *self)
{
	pdf_paint_path(&self->paint, true, true);
}

static void
op_close_both(Drawing *self)
{
	pdf_paint_close(&self->paint);
	pdf_paint_path(&self->paint, true, true);
}

static void
op_end_path(Drawing *self)
{
	pdf_paint_path(&self->paint, false, false);
}

static void
op_clip(Drawing *self)
{
	self->paint.clip_next = true;
}

/* ---- pictures, forms, optional content ----------------------------------------------------- */

static void
clip_to_form(Drawing *self, const PdfValue *box)
{
	double at[4];
	if (box->kind != PDF_ARRAY || box->n_items != 4)
		return;
	for (int i = 0; i < 4; i++)
		at[i] = pdf_resolve(self->objects, &box->items[i])->number;
	pdf_paint_rectangle(&self->paint, at[0], at[1], at[2] - at[0], at[3] - at[1]);
	op_clip(self);
	op_end_path(self);
}

static void
move_to_form(Drawing *self, const PdfValue *matrix)
{
	double at[6];
	if (matrix->kind != PDF_ARRAY || matrix->n_items != 6)
		return;
	for (int i = 0; i < 6; i++)
		at[i] = pdf_resolve(self->objects, &matrix->items[i])->number;
	PdfMatrix own = { at[0], at[1], at[2], at[3], at[4], at[5] };
	self->paint.state.matrix = pdf_matrix_multiply(own, self->paint.state.matrix);
}

static void
draw_form(Drawing *self, const PdfValue *form)
{
	const PdfValue *resources = pdf_lookup(self->objects, form, "Resources");
	if (self->depth >= MAX_FORM_DEPTH || ++self->forms > MAX_FORMS) {
		self->paint.odd = true;
		return;
	}
	guint saved = self->saved->len;
	op_save(self);
	move_to_form(self, pdf_lookup(self->objects, form, "Matrix"));
	clip_to_form(self, pdf_lookup(self->objects, form, "BBox"));
	run(self, form, resources->kind == PDF_NULL ? self->resources : resources);
	if (self->saved->len > saved) {
		g_array_set_size(self->saved, saved + 1);
		op_restore(self);
	}
}

static void
op_object(Drawing *self)
{
	const PdfValue *object = resource(self, "XObject");
	const PdfValue *kind = pdf_lookup(self->objects, object, "Subtype");
	if (pdf_peek(object, "OC"))
		self->paint.odd = true;
	else if (pdf_is_name(kind, "Form"))
		draw_form(self, object);
	else if (pdf_is_name(kind, "Image"))
		pdf_paint_picture(&self->paint);
}

static void
op_inline_picture(Drawing *self)
{
	pdf_content_skip_picture(self->content);
	pdf_paint_picture(&self->paint);
}

static void
op_marked(Drawing *self)
{
	if (self->content->name_size == 2 && memcmp(self->content->name, "OC", 2) == 0)
		self->paint.odd = true;
}

/* ---- running ------------------------------------------------------------------------------- */

typedef struct {
	uint32_t word;
	int operands; /* fewer: it does nothing */
	void (*act)(Drawing *self);
} Operator;

static const Operator operators[] = {
	{ PDF_WORD('q', 0, 0), 0, op_save },
	{ PDF_WORD('Q', 0, 0), 0, op_restore },
	{ PDF_WORD('r', 'e', 0), 4, op_rectangle },
	{ PDF_WORD('m', 0, 0), 2, op_move },
	{ PDF_WORD('l', 0, 0), 2, op_line },
	{ PDF_WORD('h', 0, 0), 0, op_close },
	{ PDF_WORD('f', 0, 0), 0, op_fill },
	{ PDF_WORD('f', '*', 0), 0, op_fill },
	{ PDF_WORD('F', 0, 0), 0, op_fill },
	{ PDF_WORD('S', 0, 0), 0, op_stroke },
	{ PDF_WORD('s', 0, 0), 0, op_close_stroke },
	{ PDF_WORD('B', 0, 0), 0, op_both },
	{ PDF_WORD('B', '*', 0), 0, op_both },
	{ PDF_WORD('b', 0, 0), 0, op_close_both },
	{ PDF_WORD('b', '*', 0), 0, op_close_both },
	{ PDF_WORD('n', 0, 0), 0, op_end_path },
	{ PDF_WORD('W', 0, 0), 0, op_clip },
	{ PDF_WORD('W', '*', 0), 0, op_clip },
	{ PDF_WORD('c', 0, 0), 6, op_curve },
	{ PDF_WORD('v', 0, 0), 4, op_short_curve },
	{ PDF_WORD('y', 0, 0), 4, op_short_curve },
	{ PDF_WORD('c', 'm', 0), 6, op_matrix },
	{ PDF_WORD('w', 0, 0), 1, op_width },
	{ PDF_WORD('g', 's', 0), 0, op_graphics },
	{ PDF_WORD('g', 0, 0), 1, op_fill_grey },
	{ PDF_WORD('G', 0, 0), 1, op_stroke_grey },
	{ PDF_WORD('r', 'g', 0), 3, op_fill_rgb },
	{ PDF_WORD('R', 'G', 0), 3, op_stroke_rgb },
	{ PDF_WORD('k', 0, 0), 4, op_fill_cmyk },
	{ PDF_WORD('K', 0, 0), 4, op_stroke_cmyk },
	{ PDF_WORD('c', 's', 0), 0, op_fill_space },
	{ PDF_WORD('C', 'S', 0), 0, op_stroke_space },
	{ PDF_WORD('s', 'c', 0), 0, op_fill_colour },
	{ PDF_WORD('s', 'c', 'n'), 0, op_fill_colour },
	{ PDF_WORD('S', 'C', 0), 0, op_stroke_colour },
	{ PDF_WORD('S', 'C', 'N'), 0, op_stroke_colour },
	{ PDF_WORD('D', 'o', 0), 0, op_object },
	{ PDF_WORD('I', 'D', 0), 0, op_inline_picture },
	{ PDF_WORD('B', 'D', 'C'), 0, op_marked },
};

/* Operators with other operands than they take are not for this reader to judge. */
static void
act(Drawing *self, uint32_t word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		if (operators[i].word != word)
			continue;
		pdf_content_numbers(self->content);
		if (operators[i].operands && self->content->n_numbers != operators[i].operands)
			self->paint.odd = true;
		else
			operators[i].act(self);
		return;
	}
}

/* "Tf", "TJ", "BT": most of a page's operators, and none that draws. */
static bool
is_of_letters(uint32_t word)
{
	return word >> 16 == 'T' || (word >> 8 & 0xff) == 'T';
}

static void
run(Drawing *self, const PdfValue *stream, const PdfValue *resources)
{
	PdfContent content = { 0 }, *outer = self->content;
	const PdfValue *outer_resources = self->resources;
	content.data = pdf_pages_content(self->pages, stream, self->arena, &content.size);
	if (!content.data)
		self->paint.odd = true;
	self->content = &content;
	self->resources = resources;
	self->depth++;
	while (!self->paint.odd && content.data && pdf_content_next(&content)) {
		if (++self->operators > MAX_OPERATORS)
			self->paint.odd = true;
		if (!is_of_letters(content.word))
			act(self, content.word);
	}
	self->depth--;
	self->content = outer;
	self->resources = outer_resources;
}

/* To points from the top left of the page, turned as it is shown. */
static PdfMatrix
page_matrix(const PdfPageObject *page)
{
	switch (page->turn) {
	case 90:
		return (PdfMatrix){ 0, 1, 1, 0, -page->y0, -page->x0 };
	case 180:
		return (PdfMatrix){ -1, 0, 0, 1, page->x1, -page->y0 };
	case 270:
		return (PdfMatrix){ 0, -1, -1, 0, page->y1, page->x1 };
	default:
		return (PdfMatrix){ 1, 0, 0, -1, -page->x0, page->y1 };
	}
}

static bool
has_size(const PdfPageObject *page, double width, double height)
{
	bool turned = page->turn % 180 != 0;
	double own_width = page->x1 - page->x0, own_height = page->y1 - page->y0;
	return fabs((turned ? own_height : own_width) - width) < 0.5 &&
		fabs((turned ? own_width : own_height) - height) < 0.5;
}

bool
pdf_drawing_read(
	PdfPages *pages, int page_number, double width_pt, double height_pt, PdfDrawing *ret)
{
	const PdfPageObject *page = pdf_pages_at(pages, page_number);
	*ret = (PdfDrawing){ g_array_new(FALSE, FALSE, sizeof(Box)), 0 };
	if (!has_size(page, width_pt, height_pt))
		return false;
	g_autoptr(Arena) arena = arena_new();
	Drawing self = { .pages = pages, .objects = pdf_pages_objects(pages), .arena = arena };
	self.saved = g_array_new(FALSE, FALSE, sizeof(PdfGraphics));
	pdf_paint_init(&self.paint, page_matrix(page), (Box){ 0, 0, width_pt, height_pt }, ret);
	run(&self, page->contents, page->resources);
	pdf_paint_finish(&self.paint);
	pdf_paint_clear(&self.paint);
	g_array_unref(self.saved);
	return !self.paint.odd;
}

/* " 3 Tr ", " 7 Tr ": not the letters of a string, in which a number may stand for one. */
static bool
sets_no_ink(const char *content, size_t size)
{
	const char *end = content + size;
	for (const char *p = content; (p = memchr(p, 'T', (size_t)(end - p))); p++)
		if (p - content >= 3 && end - p > 2 && p[1] == 'r' && g_ascii_isspace(p[2]) &&
			p[-1] == ' ' && (p[-2] == '3' || p[-2] == '7') && g_ascii_isspace(p[-3]))
			return true;
	return false;
}

bool
pdf_drawing_has_unseen(PdfPages *pages, int page_number)
{
	g_autoptr(Arena) arena = arena_new();
	size_t size = 0;
	const PdfPageObject *page = pdf_pages_at(pages, page_number);
	const unsigned char *content = pdf_pages_content(pages, page->contents, arena, &size);
	return content && sets_no_ink((const char *)content, size);
}

void
pdf_drawing_clear(PdfDrawing *self)
{
	g_clear_pointer(&self->bars, g_array_unref);
}
