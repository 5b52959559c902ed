/* engine/decode/ocr*.c: pages drawn with cairo, as a scanner and a stamp would leave them, are
 * read. */
#include "decode/ocr.h"

#include "scratch.h"

#include <cairo.h>
#include <leptonica/allheaders.h>
#include <string.h>

#define SCALE (300.0 / 72)
#define WIDTH 1700
#define HEIGHT 900

static const char *const lines[] = { "ỦY BAN NHÂN DÂN XÃ PHÚ LÂM",
	"Số: 215/UBND-KT ngày 17 tháng 11 năm 2026",
	"Đề nghị Sở hướng dẫn phương án thu gom phù hợp",
	"Nguyễn Thị Thu Hà, Phạm Quốc Bảo, Đỗ Minh Tuấn" };

typedef struct {
	double degrees;
	bool stamped; /* a red seal over the third line, blue ink under it */
	bool sealed;  /* a copy: two rings in black that touch the first and the last line */
	int quarter;  /* turned by so many quarters */
} Look;

static void
draw_seal(cairo_t *cr)
{
	static const double radii[] = { 270, 250, 130 };
	cairo_set_source_rgb(cr, 0.2, 0.2, 0.2);
	cairo_set_line_width(cr, 6);
	for (size_t i = 0; i < G_N_ELEMENTS(radii); i++) {
		cairo_arc(cr, 420, 425, radii[i], 0, 2 * G_PI);
		cairo_stroke(cr);
	}
}

static cairo_surface_t *
draw(const Look *look)
{
	int width = look->quarter % 2 ? HEIGHT : WIDTH, height = look->quarter % 2 ? WIDTH : HEIGHT;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 0.97, 0.96, 0.93);
	cairo_paint(cr);
	cairo_translate(cr, width / 2.0, height / 2.0);
	cairo_rotate(cr, look->quarter * G_PI / 2 + look->degrees * G_PI / 180);
	cairo_translate(cr, -WIDTH / 2.0, -HEIGHT / 2.0);
	cairo_select_font_face(cr, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cr, 13 * SCALE);
	cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		cairo_move_to(cr, 150, 200 + 150.0 * (double)i);
		cairo_show_text(cr, lines[i]);
	}
	cairo_set_operator(cr, CAIRO_OPERATOR_MULTIPLY);
	cairo_set_line_width(cr, 9);
	cairo_set_source_rgb(cr, 0.85, 0.2, 0.25);
	cairo_arc(cr, 600, 480, 170, 0, 2 * G_PI);
	if (look->stamped)
		cairo_stroke(cr);
	cairo_new_path(cr);
	if (look->sealed)
		draw_seal(cr);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
	return surface;
}

static OcrPicture
picture_of(cairo_surface_t *surface)
{
	OcrPicture picture = { .scale = SCALE };
	g_assert_true(ocr_picture_of_colours(
		(const uint32_t *)(const void *)cairo_image_surface_get_data(surface),
		(size_t)cairo_image_surface_get_stride(surface),
		cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), 16,
		&picture));
	return picture;
}

/* Everything but ink, with one space between; caller owns. */
static char *
text_of(const RecognisedPage *page)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < page->words->len; i++) {
		const RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		if (!word->ink)
			g_string_append_printf(text, "%s%s", text->len ? " " : "", word->text);
	}
	return g_string_free(text, FALSE);
}

/* How many of the words that were drawn were read; of 29. */
static int
count_read(const RecognisedPage *page)
{
	g_autofree char *text = text_of(page);
	g_autofree char *spaced = g_strdup_printf(" %s ", text);
	int n = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
		for (char **word = words; *word; word++) {
			g_autofree char *wanted = g_strdup_printf(" %s ", *word);
			n += strstr(spaced, wanted) != NULL;
		}
	}
	return n;
}

static RecognisedPage *
read_look(const Look *look, Arena *arena)
{
	cairo_surface_t *surface = draw(look);
	OcrPicture picture = picture_of(surface);
	cairo_surface_destroy(surface);
	g_autoptr(GError) err = NULL;
	RecognisedPage *page = ocr_read(&picture, 1, arena, &err);
	ocr_picture_clear(&picture);
	g_assert_no_error(err);
	return page;
}

static void
test_looks(void)
{
	static const Look looks[] = { { 0 }, { .degrees = 2.5 }, { .stamped = true },
		{ .sealed = true }, { .quarter = 1 }, { .quarter = 2 } };
	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(RecognisedPage) page = read_look(&looks[i], arena);
		int n = count_read(page);
		if (n < (looks[i].sealed ? 20 : 30))
			g_error("look %zu: %d words of 34", i, n);
	}
}

/* Boxes are points from the top left: the first word stands where it was drawn. */
static void
test_places(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(RecognisedPage) page = read_look(&(Look){ 0 }, arena);
	const RecognisedWord *first = &g_array_index(page->words, RecognisedWord, 0);
	g_assert_cmpstr(first->text, ==, "ỦY");
	g_assert_cmpfloat_with_epsilon(first->box.x0, 150 / SCALE, 2);
	g_assert_cmpfloat_with_epsilon(first->box.y1, 200 / SCALE, 3);
	g_assert_cmpfloat_with_epsilon(page->width_pt, WIDTH / SCALE, 1);
	g_assert_true(first->begins_line);
}

