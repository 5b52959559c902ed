/* PDF bytes -> glyphs with boxes, form values, comments and meta data, through poppler-glib. The
 * text page is cached in a PopplerPage: text, boxes and attributes come from one page object, never
 * two passes. */
#include "decode/pdf_poppler.h"

#include "decode/pdf.h"
#include "decode/pdf_locked.h"
#include "decode/pdf_surface.h"

#include "base/letter.h"
#include "base/text.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#ifdef VANTHU_SANITIZE
#include <sanitizer/lsan_interface.h>
#endif

#define SCAN_WIDTH 900 /* pixels: 110 dots an inch on A4 */

struct PdfFile {
	PopplerDocument *document;
	GBytes *bytes;
	PdfPages
		*pages; /* our own reading of the file; NULL until asked for, or when it can't be */
	bool pages_asked;
	int n_pages, n_signatures, n_stamped;
	bool pictured; /* holds a picture as large as a scanned page */
};

/* Strings beside the text (titles, values of forms, comments) are UTF-16 once they hold Vietnamese, and
 * passwords become Latin-1: the C library loads what converts them from a file, which no child may open
 * any more. */
static void
warm_strings(void)
{
	static const char *const codes[] = { "UTF-16BE", "ISO-8859-1" };
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		g_free(g_convert("\0x", 2, "UTF-8", codes[i], NULL, NULL, NULL));
	g_free(g_convert("x", 1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL));
}

/* A page with one letter. Never closed: that is what keeps the tables. */
static PopplerDocument *
open_letter(void)
{
	static const char smallest[] =
		"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
		"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 16 16]/Contents 4 0 R"
		"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
		"4 0 obj<</Length 30>>stream\nBT /F 9 Tf 2 2 Td (x) Tj ET   \nendstream endobj\n"
		"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n"
		"trailer<</Size 6/Root 1 0 R>>\n%%EOF\n";
	g_autoptr(GBytes) bytes = g_bytes_new_static(smallest, sizeof smallest - 1);
	PopplerDocument *held = poppler_document_new_from_bytes(bytes, NULL, NULL);
#ifdef VANTHU_SANITIZE
	__lsan_ignore_object(held);
#endif
	return held;
}

void
pdf_warm(void)
{
	warm_strings();
	open_letter();
}

/* Draws one letter: fontconfig and FreeType read their lists now, not in every child. */
void
pdf_warm_fonts(void)
{
	PopplerDocument *document = open_letter();
	g_autoptr(PopplerPage) page = document ? poppler_document_get_page(document, 0) : NULL;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 16, 16);
	cairo_t *cr = cairo_create(surface);
	if (page)
		poppler_page_render(page, cr);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}

/* Dictionaries of pictures stand plainly in the file, even where all others are compressed. */
static bool
has_large_picture(GBytes *bytes)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size), *end = data + size, *p = data;
	while (p && (p = memmem(p, (size_t)(end - p), "/Width", 6)) != NULL) {
		char digits[12] = { 0 };
		p += 6;
		memcpy(digits, p, (size_t)MIN(end - p, 11));
		if (atoi(digits) >= SCAN_WIDTH)
			return true;
	}
	return false;
}

PdfFile *
pdf_file_open(GBytes *bytes, PdfState *ret_state, char **ret_why)
{
	g_autoptr(GError) error = NULL;
	PopplerDocument *document = pdf_document_open(bytes, &error);
	if (!document) {
		*ret_state = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
			? PDF_LOCKED
			: PDF_DAMAGED;
		*ret_why = g_strdup(error ? error->message : NULL);
		return NULL;
	}
	*ret_state = PDF_OPEN;
	*ret_why = NULL;
	PdfFile *file = g_new0(PdfFile, 1);
	file->document = document;
	g_autofree char *password = NULL;
	file->bytes = pdf_locked_file(bytes, &password);
	file->n_pages = poppler_document_get_n_pages(document);
	file->pictured = has_large_picture(bytes);
	return file;
}

void
pdf_file_close(PdfFile *file)
{
	if (!file)
		return;
	g_clear_object(&file->document);
	pdf_pages_free(file->pages);
	g_bytes_unref(file->bytes);
	g_free(file);
}

int
pdf_file_pages(const PdfFile *file)
{
	return file->n_pages;
}

