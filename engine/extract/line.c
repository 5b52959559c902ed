/* A Doc becomes a flat list of lines: paragraphs cut at line breaks and, where two columns were
 * typed with tabs or spaces, between the columns. */
#include "extract/line.h"

#include "base/text.h"
#include "extract/columns.h"
#include "extract/marks.h"
#include "extract/types.h"

#include <string.h>

/* Heads stand within so many paragraphs. */
enum { HEAD_BLOCKS = 60 };

/* A run, or the part of it that stands on one printed line. */
typedef struct {
	const Run *run;
	const char *text;
	size_t size;
	int line;
	bool blank; /* or left out of the line */
	size_t at; /* where it stands in the text of the line, if it is no blank */
} Piece;

typedef struct {
	Lines *lines;
	int block, tables;
	unsigned note;
	bool side;      /* the table that is walked through stands for columns */
	GArray *pieces; /* of Piece: of the paragraph that is walked through */
	Piece *first;   /* of them the first of the printed line, */
	guint n;        /* how many it has, */
	GString *line;  /* and its text */
} Walk;

/* --- style --- */

typedef struct {
	size_t letters, bold, italic;
	bool recognised;
	double size_sum;
} Style;

static void
add_style(Style *style, const Run *run, size_t n)
{
	style->letters += n;
	style->bold += run->flags & RUN_BOLD ? n : 0;
	style->italic += run->flags & RUN_ITALIC ? n : 0;
	style->size_sum += run->size_pt * (double)n;
	style->recognised |= run->doubt > 0;
}

static void
fill_pieces(GArray *pieces, const Para *para)
{
	int line = 0;
	g_array_set_size(pieces, 0);
	for (int i = 0; i < para->n_runs; i++) {
		const Run *run = &para->runs[i];
		for (const char *p = run->flags & RUN_APART ? "" : run->text; *p;) {
			Piece piece = { run, p, strcspn(p, "\n"), line, false, 0 };
			piece.blank = strspn(p, " \t") >= piece.size;
			g_array_append_val(pieces, piece);
			p += piece.size;
			if (*p == '\n') {
				line++;
				p++;
			}
		}
	}
}

/* What signing software prints over a line is set much smaller than the line. */
static bool
is_overlaid(const Piece *piece, double largest_pt)
{
	return piece->run->size_pt > 0 && piece->run->size_pt < 0.62 * largest_pt;
}

static double
largest_size(const Piece *pieces, guint n)
{
	double largest = 0;
	for (guint i = 0; i < n; i++)
		if (!pieces[i].blank)
			largest = MAX(largest, pieces[i].run->size_pt);
	return largest;
}

/* Letters that an overlay parted stand where they stood: no space belongs between them. */
static void
close_gap(GString *text, const Piece *before, const Piece *piece)
{
	if (!before || !box_known(before->run->box) || !box_known(piece->run->box))
		return;
	if (piece->run->box.x0 - before->run->box.x1 > 0.12 * piece->run->size_pt)
		return;
	while (text->len && text->str[text->len - 1] == ' ')
		g_string_truncate(text, text->len - 1);
}

/* Much more than a space: two columns that the decoder left on one line. */
static bool
is_column_gap(const Piece *before, const Piece *piece)
{
	if (!before || !box_known(before->run->box) || !box_known(piece->run->box))
		return false;
	return piece->run->box.x0 - before->run->box.x1 > 2 * MAX(piece->run->size_pt, 8);
}

/* The pieces of a printed line, which stand together, put into one text; their style and box. */
static void
join_pieces(Walk *walk, Style *ret_style, Box *ret_box)
{
	double largest = largest_size(walk->first, walk->n);
	const Piece *before = NULL;
	bool dropped = false;
	for (Piece *piece = walk->first; piece < walk->first + walk->n; piece++) {
		if (is_overlaid(piece, largest)) {
			piece->blank = dropped = true;
			continue;
		}
		if (dropped)
			close_gap(walk->line, before, piece);
		else if (is_column_gap(before, piece))
			g_string_append_c(walk->line, '\t');
		piece->at = walk->line->len;
		g_string_append_len(walk->line, piece->text, (gssize)piece->size);
		if (!piece->blank) {
			add_style(ret_style, piece->run, piece->size);
			*ret_box = box_union(*ret_box, piece->run->box);
		}
		before = piece;
		dropped = false;
	}
}

static unsigned
style_flags(const Style *style)
{
	unsigned flags = 0;
	if (style->letters && style->bold * 2 > style->letters)
		flags |= LINE_BOLD;
	if (style->letters && style->italic * 2 > style->letters)
		flags |= LINE_ITALIC;
	if (style->recognised)
		flags |= LINE_RECOGNISED;
	return flags;
}

