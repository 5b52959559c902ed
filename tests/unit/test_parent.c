/* engine/decode/parent.c: through the real helper; whatever a file does, the answer is a Doc. */
#include "decode/parent.h"

#include "base/helper.h"
#include "decode/signature_check.h"
#include "decode/xml.h"
#include "docx_builder.h"
#include "scratch.h"
#include "signed_pdf.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
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

/* ---- readers that break -------------------------------------------------------------------- */

/* As if it had read where it may not; no sanitizer and no handler between. */
static void
crash(void)
{
	signal(SIGSEGV, SIG_DFL);
	errno = 0;
	raise(SIGSEGV);
}

/* As the request says: this program stands in for the helpers, and breaks for real. */
static void
break_if_told(GBytes *request)
{
	gsize size;
	const char *data = g_bytes_get_data(request, &size);
	if (memmem(data, size, "crash", 5))
		crash();
	if (memmem(data, size, "kill", 4))
		raise(SIGKILL);
	while (memmem(data, size, "hang", 4))
		pause();
}

static bool
fake_xml(GBytes *request, GString *out, GError **err)
{
	(void)err;
	break_if_told(request);
	g_autoptr(Doc) doc = xml_read_doc(request, &limits_default);
	doc_print(doc, DOC_PRINT_WIRE, out);
	return true;
}

static bool
fake_word(GBytes *request, GString *out, GError **err)
{
	(void)out;
	break_if_told(request);
	return fail(err, ERR_FORMAT, "no document");
}

/* Three pages; the second breaks its reader. */
static bool
fake_count(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	g_string_append(out, "3");
	return true;
}

static bool
fake_image(GBytes *request, GString *out, GError **err)
{
	(void)err;
	const char *page = g_bytes_get_data(request, NULL);
	if (*page == '2')
		crash();
	g_string_append_printf(out,
		"page %c 595.0 842.0\nline\nword 72.0 390.0 195.0 401.0 13.0 92.0 %s\n", *page,
		*page == '1' ? "Thanh" : "Hùng");
	return true;
}

static bool
fake_compare(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	crash();
	return false;
}

static bool
fake_verify(GBytes *request, GString *out, GError **err)
{
	g_autoptr(Doc) doc = signatures_check(request, false, err);
	if (doc)
		doc_print(doc, DOC_PRINT_WIRE, out);
	return doc != NULL;
}

static int
serve_fakes(int argc, char **argv)
{
	static const HelperService services[] = { { "xml", fake_xml }, { "word", fake_word },
		{ "count", fake_count }, { "image", fake_image }, { "compare", fake_compare },
		{ "verify", fake_verify }, { NULL, NULL } };
	const HelperProgram program = { .services = services };
	return helper_serve(&program, argc, argv);
}

/* A folder of helpers: the named one is this program, the others are what they are. */
static Scratch *
folder_with_fake(const char *fake)
{
	static const char *const programs[] = { "vanthu-decode", "vanthu-decode-pdf",
		"vanthu-signatures", "vanthu-convert", "vanthu-ocr" };
	Scratch *dir = scratch_new();
	for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
		g_autofree char *real = g_build_filename(g_getenv("BUILD"), programs[i], NULL);
		g_autofree char *full = g_canonicalize_filename(real, NULL);
		g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
		g_autofree char *link = g_build_filename(dir, programs[i], NULL);
		bool is_fake = strcmp(programs[i], fake) == 0;
		g_assert_cmpint(symlink(is_fake ? self : full, link), ==, 0);
	}
	return dir;
}

