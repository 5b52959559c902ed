/* What stands on a sheet beside its cells: comments, text boxes, the head and foot of printed
 * pages. A mark of secrecy may be in any of them. */
#include "decode/xlsx_reader.h"

#include "base/text.h"

#include <string.h>

typedef struct {
	Xlsx *xlsx;
	const Sheet *sheet;
	GString *text;
	Place place;
} NoteReader;

/* A paragraph of `part` and the number after it ("comment1"); nothing for blank text. */
static void
add_note(NoteReader *reader, const char *part, int *count)
{
	Doc *doc = reader->xlsx->ooxml.doc;
	g_autofree char *clean = text_clean(reader->text->str, reader->text->len);
	g_string_truncate(reader->text, 0);
	if (text_is_blank(g_strchomp(clean)))
		return;
	reader->place.part = arena_printf(doc->arena, "%s%d", part, ++*count);
	Block *block = doc_add_para(doc, &reader->xlsx->notes_tail, reader->place);
	doc_add_run(doc, block, &(Run){ .text = clean });
	doc_end_para(doc, block);
}

/* ---- comments ------------------------------------------------------------------------------ */

static void
on_comment(Sax *sax, void *user)
{
	NoteReader *reader = user;
	char address[24];
	const char *end;
	g_string_truncate(reader->text, 0);
	reader->place = (Place){ .page = reader->sheet->number };
	if (sax_attribute(sax, "ref", address, sizeof address))
		sheet_address(address, &reader->place.row, &reader->place.column, &end);
}

static void
end_text(Sax *sax, void *user)
{
	NoteReader *reader = user;
	g_string_append(reader->text, sax_text(sax));
}

static void
end_comment(Sax *sax, void *user)
{
	(void)sax;
	NoteReader *reader = user;
	add_note(reader, "comment", &reader->xlsx->comments);
}

static const SaxElement comment_elements[] = {
	{ "comment", SAX_ANY, on_comment, end_comment, 0 },
	{ "t", SAX_ANY, NULL, end_text, SAX_TEXT },
	{ "rPh", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ .name = NULL },
};

/* ---- text boxes ---------------------------------------------------------------------------- */

static void
end_box(Sax *sax, void *user)
{
	(void)sax;
	NoteReader *reader = user;
	reader->place = (Place){ .page = reader->sheet->number };
	add_note(reader, "textbox", &reader->xlsx->text_boxes);
}

static void
on_line(Sax *sax, void *user)
{
	(void)sax;
	NoteReader *reader = user;
	if (reader->text->len)
		g_string_append_c(reader->text, '\n');
}

/* Each drawing is there twice where an older program may read it: the newer one counts. */
static const SaxElement box_elements[] = {
	{ "txBody", SAX_ANY, NULL, end_box, 0 },
	{ "p", SAX_DRAWING, on_line, NULL, 0 },
	{ "br", SAX_DRAWING, on_line, NULL, 0 },
	{ "t", SAX_DRAWING, NULL, end_text, SAX_TEXT },
	{ "Fallback", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ .name = NULL },
};

/* ---- head and foot of printed pages -------------------------------------------------------- */

/* Past what follows an '&': a section, a font in quotes, a size, a colour, or a letter. */
static const char *
skip_code(const char *p)
{
	if (*p == '"') {
		const char *end = strchr(p + 1, '"');
		return end ? end + 1 : p + strlen(p);
	}
	size_t digits = strspn(p, "0123456789");
	if (digits)
		return p + digits;
	if (*p == 'K')
		return p + 1 + MIN(strspn(p + 1, "0123456789abcdefABCDEF+-"), 6);
	return *p ? g_utf8_next_char(p) : p;
}

/* "&L…&C…&R…": a note for each section; one that counts the pages says nothing else. */
static void
add_sections(NoteReader *reader, const char *text, const char *part, int *count)
{
	bool pages = false;
	g_string_truncate(reader->text, 0);
	reader->place = (Place){ .page = reader->sheet->number };
	for (const char *p = text;; p++) {
		if (*p && *p != '&') {
			g_string_append_c(reader->text, *p);
			continue;
		}
		if (*p == '&' && p[1] == '&') {
			g_string_append_c(reader->text, '&');
			p++;
			continue;
		}
		bool ends = !*p || (p[1] && strchr("LCR", p[1]));
		if (ends && pages)
			g_string_truncate(reader->text, 0);
		if (ends)
			add_note(reader, part, count);
		if (!*p)
			return;
		pages = !ends && (pages || (p[1] && strchr("PN", p[1])));
		p = skip_code(p + 1) - 1;
	}
}

static void
end_header(Sax *sax, void *user)
{
	NoteReader *reader = user;
	add_sections(reader, sax_text(sax), "header", &reader->xlsx->headers);
}

static void
end_footer(Sax *sax, void *user)
{
	NoteReader *reader = user;
	add_sections(reader, sax_text(sax), "footer", &reader->xlsx->footers);
}

static const SaxElement page_elements[] = {
	{ "sheetData", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ "oddHeader", SAX_ANY, NULL, end_header, SAX_TEXT },
	{ "evenHeader", SAX_ANY, NULL, end_header, SAX_TEXT },
	{ "firstHeader", SAX_ANY, NULL, end_header, SAX_TEXT },
	{ "oddFooter", SAX_ANY, NULL, end_footer, SAX_TEXT },
	{ "evenFooter", SAX_ANY, NULL, end_footer, SAX_TEXT },
	{ "firstFooter", SAX_ANY, NULL, end_footer, SAX_TEXT },
	{ .name = NULL },
};

/* ---- the whole ----------------------------------------------------------------------------- */

static bool
read_part(NoteReader *reader, const Relation *relation, const SaxElement *elements, GError **err)
{
	const Ooxml *ooxml = &reader->xlsx->ooxml;
	GError *failure = NULL;
	if (!relation)
		return true;
	g_autoptr(GBytes) bytes = ooxml_read_part(ooxml, relation->target, &failure);
	g_string_truncate(reader->text, 0);
	return (bytes &&
		       sax_parse(bytes, relation->target, elements, reader, ooxml->limits,
			       &failure)) ||
		ooxml_pass_over(ooxml, failure, err);
}

bool
sheet_read_notes(Xlsx *xlsx, const Sheet *sheet, GBytes *bytes, const char *part, GError **err)
{
	GError *failure = NULL;
	g_autoptr(GPtrArray) relations =
		relations_read(xlsx->ooxml.package, part, xlsx->ooxml.limits, &failure);
	if (!relations)
		return ooxml_pass_over(&xlsx->ooxml, failure, err);
	NoteReader reader = { .xlsx = xlsx, .sheet = sheet, .text = g_string_new(NULL) };
	const char *printed = memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
		"headerFooter", strlen("headerFooter"));
	bool ok = read_part(&reader, relations_by_type(relations, "comments"), comment_elements,
			  err) &&
		read_part(&reader, relations_by_type(relations, "drawing"), box_elements, err) &&
		(!printed ||
			sax_parse(bytes, part, page_elements, &reader, xlsx->ooxml.limits, err));
	g_string_free(reader.text, TRUE);
	return ok;
}
