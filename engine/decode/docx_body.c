/*
 * The content of a DOCX part, element by element, to stories of paragraphs and tables. An element
 * that has no row is looked through: hyperlinks, smart tags, content controls, custom XML only hold
 * text.
 */
#include "decode/docx_reader.h"

#include "decode/docx_fields.h"
#include "decode/docx_symbol.h"

#include <string.h>

static void
on_document(Sax *sax, void *user)
{
	((Body *)user)->is_document = sax_inside(sax, 1, "");
}

/* ---- paragraphs and runs ------------------------------------------------------------------- */

/* Content without a story around it (a broken part) is not looked at. */
static Story *
open_story(Sax *sax, Body *body)
{
	if (!body->story)
		sax_skip(sax);
	return body->story;
}

static void
on_paragraph(Sax *sax, void *user)
{
	Body *body = user;
	Story *story = open_story(sax, body);
	if (!story)
		return;
	if (body->docx->blocks > body->docx->limits->blocks) {
		sax_stop(sax, ERR_LIMIT, "blocks");
		return;
	}
	if (story->table)
		table_ensure_cell(body->docx, story);
	story_start_para(story);
}

static void
end_paragraph(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	story_end_para(body->docx, body->story);
}

static void
on_run(Sax *sax, void *user)
{
	Body *body = user;
	Story *story = open_story(sax, body);
	if (!story)
		return;
	story->run = run_props_unset;
	story->effective_known = false;
}

static void
on_run_prop(Sax *sax, void *user)
{
	Body *body = user;
	if (body->story && sax_inside(sax, 1, "rPr") && sax_inside(sax, 2, "r"))
		styles_take_run(body->docx->styles, &body->story->run, sax);
}

static void
on_para_prop(Sax *sax, void *user)
{
	Body *body = user;
	if (body->story && (sax_inside(sax, 1, "pPr") || sax_inside(sax, 1, "numPr")))
		styles_take_para(body->docx->styles, &body->story->para, sax);
}

static void
on_text(Sax *sax, void *user)
{
	((Body *)user)->keep_space = sax_is(sax, "space", "preserve");
}

static void
end_text(Sax *sax, void *user)
{
	Body *body = user;
	if (!body->story)
		return;
	GString *all = body->story->text;
	size_t before = all->len;
	const char *text = sax_text(sax), *end = text + strlen(text);
	while (!body->keep_space && g_ascii_isspace(*text))
		text++;
	while (!body->keep_space && end > text && g_ascii_isspace(end[-1]))
		end--;
	story_add(body->docx, body->story, text, (size_t)(end - text));
	for (char *p = all->str + before; (p = strpbrk(p, "\n\r\t"));)
		*p++ = ' ';
}

static void
add_text(void *user, const char *text)
{
	Body *body = user;
	if (body->story)
		story_add(body->docx, body->story, text, strlen(text));
}

static void
on_tab(Sax *sax, void *user)
{
	if (sax_inside(sax, 1, "r")) /* in w:tabs it is a tab stop */
		add_text(user, "\t");
}

static void
on_break(Sax *sax, void *user)
{
	Body *body = user;
	if (body->story && sax_is(sax, "type", "page"))
		story_page_break(body->docx, body->story);
	else
		add_text(body, "\n");
}

static void
on_no_break_hyphen(Sax *sax, void *user)
{
	(void)sax;
	add_text(user, "-");
}

static void
on_soft_hyphen(Sax *sax, void *user)
{
	(void)sax;
	add_text(user, "\u00ad");
}

static void
on_rendered_break(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	if (body->story)
		story_rendered_break(body->docx, body->story);
}

static void
on_symbol(Sax *sax, void *user)
{
	Body *body = user;
	char font[64] = "", code[16] = "";
	sax_attribute(sax, "font", font, sizeof font);
	if (!body->story || !sax_attribute(sax, "char", code, sizeof code))
		return;
	uint32_t shown = symbol_char(font, (uint32_t)g_ascii_strtoull(code, NULL, 16));
	bool valid = shown && g_unichar_validate(shown);
	story_add_char(body->docx, body->story, valid ? shown : 0xfffd);
}

/* ---- tracked changes ----------------------------------------------------------------------- */

