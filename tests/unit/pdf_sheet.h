/* A PDF page set by hand, glyph by glyph: every letter half an em wide, a space a quarter. */
#ifndef VANTHU_TEST_PDF_SHEET_H
#define VANTHU_TEST_PDF_SHEET_H

#include "decode/pdf_layout.h"

typedef struct {
	PdfReading reading;
	PdfPage *page;
} Sheet;

static inline void
page_free(void *data)
{
	pdf_page_clear(data);
	g_free(data);
}

static inline PdfPage *
add_page(Sheet *sheet)
{
	PdfPage *page = g_new0(PdfPage, 1);
	page->number = (int)sheet->reading.pages->len + 1;
	page->width_pt = 595;
	page->height_pt = 842;
	page->glyphs = g_array_new(FALSE, FALSE, sizeof(PdfGlyph));
	page->pieces = g_ptr_array_new();
	page->signatures = g_array_new(FALSE, FALSE, sizeof(Box));
	g_ptr_array_add(sheet->reading.pages, page);
	sheet->page = page;
	return page;
}

static inline Sheet *
sheet_new(void)
{
	Sheet *sheet = g_new0(Sheet, 1);
	sheet->reading.arena = arena_new();
	sheet->reading.doc = doc_new("pdf");
	sheet->reading.body_tail = &sheet->reading.doc->blocks;
	sheet->reading.notes_tail = &sheet->reading.doc->notes;
	sheet->reading.pages = g_ptr_array_new_with_free_func(page_free);
	add_page(sheet);
	return sheet;
}

static inline void
sheet_free(Sheet *sheet)
{
	doc_free(sheet->reading.doc);
	g_ptr_array_unref(sheet->reading.pages);
	arena_free(sheet->reading.arena);
	g_free(sheet);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

static inline void
put_sized(Sheet *sheet, double x, double y, double size, const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		PdfGlyph glyph = { .c = g_utf8_get_char(p), .size_pt = size, .font = "F" };
		double width = g_unichar_ismark(glyph.c) ? 0 : glyph.c == ' ' ? size / 4 : size / 2;
		glyph.box = (Box){ x, y, x + width, y + 1.2 * size };
		x += width;
		g_array_append_val(sheet->page->glyphs, glyph);
	}
	PdfGlyph end = { .c = '\n' };
	g_array_append_val(sheet->page->glyphs, end);
}

/* In a font of that name. */
static inline void
put_in(Sheet *sheet, double x, double y, const char *font, const char *text)
{
	guint from = sheet->page->glyphs->len;
	put_sized(sheet, x, y, 12, text);
	for (guint i = from; i + 1 < sheet->page->glyphs->len; i++)
		g_array_index(sheet->page->glyphs, PdfGlyph, i).font = font;
}

static inline void
put(Sheet *sheet, double x, double y, const char *text)
{
	put_sized(sheet, x, y, 12, text);
}

static inline GPtrArray *
lines_of(Sheet *sheet)
{
	for (guint i = 0; i < sheet->reading.pages->len; i++) {
		PdfPage *page = sheet->reading.pages->pdata[i];
		pdf_pieces_build(&sheet->reading, page);
		pdf_overlay_signatures(&sheet->reading, page);
		pdf_lines_build(&sheet->reading, page);
		page->margins = pdf_margins(page->lines);
	}
	return sheet->page->lines;
}

static inline char *
flat(const Doc *doc)
{
	char *text = doc_text(doc);
	g_strchomp(text);
	return g_strdelimit(text, "\n", '/');
}

static inline char *
paragraphs(Sheet *sheet)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	lines_of(sheet);
	pdf_overlay_running(&sheet->reading);
	pdf_footnotes_take(&sheet->reading);
	for (guint i = 0; i < sheet->reading.pages->len; i++) {
		PdfPage *page = sheet->reading.pages->pdata[i];
		page->margins = pdf_margins(page->lines);
		for (guint k = 0; k < page->lines->len; k++)
			g_ptr_array_add(all, page->lines->pdata[k]);
	}
	pdf_footnotes_emit(&sheet->reading);
	pdf_paras_emit(&sheet->reading, all, PDF_PROSE, NULL, NULL, &sheet->reading.body_tail);
	return flat(sheet->reading.doc);
}

#endif
