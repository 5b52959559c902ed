/*
 * A locked PDF and a password to try on it, as one run of bytes: whatever helper opens it later (its text,
 * a picture of a page) finds the password in front of the file. Nothing is ever written to disk so.
 */
#ifndef VANTHU_DECODE_PDF_LOCKED_H
#define VANTHU_DECODE_PDF_LOCKED_H

#include <glib.h>

/* The parent's side. Caller owns. */
GBytes *pdf_locked_new(GBytes *file, const char *password);
/* The helper's side: the file itself (caller owns), and *ret_password, NULL when none came along. */
GBytes *pdf_locked_file(GBytes *bytes, char **ret_password);

#endif
