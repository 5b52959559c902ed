/*
 * A Doc as a flat list of lines, in reading order: what the zoner and the rules look at. A
 * paragraph gives one line for each printed line that the decoder kept ('\n'); automatic list
 * numbers stand in front of the text. Two columns that were typed with tabs or spaces become two
 * lines, as in a layout table.
 */
#ifndef VANTHU_EXTRACT_LINE_H
#define VANTHU_EXTRACT_LINE_H

#include "document/doc.h"

typedef enum {
	LINE_BOLD = 1 << 0, /* most of its letters are */
	LINE_ITALIC = 1 << 1,
	LINE_CAPS = 1 << 2,
	LINE_CENTER = 1 << 3,
	LINE_NOTE = 1 << 4,       /* from a text box, header or footer */
	LINE_RECOGNISED = 1 << 5, /* read on a picture */
} LineFlags;

typedef struct {
	const char *text; /* squeezed; never blank */
	Place place;
	unsigned flags;
	double size_pt;  /* 0 = unknown */
	int block;       /* paragraph: lines of one paragraph share it; counts from 0 */
	int table;       /* from 1 in the order of the document; 0 = not in a table */
	int row, column; /* in that table; column 1 and 2 also for columns made with tabs */
	bool side;       /* stands beside other text: cell of a layout table, tab column */
} Line;

typedef struct {
	Arena *arena;
	GArray *array; /* of Line */
} Lines;

Lines *lines_new(const Doc *doc);
void lines_free(Lines *lines);

static inline const Line *
lines_at(const Lines *lines, int i)
{
	return &g_array_index(lines->array, Line, i);
}

static inline int
lines_count(const Lines *lines)
{
	return (int)lines->array->len;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lines, lines_free)

#endif
