/* Grids of rules, or words that line up, -> tables of cells; over pages, repeated heads dropped. */
#include "decode/pdf_table.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

static void
cell_free(void *data)
{
	PdfTableCell *cell = data;
	g_ptr_array_unref(cell->lines);
	g_free(cell);
}

void
pdf_table_free(PdfTable *table)
{
	if (!table)
		return;
	g_ptr_array_unref(table->cells);
	g_array_unref(table->columns);
	g_free(table);
}

Box
pdf_table_box(const PdfTable *table)
{
	return table->box;
}

static PdfTable *
table_new(int page, Box box)
{
	PdfTable *table = g_new0(PdfTable, 1);
	table->cells = g_ptr_array_new_with_free_func(cell_free);
	table->columns = g_array_new(FALSE, FALSE, sizeof(double));
	table->page = page;
	table->box = box;
	return table;
}

/* Takes the lines. */
static void
add_cell(PdfTable *table, PdfTableCell from)
{
	PdfTableCell *cell = g_new(PdfTableCell, 1);
	*cell = from;
	g_ptr_array_add(table->cells, cell);
	table->n_rows = MAX(table->n_rows, cell->row + cell->row_span - 1);
	table->n_columns = MAX(table->n_columns, cell->column + cell->column_span - 1);
}

static char *
cell_text(const PdfTableCell *cell)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < cell->lines->len; i++) {
		g_autofree char *line = pdf_line_text(cell->lines->pdata[i]);
		g_string_append(text, i ? " " : "");
		g_string_append(text, line);
	}
	return g_string_free(text, FALSE);
}

/* ---- with rules ---- */

/* Row by row: all cells after one that begins below do so too. */
static int
cell_with(const PdfGrid *grid, Box box)
{
	double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
	for (guint i = 0; i < grid->cells->len; i++) {
		const Box *cell = &g_array_index(grid->cells, PdfGridCell, i).box;
		if (y >= cell->y1)
			continue;
		if (y < cell->y0)
			break;
		if (x >= cell->x0 && x < cell->x1)
			return (int)i;
	}
	return -1;
}

/* Words of one piece that lie in one cell stay together; a piece may reach over a rule. */
static void
deal_piece(PdfReading *reading, const PdfGrid *grid, const PdfPiece *piece, GPtrArray **per_cell)
{
	int from = 0, cell = cell_with(grid, piece->words[0].box);
	for (int i = 1; i <= piece->n_words; i++) {
		int next = i < piece->n_words ? cell_with(grid, piece->words[i].box) : -2;
		if (next == cell)
			continue;
		if (cell >= 0 && !per_cell[cell])
			per_cell[cell] = g_ptr_array_new();
		if (cell >= 0)
			g_ptr_array_add(per_cell[cell],
				from == 0 && i == piece->n_words
					? (PdfPiece *)piece
					: pdf_piece_cut(reading, piece, from, i));
		from = i;
		cell = next;
	}
}

static bool
lies_in(Box box, Box outer)
{
	double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
	return x > outer.x0 && x < outer.x1 && y > outer.y0 && y < outer.y1;
}

static void
take_from_line(PdfLine *line, Box box, GPtrArray *taken)
{
	Box rest = { 0 };
	guint kept = 0;
	for (guint k = 0; k < line->pieces->len; k++) {
		PdfPiece *piece = line->pieces->pdata[k];
		if (lies_in(piece->box, box)) {
			g_ptr_array_add(taken, piece);
			continue;
		}
		rest = box_union(rest, piece->box);
		line->pieces->pdata[kept++] = piece;
	}
	line->pieces->len = kept;
	line->box = rest;
}

/* Takes the pieces that lie in the grid out of the page's lines. */
static GPtrArray *
take_pieces(PdfPage *page, Box box)
{
	GPtrArray *taken = g_ptr_array_new();
	guint kept = 0;
	for (guint i = 0; i < page->lines->len; i++) {
		PdfLine *line = page->lines->pdata[i];
		take_from_line(line, box, taken);
		if (line->pieces->len)
			page->lines->pdata[kept++] = line;
	}
	g_ptr_array_set_size(page->lines, (int)kept);
	return taken;
}

