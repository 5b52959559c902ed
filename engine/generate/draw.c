/* vanthu's side of drawing: hands the SVG to the helper. */
#include "generate/draw.h"

#include "base/helper.h"

struct Drawer {
	Helper *helper;
};

Drawer *
drawer_new(const char *helper_dir, const Limits *limits)
{
	g_autofree char *program = g_build_filename(helper_dir, "vanthu-draw", NULL);
	HelperPolicy policy = helper_policy(limits);
	Drawer *drawer = g_new0(Drawer, 1);
	drawer->helper = helper_new(program, &policy);
	return drawer;
}

void
drawer_free(Drawer *drawer)
{
	if (!drawer)
		return;
	helper_free(drawer->helper);
	g_free(drawer);
}

GBytes *
drawer_pdf(Drawer *drawer, GBytes *svg, GError **err)
{
	GBytes *pdf = NULL;
	if (!helper_call(drawer->helper, "pdf", svg, &pdf, NULL, err)) {
		because(err, _("drawing"));
		return NULL;
	}
	return pdf;
}
