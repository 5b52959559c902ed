/* A workbook to a Doc: finds the parts, reads the sheets in order, tells what else is there. */
#include "decode/xlsx.h"

#include "base/text.h"
#include "decode/decoder.h"
#include "decode/xlsx_reader.h"

#include <string.h>

static const char plain_main[] = "xl/workbook.xml";

/* ---- which part is the workbook ------------------------------------------------------------ */

static void
on_override(Sax *sax, void *user)
{
	char **main = user, type[160], name[512];
	if (!*main && sax_attribute(sax, "ContentType", type, sizeof type) &&
		strstr(type, "spreadsheet") && g_str_has_suffix(type, "main+xml") &&
		sax_attribute(sax, "PartName", name, sizeof name))
		*main = g_strdup(*name == '/' ? name + 1 : name);
}

/* "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", and those of
 * templates and of workbooks with macros. */
static const SaxElement type_elements[] = {
	{ "Override", SAX_ANY, on_override, NULL, 0 },
	{ .name = NULL },
};

/* The name of the part; NULL when there is no workbook. Caller owns. */
static char *
find_main(Package *package, const Limits *limits)
{
	static const char types[] = "[Content_Types].xml";
	char *main = NULL;
	int index = package_find(package, types);
	g_autoptr(GBytes) bytes = index >= 0 ? package_read(package, index, NULL) : NULL;
	if (bytes)
		sax_parse(bytes, types, type_elements, &main, limits, NULL);
	if (main && package_find(package, main) >= 0)
		return main;
	g_free(main);
	return package_find(package, plain_main) >= 0 ? g_strdup(plain_main) : NULL;
}

bool
xlsx_is(Package *package, const Limits *limits)
{
	g_autofree char *main = find_main(package, limits);
	return main != NULL;
}

/* ---- the workbook -------------------------------------------------------------------------- */

typedef struct {
	const char *name, *id; /* id: of the relation */
	bool hidden;
} SheetEntry;

typedef struct {
	Xlsx *xlsx;
	GArray *sheets; /* of SheetEntry */
} BookReader;

static void
on_sheet(Sax *sax, void *user)
{
	BookReader *reader = user;
	char name[256], id[128], state[16];
	if (!sax_relation(sax, "id", id, sizeof id))
		return;
	if (!sax_attribute(sax, "name", name, sizeof name))
		*name = '\0';
	g_autofree char *clean = text_clean(name, strlen(name));
	SheetEntry sheet = { g_string_chunk_insert_const(reader->xlsx->names, clean),
		g_string_chunk_insert_const(reader->xlsx->names, id),
		sax_attribute(sax, "state", state, sizeof state) && strcmp(state, "visible") != 0 };
	if ((int)reader->sheets->len >= reader->xlsx->ooxml.limits->entries)
		sax_stop(sax, ERR_LIMIT, "sheets");
	g_array_append_val(reader->sheets, sheet);
}

static void
on_properties(Sax *sax, void *user)
{
	BookReader *reader = user;
	reader->xlsx->from_1904 = sax_is(sax, "date1904", "1") || sax_is(sax, "date1904", "true");
}

static const SaxElement book_elements[] = {
	{ "sheet", SAX_ANY, on_sheet, NULL, 0 },
	{ "workbookPr", SAX_ANY, on_properties, NULL, 0 },
	{ "AlternateContent", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ "extLst", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ .name = NULL },
};

/* ---- sheets -------------------------------------------------------------------------------- */

static bool
read_styles(Xlsx *xlsx, GBytes *bytes, const char *part, GError **err)
{
	return xlsx_styles_read(xlsx->styles, bytes, part, xlsx->ooxml.limits, err);
}

static bool
read_strings(Xlsx *xlsx, GBytes *bytes, const char *part, GError **err)
{
	return texts_read(&xlsx->shared, bytes, part, xlsx->ooxml.limits, err);
}

/* Without its strings a list has no names: damaged. Without its styles it only looks different. */
static const struct {
	const char *type;
	bool (*read)(Xlsx *xlsx, GBytes *bytes, const char *part, GError **err);
	bool needed;
} shared_parts[] = {
	{ "styles", read_styles, false },
	{ "sharedStrings", read_strings, true },
};

static bool
read_shared_parts(Xlsx *xlsx, const GPtrArray *relations, GError **err)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shared_parts); i++) {
		const Relation *relation = relations_by_type(relations, shared_parts[i].type);
		if (!relation)
			continue;
		GError *failure = NULL;
		g_autoptr(GBytes) bytes = ooxml_read_part(&xlsx->ooxml, relation->target, &failure);
		if (bytes && shared_parts[i].read(xlsx, bytes, relation->target, &failure))
			continue;
		if (shared_parts[i].needed) {
			g_propagate_error(err, failure);
			return false;
		}
		if (!ooxml_pass_over(&xlsx->ooxml, failure, err))
			return false;
	}
	return true;
}