static void
set_meta(Doc *doc, const char *name, char *value)
{
	if (value) {
		g_autofree char *clean = text_clean(value, strlen(value));
		g_autofree char *squeezed = text_squeeze(clean);
		if (*squeezed)
			doc_set_meta(doc, name, squeezed);
	}
	g_free(value);
}

void
pdf_file_meta(PdfFile *file, Doc *doc)
{
	set_meta(doc, "title", poppler_document_get_title(file->document));
	set_meta(doc, "author", poppler_document_get_author(file->document));
	set_meta(doc, "producer", poppler_document_get_producer(file->document));
	time_t created = poppler_document_get_creation_date(file->document);
	g_autoptr(GDateTime) when =
		created > 0 ? g_date_time_new_from_unix_utc((gint64)created) : NULL;
	if (when)
		set_meta(doc, "created", g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ"));
	if (file->n_signatures)
		set_meta(doc, "signatures", g_strdup_printf("%d", file->n_signatures));
}

/* Poppler names the style only in the font's name: "ABCDEF+TimesNewRomanPS-BoldItalicMT". */
static unsigned
flags_of_font(const char *name)
{
	static const struct {
		const char *word;
		unsigned flag;
	} words[] = {
		{ "bold", RUN_BOLD },
		{ "black", RUN_BOLD },
		{ "heavy", RUN_BOLD },
		{ "demi", RUN_BOLD },
		{ "italic", RUN_ITALIC },
		{ "oblique", RUN_ITALIC },
	};
	unsigned flags = 0;
	g_autofree char *lower = g_ascii_strdown(name, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(lower, words[i].word))
			flags |= words[i].flag;
	return flags;
}

typedef struct {
	const char *name; /* as Poppler has it */
	const char *font;
	unsigned flags;
} Font;

#define FONTS_KEPT 8 /* of a page: each word names its font anew */

/* Poppler's attributes, followed from glyph to glyph. */
typedef struct {
	PdfReading *reading;
	const Font *kept[FONTS_KEPT];
	guint count;       /* of all fonts that there were */
	const GList *next; /* of PopplerTextAttributes */
	const Font *font;
	double size_pt;
	unsigned flags;
	int last; /* index of the last character that has these */
} Style;

static const Font *
font_of(Style *self, const char *name)
{
	for (guint i = 0; i < MIN(self->count, FONTS_KEPT); i++)
		if (strcmp(self->kept[i]->name, name) == 0)
			return self->kept[i];
	const char *plus = strchr(name, '+');
	g_autofree char *clean = text_clean(plus ? plus + 1 : name, strlen(plus ? plus + 1 : name));
	Arena *arena = self->reading->arena;
	Font *font = arena_new0(arena, Font);
	*font = (Font){ .name = arena_strdup(arena, name),
		.font = arena_strdup(arena, clean),
		.flags = flags_of_font(clean) };
	self->kept[self->count++ % FONTS_KEPT] = font;
	return font;
}

static bool
is_pale(const PopplerColor *color)
{
	return MIN(MIN(color->red, color->green), color->blue) > 0.9 * G_MAXUINT16;
}

/* What character `i` has, lent; NULL behind the last that has any. */
static const Style *
style_at(Style *self, int i)
{
	while (self->last < i && self->next) {
		const PopplerTextAttributes *from = self->next->data;
		self->next = self->next->next;
		self->last = from->end_index;
		self->font = font_of(self, text_or_empty(from->font_name));
		self->size_pt = from->font_size;
		self->flags = self->font->flags | (from->is_underlined ? RUN_UNDERLINE : 0) |
			(is_pale(&from->color) ? PDF_PALE : 0);
	}
	return self->last >= i ? self : NULL;
}

static bool
sane(const PopplerRectangle *r)
{
	return fabs(r->x1) < 1e5 && fabs(r->y1) < 1e5 && fabs(r->x2) < 1e5 && fabs(r->y2) < 1e5;
}

static PdfGlyph
glyph_of(gunichar c, const PopplerRectangle *r, const Style *style)
{
	PdfGlyph glyph = { .c = c,
		.box = { MIN(r->x1, r->x2), MIN(r->y1, r->y2), MAX(r->x1, r->x2),
			MAX(r->y1, r->y2) } };
	double height = MAX(r->y2 - r->y1, 1);
	glyph.size_pt = style ? style->size_pt : height / 1.2;
	/* A size that the box contradicts (Type 3 fonts, odd matrices) is replaced by what the box
	 * says. Lying letters are as high as they are wide. */
	double longer = MAX(height, fabs(r->x2 - r->x1));
	if (!(glyph.size_pt > height / 4 && glyph.size_pt < longer * 4))
		glyph.size_pt = height / 1.2;
	glyph.flags = style ? style->flags : 0;
	glyph.font = style ? style->font->font : NULL;
	return glyph;
}

static void
read_glyphs(PopplerPage *poppler, PdfReading *reading, GArray *glyphs)
{
	g_autofree char *text = poppler_page_get_text(poppler);
	g_autofree PopplerRectangle *boxes = NULL; /* left unset on an empty page */
	guint n_boxes = 0;
	if (!text || !*text || !poppler_page_get_text_layout(poppler, &boxes, &n_boxes) || !boxes)
		return;
	GList *attributes = poppler_page_get_text_attributes(poppler);
	Style style = { .reading = reading, .next = attributes, .last = -1 };
	guint i = 0, n = glyphs->len;
	g_array_set_size(glyphs, n + n_boxes);
	for (const char *p = text; *p && i < n_boxes; p = letter_next(p), i++) {
		const Style *has = style_at(&style, (int)i);
		if (sane(&boxes[i]))
			g_array_index(glyphs, PdfGlyph, n++) =
				glyph_of(letter_at(p), &boxes[i], has);
	}
	g_array_set_size(glyphs, n);
	poppler_page_free_text_attributes(attributes);
}

static char *
field_value(PopplerFormField *field)
{
	switch (poppler_form_field_get_field_type(field)) {
	case POPPLER_FORM_FIELD_TEXT:
		return poppler_form_field_text_get_text(field);
	case POPPLER_FORM_FIELD_BUTTON:
		return poppler_form_field_button_get_state(field) ? g_strdup("x") : NULL;
	case POPPLER_FORM_FIELD_CHOICE:
		for (int i = 0; i < poppler_form_field_choice_get_n_items(field); i++)
			if (poppler_form_field_choice_is_item_selected(field, i))
				return poppler_form_field_choice_get_item(field, i);
		return poppler_form_field_choice_is_editable(field)
			? poppler_form_field_choice_get_text(field)
			: NULL;
	default:
		return NULL;
	}
}

/* Areas of fields are given with the origin at the bottom left. */
static void
read_fields(PdfFile *file, PopplerPage *poppler, PdfReading *reading, PdfPage *page)
{
	GList *fields = poppler_page_get_form_field_mapping(poppler);
	for (GList *l = fields; l; l = l->next) {
		const PopplerFormFieldMapping *mapping = l->data;
		if (poppler_form_field_get_field_type(mapping->field) ==
			POPPLER_FORM_FIELD_SIGNATURE) {
			Box box = { mapping->area.x1, page->height_pt - mapping->area.y2,
				mapping->area.x2, page->height_pt - mapping->area.y1 };
			g_array_append_val(page->signatures, box);
			file->n_signatures++;
			continue;
		}
		g_autofree char *name = poppler_form_field_get_name(mapping->field);
		g_autofree char *value = field_value(mapping->field);
		g_autofree char *raw =
			value && *value ? g_strdup_printf("%s: %s", name ? name : "", value) : NULL;
		g_autofree char *both = raw ? text_clean(raw, strlen(raw)) : NULL;
		pdf_add_note(reading, page->number, "form", both, (Box){ 0 });
	}
	poppler_page_free_form_field_mapping(fields);
}

static bool
prints_text(PopplerAnnotType type)
{
	return type == POPPLER_ANNOT_WIDGET || type == POPPLER_ANNOT_FREE_TEXT ||
		type == POPPLER_ANNOT_STAMP;
}

static void
read_comments(PopplerPage *poppler, PdfReading *reading, PdfPage *page)
{
	GList *annotations = poppler_page_get_annot_mapping(poppler);
	for (GList *l = annotations; l; l = l->next) {
		const PopplerAnnotMapping *mapping = l->data;
		PopplerAnnotType type = poppler_annot_get_annot_type(mapping->annot);
		page->annotated |= prints_text(type);
		if (type == POPPLER_ANNOT_WIDGET || type == POPPLER_ANNOT_LINK ||
			type == POPPLER_ANNOT_POPUP)
			continue;
		g_autofree char *text = poppler_annot_get_contents(mapping->annot);
		g_autofree char *clean = text ? text_clean(text, strlen(text)) : NULL;
		pdf_add_note(reading, page->number, "comment", clean, (Box){ 0 });
	}
	poppler_page_free_annot_mapping(annotations);
}

static PdfPages *
peek_pages(PdfFile *file)
{
	gsize size;
	const unsigned char *data = g_bytes_get_data(file->bytes, &size);
	if (!file->pages_asked)
		file->pages = pdf_pages_open(data, size, file->n_pages);
	file->pages_asked = true;
	return file->pages;
}

bool
pdf_file_draws_unseen(PdfFile *file, const PdfPage *page)
{
	PdfPages *pages = peek_pages(file);
	return pages && pdf_drawing_has_unseen(pages, page->number);
}

bool
pdf_file_drawing(PdfFile *file, const PdfPage *page, PdfDrawing *ret)
{
	*ret = (PdfDrawing){ 0 };
	double width_pt = page->turn ? page->height_pt : page->width_pt;
	double height_pt = page->turn ? page->width_pt : page->height_pt;
	if (!peek_pages(file) ||
		!pdf_drawing_read(file->pages, page->number, width_pt, height_pt, ret))
		return false;
	pdf_turn_boxes(page, ret->bars);
	return true;
}

static double
area_of_images(PopplerPage *poppler)
{
	double covered = 0;
	GList *images = poppler_page_get_image_mapping(poppler);
	for (GList *l = images; l; l = l->next) {
		const PopplerImageMapping *mapping = l->data;
		covered += fabs((mapping->area.x2 - mapping->area.x1) *
			(mapping->area.y2 - mapping->area.y1));
	}
	poppler_page_free_image_mapping(images);
	return covered;
}

/* A scan may be cut in strips. Asked only where one can be: Poppler runs the drawing again. */
static bool
is_pictured(PdfFile *file, PopplerPage *poppler, const PdfPage *page)
{
	g_auto(PdfDrawing) drawing = { 0 };
	double covered =
		pdf_file_drawing(file, page, &drawing) ? drawing.pictured : area_of_images(poppler);
	return covered > 0.4 * page->width_pt * page->height_pt;
}

/* ---- what annotations print ---- */

/* Signing programs print number, date and stamp as appearances of their fields. Poppler's text page
 * leaves annotations out, so their areas alone are drawn into a small PDF, whose text is read in
 * turn. */

#define STAMPED_PAGES 40 /* of one file; drawing takes much longer than reading */
#define STAMPED_BYTES (64 * 1024 * 1024)
#define STAMPED_SIGNS 4000

static cairo_status_t
collect_bytes(void *closure, const unsigned char *data, unsigned int size)
{
	GByteArray *bytes = closure;
	if (bytes->len + size > STAMPED_BYTES)
		return CAIRO_STATUS_WRITE_ERROR;
	g_byte_array_append(bytes, data, size);
	return CAIRO_STATUS_SUCCESS;
}

/* Narrows drawing to the areas of such annotations; false when there is none. */
static bool
clip_to_annotations(PopplerPage *poppler, const PdfPage *page, cairo_t *cr)
{
	bool any = false;
	GList *annotations = poppler_page_get_annot_mapping(poppler);
	for (GList *l = annotations; l; l = l->next) {
		const PopplerAnnotMapping *mapping = l->data;
		double width = mapping->area.x2 - mapping->area.x1,
		       height = mapping->area.y2 - mapping->area.y1;
		if (!prints_text(poppler_annot_get_annot_type(mapping->annot)) ||
			!(width > 3 && height > 3))
			continue;
		cairo_rectangle(cr, mapping->area.x1 - 1, page->height_pt - mapping->area.y2 - 1,
			width + 2, height + 2);
		any = true;
	}
	poppler_page_free_annot_mapping(annotations);
	cairo_clip(cr);
	return any;
}

static GBytes *
draw_annotations(PopplerPage *poppler, const PdfPage *page)
{
	GByteArray *bytes = g_byte_array_new();
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
		collect_bytes, bytes, page->width_pt, page->height_pt);
	cairo_t *cr = cairo_create(surface);
	bool any = clip_to_annotations(poppler, page, cr);
	if (any)
		poppler_page_render(poppler, cr);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	any &= cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	GBytes *drawn = g_byte_array_free_to_bytes(bytes);
	if (any)
		return drawn;
	g_bytes_unref(drawn);
	return NULL;
}

