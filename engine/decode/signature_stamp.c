/* Timestamp tokens -> a time that a third party vouches for. */
#include "decode/signature_stamp.h"

#include "decode/signature_trust.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <string.h>

/* The content of the token, once its own signature is found good. */
static TS_TST_INFO *
read_info(CMS_ContentInfo *cms)
{
	BIO *out = BIO_new(BIO_s_mem());
	TS_TST_INFO *info = NULL;
	if (CMS_verify(cms, NULL, NULL, NULL, out, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1)
		info = d2i_TS_TST_INFO_bio(out, NULL);
	BIO_free(out);
	return info;
}

static bool
imprint_fits(TS_TST_INFO *info, const unsigned char *bytes, size_t size, SignatureStamp *ret)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
	const ASN1_OBJECT *object = NULL;
	X509_ALGOR_get0(&object, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
	const EVP_MD *digest = object ? EVP_get_digestbyobj(object) : NULL;
	const ASN1_OCTET_STRING *expected = TS_MSG_IMPRINT_get_msg(imprint);
	unsigned char found[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	ret->digest = digest ? EVP_MD_get0_name(digest) : "?";
	return digest && EVP_Digest(bytes, size, found, &n, digest, NULL) &&
		(int)n == ASN1_STRING_length(expected) &&
		memcmp(found, ASN1_STRING_get0_data(expected), n) == 0;
}

static X509 *
signer_of(CMS_ContentInfo *cms)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	X509 *certificate = NULL;
	if (!signers || sk_CMS_SignerInfo_num(signers) != 1)
		return NULL;
	CMS_set1_signers_certs(cms, NULL, 0);
	CMS_SignerInfo_get0_algs(
		sk_CMS_SignerInfo_value(signers, 0), NULL, &certificate, NULL, NULL);
	return certificate;
}

static bool
read_token(CMS_ContentInfo *cms, X509 *signer, const unsigned char *bytes, size_t size,
	const SignatureTrust *trust, STACK_OF(X509) * certificates, SignatureStamp *ret)
{
	TS_TST_INFO *info = read_info(cms);
	if (!info) {
		ret->reason = "signature";
		return false;
	}
	bool good = imprint_fits(info, bytes, size, ret);
	ret->reason = good ? "" : "digest";
	ret->time_s = signature_seconds(TS_TST_INFO_get_time(info));
	ret->trust = signature_trust_at(trust, signer, certificates, ret->time_s, true);
	TS_TST_INFO_free(info);
	return good;
}

bool
signature_stamp_read(const unsigned char *token, size_t n_token, const unsigned char *bytes,
	size_t size, const SignatureTrust *trust, SignatureStamp *ret,
	STACK_OF(X509) * *ret_certificates)
{
	*ret = (SignatureStamp){ .time_s = INT64_MIN, .trust = "", .reason = "cms", .digest = "?" };
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &token, (long)n_token);
	bool stamps = cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed &&
		OBJ_obj2nid(CMS_get0_eContentType(cms)) == NID_id_smime_ct_TSTInfo;
	X509 *signer = stamps ? signer_of(cms) : NULL;
	bool good = false;
	*ret_certificates = NULL;
	if (signer) {
		*ret_certificates = CMS_get1_certs(cms);
		X509_up_ref(signer);
		ret->certificate = signer;
		good = read_token(cms, signer, bytes, size, trust, *ret_certificates, ret);
	}
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return good;
}

bool
signature_stamp_of(CMS_SignerInfo *signer, const unsigned char *value, size_t n_value,
	const SignatureTrust *trust, SignatureStamp *ret)
{
	int at = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);
	X509_ATTRIBUTE *attribute = at >= 0 ? CMS_unsigned_get_attr(signer, at) : NULL;
	const ASN1_TYPE *type = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
	*ret = (SignatureStamp){ .reason = "" };
	if (!type || type->type != V_ASN1_SEQUENCE)
		return false;
	STACK_OF(X509) *certificates = NULL;
	const ASN1_STRING *token = type->value.sequence;
	bool good = signature_stamp_read(ASN1_STRING_get0_data(token),
		(size_t)ASN1_STRING_length(token), value, n_value, trust, ret, &certificates);
	X509_free(ret->certificate);
	ret->certificate = NULL;
	sk_X509_pop_free(certificates, X509_free);
	return good;
}
