/* vanthu-draw: the isolated helper that draws certificates. */
#include "base/helper.h"
#include "generate/svg_fonts.h"
#include "generate/svg_pdf.h"

static bool
serve_pdf(GBytes *request, GString *out, GError **err)
{
	return svg_to_pdf(request, out, err);
}

static const HelperService services[] = { { "pdf", serve_pdf }, { "fonts", svg_fonts },
	{ NULL, NULL } };

/* Fonts and what chooses between them. */
static const char *const readable[] = { "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts",
	"/var/cache/fontconfig", "/usr/share/fontconfig", "/usr/share/mime", "/etc/localtime",
	NULL };

int
main(int argc, char **argv)
{
	static const HelperProgram program = {
		.services = services, .readable = readable, .warm = svg_warm
	};
	return helper_serve(&program, argc, argv);
}