static cairo_status_t
take_bytes(void *closure, const unsigned char *data, unsigned int size)
{
	g_byte_array_append(closure, data, size);
	return CAIRO_STATUS_SUCCESS;
}

static GBytes *
png_of(cairo_surface_t *surface)
{
	GByteArray *bytes = g_byte_array_new();
	cairo_surface_write_to_png_stream(surface, take_bytes, bytes);
	return g_byte_array_free_to_bytes(bytes);
}

/* One page of 8 x 8 dots that says it comes next itself. */
static void
test_tiff_loop(void)
{
	static const guint16 tags[][4] = { { 256, 3, 1, 8 }, { 257, 3, 1, 8 }, { 258, 3, 1, 8 },
		{ 259, 3, 1, 1 }, { 262, 3, 1, 1 }, { 273, 4, 1, 8 }, { 277, 3, 1, 1 },
		{ 278, 3, 1, 8 }, { 279, 4, 1, 64 } };
	const guint16 n = G_N_ELEMENTS(tags);
	const guint32 first = 8;
	g_autoptr(GByteArray) file = g_byte_array_new();
	g_byte_array_append(file, (const guint8 *)"II*", 4);
	g_byte_array_append(file, (const guint8 *)&first, sizeof first);
	g_byte_array_append(file, (const guint8 *)&n, sizeof n);
	for (guint16 i = 0; i < n; i++) {
		const guint32 values[] = { tags[i][2], tags[i][3] };
		g_byte_array_append(file, (const guint8 *)tags[i], 4);
		g_byte_array_append(file, (const guint8 *)values, sizeof values);
	}
	g_byte_array_append(file, (const guint8 *)&first, sizeof first);
	g_autoptr(GBytes) bytes = g_bytes_new(file->data, file->len);
	g_assert_cmpint(ocr_image_pages(bytes, &limits_default, NULL), ==, 2);
}

static void
test_files(void)
{
	cairo_surface_t *surface = draw(&(Look){ 0 });
	g_autoptr(GBytes) png = png_of(surface);
	cairo_surface_destroy(surface);
	g_assert_cmpint(ocr_image_pages(png, &limits_default, NULL), ==, 1);
	size_t size;
	const l_uint8 *data = g_bytes_get_data(png, &size);
	g_autoptr(Scratch) scratch = scratch_new();
	g_autofree char *path = g_build_filename(scratch, "two.tif", NULL);
	PIX *pix = pixReadMem(data, size);
	pixWriteTiff(path, pix, IFF_TIFF_LZW, "w");
	pixWriteTiff(path, pix, IFF_TIFF_LZW, "a");
	pixDestroy(&pix);
	g_autofree char *contents = NULL;
	g_assert_true(g_file_get_contents(path, &contents, &size, NULL));
	g_autoptr(GBytes) tiff = g_bytes_new(contents, size);
	g_assert_cmpint(ocr_image_pages(tiff, &limits_default, NULL), ==, 2);
	OcrPicture picture = { 0 };
	g_assert_true(ocr_image_picture(tiff, 2, &picture, NULL));
	g_assert_cmpint(picture.width, >, 1000);
	ocr_picture_clear(&picture);
	g_assert_false(ocr_image_picture(tiff, 3, &picture, NULL));
}

static void
test_hostile(void)
{
	/* a PNG of 16,000 x 16,000 pixels by its head, and three that are none */
	static const char bomb[64] =
		"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x3e\x80\0\0\x3e\x80\x08\2\0\0\0";
	static const struct {
		const char *bytes;
		size_t size;
		ErrCode code;
	} rows[] = { { bomb, sizeof bomb, ERR_LIMIT }, { "\x89PNG\r\n\x1a\n", 8, ERR_FORMAT },
		{ "II*\0\xff\xff\xff\xff", 8, ERR_FORMAT }, { "\xff\xd8\xff\xe0", 4, ERR_FORMAT } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new(rows[i].bytes, rows[i].size);
		g_autoptr(GError) err = NULL;
		g_assert_cmpint(ocr_image_pages(bytes, &limits_default, &err), ==, 0);
		g_assert_cmpint(err_code(err), ==, rows[i].code);
	}
	g_autoptr(GBytes) bytes = g_bytes_new("%PDF-1.4", 8);
	OcrPicture picture = { 0 };
	g_assert_false(ocr_pdf_picture(bytes, 1, &picture, NULL));
}

int
main(int argc, char **argv)
{
	g_setenv("OMP_THREAD_LIMIT", "1", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ocr/looks", test_looks);
	g_test_add_func("/ocr/places", test_places);
	g_test_add_func("/ocr/files", test_files);
	g_test_add_func("/ocr/hostile", test_hostile);
	g_test_add_func("/ocr/tiff-loop", test_tiff_loop);
	return g_test_run();
}