static void
on_inserted(Sax *sax, void *user)
{
	(void)sax;
	((Body *)user)->docx->inserted++;
}

static void
on_deleted(Sax *sax, void *user)
{
	Body *body = user;
	body->docx->deleted++;
	if (sax_inside(sax, 1, "rPr") && sax_inside(sax, 2, "pPr") && body->story)
		body->story->mark_deleted = true;
	else if (sax_inside(sax, 1, "trPr") && body->story)
		table_delete_row(body->story);
	else
		sax_skip(sax);
}

static void
on_deleted_cell(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	body->docx->deleted++;
	if (body->story)
		table_delete_cell(body->story);
}

/* ---- tables -------------------------------------------------------------------------------- */

static void
on_table(Sax *sax, void *user)
{
	Body *body = user;
	Story *story = open_story(sax, body);
	if (!story)
		return;
	story_flush(body->docx, story);
	table_open(body->docx, story);
}

static void
end_table(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	story_flush(body->docx, body->story);
	table_close(body->docx, body->story);
}

static void
on_row(Sax *sax, void *user)
{
	Body *body = user;
	if (!body->story || !body->story->table)
		sax_skip(sax);
	else
		table_start_row(body->story);
}

static void
on_cell(Sax *sax, void *user)
{
	Body *body = user;
	if (!body->story || !body->story->table || table_row_is_deleted(body->story))
		sax_skip(sax);
	else
		table_start_cell(body->story);
}

static void
end_cell(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	story_flush(body->docx, body->story);
	table_end_cell(body->docx, body->story);
}

static void
on_table_prop(Sax *sax, void *user)
{
	Body *body = user;
	if (body->story)
		table_take(body->docx, body->story, sax);
}

/* ---- stories ------------------------------------------------------------------------------- */

static void
on_text_box(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	g_autofree char *part = g_strdup_printf("textbox%d", ++body->docx->text_boxes);
	story_open(body->docx, &body->story, part, &body->docx->notes_tail);
}

static void
end_note(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	if (body->story)
		story_close(body->docx, &body->story);
}

/* Drawings that are no text boxes of Word (canvases, organisation charts, titles of charts) bring
 * text in their own words; what is called so elsewhere would end the paragraph around it. */
static void
on_drawn_part(Sax *sax, void *user)
{
	(void)sax;
	((Body *)user)->drawn++;
}

static void
on_drawn_box(Sax *sax, void *user)
{
	on_drawn_part(sax, user);
	on_text_box(sax, user);
}

static void
end_drawn_box(Sax *sax, void *user)
{
	((Body *)user)->drawn--;
	end_note(sax, user);
}

static void
on_drawn_paragraph(Sax *sax, void *user)
{
	if (((Body *)user)->drawn)
		on_paragraph(sax, user);
}

static void
end_drawn_paragraph(Sax *sax, void *user)
{
	if (((Body *)user)->drawn)
		end_paragraph(sax, user);
}

static void
end_drawn_text(Sax *sax, void *user)
{
	Body *body = user;
	body->keep_space = true;
	if (body->drawn)
		end_text(sax, body);
}

static int
number_of(const Body *body, const char *key)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(body->docx->references, key));
}

/* Notes count as they are referred to, each kind by itself; one with a mark of its own has it in the
 * text. */
static void
on_reference(Sax *sax, void *user)
{
	Body *body = user;
	const char *kind = sax_inside(sax, 0, "footnoteReference") ? "footnote" : "endnote";
	char id[32], custom[8];
	if (!body->story || !story_is_visible(body->story) ||
		!sax_attribute(sax, "id", id, sizeof id) ||
		sax_attribute(sax, "customMarkFollows", custom, sizeof custom))
		return;
	char *key = g_strdup_printf("%s %s", kind, id);
	int number = number_of(body, key) ? number_of(body, key) : number_of(body, kind) + 1;
	if (number > number_of(body, kind))
		g_hash_table_insert(
			body->docx->references, g_strdup(kind), GINT_TO_POINTER(number));
	g_hash_table_insert(body->docx->references, key, GINT_TO_POINTER(number));
	g_autofree char *note = g_strdup_printf("%s%d", kind, number);
	story_add_reference(body->story, note);
}

