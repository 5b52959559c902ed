/*
 * The bench's page texts (tests/bench/workload.py) to PDF, as office programs print them: heads in two columns,
 * justified paragraphs, ruled tables that go on over pages. usage: bench-draw TEXT PDF [TEXT PDF…]
 */
#include <cairo-pdf.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 595.0
#define HEIGHT 842.0
#define LEFT 60.0
#define RIGHT 545.0
#define TOP 60.0
#define BOTTOM 780.0
#define MAX_CELLS 8

typedef struct {
	cairo_t *cairo;
	double y;
	int page;
	int columns;
	double widths[MAX_CELLS];
} Sheet;

typedef enum { ALIGN_LEFT, ALIGN_MIDDLE, ALIGN_BOTH } Align;

static void
set_font(const Sheet *sheet, const char *face, double size)
{
	cairo_select_font_face(sheet->cairo, "Tinos",
		strchr(face, 'i') ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
		strchr(face, 'b') ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(sheet->cairo, size);
}

static double
advance(const Sheet *sheet, const char *text)
{
	cairo_text_extents_t extents;
	cairo_text_extents(sheet->cairo, text, &extents);
	return extents.x_advance;
}

static void
show(const Sheet *sheet, double x, double y, const char *text)
{
	cairo_move_to(sheet->cairo, x, y);
	cairo_show_text(sheet->cairo, text);
}

static void
turn_page(Sheet *sheet)
{
	if (sheet->page)
		cairo_show_page(sheet->cairo);
	sheet->page++;
	sheet->y = TOP;
	if (sheet->page == 1)
		return;
	g_autofree char *number = g_strdup_printf("%d", sheet->page);
	set_font(sheet, "", 13);
	show(sheet, (LEFT + RIGHT) / 2 - 3, TOP - 20, number);
}

static void
need(Sheet *sheet, double height)
{
	if (sheet->y + height > BOTTOM)
		turn_page(sheet);
}

/* As many words as fit, at least one; returns where the next line begins. */
static int
fit(const Sheet *sheet, char **words, int from, double width, double *ret_used)
{
	double space = advance(sheet, " "), used = 0;
	int i = from;
	for (; words[i]; i++) {
		double more = advance(sheet, words[i]) + (i > from ? space : 0);
		if (i > from && used + more > width)
			break;
		used += more;
	}
	*ret_used = used;
	return i;
}

/* A justified line goes word by word, as Word prints it; others go whole. */
static void
show_line(const Sheet *sheet, char **words, int from, int to, double x, double gap)
{
	if (gap > 0) {
		for (int i = from; i < to; i++) {
			show(sheet, x, sheet->y, words[i]);
			x += advance(sheet, words[i]) + gap;
		}
		return;
	}
	g_autoptr(GString) line = g_string_new(NULL);
	for (int i = from; i < to; i++)
		g_string_append_printf(line, "%s%s", i > from ? " " : "", words[i]);
	show(sheet, x, sheet->y, line->str);
}

/* Wraps text between two edges from sheet->y on; pages turn where `turns`. */
static void
flow(Sheet *sheet, const char *text, double left, double right, double indent, Align align, double leading,
	bool turns)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (int from = 0, to; words[from]; from = to) {
		double x = left + (from ? 0 : indent), used, gap = 0;
		to = fit(sheet, words, from, right - x, &used);
		if (align == ALIGN_MIDDLE)
			x += (right - x - used) / 2;
		else if (align == ALIGN_BOTH && words[to] && to - from > 1)
			gap = advance(sheet, " ") + (right - x - used) / (to - from - 1);
		if (turns)
			need(sheet, leading);
		sheet->y += leading;
		show_line(sheet, words, from, to, x, gap);
	}
}

static int
count_lines(const Sheet *sheet, const char *text, double width)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	double used;
	int lines = 0;
	for (int from = 0; words[from]; lines++)
		from = fit(sheet, words, from, width, &used);
	return lines;
}

/* ---- instructions ------------------------------------------------------------------------------ */

