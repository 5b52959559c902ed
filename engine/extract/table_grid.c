/* The head of a table is found by what its cells say. */
#include "extract/table_grid.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"

#include <string.h>

enum { HEADER_SEARCH = 8, HEADER_LENGTH_MAX = 120 };

/* --- cells --- */

static char *
join_paragraphs(const Cell *cell)
{
	GString *out = g_string_sized_new(64);
	for (const Block *block = cell->blocks; block; block = block->next) {
		if (block->kind != BLOCK_PARA || text_is_blank(text_or_empty(block->para.text)))
			continue;
		if (out->len)
			g_string_append_c(out, '\n');
		if (block->para.label && g_ascii_isalnum(*block->para.label))
			g_string_append_printf(out, "%s ", block->para.label);
		g_string_append(out, block->para.text);
	}
	return g_strstrip(g_string_free(out, FALSE));
}

/* Nearly every cell is one paragraph with nothing to change. */
static CellText
read_cell(const Cell *cell, Arena *arena)
{
	const Block *first = cell->blocks;
	if (!first)
		return (CellText){ "", "" };
	const char *text = text_or_empty(first->para.text);
	if (!first->next && first->kind == BLOCK_PARA && !first->para.label &&
		text_is_squeezed(text))
		return (CellText){ text, text };
	g_autofree char *joined = join_paragraphs(cell);
	return (CellText){ arena_strdup(arena, joined),
		text_squeezed(arena_strdup(arena, joined)) };
}

CellText
grid_text(const Grid *grid, const Cell *cell)
{
	if (!cell)
		return (CellText){ "", "" };
	CellText *text = &grid->texts[cell - grid->table->cells];
	if (!text->raw)
		*text = read_cell(cell, grid->arena);
	return *text;
}

void
grid_clear(Grid *grid)
{
	g_free(grid->cells);
	g_free(grid->texts);
}

void
grid_init(Grid *grid, const Table *table, Arena *arena)
{
	grid->table = table;
	grid->arena = arena;
	grid->rows = table->n_rows;
	grid->columns = MIN(table->n_columns, COLUMNS_MAX);
	grid->texts = g_new0(CellText, (gsize)table->n_cells);
	grid->cells =
		g_new0(const Cell *, (gsize)MAX(1, grid->rows) * (gsize)MAX(1, grid->columns));
	for (int i = 0; i < table->n_cells; i++) {
		const Cell *cell = &table->cells[i];
		for (int r = cell->row - 1;
			r < MIN(grid->rows, cell->row - 1 + MAX(1, cell->row_span)); r++)
			for (int c = cell->column - 1; c <
				MIN(grid->columns, cell->column - 1 + MAX(1, cell->column_span));
				c++)
				if (r >= 0 && c >= 0)
					grid->cells[r * grid->columns + c] = cell;
	}
}

const Cell *
grid_at(const Grid *grid, int row, int column)
{
	if (row < 0 || column < 0 || row >= grid->rows || column >= grid->columns)
		return NULL;
	return grid->cells[row * grid->columns + column];
}

/* --- header --- */

static bool
is_serial_header(const char *text)
{
	g_autofree char *letters = letters_only(text);
	static const char *const words[] = { "stt", "tt", "sott", "sothutu", "so", "xephang",
		NULL };
	return g_strv_contains(words, letters);
}

/* The header over a column, in one row or two (a group of columns and its parts). */
char *
header_text(const Grid *grid, int row, int rows, int column)
{
	GString *out = g_string_new(NULL);
	const Cell *before = NULL;
	for (int r = row; r < row + rows; r++) {
		const Cell *cell = grid_at(grid, r, column);
		if (!cell || cell == before)
			continue;
		before = cell;
		g_string_append(out, out->len ? " " : "");
		g_string_append(out, grid_text(grid, cell).flat);
	}
	return g_string_free(out, FALSE);
}

/* The heads of all columns, made ready once for all parts that look for theirs. */
typedef struct {
	char *text[COLUMNS_MAX];
	MatchText ready[COLUMNS_MAX];
	bool taken[COLUMNS_MAX];
	int n;
} Heads;

static void
heads_init(Heads *heads, const Grid *grid, int row, int rows)
{
	heads->n = grid->columns;
	for (int c = 0; c < heads->n; c++) {
		heads->text[c] = header_text(grid, row, rows, c);
		heads->taken[c] = !*heads->text[c] ||
			strlen(heads->text[c]) > 4 * HEADER_LENGTH_MAX ||
			text_length(heads->text[c]) > HEADER_LENGTH_MAX;
		if (!heads->taken[c])
			match_text_init(&heads->ready[c], heads->text[c]);
	}
}

