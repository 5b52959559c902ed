/* Records from tables: the header row is found by what its cells say, data rows become records, and
 * rows that hold one text over all columns are headings: of a group (TẬP THỂ, CÁ NHÂN), or of a
 * unit. A table without a header that follows one with the same columns is its continuation on the
 * next page. */
#include "extract/table_grid.h"

#include "base/letter.h"
#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"
#include "extract/types.h"

#include <string.h>

/* Bytes of a value over several rows: there is no end of rows. */
enum { LONGEST_CONTINUED = 10000 };

typedef struct {
	Work *work;
	const RecordRule *rule;
	Header header;
	char *group;       /* "collective" …, from the nearest heading; NULL = none */
	char *unit;        /* heading row over people, or NULL */
	bool plain;        /* rows with a running number were not bold so far */
	const Cell *named; /* cell that named the record before */
	Record *record;    /* not finished yet, or NULL */
} TableWalk;

/* --- rows --- */

/* "II. CÁ NHÂN", "Danh sách tập thể …": the group that the rows below belong to; NULL = no such
 * heading. */
static const char *
group_of_heading(const char *text)
{
	static const struct {
		const char *word, *group;
	} words[] = { { "hộ gia đình", "household" }, { "tập thể", "collective" },
		{ "các đội", "collective" }, { "cá nhân", "individual" } };
	if (text_length(text) > 160)
		return NULL;
	g_autofree char *key = match_key(text);
	const char *found = NULL;
	int n = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		char word[MATCH_SHORT + 8];
		match_key_short(words[i].word, word);
		if (strstr(key, word)) {
			found = words[i].group;
			n++;
		}
	}
	return n == 1 ? found : NULL;
}

typedef struct {
	const Cell *only;   /* the one cell with text beside the number */
	GString *text;      /* of all of them */
	const char *serial; /* what the number column says; NULL = nothing */
	bool bold;          /* all of it is */
	int filled;         /* different cells with text, the number's not counted */
	bool numbers_only;  /* "(1) (2) (3)", "A B 1 2" */
} Row;

static bool
is_bold_cell(const Cell *cell)
{
	for (const Block *block = cell->blocks; block; block = block->next)
		for (int i = 0; block->kind == BLOCK_PARA && i < block->para.n_runs; i++)
			if (!(block->para.runs[i].flags & RUN_BOLD) &&
				!text_is_blank(block->para.runs[i].text))
				return false;
	return true;
}

/* Its text is put into `text`. */
static Row
row_read(const Grid *grid, const Header *header, int r, GString *text)
{
	Row row = { .numbers_only = true, .bold = true, .text = text };
	g_string_truncate(text, 0);
	const Cell *before = NULL;
	for (int c = 0; c < grid->columns; c++) {
		const Cell *cell = grid_at(grid, r, c);
		if (!cell || cell == before)
			continue;
		before = cell;
		const char *said = grid_text(grid, cell).flat;
		if (!*said)
			continue;
		size_t digits = row.numbers_only ? strspn(said, "()0123456789") : 0;
		row.numbers_only &= (digits <= 4 && !said[digits]) ||
			(*said >= 'A' && *said <= 'E' && !said[1]);
		if (c == header->serial && cell->column_span <= 1) {
			row.serial = said;
			continue;
		}
		g_string_append(text, row.filled ? " " : "");
		g_string_append(text, said);
		row.filled++;
		row.only = cell;
		row.bold &= is_bold_cell(cell);
	}
	return row;
}

static bool
is_arabic(const char *text)
{
	return text && g_ascii_isdigit(*text);
}

static bool
covers_name(const TableWalk *walk, const Cell *cell)
{
	int name = part_index(walk->rule, "name");
	int column = name >= 0 ? walk->header.column[name] : 0;
	return cell->column - 1 <= column && column < cell->column - 1 + MAX(1, cell->column_span);
}

/* One text alone, and no running number: it stands over the rows below. */
static bool
is_heading(const TableWalk *walk, const Row *row)
{
	if (walk->plain && row->bold && row->filled > 0 && !row->serial)
		return true; /* its text may have been cut by the columns */
	if (row->filled != 1 || is_arabic(row->serial) || !covers_name(walk, row->only) ||
		g_unichar_islower(g_utf8_get_char(row->text->str)))
		return false;
	if (row->serial) /* "I", "A" */
		return true;
	return walk->header.serial >= 0 || row->only->column_span > 1 ||
		group_of_heading(row->text->str);
}

