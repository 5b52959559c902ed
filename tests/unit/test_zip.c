/* engine/decode/package.c, zip.c: limits hold on what is inflated; a plain ZIP is a dossier. */
#include "decode/package.h"
#include "decode/zip.h"

#include "docx_builder.h"

static void
check_refused(GBytes *bytes, const Limits *limits, const char *id)
{
	g_autoptr(Doc) doc = zip_read_doc(bytes, limits);
	const Finding *refusal = doc_refusal(doc);
	if (!refusal)
		g_error("'%s' was not refused", id);
	g_test_message("%s", refusal->en);
	g_assert_cmpstr(refusal->id, ==, id);
}

static void
test_dossier(void)
{
	const Part parts[] = { { "Hồ sơ/01 Tờ trình.pdf", "%PDF-1" }, { "Hồ sơ/.DS_Store", "x" },
		{ "__MACOSX/a", "x" }, { "~$kh.docx", "x" },
		{ "b\\Danh sa\xcc\x81"
		  "ch.xml",
			"<a/>" },
		{ "trong.zip", "PK\3\4" }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(parts);
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_assert_cmpstr(doc->format, ==, "zip");
	g_assert_null(doc_refusal(doc));
	static const char *const names[] = { "Hồ sơ/01 Tờ trình.pdf", "b/Danh sách.xml",
		"trong.zip" };
	g_assert_cmpuint(doc->attachments->len, ==, G_N_ELEMENTS(names));
	for (guint i = 0; i < doc->attachments->len; i++) {
		const Attachment *attachment = g_ptr_array_index(doc->attachments, i);
		g_assert_cmpstr(attachment->name, ==, names[i]);
	}
	const Attachment *first = g_ptr_array_index(doc->attachments, 0);
	g_assert_cmpmem(
		g_bytes_get_data(first->bytes, NULL), g_bytes_get_size(first->bytes), "%PDF-1", 6);
}

/* Two names that are the same, or differ in letter case only: one file on half of all desks. */
static void
test_twice(void)
{
	const Part parts[] = { { "a.pdf", "1" }, { "A.pdf", "2" }, { "b.pdf", "3" },
		{ "c.pdf", "4" }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(parts);
	size_t size = g_bytes_get_size(bytes);
	char *data = g_memdup2(g_bytes_get_data(bytes, NULL), size);
	for (char *p = data; (p = memmem(p, (size_t)(data + size - p), "c.pdf", 5)); p++)
		*p = 'b';
	g_autoptr(GBytes) same = g_bytes_new_take(data, size);
	g_autoptr(Doc) doc = zip_read_doc(same, &limits_default);
	static const char *const names[] = { "a.pdf", "A.pdf", "b.pdf", "b (4).pdf" };
	g_assert_cmpuint(doc->attachments->len, ==, G_N_ELEMENTS(names));
	for (guint i = 0; i < doc->attachments->len; i++)
		g_assert_cmpstr(((const Attachment *)g_ptr_array_index(doc->attachments, i))->name,
			==, names[i]);
	g_assert_cmpuint(doc->findings->len, ==, 2);
}

static void
test_hostile_names(void)
{
	static const char *const names[] = { "../etc/passwd", "a/../../b", "C:\\x", "a\\..\\..\\b",
		"//x" };
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const Part parts[] = { { names[i], "x" }, { NULL, NULL } };
		g_autoptr(GBytes) bytes = build_zip(parts);
		check_refused(bytes, &limits_default, "decode/hostile");
	}
}

/* A ZIP of one file whose name has these bytes, not marked as UTF-8 (the mark is bit 11 of the
 * flags). */
static GBytes *
build_named(const char *name, size_t size)
{
	g_autofree char *place = g_strnfill(size, 'n');
	const Part parts[] = { { place, "x" }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(parts);
	size_t whole;
	char *data = g_memdup2(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	whole = g_bytes_get_size(bytes);
	for (char *p = data; (p = memmem(p, (size_t)(data + whole - p), place, size)); p += size)
		memcpy(p, name, size);
	char *local = memmem(data, whole, "PK\3\4", 4), *central = memmem(data, whole, "PK\1\2", 4);
	local[7] &= ~8;
	central[9] &= ~8;
	return g_bytes_new_take(data, whole);
}

/* Names in what packers of all ages write. */
static void
test_names(void)
{
	static const struct {
		const char *bytes, *wanted;
	} rows[] = {
		{ "Danh s\xc3\xa1"
		  "ch.pdf",
			"Danh sách.pdf" }, /* UTF-8 without its mark */
		{ "To\xcc\x9b\xcc\x80 tri\xcc\x80nh.pdf", "Tờ trình.pdf" }, /* taken apart (NFD) */
		{ "caf\x82.pdf", "café.pdf" },                              /* DOS */
		{ "\xd0\xea\xcc ngh\x69\xf2 t\xe3ng.pdf", "Đề nghị tăng.pdf" }, /* Windows */
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_named(rows[i].bytes, strlen(rows[i].bytes));
		g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
		g_assert_cmpuint(doc->attachments->len, ==, 1);
		const Attachment *only = g_ptr_array_index(doc->attachments, 0);
		g_assert_cmpstr(only->name, ==, rows[i].wanted);
	}
	g_autoptr(GBytes) nul = build_named("a.pdf\0.exe", 10);
	check_refused(nul, &limits_default, "decode/hostile");
}

/* A bomb is recognised by what comes out of it, each limit on its own. */
static void
test_limits(void)
{
	g_autofree char *zeros = g_strnfill(3 * 1024 * 1024, '0');
	const Part bomb[] = { { "bomb.txt", zeros }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(bomb);
	check_refused(bytes, &limits_default, "decode/too-large");

	Limits limits = limits_default;
	limits.ratio = 1000000;
	g_autoptr(Doc) fine = zip_read_doc(bytes, &limits);
	g_assert_null(doc_refusal(fine));
	limits.entry_bytes = 1024 * 1024;
	check_refused(bytes, &limits, "decode/too-large");
	limits.entry_bytes = limits_default.entry_bytes;
	limits.total_bytes = 1024 * 1024;
	check_refused(bytes, &limits, "decode/too-large");

	const Part many[] = { { "a", "1" }, { "b", "2" }, { "c", "3" }, { NULL, NULL } };
	g_autoptr(GBytes) three = build_zip(many);
	limits = limits_default;
	limits.entries = 2;
	check_refused(three, &limits, "decode/too-large");
}

/* Cut anywhere, or one bit turned over in the packed bytes: damaged, never half of a dossier. */
static void
test_damaged(void)
{
	const Part parts[] = { { "a.txt", "Kính gửi các phòng, đơn vị trực thuộc Sở" },
		{ NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(parts);
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	for (size_t cut = 7; cut < size; cut += 7) {
		g_autoptr(GBytes) part = g_bytes_new(data, cut);
		check_refused(part, &limits_default, "decode/damaged");
	}
	g_autofree char *copy = g_memdup2(data, size);
	copy[40] ^= 1;
	g_autoptr(GBytes) flipped = g_bytes_new(copy, size);
	check_refused(flipped, &limits_default, "decode/damaged");
}

static void
test_other_office(void)
{
	const Part sheet[] = { { "[Content_Types].xml", "<Types/>" }, { "xl/workbook.bin", "<a/>" },
		{ NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(sheet);
	check_refused(bytes, &limits_default, "decode/unknown-format");
	const Part nothing[] = { { "~$lock.docx", "x" }, { NULL, NULL } };
	g_autoptr(GBytes) litter = build_zip(nothing);
	check_refused(litter, &limits_default, "decode/empty-file");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/zip/dossier", test_dossier);
	g_test_add_func("/zip/twice", test_twice);
	g_test_add_func("/zip/hostile-names", test_hostile_names);
	g_test_add_func("/zip/names", test_names);
	g_test_add_func("/zip/limits", test_limits);
	g_test_add_func("/zip/damaged", test_damaged);
	g_test_add_func("/zip/other-office", test_other_office);
	return g_test_run();
}
