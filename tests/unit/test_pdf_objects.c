/* engine/decode/pdf_{syntax,objects,inflate}.c: values with their places, and objects as the
 * tables, or what is left of them, name them. */
#include "decode/pdf_objects.h"

#include <string.h>

/* ---- values ---------------------------------------------------------------------------------- */

static bool
parse(const char *text, Arena *arena, PdfValue *ret)
{
	long budget = 1000;
	PdfLexer lexer = { .data = (const unsigned char *)text,
		.size = strlen(text),
		.arena = arena,
		.budget = &budget };
	return pdf_parse_value(&lexer, ret);
}

static void
test_values(void)
{
	static const struct {
		const char *text;
		PdfKind kind;
		double number;
		const char *decoded;
		size_t n_items;
	} rows[] = {
		{ "null", PDF_NULL, 0, "", 0 },
		{ "true", PDF_BOOL, 1, "", 0 },
		{ "-12.5", PDF_NUMBER, -12.5, "", 0 },
		{ "00000690", PDF_NUMBER, 690, "", 0 },
		{ "12 0 R", PDF_REFERENCE, 12, "", 0 },
		{ "12 0 Rx", PDF_NUMBER, 12, "", 0 },
		{ "/Byte#52ange", PDF_NAME, 0, "ByteRange", 0 },
		{ "/A#4", PDF_NAME, 0, "A#4", 0 },
		{ "(a\\(b\\)(c)\\101\\\nd)", PDF_STRING, 0, "a(b)(c)Ad", 0 },
		{ "<4 1 4 2 5>", PDF_STRING, 0, "ABP", 0 },
		{ "[1 0 R 2 3 /A]", PDF_ARRAY, 0, "", 4 },
		{ "<</A 1/B<</C[]>>>>", PDF_DICT, 0, "", 4 },
		{ "% comment\n 7", PDF_NUMBER, 7, "", 0 },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Arena) arena = arena_new();
		PdfValue value;
		g_assert_true(parse(rows[i].text, arena, &value));
		g_assert_cmpint(value.kind, ==, rows[i].kind);
		g_assert_cmpfloat(value.number, ==, rows[i].number);
		g_assert_cmpmem(value.text, value.size, rows[i].decoded, strlen(rows[i].decoded));
		g_assert_cmpuint(value.n_items, ==, rows[i].n_items);
	}
}

static void
test_broken_values(void)
{
	static const char *const rows[] = { "", "(", "(a\\", "<4x>", "<41", "[1 2", "<</A>>",
		"<<1 2>>", "<</A 1", "]", "endobj", "truely" };
	g_autoptr(Arena) arena = arena_new();
	PdfValue value;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (parse(rows[i], arena, &value))
			g_error("'%s' was read", rows[i]);
	g_autofree char *deep = g_strnfill(5000, '[');
	g_assert_false(parse(deep, arena, &value));
	g_autoptr(GString) wide = g_string_new("[");
	for (int i = 0; i < 2000; i++)
		g_string_append(wide, "1 ");
	g_string_append_c(wide, ']');
	g_assert_false(parse(wide->str, arena, &value));
}

static void
test_places(void)
{
	g_autoptr(Arena) arena = arena_new();
	PdfValue dict;
	g_assert_true(parse("<</B 1 /Contents <00ff> /B 2>>", arena, &dict));
	const PdfValue *contents = pdf_peek(&dict, "Contents");
	g_assert_true(contents->hex);
	g_assert_cmpuint(contents->start, ==, 17);
	g_assert_cmpuint(contents->end, ==, 23);
	g_assert_cmpfloat(pdf_peek(&dict, "B")->number, ==, 2);
	g_assert_cmpint(pdf_count_key(&dict, "B"), ==, 2);
	g_assert_null(pdf_peek(&dict, "C"));
	g_assert_cmpuint(pdf_find_last((const unsigned char *)"abab", 3, "ab"), ==, 0);
	g_assert_cmpuint(pdf_find((const unsigned char *)"abab", 4, 1, "ab"), ==, 2);
}

/* ---- objects --------------------------------------------------------------------------------- */

typedef struct {
	GString *bytes;
	PdfBudget budget;
} File;

static File
file_new(const char *head)
{
	return (File){ g_string_new(head), pdf_budget_default };
}

/* Object 3 holds a number, so that it tells which definition was taken. */
static size_t
file_add(File *file, const char *text)
{
	size_t at = file->bytes->len;
	g_string_append(file->bytes, text);
	return at;
}

static double
number_in(File *file, bool repaired)
{
	g_autoptr(PdfObjects) objects = pdf_objects_new(
		(const unsigned char *)file->bytes->str, file->bytes->len, &file->budget);
	g_assert_cmpint(pdf_objects_repaired(objects), ==, repaired);
	g_assert_cmpint(pdf_lookup(objects, pdf_root(objects), "Pages")->kind, ==, PDF_DICT);
	double number = pdf_object(objects, 3)->number;
	g_string_free(file->bytes, TRUE);
	return number;
}

