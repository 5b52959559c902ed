/* The names of files in a ZIP, as people typed them: several generations of packers wrote them in
 * whatever their Windows had. */
#ifndef VANTHU_DECODE_PACKAGE_NAMES_H
#define VANTHU_DECODE_PACKAGE_NAMES_H

#include <glib.h>
#include <stdbool.h>

/* A name that is not marked as UTF-8, as its bytes stand there: UTF-8 all the same, Vietnamese
 * Windows (code page 1258) or DOS (437). Caller owns; UTF-8. */
char *package_name_decode(const char *raw);
/* A name with a NUL in it: programs differ in what they take it for. Looks at the directory of the
 * ZIP itself; false as well when that can't be found. */
bool package_names_hold_nul(GBytes *zip);

#endif
