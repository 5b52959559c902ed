/* A DOCX package to a Doc: finds the parts, reads them in order, and tells what else is in the
 * package. */
#include "decode/docx.h"

#include "base/text.h"
#include "decode/decoder.h"
#include "decode/docx_reader.h"

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

static GBytes *
read_part(Docx *docx, const char *name, GError **err)
{
	int index = package_find(docx->package, name);
	if (index >= 0)
		return package_read(docx->package, index, err);
	fail(err, ERR_FORMAT, "%s", name);
	return NULL;
}

/* The same fault may be met twice: a list of relations is read for the text and for its links. */
static void
note_repaired(Docx *docx, const char *what)
{
	g_autoptr(Finding) finding = finding_new(FINDING_REPAIRED, NULL, what);
	for (guint i = 0; i < docx->doc->findings->len; i++) {
		const Finding *other = g_ptr_array_index(docx->doc->findings, i);
		if (strcmp(other->en, finding->en) == 0)
			return;
	}
	g_ptr_array_add(docx->doc->findings, g_steal_pointer(&finding));
}

/* Trouble in a part that is not the text itself: read on, and say so. Too much of anything and
 * trickery still refuse the whole. */
static bool
pass_over(Docx *docx, GError *err, GError **ret_err)
{
	if (err_code(err) != ERR_FORMAT) {
		g_propagate_error(ret_err, err);
		return false;
	}
	note_repaired(docx, err->message);
	g_error_free(err);
	return true;
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
		GError *failure = NULL;
		g_autoptr(GBytes) bytes = read_part(docx, relation->target, &failure);
		if (!bytes || !docx_read_story(docx, bytes, relation->target, part, &failure))
			if (!pass_over(docx, failure, err))
				return false;
	}
	return true;
}

/* ---- what else there is -------------------------------------------------------------------- */

static void
end_meta(Sax *sax, void *user)
{
	static const struct {
		const char *element, *meta;
	} rows[] = {
		{ "title", "title" },
		{ "creator", "author" },
		{ "lastModifiedBy", "last-author" },
		{ "created", "created" },
		{ "modified", "modified" },
		{ "Application", "producer" },
		{ "Company", "company" },
	};
	Doc *doc = user;
	g_autofree char *clean = text_clean(sax_text(sax), strlen(sax_text(sax)));
	g_autofree char *value = text_squeeze(clean);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (sax_inside(sax, 0, rows[i].element))
			doc_set_meta(doc, rows[i].meta, value);
}

static const SaxElement meta_elements[] = {
	{ "title", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ "creator", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ "lastModifiedBy", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ "created", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ "modified", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ "Application", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ "Company", SAX_ANY, NULL, end_meta, SAX_TEXT },
	{ .name = NULL },
};

static bool
read_meta(Docx *docx, GError **err)
{
	static const char *const parts[] = { "docProps/core.xml", "docProps/app.xml" };
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		GError *failure = NULL;
		if (package_find(docx->package, parts[i]) < 0)
			continue;
		g_autoptr(GBytes) bytes = read_part(docx, parts[i], &failure);
		if (!bytes ||
			!sax_parse(
				bytes, parts[i], meta_elements, docx->doc, docx->limits, &failure))
			if (!pass_over(docx, failure, err))
				return false;
	}
	return true;
}

/* Parts that are told of and never opened. */
static void
note_entries(Docx *docx)
{
	static const struct {
		const char *piece;
		FindingId id;
	} rows[] = {
		{ "vbaProject.bin", FINDING_MACROS },
		{ "/embeddings/", FINDING_EMBEDDED_OBJECT },
		{ "/activeX/", FINDING_EMBEDDED_OBJECT },
		{ "_xmlsignatures/sig", FINDING_PDF_SIGNED },
	};
	for (int i = 0; i < package_count(docx->package); i++) {
		const PackageEntry *entry = package_entry(docx->package, i);
		for (size_t k = 0; !entry->folder && k < G_N_ELEMENTS(rows); k++)
			if (strstr(entry->name, rows[k].piece) && !strstr(entry->name, "_rels/"))
				findings_add(docx->doc->findings, rows[k].id, NULL, entry->name);
	}
}

