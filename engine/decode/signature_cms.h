/*
 * What a signature value says, with OpenSSL: is it intact over the bytes it covers, by whose
 * certificate, when, and is the chain trusted at a time. Offline: no OCSP, no AIA, no lists of
 * revoked certificates. Untrusted bytes: for the isolated helper.
 */
#ifndef VANTHU_DECODE_SIGNATURE_CMS_H
#define VANTHU_DECODE_SIGNATURE_CMS_H

#include "decode/signature_find.h"
#include "document/signature.h"

/* The office's trusted certificates. */
typedef struct SignatureTrust SignatureTrust;

/* From PEM; what is no certificate in it is passed over. Never NULL. */
SignatureTrust *signature_trust_new(const char *pem, size_t size);
void signature_trust_free(SignatureTrust *trust);
int signature_trust_count(const SignatureTrust *trust);

/* Sets integrity, signer, times, trust and algorithm of `ret`. now_s: seconds since 1970. */
void signature_verify(const SignatureSite *site, const unsigned char *data,
	const SignatureTrust *trust, int64_t now_s, Signature *ret);

/* Loads OpenSSL's tables. Call once, before anything untrusted is read. */
void signature_warm(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SignatureTrust, signature_trust_free)

#endif
