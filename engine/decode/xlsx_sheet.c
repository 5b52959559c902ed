/* One sheet of a workbook, and the strings of all of them, as they are stored. */
#include "decode/xlsx_reader.h"

#include <stdlib.h>
#include <string.h>

/* Each cell becomes a cell and a paragraph of the tree, which has room for limits->blocks. */
enum { BLOCKS_A_CELL = 3 };

/* ---- strings ------------------------------------------------------------------------------- */

void
texts_init(Texts *texts, GStringChunk *names)
{
	texts->names = names;
	texts->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
	texts->starts = g_array_new(FALSE, FALSE, sizeof(guint));
}

void
texts_clear(Texts *texts)
{
	g_array_unref(texts->pieces);
	g_array_unref(texts->starts);
}

void
texts_start(Texts *texts)
{
	g_array_append_val(texts->starts, texts->pieces->len);
}

void
texts_add(Texts *texts, const char *text, const char *font)
{
	Piece piece = { g_string_chunk_insert(texts->names, text), font };
	if (texts->starts->len)
		g_array_append_val(texts->pieces, piece);
}

int
texts_pieces(const Texts *texts, guint index, const Piece **ret_first)
{
	if (index >= texts->starts->len)
		return 0;
	guint start = g_array_index(texts->starts, guint, index);
	guint end = index + 1 < texts->starts->len ? g_array_index(texts->starts, guint, index + 1)
						   : texts->pieces->len;
	*ret_first = &g_array_index(texts->pieces, Piece, start);
	return (int)(end - start);
}

typedef struct {
	Texts *texts;
	const char *font; /* of the open run */
} TextReader;

static void
on_string(Sax *sax, void *user)
{
	(void)sax;
	TextReader *reader = user;
	texts_start(reader->texts);
	reader->font = NULL;
}

static void
on_run(Sax *sax, void *user)
{
	(void)sax;
	((TextReader *)user)->font = NULL;
}

static void
on_run_font(Sax *sax, void *user)
{
	TextReader *reader = user;
	char font[128];
	if (sax_attribute(sax, "val", font, sizeof font))
		reader->font = g_string_chunk_insert_const(reader->texts->names, font);
}

static void
end_text(Sax *sax, void *user)
{
	TextReader *reader = user;
	texts_add(reader->texts, sax_text(sax), reader->font);
}

/* rPh: how the text is read aloud in Japanese; shown nowhere. */
static const SaxElement string_elements[] = {
	{ "si", SAX_ANY, on_string, NULL, 0 },
	{ "r", SAX_ANY, on_run, on_run, 0 },
	{ "rFont", SAX_ANY, on_run_font, NULL, 0 },
	{ "t", SAX_ANY, NULL, end_text, SAX_TEXT },
	{ "rPh", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ "extLst", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ .name = NULL },
};

bool
texts_read(Texts *texts, GBytes *bytes, const char *part, const Limits *limits, GError **err)
{
	TextReader reader = { .texts = texts };
	return sax_parse(bytes, part, string_elements, &reader, limits, err);
}

/* ---- a sheet ------------------------------------------------------------------------------- */

Sheet *
sheet_new(int number, const char *name)
{
	Sheet *sheet = g_new0(Sheet, 1);
	sheet->number = number;
	sheet->name = name;
	sheet->cells = g_array_new(FALSE, FALSE, sizeof(SheetCell));
	sheet->merges = g_array_new(FALSE, FALSE, sizeof(Merge));
	sheet->hidden_rows = g_hash_table_new(g_direct_hash, g_direct_equal);
	return sheet;
}

void
sheet_free(Sheet *sheet)
{
	if (!sheet)
		return;
	g_array_unref(sheet->cells);
	g_array_unref(sheet->merges);
	g_hash_table_unref(sheet->hidden_rows);
	g_free(sheet);
}

