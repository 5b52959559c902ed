/* CMS values -> integrity, signer, times: OpenSSL does the cryptography, the rules of PDF are ours.
 */
#include "decode/signature_cms.h"

#include "decode/signature_stamp.h"
#include "decode/signature_trust.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

/* Only integrity: chains are looked at afterwards, at two times. */
#define CMS_FLAGS (CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY)

typedef struct {
	const SignatureSite *site;
	const unsigned char *data;
	const SignatureTrust *trust;
	int64_t now_s;
	Signature *out;
} Checking;

static void
conclude(Checking *checking, const char *integrity, const char *reason)
{
	signature_set(checking->out, SIGNATURE_INTEGRITY, integrity);
	signature_set(checking->out, SIGNATURE_REASON, reason);
}

/* The signed bytes: both parts, one after the other. */
static GBytes *
signed_bytes(const SignatureSite *site, const unsigned char *data)
{
	size_t size = site->range[1] + site->range[3];
	unsigned char *both = g_malloc(size);
	memcpy(both, data + site->range[0], site->range[1]);
	memcpy(both + site->range[1], data + site->range[2], site->range[3]);
	return g_bytes_new_take(both, size);
}

/* "D:20211127204103+01'00'" in seconds; INT64_MIN when it is no time. */
static int64_t
claimed_seconds(const char *text)
{
	int part[6] = { 0, 1, 1, 0, 0, 0 };
	static const int sizes[6] = { 4, 2, 2, 2, 2, 2 };
	if (g_str_has_prefix(text, "D:"))
		text += 2;
	for (int i = 0; i < 6 && g_ascii_isdigit(*text); i++) {
		part[i] = 0;
		for (int n = 0; n < sizes[i]; n++, text++) {
			if (!g_ascii_isdigit(*text))
				return INT64_MIN;
			part[i] = part[i] * 10 + (*text - '0');
		}
	}
	int hours = 0, minutes = 0;
	char sign = *text;
	if ((sign == '+' || sign == '-') && sscanf(text + 1, "%2d'%2d", &hours, &minutes) < 1)
		return INT64_MIN;
	g_autoptr(GDateTime) when =
		g_date_time_new_utc(part[0], part[1], part[2], part[3], part[4], part[5]);
	if (!when)
		return INT64_MIN;
	int64_t offset = (hours * 60 + minutes) * 60;
	return g_date_time_to_unix(when) - (sign == '-' ? -offset : offset);
}

static void
set_time(Checking *checking, int64_t time_s, const char *kind)
{
	g_autofree char *text = signature_print_time(time_s);
	signature_set(checking->out, SIGNATURE_TIME, text);
	signature_set(checking->out, SIGNATURE_TIME_KIND, time_s == INT64_MIN ? "none" : kind);
}

static void
set_trust(Checking *checking, X509 *certificate, STACK_OF(X509) * others, int64_t then_s,
	bool stamping)
{
	signature_describe(certificate, checking->out);
	signature_set(checking->out, SIGNATURE_TRUST_THEN,
		signature_trust_at(checking->trust, certificate, others, then_s, stamping));
	signature_set(checking->out, SIGNATURE_TRUST_NOW,
		signature_trust_at(
			checking->trust, certificate, others, checking->now_s, stamping));
}

static void
set_algorithm(Checking *checking, X509 *certificate, const char *digest)
{
	static const char *const weak[] = { "MD2", "MD4", "MD5", "SHA1", "RIPEMD160", NULL };
	bool weak_key;
	g_autofree char *key = signature_key_name(certificate, &weak_key);
	g_autofree char *both = g_strdup_printf("%s, %s", key, digest);
	bool weak_digest = g_strv_contains(weak, digest);
	signature_set(checking->out, SIGNATURE_ALGORITHM, both);
	signature_set(checking->out, SIGNATURE_WEAK, weak_digest ? digest : weak_key ? key : "");
}

/* ---- CMS ----------------------------------------------------------------------------------- */

static const EVP_MD *
digest_of(CMS_SignerInfo *signer)
{
	X509_ALGOR *algorithm = NULL;
	CMS_SignerInfo_get0_algs(signer, NULL, NULL, &algorithm, NULL);
	const ASN1_OBJECT *object = NULL;
	if (algorithm)
		X509_ALGOR_get0(&object, NULL, NULL, algorithm);
	return object ? EVP_get_digestbyobj(object) : NULL;
}

static bool
digest_fits(GBytes *content, const EVP_MD *digest, const ASN1_OCTET_STRING *expected)
{
	unsigned char found[EVP_MAX_MD_SIZE];
	unsigned int size = 0;
	gsize length;
	const void *bytes = g_bytes_get_data(content, &length);
	return expected && EVP_Digest(bytes, length, found, &size, digest, NULL) &&
		(int)size == ASN1_STRING_length(expected) &&
		memcmp(found, ASN1_STRING_get0_data(expected), size) == 0;
}

