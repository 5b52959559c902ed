/* A Doc becomes a flat list of lines: paragraphs cut at line breaks and, where two columns were
 * typed with tabs or spaces, between the columns. */
#include "extract/line.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/types.h"

#include <string.h>

typedef struct {
	Lines *lines;
	int block, tables;
	unsigned note;
} Walk;

/* --- style -------------------------------------------------------------------------------------
 */

typedef struct {
	size_t letters, bold, italic;
	double size_sum;
} Style;

static void
add_style(Style *style, const Run *run, size_t n)
{
	style->letters += n;
	style->bold += run->flags & RUN_BOLD ? n : 0;
	style->italic += run->flags & RUN_ITALIC ? n : 0;
	style->size_sum += run->size_pt * (double)n;
}

/* The style of the n-th printed line of a paragraph. */
static Style
style_of_line(const Para *para, int wanted, Box *ret_box)
{
	Style style = { 0 };
	int at = 0;
	for (int i = 0; i < para->n_runs; i++) {
		const Run *run = &para->runs[i];
		if (run->flags & RUN_HIDDEN)
			continue;
		for (const char *p = run->text; *p;) {
			size_t n = strcspn(p, "\n");
			if (at == wanted && n > strspn(p, " \t")) {
				add_style(&style, run, n);
				*ret_box = box_union(*ret_box, run->box);
			}
			p += n;
			if (*p == '\n') {
				at++;
				p++;
			}
		}
	}
	return style;
}

static unsigned
style_flags(const Style *style, const char *text)
{
	unsigned flags = text_is_caps(text) ? LINE_CAPS : 0;
	if (style->letters && style->bold * 2 > style->letters)
		flags |= LINE_BOLD;
	if (style->letters && style->italic * 2 > style->letters)
		flags |= LINE_ITALIC;
	return flags;
}

/* --- columns made with tabs --- */

/* A tab or three spaces and more: where a second column may begin. NULL: there is none behind p. */
static const char *
find_gap(const char *p, const char **ret_after)
{
	for (; *p; p++) {
		if (*p != '\t' && *p != ' ')
			continue;
		const char *end = p;
		bool tab = false;
		while (*end == ' ' || *end == '\t' || g_str_has_prefix(end, "\u00a0")) {
			tab |= *end == '\t';
			end += *end == ' ' || *end == '\t' ? 1 : 2;
		}
		if ((tab || end - p >= 3) && *end) {
			*ret_after = end;
			return p;
		}
		p = end - 1;
	}
	return NULL;
}

static bool
is_signer_side(const char *text)
{
	return text_is_caps(text) && is_position_line(text);
}

/* Whether what stands left and right of a gap are two columns of a head or foot. */
static bool
are_columns(const char *left, const char *right)
{
	if (is_motto(right) || (is_place_date(right) && !is_motto(left)))
		return true;
	if (is_recipients_line(left) || (has_bullet(left) && is_signer_side(right)))
		return true;
	if (is_person_name(right) && has_family_name(right) &&
		(has_bullet(left) || (is_person_name(left) && has_family_name(left))))
		return true;
	return is_signer_side(right) && is_signer_side(left);
}

static void
add_line(Walk *walk, const Line *like, const char *text, int column, bool side)
{
	g_autofree char *squeezed = text_squeeze(text);
	if (!*squeezed)
		return;
	Line line = *like;
	line.text = arena_strdup(walk->lines->arena, squeezed);
	if (side) {
		line.column = column;
		line.side = true;
	}
	line.flags = (line.flags & ~(unsigned)LINE_CAPS) | (text_is_caps(squeezed) ? LINE_CAPS : 0);
	g_array_append_val(walk->lines->array, line);
}