/* As the text refers to it; what it does not refer to comes behind. */
static int
note_number(Body *body, const Sax *sax)
{
	const char *kind = sax_parent(sax, 0);
	char id[32] = "";
	sax_attribute(sax, "id", id, sizeof id);
	g_autofree char *key = g_strdup_printf("%s %s", kind, id);
	int number = number_of(body, key);
	return number ? number : number_of(body, kind) + ++body->footnotes;
}

/* Word keeps the lines that separate notes from text among the notes. */
static void
on_note(Sax *sax, void *user)
{
	Body *body = user;
	if (sax_is(sax, "type", "separator") || sax_is(sax, "type", "continuationSeparator") ||
		sax_is(sax, "type", "continuationNotice")) {
		sax_skip(sax);
		return;
	}
	g_autofree char *part = g_strdup_printf("%s%d", sax_parent(sax, 0), note_number(body, sax));
	story_open(body->docx, &body->story, part, &body->docx->notes_tail);
}

/* WordArt: the text is an attribute ("DỰ THẢO" across the page). */
static void
on_word_art(Sax *sax, void *user)
{
	Body *body = user;
	char text[512];
	if (!sax_attribute(sax, "string", text, sizeof text))
		return;
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	on_text_box(sax, body);
	story_start_para(body->story);
	story_add(body->docx, body->story, valid, strlen(valid));
	story_end_para(body->docx, body->story);
	story_close(body->docx, &body->story);
}

static void
on_header_reference(Sax *sax, void *user)
{
	Body *body = user;
	char id[128];
	if (!sax_relation(sax, "id", id, sizeof id))
		return;
	char *kept = g_string_chunk_insert_const(body->docx->names, id);
	if (!g_ptr_array_find(body->docx->headers, kept, NULL))
		g_ptr_array_add(body->docx->headers, kept);
}

/* A section that ends here and is no mere change of columns begins a new page. */
static void
on_section_type(Sax *sax, void *user)
{
	Body *body = user;
	if (body->story && sax_inside(sax, 1, "sectPr") && sax_inside(sax, 2, "pPr"))
		body->story->break_after = !sax_is(sax, "val", "continuous");
}

static void
on_section(Sax *sax, void *user)
{
	Body *body = user;
	if (body->story && sax_inside(sax, 1, "pPr"))
		body->story->break_after = !body->story->table && !body->story->part;
}

static void
on_alternatives(Sax *sax, void *user)
{
	(void)sax;
	((Body *)user)->choice_taken = false;
}

static void
on_choice(Sax *sax, void *user)
{
	if (((Body *)user)->choice_taken)
		sax_skip(sax);
}

static void
end_choice(Sax *sax, void *user)
{
	(void)sax;
	((Body *)user)->choice_taken = true;
}

static void
on_alt_chunk(Sax *sax, void *user)
{
	(void)sax;
	findings_add(
		((Body *)user)->docx->doc->findings, FINDING_EMBEDDED_OBJECT, NULL, "altChunk");
}

/* ---- the table ----------------------------------------------------------------------------- */

/* clang-format off */
#define SKIPPED(name) { name, SAX_WORD, NULL, NULL, SAX_SKIP }
#define TABLE_PROP(name) { name, SAX_WORD, on_table_prop, NULL, 0 }
/* clang-format on */