/* A crash, a kill and a time-out are three findings; the next document is none the worse. */
static void
test_breaks(void)
{
	static const struct {
		const char *program, *bytes, *name, *id;
	} rows[] = {
		{ "vanthu-decode", "<?xml version='1.0'?><a>crash</a>", "a.xml", "decode/crashed" },
		{ "vanthu-decode", "<?xml version='1.0'?><a>kill</a>", "a.xml", "decode/killed" },
		{ "vanthu-decode", "<?xml version='1.0'?><a>hang</a>", "a.xml",
			"decode/timed-out" },
		{ "vanthu-convert", "{\\rtf1 crash}", "a.rtf", "decode/crashed" },
		{ "vanthu-convert", "{\\rtf1 kill}", "a.rtf", "decode/killed" },
		{ "vanthu-convert", "{\\rtf1 hang}", "a.rtf", "decode/timed-out" },
		{ "vanthu-convert", "{\\rtf1 x}", "a.rtf", "decode/damaged" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Scratch) dir = folder_with_fake(rows[i].program);
		Limits limits = limits_default;
		if (strstr(rows[i].bytes, "hang"))
			limits.wall_seconds = 3;
		g_autoptr(Decoders) decoders = decoders_new(dir, &limits);
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].bytes, strlen(rows[i].bytes));
		g_autoptr(Doc) doc = decoders_read(decoders, bytes, rows[i].name, NULL);
		g_assert_nonnull(doc);
		g_assert_nonnull(doc_refusal(doc));
		g_assert_cmpstr(doc_refusal(doc)->id, ==, rows[i].id);
		static const char innocent[] = "<?xml version='1.0'?><a>Kính gửi</a>";
		g_autoptr(GBytes) next = g_bytes_new_static(innocent, sizeof innocent - 1);
		g_autoptr(Doc) read = decoders_read(decoders, next, "b.xml", NULL);
		g_assert_nonnull(read);
		g_assert_null(doc_refusal(read));
	}
}

/* A page that breaks its reader costs itself alone. */
static void
test_broken_page(void)
{
	g_autoptr(Scratch) dir = folder_with_fake("vanthu-ocr");
	g_autoptr(Decoders) decoders = decoders_new(dir, &limits_default);
	g_autoptr(GBytes) bytes = g_bytes_new_static("\x89PNG\r\n\x1a\n", 8);
	g_autoptr(Doc) doc = decoders_read(decoders, bytes, "a.png", NULL);
	g_assert_nonnull(doc);
	g_autoptr(GString) text = g_string_new(NULL);
	doc_print(doc, DOC_PRINT_TREE, text);
	g_assert_nonnull(strstr(text->str, "Thanh"));
	g_assert_nonnull(strstr(text->str, "Hùng"));
	g_assert_nonnull(strstr(text->str, "decode/not-recognised"));
	g_assert_null(strstr(text->str, "no service"));
	g_assert_nonnull(strstr(text->str, "trang 2: killed by signal 11"));
}

/* A file that breaks the comparison of its revisions is verified all the same. */
static void
test_broken_comparison(void)
{
	g_autoptr(Scratch) dir = folder_with_fake("vanthu-signatures");
	g_autoptr(Decoders) decoders = decoders_new(dir, &limits_default);
	Signer root = signer_root();
	Paper paper;
	paper_signed(&paper, &root);
	g_autoptr(GBytes) bytes = paper_bytes(&paper);
	g_autoptr(Doc) doc = decoders_read(decoders, bytes, "a.pdf", NULL);
	g_assert_nonnull(doc);
	g_assert_null(doc_refusal(doc));
	g_assert_cmpuint(doc->signatures->len, ==, 1);
	paper_free(&paper);
	signer_clear(&root);
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--zygote") == 0)
		return serve_fakes(argc, argv);
	g_test_init(&argc, &argv, NULL);
	if (!g_getenv("BUILD")) /* run by hand */
		g_setenv("BUILD", "build", TRUE);
	g_test_add_func("/parent/refusals", test_refusals);
	g_test_add_func("/parent/deaths", test_deaths);
	g_test_add_func("/parent/name", test_name);
	g_test_add_func("/parent/no-helper", test_no_helper);
	g_test_add_func("/parent/no-verifier", test_no_verifier);
	g_test_add_func("/parent/breaks", test_breaks);
	g_test_add_func("/parent/broken-page", test_broken_page);
	g_test_add_func("/parent/broken-comparison", test_broken_comparison);
	return g_test_run();
}
