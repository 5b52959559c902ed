/*
 * From bytes to a Doc, without touching the bytes: they are sniffed, handed to the isolated helper
 * that reads such files, and the tree that comes back is parsed as untrusted input.
 *
 * Whatever the document does to its reader ends in the Doc: a crash, a time-out or an exceeded
 * limit is a finding of decode/ like "encrypted". A GError means that our own side is broken (a
 * helper program is missing): then the document is not to blame and is to be tried again.
 */
#ifndef VANTHU_DECODE_PARENT_H
#define VANTHU_DECODE_PARENT_H

#include "base/date.h"
#include "document/doc.h"

typedef struct Decoders Decoders; /* for one thread at a time */

/* `helper_dir` holds vanthu-decode and the other helpers. Starts nothing yet. */
Decoders *decoders_new(const char *helper_dir, const Limits *limits);
/* Ends the helpers; NULL is fine. */
void decoders_free(Decoders *decoders);
/* What signatures are verified against: PEM of the office's trust/ folder (may be NULL), and now.
 */
void decoders_set_trust(Decoders *decoders, GBytes *pem, Clock now);
/* From now on pages of PDF that are pictures are left unread, and findings say so. */
void decoders_skip_pictures(Decoders *decoders);
/* Passwords to try on PDF files that are locked; lent strings are copied. */
void decoders_set_passwords(Decoders *decoders, const char *const *passwords);
/* `name` is only compared with what the content is; may be NULL. Caller owns the Doc. */
Doc *decoders_read(Decoders *decoders, GBytes *bytes, const char *name, GError **err);
/* Page `number` (from 1) of a PDF or an image file as PNG, for people to look at. NULL: the file has no
 * pages of its own, or this one can't be drawn. Caller owns. */
GBytes *decoders_preview(Decoders *decoders, GBytes *bytes, int number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoders, decoders_free)

#endif