static void
add_columns(Walk *walk, const Line *like, const char *text)
{
	while (*text == ' ' || *text == '\t')
		text++;
	/* the last gap that will do: "Số:   /BC-STC     Hà Nội, ngày   tháng" has several */
	const char *best = NULL, *after = NULL, *best_after = NULL;
	for (const char *gap = find_gap(text, &after); gap; gap = find_gap(after, &after)) {
		g_autofree char *left_raw = g_strndup(text, (gsize)(gap - text));
		g_autofree char *left = text_squeeze(left_raw);
		g_autofree char *right = text_squeeze(after);
		if (are_columns(left, right)) {
			best = gap;
			best_after = after;
		}
	}
	if (best) {
		g_autofree char *left = g_strndup(text, (gsize)(best - text));
		add_line(walk, like, left, 1, true);
		add_line(walk, like, best_after, 2, true);
		return;
	}
	add_line(walk, like, text, 0, false);
}

/* --- walking -------------------------------------------------------------------------------------
 */

static void
add_para(Walk *walk, const Block *block, const Table *table, int table_number, const Cell *cell)
{
	const Para *para = &block->para;
	g_autofree char *text = para->label && !text_is_blank(para->text)
		? g_strconcat(para->label, " ", para->text, NULL)
		: g_strdup(para->text);
	g_auto(GStrv) printed = g_strsplit(text, "\n", -1);
	for (int i = 0; printed[i]; i++) {
		Line line = { .place = block->place, .block = walk->block, .table = table_number };
		Box box = { 0 };
		Style style = style_of_line(para, i, &box);
		line.flags = style_flags(&style, printed[i]) | walk->note |
			(para->align == ALIGN_CENTER ? LINE_CENTER : 0);
		line.size_pt = style.letters ? style.size_sum / (double)style.letters : 0;
		if (box_known(box))
			line.place.box = box;
		if (cell) {
			line.row = cell->row;
			line.column = cell->column;
			line.side = table->layout;
		}
		add_columns(walk, &line, printed[i]);
	}
	walk->block++;
}

static void
add_blocks(Walk *walk, const Block *blocks, const Table *table, int table_number, const Cell *cell)
{
	for (const Block *block = blocks; block; block = block->next) {
		if (block->kind == BLOCK_PARA)
			add_para(walk, block, table, table_number, cell);
		if (block->kind != BLOCK_TABLE)
			continue;
		int number = ++walk->tables;
		for (int i = 0; i < block->table.n_cells; i++)
			add_blocks(walk, block->table.cells[i].blocks, &block->table, number,
				&block->table.cells[i]);
	}
}

/* Text boxes may hold a part of the head: those that do come first, all others last. */
static bool
belongs_to_head(const Block *block)
{
	g_auto(GStrv) printed = g_strsplit(text_or_empty(block->para.text), "\n", -1);
	for (char **line = printed; *line; line++) {
		g_autofree char *text = text_squeeze(*line);
		if (*text &&
			(is_motto(text) || is_number_line(text) || is_place_date(text) ||
				is_urgency(text) || is_secrecy(text) || is_circulation(text)))
			return true;
	}
	return false;
}

static void
add_notes(Walk *walk, const Doc *doc, bool head)
{
	for (const Block *block = doc->notes; block; block = block->next) {
		const char *part = text_or_empty(block->place.part);
		if (block->kind != BLOCK_PARA || !g_str_has_prefix(part, "textbox"))
			continue;
		if (belongs_to_head(block) == head)
			add_para(walk, block, NULL, 0, NULL);
	}
}

Lines *
lines_new(const Doc *doc)
{
	Lines *lines = g_new0(Lines, 1);
	lines->arena = arena_new();
	lines->array = g_array_new(FALSE, TRUE, sizeof(Line));
	Walk walk = { .lines = lines, .note = LINE_NOTE };
	add_notes(&walk, doc, true);
	walk.note = 0;
	add_blocks(&walk, doc->blocks, NULL, 0, NULL);
	walk.note = LINE_NOTE;
	add_notes(&walk, doc, false);
	return lines;
}

void
lines_free(Lines *lines)
{
	if (!lines)
		return;
	g_array_free(lines->array, TRUE);
	arena_free(lines->arena);
	g_free(lines);
}