bool
sheet_address(const char *text, int *ret_row, int *ret_column, const char **ret_end)
{
	int column = 0, row = 0;
	const char *p = text;
	for (; *p == '$' || g_ascii_isalpha(*p); p++) {
		if (*p != '$')
			column = column * 26 + (g_ascii_toupper(*p) - 'A' + 1);
		if (column > XLSX_COLUMNS)
			return false;
	}
	for (; *p == '$' || g_ascii_isdigit(*p); p++) {
		if (*p != '$')
			row = row * 10 + (*p - '0');
		if (row > XLSX_ROWS)
			return false;
	}
	if (column < 1 || row < 1)
		return false;
	*ret_row = row;
	*ret_column = column;
	*ret_end = p;
	return true;
}

typedef struct {
	TextReader strings; /* inline ones; must be first: the string elements take it for user */
	Xlsx *xlsx;
	Sheet *sheet;
	int row, column; /* of the open or last cell */
	SheetCell cell;  /* the open one */
	bool formula, sorted;
} SheetReader;

static void
on_row(Sax *sax, void *user)
{
	SheetReader *reader = user;
	int row = sax_int(sax, "r", reader->row + 1);
	if (row < 1 || row > XLSX_ROWS) {
		sax_stop(sax, ERR_FORMAT, "row");
		return;
	}
	reader->sorted &= row > reader->row;
	reader->row = row;
	reader->column = 0;
	char hidden[8];
	if (sax_attribute(sax, "hidden", hidden, sizeof hidden) &&
		(strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0))
		g_hash_table_add(reader->sheet->hidden_rows, GINT_TO_POINTER(row));
}

static void
on_columns(Sax *sax, void *user)
{
	SheetReader *reader = user;
	int first = sax_int(sax, "min", 0), last = sax_int(sax, "max", 0);
	if (!sax_is(sax, "hidden", "1") && !sax_is(sax, "hidden", "true"))
		return;
	for (int column = MAX(first, 1); column <= MIN(last, XLSX_COLUMNS); column++)
		reader->sheet->hidden_columns[column] = true;
}

static CellKind
kind_of(const Sax *sax)
{
	static const struct {
		const char *name;
		CellKind kind;
	} rows[] = {
		{ "s", CELL_SHARED },
		{ "inlineStr", CELL_INLINE },
		{ "str", CELL_TEXT },
		{ "e", CELL_TEXT },
		{ "b", CELL_SWITCH },
		{ "d", CELL_TEXT },
	};
	char type[16];
	bool given = sax_attribute(sax, "t", type, sizeof type);
	for (size_t i = 0; given && i < G_N_ELEMENTS(rows); i++)
		if (strcmp(type, rows[i].name) == 0)
			return rows[i].kind;
	return CELL_NUMBER;
}

/* Cells without an address follow each other. */
static void
on_cell(Sax *sax, void *user)
{
	SheetReader *reader = user;
	char address[24];
	const char *end;
	int row = reader->row, column = reader->column + 1;
	bool given = sax_attribute(sax, "r", address, sizeof address);
	if ((given && (!sheet_address(address, &row, &column, &end) || *end)) || row < 1 ||
		column > XLSX_COLUMNS) {
		sax_stop(sax, ERR_FORMAT, given ? address : "c");
		return;
	}
	reader->sorted &= row == reader->row && column > reader->column;
	reader->row = row;
	reader->column = column;
	reader->cell = (SheetCell){
		.row = row, .column = column, .style = sax_int(sax, "s", 0), .kind = kind_of(sax)
	};
	reader->formula = false;
}

static void
on_formula(Sax *sax, void *user)
{
	(void)sax;
	((SheetReader *)user)->formula = true;
}

static void
end_value(Sax *sax, void *user)
{
	SheetReader *reader = user;
	SheetCell *cell = &reader->cell;
	const char *text = sax_text(sax);
	if (cell->kind == CELL_SHARED)
		cell->text = (guint)g_ascii_strtoull(text, NULL, 10);
	cell->value = g_string_chunk_insert(reader->xlsx->names, text);
}