/* A template on the author's own disk, which nearly every document names: nothing is fetched. */
static bool
is_local(const char *target)
{
	if (g_ascii_strncasecmp(target, "file:///", 8) == 0)
		return target[8] != '/' && target[8] != '\\';
	return !strchr(target, ':') && !g_str_has_prefix(target, "\\\\") &&
		!g_str_has_prefix(target, "//");
}

/* Ordinary hyperlinks are only followed when somebody clicks; everything else outside is fetched by
 * Word when the file is opened. */
static void
note_links(Docx *docx, const GPtrArray *relations)
{
	for (guint i = 0; i < relations->len; i++) {
		const Relation *relation = g_ptr_array_index(relations, i);
		if (!relation->external || strcmp(relation->type, "hyperlink") == 0 ||
			is_local(relation->target))
			continue;
		g_autofree char *clean = text_clean(relation->target, strlen(relation->target));
		g_autofree char *detail = g_strdup_printf("%s: %s", relation->type, clean);
		findings_add(docx->doc->findings, FINDING_EXTERNAL_LINK, NULL, detail);
	}
}

/* Of every part: a template that is fetched from outside hangs on word/settings.xml. */
static bool
note_all_links(Docx *docx, GError **err)
{
	for (int i = 0; i < package_count(docx->package); i++) {
		const char *name = package_entry(docx->package, i)->name;
		const char *folder = strstr(name, "_rels/");
		if (!folder || !g_str_has_suffix(name, ".rels"))
			continue;
		const char *base = folder + strlen("_rels/");
		g_autofree char *part = g_strdup_printf("%.*s%.*s", (int)(folder - name), name,
			(int)(strlen(base) - strlen(".rels")), base);
		GError *failure = NULL;
		g_autoptr(GPtrArray) relations =
			relations_read(docx->package, part, docx->limits, &failure);
		if (relations)
			note_links(docx, relations);
		else if (!pass_over(docx, failure, err))
			return false;
	}
	return true;
}

/* Pages scanned as pictures and pasted into Word: a document without a word in it. */
static void
note_pictures(Docx *docx)
{
	int pictures = 0;
	for (int i = 0; i < package_count(docx->package); i++)
		pictures += strstr(package_entry(docx->package, i)->name, "/media/") != NULL;
	g_autofree char *text = doc_text(docx->doc);
	g_autofree char *detail = g_strdup_printf("word/media: %d", pictures);
	if (text_is_blank(text))
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
	for (int i = 0; i < package_count(docx->package); i++)
		if (package_entry(docx->package, i)->twice &&
			!package_entry(docx->package, i)->folder)
			return fail(err, ERR_DENIED, "ZIP: 2 × %s",
				package_entry(docx->package, i)->name);
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
		!read_headers(docx, relations, err) ||
		!read_parts(docx, after_text, relations, err) || !read_meta(docx, err) ||
		!note_all_links(docx, err))
		return false;
	note_entries(docx);
	note_content(docx);
	note_pictures(docx);
	return true;
}

Doc *
docx_read(Package *package, const Limits *limits)
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
		.headers = g_ptr_array_new() };
	docx.styles = styles_new(docx.names);
	g_autoptr(GError) err = NULL;
	bool ok = read_package(&docx, &err);
	styles_free(docx.styles);
	numbering_free(docx.numbering);
	g_string_free(docx.hidden, TRUE);
	g_hash_table_unref(docx.legacy);
	g_ptr_array_unref(docx.headers);
	g_string_chunk_free(docx.names);
	return ok ? g_steal_pointer(&doc) : decoder_refuse_error("docx", err);
}
