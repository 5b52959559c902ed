/* A PDF, the office's certificates and the time -> one request: the parent's side. */
#include "decode/signature_check.h"

GBytes *
signature_request(GBytes *pdf, GBytes *pem, Clock now)
{
	gsize n_pdf, n_pem = 0;
	const void *file = g_bytes_get_data(pdf, &n_pdf);
	const void *certificates = pem ? g_bytes_get_data(pem, &n_pem) : NULL;
	GByteArray *request = g_byte_array_sized_new((guint)(n_pdf + n_pem + 16));
	uint64_t head[2] = { GUINT64_TO_LE((uint64_t)now.utc_us), GUINT64_TO_LE((uint64_t)n_pem) };
	g_byte_array_append(request, (const guint8 *)head, sizeof head);
	if (n_pem)
		g_byte_array_append(request, certificates, (guint)n_pem);
	if (n_pdf)
		g_byte_array_append(request, file, (guint)n_pdf);
	return g_byte_array_free_to_bytes(request);
}
