/* A page's text fields -> those whose drawn text is not their value. */
#include "decode/signature_shown.h"

#include "decode/pdf_surface.h"

#include "base/text.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

enum { MAX_FIELDS = 60, MAX_DRAWING = 8 << 20 };

static cairo_status_t
collect_bytes(void *closure, const unsigned char *data, unsigned int size)
{
	GByteArray *bytes = closure;
	if (bytes->len + size > MAX_DRAWING)
		return CAIRO_STATUS_WRITE_ERROR;
	g_byte_array_append(bytes, data, size);
	return CAIRO_STATUS_SUCCESS;
}

/* The page, drawn into a PDF of its own with only the area in sight. */
static GBytes *
draw_area(PopplerPage *page, const PopplerRectangle *area)
{
	double width = 0, height = 0;
	poppler_page_get_size(page, &width, &height);
	if (!(width > 1 && height > 1 && width < 20000 && height < 20000))
		return NULL;
	GByteArray *bytes = g_byte_array_new();
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(collect_bytes, bytes, width, height);
	cairo_t *cr = cairo_create(surface);
	cairo_rectangle(cr, area->x1, height - area->y2, area->x2 - area->x1, area->y2 - area->y1);
	cairo_clip(cr);
	poppler_page_render(page, cr);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	GBytes *drawn = g_byte_array_free_to_bytes(bytes);
	if (good)
		return drawn;
	g_bytes_unref(drawn);
	return NULL;
}

static char *
text_in(PopplerPage *page, const PopplerRectangle *area)
{
	g_autoptr(GBytes) bytes = draw_area(page, area);
	PopplerDocument *document =
		bytes ? poppler_document_new_from_bytes(bytes, NULL, NULL) : NULL;
	if (!document)
		return g_strdup("");
	g_autoptr(PopplerPage) drawn = poppler_document_get_page(document, 0);
	PopplerRectangle place = { area->x1, 0, area->x2, 0 };
	double height = 0;
	if (drawn)
		poppler_page_get_size(drawn, NULL, &height);
	place.y1 = height - area->y2;
	place.y2 = height - area->y1;
	char *text = drawn ? poppler_page_get_selected_text(drawn, POPPLER_SELECTION_GLYPH, &place)
			   : NULL;
	g_object_unref(document);
	return text ? text : g_strdup("");
}

/* Letters and digits alone: lines, spaces and dots of a form do not count. */
static char *
bare(const char *text)
{
	g_autofree char *clean = text_clean(text, strlen(text));
	GString *out = g_string_new(NULL);
	for (const char *p = clean; *p; p = g_utf8_next_char(p))
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(p)));
	return g_string_free(out, FALSE);
}

/* A long value may be cut off by its frame, a frame may hold a label too: one is in the other. */
static bool
deceives(PopplerPage *page, const PopplerFormFieldMapping *mapping)
{
	if (poppler_form_field_get_field_type(mapping->field) != POPPLER_FORM_FIELD_TEXT ||
		poppler_form_field_text_is_password(mapping->field))
		return false;
	g_autofree char *value = poppler_form_field_text_get_text(mapping->field);
	g_autofree char *shown = text_in(page, &mapping->area);
	g_autofree char *value_key = bare(text_or_empty(value));
	g_autofree char *shown_key = bare(shown);
	return *shown_key &&
		(!*value_key || (!strstr(shown_key, value_key) && !strstr(value_key, shown_key)));
}

GHashTable *
signature_deceiving_fields(PopplerPage *page)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GList *fields = poppler_page_get_form_field_mapping(page);
	int left = MAX_FIELDS;
	for (GList *l = fields; l && left-- > 0; l = l->next) {
		const PopplerFormFieldMapping *mapping = l->data;
		char *name = poppler_form_field_get_name(mapping->field);
		if (name && deceives(page, mapping))
			g_hash_table_add(names, name);
		else
			g_free(name);
	}
	poppler_page_free_form_field_mapping(fields);
	return names;
}
