/* engine/decode/signature_stamp.c: times that a third party vouches for, made here with OpenSSL. */
#include "decode/signature_check.h"

#include "decode/signature_cms.h"
#include "signed_pdf.h"

#include <openssl/ts.h>

typedef struct {
	Signer root, person, authority;
	GBytes *pem;
} Office;

static Office
office_new(void)
{
	Office office = { .root = signer_root() };
	office.person = signer_person(&office.root);
	office.authority = signer_new("Cấp dấu thời gian", "Trung tâm thử", &office.root,
		"20200101000000Z", "20800101000000Z", "critical,digitalSignature");
	certificate_extension(
		office.authority.certificate, NID_ext_key_usage, "critical,timeStamping");
	X509_sign(office.authority.certificate, office.root.key, EVP_sha256());
	office.pem = signer_pem(&office.root);
	return office;
}

static void
office_clear(Office *office)
{
	signer_clear(&office->root);
	signer_clear(&office->person);
	signer_clear(&office->authority);
	g_bytes_unref(office->pem);
}

static ASN1_INTEGER *
next_serial(TS_RESP_CTX *context, void *user)
{
	(void)context, (void)user;
	ASN1_INTEGER *serial = ASN1_INTEGER_new();
	ASN1_INTEGER_set(serial, 7);
	return serial;
}

static TS_REQ *
request_for(const unsigned char *bytes, size_t size)
{
	unsigned char digest[32];
	EVP_Digest(bytes, size, digest, NULL, EVP_sha256(), NULL);
	TS_REQ *request = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL);
	TS_MSG_IMPRINT_set_algo(imprint, algorithm);
	TS_MSG_IMPRINT_set_msg(imprint, digest, sizeof digest);
	TS_REQ_set_version(request, 1);
	TS_REQ_set_msg_imprint(request, imprint);
	TS_REQ_set_cert_req(request, 1);
	TS_MSG_IMPRINT_free(imprint);
	X509_ALGOR_free(algorithm);
	return request;
}

static GByteArray *
token_bytes(TS_RESP *response)
{
	unsigned char *der = NULL;
	int size = i2d_PKCS7(TS_RESP_get_token(response), &der);
	GByteArray *token = g_byte_array_new();
	g_byte_array_append(token, der, (guint)size);
	OPENSSL_free(der);
	return token;
}

static GByteArray *
stamp(const Signer *authority, const unsigned char *bytes, size_t size)
{
	TS_REQ *request = request_for(bytes, size);
	BIO *in = BIO_new(BIO_s_mem());
	i2d_TS_REQ_bio(in, request);
	TS_RESP_CTX *context = TS_RESP_CTX_new();
	ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4", 1);
	TS_RESP_CTX_set_serial_cb(context, next_serial, NULL);
	g_assert_true(TS_RESP_CTX_set_signer_cert(context, authority->certificate));
	TS_RESP_CTX_set_signer_key(context, authority->key);
	TS_RESP_CTX_set_signer_digest(context, EVP_sha256());
	TS_RESP_CTX_set_def_policy(context, policy);
	TS_RESP_CTX_add_md(context, EVP_sha256());
	TS_RESP *response = TS_RESP_create_response(context, in);
	g_assert_nonnull(TS_RESP_get_token(response));
	GByteArray *token = token_bytes(response);
	TS_RESP_free(response);
	ASN1_OBJECT_free(policy);
	TS_RESP_CTX_free(context);
	BIO_free(in);
	TS_REQ_free(request);
	return token;
}

static Doc *
check_paper(const Paper *paper, GBytes *pem)
{
	g_autoptr(GBytes) pdf = paper_bytes(paper);
	g_autoptr(GBytes) request = signature_request(pdf, pem, clock_now());
	Doc *doc = signatures_check(request, true, NULL);
	g_assert_nonnull(doc);
	g_assert_cmpuint(doc->signatures->len, ==, 1);
	return doc;
}

/* A timestamp over the whole document, then over another one. */
static void
test_document(void)
{
	Office office = office_new();
	for (int other = 0; other < 2; other++) {
		Paper paper;
		paper_begin(&paper);
		paper_signature(&paper, 8, "ETSI.RFC3161", "");
		paper_end(&paper, "");
		g_autoptr(GByteArray) content = paper_content(&paper, 0, 0);
		g_autoptr(GByteArray) token =
			stamp(&office.authority, content->data, content->len - (guint)other);
		paper_fill(&paper, token);
		g_autoptr(Doc) doc = check_paper(&paper, office.pem);
		const Signature *found = doc->signatures->pdata[0];
		g_assert_cmpstr(signature_value(found, SIGNATURE_INTEGRITY), ==,
			other ? "broken" : "intact");
		g_assert_cmpstr(
			signature_value(found, SIGNATURE_REASON), ==, other ? "digest" : "");
		g_assert_cmpstr(signature_value(found, SIGNATURE_TIME_KIND), ==, "timestamp");
		g_assert_cmpstr(signature_value(found, SIGNATURE_SIGNER), ==, "Cấp dấu thời gian");
		g_assert_cmpstr(signature_value(found, SIGNATURE_TRUST_THEN), ==, "trusted");
		paper_free(&paper);
	}
	office_clear(&office);
}

/* Among the unsigned attributes of a signature: over its value, or over another one. */
static GByteArray *
cms_with_stamp(const GByteArray *content, const Office *office, bool right)
{
	BIO *in = BIO_new_mem_buf(content->data, (int)content->len);
	CMS_ContentInfo *cms = CMS_sign(office->person.certificate, office->person.key, NULL, in,
		CMS_BINARY | CMS_NOSMIMECAP | CMS_DETACHED);
	CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(signer);
	g_autoptr(GByteArray) token = stamp(&office->authority, ASN1_STRING_get0_data(value),
		(size_t)ASN1_STRING_length(value) - !right);
	CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
		token->data, (int)token->len);
	unsigned char *der = NULL;
	int size = i2d_CMS_ContentInfo(cms, &der);
	GByteArray *bytes = g_byte_array_new();
	g_byte_array_append(bytes, der, (guint)size);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	return bytes;
}

static void
test_attribute(void)
{
	static const struct {
		bool right;
		const char *kind, *trust;
	} rows[] = {
		{ true, "timestamp", "trusted" },
		{ false, "signed", "invalid" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Office office = office_new();
		Paper paper;
		paper_begin(&paper);
		paper_signature(&paper, 8, "ETSI.CAdES.detached", "");
		paper_end(&paper, "");
		g_autoptr(GByteArray) content = paper_content(&paper, 0, 0);
		g_autoptr(GByteArray) value = cms_with_stamp(content, &office, rows[i].right);
		paper_fill(&paper, value);
		g_autoptr(Doc) doc = check_paper(&paper, office.pem);
		const Signature *found = doc->signatures->pdata[0];
		g_assert_cmpstr(signature_value(found, SIGNATURE_INTEGRITY), ==, "intact");
		g_assert_cmpstr(signature_value(found, SIGNATURE_TIME_KIND), ==, rows[i].kind);
		g_assert_cmpstr(signature_value(found, SIGNATURE_TIME_TRUST), ==, rows[i].trust);
		g_assert_cmpstr(signature_value(found, SIGNATURE_TRUST_THEN), ==, "trusted");
		paper_free(&paper);
		office_clear(&office);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	signature_warm();
	g_test_add_func("/stamp/document", test_document);
	g_test_add_func("/stamp/attribute", test_attribute);
	return g_test_run();
}
