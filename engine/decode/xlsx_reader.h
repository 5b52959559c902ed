/*
 * The reader of workbooks, for xlsx*.c only: what is shared while one workbook is read.
 *
 * A sheet is first read into a sparse list of the cells that hold something (xlsx_sheet.c), however
 * many rows it declares, then laid out as blocks (xlsx_table.c).
 */
#ifndef VANTHU_DECODE_XLSX_READER_H
#define VANTHU_DECODE_XLSX_READER_H

#include "decode/docx_sax.h"
#include "decode/ooxml.h"

enum { XLSX_ROWS = 1048576, XLSX_COLUMNS = 16384 };

/* ---- xlsx_styles.c: how cells look --------------------------------------------------------- */

typedef struct {
	const char *font; /* NULL = unknown */
	double size_pt;
	bool bold, italic, border;
	Align align;
	bool across;      /* centred over the columns beside it */
	const char *code; /* of its number format; NULL = none */
} Look;

typedef struct XlsxStyles XlsxStyles;

/* Names and codes go to `names`, which must outlive it. */
XlsxStyles *xlsx_styles_new(GStringChunk *names);
void xlsx_styles_free(XlsxStyles *styles);
bool xlsx_styles_read(
	XlsxStyles *styles, GBytes *bytes, const char *part, const Limits *limits, GError **err);
const Look *xlsx_styles_look(const XlsxStyles *styles, int index); /* never NULL */

/* ---- texts: a shared or inline string, in pieces of one font ------------------------------- */

typedef struct {
	const char *text, *font; /* as written; font NULL = that of the cell */
} Piece;

typedef struct {
	GStringChunk *names;
	GArray *pieces; /* of Piece */
	GArray *starts; /* of guint: where each string's pieces start */
} Texts;

void texts_init(Texts *texts, GStringChunk *names);
void texts_clear(Texts *texts);
void texts_start(Texts *texts);
void texts_add(Texts *texts, const char *text, const char *font);
/* The pieces of a string; 0 when there is no such string. */
int texts_pieces(const Texts *texts, guint index, const Piece **ret_first);

/* ---- xlsx_sheet.c: one sheet as it is stored ----------------------------------------------- */

typedef enum { CELL_NUMBER, CELL_SHARED, CELL_INLINE, CELL_TEXT, CELL_SWITCH } CellKind;

typedef struct {
	int row, column, style;
	CellKind kind;
	guint text;        /* of SHARED and INLINE: which string */
	const char *value; /* of the others, in names */
} SheetCell;

typedef struct {
	int row, column, last_row, last_column;
} Merge;

typedef struct {
	int number;       /* from 1, as the workbook lists it */
	const char *name; /* lent */
	GArray *cells;    /* of SheetCell, by row and column, no two in one place */
	GArray *merges;   /* of Merge */
	GHashTable *hidden_rows;
	bool hidden_columns[XLSX_COLUMNS + 1];
	int uncomputed; /* formulas without a value */
} Sheet;

typedef struct {
	Ooxml ooxml;
	GStringChunk *names;
	XlsxStyles *styles;
	Texts shared, inlined;
	GHashTable *legacy; /* names of legacy fonts that were decoded */
	Block **body_tail, **notes_tail;
	bool from_1904;
	int tables, comments, text_boxes, headers, footers;
	size_t text_bytes; /* looked at so far */
	int cells;         /* of all sheets so far */
} Xlsx;

Sheet *sheet_new(int number, const char *name);
void sheet_free(Sheet *sheet);
bool sheet_read(Xlsx *xlsx, Sheet *sheet, GBytes *bytes, const char *part, GError **err);
/* "B5"; false when it is no place on a sheet. */
bool sheet_address(const char *text, int *ret_row, int *ret_column, const char **ret_end);
/* si and is: a string of pieces is added to texts. */
bool texts_read(Texts *texts, GBytes *bytes, const char *part, const Limits *limits, GError **err);

/* ---- xlsx_table.c: the sheet as blocks ----------------------------------------------------- */

bool sheet_lay_out(Xlsx *xlsx, const Sheet *sheet, GError **err);

/* ---- xlsx_notes.c: what stands beside the cells -------------------------------------------- */

/* `bytes` are the sheet's own, `part` its name. */
bool sheet_read_notes(
	Xlsx *xlsx, const Sheet *sheet, GBytes *bytes, const char *part, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

#endif
