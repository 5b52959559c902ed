/* SVG to PDF, in this process: only inside the helper vanthu-draw. */
#ifndef VANTHU_GENERATE_SVG_PDF_H
#define VANTHU_GENERATE_SVG_PDF_H

#include "base/error.h"

/* Appends the PDF to out. ERR_FORMAT: no SVG, or without a size. ERR_LIMIT: above 5 m. */
bool svg_to_pdf(GBytes *svg, GString *out, GError **err);
/* Loads fonts and tables before the first drawing. */
void svg_warm(void);

#endif