static void
read_heading(TableWalk *walk, const Row *row)
{
	const char *group = group_of_heading(row->text->str);
	if (group) {
		g_free(walk->group);
		walk->group = g_strdup(group);
		g_clear_pointer(&walk->unit, g_free);
		return;
	}
	g_free(walk->unit);
	walk->unit = g_strdup(after_item_number(row->text->str, NULL));
}

static void
finish_record(TableWalk *walk)
{
	if (walk->record)
		record_finish(walk->work, walk->rule, walk->record);
	walk->record = NULL;
}

static void
add_text(TableWalk *walk, const char *name, const char *text, const Place *place, double confidence)
{
	int part = part_index(walk->rule, name);
	if (part >= 0 && text)
		record_add_value(walk->work, walk->record, walk->rule,
			walk->rule->parts->pdata[part], text, place, confidence);
}

/* A cell that holds more than its own part ("Nguyễn Văn A\nChuyên viên"): the pattern's groups fill
 * others. */
static bool
add_by_pattern(
	TableWalk *walk, const FieldRule *part, const char *raw, const Place *place, double sure)
{
	g_auto(MatchText) text = { 0 };
	if (part->patterns->len > 0)
		match_text_init(&text, raw);
	for (guint i = 0; i < part->patterns->len; i++) {
		const Pattern *pattern = part->patterns->pdata[i];
		Match match;
		if (work_match(walk->work, walk->rule->rule_id, pattern, &text, 0, &match) !=
			MATCH_YES)
			continue;
		for (int group = 1; group <= pattern_groups(pattern); group++) {
			const char *name = pattern_group_name(pattern, group);
			g_autofree char *value = match_copy(&match, &text, group);
			if (value)
				add_text(walk, name ? name : part->name, text_squeezed(value),
					place, sure);
		}
		return record_lookup(walk->record, part->name) != NULL;
	}
	return false;
}

/* "Họ và tên" over two columns, family and given name: the text of both. */
static CellText
name_text(const TableWalk *walk, const Grid *grid, int r, int column)
{
	const Cell *cell = grid_at(grid, r, column);
	CellText text = grid_text(grid, cell);
	for (int c = column + 1; c < column + walk->header.name_span; c++) {
		const Cell *next = grid_at(grid, r, c);
		if (!next || next == cell || next->row != cell->row)
			continue;
		CellText more = grid_text(grid, next);
		const char *gap = *text.raw && *more.raw ? " " : "";
		text.raw = arena_printf(grid->arena, "%s%s%s", text.raw, gap, more.raw);
		text.flat = arena_printf(grid->arena, "%s%s%s", text.flat, gap, more.flat);
	}
	return text;
}

static void
add_cell(TableWalk *walk, const FieldRule *part, const Cell *cell, CellText text, double sure)
{
	if (!*text.flat || add_by_pattern(walk, part, text.raw, &cell->place, sure))
		return;
	record_add_value(
		walk->work, walk->record, walk->rule, part, text.flat, &cell->place, sure);
}

static void
add_context(TableWalk *walk, const Place *place, double sure)
{
	add_text(walk, "unit", walk->unit, place, sure);
	if (walk->group)
		add_text(walk, "group", walk->group, place, sure);
}

/* The row goes on with the record before: cut by a page, or beside a merged name. */
static void
append_row(TableWalk *walk, const Grid *grid, int r)
{
	for (guint i = 0; i < walk->rule->parts->len && i < PARTS_MAX; i++) {
		const FieldRule *part = walk->rule->parts->pdata[i];
		const Cell *cell = grid_at(grid, r, walk->header.column[i]);
		if (!cell || cell->row - 1 != r)
			continue;
		CellText text = grid_text(grid, cell);
		Field *field = (Field *)(uintptr_t)record_lookup(walk->record, part->name);
		if (!*text.flat || (field && strlen(field->value) > LONGEST_CONTINUED))
			continue;
		if (!field) {
			add_cell(walk, part, cell, text, 0.9);
			continue;
		}
		g_autofree char *value = g_strconcat(field->value, " ", text.flat, NULL);
		field_set(field, &field->value, value);
		field_set(field, &field->text, value);
	}
}

