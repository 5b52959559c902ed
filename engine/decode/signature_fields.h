/* The form of two revisions: fields that were signed, filled in, or tampered with. */
#ifndef VANTHU_DECODE_SIGNATURE_FIELDS_H
#define VANTHU_DECODE_SIGNATURE_FIELDS_H

#include "decode/signature_objects.h"

/* Compares the forms that both catalogs name. */
void fields_compare(Comparison *self, const PdfValue *old_root, const PdfValue *new_root);
/* A widget or field of a signature, its type perhaps inherited. */
bool fields_is_signature(PdfObjects *objects, const PdfValue *field);
bool fields_is_widget(PdfObjects *objects, const PdfValue *annotation);

#endif
