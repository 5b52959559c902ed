/*
 * A number of a sheet as its format shows it, in Vietnamese: decimal comma, thousands with a dot.
 * Days come before months and years have four digits whatever the format says: the file knows the
 * date, and who reads it further on must not guess.
 */
#ifndef VANTHU_DECODE_XLSX_FORMAT_H
#define VANTHU_DECODE_XLSX_FORMAT_H

#include <stdbool.h>

/* The code of a built-in format ("0%" is 9); NULL = none, as it comes. Source: ECMA-376, 18.8.30.
 */
const char *xlsx_format_code(int id);
/* `value` as stored ("45981.5"); `code` may be NULL. What is no number is returned as it is. Caller
 * owns. `from_1904`: the workbook counts its days from 1904. */
char *xlsx_format(const char *value, const char *code, bool from_1904);

#endif
