/* A ZIP to a Doc: read as DOCX or XLSX when it is one, else its files become attachments. */
#include "decode/zip.h"

#include "decode/decoder.h"
#include "decode/docx.h"
#include "decode/package.h"
#include "decode/xlsx.h"

#include <string.h>

/* What systems leave behind in a folder, and Word's lock files: no document of anybody. */
static bool
is_litter(const char *name)
{
	static const char *const files[] = { ".DS_Store", "Thumbs.db", "desktop.ini", NULL };
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	return g_str_has_prefix(name, "__MACOSX/") || g_str_has_prefix(base, "~$") ||
		g_str_has_prefix(base, "._") || g_strv_contains(files, base);
}

/* "a.pdf" for the second time is "a (2).pdf": nothing may hide behind another. Caller owns; it is
 * added to `taken`. */
static char *
unique_name(GHashTable *taken, const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *dot = strrchr(slash ? slash : name, '.');
	int stem = (int)(dot ? (size_t)(dot - name) : strlen(name));
	char *candidate = g_strdup(name);
	for (guint n = g_hash_table_size(taken) + 1; g_hash_table_contains(taken, candidate); n++) {
		g_free(candidate);
		candidate = g_strdup_printf("%.*s (%u)%s", stem, name, n, dot ? dot : "");
	}
	g_hash_table_add(taken, g_strdup(candidate));
	return candidate;
}

static bool
attach(Doc *doc, GHashTable *taken, Package *package, int index, GError **err)
{
	const PackageEntry *entry = package_entry(package, index);
	if (entry->folder || is_litter(entry->name))
		return true;
	g_autoptr(GBytes) bytes = package_read(package, index, err);
	if (!bytes)
		return false;
	g_autofree char *name = unique_name(taken, entry->name);
	if (entry->twice)
		findings_add(doc->findings, FINDING_REPAIRED, NULL, entry->name);
	doc_add_attachment(doc, name, "", bytes);
	return true;
}

static Doc *
read_dossier(Package *package)
{
	g_autoptr(Doc) doc = doc_new("zip");
	g_autoptr(GError) err = NULL;
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (int i = 0; i < package_count(package); i++)
		if (!attach(doc, taken, package, i, &err))
			return decoder_refuse_error("zip", err);
	if (!doc->attachments->len)
		return decoder_refuse("zip", FINDING_EMPTY_FILE, NULL);
	return g_steal_pointer(&doc);
}

/* Other office files are ZIPs as well; to unpack them into a "dossier" of XML helps nobody. */
static const char *
foreign_office(const Package *package)
{
	static const struct {
		const char *entry, *name;
	} rows[] = {
		{ "xl/workbook.bin", "XLSB" },
		{ "ppt/presentation.xml", "PPTX" },
		{ "content.xml", "ODF" },
		{ "META-INF/container.xml", "EPUB" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (package_find(package, rows[i].entry) >= 0)
			return rows[i].name;
	return NULL;
}

Doc *
zip_read_doc(GBytes *bytes, const Limits *limits)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(Package) package = package_open(bytes, limits, &err);
	if (!package)
		return decoder_refuse_error("zip", err);
	if (docx_is(package))
		return docx_read(package, limits);
	if (xlsx_is(package, limits))
		return xlsx_read(package, limits);
	const char *foreign = foreign_office(package);
	if (foreign)
		return decoder_refuse(foreign, FINDING_UNKNOWN_FORMAT, foreign);
	return read_dossier(package);
}
