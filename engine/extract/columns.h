/* Columns of a head or foot that were typed with tabs or spaces, found in one printed line. */
#ifndef VANTHU_EXTRACT_COLUMNS_H
#define VANTHU_EXTRACT_COLUMNS_H

#include <stdbool.h>

/* A tab or three spaces and more: where a second column may begin. NULL: there is none behind p. */
const char *find_gap(const char *p, const char **ret_after);
/* Whether what stands left and right of a gap are two columns of a head or foot. */
bool are_columns(const char *left, const char *right);
/* A post in capitals, as it stands in the signer's column. */
bool is_signer_side(const char *text);
/* The space before a second column with one space between; NULL = one column. */
const char *find_glued_column(const char *text);

#endif
