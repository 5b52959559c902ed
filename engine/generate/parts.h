/*
 * A part of a template (a whole XHTML file, one XML entry of a DOCX) as nodes over its own bytes.
 * Private to generate/.
 */
#ifndef VANTHU_GENERATE_PARTS_H
#define VANTHU_GENERATE_PARTS_H

#include "document/finding.h"
#include "document/query.h"

/* A tag found in a part: where it stands, and which bytes its node replaces. */
typedef enum { TAG_VALUE, TAG_FOR, TAG_IF, TAG_ELSE, TAG_END } TagKind;

typedef struct {
	TagKind kind;
	size_t start, end; /* of the tag itself */
	size_t replace,
		replace_end; /* of what the node stands for: a line, a paragraph, or the tag */
	char *expression;
	int line;   /* of the file, or number of the paragraph */
	char *near; /* some text around it, for people */
} Tag;

typedef struct Node Node;
struct Node {
	TagKind kind; /* VALUE, FOR, IF; TAG_END stands for a span of bytes */
	size_t start, size;
	Query *query;
	int line;
	char *near;
	GPtrArray *then, *otherwise; /* of Node */
};

typedef struct {
	char *name; /* "word/document.xml", or the file's */
	char *text; /* the bytes, as they are cut up */
	size_t size;
	bool docx; /* line breaks in values become <w:br/> */
	GPtrArray *nodes;
} Part;

/* Finds the tags of a text from start on; in a DOCX they are made whole before. Array of Tag. */
GArray *tags_find(const char *text, size_t size);
void tag_clear(gpointer tag);
/* Cuts the part's text up. ERR_FORMAT: every mistake, one a line. Takes text and name. */
Part *part_compile(char *name, char *text, size_t size, bool docx, GArray *tags, GError **err);
void part_free(Part *part);

/* Appends the filled part to out. */
bool part_fill(
	const Part *part, QueryContext *context, GString *out, GPtrArray *findings, GError **err);

/* Brings tags that Word has split over runs into one piece, and gives block tags the paragraph, row
 * or cell range that they stand for. Returns the new text (caller owns) and its tags. */
char *docx_prepare(const char *text, size_t size, size_t *ret_size, GArray **ret_tags);

#endif
