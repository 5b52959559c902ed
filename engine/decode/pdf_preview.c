/* A page of a PDF -> PNG. */
#include "decode/page_request.h"
#include "decode/pdf_surface.h"
#include "decode/preview.h"

static cairo_status_t
collect(void *user, const unsigned char *data, unsigned size)
{
	g_string_append_len(user, (const char *)data, size);
	return CAIRO_STATUS_SUCCESS;
}

static PdfTurn
turn_of(PopplerPage *page)
{
	g_autoptr(GArray) glyphs = g_array_new(FALSE, TRUE, sizeof(PdfGlyph));
	g_autofree char *text = poppler_page_get_text(page);
	PopplerRectangle *boxes = NULL;
	guint n = 0;
	if (poppler_page_get_text_layout(page, &boxes, &n))
		for (const char *p = text; *p && glyphs->len < n; p = g_utf8_next_char(p)) {
			const PopplerRectangle *box = &boxes[glyphs->len];
			PdfGlyph glyph = { .c = g_utf8_get_char(p),
				.box = { box->x1, box->y1, box->x2, box->y2 } };
			g_array_append_val(glyphs, glyph);
		}
	g_free(boxes);
	return pdf_turn_find(glyphs);
}

static bool
draw_page(PopplerPage *page, GString *out)
{
	cairo_surface_t *surface =
		pdf_surface_draw(page, turn_of(page), PREVIEW_DPI / 72, PREVIEW_LONGEST_PX, NULL);
	if (!surface)
		return false;
	bool good =
		cairo_surface_write_to_png_stream(surface, collect, out) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return good;
}

bool
pdf_preview(GBytes *request, GString *out, GError **err)
{
	g_autoptr(GBytes) file = NULL;
	int number = page_request_read(request, &file, err);
	if (!number)
		return false;
	g_autoptr(PopplerDocument) document = pdf_document_open(file, NULL);
	g_autoptr(PopplerPage) page = document && number <= poppler_document_get_n_pages(document)
		? poppler_document_get_page(document, number - 1)
		: NULL;
	return (page && draw_page(page, out)) ||
		fail(err, ERR_FORMAT, _("page %d can't be drawn"), number);
}
