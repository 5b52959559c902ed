/* Certificates: their words for people, and whether a chain leads to the office's trusted ones. */
#ifndef VANTHU_DECODE_SIGNATURE_TRUST_H
#define VANTHU_DECODE_SIGNATURE_TRUST_H

#include "decode/signature_cms.h"

#include <openssl/x509.h>

/* "trusted", "expired", …: a word of SIGNATURE_TRUST_THEN. untrusted may be NULL. `stamping`: the
 * certificate is a time-stamping authority's. */
const char *signature_trust_at(const SignatureTrust *trust, X509 *certificate,
	STACK_OF(X509) * untrusted, int64_t time_s, bool stamping);
/* Signer, organisation, issuer, serial number and validity. */
void signature_describe(X509 *certificate, Signature *ret);
/* "RSA 2048"; *ret_weak when it should not be relied on. Caller owns. */
char *signature_key_name(X509 *certificate, bool *ret_weak);
/* Seconds since 1970; INT64_MIN when it is no time. */
int64_t signature_seconds(const ASN1_TIME *time);
char *signature_print_time(int64_t time_s);
/* Appends a line for each certificate in PEM text: its validity ("2019-01-01/2024-01-01"), a tab,
 * its name. */
void signature_trust_list(const char *pem, size_t size, GString *out);

#endif
