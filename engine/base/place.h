/*
 * Where something stands in a document, so that a person can find it.
 *
 * Written "p2 t1 r3 c1 n17 @72.0,90.5,240.0,104.2", each part only where known, with the name of the
 * part in front when it is not the body ("header1/n2"):
 *	p page (from 1)   t table (from 1, in the document)   r row   c column   n paragraph (from 1,
 *	in its part)   @ box left,top,right,bottom in points, origin top left of the page
 * A message in an XML document has its XPath in `part` ("/edXML/MessageHeader/Code").
 */
#ifndef VANTHU_BASE_PLACE_H
#define VANTHU_BASE_PLACE_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct {
	double x0, y0, x1, y1; /* points; all 0 = unknown */
} Box;

typedef struct {
	const char *part;                        /* lent; NULL = body */
	int page, table, row, column, paragraph; /* 0 = unknown or not in one */
	Box box;
} Place;

static inline bool
box_known(Box box)
{
	return box.x1 > box.x0 || box.y1 > box.y0;
}

/* The smallest box around both; an unknown box adds nothing. */
static inline Box
box_union(Box a, Box b)
{
	if (!box_known(a))
		return b;
	if (!box_known(b))
		return a;
	return (Box){ MIN(a.x0, b.x0), MIN(a.y0, b.y0), MAX(a.x1, b.x1), MAX(a.y1, b.y1) };
}

static inline double
box_middle_y(Box box)
{
	return (box.y0 + box.y1) / 2;
}
/* Caller owns the text; "" when nothing is known. */
char *place_print(const Place *place);
void place_append(const Place *place, GString *out); /* the same text */
/* Reads what place_print() wrote; the part is copied into arena. */
bool place_parse(const char *text, Arena *arena, Place *ret_place);

#endif
