/* Two revisions, drawn and read by Poppler -> where they look different. */
#include "decode/signature_view.h"

#include "decode/pdf_surface.h"
#include "decode/signature_shown.h"

#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* What all revisions of one file may take: a page at this size is drawn in 10 to 300 ms. */
enum { PICTURE_PX = 700, MAX_DRAWN = 200, MAX_KEPT = 40, MAX_READ = 4000 };

/* A stamp or field larger than this share of its page is a page of its own. */
#define STAMP_SHARE 0.4

/* Where on a page a pixel may differ, and what it means there. */
enum { AREA_PAGE, AREA_ANNOTATION, AREA_FIELD, AREA_STAMP, AREA_KINDS };

typedef struct {
	int width, height, stride;
	unsigned char *pixels; /* of cairo's RGB24 */
} Picture;

struct SignatureView {
	const unsigned char *data;
	size_t size;
	PopplerDocument *document;
	int n_pages, drawn, read;
	GHashTable *pictures; /* page -> Picture of the whole file */
};

/* ---- opening and drawing ------------------------------------------------------------------- */

static PopplerDocument *
open_bytes(const unsigned char *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
	return poppler_document_new_from_bytes(bytes, NULL, NULL);
}

static void
picture_free(gpointer data)
{
	Picture *picture = data;
	g_free(picture->pixels);
	g_free(picture);
}

SignatureView *
signature_view_new(const unsigned char *data, size_t size)
{
	PopplerDocument *document = open_bytes(data, size);
	if (!document)
		return NULL;
	SignatureView *view = g_new0(SignatureView, 1);
	view->data = data;
	view->size = size;
	view->document = document;
	view->n_pages = poppler_document_get_n_pages(document);
	view->pictures = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, picture_free);
	return view;
}

void
signature_view_free(SignatureView *view)
{
	if (!view)
		return;
	g_object_unref(view->document);
	g_hash_table_unref(view->pictures);
	g_free(view);
}

/* NULL when the page can't be drawn. */
static Picture *
draw(PopplerPage *page)
{
	cairo_surface_t *surface =
		pdf_surface_draw(page, PDF_TURN_NONE, PICTURE_PX, PICTURE_PX, NULL);
	if (!surface)
		return NULL;
	Picture *picture = g_new0(Picture, 1);
	picture->width = cairo_image_surface_get_width(surface);
	picture->height = cairo_image_surface_get_height(surface);
	picture->stride = cairo_image_surface_get_stride(surface);
	picture->pixels = g_memdup2(cairo_image_surface_get_data(surface),
		(gsize)picture->stride * (gsize)picture->height);
	cairo_surface_destroy(surface);
	return picture;
}

/* ---- areas --------------------------------------------------------------------------------- */

typedef struct {
	GArray *areas[AREA_KINDS]; /* of PopplerRectangle; those of AREA_PAGE are of widgets that
				      were signatures before */
	double width, height;
} Areas;

static void
add_area(Areas *areas, int kind, const PopplerRectangle *area)
{
	double share = fabs((area->x2 - area->x1) * (area->y2 - area->y1)) /
		(areas->width * areas->height);
	if (share > 0 && share <= STAMP_SHARE)
		g_array_append_val(areas->areas[kind], *area);
}

static void
add_fields(Areas *areas, PopplerPage *page, GHashTable *signed_later, bool old)
{
	GList *fields = poppler_page_get_form_field_mapping(page);
	for (GList *l = fields; l; l = l->next) {
		const PopplerFormFieldMapping *mapping = l->data;
		bool signature = poppler_form_field_get_field_type(mapping->field) ==
			POPPLER_FORM_FIELD_SIGNATURE;
		g_autofree char *raw = poppler_form_field_get_name(mapping->field);
		g_autofree char *name = text_clean(text_or_empty(raw), strlen(text_or_empty(raw)));
		if (!signature)
			add_area(areas, AREA_FIELD, &mapping->area);
		else if (signed_later && g_hash_table_contains(signed_later, name))
			add_area(areas, AREA_STAMP, &mapping->area);
		if (signature && old)
			add_area(areas, AREA_PAGE, &mapping->area);
	}
	poppler_page_free_form_field_mapping(fields);
}

