/*
 * The layout of a PDF, rebuilt from character boxes: glyphs -> words -> pieces -> lines -> columns,
 * tables and paragraphs. Pure functions over values in one scratch arena; no Poppler here.
 *
 * Lengths are points, the origin is the top left of the page as shown. A *piece* is a stretch of
 * words on one line without a wide gap: a cell's line, a column's line, or a whole line of prose. A
 * *line* is the pieces of one height, left to right.
 */
#ifndef VANTHU_DECODE_PDF_LAYOUT_H
#define VANTHU_DECODE_PDF_LAYOUT_H

#include "decode/recognised.h"
#include "document/doc.h"

/* Set beside RunFlags on what an annotation printed; no flag of a Run. */
#define PDF_STAMPED (1u << 16)
/* Set beside them too, until pdf_hidden_take(): drawn in white or nearly so. */
#define PDF_PALE (1u << 17)

typedef struct {
	gunichar c;
	Box box;
	double size_pt;
	unsigned flags;   /* RunFlags */
	const char *font; /* lent by the page */
} PdfGlyph;

typedef struct {
	const char *text;
	Box box;
	double size_pt;
	unsigned flags;
	const char *font;
	int doubt;  /* as of a Run */
	bool glued; /* no space before it: a change of style inside a word */
} PdfWord;

typedef struct {
	PdfWord *words;
	int n_words;
	Box box;
	double size_pt;
	const char *text; /* words joined by one space */
} PdfPiece;

typedef struct {
	PdfPiece **pdata;
	guint len, room;
} PdfPieces;

/* Lines live in the arena of their reading. */
typedef struct {
	PdfPieces *pieces; /* left to right */
	Box box;
	double size_pt;
	int page;
	bool begins_note; /* of a footnote */
} PdfLine;

typedef struct {
	double left, right, pitch;
	bool indents; /* paragraphs begin with an indent */
} PdfMargins;

/* Straight thin rules drawn on the page: for a horizontal one y0 = y1, for a vertical x0 =
 * x1. */
typedef struct {
	GArray *horizontal, *vertical; /* of Box */
} PdfRules;

#define PDF_MOST_STAMPED 600 /* signs of stamps on a page; a page of text has more */

/* The text under a scan, by the recogniser of another program; kept: ours reads no better. */
typedef enum { PDF_LAYER_NONE, PDF_LAYER_FAIR, PDF_LAYER_POOR, PDF_LAYER_KEPT } PdfLayer;

/* How a page has to be turned to be read, beyond what the file says. */
typedef enum { PDF_TURN_NONE, PDF_TURN_LEFT, PDF_TURN_RIGHT } PdfTurn;

typedef struct {
	int number; /* from 1 */
	double width_pt, height_pt;
	GArray *glyphs;     /* of PdfGlyph, in Poppler's order; '\n' ends a stretch */
	GPtrArray *pieces;  /* of PdfPiece */
	GPtrArray *lines;   /* of PdfLine, top to bottom */
	GArray *signatures; /* of Box: signature fields */
	PdfRules rules;     /* empty until pdf_rules_find() */
	PdfMargins margins; /* of the body */
	GPtrArray *footnotes; /* of PdfLine; NULL = none */
	GPtrArray *tables;  /* of PdfTable: ruled ones, top to bottom */
	bool pictured;      /* one picture covers most of it */
	bool annotated;     /* has annotations that print text */
	bool recognised;    /* its words were read on a picture of it */
	PdfLayer layer;
	bool titled;  /* has upright lines, as over narrow columns */
	PdfTurn turn; /* made: size and boxes are those of the turned page */
} PdfPage;

/* What one reading needs everywhere. */
typedef struct {
	Arena *arena; /* scratch: dies with the reading, the Doc copies what it keeps */
	Doc *doc;
	Block **body_tail, **notes_tail;
	GPtrArray *pages;   /* of PdfPage */
	int letters_mended; /* ƣ and Ƣ */
	bool legacy_said;   /* the finding on legacy fonts is made */
	int n_paras, n_tables, n_notes, n_stamps, n_footnotes;
	GPtrArray *running; /* of PdfLine, lent: while pdf_overlay_running() works */
} PdfReading;

/* ---- pdf_turn.c ---- */
/* How letters in their order (of PdfGlyph) say that the page lies. */
PdfTurn pdf_turn_find(const GArray *glyphs);
/* Turns the page where its text runs up or down. Single lines that do, as titles of narrow columns,
 * are laid down where they stand; those in the margin become notes. */