static void
heads_clear(Heads *heads)
{
	for (int c = 0; c < heads->n; c++) {
		match_text_clear(&heads->ready[c]);
		g_free(heads->text[c]);
	}
}

/* "Ông/Bà": only how people are addressed, where another column has their names. */
static bool
is_address_head(const char *text)
{
	g_autofree char *letters = letters_only(text);
	return strcmp(letters, "ongba") == 0;
}

static int
find_column(Work *work, const RecordRule *rule, const FieldRule *part, Heads *heads)
{
	Match match;
	int address = -1;
	for (int c = 0; part->header && c < heads->n; c++) {
		if (heads->taken[c] ||
			work_match(work, rule->rule_id, part->header, &heads->ready[c], 0,
				&match) != MATCH_YES)
			continue;
		if (address < 0 && is_address_head(heads->text[c])) {
			address = c;
			continue;
		}
		heads->taken[c] = true;
		return c;
	}
	if (address >= 0)
		heads->taken[address] = true;
	return address;
}

void
match_columns(
	Work *work, const RecordRule *rule, const Grid *grid, int row, int rows, Header *header)
{
	Heads heads = { .n = 0 };
	heads_init(&heads, grid, row, rows);
	header->serial = -1;
	for (int c = 0; c < heads.n && header->serial < 0; c++) {
		if (heads.taken[c] || !is_serial_header(heads.text[c]))
			continue;
		header->serial = c;
		heads.taken[c] = true;
	}
	for (guint i = 0; i < rule->parts->len && i < PARTS_MAX; i++)
		header->column[i] = find_column(work, rule, rule->parts->pdata[i], &heads);
	heads_clear(&heads);
}

/* The required columns, and one more (a running number will do): less is another table. */
static bool
is_complete(const RecordRule *rule, const Header *header)
{
	int matched = header->serial >= 0;
	for (guint i = 0; i < rule->parts->len && i < PARTS_MAX; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		if (part->part_required && part->header && header->column[i] < 0)
			return false;
		matched += header->column[i] >= 0;
	}
	return matched >= 2;
}

/* Two header rows: groups of columns over their parts. The upper one has merged cells, the lower
 * one is no heading over the whole table. */
static bool
may_be_double(const Grid *grid, int row)
{
	bool merged = false;
	int lower = 0;
	for (int c = 0; c < grid->columns; c++) {
		const Cell *cell = grid_at(grid, row, c), *below = grid_at(grid, row + 1, c);
		merged |= cell && cell->row - 1 == row &&
			(cell->column_span > 1 || cell->row_span > 1);
		lower += below && below != cell && below->column - 1 == c;
	}
	return merged && lower > 1;
}

int
part_index(const RecordRule *rule, const char *name)
{
	for (guint i = 0; i < rule->parts->len && i < PARTS_MAX; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		if (*part->name == *name && strcmp(part->name, name) == 0)
			return (int)i;
	}
	return -1;
}

/* How many columns the head of "name" spans in the last row of heads. */
static int
span_of_name(const RecordRule *rule, const Grid *grid, const Header *header)
{
	int part = part_index(rule, "name");
	const Cell *cell =
		part >= 0 ? grid_at(grid, header->first - 1, header->column[part]) : NULL;
	return cell && cell->column - 1 == header->column[part] ? MAX(1, cell->column_span) : 1;
}

bool
header_at(Work *work, const RecordRule *rule, const Grid *grid, int row, Header *ret)
{
	for (int rows = 1; rows <= 2 && row + rows <= grid->rows; rows++) {
		Header header = { .columns = grid->columns, .valid = true };
		if (rows == 2 && !may_be_double(grid, row))
			break;
		match_columns(work, rule, grid, row, rows, &header);
		if (!is_complete(rule, &header))
			continue;
		int span = rows;
		for (int c = 0; c < grid->columns; c++) {
			const Cell *cell = grid_at(grid, row, c);
			if (cell && cell->row - 1 == row)
				span = MAX(span, cell->row_span);
		}
		header.first = row + span;
		header.name_span = span_of_name(rule, grid, &header);
		*ret = header;
		return true;
	}
	return false;
}

bool
find_header(Work *work, const RecordRule *rule, const Grid *grid, Header *ret)
{
	for (int row = 0; row < MIN(grid->rows, HEADER_SEARCH); row++)
		if (header_at(work, rule, grid, row, ret))
			return true;
	return false;
}
