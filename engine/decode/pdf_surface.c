/* Bytes -> Poppler's document; a page of it -> pixels on white; those -> grey ones. */
#include "decode/pdf_surface.h"

#include "decode/pdf_locked.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define LONGEST_PT 20000 /* 7 m; what claims to be larger is no page */

/* Two ways of Poppler to crash are gone round: it makes Latin-1 of a password without asking whether that
 * can be done, and opened from bytes it does not survive a password that is wrong. */
static PopplerDocument *
open_locked(GBytes *file, const char *password, GError **err)
{
	g_autofree char *latin = g_convert(password, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
	GInputStream *stream = g_memory_input_stream_new_from_bytes(file);
	PopplerDocument *document = poppler_document_new_from_stream(
		stream, (goffset)g_bytes_get_size(file), latin ? password : NULL, NULL, err);
	g_object_unref(stream);
	return document;
}

PopplerDocument *
pdf_document_open(GBytes *bytes, GError **err)
{
	g_autofree char *password = NULL;
	g_autoptr(GBytes) file = pdf_locked_file(bytes, &password);
	return password ? open_locked(file, password, err)
			: poppler_document_new_from_bytes(file, NULL, err);
}

/* `width` and `height` are those of the page as it is read. */
static void
turn_paper(cairo_t *cr, PdfTurn turn, double width, double height)
{
	cairo_matrix_t left, right;
	cairo_matrix_init(&left, 0, -1, 1, 0, 0, height);
	cairo_matrix_init(&right, 0, 1, -1, 0, width, 0);
	if (turn)
		cairo_transform(cr, turn == PDF_TURN_LEFT ? &left : &right);
}

cairo_surface_t *
pdf_surface_draw(
	PopplerPage *page, PdfTurn turn, double scale, double longest_px, double *ret_scale)
{
	double width = 0, height = 0;
	poppler_page_get_size(page, turn ? &height : &width, turn ? &width : &height);
	if (!(width > 1 && height > 1 && width < LONGEST_PT && height < LONGEST_PT))
		return NULL;
	scale = MIN(scale, longest_px / MAX(width, height));
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)ceil(width * scale), (int)ceil(height * scale));
	cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	turn_paper(cr, turn, width, height);
	poppler_page_render(page, cr);
	bool good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cr);
	if (!good) {
		cairo_surface_destroy(surface);
		return NULL;
	}
	cairo_surface_flush(surface);
	if (ret_scale)
		*ret_scale = scale;
	return surface;
}

/* A plain loop: the compiler makes vectors of it. */
__attribute__((optimize("O3"))) static void
grey_row(unsigned char *restrict to, const uint32_t *restrict from, int n)
{
	for (int i = 0; i < n; i++) {
		uint32_t p = from[i];
		to[i] = (unsigned char)(((p >> 16 & 255) * 77 + (p >> 8 & 255) * 150 +
						(p & 255) * 29) >>
			8);
	}
}

unsigned char *
pdf_surface_grey(cairo_surface_t *surface)
{
	int width = cairo_image_surface_get_width(surface);
	int height = cairo_image_surface_get_height(surface);
	const unsigned char *from = cairo_image_surface_get_data(surface);
	size_t stride = (size_t)cairo_image_surface_get_stride(surface);
	unsigned char *grey = g_try_malloc((size_t)width * (size_t)height);
	for (int y = 0; grey && from && y < height; y++)
		grey_row(grey + (size_t)y * (size_t)width,
			(const uint32_t *)(const void *)(from + (size_t)y * stride), width);
	return grey;
}
