/*
 * Vietnamese fonts from before Unicode: .VnTime and its kin (TCVN3, capitals in fonts whose name
 * ends in H) and VNI-Times and its kin. What is stored is bytes shown as Latin-1.
 */
#ifndef VANTHU_DECODE_LEGACY_H
#define VANTHU_DECODE_LEGACY_H

#include <stdbool.h>

typedef enum { LEGACY_NONE, LEGACY_TCVN3, LEGACY_TCVN3_CAPITALS, LEGACY_VNI } LegacyFont;

/* By the name of the font: ".VnTime", ".VnTimeH", "VnTime", "VNI-Times"; NULL is none. */
LegacyFont legacy_font(const char *font);
/*
 * By the text alone, where no font tells: the encoding in which enough of its words become
 * syllables of Vietnamese. `known` is what was found in the same document before: fewer words will
 * do then. TCVN3 in a font of capitals can't be told from small letters and is read as these.
 */
LegacyFont legacy_guess(const char *text, LegacyFont known);
/*
 * Text typed in such a font, as Unicode; NULL when it is Unicode already (some Vietnamese letter
 * beyond Latin-1 is in it: the name of the font is then only what was left behind). Caller owns.
 */
char *legacy_decode(LegacyFont font, const char *text);

#endif
