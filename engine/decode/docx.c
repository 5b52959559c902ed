/* A DOCX package to a Doc: finds the parts, reads them in order, and tells what else is in the
 * package. */
#include "decode/docx.h"

#include "base/text.h"
#include "decode/decoder.h"
#include "decode/docx_reader.h"
#include "decode/ooxml.h"

#include <string.h>

static const char plain_main[] = "word/document.xml";

bool
docx_is(const Package *package)
{
	if (package_find(package, plain_main) >= 0)
		return true;
	/* The main part may have any name; the folder is what Word and its rivals agree on. */
	for (int i = 0; i < package_count(package); i++)
		if (g_str_has_prefix(package_entry(package, i)->name, "word/document") &&
			package_find(package, "[Content_Types].xml") >= 0)
			return true;
	return false;
}

/* ---- parts --------------------------------------------------------------------------------- */

static Ooxml
ooxml_of(const Docx *docx)
{
	return (Ooxml){ docx->doc, docx->package, docx->limits };
}

static GBytes *
read_part(const Docx *docx, const char *name, GError **err)
{
	const Ooxml ooxml = ooxml_of(docx);
	return ooxml_read_part(&ooxml, name, err);
}

static void
note_repaired(const Docx *docx, const char *what)
{
	const Ooxml ooxml = ooxml_of(docx);
	ooxml_note_repaired(&ooxml, what);
}

static bool
pass_over(const Docx *docx, GError *err, GError **ret_err)
{
	const Ooxml ooxml = ooxml_of(docx);
	return ooxml_pass_over(&ooxml, err, ret_err);
}

/* The part that the package names as its document, or the one that is always called so. Caller
 * owns. */
static char *
find_main(Docx *docx, GError **err)
{
	GError *failure = NULL;
	g_autoptr(GPtrArray) relations = relations_read(docx->package, "", docx->limits, &failure);
	if (!relations && !pass_over(docx, failure, err))
		return NULL;
	const Relation *main = relations ? relations_by_type(relations, "officeDocument") : NULL;
	if (main && package_find(docx->package, main->target) >= 0)
		return g_strdup(main->target);
	if (package_find(docx->package, plain_main) < 0) {
		fail(err, ERR_FORMAT, "%s", plain_main);
		return NULL;
	}
	if (relations)
		note_repaired(docx, "_rels/.rels");
	return g_strdup(plain_main);
}

static bool
read_theme(Docx *docx, GBytes *bytes, const char *name, GError **err)
{
	return styles_read_theme(docx->styles, bytes, name, docx->limits, err);
}

static bool
read_styles(Docx *docx, GBytes *bytes, const char *name, GError **err)
{
	return styles_read(docx->styles, bytes, name, docx->limits, err);
}

static bool
read_numbering(Docx *docx, GBytes *bytes, const char *name, GError **err)
{
	return numbering_read(docx->numbering, bytes, name, docx->limits, err);
}

static bool
read_notes(Docx *docx, GBytes *bytes, const char *name, GError **err)
{
	return docx_read_story(docx, bytes, name, "notes", err);
}

typedef struct {
	const char *type; /* of the relation */
	bool (*read)(Docx *docx, GBytes *bytes, const char *name, GError **err);
} PartReader;

/* In this order: the theme's fonts stand in styles, styles and numbers in the text. */
static const PartReader before_text[] = {
	{ "theme", read_theme },
	{ "styles", read_styles },
	{ "numbering", read_numbering },
	{ NULL, NULL },
};
static const PartReader after_text[] = {
	{ "footnotes", read_notes },
	{ "endnotes", read_notes },
	{ "comments", read_notes },
	{ NULL, NULL },
};

static bool
read_parts(Docx *docx, const PartReader *readers, const GPtrArray *relations, GError **err)
{
	for (const PartReader *reader = readers; reader->type; reader++) {
		const Relation *relation = relations_by_type(relations, reader->type);
		if (!relation)
			continue;
		GError *failure = NULL;
		g_autoptr(GBytes) bytes = read_part(docx, relation->target, &failure);
		if (!bytes || !reader->read(docx, bytes, relation->target, &failure))
			if (!pass_over(docx, failure, err))
				return false;
	}
	return true;
}

/* A part beside the text; a damaged one is passed over. */
static bool
read_story(Docx *docx, const char *target, const char *part, GError **err)
{
	GError *failure = NULL;
	g_autoptr(GBytes) bytes = read_part(docx, target, &failure);
	return (bytes && docx_read_story(docx, bytes, target, part, &failure)) ||
		pass_over(docx, failure, err);
}

static bool
read_headers(Docx *docx, const GPtrArray *relations, GError **err)
{
	int headers = 0, footers = 0;
	for (guint i = 0; i < docx->headers->len; i++) {
		const Relation *relation =
			relations_by_id(relations, g_ptr_array_index(docx->headers, i));
		if (!relation || relation->external)
			continue;
		bool header = strcmp(relation->type, "header") == 0;
		g_autofree char *part = header ? g_strdup_printf("header%d", ++headers)
					       : g_strdup_printf("footer%d", ++footers);
		if (!read_story(docx, relation->target, part, err))
			return false;
	}
	return true;
}

