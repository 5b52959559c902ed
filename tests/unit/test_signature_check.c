/* engine/decode/signature*.c: files signed here, then attacked in every way that is known. */
#include "decode/signature_check.h"

#include "decode/signature_cms.h"
#include "signed_pdf.h"

typedef struct {
	Signer root, person;
} Office;

static Office
office_new(void)
{
	Office office = { .root = signer_root() };
	office.person = signer_person(&office.root);
	return office;
}

static void
office_clear(Office *office)
{
	signer_clear(&office->root);
	signer_clear(&office->person);
}

static Doc *
check_bytes(GBytes *pdf, GBytes *pem)
{
	g_autoptr(GBytes) request = signature_request(pdf, pem, clock_now());
	g_autoptr(GError) err = NULL;
	Doc *doc = signatures_check(request, true, &err);
	g_assert_no_error(err);
	return doc;
}

static Doc *
check_paper(const Paper *paper, GBytes *pem)
{
	g_autoptr(GBytes) pdf = paper_bytes(paper);
	return check_bytes(pdf, pem);
}

static const char *
value_of(const Doc *doc, guint n, SignatureValue value)
{
	g_assert_cmpuint(n, <, doc->signatures->len);
	return signature_value(g_ptr_array_index(doc->signatures, n), value);
}

static bool
has_finding(const Doc *doc, const char *id)
{
	for (guint i = 0; i < doc->findings->len; i++)
		if (strcmp(((Finding *)doc->findings->pdata[i])->id, id) == 0)
			return true;
	return false;
}

/* ---- what a signature says ------------------------------------------------------------------- */

static void
test_intact(void)
{
	static const struct {
		SignatureValue value;
		const char *text;
	} rows[] = {
		{ SIGNATURE_FIELD, "Chu ky 1" },
		{ SIGNATURE_FORMAT, "adbe.pkcs7.detached" },
		{ SIGNATURE_INTEGRITY, "intact" },
		{ SIGNATURE_REASON, "" },
		{ SIGNATURE_SIGNER, "Nguyễn Văn Kiểm" },
		{ SIGNATURE_ORGAN, "Sở Thử nghiệm" },
		{ SIGNATURE_ISSUER, "Gốc thử nghiệm" },
		{ SIGNATURE_SERIAL, "1234" },
		{ SIGNATURE_VALIDITY, "2020-01-01/2080-01-01" },
		{ SIGNATURE_TIME_KIND, "signed" },
		{ SIGNATURE_TRUST_THEN, "unknown" },
		{ SIGNATURE_TRUST_NOW, "unknown" },
		{ SIGNATURE_COVERAGE, "whole" },
		{ SIGNATURE_GAP, "exact" },
		{ SIGNATURE_REVISIONS, "0" },
		{ SIGNATURE_CHANGES, "none" },
		{ SIGNATURE_ALGORITHM, "EC 256, SHA256" },
		{ SIGNATURE_WEAK, "" },
	};
	Office office = office_new();
	Paper paper;
	paper_signed(&paper, &office.person);
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpuint(doc->signatures->len, ==, 1);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpstr(value_of(doc, 0, rows[i].value), ==, rows[i].text);
	g_assert_true(has_finding(doc, "signature/checked"));
	g_assert_cmpuint(doc->findings->len, ==, 1);
	paper_free(&paper);
	office_clear(&office);
}

