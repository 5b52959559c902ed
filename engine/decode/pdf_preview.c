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

static bool
draw_page(PopplerPage *page, GString *out)
{
	cairo_surface_t *surface =
		pdf_surface_draw(page, PREVIEW_DPI / 72, PREVIEW_LONGEST_PX, NULL);
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
	g_autoptr(PopplerDocument) document = poppler_document_new_from_bytes(file, NULL, NULL);
	g_autoptr(PopplerPage) page = document && number <= poppler_document_get_n_pages(document)
		? poppler_document_get_page(document, number - 1)
		: NULL;
	return (page && draw_page(page, out)) ||
		fail(err, ERR_FORMAT, _("page %d can't be drawn"), number);
}