/* Elements of one name stand together. */
static const SaxElement elements[] = {
	{ "document", SAX_WORD, on_document, NULL, 0 },
	{ "p", SAX_WORD, on_paragraph, end_paragraph, 0 },
	{ "p", SAX_DRAWING, on_drawn_paragraph, end_drawn_paragraph, 0 },
	{ "r", SAX_WORD, on_run, NULL, 0 },
	{ "t", SAX_WORD, on_text, end_text, SAX_TEXT },
	{ "t", SAX_MATH, on_text, end_text, SAX_TEXT },
	{ "t", SAX_DRAWING, NULL, end_drawn_text, SAX_TEXT },
	{ "tab", SAX_WORD, on_tab, NULL, 0 },
	{ "ptab", SAX_WORD, on_tab, NULL, 0 },
	{ "br", SAX_WORD, on_break, NULL, 0 },
	{ "cr", SAX_WORD, on_break, NULL, 0 },
	{ "noBreakHyphen", SAX_WORD, on_no_break_hyphen, NULL, 0 },
	{ "softHyphen", SAX_WORD, on_soft_hyphen, NULL, 0 },
	{ "lastRenderedPageBreak", SAX_WORD, on_rendered_break, NULL, 0 },
	{ "sym", SAX_WORD, on_symbol, NULL, 0 },
	STYLE_RUN_ROWS(on_run_prop),
	STYLE_PARA_ROWS(on_para_prop),
	FIELD_ROWS,
	{ "ins", SAX_WORD, on_inserted, NULL, 0 },
	{ "moveTo", SAX_WORD, on_inserted, NULL, 0 },
	{ "del", SAX_WORD, on_deleted, NULL, 0 },
	{ "moveFrom", SAX_WORD, on_deleted, NULL, 0 },
	{ "cellDel", SAX_WORD, on_deleted_cell, NULL, 0 },
	{ "tbl", SAX_WORD, on_table, end_table, 0 },
	{ "tr", SAX_WORD, on_row, NULL, 0 },
	{ "tc", SAX_WORD, on_cell, end_cell, 0 },
	TABLE_PROP("gridSpan"),
	TABLE_PROP("vMerge"),
	TABLE_PROP("hMerge"),
	TABLE_PROP("gridBefore"),
	TABLE_PROP("tblStyle"),
	TABLE_PROP("top"),
	TABLE_PROP("left"),
	TABLE_PROP("start"),
	TABLE_PROP("bottom"),
	TABLE_PROP("right"),
	TABLE_PROP("end"),
	TABLE_PROP("insideH"),
	TABLE_PROP("insideV"),
	{ "txbxContent", SAX_WORD, on_text_box, end_note, 0 },
	{ "txBody", SAX_DRAWING, on_drawn_box, end_drawn_box, 0 },
	{ "dataModel", SAX_ANY, on_drawn_part, NULL, 0 },
	{ "chartSpace", SAX_ANY, on_drawn_part, NULL, 0 },
	{ "textpath", SAX_VML, on_word_art, NULL, 0 },
	{ "footnote", SAX_WORD, on_note, end_note, 0 },
	{ "endnote", SAX_WORD, on_note, end_note, 0 },
	{ "comment", SAX_WORD, on_note, end_note, 0 },
	{ "footnoteReference", SAX_WORD, on_reference, NULL, 0 },
	{ "endnoteReference", SAX_WORD, on_reference, NULL, 0 },
	{ "headerReference", SAX_WORD, on_header_reference, NULL, 0 },
	{ "footerReference", SAX_WORD, on_header_reference, NULL, 0 },
	{ "sectPr", SAX_WORD, on_section, NULL, 0 },
	{ "type", SAX_WORD, on_section_type, NULL, 0 },
	{ "AlternateContent", SAX_COMPATIBILITY, on_alternatives, NULL, 0 },
	{ "Choice", SAX_COMPATIBILITY, on_choice, end_choice, 0 },
	{ "Fallback", SAX_COMPATIBILITY, on_choice, end_choice, 0 },
	{ "altChunk", SAX_WORD, on_alt_chunk, NULL, 0 },
	SKIPPED("delText"),
	SKIPPED("instrText"),
	SKIPPED("delInstrText"),
	SKIPPED("rPrChange"),
	SKIPPED("pPrChange"),
	SKIPPED("tblPrChange"),
	SKIPPED("trPrChange"),
	SKIPPED("tcPrChange"),
	SKIPPED("sectPrChange"),
	SKIPPED("tblPrExChange"),
	SKIPPED("numberingChange"),
	SKIPPED("sdtPr"),
	SKIPPED("rt"),
	{ .name = NULL },
};

bool
docx_read_story(Docx *docx, GBytes *bytes, const char *name, const char *part, GError **err)
{
	Body body = { .docx = docx };
	bool notes = g_str_equal(part ? part : "", "notes");
	if (!notes)
		story_open(docx, &body.story, part, part ? &docx->notes_tail : &docx->body_tail);
	bool ok = sax_parse(bytes, name, elements, &body, docx->limits, err);
	while (body.story)
		story_close(docx, &body.story);
	if (ok && !part && !body.is_document)
		return fail(err, ERR_FORMAT, "%s: w:document", name);
	return ok;
}
