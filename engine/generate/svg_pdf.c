/* One SVG as one PDF page: librsvg draws, cairo writes, nothing outside of the SVG is loaded. */
#include "generate/svg_pdf.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RsvgHandle, g_object_unref)

/* PDF 1.7 Annex C.2: 200 inches. */
static const double max_points = 14400;

static cairo_status_t
append(void *closure, const unsigned char *data, unsigned int size)
{
	g_string_append_len(closure, (const char *)data, size);
	return CAIRO_STATUS_SUCCESS;
}

/* Points of a length of the SVG: certificates are given in mm. */
static double
to_points(RsvgLength length)
{
	static const double points[] = {
		[RSVG_UNIT_PX] = 0.75,
		[RSVG_UNIT_IN] = 72,
		[RSVG_UNIT_CM] = 72 / 2.54,
		[RSVG_UNIT_MM] = 72 / 25.4,
		[RSVG_UNIT_PT] = 1,
		[RSVG_UNIT_PC] = 12,
	};
	return (size_t)length.unit < G_N_ELEMENTS(points) ? length.length * points[length.unit] : 0;
}

static bool
draw(RsvgHandle *handle, double width, double height, GString *out, GError **err)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, out, width, height);
	cairo_pdf_surface_set_metadata(
		surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
	cairo_t *cairo = cairo_create(surface);
	const RsvgRectangle page = { 0, 0, width, height };
	bool drawn = rsvg_handle_render_document(handle, cairo, &page, err);
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (drawn && status != CAIRO_STATUS_SUCCESS)
		return fail(err, ERR_LIBRARY, "cairo: %s", cairo_status_to_string(status));
	return drawn;
}

bool
svg_to_pdf(GBytes *svg, GString *out, GError **err)
{
	gsize size;
	const guint8 *data = g_bytes_get_data(svg, &size);
	g_autoptr(RsvgHandle) handle = rsvg_handle_new_from_data(data, size, err);
	if (!handle)
		return false;
	gboolean has_width, has_height, has_box;
	RsvgLength width, height;
	RsvgRectangle box;
	rsvg_handle_get_intrinsic_dimensions(
		handle, &has_width, &width, &has_height, &height, &has_box, &box);
	if (!has_width || !has_height || !(to_points(width) > 0) || !(to_points(height) > 0))
		return fail(err, ERR_FORMAT, _("the SVG has no size; give width and height in mm"));
	if (to_points(width) > max_points || to_points(height) > max_points)
		return fail(err, ERR_LIMIT, _("the SVG is larger than a page can be"));
	return draw(handle, to_points(width), to_points(height), out, err);
}

void
svg_warm(void)
{
	static const char sample[] =
		"<svg xmlns='http://www.w3.org/2000/svg' width='10mm' height='10mm'>"
		"<text x='1' y='9' font-family='Tinos'>Ấ</text></svg>";
	g_autoptr(GBytes) svg = g_bytes_new_static(sample, sizeof sample - 1);
	g_autoptr(GString) out = g_string_new(NULL);
	svg_to_pdf(svg, out, NULL);
}
