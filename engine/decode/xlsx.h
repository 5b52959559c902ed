/*
 * A workbook (SpreadsheetML, transitional or strict) to a Doc of format "xlsx": what a person sees
 * on its sheets, numbers and dates as text the way their format shows them. Each visible sheet
 * gives the rows above its list as paragraphs (two columns side by side as a layout table), the
 * list as one table without its blank rows and columns, the rows below as paragraphs again. Places
 * name the page (number of the sheet), row and column of the sheet itself.
 *
 * Formulas are never computed: the value that was saved with them counts.
 */
#ifndef VANTHU_DECODE_XLSX_H
#define VANTHU_DECODE_XLSX_H

#include "decode/package.h"
#include "document/doc.h"

/* The content types of the package, or the usual place, say that there is a workbook in it. */
bool xlsx_is(Package *package, const Limits *limits);
/* Never NULL: what can't be read is a Doc with a finding of decode/. */
Doc *xlsx_read(Package *package, const Limits *limits);

#endif
