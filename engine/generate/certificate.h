/*
 * What the QR code of a certificate says, and its proof: id, number and date of the decision,
 * number in the golden book (số sổ vàng), signed with the office's Ed25519 key (RFC 8032). No name:
 * a code that is photographed tells nothing of a person. It is no digital signature in law (Luật
 * Giao dịch điện tử).
 *
 *	VANTHU1;2026-00003-02;48/QĐ-STNMT;2026-12-01;2;<base64 of 64 bytes>
 */
#ifndef VANTHU_GENERATE_CERTIFICATE_H
#define VANTHU_GENERATE_CERTIFICATE_H

#include "base/error.h"

typedef struct {
	char *id, *decision, *date;
	int register_number;
} CertificateFacts;

void certificate_facts_clear(CertificateFacts *facts);

/* A key pair as base64 texts, owned by the caller. seed NULL: random; else (a test office) derived
 * from it. */
void certificate_keys(const char *seed, char **ret_secret, char **ret_public);
/* The signed text; NULL with ERR_FORMAT when the secret key is none, or a fact is missing or
 * holds a ';'. */
char *certificate_sign(const char *secret, const CertificateFacts *facts, GError **err);
/* ERR_FORMAT: no certificate text of ours. ERR_DENIED: not signed with this key, or changed since.
 */
bool certificate_verify(
	const char *public_key, const char *text, CertificateFacts *ret_facts, GError **err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CertificateFacts, certificate_facts_clear)

#endif
