/*
 * Vietnamese text. Everything past decode/ is valid UTF-8 in NFC without NUL; text_clean() makes it
 * so.
 *
 * A *key* is text folded for comparison: the places where offices differ without meaning anything
 * (case, tone placement hòa/hoà, i/y after a consonant, dashes, quotes, white space, Ð for Đ, ƣ for
 * ư) are evened out; accents stay. A *bare key* has no accents either (đ becomes d) and keeps i and
 * y apart: for search as typed, word by word. Keys are for comparing, never for showing.
 */
#ifndef VANTHU_BASE_TEXT_H
#define VANTHU_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Valid UTF-8, NFC, no NUL or control characters but tab and newline; what is no UTF-8 becomes
 * U+FFFD. Caller owns the result. */
char *text_clean(const char *bytes, size_t size);
/* text_clean() of the name of a file, fit for a line of a log: what would end the line or the
 * quotes, or turns the direction of reading ("b<U+202E>xcod.exe"), is "_". */
char *text_name(const char *bytes, size_t size);
/* Surely nothing in it that text_clean() would change; false also when it is not known. */
bool text_is_clean(const char *bytes, size_t size);
/* NFC of valid UTF-8; fast when it is NFC already. Caller owns the result. */
char *text_nfc(const char *text);
/* Runs of white space (no-break and other Unicode spaces too) become one space; none at the ends.
 */
char *text_squeeze(const char *text);
char *text_squeezed(char *text); /* the same in place; returns it */
bool text_is_squeezed(const char *text);
/* text_clean(), then text_squeeze(), in place. */
void text_line(GString *text);
char *text_key(const char *text);
char *text_bare_key(const char *text);
bool text_same(const char *a, const char *b); /* equal keys; NULL equals "" */
/* "nguyễn văn LỘC" → "Nguyễn Văn Lộc". */
char *text_title_case(const char *text);
char *text_upper(const char *text);
char *text_lower(const char *text);
/* "2" → "²": raised digits are marks of notes and units; plain ones would be glued to the word
 * before. */
char *text_raise_digits(const char *text);
/* Most letters are capitals, and there is at least one letter. */
bool text_is_caps(const char *text);
bool text_is_blank(const char *text);
/* Characters, not bytes. */
size_t text_length(const char *text);
/* Whether its first `size` bytes are one of the words (NULL-terminated). */
bool text_in_list(const char *text, size_t size, const char *const *words);
/* NULL-safe: the text, or "". */
const char *text_or_empty(const char *text);

#endif
