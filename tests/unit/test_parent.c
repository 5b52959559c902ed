/* engine/decode/parent.c: through the real helper; whatever a file does, the answer is a Doc. */
#include "decode/parent.h"

#include "docx_builder.h"
#include "scratch.h"
#include "signed_pdf.h"

#include <unistd.h>

static Doc *
read_bytes(GBytes *bytes, const char *name, const Limits *limits)
{
	g_autoptr(Decoders) decoders = decoders_new(g_getenv("BUILD"), limits);
	g_autoptr(GError) err = NULL;
	Doc *doc = decoders_read(decoders, bytes, name, &err);
	if (!doc)
		g_error("%s", err->message);
	return doc;
}

static void
test_refusals(void)
{
	static const struct {
		const char *bytes, *name, *id;
	} rows[] = {
		{ "", "a.docx", "decode/empty-file" },
		{ "Kính gửi", "a.txt", "decode/unknown-format" },
		{ "Kính gửi", NULL, "decode/unknown-format" },
		{ "Kính gửi", "a.DOCX", "decode/damaged" },
		{ "PK\3\4 cut off", "a.docx", "decode/damaged" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].bytes, strlen(rows[i].bytes));
		g_autoptr(Doc) doc = read_bytes(bytes, rows[i].name, &limits_default);
		g_assert_nonnull(doc_refusal(doc));
		g_assert_cmpstr(doc_refusal(doc)->id, ==, rows[i].id);
	}
	Limits small = limits_default;
	small.file_bytes = 10;
	g_autoptr(GBytes) large = g_bytes_new_static("PK\3\4 0123456789", 15);
	g_autoptr(Doc) doc = read_bytes(large, "a.zip", &small);
	g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/too-large");
}

/* A helper that is out of memory or time says nothing any more: the parent says it. */
static void
test_deaths(void)
{
	g_autoptr(GBytes) bytes = build_docx(P("Kính gửi"), NULL, NULL);
	Limits limits = limits_default;
	limits.text_bytes = limits.total_bytes = 10;
	g_autoptr(Doc) doc = read_bytes(bytes, "a.docx", &limits);
	g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/too-large");
}

static void
test_name(void)
{
	g_autoptr(GBytes) bytes = build_docx(P("Kính gửi"), NULL, NULL);
	g_autoptr(Doc) wrong = read_bytes(bytes, "a.pdf", &limits_default);
	g_assert_cmpstr(wrong->format, ==, "docx");
	g_assert_cmpuint(wrong->findings->len, ==, 1);
	g_assert_cmpstr(wrong->blocks->para.text, ==, "Kính gửi");
	g_autoptr(Doc) right = read_bytes(bytes, "A.DOCX", &limits_default);
	g_assert_cmpuint(right->findings->len, ==, 0);
}

/* Our own trouble is no finding about the document. */
static void
test_no_helper(void)
{
	g_autoptr(Decoders) decoders = decoders_new("/no/such/folder", &limits_default);
	g_autoptr(GBytes) bytes = build_docx(P("x"), NULL, NULL);
	g_autoptr(GError) err = NULL;
	g_assert_null(decoders_read(decoders, bytes, "a.docx", &err));
	g_assert_nonnull(err);
	/* but for the one that need not be there */
	g_autoptr(GBytes) old = g_bytes_new_static("{\\rtf1", 6);
	g_autoptr(Doc) doc = decoders_read(decoders, old, "a.rtf", NULL);
	g_assert_cmpstr(doc_refusal(doc)->id, ==, "decode/old-word");
}

/* A reader is there, but not who verifies signatures: the paper is read, and it is said. */
static void
test_no_verifier(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *reader = g_build_filename(g_getenv("BUILD"), "vanthu-decode-pdf", NULL);
	g_autofree char *full = g_canonicalize_filename(reader, NULL);
	g_autofree char *link = g_build_filename(dir, "vanthu-decode-pdf", NULL);
	g_assert_cmpint(symlink(full, link), ==, 0);
	g_autoptr(Decoders) decoders = decoders_new(dir, &limits_default);
	Signer root = signer_root();
	Paper paper;
	paper_signed(&paper, &root);
	g_autoptr(GBytes) bytes = paper_bytes(&paper);
	g_autoptr(Doc) doc = decoders_read(decoders, bytes, "a.pdf", NULL);
	g_assert_nonnull(doc);
	g_assert_null(doc_refusal(doc));
	g_assert_cmpuint(doc->signatures->len, ==, 0);
	const Finding *last = doc->findings->pdata[doc->findings->len - 1];
	g_assert_cmpstr(last->id, ==, "signature/unchecked");
	g_autoptr(Doc) checked = read_bytes(bytes, "a.pdf", &limits_default);
	g_assert_cmpuint(checked->signatures->len, ==, 1);
	paper_free(&paper);
	signer_clear(&root);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	if (!g_getenv("BUILD")) /* run by hand */
		g_setenv("BUILD", "build", TRUE);
	g_test_add_func("/parent/refusals", test_refusals);
	g_test_add_func("/parent/deaths", test_deaths);
	g_test_add_func("/parent/name", test_name);
	g_test_add_func("/parent/no-helper", test_no_helper);
	g_test_add_func("/parent/no-verifier", test_no_verifier);
	return g_test_run();
}