/* Of its times and certificates: which trust each pair of dates gives. */
static void
test_trust(void)
{
	static const struct {
		const char *from, *to, *usage;
		bool root;
		const char *then, *now;
	} rows[] = {
		{ "20200101000000Z", "20800101000000Z", "digitalSignature", true, "trusted",
			"trusted" },
		{ "20200101000000Z", "20800101000000Z", "digitalSignature", false, "unknown",
			"unknown" },
		{ "20100101000000Z", "20150101000000Z", "digitalSignature", true, "expired",
			"expired" },
		{ "20100101000000Z", "20150101000000Z", "digitalSignature", false, "unknown",
			"unknown" },
		{ "20700101000000Z", "20800101000000Z", "digitalSignature", true, "not-yet-valid",
			"not-yet-valid" },
		{ "20200101000000Z", "20800101000000Z", "keyEncipherment", true, "wrong-use",
			"wrong-use" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Signer root = signer_root();
		Signer other = signer_new("Gốc khác", "Khác", NULL, "20000101000000Z",
			"20900101000000Z", "critical,keyCertSign");
		Signer person =
			signer_new("A", "B", &root, rows[i].from, rows[i].to, rows[i].usage);
		g_autoptr(GBytes) pem = signer_pem(rows[i].root ? &root : &other);
		Paper paper;
		paper_signed(&paper, &person);
		g_autoptr(Doc) doc = check_paper(&paper, pem);
		g_assert_cmpstr(value_of(doc, 0, SIGNATURE_INTEGRITY), ==, "intact");
		g_assert_cmpstr(value_of(doc, 0, SIGNATURE_TRUST_THEN), ==, rows[i].then);
		g_assert_cmpstr(value_of(doc, 0, SIGNATURE_TRUST_NOW), ==, rows[i].now);
		bool current = rows[i].from[2] == '2' && rows[i].to[2] == '8';
		g_assert_cmpint(has_finding(doc, "signature/expired"), ==, !current);
		paper_free(&paper);
		signer_clear(&root);
		signer_clear(&other);
		signer_clear(&person);
	}
}

/* A certificate that ran out since: it was good then, and is not now. */
static void
test_trust_later(void)
{
	Office office = office_new();
	g_autoptr(GBytes) pem = signer_pem(&office.root);
	Paper paper;
	paper_signed(&paper, &office.person);
	g_autoptr(GBytes) pdf = paper_bytes(&paper);
	Clock late;
	g_assert_true(clock_parse("2085-01-01T00:00:00Z", &late));
	g_autoptr(GBytes) request = signature_request(pdf, pem, late);
	g_autoptr(Doc) doc = signatures_check(request, true, NULL);
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_TRUST_THEN), ==, "trusted");
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_TRUST_NOW), ==, "expired");
	g_autoptr(GBytes) junk = g_bytes_new_static("no certificate", 14);
	g_autoptr(Doc) told = check_bytes(pdf, junk);
	g_assert_true(has_finding(told, "signature/trust-folder"));
	paper_free(&paper);
	office_clear(&office);
}

/* The digest of the bytes inside of the value: weak, but a format of its own. */
static void
test_inner_digest(void)
{
	Office office = office_new();
	for (int changed = 0; changed < 2; changed++) {
		Paper paper;
		paper_begin(&paper);
		paper_signature(&paper, 8, "adbe.pkcs7.sha1", "");
		paper_end(&paper, "");
		paper_sign_part(&paper, &office.person, 0, 0, true);
		if (changed)
			memcpy(strstr(paper.bytes->str, "1000 dong"), "9", 1);
		g_autoptr(Doc) doc = check_paper(&paper, NULL);
		g_assert_cmpstr(
			value_of(doc, 0, SIGNATURE_INTEGRITY), ==, changed ? "broken" : "intact");
		g_assert_cmpstr(value_of(doc, 0, SIGNATURE_REASON), ==, changed ? "digest" : "");
		paper_free(&paper);
	}
	office_clear(&office);
}

/* ---- attacks on the signature itself --------------------------------------------------------- */