/* --- columns made with tabs --- */

/* "GIÁ M ĐỐ C": a poor font parted final consonants from their syllables; in capitals they can be
 * told. */
static bool
is_final(const char *word)
{
	static const char *const finals[] = { "C", "M", "N", "P", "T", "NG", "NH", "CH", NULL };
	return g_strv_contains(finals, word);
}

static bool
ends_open(const GString *text)
{
	if (text->len == 0)
		return false;
	const char *last = g_utf8_prev_char(text->str + text->len);
	g_autofree char *bare = text_bare_key(last);
	return *bare && strchr("aeiouy", *bare);
}

/* NULL: nothing is parted. */
static char *
mend_syllables(const char *text)
{
	bool parted = false;
	for (const char *space = strchr(text, ' '); space && !parted; space = strchr(space + 1, ' '))
		parted = strcspn(space + 1, " ") <= 2;
	if (!parted)
		return NULL;
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *out = g_string_new(NULL);
	for (char **word = words; *word; word++) {
		/* "HỌC KỲ II NH 2024": a Roman number is no syllable */
		bool roman = word > words && strspn(word[-1], "IVX") == strlen(word[-1]);
		bool joins = is_final(*word) && ends_open(out) && !roman;
		if (out->len && !joins)
			g_string_append_c(out, ' ');
		g_string_append(out, *word);
	}
	return g_string_free(out, FALSE);
}

/* The text of a line, squeezed, in the lines' memory. */
static char *
line_text(const Walk *walk, const char *text, size_t size)
{
	return text_squeezed(arena_strndup(walk->lines->arena, text, size));
}

/* Takes a text from line_text(). */
static void
add_line(Walk *walk, const Line *like, char *squeezed, int column, bool side)
{
	if (!*squeezed)
		return;
	Line line = *like;
	bool caps = text_is_caps(squeezed);
	g_autofree char *mended = caps ? mend_syllables(squeezed) : NULL;
	line.text = mended ? arena_strdup(walk->lines->arena, mended) : squeezed;
	if (side) {
		line.column = column;
		line.side = true;
	}
	line.flags |= caps ? LINE_CAPS : 0;
	g_array_append_val(walk->lines->array, line);
}

/* "V/v … 2026 Kính gửi:": a paragraph that ran on; what begins with "Kính gửi:" is a line of its
 * own. */
static const char *
find_addressee(const char *text)
{
	const char *found = strstr(text, " Kính gửi");
	/* within a sentence it is no address */
	if (!found || text_length(text) > 400 || (found > text && strchr(",;:(", found[-1])))
		return NULL;
	const char *after = found + strlen(" Kính gửi");
	after += strspn(after, " ");
	return *after == ':' ? found : NULL;
}

/* A column of the printed line: it may be bold where the whole line is not. */
static void
add_column(Walk *walk, const Line *like, const char *from, const char *to, int column)
{
	size_t start = (size_t)(from - walk->line->str), end = (size_t)(to - walk->line->str);
	size_t bold = 0, all = 0;
	for (guint i = 0; i < walk->n; i++) {
		const Piece *piece = &walk->first[i];
		size_t a = MAX(start, piece->at), b = MIN(end, piece->at + piece->size);
		size_t n = b > a && !piece->blank ? b - a : 0;
		all += n;
		bold += piece->run->flags & RUN_BOLD ? n : 0;
	}
	Line line = *like;
	line.flags = all == 0    ? line.flags
		: bold * 2 > all ? line.flags | LINE_BOLD
				 : line.flags & ~(unsigned)LINE_BOLD;
	add_line(walk, &line, line_text(walk, from, end - start), column, true);
}

static void
add_addressee(Walk *walk, const Line *like, const char *text, const char *addressee)
{
	Line rest = *like;
	add_line(walk, like, line_text(walk, text, (size_t)(addressee - text)), 0, false);
	rest.block = ++walk->block;
	add_line(walk, &rest, line_text(walk, addressee, strlen(addressee)), 0, false);
}

/* The last gap that will do: "Số:   /BC-STC     Hà Nội, ngày   tháng" has several. */
static const char *
find_columns(const char *text, const char **ret_after)
{
	enum { GAPS_MAX = 100 }; /* each is tried with the whole line */
	const char *best = NULL, *after = text, *gap;
	for (int i = 0; i < GAPS_MAX && (gap = find_gap(after, &after)); i++) {
		g_autofree char *left_raw = g_strndup(text, (gsize)(gap - text));
		g_autofree char *left = text_squeeze(left_raw);
		g_autofree char *right = text_squeeze(after);
		if (are_columns(left, right)) {
			best = gap;
			*ret_after = after;
		}
	}
	return best;
}