static void
do_two(Sheet *sheet, char **values, int n)
{
	(void)n;
	double top = sheet->y, lowest;
	need(sheet, 40);
	top = sheet->y;
	set_font(sheet, values[1], 12);
	flow(sheet, values[2], LEFT, LEFT + 215, 0, ALIGN_MIDDLE, 15, false);
	lowest = sheet->y;
	sheet->y = top;
	set_font(sheet, values[3], 12);
	flow(sheet, values[4], LEFT + 225, RIGHT, 0, ALIGN_MIDDLE, 15, false);
	sheet->y = MAX(sheet->y, lowest);
}

static void
do_mid(Sheet *sheet, char **values, int n)
{
	(void)n;
	set_font(sheet, values[1], 14);
	sheet->y += 8;
	flow(sheet, values[2], LEFT + 30, RIGHT - 30, 0, ALIGN_MIDDLE, 18, true);
}

static void
do_par(Sheet *sheet, char **values, int n)
{
	(void)n;
	set_font(sheet, values[1], 14);
	sheet->y += 6;
	flow(sheet, values[2], LEFT, RIGHT, 36, ALIGN_BOTH, 18, true);
}

static void
do_table(Sheet *sheet, char **values, int n)
{
	sheet->columns = MIN(n - 1, MAX_CELLS);
	for (int i = 0; i < sheet->columns; i++)
		sheet->widths[i] = atof(values[i + 1]);
	sheet->y += 10;
}

/* A row stays on one page, with lines around every cell. */
static void
do_row(Sheet *sheet, char **values, int n)
{
	int lines = 1;
	set_font(sheet, values[1], 12);
	for (int i = 0; i < sheet->columns && i + 2 < n; i++)
		lines = MAX(lines, count_lines(sheet, values[i + 2], sheet->widths[i] - 6));
	double height = lines * 15 + 6, x = LEFT;
	need(sheet, height);
	set_font(sheet, values[1], 12); /* turning the page has set another */
	double top = sheet->y;
	for (int i = 0; i < sheet->columns && i + 2 < n; i++) {
		cairo_rectangle(sheet->cairo, x, top, sheet->widths[i], height);
		cairo_stroke(sheet->cairo);
		sheet->y = top;
		flow(sheet, values[i + 2], x + 3, x + sheet->widths[i] - 3, 0,
			*values[1] ? ALIGN_MIDDLE : ALIGN_LEFT, 15, false);
		x += sheet->widths[i];
	}
	sheet->y = top + height;
}

static const struct {
	const char *name;
	int values; /* with the name, at least */
	void (*draw)(Sheet *sheet, char **values, int n);
} instructions[] = {
	{ "two", 5, do_two },
	{ "mid", 3, do_mid },
	{ "par", 3, do_par },
	{ "table", 2, do_table },
	{ "row", 3, do_row },
};

static void
draw_line(Sheet *sheet, const char *line)
{
	g_auto(GStrv) values = g_strsplit(line, "\t", -1);
	int n = (int)g_strv_length(values);
	for (size_t i = 0; n && i < G_N_ELEMENTS(instructions); i++)
		if (strcmp(instructions[i].name, values[0]) == 0 && n >= instructions[i].values)
			instructions[i].draw(sheet, values, n);
}

static bool
draw(const char *source, const char *target)
{
	g_autofree char *text = NULL;
	if (!g_file_get_contents(source, &text, NULL, NULL))
		return false;
	cairo_surface_t *surface = cairo_pdf_surface_create(target, WIDTH, HEIGHT);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T08:00:00Z");
	Sheet sheet = { .cairo = cairo_create(surface) };
	cairo_set_line_width(sheet.cairo, 0.5);
	turn_page(&sheet);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		draw_line(&sheet, *line);
	cairo_destroy(sheet.cairo);
	cairo_surface_finish(surface);
	bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return ok;
}

int
main(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2) {
		if (draw(argv[i], argv[i + 1]))
			continue;
		fprintf(stderr, "%s can't be drawn\n", argv[i]);
		return 1;
	}
	return 0;
}
