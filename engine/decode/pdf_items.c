/* The text of a line -> the mark of a list item that it begins with. */
#include "decode/pdf_layout.h"

#include <string.h>

enum { MAX_LEVELS = 4 };

/* Bullets of all fonts; those of symbol fonts come as private characters. */
static bool
is_bullet(gunichar c)
{
	return c == 0x2022 || (c >= 0x25a0 && c <= 0x25ff) || (c >= 0x2700 && c <= 0x27bf) ||
		(c >= 0xf020 && c <= 0xf0ff);
}

/* "一、", "（二）": Chinese numbers of three signs at most, or "（3）". */
static size_t
han_mark_length(const char *text)
{
	bool bracket = g_str_has_prefix(text, "（");
	const char *p = bracket ? text + strlen("（") : text, *from = p;
	while (*p && p - from <= 9 &&
		((bracket && g_ascii_isdigit(*p)) ||
			g_utf8_strchr("一二三四五六七八九十", -1, g_utf8_get_char(p))))
		p = g_utf8_next_char(p);
	const char *end = bracket ? "）" : "、";
	return p > from && g_str_has_prefix(p, end) ? (size_t)(p - text) + strlen(end) : 0;
}

size_t
pdf_mark_length(const char *text)
{
	size_t n = 0;
	if (strspn(text, "0123456789") > 3)
		return 0; /* a year, an amount */
	while (g_ascii_isdigit(text[n]) || (n && text[n] == '.' && g_ascii_isdigit(text[n + 1])))
		n++;
	if (n && n <= 8) {
		bool symbol = text[n] == '/' && g_ascii_isdigit(text[n + 1]); /* "45/2026/NĐ-CP" */
		return text[n] && strchr(".)/", text[n]) && !symbol ? n + 1 : 0;
	}
	n = strspn(text, "IVXLC");
	if (n && n <= 7 && (text[n] == '.' || text[n] == ')'))
		return n + 1;
	gunichar c = g_utf8_get_char(text);
	const char *next = *text ? g_utf8_next_char(text) : text;
	if (g_unichar_isalpha(c) && (*next == ')' || (*next == '.' && next[1] == ' ')))
		return (size_t)(next + 1 - text);
	if (c == 'o' && *next == ' ')
		return 1; /* a circle, as Word makes it */
	bool bullet = c && strchr("-+*", (int)(c < 128 ? c : '\001'));
	if (bullet || c == 0x2013 || is_bullet(c))
		return (size_t)(next - text);
	return c < 0x2e80 ? 0 : han_mark_length(text);
}

bool
pdf_starts_heading(const char *text)
{
	static const char *const words[] = { "Điều ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ", "Phần ",
		"PHẦN ", "Khoản " };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (*text == *words[i] && g_str_has_prefix(text, words[i])) {
			const char *p = text + strlen(words[i]);
			size_t n = strcspn(p, " .:");
			bool number = g_ascii_isdigit(*p) || strspn(p, "IVXLC") == n;
			return n && number && (p[n] == '.' || p[n] == ':' || p[n] == '\0');
		}
	return false;
}

bool
pdf_starts_item(const char *text)
{
	return pdf_mark_length(text) > 0 || pdf_starts_heading(text);
}

typedef struct {
	int n, at[MAX_LEVELS];
} Ordinal;

/* "12.3." as 12 and 3; a number of one level needs its dot or bracket. */
static Ordinal
ordinal_of(const char *text)
{
	Ordinal self = { 0 };
	while (self.n < MAX_LEVELS && g_ascii_isdigit(*text) && strspn(text, "0123456789") <= 3) {
		self.at[self.n++] = (int)g_ascii_strtoull(text, (char **)&text, 10);
		if (*text != '.' || !g_ascii_isdigit(text[1]))
			break;
		text++;
	}
	bool ends = *text && strchr(self.n > 1 ? ".)/ " : ".)/", *text);
	return ends ? self : (Ordinal){ 0 };
}

bool
pdf_items_follow(const char *item, const char *next)
{
	Ordinal a = ordinal_of(item), b = ordinal_of(next);
	if (!a.n || !b.n || b.n > a.n + 1)
		return false;
	for (int i = 0; i + 1 < b.n; i++)
		if (a.at[i] != b.at[i])
			return false;
	return b.at[b.n - 1] == (b.n > a.n ? 1 : a.at[b.n - 1] + 1);
}