static void
note_uncomputed(Xlsx *xlsx, const Sheet *sheet)
{
	g_autofree char *detail = g_strdup_printf("%s: %d", sheet->name, sheet->uncomputed);
	if (sheet->uncomputed)
		findings_add(xlsx->ooxml.doc->findings, FINDING_UNCOMPUTED,
			&(Place){ .page = sheet->number }, detail);
}

static bool
read_sheet(Xlsx *xlsx, const SheetEntry *entry, int number, const char *part, GError **err)
{
	Doc *doc = xlsx->ooxml.doc;
	if (entry->hidden) {
		findings_add(doc->findings, FINDING_HIDDEN_CELLS, &(Place){ .page = number },
			entry->name);
		return true;
	}
	g_autoptr(GBytes) bytes = ooxml_read_part(&xlsx->ooxml, part, err);
	g_autoptr(Sheet) sheet = sheet_new(number, entry->name);
	if (!bytes || !sheet_read(xlsx, sheet, bytes, part, err))
		return false;
	if (doc->blocks)
		doc_add_page_break(doc, &xlsx->body_tail, (Place){ .page = number });
	g_autofree char *meta = g_strdup_printf("sheet-%d", number);
	doc_set_meta(doc, meta, entry->name);
	note_uncomputed(xlsx, sheet);
	return sheet_lay_out(xlsx, sheet, err) && sheet_read_notes(xlsx, sheet, bytes, part, err);
}

static bool
read_sheets(Xlsx *xlsx, const GArray *sheets, const GPtrArray *relations, GError **err)
{
	for (guint i = 0; i < sheets->len; i++) {
		const SheetEntry *entry = &g_array_index(sheets, SheetEntry, i);
		const Relation *relation = relations_by_id(relations, entry->id);
		if (!relation)
			return fail(err, ERR_FORMAT, "%s: %s", plain_main, entry->id);
		/* charts and dialogs hold no cells */
		if (strcmp(relation->type, "worksheet") == 0 &&
			!read_sheet(xlsx, entry, (int)i + 1, relation->target, err))
			return false;
	}
	return true;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool
read_book(Xlsx *xlsx, GArray *sheets, GError **err)
{
	const Ooxml *ooxml = &xlsx->ooxml;
	BookReader reader = { xlsx, sheets };
	g_autofree char *main = find_main(ooxml->package, ooxml->limits);
	if (!main)
		return fail(err, ERR_FORMAT, "%s", plain_main);
	g_autoptr(GPtrArray) relations = relations_read(ooxml->package, main, ooxml->limits, err);
	g_autoptr(GBytes) bytes = relations ? ooxml_read_part(ooxml, main, err) : NULL;
	return bytes && sax_parse(bytes, main, book_elements, &reader, ooxml->limits, err) &&
		read_shared_parts(xlsx, relations, err) &&
		read_sheets(xlsx, sheets, relations, err);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static void
note_content(Xlsx *xlsx)
{
	Doc *doc = xlsx->ooxml.doc;
	g_autoptr(GList) fonts = g_list_sort(g_hash_table_get_keys(xlsx->legacy), compare_names);
	for (GList *font = fonts; font; font = font->next)
		findings_add(doc->findings, FINDING_LEGACY_FONT, NULL, font->data);
	g_autofree char *comments = g_strdup_printf("%d", xlsx->comments);
	if (xlsx->comments)
		findings_add(doc->findings, FINDING_COMMENTS, NULL, comments);
	if (!doc->blocks)
		findings_add(doc->findings, FINDING_NO_TEXT, NULL, "XLSX");
}

static bool
read_package(Xlsx *xlsx, GError **err)
{
	g_autoptr(GArray) sheets = g_array_new(FALSE, FALSE, sizeof(SheetEntry));
	if (!ooxml_refuse_twins(&xlsx->ooxml, err) || !read_book(xlsx, sheets, err) ||
		!ooxml_read_meta(&xlsx->ooxml, err) || !ooxml_note_links(&xlsx->ooxml, err))
		return false;
	ooxml_note_entries(&xlsx->ooxml);
	note_content(xlsx);
	return true;
}

Doc *
xlsx_read(Package *package, const Limits *limits)
{
	g_autoptr(Doc) doc = doc_new("xlsx");
	Xlsx xlsx = { .ooxml = { doc, package, limits },
		.names = g_string_chunk_new(4096),
		.legacy = g_hash_table_new(g_str_hash, g_str_equal),
		.body_tail = &doc->blocks,
		.notes_tail = &doc->notes };
	xlsx.styles = xlsx_styles_new(xlsx.names);
	texts_init(&xlsx.shared, xlsx.names);
	texts_init(&xlsx.inlined, xlsx.names);
	g_autoptr(GError) err = NULL;
	bool ok = read_package(&xlsx, &err);
	xlsx_styles_free(xlsx.styles);
	texts_clear(&xlsx.shared);
	texts_clear(&xlsx.inlined);
	g_hash_table_unref(xlsx.legacy);
	g_string_chunk_free(xlsx.names);
	return ok ? g_steal_pointer(&doc) : decoder_refuse_error("xlsx", err);
}