static const ASN1_OCTET_STRING *
message_digest(CMS_SignerInfo *signer)
{
	return CMS_signed_get0_data_by_OBJ(
		signer, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
}

/* Signed attributes as they were signed: a SET OF, in the order of the message. */
static GByteArray *
attribute_bytes(CMS_SignerInfo *signer)
{
	g_autoptr(GByteArray) inner = g_byte_array_new();
	for (int i = 0; i < CMS_signed_get_attr_count(signer); i++) {
		unsigned char *der = NULL;
		int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(signer, i), &der);
		if (size > 0)
			g_byte_array_append(inner, der, (guint)size);
		OPENSSL_free(der);
	}
	GByteArray *whole = g_byte_array_new();
	int size = ASN1_object_size(1, (int)inner->len, V_ASN1_SET);
	unsigned char *head = g_malloc((gsize)size), *p = head;
	ASN1_put_object(&p, 1, (int)inner->len, V_ASN1_SET, V_ASN1_UNIVERSAL);
	g_byte_array_append(whole, head, (guint)(p - head));
	g_byte_array_append(whole, inner->data, inner->len);
	g_free(head);
	return whole;
}

/* Edwards curves sign at one go, which OpenSSL's CMS does not do (RFC 8419). */
static bool
is_edwards(const EVP_PKEY *key)
{
	return key && (EVP_PKEY_is_a(key, "ED25519") || EVP_PKEY_is_a(key, "ED448"));
}

static void
verify_edwards(Checking *checking, CMS_SignerInfo *signer, X509 *certificate, GBytes *content)
{
	EVP_PKEY *key = X509_get0_pubkey(certificate);
	const EVP_MD *digest = digest_of(signer);
	bool right_digest = digest && EVP_PKEY_is_a(key, "ED25519")
		? EVP_MD_is_a(digest, "SHA512")
		: digest && EVP_MD_is_a(digest, "SHAKE256");
	if (!right_digest || CMS_signed_get_attr_count(signer) < 1) {
		conclude(checking, "unsupported", "algorithm");
		return;
	}
	g_autoptr(GByteArray) attributes = attribute_bytes(signer);
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(signer);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
		EVP_DigestVerify(context, ASN1_STRING_get0_data(value),
			(size_t)ASN1_STRING_length(value), attributes->data, attributes->len) == 1;
	EVP_MD_CTX_free(context);
	if (!good)
		conclude(checking, "broken", "signature");
	else if (!digest_fits(content, digest, message_digest(signer)))
		conclude(checking, "broken", "digest");
	else
		conclude(checking, "intact", "");
}

/* adbe.pkcs7.sha1: what is signed is the SHA-1 of the bytes, inside of the value. */
static bool
verify_inner(CMS_ContentInfo *cms, GBytes *content, bool *ret_digest)
{
	ASN1_OCTET_STRING **inner = CMS_get0_content(cms);
	*ret_digest = inner && *inner && digest_fits(content, EVP_sha1(), *inner);
	BIO *out = BIO_new(BIO_s_mem());
	bool good = CMS_verify(cms, NULL, NULL, NULL, out, CMS_FLAGS) == 1;
	BIO_free(out);
	return good;
}

static bool
verify_detached(CMS_ContentInfo *cms, GBytes *content)
{
	gsize size;
	const void *bytes = g_bytes_get_data(content, &size);
	BIO *in = BIO_new_mem_buf(bytes, (int)size), *out = BIO_new(BIO_s_null());
	bool good = CMS_verify(cms, NULL, NULL, in, out, CMS_FLAGS) == 1;
	BIO_free(in);
	BIO_free(out);
	return good;
}

/* Whether the failure is for lack of an algorithm, not for what was signed. */
static bool
lacks_algorithm(void)
{
	bool lacks = false;
	for (unsigned long error; (error = ERR_get_error());)
		lacks |= ERR_GET_REASON(error) == ERR_R_UNSUPPORTED ||
			(ERR_GET_LIB(error) == ERR_LIB_EVP &&
				ERR_GET_REASON(error) == EVP_R_UNSUPPORTED_ALGORITHM) ||
			(ERR_GET_LIB(error) == ERR_LIB_CMS &&
				ERR_GET_REASON(error) == CMS_R_UNKNOWN_DIGEST_ALGORITHM);
	return lacks;
}

