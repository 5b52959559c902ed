/* Drawing an SVG as PDF, in the isolated helper vanthu-draw (librsvg, cairo). */
#ifndef VANTHU_GENERATE_DRAW_H
#define VANTHU_GENERATE_DRAW_H

#include "base/error.h"
#include "base/limits.h"

typedef struct Drawer Drawer;

/* Starts nothing yet. */
Drawer *drawer_new(const char *helper_dir, const Limits *limits);
void drawer_free(Drawer *drawer);
/* One page, of the size that the SVG says in mm. The same SVG gives the same bytes on one machine.
 */
GBytes *drawer_pdf(Drawer *drawer, GBytes *svg, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Drawer, drawer_free)

#endif
