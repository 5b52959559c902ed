/*
 * What can be a syllable of Vietnamese: an onset, a rime and a tone that goes with the rime. Sound,
 * not vocabulary: "quyét" is none, "đóc" is one though no word has it.
 */
#ifndef VANTHU_BASE_SYLLABLE_H
#define VANTHU_BASE_SYLLABLE_H

#include <stdbool.h>

/* One word of letters, NFC, any case. */
bool syllable_is_valid(const char *word);

#endif
