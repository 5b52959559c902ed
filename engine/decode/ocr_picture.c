/* A PDF page or an image file -> a grey picture in which only print is dark. */
#include "decode/ocr.h"

#include "decode/page_request.h"
#include "decode/pdf_surface.h"
#include "decode/preview.h"

#include <leptonica/allheaders.h>
#include <string.h>

#define DOTS_PER_INCH                                                                              \
	300.0 /* below, marks of Vietnamese letters run together; above, it only takes longer */
#define LONGEST_SIDE 7100 /* A2 at 300 */
#define COLOURED 40       /* of 255; the shadows that JPEG leaves beside black print are less */
#define MOST_PIXELS (120 * 1000 * 1000)

/* Black print stays black; a red stamp, blue ink and a yellowed sheet fade by their brightest
 * channel, and strong colours by half of what they differ, too. */
static void
separate(unsigned r, unsigned g, unsigned b, unsigned char *ret_grey, unsigned char *ret_ink)
{
	unsigned most = MAX(r, MAX(g, b)), least = MIN(r, MIN(g, b)), colour = most - least;
	bool coloured = colour > COLOURED;
	*ret_grey = (unsigned char)MIN(255, coloured ? most + colour / 2 : most);
	*ret_ink = (unsigned char)(coloured ? least : 255);
}

bool
ocr_picture_of_colours(const uint32_t *pixels, size_t stride, int width, int height, int red,
	OcrPicture *ret_picture)
{
	unsigned char *grey = g_try_malloc((size_t)width * (size_t)height);
	unsigned char *ink = g_try_malloc((size_t)width * (size_t)height);
	for (int y = 0; grey && ink && y < height; y++) {
		const uint32_t *row =
			(const uint32_t *)(const void *)((const char *)pixels + (size_t)y * stride);
		size_t from = (size_t)y * (size_t)width;
		for (int x = 0; x < width; x++) {
			uint32_t p = row[x] >> (red - 16);
			separate(p >> 16 & 255, p >> 8 & 255, p & 255, &grey[from + (size_t)x],
				&ink[from + (size_t)x]);
		}
	}
	ret_picture->grey = grey;
	ret_picture->ink = ink;
	ret_picture->width = width;
	ret_picture->height = height;
	return grey && ink;
}

void
ocr_picture_clear(OcrPicture *picture)
{
	g_clear_pointer(&picture->grey, g_free);
	g_clear_pointer(&picture->ink, g_free);
}

/* ---- PDF ----------------------------------------------------------------------------------- */

static bool
draw(PopplerPage *page, OcrPicture *ret_picture)
{
	cairo_surface_t *surface = pdf_surface_draw(
		page, PDF_TURN_NONE, DOTS_PER_INCH / 72, LONGEST_SIDE, &ret_picture->scale);
	if (!surface)
		return false;
	const uint32_t *pixels =
		(const uint32_t *)(const void *)cairo_image_surface_get_data(surface);
	bool ok = pixels &&
		ocr_picture_of_colours(pixels, (size_t)cairo_image_surface_get_stride(surface),
			cairo_image_surface_get_width(surface),
			cairo_image_surface_get_height(surface), 16, ret_picture);
	cairo_surface_destroy(surface);
	return ok;
}

bool
ocr_pdf_picture(GBytes *bytes, int number, OcrPicture *ret_picture, GError **err)
{
	PopplerDocument *document = pdf_document_open(bytes, NULL);
	PopplerPage *page =
		document && number >= 1 && number <= poppler_document_get_n_pages(document)
		? poppler_document_get_page(document, number - 1)
		: NULL;
	bool ok = page && draw(page, ret_picture);
	g_clear_object(&page);
	g_clear_object(&document);
	return ok || fail(err, ERR_FORMAT, _("page %d can't be drawn"), number);
}

/* ---- image files --------------------------------------------------------------------------- */

static const l_uint8 *
data_of(GBytes *bytes, size_t *ret_size)
{
	return g_bytes_get_data(bytes, ret_size);
}

static bool
is_tiff(l_int32 format)
{
	return format >= IFF_TIFF && format <= IFF_TIFF_ZIP;
}

static int
count_tiff(GBytes *bytes, const Limits *limits)
{
	size_t size, offset = 0;
	const l_uint8 *data = data_of(bytes, &size);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	int n = 0;
	do { /* a page may say that an earlier one comes next */
		PIX *pix = pixReadMemFromMultipageTiff(data, size, &offset);
		if (!pix)
			break;
		pixDestroy(&pix);
		n++;
	} while (offset && n < limits->pages && g_hash_table_add(seen, GSIZE_TO_POINTER(offset)));
	return n;
}

