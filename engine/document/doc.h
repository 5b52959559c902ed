/*
 * Doc: what a document says, the same shape for DOCX, XLSX, PDF and XML. A list of blocks in
 * reading order, each with its place; for XML also the list of its elements. Text is clean
 * (base/text.h).
 *
 * A Doc owns one arena: every string and block of it lives there, and doc_free() frees all at once.
 * Its printed form (doc_print.c) is at once the debugging view, the golden format of the tests and
 * what a helper sends back; doc_parse() reads it as untrusted input.
 *
 * Two columns side by side that are no table on paper (the head and foot of an NĐ 30 document) are
 * a Table with `layout` set, one cell a column, however the file made them (table, tabs, text
 * boxes, boxes on a PDF page): so rules see one shape.
 */
#ifndef VANTHU_DOCUMENT_DOC_H
#define VANTHU_DOCUMENT_DOC_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/place.h"
#include "document/finding.h"
#include "document/signature.h"

typedef enum {
	RUN_BOLD = 1 << 0,
	RUN_ITALIC = 1 << 1,
	RUN_UNDERLINE = 1 << 2,
	RUN_CAPS = 1 << 3,   /* shown as capitals; `text` already is in capitals */
	RUN_HIDDEN = 1 << 4, /* kept apart: not in para->text */
	RUN_LEGACY = 1 << 5, /* was TCVN3 or VNI */
	RUN_NOTE = 1 << 6,   /* a note is referred to here; its text is the part with the note,
				"footnote1" */
} RunFlags;

/* No part of para->text. */
#define RUN_APART (RUN_HIDDEN | RUN_NOTE)

typedef struct {
	const char *text;
	unsigned flags;
	double size_pt;   /* 0 = unknown */
	const char *font; /* may be NULL */
	Box box;          /* PDF: one run has one line at most */
	int doubt; /* recognised on a picture: 1 (surely read) to 100 (hardly); 0 = read as text */
} Run;

typedef enum { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY } Align;

typedef struct {
	const char *text;  /* all runs but those apart, joined; a line break inside is '\n' */
	const char *label; /* automatic list number ("1.", "a)", "-"), not in text; NULL = none */
	Run *runs;
	int n_runs;
	Align align;
	int level; /* outline or list level from 1; 0 = none */
} Para;

typedef struct Block Block;

typedef struct {
	Block *blocks;                          /* first */
	int row, column, row_span, column_span; /* row and column from 1 */
	Place place;
} Cell;

typedef struct {
	Cell *cells; /* row by row; a cell covered by a span is not listed */
	int n_cells, n_rows, n_columns;
	bool layout;
} Table;

typedef enum { BLOCK_PARA, BLOCK_TABLE, BLOCK_PAGE_BREAK } BlockKind;

struct Block {
	BlockKind kind;
	Place place; /* place.part NULL = body; else "header1", "footer1", "footnote2", "textbox1",
			… */
	Block *next; /* in the same list */
	Para para;
	Table table;
};

/* An element of an XML document, in document order: local name (a prefix is cut off), depth from 0.
 * One without a name is text behind a child of the element that it stands in. */
typedef struct {
	const char *name;
	const char *text;              /* own text up to the first child, squeezed; "" = none */
	const char *const *attributes; /* name, value, name, value, …, NULL */
	int depth;
	int line;
} Element;

/* A file inside a file: an edXML attachment. Bytes are handed on to be decoded on their own. */
typedef struct {
	const char *name, *declared_type; /* as given, may be "" */
	GBytes *bytes;                    /* owned by the Doc */
} Attachment;

typedef struct {
	double width_pt, height_pt;
} PageSize;

typedef struct {
	Arena *arena;
	const char *
		format; /* "docx", "xlsx", "pdf", "xml", "edxml", "zip"; of a refused file, or "" */
	Block *blocks;  /* body, first block */
	Block *notes;   /* headers, footers, footnotes, comments, overlays: by place.part */
	GArray *elements;       /* of Element; empty but for XML */
	GPtrArray *attachments; /* of Attachment */
	GPtrArray *findings;    /* of Finding */
	GPtrArray *signatures;  /* of Signature: digital ones, as they were verified */
	GArray *pages;          /* of PageSize; empty when pages are unknown */
	GHashTable *meta; /* "title", "author", "producer", "signatures", …: strings in the arena */
} Doc;

Doc *doc_new(const char *format);
void doc_free(Doc *doc);
/* Why the document could not be read: its first error of "decode/", lent; NULL = it was read. */
const Finding *doc_refusal(const Doc *doc);

/* Building, in reading order. A list is appended to through its tail pointer:
 *	Block **tail = &doc->blocks;
 *	Block *para = doc_add_para(doc, &tail, place);
 *	doc_add_run(doc, para, &(Run){ .text = "…" });          copies text and font
 *	doc_end_para(doc, para);                                joins the runs into para.text
 */
Block *doc_add_para(Doc *doc, Block ***tail, Place place);
void doc_add_run(Doc *doc, Block *para, const Run *run);
void doc_end_para(Doc *doc, Block *para);
Block *doc_add_table(Doc *doc, Block ***tail, Place place);
Cell *doc_add_cell(Doc *doc, Block *table, int row, int column, int row_span, int column_span);
void doc_end_table(Doc *doc, Block *table); /* counts rows and columns */
Block *doc_add_page_break(Doc *doc, Block ***tail, Place place);
void doc_add_element(Doc *doc, const Element *element); /* copies all strings */
void doc_add_attachment(Doc *doc, const char *name, const char *declared_type, GBytes *bytes);
void doc_set_meta(Doc *doc, const char *name, const char *value);
const char *doc_peek_meta(const Doc *doc, const char *name); /* "" when there is none */

/* A Doc whose body blocks are its own, to be changed but not added to. All else, and every text, is lent
 * by the original, which has to live as long. */
Doc *doc_copy_blocks(const Doc *doc);
/* Visits every paragraph of a block list in reading order, table cells included. Stops when visit()
 * returns false. `cell` is the innermost cell that holds it, or NULL. */
typedef bool (*DocVisit)(const Block *para, const Block *table, const Cell *cell, void *user);
bool doc_visit_paras(const Block *blocks, DocVisit visit, void *user);
/* All body text, a paragraph a line, cells too. Caller owns. */
char *doc_text(const Doc *doc);
/* The same and the notes behind it: what somebody may search for. Caller owns. */
char *doc_words(const Doc *doc);

/* The printed form. WIRE also carries the bytes of attachments (the tree only tells size and hash).
 */
typedef enum { DOC_PRINT_TREE, DOC_PRINT_WIRE } DocPrintMode;
void doc_print(const Doc *doc, DocPrintMode mode, GString *out);
/* Reads the wire form. ERR_FORMAT with the line, ERR_LIMIT over limits->blocks, depth, text_bytes.
 */
Doc *doc_parse(const char *data, size_t size, const Limits *limits, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Doc, doc_free)

#endif
