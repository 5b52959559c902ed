/* A plain text as a document: what a person types into a test of rules. */
#include "base/text.h"
#include "extract/rule_test.h"

#include <string.h>

typedef struct {
	Doc *doc;
	Block **tail; /* where the next block of the body goes */
	int paragraph, tables;
} Builder;

static void
add_para(Builder *builder, Block ***tail, const char *text, Place place)
{
	place.paragraph = ++builder->paragraph;
	Block *para = doc_add_para(builder->doc, tail, place);
	doc_add_run(builder->doc, para, &(Run){ .text = text });
	doc_end_para(builder->doc, para);
}

/* "| a | b |" → a, b; the ends count for nothing. */
static char **
cells_of(const char *line)
{
	g_autofree char *inner = g_strdup(line + 1);
	g_strchomp(inner);
	if (g_str_has_suffix(inner, "|"))
		inner[strlen(inner) - 1] = '\0';
	return g_strsplit(inner, "|", 60);
}

static int
count_columns(char **lines)
{
	guint columns = 1;
	for (; *lines && **lines == '|'; lines++) {
		g_auto(GStrv) cells = cells_of(*lines);
		columns = MAX(columns, g_strv_length(cells));
	}
	return (int)columns;
}

/* One row; '\\' within a cell begins a new paragraph in it. */
static void
add_row(Builder *builder, Block *table, int row, int columns, const char *line)
{
	g_auto(GStrv) cells = cells_of(line);
	int n = (int)g_strv_length(cells);
	for (int i = 0; i < n; i++) {
		int span = i + 1 == n ? columns - i : 1;
		Cell *cell = doc_add_cell(builder->doc, table, row, i + 1, 1, span);
		Block **tail = &cell->blocks;
		g_auto(GStrv) paras = g_strsplit(cells[i], "\\", -1);
		for (char **para = paras; *para; para++) {
			Place place = { .table = builder->tables, .row = row, .column = i + 1 };
			add_para(builder, &tail, g_strstrip(*para), place);
		}
	}
}

/* The lines from the first that begins with '|'; returns how many there are. */
static int
add_table(Builder *builder, char **lines)
{
	int columns = count_columns(lines), row = 0;
	Place place = { .table = ++builder->tables };
	Block *table = doc_add_table(builder->doc, &builder->tail, place);
	for (; lines[row] && *lines[row] == '|'; row++)
		add_row(builder, table, row + 1, columns, lines[row]);
	doc_end_table(builder->doc, table);
	return row;
}

/* A recipient that has nothing beside it needs no tab. */
static bool
in_columns(const char *line)
{
	return line && (strchr(line, '\t') || g_str_has_prefix(line, "- "));
}

/* The lines from the first that holds a tab: what stands left of it is one column, what stands
 * right of it the other. Returns how many there are. */
static int
add_columns(Builder *builder, char **lines)
{
	int n = 0;
	Place place = { .table = ++builder->tables };
	Block *table = doc_add_table(builder->doc, &builder->tail, place);
	while (in_columns(lines[n]))
		n++;
	for (int column = 1; column <= 2; column++) {
		Cell *cell = doc_add_cell(builder->doc, table, 1, column, 1, 1);
		Block **tail = &cell->blocks;
		place.row = 1;
		place.column = column;
		for (int i = 0; i < n; i++) {
			g_auto(GStrv) parts = g_strsplit(lines[i], "\t", 2);
			bool there = column == 1 || parts[1];
			add_para(builder, &tail, there ? g_strstrip(parts[column - 1]) : "", place);
		}
	}
	doc_end_table(builder->doc, table);
	table->table.layout = true;
	return n;
}

Doc *
sample_doc(const char *text)
{
	Builder builder = { .doc = doc_new("text") };
	builder.tail = &builder.doc->blocks;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i];) {
		if (*lines[i] == '|') {
			i += add_table(&builder, lines + i);
			continue;
		}
		if (strchr(lines[i], '\t')) {
			i += add_columns(&builder, lines + i);
			continue;
		}
		if (!text_is_blank(lines[i]))
			add_para(&builder, &builder.tail, lines[i], (Place){ 0 });
		i++;
	}
	return builder.doc;
}