int
ocr_image_pages(GBytes *bytes, const Limits *limits, GError **err)
{
	size_t size;
	const l_uint8 *data = data_of(bytes, &size);
	l_int32 format = 0, width = 0, height = 0;
	setMsgSeverity(L_SEVERITY_NONE);
	if (pixReadHeaderMem(data, size, &format, &width, &height, NULL, NULL, NULL) != 0) {
		fail(err, ERR_FORMAT, _("the picture can't be read"));
		return 0;
	}
	if ((int64_t)width * height > MOST_PIXELS) {
		fail(err, ERR_LIMIT, _("a picture of %d x %d pixels"), width, height);
		return 0;
	}
	int n = is_tiff(format) ? count_tiff(bytes, limits) : 1;
	if (!n)
		fail(err, ERR_FORMAT, _("the picture can't be read"));
	return n;
}

static PIX *
read_image(GBytes *bytes, int number)
{
	size_t size, offset = 0;
	const l_uint8 *data = data_of(bytes, &size);
	l_int32 format = 0;
	findFileFormatBuffer(data, &format);
	if (!is_tiff(format))
		return number == 1 ? pixReadMem(data, size) : NULL;
	for (int n = 1;; n++) {
		PIX *pix = pixReadMemFromMultipageTiff(data, size, &offset);
		if (!pix || n == number)
			return pix;
		pixDestroy(&pix);
		if (!offset)
			return NULL;
	}
}

/* Dots an inch: what the file says when that makes a sheet of a sensible size; else A4 is taken. */
static double
resolution_of(PIX *pix)
{
	double width = pixGetWidth(pix), height = pixGetHeight(pix), longer = MAX(width, height);
	double said = pixGetXRes(pix);
	bool sensible = said >= 70 && said <= 1300 && longer / said > 4 && longer / said < 40;
	return sensible ? said : longer / 11.69;
}

/* Takes pix. */
static bool
picture_of_pix(PIX *pix, OcrPicture *ret_picture)
{
	double resolution = resolution_of(pix);
	double factor = MIN(DOTS_PER_INCH / resolution,
		(double)LONGEST_SIDE / MAX(pixGetWidth(pix), pixGetHeight(pix)));
	if (factor > 0.8 && factor < 1.25)
		factor = 1;
	PIX *opaque = pixRemoveAlpha(pix);
	PIX *colours = opaque ? pixConvertTo32(opaque) : NULL;
	PIX *scaled = colours && factor != 1
		? pixScale(colours, (l_float32)factor, (l_float32)factor)
		: pixClone(colours);
	bool ok = scaled &&
		ocr_picture_of_colours(pixGetData(scaled), 4 * (size_t)pixGetWpl(scaled),
			pixGetWidth(scaled), pixGetHeight(scaled), 24, ret_picture);
	ret_picture->scale = resolution * factor / 72;
	pixDestroy(&scaled);
	pixDestroy(&colours);
	pixDestroy(&opaque);
	pixDestroy(&pix);
	return ok;
}

bool
ocr_image_picture(GBytes *bytes, int number, OcrPicture *ret_picture, GError **err)
{
	setMsgSeverity(L_SEVERITY_NONE);
	PIX *pix = read_image(bytes, number);
	return (pix && picture_of_pix(pix, ret_picture)) ||
		fail(err, ERR_FORMAT, _("page %d can't be drawn"), number);
}

/* ---- for people ---------------------------------------------------------------------------- */

/* Takes pix. */
static bool
write_png(PIX *pix, GString *out)
{
	l_float32 factor = (l_float32)PREVIEW_LONGEST_PX / MAX(pixGetWidth(pix), pixGetHeight(pix));
	PIX *scaled = factor < 1 ? pixScale(pix, factor, factor) : pixClone(pix);
	l_uint8 *data = NULL;
	size_t size = 0;
	bool good = scaled && pixWriteMemPng(&data, &size, scaled, 0) == 0;
	if (good)
		g_string_append_len(out, (const char *)data, (gssize)size);
	lept_free(data);
	pixDestroy(&scaled);
	pixDestroy(&pix);
	return good;
}

bool
ocr_preview(GBytes *request, GString *out, GError **err)
{
	g_autoptr(GBytes) file = NULL;
	int number = page_request_read(request, &file, err);
	if (!number)
		return false;
	setMsgSeverity(L_SEVERITY_NONE);
	PIX *pix = read_image(file, number);
	return (pix && write_png(pix, out)) ||
		fail(err, ERR_FORMAT, _("page %d can't be drawn"), number);
}
