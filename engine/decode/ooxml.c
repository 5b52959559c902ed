/* The parts, properties and side matters of an office package. */
#include "decode/ooxml.h"

#include "base/text.h"
#include "decode/docx_sax.h"

#include <string.h>

GBytes *
ooxml_read_part(const Ooxml *ooxml, const char *name, GError **err)
{
	int index = package_find(ooxml->package, name);
	if (index >= 0)
		return package_read(ooxml->package, index, err);
	fail(err, ERR_FORMAT, "%s", name);
	return NULL;
}

/* The same fault may be met twice: a list of relations is read for the text and for its links. */
void
ooxml_note_repaired(const Ooxml *ooxml, const char *what)
{
	g_autoptr(Finding) finding = finding_new(FINDING_REPAIRED, NULL, what);
	for (guint i = 0; i < ooxml->doc->findings->len; i++) {
		const Finding *other = g_ptr_array_index(ooxml->doc->findings, i);
		if (strcmp(other->en, finding->en) == 0)
			return;
	}
	g_ptr_array_add(ooxml->doc->findings, g_steal_pointer(&finding));
}

/* Trouble in a part that is not the text itself: read on, and say so. Too much of anything and
 * trickery still refuse the whole. */
bool
ooxml_pass_over(const Ooxml *ooxml, GError *err, GError **ret_err)
{
	if (err_code(err) != ERR_FORMAT) {
		g_propagate_error(ret_err, err);
		return false;
	}
	ooxml_note_repaired(ooxml, err->message);
	g_error_free(err);
	return true;
}

/* ---- properties ---------------------------------------------------------------------------- */

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

bool
ooxml_read_meta(const Ooxml *ooxml, GError **err)
{
	static const char *const parts[] = { "docProps/core.xml", "docProps/app.xml" };
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		GError *failure = NULL;
		if (package_find(ooxml->package, parts[i]) < 0)
			continue;
		g_autoptr(GBytes) bytes = ooxml_read_part(ooxml, parts[i], &failure);
		if (!bytes ||
			!sax_parse(bytes, parts[i], meta_elements, ooxml->doc, ooxml->limits,
				&failure))
			if (!ooxml_pass_over(ooxml, failure, err))
				return false;
	}
	return true;
}

bool
ooxml_refuse_twins(const Ooxml *ooxml, GError **err)
{
	for (int i = 0; i < package_count(ooxml->package); i++) {
		const PackageEntry *entry = package_entry(ooxml->package, i);
		if (entry->twice && !entry->folder)
			return fail(err, ERR_DENIED, "ZIP: 2 × %s", entry->name);
	}
	return true;
}

/* ---- what is told of and never opened ------------------------------------------------------ */

/* Parts that are told of and never opened. */
void
ooxml_note_entries(const Ooxml *ooxml)
{
	static const struct {
		const char *piece;
		FindingId id;
	} rows[] = {
		{ "vbaProject.bin", FINDING_MACROS },
		{ "/embeddings/", FINDING_EMBEDDED_OBJECT },
		{ "/activeX/", FINDING_EMBEDDED_OBJECT },
		{ "xl/macrosheets/", FINDING_MACROS },
		{ "xl/connections.xml", FINDING_EXTERNAL_LINK },
		{ "_xmlsignatures/sig", FINDING_PDF_SIGNED },
	};
	for (int i = 0; i < package_count(ooxml->package); i++) {
		const PackageEntry *entry = package_entry(ooxml->package, i);
		for (size_t k = 0; !entry->folder && k < G_N_ELEMENTS(rows); k++)
			if (strstr(entry->name, rows[k].piece) && !strstr(entry->name, "_rels/"))
				findings_add(ooxml->doc->findings, rows[k].id, NULL, entry->name);
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
 * Word when the file is opened. A workbook that takes values from another one: wherever it lies. */
static bool
is_quiet(const Relation *relation)
{
	return !relation->external || strcmp(relation->type, "hyperlink") == 0 ||
		(is_local(relation->target) && strcmp(relation->type, "externalLinkPath") != 0);
}

static void
note_links(const Ooxml *ooxml, const GPtrArray *relations)
{
	for (guint i = 0; i < relations->len; i++) {
		const Relation *relation = g_ptr_array_index(relations, i);
		if (is_quiet(relation))
			continue;
		g_autofree char *clean = text_clean(relation->target, strlen(relation->target));
		g_autofree char *detail = g_strdup_printf("%s: %s", relation->type, clean);
		findings_add(ooxml->doc->findings, FINDING_EXTERNAL_LINK, NULL, detail);
	}
}

/* Of every part: a template that is fetched from outside hangs on word/settings.xml. */
bool
ooxml_note_links(const Ooxml *ooxml, GError **err)
{
	for (int i = 0; i < package_count(ooxml->package); i++) {
		const char *name = package_entry(ooxml->package, i)->name;
		const char *folder = strstr(name, "_rels/");
		if (!folder || !g_str_has_suffix(name, ".rels"))
			continue;
		const char *base = folder + strlen("_rels/");
		g_autofree char *part = g_strdup_printf("%.*s%.*s", (int)(folder - name), name,
			(int)(strlen(base) - strlen(".rels")), base);
		GError *failure = NULL;
		g_autoptr(GPtrArray) relations =
			relations_read(ooxml->package, part, ooxml->limits, &failure);
		if (relations)
			note_links(ooxml, relations);
		else if (!ooxml_pass_over(ooxml, failure, err))
			return false;
	}
	return true;
}