static void
on_inline(Sax *sax, void *user)
{
	SheetReader *reader = user;
	on_string(sax, user);
	reader->cell.kind = CELL_INLINE;
	reader->cell.text = reader->xlsx->inlined.starts->len - 1;
	reader->cell.value = "";
}

static void
end_cell(Sax *sax, void *user)
{
	SheetReader *reader = user;
	const SheetCell *cell = &reader->cell;
	if (!cell->value || (!*cell->value && cell->kind != CELL_INLINE)) {
		reader->sheet->uncomputed += reader->formula && !cell->value;
		return;
	}
	if (reader->xlsx->cells++ >= reader->xlsx->ooxml.limits->blocks / BLOCKS_A_CELL) {
		sax_stop(sax, ERR_LIMIT, "cells");
		return;
	}
	g_array_append_vals(reader->sheet->cells, cell, 1);
}

static void
on_merge(Sax *sax, void *user)
{
	SheetReader *reader = user;
	char range[48];
	const char *end;
	Merge merge;
	if (!sax_attribute(sax, "ref", range, sizeof range) ||
		!sheet_address(range, &merge.row, &merge.column, &end) || *end != ':' ||
		!sheet_address(end + 1, &merge.last_row, &merge.last_column, &end) ||
		merge.last_row < merge.row || merge.last_column < merge.column)
		return;
	if ((int)reader->sheet->merges->len >= reader->xlsx->ooxml.limits->blocks / BLOCKS_A_CELL)
		sax_stop(sax, ERR_LIMIT, "mergeCell");
	g_array_append_val(reader->sheet->merges, merge);
}

static const SaxElement sheet_elements[] = {
	{ "col", SAX_ANY, on_columns, NULL, 0 },
	{ "row", SAX_ANY, on_row, NULL, 0 },
	{ "c", SAX_ANY, on_cell, end_cell, 0 },
	{ "f", SAX_ANY, on_formula, NULL, 0 },
	{ "v", SAX_ANY, NULL, end_value, SAX_TEXT },
	{ "is", SAX_ANY, on_inline, NULL, 0 },
	{ "r", SAX_ANY, on_run, on_run, 0 },
	{ "rFont", SAX_ANY, on_run_font, NULL, 0 },
	{ "t", SAX_ANY, NULL, end_text, SAX_TEXT },
	{ "rPh", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ "mergeCell", SAX_ANY, on_merge, NULL, 0 },
	{ "AlternateContent", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ "extLst", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ .name = NULL },
};

static int
by_place(const void *a, const void *b)
{
	const SheetCell *x = a, *y = b;
	return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
				: (x->column > y->column) - (x->column < y->column);
}

/* The same place twice: the first one stands. */
static void
sort_cells(Sheet *sheet)
{
	GArray *cells = sheet->cells;
	if (cells->len)
		qsort(cells->data, cells->len, sizeof(SheetCell), by_place);
	guint kept = 0;
	for (guint i = 0; i < cells->len; i++) {
		SheetCell *cell = &g_array_index(cells, SheetCell, i);
		if (kept && by_place(cell, &g_array_index(cells, SheetCell, kept - 1)) == 0)
			continue;
		g_array_index(cells, SheetCell, kept++) = *cell;
	}
	g_array_set_size(cells, kept);
}

bool
sheet_read(Xlsx *xlsx, Sheet *sheet, GBytes *bytes, const char *part, GError **err)
{
	SheetReader reader = {
		.strings = { .texts = &xlsx->inlined }, .xlsx = xlsx, .sheet = sheet, .sorted = true
	};
	if (!sax_parse(bytes, part, sheet_elements, &reader, xlsx->ooxml.limits, err))
		return false;
	if (!reader.sorted)
		sort_cells(sheet);
	return true;
}