static void
add_annotations(Areas *areas, PopplerPage *page)
{
	GList *annotations = poppler_page_get_annot_mapping(page);
	for (GList *l = annotations; l; l = l->next) {
		const PopplerAnnotMapping *mapping = l->data;
		if (poppler_annot_get_annot_type(mapping->annot) != POPPLER_ANNOT_WIDGET)
			add_area(areas, AREA_ANNOTATION, &mapping->area);
	}
	poppler_page_free_annot_mapping(annotations);
}

static void
areas_init(Areas *areas, PopplerPage *before, PopplerPage *after, GHashTable *signed_later)
{
	for (int i = 0; i < AREA_KINDS; i++)
		areas->areas[i] = g_array_new(FALSE, FALSE, sizeof(PopplerRectangle));
	poppler_page_get_size(after, &areas->width, &areas->height);
	add_fields(areas, after, signed_later, false);
	add_fields(areas, before, signed_later, true);
	add_annotations(areas, before);
	add_annotations(areas, after);
}

static void
areas_clear(Areas *areas)
{
	for (int i = 0; i < AREA_KINDS; i++)
		g_array_unref(areas->areas[i]);
}

/* Points from the bottom left, with a line's width around. */
static bool
holds(const GArray *areas, double x, double y)
{
	for (guint i = 0; i < areas->len; i++) {
		const PopplerRectangle *area = &g_array_index(areas, PopplerRectangle, i);
		if (x >= MIN(area->x1, area->x2) - 2 && x <= MAX(area->x1, area->x2) + 2 &&
			y >= MIN(area->y1, area->y2) - 2 && y <= MAX(area->y1, area->y2) + 2)
			return true;
	}
	return false;
}

/* ---- comparing pictures -------------------------------------------------------------------- */

typedef struct {
	int differing[AREA_KINDS];
	int covered; /* dark before, light now, below a later stamp */
} PixelCount;

static int
lightness(uint32_t pixel)
{
	return (int)(((pixel >> 16 & 255) * 3 + (pixel >> 8 & 255) * 6 + (pixel & 255)) / 10);
}

static void
count_pixel(
	const Areas *areas, double x, double y, uint32_t before, uint32_t after, PixelCount *count)
{
	int kind = AREA_STAMP;
	while (kind > AREA_PAGE && !holds(areas->areas[kind], x, y))
		kind--;
	count->differing[kind]++;
	if (kind == AREA_STAMP && lightness(before) < 110 && lightness(after) > 200 &&
		!holds(areas->areas[AREA_PAGE], x, y))
		count->covered++;
}

static void
compare_pixels(const Picture *before, const Picture *after, const Areas *areas, PixelCount *count)
{
	for (int y = 0; y < after->height; y++) {
		const uint32_t *old_row =
			(const uint32_t *)(const void *)(before->pixels + y * before->stride);
		const uint32_t *row =
			(const uint32_t *)(const void *)(after->pixels + y * after->stride);
		for (int x = 0; x < after->width; x++)
			if ((old_row[x] ^ row[x]) & 0xffffff)
				count_pixel(areas, (x + 0.5) * areas->width / after->width,
					areas->height - (y + 0.5) * areas->height / after->height,
					old_row[x], row[x], count);
	}
}

static void
tell_pixels(const PixelCount *count, int page, StructureReport *report)
{
	if (count->differing[AREA_PAGE])
		structure_report_add(report, CHANGE_CONTENT, "trang %d", page);
	if (count->covered > 12)
		structure_report_add(
			report, CHANGE_CONTENT, "trang %d: chữ ký sau che nội dung", page);
	if (count->differing[AREA_ANNOTATION])
		structure_report_add(report, CHANGE_ANNOTATIONS, "trang %d", page);
	if (count->differing[AREA_FIELD])
		structure_report_add(report, CHANGE_FORM, "trang %d", page);
	if (count->differing[AREA_STAMP])
		structure_report_add(report, CHANGE_SIGNATURES, "trang %d", page);
}

/* ---- comparing pages ----------------------------------------------------------------------- */

