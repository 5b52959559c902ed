/* X.509 certificates -> words: who, until when, trusted or not. */
#include "decode/signature_trust.h"

#include "base/text.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { MAX_ROOTS = 2000, MAX_CHAIN = 10 };

struct SignatureTrust {
	X509_STORE *store;
	int count;
};

SignatureTrust *
signature_trust_new(const char *pem, size_t size)
{
	SignatureTrust *trust = g_new0(SignatureTrust, 1);
	trust->store = X509_STORE_new();
	BIO *bytes = BIO_new_mem_buf(pem, (int)MIN(size, G_MAXINT));
	for (X509 *one;
		trust->count < MAX_ROOTS && (one = PEM_read_bio_X509(bytes, NULL, NULL, NULL));
		X509_free(one))
		trust->count += X509_STORE_add_cert(trust->store, one);
	BIO_free(bytes);
	ERR_clear_error();
	return trust;
}

void
signature_trust_free(SignatureTrust *trust)
{
	if (!trust)
		return;
	X509_STORE_free(trust->store);
	g_free(trust);
}

int
signature_trust_count(const SignatureTrust *trust)
{
	return trust->count;
}

/* What OpenSSL says, in our words; anything else is an invalid chain. */
static const char *
word_of(int error)
{
	static const struct {
		int error;
		const char *word;
	} rows[] = {
		{ X509_V_OK, "trusted" },
		{ X509_V_ERR_CERT_HAS_EXPIRED, "expired" },
		{ X509_V_ERR_CERT_NOT_YET_VALID, "not-yet-valid" },
		{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, "unknown" },
		{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "unknown" },
		{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, "unknown" },
		{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "unknown" },
		{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "unknown" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].error == error)
			return rows[i].word;
	return "invalid";
}

/* A certificate that says what its key is for must say so of signing, or of time stamps. */
static bool
fits_use(X509 *certificate, bool stamping)
{
	uint32_t use = X509_get_key_usage(certificate);
	bool signs = use == UINT32_MAX || (use & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
	uint32_t extended = X509_get_extended_key_usage(certificate);
	return signs && (!stamping || (extended != UINT32_MAX && (extended & XKU_TIMESTAMP)));
}

/* Any certificate of the office's folder is an end of the chain, not self-signed ones alone. */
const char *
signature_trust_at(const SignatureTrust *trust, X509 *certificate, STACK_OF(X509) * untrusted,
	int64_t time_s, bool stamping)
{
	if (time_s == INT64_MIN)
		return "no-time";
	X509_STORE_CTX *chain = X509_STORE_CTX_new();
	const char *word = "invalid";
	if (chain && X509_STORE_CTX_init(chain, trust->store, certificate, untrusted)) {
		X509_VERIFY_PARAM *how = X509_STORE_CTX_get0_param(chain);
		X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
		X509_VERIFY_PARAM_set_time(how, (time_t)time_s);
		X509_VERIFY_PARAM_set_depth(how, MAX_CHAIN);
		X509_VERIFY_PARAM_set_auth_level(how, 0);
		int good = X509_verify_cert(chain);
		word = word_of(good == 1 ? X509_V_OK : X509_STORE_CTX_get_error(chain));
		if (good != 1 && X509_STORE_CTX_get_error(chain) == X509_V_OK)
			word = "invalid";
	}
	X509_STORE_CTX_free(chain);
	ERR_clear_error();
	if (strcmp(word, "trusted") == 0 && !fits_use(certificate, stamping))
		return "wrong-use";
	return word;
}

int64_t
signature_seconds(const ASN1_TIME *time)
{
	struct tm parts;
	if (!time || !ASN1_TIME_to_tm(time, &parts))
		return INT64_MIN;
	return (int64_t)timegm(&parts);
}

char *
signature_print_time(int64_t time_s)
{
	g_autoptr(GDateTime) when =
		time_s == INT64_MIN ? NULL : g_date_time_new_from_unix_utc(time_s);
	return when ? g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ") : g_strdup("");
}

/* The last of its kind: the most specific one. */
static void
describe_part(X509_NAME *name, int nid, SignatureValue value, Signature *ret)
{
	int at = -1, last = -1;
	while ((at = X509_NAME_get_index_by_NID(name, nid, at)) >= 0)
		last = at;
	if (last < 0)
		return;
	unsigned char *bytes = NULL;
	int size = ASN1_STRING_to_UTF8(
		&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
	if (size > 0) {
		g_autofree char *clean = text_clean((const char *)bytes, (size_t)MIN(size, 1000));
		g_autofree char *squeezed = text_squeeze(clean);
		signature_set(ret, value, squeezed);
	}
	OPENSSL_free(bytes);
}

static void
describe_serial(X509 *certificate, Signature *ret)
{
	BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
	char *hex = number && BN_num_bits(number) < 400 ? BN_bn2hex(number) : NULL;
	signature_set(ret, SIGNATURE_SERIAL, hex);
	OPENSSL_free(hex);
	BN_free(number);
}

void
signature_describe(X509 *certificate, Signature *ret)
{
	X509_NAME *subject = X509_get_subject_name(certificate);
	describe_part(subject, NID_commonName, SIGNATURE_SIGNER, ret);
	describe_part(subject, NID_organizationName, SIGNATURE_ORGAN, ret);
	describe_part(X509_get_issuer_name(certificate), NID_commonName, SIGNATURE_ISSUER, ret);
	describe_serial(certificate, ret);
	g_autofree char *from =
		signature_print_time(signature_seconds(X509_get0_notBefore(certificate)));
	g_autofree char *to =
		signature_print_time(signature_seconds(X509_get0_notAfter(certificate)));
	g_autofree char *both = g_strdup_printf("%.10s/%.10s", from, to);
	signature_set(ret, SIGNATURE_VALIDITY, both);
	ERR_clear_error();
}

char *
signature_key_name(X509 *certificate, bool *ret_weak)
{
	const EVP_PKEY *key = X509_get0_pubkey(certificate);
	int bits = key ? EVP_PKEY_get_bits(key) : 0;
	const char *name = key ? EVP_PKEY_get0_type_name(key) : NULL;
	if (!name)
		name = "?";
	*ret_weak = (strcmp(name, "RSA") == 0 && bits < 2048) || strcmp(name, "DSA") == 0;
	return g_strdup_printf("%s %d", name, bits);
}

static void
list_one(X509 *certificate, GString *out)
{
	g_autoptr(Signature) words = signature_new();
	signature_describe(certificate, words);
	g_string_append_printf(out, "%s\t%s\n", signature_value(words, SIGNATURE_VALIDITY),
		signature_value(words, SIGNATURE_SIGNER));
}

void
signature_trust_list(const char *pem, size_t size, GString *out)
{
	BIO *bytes = BIO_new_mem_buf(pem, (int)MIN(size, G_MAXINT));
	int n = 0;
	for (X509 *one; n < MAX_ROOTS && (one = PEM_read_bio_X509(bytes, NULL, NULL, NULL));
		n++, X509_free(one))
		list_one(one, out);
	BIO_free(bytes);
	ERR_clear_error();
}
