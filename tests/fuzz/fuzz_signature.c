/* Any bytes as a PDF: its tables, its signatures, and half of it compared with the whole. */
#include "fuzz.h"

#include "decode/signature_find.h"
#include "decode/signature_structure.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	PdfBudget budget = { .values = 200000, .inflate_bytes = 8 << 20 };
	size = MIN(size, FUZZ_SIZE_MAX);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(PdfObjects) whole = pdf_objects_new(data, size, &budget);
	g_autoptr(PdfObjects) half = pdf_objects_new(data, size / 2, &budget);
	g_autoptr(GArray) sites = signatures_find(whole, data, size, arena);
	for (guint i = 0; i < sites->len; i++) {
		const SignatureSite *site = &g_array_index(sites, SignatureSite, i);
		if (site->has_range && site->range[2] + site->range[3] > size)
			g_error("a range beyond the end");
	}
	StructureReport report;
	structure_report_init(&report);
	structure_compare(half, whole, &report);
	structure_report_clear(&report);
	return 0;
}
