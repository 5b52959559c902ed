/*
 * Two revisions of a PDF as people see them: number and size of pages, their text, and their
 * pictures, drawn small by Poppler. Equal objects draw equal pictures, so every pixel counts; only
 * where a later signature put its stamp, a form was filled in or an annotation was added may they
 * differ, and that is said. Untrusted bytes: for the isolated helper.
 */
#ifndef VANTHU_DECODE_SIGNATURE_VIEW_H
#define VANTHU_DECODE_SIGNATURE_VIEW_H

#include "decode/signature_structure.h"

typedef struct SignatureView SignatureView; /* of the whole file, with what is kept of it */

/* Bytes are lent. NULL when Poppler can't open the file. */
SignatureView *signature_view_new(const unsigned char *data, size_t size);
void signature_view_free(SignatureView *view);

/* Compares the revision that ends at `end`; report->pages are drawn in any case, others as long as
 * the view's budget lasts. `signed_later`: names of signature fields whose stamps came after it.
 * False when it could not be compared to its end. */
bool signature_view_compare(
	SignatureView *view, size_t end, GHashTable *signed_later, StructureReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SignatureView, signature_view_free)

#endif
