/* vanthu-decode: the helper that reads DOCX, XLSX, ZIP and XML. All untrusted bytes are met in its
 * children. */
#include "base/helper.h"
#include "decode/decoder.h"
#include "decode/xml.h"
#include "decode/zip.h"

#include <libxml/parser.h>

static bool
serve_zip(GBytes *request, GString *out, GError **err)
{
	(void)err;
	return decoder_serve(zip_read_doc, request, out);
}

static bool
serve_xml(GBytes *request, GString *out, GError **err)
{
	(void)err;
	return decoder_serve(xml_read_doc, request, out);
}

static const HelperService services[] = {
	{ "xml", serve_xml },
	{ "zip", serve_zip },
	{ NULL, NULL },
};

/* libzip asks for the local time zone at each entry: behind walls, in vain, unless it is given. */
static void
warm(void)
{
	g_setenv("TZ", "UTC0", TRUE);
	xmlInitParser();
}

int
main(int argc, char **argv)
{
	const HelperProgram program = { .services = services, .warm = warm };
	return helper_serve(&program, argc, argv);
}