void pdf_turn_page(PdfReading *reading, PdfPage *page);
/* Boxes as the file has them, of a page that was turned. */
void pdf_turn_boxes(const PdfPage *page, GArray *boxes);

/* ---- pdf_chars.c: words, pieces and lines ---- */
void pdf_page_clear(PdfPage *page);
/* Sorts fresh into lines by height and appends them, each line a stretch of its own. */
void pdf_glyphs_append_rows(GArray *glyphs, GArray *fresh);
/* Fills page->pieces from page->glyphs. Gaps decide on spaces, not the file's own space characters.
 */
void pdf_pieces_build(PdfReading *reading, PdfPage *page);
/* Raised digits become ¹ ² ³; one that stands before a note joins the note's piece. */
void pdf_raised_mark(PdfReading *reading, PdfPage *page);
/* Fills page->lines from page->pieces. */
void pdf_lines_build(PdfReading *reading, PdfPage *page);
/* Of an array of PdfLine; lent. */
static inline PdfLine *
pdf_line_at(const GPtrArray *lines, guint i)
{
	return lines->pdata[i];
}
/* The pieces grouped into lines, top to bottom. Caller owns the array. */
GPtrArray *pdf_lines_of(Arena *arena, const GPtrArray *pieces, int page);
/* Words [from, to) of a piece as a piece of its own. */
PdfPiece *pdf_piece_cut(PdfReading *reading, const PdfPiece *piece, int from, int to);
char *pdf_line_text(const PdfLine *line); /* caller owns */
bool pdf_words_same_style(const PdfWord *a, const PdfWord *b);

/* ---- pdf_hidden.c: text that nobody sees ---- */
#define PDF_PART_HIDDEN "hidden"
typedef struct {
	unsigned char *grey; /* a byte a dot, 0 black */
	int width, height;
	double scale; /* dots a point */
} PdfPicture;
/* Something is pale or tiny: worth a picture. */
bool pdf_hidden_likely(const PdfPage *page);
/* Takes words that the picture does not show out of page->pieces into doc->notes: of pale ones, and
 * of all where the page draws letters in no ink (`unseen`). The picture may be NULL. */
void pdf_hidden_take(PdfReading *reading, PdfPage *page, const PdfPicture *picture, bool unseen);
/* The finding, with a sample of all that was taken. */
void pdf_hidden_tell(Doc *doc);

/* ---- pdf_overlay.c: what is printed on the page but is no text of it ---- */
/* Takes the stamps of signing programs out of page->pieces into doc->notes, part "signature1" and
 * on. */
void pdf_overlay_signatures(PdfReading *reading, PdfPage *page);
/* Takes page numbers and running heads and feet out of all pages' lines, parts "header1",
 * "footer1". */
void pdf_overlay_running(PdfReading *reading);
void pdf_add_note(PdfReading *reading, int page, const char *part, const char *text, Box box);

/* ---- pdf_footnotes.c ---- */
/* Takes notes at the foot of pages out of their lines, into page->footnotes. */
void pdf_footnotes_take(PdfReading *reading);
/* Writes them into doc->notes; one that runs over a page is one note. Needs margins. */
void pdf_footnotes_emit(PdfReading *reading);

/* ---- pdf_recognised.c: pages whose words were read on a picture ---- */
/* The page's words in place of its characters, and its rules. What a program printed on the page
 * (a digital stamp with number and date) is kept where there are few such characters. */
void pdf_pieces_recognised(PdfReading *reading, PdfPage *page, const RecognisedPage *recognised);
/* Words [0, n) as a piece; copies the array, not the strings. */
PdfPiece *pdf_piece_of_words(Arena *arena, const PdfWord *words, int n);

/* ---- pdf_layer.c: text that another program recognised ---- */
/* Of a page that is a picture with text: marks its words as doubtful, sets page->layer. */
void pdf_layer_judge(PdfPage *page);
/* The page's own text makes clearly more sense than what we read on its picture. */
bool pdf_layer_is_better(const PdfPage *page, const RecognisedPage *recognised);

