/*
 * A signed PDF -> its signatures with all their values, and findings about them. The request holds
 * the office's trusted certificates and the time, since nothing here asks for either:
 *
 *	8 bytes  now, microseconds since 1970, little endian
 *	8 bytes  size of the PEM text, little endian
 *	the PEM text, then the PDF
 *
 * What comes back is a Doc of format "signatures" that has nothing else. Untrusted bytes: for the
 * isolated helper.
 */
#ifndef VANTHU_DECODE_SIGNATURE_CHECK_H
#define VANTHU_DECODE_SIGNATURE_CHECK_H

#include "base/date.h"
#include "document/doc.h"

/* The parent's side: the request for a PDF. pem may be NULL. Caller owns. */
GBytes *signature_request(GBytes *pdf, GBytes *pem, Clock now);

/* Services of the helper. `compare` also opens every signed revision with Poppler. ERR_USAGE when
 * the request is cut off. Caller owns the Doc. */
Doc *signatures_check(GBytes *request, bool compare, GError **err);

#endif
