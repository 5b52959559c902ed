/* The cells of a sheet to blocks: what stands above the list, the list as a table, what stands
 * below.
 *
 * A list is wide: it reaches from the first row with several filled cells to the last. Issuer and
 * motto above it, dates and signers below it, are rows of one cell or of a few far apart. */
#include "decode/xlsx_reader.h"

#include "base/text.h"
#include "decode/legacy.h"
#include "decode/xlsx_format.h"

#include <string.h>

enum {
	MERGE_STEPS_MAX = 20000000,
	HIDDEN_SAMPLE = 80, /* bytes of what is hidden to show */
	SIDE_COLUMNS_MAX = 8,
	GAP_MAX = 8, /* blank rows that a signature needs */
	WIDE = 3,    /* cells: a row with so many is one of a list */
};

/* A cell that is seen. */
typedef struct {
	const SheetCell *cell;
	const Look *look;
	int last_row, last_column; /* of what it is merged over */
} Shown;

typedef struct {
	int row;     /* of the sheet */
	guint first; /* in shown */
	int n;
	bool border; /* one of its cells has one */
} Row;

typedef struct {
	Xlsx *xlsx;
	const Sheet *sheet;
	Merge *merge_of; /* one for each cell of the sheet; row 0 = none */
	bool *covered;   /* one for each cell: it lies under a merged one */
	GArray *shown;   /* of Shown */
	GArray *rows;    /* of Row */
	GString *hidden; /* a sample */
	int *columns;    /* of the sheet to those of the table: kept ones up to here */
} Layout;

static const Row *
row_at(const Layout *layout, guint i)
{
	return &g_array_index(layout->rows, Row, i);
}

static const Shown *
shown_at(const Layout *layout, guint i)
{
	return &g_array_index(layout->shown, Shown, i);
}

/* ---- which cells are seen ------------------------------------------------------------------ */

