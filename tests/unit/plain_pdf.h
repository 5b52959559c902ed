/* A PDF of one page around a content stream, with tables that are right. */
#ifndef VANTHU_TESTS_PLAIN_PDF_H
#define VANTHU_TESTS_PLAIN_PDF_H

#include <glib.h>
#include <string.h>

typedef struct {
	const char *page;      /* more keys of the page, or NULL */
	const char *resources; /* its dictionary, or NULL */
	const char *stream;    /* keys of the content stream, or NULL */
	const char *form;      /* keys of object 5, a form with the content `within`; or NULL */
	const char *within;
	const char *trailer; /* more keys of the trailer, or NULL */
} PlainPdf;

static inline const char *
plain_text(const char *text)
{
	return text ? text : "";
}

static inline void
plain_object(
	GString *out, gsize *places, int number, const char *keys, const void *data, gsize size)
{
	places[number] = out->len;
	g_string_append_printf(out, "%d 0 obj\n<<%s", number, keys);
	if (data) {
		g_string_append_printf(out, "/Length %u>>\nstream\n", (unsigned)size);
		g_string_append_len(out, data, (gssize)size);
		g_string_append(out, "\nendstream\nendobj\n");
	} else {
		g_string_append(out, ">>\nendobj\n");
	}
}

/* Object 4 holds the content. */
static inline GBytes *
plain_pdf(const PlainPdf *pdf, const void *content, gsize size)
{
	GString *out = g_string_new("%PDF-1.5\n");
	gsize places[6] = { 0 };
	const char *within = plain_text(pdf->within);
	g_autofree char *page = g_strdup_printf("/Type/Page/Parent 2 0 R/Contents 4 0 R%s%s%s",
		pdf->resources ? "/Resources" : "", plain_text(pdf->resources),
		plain_text(pdf->page));
	plain_object(out, places, 1, "/Type/Catalog/Pages 2 0 R", NULL, 0);
	plain_object(
		out, places, 2, "/Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 200]", NULL, 0);
	plain_object(out, places, 3, page, NULL, 0);
	plain_object(out, places, 4, plain_text(pdf->stream), content, size);
	plain_object(out, places, 5, plain_text(pdf->form), within, strlen(within));
	gsize at = out->len;
	g_string_append(out, "xref\n0 6\n0000000000 65535 f \n");
	for (int i = 1; i < 6; i++)
		g_string_append_printf(out, "%010u 00000 n \n", (unsigned)places[i]);
	g_string_append_printf(out, "trailer\n<</Size 6/Root 1 0 R%s>>\nstartxref\n%u\n%%%%EOF\n",
		plain_text(pdf->trailer), (unsigned)at);
	return g_string_free_to_bytes(out);
}

#endif