/* Text in one column only is a frame around prose, no table. */
static bool
is_table(const PdfPage *page, const PdfGrid *grid)
{
	int first = -1;
	for (guint i = 0; i < page->lines->len; i++) {
		const PdfLine *line = page->lines->pdata[i];
		for (guint k = 0; k < line->pieces->len; k++) {
			const PdfPiece *piece = line->pieces->pdata[k];
			int cell = lies_in(piece->box, grid->box)
				? cell_with(grid, piece->words[0].box)
				: -1;
			int column = cell < 0
				? -1
				: g_array_index(grid->cells, PdfGridCell, cell).column;
			if (column > 0 && first > 0 && column != first)
				return true;
			first = column > 0 ? column : first;
		}
	}
	return false;
}

static bool
is_motto(const PdfTable *table)
{
	for (guint i = 0; i < table->cells->len && i < 4; i++) {
		g_autofree char *text = cell_text(pdf_table_cell(table, i));
		g_autofree char *key = text_bare_key(text);
		if (strstr(key, "cong hoa xa hoi chu nghia"))
			return true;
	}
	return false;
}

PdfTable *
pdf_table_of_grid(PdfReading *reading, PdfPage *page, const PdfGrid *grid)
{
	if (!is_table(page, grid))
		return NULL;
	PdfTable *table = table_new(page->number, grid->box);
	g_array_append_vals(table->columns, grid->columns->data, grid->columns->len);
	g_autoptr(GPtrArray) pieces = take_pieces(page, grid->box);
	guint n = grid->cells->len;
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autofree GPtrArray **per_cell = g_new0(GPtrArray *, (gsize)n + 1);
	for (guint i = 0; i < pieces->len; i++)
		deal_piece(reading, grid, pieces->pdata[i], per_cell);
	for (guint i = 0; i < n; i++) {
		const PdfGridCell *cell = &g_array_index(grid->cells, PdfGridCell, i);
		add_cell(table,
			(PdfTableCell){ cell->row, cell->column, cell->row_span, cell->column_span,
				page->number, cell->box,
				pdf_lines_of(reading->arena, per_cell[i] ? per_cell[i] : none,
					page->number) });
		g_clear_pointer(&per_cell[i], g_ptr_array_unref);
	}
	table->layout = is_motto(table) && table->n_columns == 2;
	return table;
}

/* ---- without rules ---- */

static bool
is_ordinal_head(const char *key)
{
	static const char *const words[] = { "stt", "tt", "so tt", "so thu tu", "xep hang", "s.tt",
		"no." };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(key, words[i]) == 0)
			return true;
	return false;
}