static guint
first_cell_from(const GArray *cells, int row)
{
	guint low = 0, high = cells->len;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (g_array_index(cells, SheetCell, middle).row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Merged ranges may be as large as the sheet; only cells that hold something are looked at. */
static bool
find_merges(Layout *layout, GError **err)
{
	const GArray *cells = layout->sheet->cells, *merges = layout->sheet->merges;
	layout->merge_of = g_new0(Merge, cells->len + 1);
	layout->covered = g_new0(bool, cells->len + 1);
	guint steps = 0;
	for (guint m = 0; m < merges->len; m++) {
		const Merge *merge = &g_array_index(merges, Merge, m);
		for (guint i = first_cell_from(cells, merge->row); i < cells->len; i++) {
			const SheetCell *cell = &g_array_index(cells, SheetCell, i);
			if (cell->row > merge->last_row)
				break;
			if (++steps > MERGE_STEPS_MAX)
				return fail(err, ERR_LIMIT, "%s: mergeCells", layout->sheet->name);
			if (cell->column < merge->column || cell->column > merge->last_column)
				continue;
			if (cell->row == merge->row && cell->column == merge->column)
				layout->merge_of[i] = *merge;
			else
				layout->covered[i] = true;
		}
	}
	return true;
}

static bool
is_hidden(const Layout *layout, const SheetCell *cell, const Merge *merge)
{
	int last_column = merge->row ? merge->last_column : cell->column;
	bool seen = false;
	for (int column = cell->column; column <= last_column && !seen; column++)
		seen = !layout->sheet->hidden_columns[column];
	return !seen ||
		g_hash_table_contains(layout->sheet->hidden_rows, GINT_TO_POINTER(cell->row));
}

/* "_x000D_" stands for a character that XML can't hold. Caller owns. */
static char *
resolve_escapes(const char *text)
{
	if (!strstr(text, "_x"))
		return g_strdup(text);
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p; p++) {
		gunichar c = 0;
		bool escape = strncmp(p, "_x", 2) == 0 && strlen(p) >= 7 && p[6] == '_';
		for (int i = 2; i < 6 && escape; i++) {
			escape = g_ascii_isxdigit(p[i]);
			c = c * 16 + (gunichar)MAX(0, g_ascii_xdigit_value(p[i]));
		}
		if (!escape) {
			g_string_append_c(out, *p);
			continue;
		}
		if (c >= ' ' && g_unichar_validate(c))
			g_string_append_unichar(out, c);
		p += 6;
	}
	return g_string_free(out, FALSE);
}

/* Texts of a cell, each with its font. The texts are cleaned and owned by the caller. */
typedef void (*PieceVisit)(
	Layout *layout, char *text, const char *font, unsigned flags, void *user);

/* One long string may be shared by every cell. Each is looked at twice. */
static bool
is_too_much(const Layout *layout)
{
	return layout->xlsx->text_bytes / 2 > layout->xlsx->ooxml.limits->text_bytes;
}

static void
visit_piece(Layout *layout, const char *raw, const char *font, PieceVisit visit, void *user)
{
	layout->xlsx->text_bytes += strlen(raw);
	if (is_too_much(layout))
		return;
	g_autofree char *text = resolve_escapes(raw);
	LegacyFont legacy = legacy_font(font);
	g_autofree char *decoded = legacy_decode(legacy, text);
	unsigned flags = 0;
	if (decoded) {
		flags |= RUN_LEGACY | (legacy == LEGACY_TCVN3_CAPITALS ? RUN_CAPS : 0);
		g_hash_table_add(layout->xlsx->legacy, (gpointer)font);
	}
	const char *shown = decoded ? decoded : text;
	g_autofree char *clean = text_clean(shown, strlen(shown));
	visit(layout, clean, font, flags, user);
}

static void
visit_pieces(Layout *layout, const SheetCell *cell, const Look *look, PieceVisit visit, void *user)
{
	const Piece *pieces = NULL;
	if (cell->kind == CELL_SHARED || cell->kind == CELL_INLINE) {
		const Texts *texts =
			cell->kind == CELL_SHARED ? &layout->xlsx->shared : &layout->xlsx->inlined;
		int n = texts_pieces(texts, cell->text, &pieces);
		for (int i = 0; i < n; i++)
			visit_piece(layout, pieces[i].text,
				pieces[i].font ? pieces[i].font : look->font, visit, user);
		return;
	}
	g_autofree char *text = cell->kind == CELL_NUMBER
		? xlsx_format(cell->value, look->code, layout->xlsx->from_1904)
		: g_strdup(cell->kind != CELL_SWITCH         ? cell->value
				  : strcmp(cell->value, "0") ? "TRUE"
							     : "FALSE");
	visit_piece(layout, text, look->font, visit, user);
}

static void
add_to_sample(Layout *layout, char *text, const char *font, unsigned flags, void *user)
{
	(void)font, (void)flags, (void)user;
	g_autofree char *squeezed = text_squeeze(text);
	if (!*squeezed || layout->hidden->len >= HIDDEN_SAMPLE)
		return;
	g_string_append_printf(layout->hidden, "%s%s", layout->hidden->len ? ", " : "", squeezed);
}

static void
look_for_ink(Layout *layout, char *text, const char *font, unsigned flags, void *user)
{
	(void)layout, (void)font, (void)flags;
	*(bool *)user |= !text_is_blank(text);
}

static void
add_shown(Layout *layout, guint i)
{
	const SheetCell *cell = &g_array_index(layout->sheet->cells, SheetCell, i);
	const Look *look = xlsx_styles_look(layout->xlsx->styles, cell->style);
	const Merge *merge = &layout->merge_of[i];
	if (layout->covered[i] || is_hidden(layout, cell, merge)) {
		visit_pieces(layout, cell, look, add_to_sample, NULL);
		return;
	}
	bool ink = false;
	visit_pieces(layout, cell, look, look_for_ink, &ink);
	if (!ink)
		return;
	Shown shown = { cell, look, merge->row ? merge->last_row : cell->row,
		merge->row ? merge->last_column : cell->column };
	Row *row =
		layout->rows->len ? &g_array_index(layout->rows, Row, layout->rows->len - 1) : NULL;
	if (!row || row->row != cell->row) {
		g_array_append_vals(
			layout->rows, &(Row){ .row = cell->row, .first = layout->shown->len }, 1);
		row = &g_array_index(layout->rows, Row, layout->rows->len - 1);
	}
	row->n++;
	row->border |= look->border;
	g_array_append_val(layout->shown, shown);
}

/* ---- paragraphs ---------------------------------------------------------------------------- */

typedef struct {
	Block *block;
	const Look *look;
} RunTarget;

static void
add_run(Layout *layout, char *text, const char *font, unsigned flags, void *user)
{
	RunTarget *target = user;
	const Look *look = target->look;
	flags |= (look->bold ? RUN_BOLD : 0) | (look->italic ? RUN_ITALIC : 0);
	g_autofree char *capitals = flags & RUN_CAPS ? text_upper(text) : NULL;
	doc_add_run(layout->xlsx->ooxml.doc, target->block,
		&(Run){ .text = capitals ? capitals : text,
			.flags = flags,
			.size_pt = look->size_pt,
			.font = font });
}

static Place
place_of(const Layout *layout, const Shown *shown)
{
	return (Place){ .page = layout->sheet->number,
		.row = shown->cell->row,
		.column = shown->cell->column };
}

static void
add_para(Layout *layout, Block ***tail, const Shown *shown, Place place)
{
	Doc *doc = layout->xlsx->ooxml.doc;
	Block *block = doc_add_para(doc, tail, place);
	RunTarget target = { block, shown->look };
	block->para.align = shown->look->align;
	visit_pieces(layout, shown->cell, shown->look, add_run, &target);
	doc_end_para(doc, block);
}

/* ---- above and below the list -------------------------------------------------------------- */

/* Columns side by side: where each starts, by the fullest row. */
typedef struct {
	int starts[SIDE_COLUMNS_MAX];
	int n;
} Sides;

static int
side_of(const Sides *sides, const Shown *shown)
{
	int side = 0;
	while (side + 1 < sides->n && shown->cell->column >= sides->starts[side + 1])
		side++;
	return side;
}

/* A row of one cell goes with those above it when it stands under a column other than the first, or
 * directly under the first and reaches no further. */
static bool
stands_beside(const Layout *layout, const Sides *sides, const Row *row, int gap)
{
	const Shown *only = shown_at(layout, row->first);
	if (row->n > 1)
		return gap <= GAP_MAX && row->n <= SIDE_COLUMNS_MAX;
	if (side_of(sides, only) > 0)
		return gap <= GAP_MAX;
	return gap == 1 && !only->look->across && only->last_column < sides->starts[1];
}

static guint
find_sides(const Layout *layout, guint from, guint to, Sides *ret)
{
	const Row *row = row_at(layout, from);
	ret->n = 0;
	for (int i = 0; i < row->n && i < SIDE_COLUMNS_MAX; i++)
		ret->starts[ret->n++] = shown_at(layout, row->first + (guint)i)->cell->column;
	guint end = from + 1;
	for (; end < to; end++) {
		int gap = row_at(layout, end)->row - row_at(layout, end - 1)->row;
		if (!stands_beside(layout, ret, row_at(layout, end), gap))
			break;
	}
	return end;
}

static void
add_sides(Layout *layout, guint from, guint to, const Sides *sides)
{
	Doc *doc = layout->xlsx->ooxml.doc;
	const Shown *first = shown_at(layout, row_at(layout, from)->first);
	Place place = place_of(layout, first);
	place.column = 0;
	Block *table = doc_add_table(doc, &layout->xlsx->body_tail, place);
	table->table.layout = true;
	for (int side = 0; side < sides->n; side++) {
		Cell *cell = doc_add_cell(doc, table, 1, side + 1, 1, 1);
		cell->place = (Place){ .page = place.page };
		Block **tail = &cell->blocks;
		for (guint r = from; r < to; r++)
			for (int i = 0; i < row_at(layout, r)->n; i++) {
				const Shown *shown =
					shown_at(layout, row_at(layout, r)->first + (guint)i);
				if (side_of(sides, shown) == side)
					add_para(layout, &tail, shown, place_of(layout, shown));
			}
	}
	doc_end_table(doc, table);
}

static void
add_outside(Layout *layout, guint from, guint to)
{
	for (guint r = from; r < to;) {
		const Row *row = row_at(layout, r);
		if (row->n == 1) {
			const Shown *shown = shown_at(layout, row->first);
			add_para(layout, &layout->xlsx->body_tail, shown, place_of(layout, shown));
			r++;
			continue;
		}
		Sides sides;
		guint end = find_sides(layout, r, to, &sides);
		add_sides(layout, r, end, &sides);
		r = end;
	}
}

/* ---- the list ------------------------------------------------------------------------------ */

/* The last row that the cells of a row reach down to. */
static int
reach_of(const Layout *layout, guint r)
{
	int reach = 0;
	for (int i = 0; i < row_at(layout, r)->n; i++)
		reach = MAX(reach, shown_at(layout, row_at(layout, r)->first + (guint)i)->last_row);
	return reach;
}

/* A row of the list that has few cells: it stands beside a merged cell or under the ruled lines, or
 * starts in the same column without a gap. */
static bool
goes_on(const Layout *layout, guint r, int first_column, bool ruled, int reach)
{
	const Row *row = row_at(layout, r);
	if (ruled || row->row <= reach)
		return row->border || row->row <= reach;
	return row->n > 1 && row->row == row_at(layout, r - 1)->row + 1 &&
		shown_at(layout, row->first)->cell->column == first_column;
}

/* Rows from *ret_from up to *ret_to are the list; none when nothing stands beside anything. */
static void
find_list(const Layout *layout, guint *ret_from, guint *ret_to)
{
	int most = 0;
	bool ruled = false;
	for (guint r = 0; r < layout->rows->len; r++)
		most = MAX(most, row_at(layout, r)->n);
	int wide = MIN(most, WIDE);
	for (guint r = 0; r < layout->rows->len; r++)
		ruled |= row_at(layout, r)->n >= wide && row_at(layout, r)->border;
	*ret_from = *ret_to = layout->rows->len;
	for (guint r = 0; r < layout->rows->len && most > 1; r++) {
		const Row *row = row_at(layout, r);
		if (row->n < wide || (ruled && !row->border))
			continue;
		*ret_from = MIN(*ret_from, r);
		*ret_to = r + 1;
	}
	if (*ret_from == layout->rows->len)
		return;
	int first_column = shown_at(layout, row_at(layout, *ret_from)->first)->cell->column;
	int reach = 0;
	for (guint r = *ret_from; r < *ret_to; r++)
		reach = MAX(reach, reach_of(layout, r));
	for (; *ret_to < layout->rows->len && goes_on(layout, *ret_to, first_column, ruled, reach);
		++*ret_to)
		reach = MAX(reach, reach_of(layout, *ret_to));
}

/* Blank columns are left out: columns[c] is how many up to c are kept. */
static void
number_columns(Layout *layout, guint from, guint to)
{
	layout->columns = g_new0(int, XLSX_COLUMNS + 2);
	for (guint r = from; r < to; r++)
		for (int i = 0; i < row_at(layout, r)->n; i++)
			layout->columns[shown_at(layout, row_at(layout, r)->first + (guint)i)
						->cell->column] = 1;
	for (int column = 1; column <= XLSX_COLUMNS; column++)
		layout->columns[column] += layout->columns[column - 1];
}

/* How many rows of the list a merged cell reaches over, itself included. */
static int
row_span(const Layout *layout, guint r, guint to, int last_row)
{
	guint low = r + 1, high = to;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (row_at(layout, middle)->row <= last_row)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)(low - r);
}

