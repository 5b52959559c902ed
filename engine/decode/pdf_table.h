/* What the table modules share: a table while it is gathered, over pages. */
#ifndef VANTHU_DECODE_PDF_TABLE_H
#define VANTHU_DECODE_PDF_TABLE_H

#include "decode/pdf_layout.h"

typedef struct {
	int row, column, row_span, column_span, page;
	Box box;          /* the cell's, or around its text */
	GPtrArray *lines; /* of PdfLine */
} PdfTableCell;

struct PdfTable {
	GPtrArray *cells; /* of PdfTableCell, row by row */
	GArray *columns;  /* of double: edges */
	int n_rows, n_columns, page;
	Box box;
	bool layout;
};

static inline PdfTableCell *
pdf_table_cell(const PdfTable *table, guint i)
{
	return table->cells->pdata[i];
}

#endif
