/* RFC 3161 timestamps: of a signature value, and of a whole document. */
#ifndef VANTHU_DECODE_SIGNATURE_STAMP_H
#define VANTHU_DECODE_SIGNATURE_STAMP_H

#include "decode/signature_cms.h"

#include <openssl/cms.h>

typedef struct {
	int64_t time_s;
	const char *trust;  /* of its own chain, at its time */
	const char *reason; /* why it is not intact */
	const char *digest; /* name */
	X509 *certificate;  /* owned by the caller; NULL: it could not be read */
} SignatureStamp;

/* A timestamp token over `bytes`; false when it is not intact. Certificates in it go to the caller.
 */
bool signature_stamp_read(const unsigned char *token, size_t n_token, const unsigned char *bytes,
	size_t size, const SignatureTrust *trust, SignatureStamp *ret,
	STACK_OF(X509) * *ret_certificates);
/* The timestamp among a signer's unsigned attributes, over its value; false when there is no intact
 * one; then ret->reason tells what is wrong with it, "" = there is none. ret->certificate stays
 * NULL. */
bool signature_stamp_of(CMS_SignerInfo *signer, const unsigned char *value, size_t n_value,
	const SignatureTrust *trust, SignatureStamp *ret);

#endif
