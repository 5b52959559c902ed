/*
 * Phrases of official language with their right marks. Text recognised on a picture loses or
 * confuses marks ("QUYÉT ĐỊNH", "VIÊN THÔNG", "đôi với"); two or more syllables that equal exactly
 * one phrase without marks are read as that phrase. Nothing is mended in silence: what was changed
 * is told.
 */
#ifndef VANTHU_EXTRACT_LEXICON_H
#define VANTHU_EXTRACT_LEXICON_H

#include <glib.h>
#include <stdbool.h>

typedef struct Lexicon Lexicon;

Lexicon *lexicon_new(void);
void lexicon_free(Lexicon *lexicon); /* NULL is fine */
/* Phrases of two syllables and more, parted by commas; shorter ones are left out. Names (of
 * places) are only looked for in capitals: "Quang Bình" may be a person. */
void lexicon_add(Lexicon *lexicon, const char *phrases, bool names);
/* Mends phrases among the words (of char *, owned by the array; as many afterwards, though one may
 * hold a space: "TẬPĐOÀN"). ret_known, as long, tells which belong to a phrase. Each change is
 * appended to changes (of char *, "QUYÉT → QUYẾT"). */
void lexicon_mend(const Lexicon *lexicon, GPtrArray *words, bool *ret_known, GPtrArray *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)

#endif
