/* A table of cells with their lines -> a table of the Doc: which lines of a cell make one
 * paragraph. */
#include "decode/pdf_table.h"

#include <math.h>

#define PADDING 8 /* of a cell, both sides; Word's is 10.8, some set less */

/* How wide text is set in a column: its widest line. The border tells less, since padding is
 * unknown. */
static double
fill_of(const PdfTable *table, const PdfTableCell *from)
{
	double widest = 0;
	if (from->column_span > 1)
		return from->box.x1 - from->box.x0 - 12;
	for (guint i = 0; i < table->cells->len; i++) {
		const PdfTableCell *cell = pdf_table_cell(table, i);
		for (guint k = 0; cell->column == from->column && cell->column_span == 1 &&
			k < cell->lines->len;
			k++) {
			Box box = ((PdfLine *)cell->lines->pdata[k])->box;
			widest = MAX(widest, box.x1 - box.x0);
		}
	}
	return widest;
}

static const PdfWord *
first_word(const PdfLine *line)
{
	return ((PdfPiece *)line->pieces->pdata[0])->words;
}

/* The next line's first word had no room in the cell: the line was wrapped. */
static bool
is_wrapped(const PdfTableCell *cell, guint at)
{
	const PdfLine *line = cell->lines->pdata[at];
	Box word = first_word(cell->lines->pdata[at + 1])->box;
	double room = cell->box.x1 - cell->box.x0 - PADDING - (line->box.x1 - line->box.x0);
	return word.x1 - word.x0 + 0.25 * line->size_pt > room;
}

/* Every line ends well before the width: each is one thing (a number, a role). */
static bool
is_list(const PdfTableCell *cell)
{
	double width = 0.75 * (cell->box.x1 - cell->box.x0);
	for (guint i = 0; i < cell->lines->len; i++) {
		Box box = ((PdfLine *)cell->lines->pdata[i])->box;
		if (box.x1 - box.x0 > width || (i + 1 < cell->lines->len && is_wrapped(cell, i)))
			return false;
	}
	return cell->lines->len >= 3;
}

/* A line that is as long as most and goes on with a small letter: no list of names. */
static bool
is_prose(const PdfTableCell *cell)
{
	for (guint i = 0; i + 1 < cell->lines->len; i++) {
		Box box = ((PdfLine *)cell->lines->pdata[i])->box;
		const char *next = first_word(cell->lines->pdata[i + 1])->text;
		if (g_unichar_islower(g_utf8_get_char(next)) && !pdf_starts_item(next) &&
			box.x1 - box.x0 > 0.6 * (cell->box.x1 - cell->box.x0))
			return true;
	}
	return false;
}

static bool
lines_level(const PdfTableCell *a, const PdfTableCell *b)
{
	if (a->lines->len != b->lines->len)
		return false;
	for (guint i = 0; i < a->lines->len; i++) {
		double y = ((PdfLine *)a->lines->pdata[i])->box.y0,
		       z = ((PdfLine *)b->lines->pdata[i])->box.y0;
		if (fabs(y - z) > 3)
			return false;
	}
	return true;
}

/* Three names beside three numbers: lines level with those of a list in the same row are a list
 * too. */
static bool
beside_list(const PdfTable *table, guint at)
{
	const PdfTableCell *cell = pdf_table_cell(table, at);
	if (cell->lines->len < 3 || is_prose(cell))
		return false;
	for (guint i = at > 12 ? at - 12 : 0; i < MIN(at + 12, table->cells->len); i++) {
		const PdfTableCell *other = pdf_table_cell(table, i);
		if (other->row == cell->row && is_list(other) && lines_level(cell, other))
			return true;
	}
	return false;
}

static void
emit_cell(PdfReading *reading, Block *block, const PdfTableCell *from, bool list, double width_pt,
	const Place *table_place)
{
	Cell *cell = doc_add_cell(
		reading->doc, block, from->row, from->column, from->row_span, from->column_span);
	Block **tail = &cell->blocks;
	Place place = *table_place;
	place.page = from->page;
	place.row = from->row;
	place.column = from->column;
	place.box = from->box;
	cell->place = place;
	PdfMargins margins = { .left = from->box.x0,
		.right = from->box.x0 + width_pt,
		.pitch = pdf_pitch(from->lines) };
	pdf_paras_emit(reading, from->lines, list ? PDF_LIST : PDF_CELL, &margins, &place, &tail);
}

void
pdf_table_emit(PdfReading *reading, const PdfTable *table, Block ***tail)
{
	Place place = { .page = table->page, .table = ++reading->n_tables, .box = table->box };
	Block *block = doc_add_table(reading->doc, tail, place);
	block->table.layout = table->layout;
	g_autofree double *fills = g_new0(double, (gsize)table->n_columns + 1);
	for (guint i = 0; i < table->cells->len; i++) {
		const PdfTableCell *cell = pdf_table_cell(table, i);
		double *fill = cell->column_span > 1 ? &fills[0] : &fills[cell->column];
		if (*fill <= 0 || cell->column_span > 1)
			*fill = fill_of(table, cell);
		emit_cell(reading, block, cell, beside_list(table, i), *fill, &place);
	}
	doc_end_table(reading->doc, block);
}
