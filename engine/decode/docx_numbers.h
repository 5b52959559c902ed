/* How the numbers of lists are written: "iv", "đ", "một", "②". */
#ifndef VANTHU_DECODE_DOCX_NUMBERS_H
#define VANTHU_DECODE_DOCX_NUMBERS_H

#include <glib.h>

/* `format` is a value of w:numFmt (ISO 29500-1, 17.18.59); one not known here is as "decimal". */
void numbers_print(GString *out, const char *format, int number);
/* The format that a sample of its first numbers means ("a, ă, â, ...", "001, 002, 003, ..."), as a
 * name for numbers_print(); NULL when it is none of ours. */
const char *numbers_of_pattern(const char *pattern);

#endif