static const Picture *
last_picture(SignatureView *view, PopplerPage *page, int number, Picture **ret_own)
{
	const Picture *known = g_hash_table_lookup(view->pictures, GINT_TO_POINTER(number));
	*ret_own = NULL;
	if (known)
		return known;
	Picture *picture = draw(page);
	view->drawn++;
	if (picture && g_hash_table_size(view->pictures) < MAX_KEPT)
		g_hash_table_insert(view->pictures, GINT_TO_POINTER(number), picture);
	else
		*ret_own = picture;
	return picture;
}

/* A field that shows another text than its value, and did not when it was signed. */
static void
compare_shown(PopplerPage *before, PopplerPage *after, StructureReport *report)
{
	g_autoptr(GHashTable) old = signature_deceiving_fields(before);
	g_autoptr(GHashTable) now = signature_deceiving_fields(after);
	GHashTableIter iter;
	gpointer name;
	g_hash_table_iter_init(&iter, now);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		if (!g_hash_table_contains(old, name))
			structure_report_add(report, CHANGE_HIDDEN,
				"ô “%s”: hình hiển thị khác giá trị", (const char *)name);
}

static bool
compare_drawn(SignatureView *view, PopplerPage *before, PopplerPage *after, int number,
	GHashTable *signed_later, StructureReport *report)
{
	Picture *own;
	const Picture *last = last_picture(view, after, number, &own);
	Picture *first = draw(before);
	view->drawn++;
	bool comparable = last && first;
	if (comparable && (last->width != first->width || last->height != first->height)) {
		structure_report_add(report, CHANGE_CONTENT, "trang %d: đổi khổ giấy", number);
	} else if (comparable) {
		Areas areas;
		PixelCount count = { 0 };
		areas_init(&areas, before, after, signed_later);
		compare_pixels(first, last, &areas, &count);
		areas_clear(&areas);
		tell_pixels(&count, number, report);
		if (count.differing[AREA_FIELD])
			compare_shown(before, after, report);
	}
	g_clear_pointer(&first, picture_free);
	g_clear_pointer(&own, picture_free);
	return comparable;
}

static void
compare_text(PopplerPage *before, PopplerPage *after, int number, StructureReport *report)
{
	g_autofree char *old_text = poppler_page_get_text(before);
	g_autofree char *text = poppler_page_get_text(after);
	if (strcmp(text_or_empty(old_text), text_or_empty(text)) != 0)
		structure_report_add(report, CHANGE_CONTENT, "trang %d: chữ", number);
}

static bool
compare_page(SignatureView *view, PopplerDocument *old, int number, GHashTable *signed_later,
	StructureReport *report)
{
	g_autoptr(PopplerPage) before = poppler_document_get_page(old, number - 1);
	g_autoptr(PopplerPage) after = poppler_document_get_page(view->document, number - 1);
	if (!before || !after) {
		if (!before != !after)
			structure_report_add(report, CHANGE_CONTENT, "trang %d", number);
		return true;
	}
	bool touched = g_hash_table_contains(report->pages, GINT_TO_POINTER(number));
	if (view->read < MAX_READ)
		compare_text(before, after, number, report);
	view->read++;
	if (view->drawn < MAX_DRAWN)
		return compare_drawn(view, before, after, number, signed_later, report) || !touched;
	return !touched;
}

bool
signature_view_compare(
	SignatureView *view, size_t end, GHashTable *signed_later, StructureReport *report)
{
	PopplerDocument *old = open_bytes(view->data, end);
	if (!old)
		return false;
	int n_pages = poppler_document_get_n_pages(old);
	bool whole = true;
	if (n_pages != view->n_pages)
		structure_report_add(
			report, CHANGE_CONTENT, "số trang %d thành %d", n_pages, view->n_pages);
	/* those that differ in their objects first, while there is budget */
	for (int turn = 0; turn < 2; turn++)
		for (int number = 1; number <= MIN(n_pages, view->n_pages); number++)
			if (g_hash_table_contains(report->pages, GINT_TO_POINTER(number)) == !turn)
				whole &= compare_page(view, old, number, signed_later, report);
	g_object_unref(old);
	return whole;
}