/* After signing, one text in the file is overwritten by another of its length. */
static void
test_overwritten(void)
{
	static const struct {
		const char *from, *to, *integrity, *reason, *finding;
	} rows[] = {
		{ "1000 dong", "9000 dong", "broken", "digest", "signature/broken" },
		{ "/Contents<30", "/Contents<00", "unreadable", "cms", "signature/unreadable" },
		{ "/Contents<30", "/Contentz<30", "unreadable", "contents",
			"signature/unreadable" },
		{ "/ByteRange[0", "/ByteRangf[0", "unreadable", "byte-range",
			"signature/unreadable" },
		{ "/ByteRange[0", "/ByteRange[9", "broken", "digest", "signature/broken" },
		{ "/ByteRange[0 ", "/ByteRange[-1", "unreadable", "byte-range",
			"signature/unreadable" },
		{ "/ByteRange[0 ", "/ByteRange()[", "unreadable", "byte-range",
			"signature/unreadable" },
	};
	Office office = office_new();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Paper paper;
		paper_signed(&paper, &office.person);
		char *at = strstr(paper.bytes->str, rows[i].from);
		g_assert_nonnull(at);
		memcpy(at, rows[i].to, strlen(rows[i].to));
		g_autoptr(Doc) doc = check_paper(&paper, NULL);
		g_assert_cmpstr(value_of(doc, 0, SIGNATURE_INTEGRITY), ==, rows[i].integrity);
		g_assert_cmpstr(value_of(doc, 0, SIGNATURE_REASON), ==, rows[i].reason);
		g_assert_true(has_finding(doc, rows[i].finding));
		g_assert_false(has_finding(doc, "signature/checked"));
		paper_free(&paper);
	}
	office_clear(&office);
}

/* A value of nothing but zeros, as an empty signature field has. */
static void
test_blank(void)
{
	Paper paper;
	paper_begin(&paper);
	paper_signature(&paper, 8, "adbe.pkcs7.detached", "");
	paper_end(&paper, "");
	paper_put(&paper, paper.range, "[0 10 20 30]");
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_INTEGRITY), ==, "unreadable");
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_REASON), ==, "contents");
	paper_free(&paper);
}

static void
test_gap(void)
{
	static const char more[] = "/Them<00112233>";
	Office office = office_new();
	Paper paper;
	paper_begin(&paper);
	paper_signature(&paper, 8, "adbe.pkcs7.detached", more);
	paper_end(&paper, "");
	paper_sign_part(&paper, &office.person, sizeof more - 1, 0, false);
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_INTEGRITY), ==, "intact");
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_GAP), ==, "larger");
	g_assert_true(has_finding(doc, "signature/gap"));
	paper_free(&paper);
	office_clear(&office);
}

/* The field speaks of a copy: intact bytes, but another dictionary than the one that was signed. */
static void
test_wrapped(void)
{
	Office office = office_new();
	Paper paper;
	paper_signed(&paper, &office.person);
	const char *start = strstr(paper.bytes->str, "8 0 obj") + strlen("8 0 obj");
	g_autofree char *copy = g_strndup(start, (gsize)(strstr(start, "endobj") - start));
	paper_object(&paper, 30, copy);
	paper_object(&paper, 6,
		"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 1)/F 132"
		"/Rect[180 10 290 40]/P 3 0 R/V 30 0 R>>");
	paper_end(&paper, "");
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_GAP), ==, "elsewhere");
	g_assert_true(has_finding(doc, "signature/gap"));
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_CHANGES), ==, "hidden");
	paper_free(&paper);
	office_clear(&office);
}

static void
test_tail(void)
{
	Office office = office_new();
	Paper paper;
	paper_begin(&paper);
	paper_signature(&paper, 8, "adbe.pkcs7.detached", "");
	paper_end(&paper, "");
	paper_sign_part(&paper, &office.person, 0, 40, false);
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_INTEGRITY), ==, "intact");
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_COVERAGE), ==, "partial");
	g_assert_true(has_finding(doc, "signature/partial"));
	paper_free(&paper);
	office_clear(&office);
}

/* ---- forms that are packed ------------------------------------------------------------------- */

/* The field in an object stream, the table a stream: only the value stands in the bytes as it is.
 */
