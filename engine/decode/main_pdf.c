/* vanthu-decode-pdf: the helper that reads PDF, behind walls. Bytes in, the wire form of a Doc out.
 */
#include "base/helper.h"
#include "decode/pdf.h"
#include "decode/preview.h"
#include "decode/recognised.h"

#include <stdlib.h>
#include <string.h>

static bool
serve_pdf(GBytes *request, GString *out, GError **err)
{
	g_autoptr(Doc) doc = pdf_read(request, NULL, &limits_default, err);
	if (!doc)
		return false;
	doc_print(doc, DOC_PRINT_WIRE, out);
	return true;
}

/* A request is the size of the recognised text on a line, that text, and the PDF; none behind it:
 * the pages of an image file. */
static bool
serve_recognised(GBytes *request, GString *out, GError **err)
{
	size_t size;
	const char *data = g_bytes_get_data(request, &size);
	const char *end = size ? memchr(data, '\n', MIN(size, 20)) : NULL;
	size_t head = end ? (size_t)(end + 1 - data) : 0, n = end ? strtoul(data, NULL, 10) : 0;
	if (!end || n > size - head)
		return fail(err, ERR_USAGE, _("the request holds no recognised text"));
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) pages = recognised_parse(data + head, n, &limits_default, arena, err);
	g_autoptr(GBytes) file = g_bytes_new_from_bytes(request, head + n, size - head - n);
	g_autoptr(Doc) doc = NULL;
	if (pages)
		doc = g_bytes_get_size(file) ? pdf_read(file, pages, &limits_default, err)
					     : pdf_read_pictures(pages, &limits_default);
	if (doc)
		doc_print(doc, DOC_PRINT_WIRE, out);
	return doc != NULL;
}

/* Fonts wait for a second document, unless a child could not find them from behind its walls. */
static void
warm(void)
{
	pdf_warm();
	if (g_getenv("FONTCONFIG_FILE") || g_getenv("FONTCONFIG_PATH"))
		pdf_warm_fonts();
}

int
main(int argc, char **argv)
{
	static const HelperService services[] = { { "pdf", serve_pdf },
		{ "recognised", serve_recognised }, { "preview", pdf_preview }, { NULL, NULL } };
	/* Character maps of CJK fonts; Poppler prints dates in local time; stamps of signing
	 * programs are drawn, often in fonts that the file does not carry. */
	static const char *const readable[] = { "/usr/share/poppler", "/etc/localtime",
		"/usr/share/zoneinfo", "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts",
		"/usr/share/fontconfig", "/var/cache/fontconfig", NULL };
	static const HelperProgram program = {
		.services = services,
		.readable = readable,
		.large = true,
		.warm = warm,
		.warm_more = pdf_warm_fonts,
	};
	return helper_serve(&program, argc, argv);
}