static void
verify_signer(Checking *checking, CMS_ContentInfo *cms, CMS_SignerInfo *signer, X509 *certificate,
	GBytes *content)
{
	bool inner = strcmp(checking->site->format, "adbe.pkcs7.sha1") == 0, digest = true;
	if (is_edwards(X509_get0_pubkey(certificate))) {
		verify_edwards(checking, signer, certificate, content);
		return;
	}
	ERR_clear_error();
	bool good = inner ? verify_inner(cms, content, &digest) : verify_detached(cms, content);
	if (good && digest) {
		conclude(checking, "intact", "");
		return;
	}
	if (lacks_algorithm()) {
		conclude(checking, "unsupported", "algorithm");
		return;
	}
	const EVP_MD *used = digest_of(signer);
	bool changed = inner ? !digest
			     : message_digest(signer) && used &&
			!digest_fits(content, used, message_digest(signer));
	conclude(checking, "broken", changed ? "digest" : "signature");
}

/* The time: of a timestamp over the signature value, of a signed attribute, or only claimed. */
static int64_t
find_time(Checking *checking, CMS_SignerInfo *signer)
{
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(signer);
	SignatureStamp stamp;
	if (signature_stamp_of(signer, ASN1_STRING_get0_data(value),
		    (size_t)ASN1_STRING_length(value), checking->trust, &stamp)) {
		set_time(checking, stamp.time_s, "timestamp");
		signature_set(checking->out, SIGNATURE_TIME_TRUST, stamp.trust);
		return stamp.time_s;
	}
	if (*stamp.reason)
		signature_set(checking->out, SIGNATURE_TIME_TRUST, "invalid");
	int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
	X509_ATTRIBUTE *attribute = at >= 0 ? CMS_signed_get_attr(signer, at) : NULL;
	const ASN1_TYPE *type = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
	bool timed = type && (type->type == V_ASN1_UTCTIME || type->type == V_ASN1_GENERALIZEDTIME);
	int64_t time_s = timed ? signature_seconds(type->value.asn1_string) : INT64_MIN;
	if (time_s != INT64_MIN) {
		set_time(checking, time_s, "signed");
		return time_s;
	}
	time_s = claimed_seconds(checking->site->claimed_time);
	set_time(checking, time_s, "claimed");
	return time_s;
}

/* The signer may have signed which certificate is meant: another one with the same key is no proof.
 */
static bool
is_meant(CMS_SignerInfo *signer, X509 *certificate, STACK_OF(X509) * others)
{
	ASN1_STRING *first = CMS_signed_get0_data_by_OBJ(
		signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificate), -3, V_ASN1_SEQUENCE);
	ASN1_STRING *second = CMS_signed_get0_data_by_OBJ(
		signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2), -3, V_ASN1_SEQUENCE);
	const unsigned char *p = first ? ASN1_STRING_get0_data(first) : NULL;
	const unsigned char *q = second ? ASN1_STRING_get0_data(second) : NULL;
	ESS_SIGNING_CERT *old =
		first ? d2i_ESS_SIGNING_CERT(NULL, &p, ASN1_STRING_length(first)) : NULL;
	ESS_SIGNING_CERT_V2 *new =
		second ? d2i_ESS_SIGNING_CERT_V2(NULL, &q, ASN1_STRING_length(second)) : NULL;
	STACK_OF(X509) *chain = sk_X509_new_null();
	sk_X509_push(chain, certificate);
	for (int i = 0; i < sk_X509_num(others); i++)
		sk_X509_push(chain, sk_X509_value(others, i));
	bool meant = (!first || old) && (!second || new) &&
		OSSL_ESS_check_signing_certs(old, new, chain, 0) > 0;
	sk_X509_free(chain);
	ESS_SIGNING_CERT_free(old);
	ESS_SIGNING_CERT_V2_free(new);
	return meant;
}

static void
check_signer(Checking *checking, CMS_ContentInfo *cms, GBytes *content)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	if (!signers || sk_CMS_SignerInfo_num(signers) != 1) {
		conclude(checking, "unsupported", "signers");
		return;
	}
	CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(signers, 0);
	STACK_OF(X509) *certificates = CMS_get1_certs(cms);
	X509 *certificate = NULL;
	CMS_set1_signers_certs(cms, NULL, 0);
	CMS_SignerInfo_get0_algs(signer, NULL, &certificate, NULL, NULL);
	if (certificate) {
		const EVP_MD *digest = digest_of(signer);
		verify_signer(checking, cms, signer, certificate, content);
		set_algorithm(checking, certificate, digest ? EVP_MD_get0_name(digest) : "?");
		set_trust(checking, certificate, certificates, find_time(checking, signer), false);
		if (!is_meant(signer, certificate, certificates)) {
			signature_set(checking->out, SIGNATURE_TRUST_THEN, "invalid");
			signature_set(checking->out, SIGNATURE_TRUST_NOW, "invalid");
		}
	} else {
		conclude(checking, "unsupported", "certificate");
	}
	sk_X509_pop_free(certificates, X509_free);
}

