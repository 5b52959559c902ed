/*
 * Errors that say what to do next.
 *
 * A function that can fail returns bool (or a pointer) and takes a GError ** last. The code of the
 * error is the action the caller may take; the message is for a person, built from the inside out:
 *
 *	return fail(err, ERR_FORMAT, _("no '%s' element"), name);       where it happened
 *	return because(err, _("decoding '%s'"), file);                  on the way up
 *
 * prints "decoding 'a.docx': no 'w:body' element". With err_trace() the file and line of every step
 * follow. Messages are lower case, have no full stop and put the subject in single quotes; they are
 * written in English and translated by gettext (engine/base/vi.po).
 */
#ifndef VANTHU_BASE_ERROR_H
#define VANTHU_BASE_ERROR_H

#include <glib.h>
#include <libintl.h>
#include <stdbool.h>

#define _(text) gettext(text)
#define N_(text) (text)

typedef enum {
	ERR_RETRY = 1,   /* passing trouble (busy, disk full): try again later */
	ERR_FORMAT,      /* the input is not what it should be: put it aside */
	ERR_LIMIT,       /* the input asks for too much: put it aside */
	ERR_UNSUPPORTED, /* a person has to do it */
	ERR_NOT_FOUND,   /* what was asked for is not there */
	ERR_CONFLICT,    /* somebody else was quicker, or it is not allowed in this state */
	ERR_DENIED,      /* this actor may not */
	ERR_USAGE,       /* the caller's words make no sense */
	ERR_LIBRARY,     /* a library or the system failed */
} ErrCode;

#define VANTHU_ERROR (vanthu_error_quark())
GQuark vanthu_error_quark(void);

/* Sets *err (when err is not NULL and holds no error yet) and returns false. */
bool err_set(GError **err, const char *file, int line, ErrCode code, const char *format, ...)
	G_GNUC_PRINTF(5, 6);
/* Puts "format: " before the message of *err, and returns false. */
bool err_frame(GError **err, const char *file, int line, const char *format, ...)
	G_GNUC_PRINTF(4, 5);

#define fail(err, code, ...) err_set((err), __FILE__, __LINE__, (code), __VA_ARGS__)
#define because(err, ...) err_frame((err), __FILE__, __LINE__, __VA_ARGS__)

/* The code of one of our errors; ERR_LIBRARY for an error of another domain. */
ErrCode err_code(const GError *err);
/* "engine/decode/zip.c:41 < engine/decode/docx.c:90", lent by err. Empty for other domains. */
const char *err_trace(const GError *err);

#endif