static bool
is_column_head(const char *key)
{
	static const char *const words[] = { "ho va ten", "ho ten", "ten", "chuc vu", "chuc danh",
		"don vi", "ghi chu", "nam sinh", "noi dung", "so luong", "danh hieu", "hinh thuc",
		"doi tuong", "thoi gian", "tien thuong" };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strncmp(key, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* "STT | Họ và tên | Chức vụ". */
bool
pdf_table_header(const PdfLine *line)
{
	int heads = 0;
	bool ordinal = false;
	if (line->pieces->len < 2)
		return false;
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		g_autofree char *key = text_bare_key(piece->text);
		ordinal |= is_ordinal_head(key);
		heads += is_column_head(key);
	}
	return ordinal || heads >= 2;
}

static bool
is_ordinal(const char *text)
{
	size_t n = strspn(text, "0123456789");
	return n && n <= 4 && (text[n] == '\0' || (strchr(".)", text[n]) && text[n + 1] == '\0'));
}

bool
pdf_table_likely(const GPtrArray *lines)
{
	int many = 0, ordinals = 0;
	for (guint i = 0; i < lines->len; i++) {
		const PdfLine *line = lines->pdata[i];
		const PdfPiece *first = line->pieces->pdata[0];
		if (pdf_table_header(line))
			return true;
		many += line->pieces->len >= 3;
		ordinals += is_ordinal(first->text);
	}
	return many >= 2 || ordinals >= 2;
}

/* Columns as x ranges: x0..x1 of the text in them. False when the line would join two of them. */
static bool
widen(GArray *columns, const PdfLine *line)
{
	g_autoptr(GArray) next = g_array_copy(columns);
	for (guint i = 0; i < line->pieces->len; i++) {
		const PdfPiece *piece = line->pieces->pdata[i];
		int hit = -1;
		for (guint c = 0; c < next->len; c++) {
			Box *column = &g_array_index(next, Box, c);
			if (piece->box.x0 > column->x1 || piece->box.x1 < column->x0)
				continue;
			if (hit >= 0)
				return false;
			hit = (int)c;
			column->x0 = MIN(column->x0, piece->box.x0);
			column->x1 = MAX(column->x1, piece->box.x1);
		}
		if (hit < 0)
			return false;
	}
	g_array_set_size(columns, 0);
	g_array_append_vals(columns, next->data, next->len);
	return true;
}

static GArray *
columns_of(const PdfLine *line)
{
	GArray *columns = g_array_new(FALSE, FALSE, sizeof(Box));
	for (guint i = 0; i < line->pieces->len; i++)
		g_array_append_val(columns, ((PdfPiece *)line->pieces->pdata[i])->box);
	return columns;
}

static int
column_with(const GArray *columns, Box box)
{
	for (guint c = 0; c < columns->len; c++) {
		Box column = g_array_index(columns, Box, c);
		if (box.x0 <= column.x1 && box.x1 >= column.x0)
			return (int)c;
	}
	return 0;
}

/* The row of each line: a row begins where the first column has a value; when text stands above the
 * first such line, the values are centred, and a line goes to the nearest. */
static void
rows_of(const GPtrArray *lines, int first, int end, const GArray *columns, int *rows)
{
	g_autoptr(GArray) anchors = g_array_new(FALSE, FALSE, sizeof(int));
	for (int i = first; i < end; i++) {
		const PdfLine *line = lines->pdata[i];
		const PdfPiece *piece = line->pieces->pdata[0];
		if (column_with(columns, piece->box) == 0)
			g_array_append_val(anchors, i);
	}
	bool centred = anchors->len && g_array_index(anchors, int, 0) > first;
	guint at = 0;
	for (int i = first; i < end; i++) {
		double y = ((PdfLine *)lines->pdata[i])->box.y0;
		while (at + 1 < anchors->len) {
			int here = g_array_index(anchors, int, at),
			    next = g_array_index(anchors, int, at + 1);
			double to_next = fabs(((PdfLine *)lines->pdata[next])->box.y0 - y);
			double to_here = fabs(((PdfLine *)lines->pdata[here])->box.y0 - y);
			if (centred ? to_next >= to_here - 0.5 : i < next)
				break;
			at++;
		}
		rows[i - first] = anchors->len ? (int)at + 1 : i - first + 1;
	}
}

static void
add_row(Arena *arena, PdfTable *table, const GPtrArray *lines, int first, int end,
	const GArray *columns, int row)
{
	for (guint c = 0; c < columns->len; c++) {
		g_autoptr(GPtrArray) pieces = g_ptr_array_new();
		for (int i = first; i < end; i++) {
			const PdfLine *line = lines->pdata[i];
			for (guint k = 0; k < line->pieces->len; k++)
				if (column_with(columns,
					    ((PdfPiece *)line->pieces->pdata[k])->box) == (int)c)
					g_ptr_array_add(pieces, line->pieces->pdata[k]);
		}
		Box box = g_array_index(columns, Box, c);
		box.y0 = ((PdfLine *)lines->pdata[first])->box.y0;
		box.y1 = ((PdfLine *)lines->pdata[end - 1])->box.y1;
		add_cell(table,
			(PdfTableCell){ row, (int)c + 1, 1, 1, table->page, box,
				pdf_lines_of(arena, pieces, table->page) });
	}
}

PdfTable *
pdf_table_aligned(Arena *arena, const GPtrArray *lines, int from, int *ret_end)
{
	const PdfLine *head = lines->pdata[from];
	if (!pdf_table_header(head))
		return NULL;
	g_autoptr(GArray) columns = columns_of(head);
	int end = from + 1, ordinals = 0;
	for (; end < (int)lines->len; end++) {
		const PdfLine *line = lines->pdata[end], *before = lines->pdata[end - 1];
		const PdfPiece *first = line->pieces->pdata[0];
		if (line->box.y0 - before->box.y1 > 4 * line->size_pt || pdf_table_header(line) ||
			!widen(columns, line))
			break;
		ordinals += is_ordinal(first->text);
	}
	if (end - from < 3 || ordinals < 2)
		return NULL;
	PdfTable *table = table_new(head->page, head->box);
	g_autofree int *rows = g_new0(int, (gsize)(end - from));
	rows_of(lines, from + 1, end, columns, rows);
	add_row(arena, table, lines, from, from + 1, columns, 1);
	for (int i = from + 1, k; i < end; i = k) {
		for (k = i + 1; k < end && rows[k - from - 1] == rows[i - from - 1]; k++)
			;
		add_row(arena, table, lines, i, k, columns, rows[i - from - 1] + 1);
	}
	for (guint c = 0; c < columns->len; c++)
		g_array_append_val(table->columns, g_array_index(columns, Box, c).x0);
	g_array_append_val(table->columns, g_array_index(columns, Box, columns->len - 1).x1);
	table->box = box_union(table->box, ((PdfLine *)lines->pdata[end - 1])->box);
	*ret_end = end;
	return table;
}

/* ---- over pages ---- */

static const PdfTableCell *
next_in_row(const PdfTable *table, int row, guint *at)
{
	while (*at < table->cells->len) {
		const PdfTableCell *cell = pdf_table_cell(table, (*at)++);
		if (cell->row == row)
			return cell;
	}
	return NULL;
}

/* The same texts in the same order, and one at least that is not empty. Most rows differ in their
 * first cell, so no more is put together than is compared. */
static bool
same_row(const PdfTable *table, int row, const PdfTable *more, int other)
{
	guint i = 0, k = 0;
	bool any = false;
	for (;;) {
		const PdfTableCell *a = next_in_row(table, row, &i),
				   *b = next_in_row(more, other, &k);
		if (!a || !b)
			return !a && !b && any;
		g_autofree char *text = cell_text(a);
		g_autofree char *again = cell_text(b);
		if (strcmp(text, again) != 0)
			return false;
		any |= *text != '\0';
	}
}

/* How many rows from row `from` on `more` begins with again. */
static int
rows_again(const PdfTable *table, const PdfTable *more, int from)
{
	int n = 0;
	while (from + n <= table->n_rows && n < more->n_rows && n < 4 &&
		same_row(table, from + n, more, n + 1))
		n++;
	return n;
}

/* Rows at the head of `more` that repeat a head of the table: its first rows, or later ones in a
 * form. */
static int
repeated_rows(const PdfTable *table, const PdfTable *more)
{
	for (int from = 1; from <= MIN(table->n_rows, 20); from++) {
		int n = rows_again(table, more, from);
		if (n)
			return n;
	}
	return 0;
}

static PdfTableCell *
find_cell(const PdfTable *table, int row, int column)
{
	for (guint i = table->cells->len; i-- > 0;) {
		PdfTableCell *cell = pdf_table_cell(table, i);
		if (cell->row == row && cell->column == column)
			return cell;
	}
	return NULL;
}

/* Where the row over the page break goes on: no value of its own in the first column, and text only
 * where the row above has text that could not have gone on in its last line. */
static bool
row_goes_on(const PdfTable *table, const PdfTable *more, int row)
{
	const PdfTableCell *first = find_cell(more, row, 1),
			   *above = find_cell(table, table->n_rows, 1);
	if (!first || first->lines->len || !above || !above->lines->len)
		return false;
	bool any = false;
	for (int c = 2; c <= more->n_columns; c++) {
		const PdfTableCell *cell = find_cell(more, row, c),
				   *before = find_cell(table, table->n_rows, c);
		if (!cell || !cell->lines->len)
			continue;
		if (!before || !before->lines->len || cell->row_span > 1 || cell->column_span > 1)
			return false;
		const PdfLine *last = before->lines->pdata[before->lines->len - 1],
			      *next = cell->lines->pdata[0];
		const PdfWord *word = ((PdfPiece *)next->pieces->pdata[0])->words;
		double room = before->box.x1 - before->box.x0 - 10 - (last->box.x1 - last->box.x0);
		bool lower = g_unichar_islower(g_utf8_get_char(word->text));
		if (!lower && word->box.x1 - word->box.x0 + 0.3 * word->size_pt < room)
			return false;
		any = true;
	}
	return any;
}

static void
move_lines(GPtrArray *to, GPtrArray *from)
{
	g_ptr_array_extend(to, from, NULL, NULL);
	g_ptr_array_set_size(from, 0);
}

/* Which edge of `table` each edge of `more` is, or NULL: a page need not show every column of a form
 * whose cells reach over several. Caller owns. */
static int *
edges_in(const PdfTable *table, const PdfTable *more)
{
	const GArray *a = table->columns, *b = more->columns;
	if (table->layout || more->layout || b->len > a->len)
		return NULL;
	g_autofree int *edges = g_new0(int, (gsize)b->len + 1);
	double shift = g_array_index(a, double, 0) - g_array_index(b, double, 0);
	guint at = 0;
	for (guint i = 0; i < b->len; i++, at++) {
		double x = g_array_index(b, double, i) + shift;
		while (at < a->len && g_array_index(a, double, at) < x - 7)
			at++;
		if (at == a->len || g_array_index(a, double, at) > x + 7)
			return NULL;
		edges[i] = (int)at;
	}
	return at == a->len ? g_steal_pointer(&edges) : NULL;
}

/* Gives the cells of `more` the columns of `table`. */
static void
widen_spans(const PdfTable *table, PdfTable *more, const int *edges)
{
	for (guint i = 0; i < more->cells->len; i++) {
		PdfTableCell *cell = pdf_table_cell(more, i);
		int from = edges[cell->column - 1],
		    to = edges[cell->column - 1 + cell->column_span];
		cell->column = from + 1;
		cell->column_span = to - from;
	}
	more->n_columns = table->n_columns;
}

bool
pdf_table_continue(PdfTable *table, PdfTable *more)
{
	g_autofree int *edges = edges_in(table, more);
	if (!edges)
		return false;
	int drop = repeated_rows(table, more), base = table->n_rows - drop;
	if (!drop && more->columns->len < table->columns->len)
		return false;
	widen_spans(table, more, edges);
	bool goes_on = drop < more->n_rows && row_goes_on(table, more, drop + 1);
	for (guint i = 0; i < more->cells->len; i++) {
		PdfTableCell *cell = pdf_table_cell(more, i);
		if (cell->row <= drop)
			continue;
		PdfTableCell *above = goes_on && cell->row == drop + 1
			? find_cell(table, base + drop, cell->column)
			: NULL;
		if (above) {
			move_lines(above->lines, cell->lines);
			continue;
		}
		PdfTableCell copy = *cell;
		copy.row += base - goes_on;
		copy.lines = g_ptr_array_ref(cell->lines);
		add_cell(table, copy);
	}
	pdf_table_free(more);
	return true;
}
