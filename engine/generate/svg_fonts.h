/* Which fonts this machine has for the ones that an SVG names: only inside the helper vanthu-draw.
 */
#ifndef VANTHU_GENERATE_SVG_FONTS_H
#define VANTHU_GENERATE_SVG_FONTS_H

#include "base/error.h"

/* Appends a line for each list of families in the SVG: the first family, the one that will be used
 * and how many Vietnamese letters it lacks, with tabs between. */
bool svg_fonts(GBytes *svg, GString *out, GError **err);

#endif
