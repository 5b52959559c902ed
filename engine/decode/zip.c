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

/* "a.pdf" for the second time is "a (2).pdf": nothing may hide behind another. */
static char *
unique_name(const Doc *doc, const char *name)
{
	g_autofree char *candidate = g_strdup(name);
	for (int n = 2;; n++) {
		bool taken = false;
		for (guint i = 0; !taken && i < doc->attachments->len; i++) {
			const Attachment *other = g_ptr_array_index(doc->attachments, i);
			taken = strcmp(other->name, candidate) == 0;
		}
		if (!taken)
			return g_steal_pointer(&candidate);
		const char *slash = strrchr(name, '/');
		const char *dot = strrchr(slash ? slash : name, '.');
		int stem = (int)(dot ? (size_t)(dot - name) : strlen(name));
		g_free(candidate);
		candidate = g_strdup_printf("%.*s (%d)%s", stem, name, n, dot ? dot : "");
	}
}

static bool
attach(Doc *doc, Package *package, int index, GError **err)
{
	const PackageEntry *entry = package_entry(package, index);
	if (entry->folder || is_litter(entry->name))
		return true;
	g_autoptr(GBytes) bytes = package_read(package, index, err);
	if (!bytes)
		return false;
	g_autofree char *name =
		entry->twice ? unique_name(doc, entry->name) : g_strdup(entry->name);
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
	for (int i = 0; i < package_count(package); i++)
		if (!attach(doc, package, i, &err))
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
