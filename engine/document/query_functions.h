/* Our XPath functions, as query.c registers them. Private to query*.c. */
#ifndef VANTHU_DOCUMENT_QUERY_FUNCTIONS_H
#define VANTHU_DOCUMENT_QUERY_FUNCTIONS_H

#include "document/query.h"

#include <libxml/xpath.h>

/* What a running evaluation may still spend, and what the functions need to know. */
typedef struct {
	QueryWorld world;
	xmlNode *node; /* that the evaluation was started with: current() */
	int index;
	size_t text_left; /* bytes of text that functions may still touch */
	bool exhausted;
} QueryState;

/* Registers every function of ours, and charging versions of the string functions of XPath 1.0
 * whose work libxml2 does not count. state is lent. */
void query_register(xmlXPathContext *context, QueryState *state);

#endif
