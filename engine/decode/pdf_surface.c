/* Bytes -> Poppler's document; a page of it -> pixels on white. */
#include "decode/pdf_surface.h"

#include "decode/pdf_locked.h"

#include <math.h>
#include <stdbool.h>

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