/* ---- the other formats --------------------------------------------------------------------- */

/* ETSI.RFC3161: the value is a timestamp over the bytes themselves. */
static void
check_document_stamp(Checking *checking, GBytes *content)
{
	gsize size;
	const unsigned char *bytes = g_bytes_get_data(content, &size);
	SignatureStamp stamp = { 0 };
	const SignatureSite *site = checking->site;
	STACK_OF(X509) *certificates = NULL;
	bool good = signature_stamp_read(site->contents, site->n_contents, bytes, size,
		checking->trust, &stamp, &certificates);
	if (!stamp.certificate) {
		conclude(checking, "unreadable", "cms");
		return;
	}
	conclude(checking, good ? "intact" : "broken", good ? "" : stamp.reason);
	set_algorithm(checking, stamp.certificate, stamp.digest);
	set_time(checking, stamp.time_s, "timestamp");
	set_trust(checking, stamp.certificate, certificates, stamp.time_s, true);
	signature_set(checking->out, SIGNATURE_TIME_TRUST, stamp.trust);
	X509_free(stamp.certificate);
	sk_X509_pop_free(certificates, X509_free);
}

/* adbe.x509.rsa_sha1: a bare RSA value in an octet string; the certificate stands beside it. */
static void
check_bare(Checking *checking, GBytes *content)
{
	const SignatureSite *site = checking->site;
	const unsigned char *p = site->contents, *der = site->certificate;
	ASN1_OCTET_STRING *value = d2i_ASN1_OCTET_STRING(NULL, &p, (long)site->n_contents);
	X509 *certificate = der ? d2i_X509(NULL, &der, (long)site->n_certificate) : NULL;
	gsize size;
	const unsigned char *bytes = g_bytes_get_data(content, &size);
	if (value && certificate) {
		EVP_MD_CTX *context = EVP_MD_CTX_new();
		bool good = EVP_DigestVerifyInit(context, NULL, EVP_sha1(), NULL,
				    X509_get0_pubkey(certificate)) == 1 &&
			EVP_DigestVerify(context, ASN1_STRING_get0_data(value),
				(size_t)ASN1_STRING_length(value), bytes, size) == 1;
		EVP_MD_CTX_free(context);
		conclude(checking, good ? "intact" : "broken", good ? "" : "signature");
		int64_t time_s = claimed_seconds(site->claimed_time);
		set_algorithm(checking, certificate, "SHA1");
		set_time(checking, time_s, "claimed");
		set_trust(checking, certificate, NULL, time_s, false);
	} else {
		conclude(checking, "unreadable", certificate ? "contents" : "certificate");
	}
	ASN1_OCTET_STRING_free(value);
	X509_free(certificate);
}

/* What no table row names is tried as CMS: makers write what they like. */
static void
check_cms(Checking *checking, GBytes *content)
{
	const unsigned char *p = checking->site->contents;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)checking->site->n_contents);
	if (!cms || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed)
		conclude(checking, "unreadable", "cms");
	else
		check_signer(checking, cms, content);
	CMS_ContentInfo_free(cms);
}

static bool
is_blank(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

void
signature_verify(const SignatureSite *site, const unsigned char *data, const SignatureTrust *trust,
	int64_t now_s, Signature *ret)
{
	static const struct {
		const char *format;
		void (*check)(Checking *checking, GBytes *content);
	} formats[] = {
		{ "ETSI.RFC3161", check_document_stamp },
		{ "adbe.x509.rsa_sha1", check_bare },
	};
	Checking checking = { site, data, trust, now_s, ret };
	void (*check)(Checking * checking, GBytes * content) = check_cms;
	set_time(&checking, claimed_seconds(site->claimed_time), "claimed");
	if (!site->has_range) {
		conclude(&checking, "unreadable", "byte-range");
		return;
	}
	if (!site->contents || is_blank(site->contents, site->n_contents)) {
		conclude(&checking, "unreadable", "contents");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(site->format, formats[i].format) == 0)
			check = formats[i].check;
	g_autoptr(GBytes) content = signed_bytes(site, data);
	check(&checking, content);
	ERR_clear_error();
}

void
signature_warm(void)
{
	OPENSSL_init_crypto(OPENSSL_INIT_ADD_ALL_DIGESTS | OPENSSL_INIT_ADD_ALL_CIPHERS, NULL);
	EVP_MD *digest = EVP_MD_fetch(NULL, "SHA256", NULL);
	EVP_MD_free(digest);
}