static void
add_row(TableWalk *walk, const Grid *grid, int r, const Row *row)
{
	int name_part = part_index(walk->rule, "name");
	const Cell *named =
		name_part >= 0 ? grid_at(grid, r, walk->header.column[name_part]) : NULL;
	const char *name = grid_text(grid, named).flat;
	bool same = named && named == walk->named;
	bool rest = !row->serial && (!*name || letter_is_lower(letter_at(name)));
	if (walk->record && (same || (named && rest && walk->header.serial >= 0))) {
		append_row(walk, grid, r);
		return;
	}
	finish_record(walk);
	if (named && !*name)
		return;
	walk->named = named;
	Place place = named ? named->place : (Place){ 0 };
	walk->record = record_new(walk->rule->name, &place);
	for (guint i = 0; i < walk->rule->parts->len && i < PARTS_MAX; i++) {
		int column = walk->header.column[i];
		const Cell *cell = grid_at(grid, r, column);
		if (cell)
			add_cell(walk, walk->rule->parts->pdata[i], cell,
				(int)i == name_part ? name_text(walk, grid, r, column)
						    : grid_text(grid, cell),
				0.98);
	}
	add_context(walk, &place, 0.95);
}

/* A repeated header names the same columns. */
static bool
same_columns(const TableWalk *walk, const Header *header)
{
	int name = part_index(walk->rule, "name");
	return name < 0 || header->column[name] == walk->header.column[name];
}

static void
read_rows(TableWalk *walk, const Grid *grid)
{
	g_autoptr(GString) text = g_string_sized_new(256);
	for (int r = walk->header.first; r < grid->rows; r++) {
		Row row = row_read(grid, &walk->header, r, text);
		Header again = { .valid = false };
		bool skipped = row.filled > 0 && walk->rule->skip &&
			work_found(walk->work, walk->rule->rule_id, walk->rule->skip, text->str);
		if ((row.filled == 0 && !row.serial) || row.numbers_only || skipped) {
			/* nothing here */
		} else if (row.filled > 1 && !is_arabic(row.serial) &&
			header_at(walk->work, walk->rule, grid, r, &again) &&
			same_columns(walk, &again)) {
			walk->header = again;
			r = again.first - 1;
		} else if (is_heading(walk, &row)) {
			finish_record(walk);
			read_heading(walk, &row);
		} else {
			walk->plain |= is_arabic(row.serial) && !row.bold;
			add_row(walk, grid, r, &row);
		}
	}
}

/* The name column itself may say whom it lists. */
static const char *
group_of_header(const RecordRule *rule, const Grid *grid, const Header *header)
{
	int part = part_index(rule, "name");
	if (part < 0 || header->column[part] < 0)
		return NULL;
	g_autofree char *text = header_text(grid, header->first - 1, 1, header->column[part]);
	g_autofree char *key = match_key(text);
	const char *group = group_of_heading(text);
	/* "Họ và tên, tên tập thể": both kinds stand below */
	return group && strcmp(group, "individual") != 0 && strstr(key, "họ") ? NULL : group;
}

static void
read_table(TableWalk *walk, const Table *table)
{
	Grid grid;
	Header header;
	grid_init(&grid, table, walk->work->zones->arena);
	if (find_header(walk->work, walk->rule, &grid, &header)) {
		finish_record(walk);
		const char *group = group_of_header(walk->rule, &grid, &header);
		if (group) {
			g_free(walk->group);
			walk->group = g_strdup(group);
		}
		g_clear_pointer(&walk->unit, g_free);
		walk->header = header;
		walk->named = NULL;
		read_rows(walk, &grid);
	} else if (walk->header.valid && grid.columns == walk->header.columns) {
		walk->header.first = 0;
		walk->named = NULL;
		read_rows(walk, &grid);
	}
	grid_clear(&grid);
}

/* Paragraphs between tables: a heading for the next one, or the end of continuations. */
static void
pass_paragraph(TableWalk *walk, const char *text)
{
	if (text_is_blank(text))
		return;
	const char *group = group_of_heading(text);
	if (group) {
		g_free(walk->group);
		walk->group = g_strdup(group);
	}
	g_autofree char *squeezed = walk->header.valid && !group ? text_squeeze(text) : NULL;
	if (squeezed && !is_noise(squeezed))
		walk->header.valid = false;
}

void
read_table_records(Work *work, const RecordRule *rule)
{
	TableWalk walk = { .work = work, .rule = rule };
	for (const Block *block = work->doc->blocks; block; block = block->next) {
		if (block->kind == BLOCK_PARA)
			pass_paragraph(&walk, text_or_empty(block->para.text));
		else if (block->kind == BLOCK_TABLE && !block->table.layout)
			read_table(&walk, &block->table);
	}
	finish_record(&walk);
	g_free(walk.group);
	g_free(walk.unit);
}
