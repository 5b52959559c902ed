/* A pattern as a rule's author wrote it becomes the pattern that PCRE2 gets: evened out like the
 * texts, and meaning what it looks like. Without that a dash between two characters of a class would
 * become a range, `hky` in a class would lose its y, and `\b` would see no letter in `đ`. */
#include "extract/pattern.h"

#include "base/letter.h"

#include <string.h>

#define LETTER "[\\p{L}\\p{N}_]"
static const char edge[] = "(?:(?<=" LETTER ")(?!" LETTER ")|(?<!" LETTER ")(?=" LETTER "))";
static const char no_edge[] = "(?:(?<=" LETTER ")(?=" LETTER ")|(?<!" LETTER ")(?!" LETTER "))";

static size_t
char_size(const char *p)
{
	return (size_t)(letter_next(p) - p);
}

/* A backslash and what it makes special. */
static size_t
put_escape(GString *out, const char *p, bool in_class)
{
	size_t size = 1 + (p[1] ? char_size(p + 1) : 0);
	if (!in_class && p[1] == 'b')
		g_string_append(out, edge);
	else if (!in_class && p[1] == 'B')
		g_string_append(out, no_edge);
	else
		g_string_append_len(out, p, (gssize)size);
	return size;
}

/* One character of a class, evened out by itself: what stands beside it in the class does not stand
 * beside it in a text. */
static size_t
put_member(GString *out, const char *p)
{
	size_t size = char_size(p);
	g_autofree char *character = g_strndup(p, size);
	g_autofree char *even = match_fold(character);
	if (size > 1 && *even == '-')
		g_string_append_c(out, '\\');
	g_string_append(out, even);
	return size;
}

/* "[^…]" with its brackets; a ']' that comes first, and "[:alpha:]", are inside. */
static size_t
put_class(GString *out, const char *from)
{
	const char *p = from + 1 + (from[1] == '^');
	p += *p == ']';
	g_string_append_len(out, from, p - from);
	while (*p && *p != ']') {
		const char *named = g_str_has_prefix(p, "[:") ? strstr(p, ":]") : NULL;
		if (named) {
			g_string_append_len(out, p, named + 2 - p);
			p = named + 2;
		} else if (*p == '\\')
			p += put_escape(out, p, true);
		else
			p += put_member(out, p);
	}
	if (*p)
		g_string_append_c(out, *p++);
	return (size_t)(p - from);
}

static size_t
put_plain(GString *out, const char *p, size_t size)
{
	g_autofree char *plain = g_strndup(p, size);
	g_autofree char *even = match_fold(plain);
	g_string_append(out, even);
	return size;
}

char *
pattern_prepare(const char *source)
{
	GString *out = g_string_new(NULL);
	for (const char *p = source; *p;) {
		const char *quoted = g_str_has_prefix(p, "\\Q") ? strstr(p, "\\E") : NULL;
		if (quoted)
			p += put_plain(out, p, (size_t)(quoted + 2 - p));
		else if (*p == '\\')
			p += put_escape(out, p, false);
		else if (*p == '[')
			p += put_class(out, p);
		else
			p += put_plain(out, p, strcspn(p, "\\["));
	}
	return g_string_free(out, FALSE);
}
