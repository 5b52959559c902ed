/* Any bytes as the content of a page, and as a form that it may draw: read for lines. */
#include "fuzz.h"

#include "decode/pdf_drawing.h"
#include "decode/pdf_layout.h"
#include "plain_pdf.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n = MIN(size, FUZZ_SIZE_MAX);
	g_autofree char *within = g_strndup((const char *)data, n);
	const PlainPdf plain = { .resources = "<</XObject<</F 5 0 R/P 2 0 R>>/ColorSpace<</C"
					      "[/Separation/X/DeviceGray 1 0 R]>>>>",
		.form = "/Subtype/Form/BBox[0 0 200 200]/Matrix[1 0 0 -1 5 5]",
		.within = within };
	g_autoptr(GBytes) file = plain_pdf(&plain, data, n);
	gsize length;
	const unsigned char *bytes = g_bytes_get_data(file, &length);
	g_autoptr(PdfPages) pages = pdf_pages_open(bytes, length, 1);
	g_assert_nonnull(pages);
	g_auto(PdfDrawing) drawing = { 0 };
	if (!pdf_drawing_read(pages, 1, 300, 200, &drawing))
		return 0;
	PdfRules rules = { 0 };
	pdf_rules_of_marks(drawing.bars, &rules);
	g_ptr_array_unref(pdf_grids_find(&rules));
	g_array_unref(rules.horizontal);
	g_array_unref(rules.vertical);
	return 0;
}
