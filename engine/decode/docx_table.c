/*
 * Tables of a DOCX: grid columns and merged cells to rows, columns and spans. A borderless table
 * that holds the head or foot of an NĐ 30 document becomes two columns side by side.
 */
#include "decode/docx_reader.h"

#include "base/text.h"

#include <string.h>

typedef enum { MERGE_NONE, MERGE_START, MERGE_GOES_ON } Merge;

struct TableState {
	TableState *outer;
	Block *block;
	Block **cell_tail;
	Block *dropped; /* content that no longer shows goes here */
	int number, row, column;
	int span; /* of the open cell */
	Merge merge, side_merge;
	bool cell_open, cell_deleted, row_deleted;
	GArray *above; /* per column from 1: index of the cell that may be merged further down, or
			  -1 */
	signed char lines; /* Switch: what the table itself says of borders */
	int lined_sides;   /* sides of cells that are drawn */
	int bare_cells;    /* cells that turn lines off and draw none */
	bool cell_lined, cell_bare;
	const char *style;
};

#define COLUMNS_MAX 512

void
table_open(Docx *docx, Story *story)
{
	if (story->table)
		table_ensure_cell(docx, story);
	TableState *table = g_new0(TableState, 1);
	Place place = story_place(docx, story);
	place.table = table->number = ++docx->tables;
	place.row = place.column = 0;
	Block ***tail = story->table ? &story->table->cell_tail : story->tail;
	table->block = doc_add_table(docx->doc, tail, place);
	table->cell_tail = &table->dropped;
	table->above = g_array_new(FALSE, FALSE, sizeof(int));
	table->lines = UNSET;
	table->outer = story->table;
	story->table = table;
	docx->blocks++;
}

Block ***
table_tail(Story *story)
{
	return &story->table->cell_tail;
}

void
table_place(const Story *story, Place *place)
{
	place->table = story->table->number;
	place->row = story->table->row;
	place->column = story->table->column;
}

static int *
above(TableState *table, int column)
{
	while ((int)table->above->len <= column)
		g_array_append_vals(table->above, &(int){ -1 }, 1);
	return &g_array_index(table->above, int, column);
}

void
table_start_row(Story *story)
{
	TableState *table = story->table;
	table->row++;
	table->column = 1;
	table->span = 1;
	table->cell_open = false;
	table->row_deleted = false;
}

void
table_start_cell(Story *story)
{
	TableState *table = story->table;
	table->span = 1;
	table->merge = table->side_merge = MERGE_NONE;
	table->cell_open = table->cell_deleted = false;
	table->cell_lined = table->cell_bare = false;
	table->cell_tail = &table->dropped;
}

/* A cell that goes on from above makes that one taller; what stands in it does not show. */
static bool
merge_down(TableState *table)
{
	int index = *above(table, table->column);
	if (table->merge != MERGE_GOES_ON || index < 0)
		return false;
	Cell *cell = &table->block->table.cells[index];
	if (cell->column != table->column || cell->row + cell->row_span != table->row)
		return false;
	cell->row_span++;
	return true;
}

void
table_ensure_cell(Docx *docx, Story *story)
{
	TableState *table = story->table;
	if (table->cell_open || !table->row)
		return;
	table->cell_open = true;
	if (table->row_deleted || table->cell_deleted || table->column > COLUMNS_MAX ||
		merge_down(table))
		return;
	if (table->side_merge == MERGE_GOES_ON && table->block->table.n_cells) {
		table->block->table.cells[table->block->table.n_cells - 1].column_span +=
			table->span;
		return;
	}
	Cell *cell =
		doc_add_cell(docx->doc, table->block, table->row, table->column, 1, table->span);
	table->cell_tail = &cell->blocks;
	for (int i = 0; i < table->span; i++)
		*above(table, table->column + i) = -1;
	if (table->merge != MERGE_NONE)
		*above(table, table->column) = table->block->table.n_cells - 1;
	docx->blocks++;
}

void
table_end_cell(Docx *docx, Story *story)
{
	if (!story->table)
		return;
	table_ensure_cell(docx, story);
	story->table->bare_cells += story->table->cell_bare && !story->table->cell_lined;
	if (!story->table->cell_deleted)
		story->table->column += story->table->span;
}

void
table_delete_row(Story *story)
{
	if (!story->table || story->table->row_deleted)
		return;
	story->table->row_deleted = true;
	story->table->row--;
}

bool
table_row_is_deleted(const Story *story)
{
	return story->table && story->table->row_deleted;
}

void
table_delete_cell(Story *story)
{
	if (story->table)
		story->table->cell_deleted = true;
}

/* ---- properties ---------------------------------------------------------------------------- */

static bool
is_drawn(const Sax *sax)
{
	return !(sax_is(sax, "val", "none") || sax_is(sax, "val", "nil"));
}

static void
take_border(TableState *table, const Sax *sax)
{
	if (sax_inside(sax, 1, "tblBorders"))
		table->lines = table->lines == ON || is_drawn(sax) ? ON : OFF;
	if (!sax_inside(sax, 1, "tcBorders"))
		return;
	table->lined_sides += is_drawn(sax);
	*(is_drawn(sax) ? &table->cell_lined : &table->cell_bare) = true;
}

