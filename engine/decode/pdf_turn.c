/* A page whose text runs up or down, to one that is read as it lies: programs that print a wide table on
 * upright paper write it so, and nothing in the file says that the paper has to be turned. */
#include "decode/pdf_layout.h"

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

static bool
is_letter(const PdfGlyph *glyph)
{
	return g_unichar_isalnum(glyph->c);
}

PdfTurn
pdf_turn_find(const GArray *glyphs)
{
	Steps steps = { 0 };
	for (guint i = 1; i < glyphs->len; i++) {
		const PdfGlyph *from = &g_array_index(glyphs, PdfGlyph, i - 1);
		if (is_letter(from) && is_letter(from + 1))
			add_step(&steps, from, from + 1);
	}
	int most = MAX(steps.down, steps.up);
	if (most < LEAST_STEPS || most < 4 * (steps.across + MIN(steps.down, steps.up)))
		return PDF_TURN_NONE;
	return steps.down > steps.up ? PDF_TURN_LEFT : PDF_TURN_RIGHT;
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

void
pdf_turn_page(PdfPage *page)
{
	page->turn = pdf_turn_find(page->glyphs);
	if (!page->turn)
		return;
	double width_pt = page->width_pt;
	page->width_pt = page->height_pt;
	page->height_pt = width_pt;
	for (guint i = 0; i < page->glyphs->len; i++) {
		PdfGlyph *glyph = &g_array_index(page->glyphs, PdfGlyph, i);
		glyph->box = turn_box(page, glyph->box);
	}
	pdf_turn_boxes(page, page->signatures);
}
