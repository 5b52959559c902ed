/*
 * A digital signature of a document, as separate values that are never made one boolean: whether
 * the signed bytes are intact, who signed, when and who says so, whether the chain of certificates
 * was and is trusted, which bytes it covers, and what came after it. docs/signatures.md explains
 * each value and word.
 */
#ifndef VANTHU_DOCUMENT_SIGNATURE_H
#define VANTHU_DOCUMENT_SIGNATURE_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
	SIGNATURE_FIELD,      /* name of the form field; "" = no field speaks of it */
	SIGNATURE_FORMAT,     /* SubFilter: "adbe.pkcs7.detached", … */
	SIGNATURE_INTEGRITY,  /* intact broken unsupported unreadable */
	SIGNATURE_REASON,     /* why it is not intact: a word */
	SIGNATURE_SIGNER,     /* common name in the certificate */
	SIGNATURE_ORGAN,      /* organisation in the certificate */
	SIGNATURE_ISSUER,     /* common name of who issued the certificate */
	SIGNATURE_SERIAL,     /* of the certificate, hex */
	SIGNATURE_VALIDITY,   /* of the certificate: "2019-01-01/2024-01-01" */
	SIGNATURE_TIME,       /* "2026-05-04T02:44:21Z"; "" = none */
	SIGNATURE_TIME_KIND,  /* timestamp signed claimed none */
	SIGNATURE_TIME_TRUST, /* of a timestamp's own chain; "" when it is none */
	SIGNATURE_TRUST_THEN, /* trusted expired not-yet-valid wrong-use invalid unknown no-time */
	SIGNATURE_TRUST_NOW,  /* the same words */
	SIGNATURE_COVERAGE,   /* whole revision partial unknown */
	SIGNATURE_GAP,        /* exact larger elsewhere unknown */
	SIGNATURE_REVISIONS,  /* how many came after what it covers */
	SIGNATURE_CHANGES,    /* what they changed: none update signatures form annotations hidden
				 content unknown */
	SIGNATURE_PERMISSION, /* what a certifying signature allows: nothing forms annotations; "" =
				 it certifies nothing */
	SIGNATURE_DETAIL,     /* where: pages, fields, objects */
	SIGNATURE_ALGORITHM,  /* "RSA 2048, SHA-256" */
	SIGNATURE_WEAK,       /* "SHA-1": what should not be relied on any more; "" = nothing */
	SIGNATURE_VALUES
} SignatureValue;

typedef struct {
	char *values[SIGNATURE_VALUES]; /* owned; NULL reads as "" */
} Signature;

Signature *signature_new(void);
Signature *signature_copy(const Signature *from);
void signature_free(Signature *signature); /* NULL is fine */
GPtrArray *signatures_new(void);           /* of Signature */
void signatures_add_copies(GPtrArray *signatures, const GPtrArray *from);

/* Lent; never NULL. */
const char *signature_value(const Signature *signature, SignatureValue value);
bool signature_is(const Signature *signature, SignatureValue value, const char *word);
/* Copies; false (and nothing set) when the value takes words and this is none of them. */
bool signature_set(Signature *signature, SignatureValue value, const char *text);

/* "trust-then": name of a value in trees, rows and JSON. */
const char *signature_value_name(SignatureValue value);
bool signature_value_parse(const char *name, SignatureValue *ret_value);
/* For people: label of a value, wording of a word, in "vi" or "en"; lent. A text is its own
 * wording. */
const char *signature_value_label(SignatureValue value, const char *language);
const char *signature_wording(SignatureValue value, const char *word, const char *language);
/* One sentence that weighs all values, the worst first; lent. */
const char *signature_verdict(const Signature *signature, const char *language);
/* "Nguyễn Văn A, Sở X: <verdict>": a line for lists. Caller owns. */
char *signature_line(const Signature *signature, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Signature, signature_free)

#endif
