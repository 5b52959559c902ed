/*
 * Signed PDFs made by hand: objects are written revision by revision, the last revision is signed
 * with keys made on the spot. Nothing here is anybody's document.
 */
#ifndef VANTHU_TESTS_SIGNED_PDF_H
#define VANTHU_TESTS_SIGNED_PDF_H

#include <glib.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

/* ---- keys ------------------------------------------------------------------------------------ */

typedef struct {
	EVP_PKEY *key;
	X509 *certificate;
} Signer;

static inline void
signer_clear(Signer *signer)
{
	EVP_PKEY_free(signer->key);
	X509_free(signer->certificate);
	*signer = (Signer){ 0 };
}

static inline void
certificate_extension(X509 *certificate, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	X509_add_ext(certificate, extension, -1);
	X509_EXTENSION_free(extension);
}

/* issuer NULL: a root of its own. Times are "YYYYMMDDHHMMSSZ". */
static inline Signer
signer_new(const char *name, const char *organ, const Signer *issuer, const char *from,
	const char *to, const char *usage)
{
	Signer signer = { EVP_EC_gen("P-256"), X509_new() };
	X509 *certificate = signer.certificate;
	X509_set_version(certificate, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), issuer ? 4660 : 1);
	ASN1_TIME_set_string(X509_getm_notBefore(certificate), from);
	ASN1_TIME_set_string(X509_getm_notAfter(certificate), to);
	X509_NAME *subject = X509_get_subject_name(certificate);
	X509_NAME_add_entry_by_txt(
		subject, "O", MBSTRING_UTF8, (const unsigned char *)organ, -1, -1, 0);
	X509_NAME_add_entry_by_txt(
		subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(
		certificate, issuer ? X509_get_subject_name(issuer->certificate) : subject);
	X509_set_pubkey(certificate, signer.key);
	certificate_extension(certificate, NID_basic_constraints,
		issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
	certificate_extension(certificate, NID_key_usage, usage);
	X509_sign(certificate, issuer ? issuer->key : signer.key, EVP_sha256());
	return signer;
}

static inline Signer
signer_root(void)
{
	return signer_new("Gốc thử nghiệm", "Ban Cơ yếu thử", NULL, "20000101000000Z",
		"20900101000000Z", "critical,keyCertSign,cRLSign");
}

static inline Signer
signer_person(const Signer *root)
{
	return signer_new("Nguyễn Văn Kiểm", "Sở Thử nghiệm", root, "20200101000000Z",
		"20800101000000Z", "critical,digitalSignature,nonRepudiation");
}

static inline GBytes *
signer_pem(const Signer *signer)
{
	BIO *out = BIO_new(BIO_s_mem());
	PEM_write_bio_X509(out, signer->certificate);
	char *text;
	long size = BIO_get_mem_data(out, &text);
	GBytes *pem = g_bytes_new(text, (gsize)size);
	BIO_free(out);
	return pem;
}

/* ---- a file, revision by revision ------------------------------------------------------------ */

enum { PAPER_OBJECTS = 400, PAPER_ROOM = 6000 };

typedef struct {
	GString *bytes;
	size_t offsets[PAPER_OBJECTS]; /* of this revision; 0 = not in it, 1 = freed */
	size_t xref;                   /* of the last revision */
	size_t range, contents;        /* where the signature waits for its values */
	int root;
} Paper;

static inline void
paper_free(Paper *paper)
{
	if (paper->bytes)
		g_string_free(paper->bytes, TRUE);
	paper->bytes = NULL;
}

static inline void
paper_object(Paper *paper, int number, const char *body)
{
	paper->offsets[number] = paper->bytes->len;
	g_string_append_printf(paper->bytes, "%d 0 obj\n%s\nendobj\n", number, body);
}

static inline void
paper_stream(Paper *paper, int number, const char *keys, const char *content)
{
	g_autofree char *body = g_strdup_printf(
		"<<%s/Length %zu>>\nstream\n%s\nendstream", keys, strlen(content), content);
	paper_object(paper, number, body);
}

/* The dictionary of a signature; `in_gap` stands after Contents, in what is not signed. */
static inline void
paper_signature(Paper *paper, int number, const char *format, const char *in_gap)
{
	GString *out = paper->bytes;
	paper->offsets[number] = out->len;
	g_string_append_printf(out,
		"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/%s"
		"/M(D:20260504094421+07'00')/ByteRange",
		number, format);
	paper->range = out->len;
	g_string_append_printf(out, "%-48s/Contents", "");
	paper->contents = out->len;
	g_string_append_c(out, '<');
	for (int i = 0; i < PAPER_ROOM; i++)
		g_string_append_c(out, '0');
	g_string_append_printf(out, ">%s>>\nendobj\n", in_gap);
}

/* The table of this revision's objects, and the next revision begins. */
static inline void
paper_end(Paper *paper, const char *keys)
{
	GString *out = paper->bytes;
	size_t previous = paper->xref;
	paper->xref = out->len;
	g_string_append(out, "xref\n0 1\n0000000000 65535 f \n");
	for (int i = 1; i < PAPER_OBJECTS; i++)
		if (paper->offsets[i])
			g_string_append_printf(out, "%d 1\n%010zu %05d %c \n", i,
				paper->offsets[i] == 1 ? 0 : paper->offsets[i],
				paper->offsets[i] == 1, paper->offsets[i] == 1 ? 'f' : 'n');
	g_string_append_printf(
		out, "trailer\n<</Size %d/Root %d 0 R%s", PAPER_OBJECTS, paper->root, keys);
	if (previous)
		g_string_append_printf(out, "/Prev %zu", previous);
	g_string_append_printf(out, ">>\nstartxref\n%zu\n%%%%EOF\n", paper->xref);
	memset(paper->offsets, 0, sizeof paper->offsets);
}

/* ---- signing --------------------------------------------------------------------------------- */

static inline void
paper_put(Paper *paper, size_t at, const char *text)
{
	memcpy(paper->bytes->str + at, text, strlen(text));
}

/* The value of a detached CMS signature over both parts. */
static inline GByteArray *
paper_cms(const GByteArray *content, const Signer *signer, bool inner)
{
	unsigned char digest[20];
	EVP_Digest(content->data, content->len, digest, NULL, EVP_sha1(), NULL);
	BIO *in = inner ? BIO_new_mem_buf(digest, sizeof digest)
			: BIO_new_mem_buf(content->data, (int)content->len);
	CMS_ContentInfo *cms = CMS_sign(signer->certificate, signer->key, NULL, in,
		CMS_BINARY | CMS_NOSMIMECAP | (inner ? 0 : CMS_DETACHED));
	unsigned char *der = NULL;
	int size = i2d_CMS_ContentInfo(cms, &der);
	GByteArray *value = g_byte_array_new();
	g_byte_array_append(value, der, (guint)size);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	return value;
}

/* Writes the range of all but the gap, which ends `gap_end` bytes after Contents, and `tail` bytes
 * at the end; gives the bytes that are to be signed. */
static inline GByteArray *
paper_content(Paper *paper, size_t gap_end, size_t tail)
{
	size_t from = paper->contents, to = from + PAPER_ROOM + 2 + gap_end;
	size_t rest = paper->bytes->len - to - tail;
	g_autofree char *range = g_strdup_printf("[0 %zu %zu %zu]", from, to, rest);
	paper_put(paper, paper->range, range);
	GByteArray *content = g_byte_array_new();
	g_byte_array_append(content, (guint8 *)paper->bytes->str, (guint)from);
	g_byte_array_append(content, (guint8 *)paper->bytes->str + to, (guint)rest);
	return content;
}

static inline void
paper_fill(Paper *paper, const GByteArray *value)
{
	g_assert_cmpuint(value->len * 2, <, PAPER_ROOM);
	for (guint i = 0; i < value->len; i++) {
		char hex[3];
		g_snprintf(hex, sizeof hex, "%02x", value->data[i]);
		paper_put(paper, paper->contents + 1 + i * 2, hex);
	}
}

static inline void
paper_sign_part(Paper *paper, const Signer *signer, size_t gap_end, size_t tail, bool inner)
{
	g_autoptr(GByteArray) content = paper_content(paper, gap_end, tail);
	g_autoptr(GByteArray) value = paper_cms(content, signer, inner);
	paper_fill(paper, value);
}

static inline void
paper_sign(Paper *paper, const Signer *signer)
{
	paper_sign_part(paper, signer, 0, 0, false);
}

/* ---- the paper of most tests ----------------------------------------------------------------- */

#define PAPER_LOOK "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F 10 0 R>>>>"

/* One page with a sum, a text field (7, appearance 9) and two signature fields (6 and 11); what a
 * test adds to the first revision goes before paper_end(). The form's other object is 5, the page
 * 3, its text 4, the font 10. */
static inline void
paper_begin(Paper *paper)
{
	*paper = (Paper){ .bytes = g_string_new("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), .root = 1 };
	paper_object(paper, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>");
	paper_object(paper, 2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 200]>>");
	paper_object(paper, 3,
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R 7 0 R 11 0 R]"
		"/Resources<</Font<</F 10 0 R>>>>>>");
	paper_stream(paper, 4, "", "BT /F 18 Tf 30 150 Td (So tien: 1000 dong) Tj ET");
	paper_object(paper, 5,
		"<</Fields[6 0 R 7 0 R 11 0 R]/SigFlags 3/DA(/F 12 Tf)/DR<</Font<</F 10 0 R>>>>>>");
	paper_object(paper, 6,
		"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 1)/F 132"
		"/Rect[180 10 290 40]/P 3 0 R/V 8 0 R>>");
	paper_object(paper, 7,
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(muc)/V(100)/F 4"
		"/Rect[30 100 130 120]/P 3 0 R/DA(/F 12 Tf)/AP<</N 9 0 R>>>>");
	paper_stream(paper, 9, PAPER_LOOK, "BT /F 12 Tf 2 5 Td (100) Tj ET");
	paper_object(paper, 10,
		"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>");
	paper_object(paper, 11,
		"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 2)/F 132"
		"/Rect[180 60 290 90]/P 3 0 R>>");
}

/* The same, signed by one person. */
static inline void
paper_signed(Paper *paper, const Signer *signer)
{
	paper_begin(paper);
	paper_signature(paper, 8, "adbe.pkcs7.detached", "");
	paper_end(paper, "");
	paper_sign(paper, signer);
}

static inline GBytes *
paper_bytes(const Paper *paper)
{
	return g_bytes_new(paper->bytes->str, paper->bytes->len);
}

#endif
