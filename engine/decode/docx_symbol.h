/* Symbol fonts: code points that mean what their font draws. */
#ifndef VANTHU_DECODE_DOCX_SYMBOL_H
#define VANTHU_DECODE_DOCX_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

/* What a character of Symbol, Wingdings and their like shows; `code` with or without 0xF000. A
 * picture without a Unicode twin in our table is "•" in a list and U+FFFD in text: 0 is returned
 * for it. */
uint32_t symbol_char(const char *font, uint32_t code);
/* Text with private characters (U+F000 to F0FF) replaced, for labels of lists. Caller owns. */
char *symbol_text(const char *font, const char *text);

#endif
