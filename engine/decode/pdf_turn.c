/* A page whose text runs up or down, to one that is read as it lies: programs that print a wide
 * table on upright paper write it so, and nothing in the file says that the paper has to be turned.
 * Single lines that do are laid down. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define LEAST_STEPS 40 /* from letter to letter: a stamp at the margin turns no page */

typedef struct {
	int across, down, up;
} Steps;

static void
add_step(Steps *steps, const PdfGlyph *from, const PdfGlyph *to)
{
	double x = (to->box.x0 + to->box.x1 - from->box.x0 - from->box.x1) / 2;
	double y = (to->box.y0 + to->box.y1 - from->box.y0 - from->box.y1) / 2;
	if (fabs(x) >= fabs(y))
		steps->across++;
	else if (y > 0)
		steps->down++;
	else
		steps->up++;
}

static inline bool
is_letter(const PdfGlyph *glyph)
{
	gunichar c = glyph->c;
	return letter_is_alpha(c) || (c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isalnum(c));
}

static Steps
count_steps(const GArray *glyphs)
{
	Steps steps = { 0 };
	bool before = false;
	for (guint i = 0; i < glyphs->len; i++) {
		const PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, i);
		bool letter = is_letter(glyph);
		if (before && letter)
			add_step(&steps, glyph - 1, glyph);
		before = letter;
	}
	return steps;
}

static PdfTurn
turn_of(const Steps *steps)
{
	int most = MAX(steps->down, steps->up);
	if (most < LEAST_STEPS || most < 4 * (steps->across + MIN(steps->down, steps->up)))
		return PDF_TURN_NONE;
	return steps->down > steps->up ? PDF_TURN_LEFT : PDF_TURN_RIGHT;
}

PdfTurn
pdf_turn_find(const GArray *glyphs)
{
	Steps steps = count_steps(glyphs);
	return turn_of(&steps);
}

/* `page` has its size after the turn. */
static Box
turn_box(const PdfPage *page, Box box)
{
	if (page->turn == PDF_TURN_LEFT)
		return (Box){ box.y0, page->height_pt - box.x1, box.y1, page->height_pt - box.x0 };
	return (Box){ page->width_pt - box.y1, box.x0, page->width_pt - box.y0, box.x1 };
}

void
pdf_turn_boxes(const PdfPage *page, GArray *boxes)
{
	for (guint i = 0; page->turn && i < boxes->len; i++) {
		Box *box = &g_array_index(boxes, Box, i);
		*box = turn_box(page, *box);
	}
}

/* ---- single lines ---- */

/* Glyphs [from, to) of one line that runs up or down. */
typedef struct {
	guint from, to;
	bool down;
	Box box;
} Upright;

/* The line that begins at `from`; *ret_upright where it is one. Returns what follows. */
static guint
next_line(const GArray *glyphs, guint from, Upright *ret_upright, bool *ret_is)
{
	Steps steps = { 0 };
	Box box = { 0 };
	guint to = from;
	bool before = false;
	for (; to < glyphs->len && g_array_index(glyphs, PdfGlyph, to).c != '\n'; to++) {
		const PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, to);
		bool letter = is_letter(glyph);
		box = to > from ? box_union(box, glyph->box) : glyph->box;
		if (before && letter)
			add_step(&steps, glyph - 1, glyph);
		before = letter;
	}
	*ret_is = !steps.across && steps.down + steps.up > 0;
	*ret_upright = (Upright){ from, to, steps.down > steps.up, box };
	return MIN(to + 1, glyphs->len);
}

/* Small, so that it stays inside the width that it had: a title of a narrow column. */
static void
lay_down(GArray *glyphs, const Upright *line)
{
	Box b = line->box;
	double length = b.y1 - b.y0, width = b.x1 - b.x0;
	double scale = length > width ? width / length : 1;
	double x = (b.x0 + b.x1) / 2 - length * scale / 2,
	       y = (b.y0 + b.y1) / 2 - width * scale / 2;
	for (guint i = line->from; i < line->to; i++) {
		PdfGlyph *glyph = &g_array_index(glyphs, PdfGlyph, i);
		double along = line->down ? glyph->box.y0 - b.y0 : b.y1 - glyph->box.y1;
		double across = line->down ? b.x1 - glyph->box.x1 : glyph->box.x0 - b.x0;
		double advance = glyph->box.y1 - glyph->box.y0,
		       height = glyph->box.x1 - glyph->box.x0;
		glyph->box = (Box){ x + along * scale, y + across * scale,
			x + (along + advance) * scale, y + (across + height) * scale };
		glyph->size_pt *= scale;
	}
}

/* Beside everything that is read as it lies: a registry's or a signing program's mark. */
static void
take_aside(PdfReading *reading, const PdfPage *page, const Upright *line)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = line->from; i < line->to; i++)
		g_string_append_unichar(text, g_array_index(page->glyphs, PdfGlyph, i).c);
	text_line(text);
	pdf_add_note(reading, page->number, "margin", text->str, line->box);
}

static bool
is_beside(const Box *body, const Upright *line)
{
	return body && (line->box.x1 < body->x0 || line->box.x0 > body->x1);
}

/* In one go from front to back: there may be as many lines as a hostile page likes. */
static void
settle(PdfReading *reading, PdfPage *page, const GArray *uprights, const Box *body)
{
	PdfGlyph *glyphs = (PdfGlyph *)(void *)page->glyphs->data;
	guint kept = 0, from = 0;
	for (guint i = 0; i < uprights->len; i++) {
		const Upright *line = &g_array_index(uprights, Upright, i);
		if (!is_beside(body, line)) {
			lay_down(page->glyphs, line);
			page->titled = true;
			continue;
		}
		take_aside(reading, page, line);
		memmove(glyphs + kept, glyphs + from, (line->from - from) * sizeof *glyphs);
		kept += line->from - from;
		from = line->to;
	}
	if (from == 0)
		return;
	memmove(glyphs + kept, glyphs + from, (page->glyphs->len - from) * sizeof *glyphs);
	g_array_set_size(page->glyphs, kept + page->glyphs->len - from);
}

static void
lay_lines(PdfReading *reading, PdfPage *page)
{
	g_autoptr(GArray) uprights = g_array_new(FALSE, FALSE, sizeof(Upright));
	Box body = { 0 };
	bool any = false, is = false;
	for (guint i = 0; i < page->glyphs->len;) {
		Upright line;
		i = next_line(page->glyphs, i, &line, &is);
		if (is)
			g_array_append_val(uprights, line);
		else if (line.to > line.from) {
			body = any ? box_union(body, line.box) : line.box;
			any = true;
		}
	}
	settle(reading, page, uprights, any ? &body : NULL);
}

void
pdf_turn_page(PdfReading *reading, PdfPage *page)
{
	Steps steps = count_steps(page->glyphs);
	page->turn = turn_of(&steps);
	if (!page->turn) {
		if (steps.down || steps.up)
			lay_lines(reading, page);
		return;
	}
	double width_pt = page->width_pt;
	page->width_pt = page->height_pt;
	page->height_pt = width_pt;
	for (guint i = 0; i < page->glyphs->len; i++) {
		PdfGlyph *glyph = &g_array_index(page->glyphs, PdfGlyph, i);
		glyph->box = turn_box(page, glyph->box);
	}
	pdf_turn_boxes(page, page->signatures);
}