#define TREE "1 0 obj<</Pages 2 0 R>>endobj\n2 0 obj<</Kids[]>>endobj\n"

static void
test_tables(void)
{
	static const char *const heads[] = { "%PDF-1.4\n", "junk before it\n%PDF-1.4\n" };
	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		File file = file_new(heads[i]);
		size_t shift = i ? strlen("junk before it\n") : 0;
		size_t one = file_add(&file, "1 0 obj<</Pages 2 0 R>>endobj\n") - shift;
		size_t two = file_add(&file, "2 0 obj<</Kids[]>>endobj\n") - shift;
		size_t three = file_add(&file, "3 0 obj 33 endobj\n3 0 obj 99 endobj\n") - shift;
		size_t table = file.bytes->len - shift;
		g_string_append_printf(file.bytes,
			"xref\n0 4\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n"
			"%010zu 00000 n \ntrailer<</Root 1 0 R/Prev "
			"%zu>>\nstartxref\n%zu\n%%%%EOF\n",
			one, two, three, table, table);
		g_assert_cmpfloat(number_in(&file, false), ==, 33);
	}
}

/* Later definitions win where no table is to be had; a trailer is looked for, too. */
static void
test_repair(void)
{
	static const char *const ends[] = { "trailer<</Root 1 0 R>>",
		"trailer<</Root 1 0 R>>startxref 999999", "trailer<</Root 1 0 R>>startxref 5" };
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		File file = file_new("%PDF-1.4\n" TREE "3 0 obj 33 endobj 3 0 obj 44 endobj\n");
		file_add(&file, ends[i]);
		g_assert_cmpfloat(number_in(&file, true), ==, 44);
	}
}

/* A hybrid file: the table lists as free what the stream beside it has. */
static void
test_hybrid(void)
{
	File file = file_new("%PDF-1.5\n");
	size_t one = file_add(&file, "1 0 obj<</Pages 2 0 R>>endobj\n");
	size_t two = file_add(&file, "2 0 obj<</Kids[]>>endobj\n");
	size_t packed = file_add(&file,
		"5 0 obj<</Type/ObjStm/N 1/First 4/Length 6>>stream\n3 0 55\nendstream endobj\n");
	g_assert_cmpuint(packed, <, 256);
	size_t stream = file_add(
		&file, "6 0 obj<</Type/XRef/Size 7/Index[3 1 5 1]/W[1 1 1]/Length 6>>stream\n");
	const char rows[6] = { 2, 5, 0, 1, (char)packed, 0 };
	g_string_append_len(file.bytes, rows, sizeof rows);
	file_add(&file, "\nendstream endobj\n");
	size_t table = file.bytes->len;
	g_string_append_printf(file.bytes,
		"xref\n0 4\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n"
		"0000000000 65535 f \ntrailer<</Root 1 0 R/XRefStm "
		"%zu>>\nstartxref\n%zu\n%%%%EOF\n",
		one, two, stream, table);
	g_assert_cmpfloat(number_in(&file, false), ==, 55);
}

/* Streams that need themselves, and lengths that lie. */
static void
test_loops(void)
{
	File file = file_new(
		"%PDF-1.5\n" TREE
		"5 0 obj<</Type/ObjStm/N 5 0 R/First 5 0 R/Length 5 0 R/Extends 5 0 R>>stream\n"
		"3 0 7\nendstream endobj\n"
		"6 0 obj<</Type/ObjStm/N 99999999/First 99999999/Length 99999999>>stream\n"
		"3 0 7\nendstream endobj\n"
		"7 0 obj 7 0 R endobj\n3 0 obj 1 endobj\ntrailer<</Root 1 0 R>>");
	g_autoptr(PdfObjects) objects = pdf_objects_new(
		(const unsigned char *)file.bytes->str, file.bytes->len, &file.budget);
	const PdfValue loop = { .kind = PDF_REFERENCE, .number = 7 };
	g_assert_cmpint(pdf_resolve(objects, &loop)->kind, ==, PDF_NULL);
	g_assert_cmpint(pdf_object(objects, 6)->kind, ==, PDF_STREAM);
	g_assert_cmpint(pdf_object(objects, -1)->kind, ==, PDF_NULL);
	g_clear_pointer(&objects, pdf_objects_free);
	g_assert_cmpfloat(number_in(&file, true), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-objects/values", test_values);
	g_test_add_func("/pdf-objects/broken-values", test_broken_values);
	g_test_add_func("/pdf-objects/places", test_places);
	g_test_add_func("/pdf-objects/tables", test_tables);
	g_test_add_func("/pdf-objects/repair", test_repair);
	g_test_add_func("/pdf-objects/hybrid", test_hybrid);
	g_test_add_func("/pdf-objects/loops", test_loops);
	return g_test_run();
}