/* ---- pdf_columns.c: two columns side by side that are no table ---- */
typedef struct {
	int first, end;     /* lines [first, end) */
	double left, right; /* the gutter between */
} PdfColumns;
/* The first such region that begins at line `from` or after it. */
bool pdf_columns_find(
	const GPtrArray *lines, int from, double page_width_pt, PdfColumns *ret_columns);
/* Writes it as a layout table of one row and two cells. */
void pdf_columns_emit(
	PdfReading *reading, const GPtrArray *lines, const PdfColumns *columns, Block ***tail);

/* ---- pdf_rules.c: ruling lines, and the grids that they make ---- */
/* From the thin dark marks (of Box) that the page draws. Fills rules. */
void pdf_rules_of_marks(const GArray *bars, PdfRules *rules);
/* Grey values, one byte a pixel, 0 black; `scale` pixels a point. Fills rules. */
void pdf_rules_find(
	const unsigned char *grey, int width, int height, double scale, PdfRules *rules);

typedef struct {
	Box box;
	int row, column, row_span, column_span; /* from 1 */
} PdfGridCell;
typedef struct {
	Box box;
	GArray *cells;   /* of PdfGridCell, row by row */
	GArray *columns; /* of double: the left edges, and the last right one */
	int n_rows, n_columns;
} PdfGrid;
void pdf_grid_free(void *grid);
/* Grids of at least two columns, top to bottom. Caller owns. */
GPtrArray *pdf_grids_find(const PdfRules *rules);

/* ---- pdf_tables.c: cells with their lines, over several pages ---- */
typedef struct PdfTable PdfTable;
/* A table from the pieces that lie in the grid. Caller owns. */
PdfTable *pdf_table_of_grid(PdfReading *reading, PdfPage *page, const PdfGrid *grid);
/* Without rules: a table that begins at line `from`, by the columns that words line up in, or NULL.
 */
PdfTable *pdf_table_aligned(Arena *arena, const GPtrArray *lines, int from, int *ret_end);
/* `more` goes on with `table` on the next page (same columns): takes its rows, without a repeated
 * head, and frees it. False, and nothing done, when it is another table. */
bool pdf_table_continue(PdfTable *table, PdfTable *more);
void pdf_table_emit(PdfReading *reading, const PdfTable *table, Block ***tail);
Box pdf_table_box(const PdfTable *table);
void pdf_table_free(PdfTable *table);
/* The pieces look like cells: worth looking for rules on the page. */
bool pdf_table_likely(const GPtrArray *lines);
bool pdf_table_header(const PdfLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfTable, pdf_table_free)

/* ---- pdf_margins.c ---- */
/* Left and right edge and line distance that most lines have. */
PdfMargins pdf_margins(const GPtrArray *lines);
/* The line distance alone; 0 for a single line. */
double pdf_pitch(const GPtrArray *lines);
/* What `to` does not show of the margins that both have. */
void pdf_margins_lend(const PdfMargins *from, PdfMargins *to);

/* ---- pdf_items.c: marks of list items ---- */
/* Length of "12.3." or "a)" or "-" at the start; 0 = none. */
size_t pdf_mark_length(const char *text);
/* "1.", "a)", "-", "Điều 3.", "II." …: text begins an item of a list. */
bool pdf_starts_item(const char *text);
bool pdf_starts_heading(const char *text); /* "Điều 3.", "CHƯƠNG II" … */
/* `next` has the number after that of `item` ("5." "6.", "2.3." "3."), or the first under it. */
bool pdf_items_follow(const char *item, const char *next);

/* ---- pdf_paras.c: paragraphs from lines ---- */
typedef enum {
	PDF_PROSE, /* body: lines joined by a space, centred ones by a line break */
	PDF_STACK, /* head, foot: lines joined by a line break unless one was wrapped */
	PDF_CELL,  /* a table cell: joined by a space */
	PDF_LIST,  /* a cell with one thing a line */
} PdfParaMode;
/* `at` gives table, row and column. Without margins each line has those of its page. */
void pdf_paras_emit(PdfReading *reading, const GPtrArray *lines, PdfParaMode mode,
	const PdfMargins *margins, const Place *at, Block ***tail);

/* ---- pdf_quality.c ---- */
/* Meta of the Doc: pages, by number with a space between, that a recogniser should read. */
#define PDF_META_UNREAD "unread-pages"
/* Findings about the text as a whole: a scan, garbled letters, letters mended. Before lines are
 * taken out. */
void pdf_quality_find(PdfReading *reading);

#endif
