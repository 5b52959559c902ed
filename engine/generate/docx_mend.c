/*
 * What Word calls a damaged file although it is sound XML: a cell, header, footer or text box that does
 * not end with a paragraph, and a table without rows. Loops over nothing and conditions that do not
 * hold leave such things behind.
 */
#include "generate/docx_markup.h"
#include "generate/parts.h"

#include <string.h>

static bool
ends_with(const GString *text, size_t size, const char *what)
{
	size_t width = strlen(what);
	return size >= width && memcmp(text->str + size - width, what, width) == 0;
}

/* Where the last piece of markup begins that is neither space nor an empty element other than <w:p/>. */
static const char *
last_markup(const GString *text)
{
	for (size_t size = text->len; size > 0;) {
		if (g_ascii_isspace(text->str[size - 1])) {
			size--;
			continue;
		}
		const char *p = memrchr(text->str, '<', size);
		const char *end = text->str + size;
		if (!p || !ends_with(text, size, "/>") || markup_is(p, end, "w:p"))
			return p;
		size = (size_t)(p - text->str);
	}
	return NULL;
}

/* Nothing stands in what is about to close, or a table is the last thing in it. */
static bool
wants_paragraph(const GString *done)
{
	const char *p = last_markup(done), *end = done->str + done->len;
	if (!p || markup_is(p, end, "w:p"))
		return false;
	return p[1] != '/' || markup_is(p, end, "/w:tcPr") || markup_is(p, end, "/w:tbl");
}

/* Takes an open table without rows off the end of the text. */
static bool
drop_empty_table(GString *done)
{
	const char *p = last_markup(done), *end = done->str + done->len;
	if (!p || !(markup_is(p, end, "/w:tblGrid") || markup_is(p, end, "/w:tblPr") ||
			  markup_is(p, end, "w:tbl")))
		return false;
	for (const char *from = end; (from = memrchr(done->str, '<', (size_t)(from - done->str)));) {
		if (!markup_is(from, end, "w:tbl"))
			continue;
		g_string_truncate(done, (gsize)(from - done->str));
		return true;
	}
	return false;
}

void
docx_mend(GString *text)
{
	static const char *const holders[] = { "/w:tc", "/w:hdr", "/w:ftr", "/w:txbxContent" };
	g_autoptr(GString) done = g_string_sized_new(text->len + 64);
	const char *end = text->str + text->len, *at = text->str;
	for (const char *p = at; (p = memmem(p, (size_t)(end - p), "</w:", 4)); p += 4) {
		bool table = markup_is(p, end, "/w:tbl"), holder = false;
		for (size_t i = 0; i < G_N_ELEMENTS(holders); i++)
			holder = holder || markup_is(p, end, holders[i]);
		if (!table && !holder)
			continue;
		g_string_append_len(done, at, (gssize)(p - at));
		at = p;
		if (holder && wants_paragraph(done))
			g_string_append(done, "<w:p/>");
		if (table && drop_empty_table(done))
			at = markup_end(p, end);
	}
	g_string_append_len(done, at, (gssize)(end - at));
	g_string_assign(text, "");
	g_string_append_len(text, done->str, (gssize)done->len);
}