static void
test_packed(void)
{
	Office office = office_new();
	Paper paper;
	paper_begin(&paper);
	paper_signature(&paper, 8, "adbe.pkcs7.detached", "");
	const char *field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 3)/F 132/Rect[0 0 9 9]"
			    "/P 3 0 R/V 8 0 R>>";
	g_autofree char *packed = g_strdup_printf("12 0 %s", field);
	paper_object(&paper, 5, "<</Fields[12 0 R]/SigFlags 3>>");
	paper_stream(&paper, 20, "/Type/ObjStm/N 1/First 5", packed);
	paper.offsets[6] = 0; /* the widget that the page has */
	g_autoptr(GByteArray) rows = g_byte_array_new();
	paper.xref = paper.bytes->len;
	for (int i = 0; i < 22; i++) {
		size_t place = i == 21 ? paper.xref : paper.offsets[i];
		guint8 row[5] = { place ? 1 : 0, (guint8)(place >> 16), (guint8)(place >> 8),
			(guint8)place, 0 };
		guint8 inner[5] = { 2, 0, 0, 20, 0 };
		g_byte_array_append(rows, i == 12 ? inner : row, 5);
	}
	g_string_append_printf(paper.bytes,
		"21 0 obj\n<</Type/XRef/Size 22/W[1 3 1]/Root 1 0 R/Length %u>>\nstream\n",
		rows->len);
	g_string_append_len(paper.bytes, (char *)rows->data, rows->len);
	g_string_append_printf(
		paper.bytes, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", paper.xref);
	paper_sign(&paper, &office.person);
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpuint(doc->signatures->len, ==, 1);
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_FIELD), ==, "Chu ky 3");
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_INTEGRITY), ==, "intact");
	g_assert_cmpstr(value_of(doc, 0, SIGNATURE_GAP), ==, "exact");
	paper_free(&paper);
	office_clear(&office);
}

/* A signature that is not there, a file without signatures, bytes that are no file, and a request
 * that is cut off. */
static void
test_nothing(void)
{
	Paper paper;
	paper_begin(&paper);
	paper_end(&paper, "");
	g_autoptr(Doc) nowhere = check_paper(&paper, NULL);
	g_assert_cmpstr(value_of(nowhere, 0, SIGNATURE_INTEGRITY), ==, "unreadable");
	paper_object(&paper, 6, "<</FT/Sig/T(Chu ky 1)>>");
	paper_end(&paper, "");
	g_autoptr(Doc) doc = check_paper(&paper, NULL);
	g_assert_cmpuint(doc->signatures->len, ==, 0);
	g_assert_cmpuint(doc->findings->len, ==, 0);
	g_autoptr(GBytes) cut = g_bytes_new_static("\1\2\3", 3);
	g_autoptr(GError) err = NULL;
	g_assert_null(signatures_check(cut, true, &err));
	g_assert_nonnull(err);
	g_autoptr(GBytes) junk = g_bytes_new_static("%PDF-1.4 /ByteRange", 19);
	g_autoptr(Doc) none = check_bytes(junk, NULL);
	g_assert_cmpuint(none->signatures->len, ==, 0);
	paper_free(&paper);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	signature_warm();
	g_test_add_func("/signature/intact", test_intact);
	g_test_add_func("/signature/trust", test_trust);
	g_test_add_func("/signature/trust-later", test_trust_later);
	g_test_add_func("/signature/inner-digest", test_inner_digest);
	g_test_add_func("/signature/overwritten", test_overwritten);
	g_test_add_func("/signature/blank", test_blank);
	g_test_add_func("/signature/gap", test_gap);
	g_test_add_func("/signature/wrapped", test_wrapped);
	g_test_add_func("/signature/tail", test_tail);
	g_test_add_func("/signature/packed", test_packed);
	g_test_add_func("/signature/nothing", test_nothing);
	return g_test_run();
}
