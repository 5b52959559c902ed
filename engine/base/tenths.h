/* Numbers with one digit behind the point: boxes and sizes, of which a page has thousands. The same
 * characters as "%.1f" in the C locale and the same values as g_ascii_strtod(), in a tenth of the time. */
#ifndef VANTHU_BASE_TENTHS_H
#define VANTHU_BASE_TENTHS_H

#include <glib.h>

/* Returns text. */
char *tenths_print(double value, char text[G_ASCII_DTOSTR_BUF_SIZE]);
double tenths_read(const char *text, char **ret_end);

#endif
