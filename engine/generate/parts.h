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
	const char *wrong; /* an untranslated message when it is no sound tag; static */
	int line;	   /* of the file, or number of the paragraph */
	char *near;	   /* some text around it, for people */
	guint path;	   /* DOCX: which elements are open where its node stands, as one number */
	bool in_text;	   /* DOCX: in a <w:t>, where a line break can be */
	bool apart;	   /* DOCX: of a block, and not where the rest of it can be reached */
} Tag;

typedef struct Node Node;
struct Node {
	TagKind kind; /* VALUE, FOR, IF; TAG_END stands for a span of bytes */
	size_t start, size;
	Query *query;
	int line;
	char *near;
	bool in_text;
	GPtrArray *then, *otherwise; /* of Node */
};

typedef struct {
	char *name; /* "word/document.xml", or the file's */
	char *text; /* the bytes, as they are cut up */
	size_t size;
	bool has_blocks;
	GPtrArray *nodes;
} Part;

typedef enum { TAGS_IN_TEXT, TAGS_IN_DOCX } TagsIn;

/* Finds the tags of a text; one that does not end is found too, as wrong. In a DOCX they are made
 * whole before, so that none holds markup. Array of Tag, in time linear in the text. */
GArray *tags_find(const char *text, size_t size, TagsIn in);
void tag_clear(gpointer tag);
/* Cuts the part's text up. ERR_FORMAT: every mistake, one a line. Takes text and name. */
Part *part_compile(char *name, char *text, size_t size, GArray *tags, GError **err);
void part_free(Part *part);

/* What one filling has done so far: it ends, whatever the template asks for. */
typedef struct {
	size_t steps, bytes;
} Work;

/* Appends the filled part to out. ERR_LIMIT when it all takes too long or becomes too large. */
bool part_fill(const Part *part, QueryContext *context, Work *work, GString *out,
	GPtrArray *findings, GError **err);

/* Brings tags that Word has split over runs into one piece, and gives block tags the paragraph or
 * rows that they stand for. Returns the new text (caller owns) and its tags; NULL with ERR_FORMAT
 * when it is no XML. */
char *docx_prepare(
	const char *text, size_t size, size_t *ret_size, GArray **ret_tags, GError **err);
/* Puts back what Word can't do without when loops and conditions have left a cell, a header or a
 * table empty. */
void docx_mend(GString *text);

#endif
