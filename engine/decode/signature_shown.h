/* Form fields that show another text than the value they hold: read from their drawn appearance. */
#ifndef VANTHU_DECODE_SIGNATURE_SHOWN_H
#define VANTHU_DECODE_SIGNATURE_SHOWN_H

#include <glib.h>
#include <poppler.h>

/* Names of the text fields of a page whose appearance shows letters, but not those of the value.
 * What can't be read (pictures, odd fonts) is not in it. */
GHashTable *signature_deceiving_fields(PopplerPage *page);

#endif