/* Without a gap: two columns with one space between, or one. */
static void
add_tight(Walk *walk, const Line *like, char *squeezed)
{
	const char *glued = walk->block < HEAD_BLOCKS ? find_glued_column(squeezed) : NULL;
	if (glued) {
		add_line(walk, like, line_text(walk, squeezed, (size_t)(glued - squeezed)), 1, true);
		add_line(walk, like, line_text(walk, glued, strlen(glued)), 2, true);
		return;
	}
	add_line(walk, like, squeezed, 0, false);
}

/* The printed line in hand, parted where it holds more than one. */
static void
add_columns(Walk *walk, const Line *like)
{
	const char *text = walk->line->str, *after;
	const char *addressee = find_addressee(text);
	if (addressee) {
		add_addressee(walk, like, text, addressee);
		return;
	}
	while (*text == ' ' || *text == '\t')
		text++;
	size_t size = walk->line->len - (size_t)(text - walk->line->str);
	while (size > 0 && text[size - 1] == ' ')
		size--;
	char *copy = arena_strndup(walk->lines->arena, text, size);
	bool tight = text_is_squeezed(copy);
	const char *gap = tight ? NULL : find_columns(text, &after);
	if (gap) {
		add_column(walk, like, text, gap, 1);
		add_column(walk, like, after, after + strlen(after), 2);
	} else {
		add_tight(walk, like, tight ? copy : text_squeezed(copy));
	}
}

/* --- walking --- */

/* How many of the pieces from the first on stand on that printed line. */
static guint
count_on_line(const Walk *walk, int line)
{
	const Piece *end = &g_array_index(walk->pieces, Piece, walk->pieces->len);
	guint n = 0;
	while (walk->first + n < end && walk->first[n].line == line)
		n++;
	return n;
}

static void
add_para(Walk *walk, const Block *block, int table_number, const Cell *cell)
{
	const Para *para = &block->para;
	bool labelled = para->label && !text_is_blank(text_or_empty(para->text));
	GArray *pieces = walk->pieces;
	fill_pieces(pieces, para);
	int last = pieces->len ? g_array_index(pieces, Piece, pieces->len - 1).line : -1;
	walk->first = (Piece *)(void *)pieces->data;
	for (int i = 0; i <= last; i++, walk->first += walk->n) {
		Line line = { .place = block->place, .block = walk->block, .table = table_number };
		Box box = { 0 };
		Style style = { 0 };
		walk->n = count_on_line(walk, i);
		g_string_truncate(walk->line, 0);
		if (i == 0 && labelled)
			g_string_append_printf(walk->line, "%s ", para->label);
		join_pieces(walk, &style, &box);
		line.flags = style_flags(&style) | walk->note |
			(para->align == ALIGN_CENTER ? LINE_CENTER : 0);
		line.size_pt = style.letters ? style.size_sum / (double)style.letters : 0;
		if (box_known(box))
			line.place.box = box;
		if (cell) {
			line.row = cell->row;
			line.column = cell->column;
			line.side = walk->side;
		}
		add_columns(walk, &line);
	}
	walk->block++;
}

/* A cell says that its table only sets columns: it holds a part of a head or foot. */
static bool
is_column_cell(const Cell *cell)
{
	for (const Block *block = cell->blocks; block; block = block->next) {
		if (block->kind != BLOCK_PARA)
			continue;
		g_auto(GStrv) printed = g_strsplit(text_or_empty(block->para.text), "\n", -1);
		for (char **line = printed; *line; line++) {
			g_autofree char *text = text_squeeze(*line);
			if (is_motto(text) || is_place_date(text) || is_recipients_line(text) ||
				is_addressee_line(text) ||
				(is_signer_side(text) && strchr(text, '.')))
				return true;
		}
	}
	return false;
}

static bool
sets_columns(const Table *table)
{
	bool found = table->layout;
	for (int i = 0; i < table->n_cells && !found && table->n_columns <= 3; i++)
		found = is_column_cell(&table->cells[i]);
	/* two people sign side by side */
	bool signers = table->n_rows <= 3 && table->n_columns <= 3;
	int posts = 0;
	for (int i = 0; i < table->n_cells && signers; i++) {
		const Block *block = table->cells[i].blocks;
		g_autofree char *text = block && block->kind == BLOCK_PARA
			? text_squeeze(text_or_empty(block->para.text))
			: NULL;
		posts += text && is_signer_side(text);
	}
	return found || posts > 0;
}

