/* vanthu-decode-pdf: the helper that reads PDF, behind walls. Bytes in, the wire form of a Doc out.
 */
#include "base/helper.h"
#include "decode/pdf.h"

static bool
serve_pdf(GBytes *request, GString *out, GError **err)
{
	g_autoptr(Doc) doc = pdf_read(request, &limits_default, err);
	if (!doc)
		return false;
	doc_print(doc, DOC_PRINT_WIRE, out);
	return true;
}

int
main(int argc, char **argv)
{
	static const HelperService services[] = { { "pdf", serve_pdf }, { NULL, NULL } };
	/* Character maps of CJK fonts; Poppler prints dates in local time; stamps of signing
	 * programs are drawn, often in fonts that the file does not carry. */
	static const char *const readable[] = { "/usr/share/poppler", "/etc/localtime",
		"/usr/share/zoneinfo", "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts",
		"/usr/share/fontconfig", "/var/cache/fontconfig", NULL };
	static const HelperProgram program = {
		.services = services, .readable = readable, .warm = pdf_warm
	};
	return helper_serve(&program, argc, argv);
}
