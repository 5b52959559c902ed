/*
 * What came after a signature: the file is cut at the end of what it covers, and that revision is
 * compared with the whole file, object by object and as people see it. Pure over untrusted bytes,
 * with Poppler: for the isolated helper.
 */
#ifndef VANTHU_DECODE_SIGNATURE_CHANGES_H
#define VANTHU_DECODE_SIGNATURE_CHANGES_H

#include "decode/signature_find.h"

typedef struct SignatureChanges SignatureChanges;

/* All is lent for its life. budget NULL: nothing is compared, every answer is "unknown". */
SignatureChanges *signature_changes_new(const unsigned char *data, size_t size, PdfObjects *last,
	const GArray *sites, PdfBudget *budget);
void signature_changes_free(SignatureChanges *changes);
/* A word of SIGNATURE_CHANGES for what follows `end`; *ret_detail says where, lent by changes. To
 * be asked from the earliest end to the last; the same end is compared once. */
const char *signature_changes_since(SignatureChanges *changes, size_t end, const char **ret_detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SignatureChanges, signature_changes_free)

#endif
