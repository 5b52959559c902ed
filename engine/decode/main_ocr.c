/* vanthu-ocr: the helper that reads pictures of pages, behind walls. A request is a page_request; the
 * reply is the wire form of decode/recognised.h. */
#include "base/helper.h"
#include "decode/ocr.h"
#include "decode/page_request.h"
#include "decode/pdf.h"
#include "decode/preview.h"

#include <stdlib.h>
#include <unistd.h>

#define ONE_THREAD "OMP_THREAD_LIMIT"

typedef bool (*TakePicture)(GBytes *bytes, int number, OcrPicture *ret_picture, GError **err);

static bool
read_page(TakePicture take, GBytes *request, GString *out, GError **err)
{
	g_autoptr(GBytes) file = NULL;
	g_autoptr(Arena) arena = arena_new();
	OcrPicture picture = { 0 };
	int number = page_request_read(request, &file, err);
	if (!number || !take(file, number, &picture, err))
		return false;
	g_autoptr(RecognisedPage) page = ocr_read(&picture, number, arena, err);
	ocr_picture_clear(&picture);
	if (page)
		recognised_print(page, out);
	return page != NULL;
}

static bool
serve_pdf(GBytes *request, GString *out, GError **err)
{
	return read_page(ocr_pdf_picture, request, out, err);
}

static bool
serve_image(GBytes *request, GString *out, GError **err)
{
	return read_page(ocr_image_picture, request, out, err);
}

static bool
serve_count(GBytes *request, GString *out, GError **err)
{
	int pages = ocr_image_pages(request, &limits_default, err);
	g_string_append_printf(out, "%d", pages);
	return pages > 0;
}

static void
warm(void)
{
	pdf_warm();
	pdf_warm_fonts();
}

int
main(int argc, char **argv)
{
	static const HelperService services[] = {
		{ "pdf", serve_pdf },
		{ "image", serve_image },
		{ "count", serve_count },
		{ "preview", ocr_preview },
		{ NULL, NULL },
	};
	static const char *const readable[] = { "/usr/share/tesseract-ocr", "/usr/share/poppler",
		"/etc/localtime", "/usr/share/zoneinfo", "/usr/share/fonts",
		"/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
		"/var/cache/fontconfig", NULL };
	static const HelperProgram program = {
		.services = services, .readable = readable, .warm = warm
	};
	/* The library of threads looks at it when it is loaded, before main(); behind the walls no
	 * thread can be started. */
	if (!g_getenv(ONE_THREAD) && g_setenv(ONE_THREAD, "1", TRUE))
		execv("/proc/self/exe", argv);
	return helper_serve(&program, argc, argv);
}