void
table_take(Docx *docx, Story *story, const Sax *sax)
{
	TableState *table = story->table;
	const char *name = sax_parent(sax, 0);
	char style[256];
	if (!table)
		return;
	if (strcmp(name, "gridSpan") == 0)
		table->span = CLAMP(sax_int(sax, "val", 1), 1, COLUMNS_MAX);
	else if (strcmp(name, "vMerge") == 0)
		table->merge = sax_is(sax, "val", "restart") ? MERGE_START : MERGE_GOES_ON;
	else if (strcmp(name, "hMerge") == 0)
		table->side_merge = sax_is(sax, "val", "restart") ? MERGE_START : MERGE_GOES_ON;
	else if (strcmp(name, "gridBefore") == 0)
		table->column += CLAMP(sax_int(sax, "val", 0), 0, COLUMNS_MAX);
	else if (strcmp(name, "tblStyle") == 0 && sax_attribute(sax, "val", style, sizeof style))
		table->style = g_string_chunk_insert_const(docx->names, style);
	else
		take_border(table, sax);
}

/* ---- two columns side by side -------------------------------------------------------------- */

static bool
has_lines(const Docx *docx, const TableState *table)
{
	int cells = table->block->table.n_cells;
	if (table->lined_sides >= cells)
		return true;
	if (table->bare_cells >= cells)
		return false;
	if (table->lines != UNSET)
		return table->lines == ON;
	return styles_table_has_lines(docx->styles, table->style);
}

static bool
add_key(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	GString *out = user;
	g_string_append(out, para->para.text);
	g_string_append_c(out, '\n');
	return out->len < 4000;
}

/* The words that only heads and feet carry (NĐ 30 and the Party's form of it). */
static bool
is_head_or_foot(const Table *table)
{
	static const char *const words[] = { "cộng hòa xã hội chủ nghĩa", "độc lập - tự do",
		"đảng cộng sản việt nam", "nơi nhận", "ghi rõ họ tên" };
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < table->n_cells && text->len < 4000; i++)
		doc_visit_paras(table->cells[i].blocks, add_key, text);
	g_autofree char *key = text_key(text->str);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *word = text_key(words[i]);
		if (strstr(key, word))
			return true;
	}
	return false;
}

/* Two posts in capitals over a line or two: who signs left and right, as under minutes. */
static bool
is_signatures(const Table *table, int rows)
{
	int capitals = 0;
	for (int i = 0; i < table->n_cells && table->cells[i].row == 1; i++) {
		const Block *block = table->cells[i].blocks;
		capitals += block && block->kind == BLOCK_PARA && text_is_caps(block->para.text);
	}
	return capitals == 2 && rows <= 3;
}

static bool
is_blank(const Cell *cell)
{
	return !cell->blocks;
}

/* At most two cells a row that say something, and a row that has two. */
static bool
is_two_columns(const Table *table)
{
	int row = 0, filled = 0, cells = 0, most = 0;
	for (int i = 0; i < table->n_cells; i++) {
		if (table->cells[i].row != row)
			filled = cells = 0;
		row = table->cells[i].row;
		filled += !is_blank(&table->cells[i]);
		most = MAX(most, ++cells);
		if (filled > 2)
			return false;
	}
	return most > 1;
}

static Block **
end_of(Block **blocks)
{
	while (*blocks)
		blocks = &(*blocks)->next;
	return blocks;
}

/* Where the right column begins; 0 when the rows do not agree. */
static int
right_column(const Table *table)
{
	int right = 0;
	for (int i = 0; i < table->n_cells; i++) {
		const Cell *cell = &table->cells[i];
		if (cell->column == 1 || is_blank(cell))
			continue;
		if (right && cell->column != right)
			return 0;
		right = cell->column;
	}
	return right;
}

/* The rows of a head or foot are lines of two columns: one cell a column. Paragraphs keep the row
 * and column of the file in their places. */
static void
join_rows(Doc *doc, Block *block)
{
	Table *table = &block->table;
	int right = right_column(table);
	for (int i = 0; i < table->n_cells; i++) {
		const Cell *cell = &table->cells[i];
		bool across = cell->column == 1 && cell->column + cell->column_span > right;
		if (!right || (across && !is_blank(cell)))
			return; /* a line across both: leave it as it is */
	}
	Table joined = { .layout = true };
	Block whole = { .kind = BLOCK_TABLE, .place = block->place, .table = joined };
	for (int column = 1; column <= 2; column++) {
		Cell *cell = doc_add_cell(doc, &whole, 1, column, 1, 1);
		Block **tail = &cell->blocks;
		for (int i = 0; i < table->n_cells; i++) {
			if ((table->cells[i].column == 1) != (column == 1))
				continue;
			*tail = table->cells[i].blocks;
			tail = end_of(tail);
		}
	}
	block->table = whole.table;
}

void
table_close(Docx *docx, Story *story)
{
	TableState *table = story->table;
	if (!table)
		return;
	Table *shape = &table->block->table;
	shape->layout = !has_lines(docx, table) && shape->n_cells > 1 && is_two_columns(shape);
	if (shape->layout) {
		bool known = is_head_or_foot(shape) || is_signatures(shape, table->row);
		shape->layout = known || table->row == 1;
		if (known && table->row > 1)
			join_rows(docx->doc, table->block);
	}
	doc_end_table(docx->doc, table->block);
	story->table = table->outer;
	g_array_unref(table->above);
	g_free(table);
}
