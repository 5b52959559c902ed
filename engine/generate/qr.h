/* QR codes as an SVG path: one square a module, in module units. */
#ifndef VANTHU_GENERATE_QR_H
#define VANTHU_GENERATE_QR_H

#include "base/error.h"

/* The path data ("M0 0h7v1h-7z…"), caller owns; *ret_modules is the width. Error correction M.
 * ERR_LIMIT when the text is too long. */
char *qr_path(const char *text, int *ret_modules, GError **err);

#endif
