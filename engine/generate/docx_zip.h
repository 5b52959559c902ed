/* The entries of a DOCX package: reading those that may hold tags, writing the filled ones back. */
#ifndef VANTHU_GENERATE_DOCX_ZIP_H
#define VANTHU_GENERATE_DOCX_ZIP_H

#include "base/error.h"

typedef struct {
	const char *name; /* lent */
	GString *text;
} DocxEntry;

void docx_entry_free(gpointer entry);

typedef bool (*DocxVisit)(
	const char *name, const char *text, size_t size, void *user, GError **err);
/* Document, headers, footers, notes: in the order of the package. ERR_FORMAT: no DOCX, or damaged;
 * ERR_LIMIT: more text than any template has. */
bool docx_zip_read(GBytes *package, DocxVisit visit, void *user, GError **err);
/* The package with these entries (of DocxEntry) instead of its own. Everything else is copied
 * packed as it is; times are constant, so that the same content gives the same bytes. */
GBytes *docx_zip_write(GBytes *package, GPtrArray *entries, GError **err);

#endif
