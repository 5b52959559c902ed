/* vanthu-signatures: the helper that verifies digital signatures of PDF, behind walls. A request
 * (decode/signature_check.h) in, the wire form of a Doc out. */
#include "base/helper.h"
#include "decode/pdf.h"
#include "decode/signature_check.h"
#include "decode/signature_cms.h"
#include "decode/signature_trust.h"

static bool
serve(GBytes *request, bool compare, GString *out, GError **err)
{
	g_autoptr(Doc) doc = signatures_check(request, compare, err);
	if (!doc)
		return false;
	doc_print(doc, DOC_PRINT_WIRE, out);
	return true;
}

static bool
serve_compare(GBytes *request, GString *out, GError **err)
{
	return serve(request, true, out, err);
}

/* For files whose revisions could not be compared in time. */
static bool
serve_verify(GBytes *request, GString *out, GError **err)
{
	return serve(request, false, out, err);
}

/* What `vanthu doctor` says of a file in trust/. */
static bool
serve_certificates(GBytes *request, GString *out, GError **err)
{
	(void)err;
	signature_trust_list(g_bytes_get_data(request, NULL), g_bytes_get_size(request), out);
	return true;
}

static void
warm(void)
{
	pdf_warm();
	pdf_warm_fonts();
	signature_warm();
}

int
main(int argc, char **argv)
{
	static const HelperService services[] = { { "compare", serve_compare },
		{ "verify", serve_verify }, { "certificates", serve_certificates },
		{ NULL, NULL } };
	/* Revisions are drawn with the fonts that vanthu-decode-pdf reads, too. */
	static const char *const readable[] = { "/usr/share/poppler", "/etc/localtime",
		"/usr/share/zoneinfo", "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts",
		"/usr/share/fontconfig", "/var/cache/fontconfig", NULL };
	static const HelperProgram program = {
		.services = services, .readable = readable, .warm = warm
	};
	return helper_serve(&program, argc, argv);
}
