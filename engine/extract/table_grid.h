/* A table as a grid of cells, and which column each part of a record reads (table_grid.c); the
 * records themselves are made in table.c. */
#ifndef VANTHU_EXTRACT_TABLE_GRID_H
#define VANTHU_EXTRACT_TABLE_GRID_H

#include "extract/work.h"

enum { COLUMNS_MAX = 64, PARTS_MAX = 32 };

/* What a cell says. */
typedef struct {
	const char *raw;  /* its paragraphs, a line each */
	const char *flat; /* the same, squeezed */
} CellText;

typedef struct {
	const Table *table;
	int rows, columns;
	const Cell **cells; /* rows × columns; NULL = nothing there */
	CellText *texts;    /* of each cell of the table, once it was asked for */
	Arena *arena;       /* that they live in, lent */
} Grid;

/* Which column each part reads, from 0; -1 = none. */
typedef struct {
	int column[PARTS_MAX];
	int serial;    /* column of STT, -1 = none */
	int first;     /* first data row */
	int name_span; /* columns under the head of "name", when no second head parts them */
	int columns;   /* of the table that it was found in */
	bool valid;
} Header;

void grid_init(Grid *grid, const Table *table, Arena *arena);
void grid_clear(Grid *grid);
const Cell *grid_at(const Grid *grid, int row, int column); /* NULL = nothing there */
CellText grid_text(const Grid *grid, const Cell *cell);     /* "" of NULL */
/* The head over a column, in `rows` rows from `row`; caller owns. */
char *header_text(const Grid *grid, int row, int rows, int column);
/* The columns whose heads in `rows` rows from `row` are those of the rule's parts, complete or not. */
void match_columns(
	Work *work, const RecordRule *rule, const Grid *grid, int row, int rows, Header *header);
/* Whether row is the head of a table that the rule reads. */
bool header_at(Work *work, const RecordRule *rule, const Grid *grid, int row, Header *ret);
bool find_header(Work *work, const RecordRule *rule, const Grid *grid, Header *ret);
/* Of a part by its name; -1 = the rule has none. */
int part_index(const RecordRule *rule, const char *name);

#endif