static void
add_blocks(Walk *walk, const Block *blocks, int table_number, const Cell *cell)
{
	for (const Block *block = blocks; block; block = block->next) {
		if (block->kind == BLOCK_PARA)
			add_para(walk, block, table_number, cell);
		if (block->kind != BLOCK_TABLE)
			continue;
		int number = ++walk->tables;
		bool outer = walk->side;
		walk->side = sets_columns(&block->table);
		for (int i = 0; i < block->table.n_cells; i++)
			add_blocks(
				walk, block->table.cells[i].blocks, number, &block->table.cells[i]);
		walk->side = outer;
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

static bool
same_part(const Block *a, const Block *b)
{
	return strcmp(text_or_empty(a->place.part), text_or_empty(b->place.part)) == 0;
}

static bool
is_text_box(const Block *block)
{
	return block->kind == BLOCK_PARA &&
		g_str_has_prefix(text_or_empty(block->place.part), "textbox");
}

static bool
has_line(const Block *block, bool (*is)(const char *))
{
	g_autofree char *text = text_squeeze(text_or_empty(block->para.text));
	return *text && is(text);
}

static bool
opens_organ(const char *text)
{
	bool sure;
	return text_is_caps(text) && starts_organ(text, &sure) &&
		!is_position_line(text); /* "KIỂM TOÁN TRƯỞNG" */
}

/* Text boxes that are one of the two columns of a head, not just a mark beside it: part -> 1 or 2. */
static GHashTable *
head_columns(const Doc *doc)
{
	GHashTable *columns = g_hash_table_new(g_str_hash, g_str_equal);
	bool split = false; /* the motto has a box of its own */
	for (const Block *block = doc->notes; block && !split; block = block->next)
		split = is_text_box(block) && has_line(block, is_motto);
	for (const Block *block = doc->notes; block; block = block->next) {
		if (!is_text_box(block))
			continue;
		bool left = has_line(block, is_number_line) ||
			(split && has_line(block, opens_organ));
		int column = split && has_line(block, is_motto) ? 2 : left;
		char *part = (char *)(uintptr_t)block->place.part;
		if (column > GPOINTER_TO_INT(g_hash_table_lookup(columns, part)))
			g_hash_table_insert(columns, part, GINT_TO_POINTER(column));
	}
	return columns;
}

/* All that follows of its part, up to the next box. */
static void
add_head_box(Walk *walk, const Block *box, int column)
{
	Cell cell = { .row = 1, .column = column };
	unsigned note = walk->note;
	walk->note = 0;
	walk->side = true;
	int number = ++walk->tables;
	for (const Block *block = box; block && same_part(block, box); block = block->next)
		if (is_text_box(block))
			add_para(walk, block, number, &cell);
	walk->side = false;
	walk->note = note;
}

static void
add_notes(Walk *walk, const Doc *doc, bool head)
{
	const Block *before = NULL;
	g_autoptr(GHashTable) columns = head_columns(doc);
	for (const Block *block = doc->notes; block; before = block, block = block->next) {
		if (!is_text_box(block))
			continue;
		bool again = before && same_part(before, block);
		int column = GPOINTER_TO_INT(g_hash_table_lookup(columns, block->place.part));
		if (column && head && !again)
			add_head_box(walk, block, column);
		if (!column && belongs_to_head(block) == head)
			add_para(walk, block, 0, NULL);
	}
}

/* Some offices keep the whole head in the page's header. */
static void
add_page_head(Walk *walk, const Doc *doc)
{
	for (Block *block = doc->notes; block; block = block->next) {
		if (block->kind != BLOCK_TABLE ||
			!g_str_has_prefix(text_or_empty(block->place.part), "header") ||
			!sets_columns(&block->table))
			continue;
		Block only = *block;
		only.next = NULL;
		add_blocks(walk, &only, 0, NULL);
		return;
	}
}

Lines *
lines_new(const Doc *doc)
{
	Lines *lines = g_new0(Lines, 1);
	lines->arena = arena_new();
	lines->array = g_array_sized_new(FALSE, TRUE, sizeof(Line), 256);
	Walk walk = { .lines = lines,
		.note = LINE_NOTE,
		.pieces = g_array_new(FALSE, FALSE, sizeof(Piece)),
		.line = g_string_sized_new(256) };
	add_notes(&walk, doc, true);
	walk.note = 0;
	add_page_head(&walk, doc);
	add_blocks(&walk, doc->blocks, 0, NULL);
	walk.note = LINE_NOTE;
	add_notes(&walk, doc, false);
	g_array_unref(walk.pieces);
	g_string_free(walk.line, TRUE);
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