static void
add_list(Layout *layout, guint from, guint to)
{
	Doc *doc = layout->xlsx->ooxml.doc;
	number_columns(layout, from, to);
	Place place = { .page = layout->sheet->number, .table = ++layout->xlsx->tables };
	Block *table = doc_add_table(doc, &layout->xlsx->body_tail, place);
	for (guint r = from; r < to; r++) {
		const Row *row = row_at(layout, r);
		for (int i = 0; i < row->n; i++) {
			const Shown *shown = shown_at(layout, row->first + (guint)i);
			int column = layout->columns[shown->cell->column];
			int span = layout->columns[shown->last_column] - column + 1;
			Cell *cell = doc_add_cell(doc, table, (int)(r - from) + 1, column,
				row_span(layout, r, to, shown->last_row), span);
			cell->place = place_of(layout, shown);
			cell->place.table = place.table;
			Block **tail = &cell->blocks;
			add_para(layout, &tail, shown, cell->place);
		}
	}
	doc_end_table(doc, table);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool
lay_out(Layout *layout, GError **err)
{
	if (!find_merges(layout, err))
		return false;
	for (guint i = 0; i < layout->sheet->cells->len; i++)
		add_shown(layout, i);
	guint from, to;
	find_list(layout, &from, &to);
	add_outside(layout, 0, from);
	if (from < to)
		add_list(layout, from, to);
	add_outside(layout, to, layout->rows->len);
	if (is_too_much(layout))
		return fail(err, ERR_LIMIT, "%s: text", layout->sheet->name);
	if (layout->hidden->len) {
		g_autofree char *detail =
			g_strdup_printf("%s: %s", layout->sheet->name, layout->hidden->str);
		findings_add(layout->xlsx->ooxml.doc->findings, FINDING_HIDDEN_CELLS,
			&(Place){ .page = layout->sheet->number }, detail);
	}
	return true;
}

bool
sheet_lay_out(Xlsx *xlsx, const Sheet *sheet, GError **err)
{
	Layout layout = { .xlsx = xlsx,
		.sheet = sheet,
		.shown = g_array_new(FALSE, FALSE, sizeof(Shown)),
		.rows = g_array_new(FALSE, FALSE, sizeof(Row)),
		.hidden = g_string_new(NULL) };
	bool ok = lay_out(&layout, err);
	g_free(layout.merge_of);
	g_free(layout.covered);
	g_free(layout.columns);
	g_array_unref(layout.shown);
	g_array_unref(layout.rows);
	g_string_free(layout.hidden, TRUE);
	return ok;
}