static bool
is_known(const GArray *glyphs, guint n, const PdfGlyph *glyph)
{
	for (guint i = 0; i < n; i++) {
		const PdfGlyph *other = &g_array_index(glyphs, PdfGlyph, i);
		if (other->c == glyph->c && fabs(other->box.x0 - glyph->box.x0) < 1.2 &&
			fabs(other->box.y0 + other->box.y1 - glyph->box.y0 - glyph->box.y1) < 6)
			return true;
	}
	return false;
}

static void
merge_glyphs(PdfPage *page, const GArray *drawn)
{
	g_autoptr(GArray) fresh = g_array_new(FALSE, FALSE, sizeof(PdfGlyph));
	for (guint i = 0; i < drawn->len; i++) {
		PdfGlyph glyph = g_array_index(drawn, PdfGlyph, i);
		if (g_unichar_isspace(glyph.c) || is_known(page->glyphs, page->glyphs->len, &glyph))
			continue;
		glyph.flags |= PDF_STAMPED;
		g_array_append_val(fresh, glyph);
	}
	pdf_glyphs_append_rows(page->glyphs, fresh);
}

static void
read_stamped(PdfFile *file, PopplerPage *poppler, PdfReading *reading, PdfPage *page)
{
	bool sized = page->width_pt > 1 && page->height_pt > 1 && page->width_pt < 5000 &&
		page->height_pt < 5000;
	if (!page->annotated || !sized || file->n_stamped >= STAMPED_PAGES)
		return;
	file->n_stamped++;
	g_autoptr(GBytes) bytes = draw_annotations(poppler, page);
	PopplerDocument *document =
		bytes ? poppler_document_new_from_bytes(bytes, NULL, NULL) : NULL;
	if (!document)
		return;
	g_autoptr(PopplerPage) drawn = poppler_document_get_page(document, 0);
	g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(PdfGlyph));
	if (drawn)
		read_glyphs(drawn, reading, glyphs);
	if (glyphs->len && glyphs->len < STAMPED_SIGNS)
		merge_glyphs(page, glyphs);
	g_object_unref(document);
}