/* What organisation charts and other charts say stands in parts of their own. */
static bool
read_drawings(Docx *docx, const GPtrArray *relations, GError **err)
{
	for (guint i = 0; i < relations->len; i++) {
		const Relation *relation = g_ptr_array_index(relations, i);
		if (relation->external ||
			(strcmp(relation->type, "diagramData") != 0 &&
				strcmp(relation->type, "chart") != 0))
			continue;
		g_autofree char *part = g_strdup_printf("textbox%d", ++docx->text_boxes);
		if (!read_story(docx, relation->target, part, err))
			return false;
	}
	return true;
}

/* ---- what else there is -------------------------------------------------------------------- */

static bool
is_blank_para(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell, (void)user;
	return text_is_blank(para->para.text) && text_is_blank(text_or_empty(para->para.label));
}

/* Pages scanned as pictures and pasted into Word: a document without a word in it. */
static void
note_pictures(Docx *docx)
{
	if (!doc_visit_paras(docx->doc->blocks, is_blank_para, NULL))
		return;
	int pictures = 0;
	for (int i = 0; i < package_count(docx->package); i++)
		pictures += strstr(package_entry(docx->package, i)->name, "/media/") != NULL;
	g_autofree char *detail = g_strdup_printf("word/media: %d", pictures);
	findings_add(docx->doc->findings, FINDING_NO_TEXT, NULL, detail);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static void
note_content(Docx *docx)
{
	GPtrArray *findings = docx->doc->findings;
	if (docx->inserted || docx->deleted) {
		g_autofree char *detail = g_strdup_printf("+%d −%d", docx->inserted, docx->deleted);
		findings_add(findings, FINDING_TRACKED_CHANGES, NULL, detail);
	}
	if (docx->hidden->len)
		findings_add(findings, FINDING_HIDDEN_TEXT, NULL, docx->hidden->str);
	g_autoptr(GList) fonts = g_list_sort(g_hash_table_get_keys(docx->legacy), compare_names);
	for (GList *font = fonts; font; font = font->next)
		findings_add(findings, FINDING_LEGACY_FONT, NULL, font->data);
	int comments = 0;
	const char *part = NULL;
	for (const Block *block = docx->doc->notes; block; block = block->next) {
		if (!block->place.part || !g_str_has_prefix(block->place.part, "comment"))
			continue;
		comments += g_strcmp0(part, block->place.part) != 0;
		part = block->place.part;
	}
	g_autofree char *count = g_strdup_printf("%d", comments);
	if (comments)
		findings_add(findings, FINDING_COMMENTS, NULL, count);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool
read_package(Docx *docx, GError **err)
{
	const Ooxml ooxml = ooxml_of(docx);
	if (!ooxml_refuse_twins(&ooxml, err))
		return false;
	g_autofree char *name = find_main(docx, err);
	if (!name)
		return false;
	GError *failure = NULL;
	g_autoptr(GPtrArray) relations =
		relations_read(docx->package, name, docx->limits, &failure);
	if (!relations) {
		if (!pass_over(docx, failure, err))
			return false;
		relations = g_ptr_array_new();
	}
	g_autoptr(GBytes) bytes = read_part(docx, name, err);
	if (!bytes || !read_parts(docx, before_text, relations, err) ||
		!docx_read_story(docx, bytes, name, NULL, err) ||
		!read_headers(docx, relations, err) || !read_drawings(docx, relations, err) ||
		!read_parts(docx, after_text, relations, err) || !ooxml_read_meta(&ooxml, err) ||
		!ooxml_note_links(&ooxml, err))
		return false;
	ooxml_note_entries(&ooxml);
	note_content(docx);
	note_pictures(docx);
	return true;
}

/* One reading; `guessed`: the encoding of text in fonts that do not tell, where an earlier one
 * found it. */
static Doc *
read_once(Package *package, const Limits *limits, LegacyFont *guessed, bool *ret_late)
{
	g_autoptr(Doc) doc = doc_new("docx");
	Docx docx = { .doc = doc,
		.package = package,
		.limits = limits,
		.names = g_string_chunk_new(1024),
		.numbering = numbering_new(),
		.body_tail = &doc->blocks,
		.notes_tail = &doc->notes,
		.hidden = g_string_new(NULL),
		.legacy = g_hash_table_new(g_str_hash, g_str_equal),
		.references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.guessed = *guessed,
		.headers = g_ptr_array_new() };
	docx.styles = styles_new(docx.names);
	g_autoptr(GError) err = NULL;
	bool ok = read_package(&docx, &err);
	*guessed = docx.guessed;
	*ret_late = ok && docx.guessed_late;
	styles_free(docx.styles);
	numbering_free(docx.numbering);
	g_string_free(docx.hidden, TRUE);
	g_hash_table_unref(docx.legacy);
	g_hash_table_unref(docx.references);
	g_ptr_array_unref(docx.headers);
	g_string_chunk_free(docx.names);
	return ok ? g_steal_pointer(&doc) : decoder_refuse_error("docx", err);
}

/* A head says too little to tell its encoding by; the text below does, and it is read again. */
Doc *
docx_read(Package *package, const Limits *limits)
{
	LegacyFont guessed = LEGACY_NONE;
	bool late = false;
	g_autoptr(Doc) doc = read_once(package, limits, &guessed, &late);
	return late ? read_once(package, limits, &guessed, &late) : g_steal_pointer(&doc);
}