#define PAGE_MOST_PT 1e6 /* a third of a kilometre: no page can be drawn, and no place told */

bool
pdf_file_page(PdfFile *file, int number, PdfReading *reading, PdfPage *page)
{
	g_autoptr(PopplerPage) poppler = poppler_document_get_page(file->document, number - 1);
	if (!poppler)
		return false;
	page->number = number;
	poppler_page_get_size(poppler, &page->width_pt, &page->height_pt);
	if (!(page->width_pt < PAGE_MOST_PT && page->height_pt < PAGE_MOST_PT))
		return false; /* nor is one that is no number */
	read_glyphs(poppler, reading, page->glyphs);
	page->pictured = (file->pictured || page->glyphs->len < PDF_MOST_STAMPED) &&
		is_pictured(file, poppler, page);
	read_fields(file, poppler, reading, page);
	read_comments(poppler, reading, page);
	read_stamped(file, poppler, reading, page);
	pdf_turn_page(reading, page);
	return true;
}

unsigned char *
pdf_file_picture(
	PdfFile *file, const PdfPage *page, int *ret_width, int *ret_height, double *ret_scale)
{
	g_autoptr(PopplerPage) poppler =
		poppler_document_get_page(file->document, page->number - 1);
	cairo_surface_t *surface =
		poppler ? pdf_surface_draw(poppler, page->turn, 1.5, 2000, ret_scale) : NULL;
	if (!surface)
		return NULL;
	*ret_width = cairo_image_surface_get_width(surface);
	*ret_height = cairo_image_surface_get_height(surface);
	unsigned char *grey = pdf_surface_grey(surface);
	cairo_surface_destroy(surface);
	return grey;
}
