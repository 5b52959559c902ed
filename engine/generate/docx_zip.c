/*
 * A DOCX package in memory, over libzip. A replaced entry is deleted and added: zip_file_replace of
 * libzip 1.7.3 forgets the compression level.
 */
#include "generate/docx_zip.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { COMPRESSION = 6, MAX_TEXT = 16 * 1024 * 1024 }; /* of all parts that hold tags */
/* 1980-01-01 00:00:00 as MS-DOS has it. */
enum { DOS_TIME = 0, DOS_DATE = 0x21 };

void
docx_entry_free(gpointer data)
{
	DocxEntry *entry = data;
	g_string_free(entry->text, TRUE);
	g_free(entry);
}

/* Word itself calls it word/document.xml, some services of its maker word/document2.xml. */
#define MAIN_PART "word/document"

static bool
may_hold_tags(const char *name)
{
	static const char *const starts[] = { MAIN_PART, "word/header", "word/footer",
		"word/footnotes.xml", "word/endnotes.xml" };
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(name, starts[i]) && g_str_has_suffix(name, ".xml"))
			return true;
	return false;
}

/* The archive over a copy of the bytes; *ret_source is kept for reading the result back. */
static zip_t *
open_package(GBytes *package, zip_source_t **ret_source, GError **err)
{
	gsize size;
	const char *data = g_bytes_get_data(package, &size);
	zip_error_t error;
	zip_error_init(&error);
	char *copy = malloc(size); /* libzip frees it with free() */
	memcpy(copy, data, size);
	zip_source_t *source = zip_source_buffer_create(copy, size, 1, &error);
	zip_t *archive = source ? zip_open_from_source(source, 0, &error) : NULL;
	if (archive) {
		zip_source_keep(source);
		*ret_source = source;
	} else {
		fail(err, ERR_FORMAT, _("no DOCX package: %s"), zip_error_strerror(&error));
		zip_source_free(source);
	}
	zip_error_fini(&error);
	return archive;
}

/* All of an entry; NULL when it is not what the package says: the read at its end checks its sum. */
static char *
read_entry(zip_t *archive, zip_uint64_t index, size_t size)
{
	char beyond;
	zip_file_t *file = zip_fopen_index(archive, index, 0);
	g_autofree char *text = g_malloc0(size + 1);
	bool read = file && zip_fread(file, text, size) == (zip_int64_t)size &&
		zip_fread(file, &beyond, 1) == 0;
	if (file)
		zip_fclose(file);
	return read ? g_steal_pointer(&text) : NULL;
}

typedef struct {
	DocxVisit visit;
	void *user;
	size_t left;	/* bytes that may still be read */
	bool main_seen; /* the document itself */
} Visiting;

static bool
visit_entry(zip_t *archive, zip_uint64_t index, Visiting *visiting, GError **err)
{
	zip_stat_t st;
	if (zip_stat_index(archive, index, 0, &st) != 0 || !st.name || !may_hold_tags(st.name))
		return true;
	if (st.size > visiting->left)
		return fail(err, ERR_LIMIT, _("'%s' is too large"), st.name);
	visiting->left -= st.size;
	visiting->main_seen = visiting->main_seen || g_str_has_prefix(st.name, MAIN_PART);
	g_autofree char *text = read_entry(archive, index, st.size);
	if (!text)
		return fail(err, ERR_FORMAT, _("'%s' can't be read"), st.name);
	return visiting->visit(st.name, text, st.size, visiting->user, err);
}

bool
docx_zip_read(GBytes *package, DocxVisit visit, void *user, GError **err)
{
	zip_source_t *source;
	zip_t *archive = open_package(package, &source, err);
	if (!archive)
		return false;
	bool good = true;
	Visiting visiting = { visit, user, MAX_TEXT, false };
	zip_int64_t n = zip_get_num_entries(archive, 0);
	for (zip_int64_t i = 0; good && i < n; i++)
		good = visit_entry(archive, (zip_uint64_t)i, &visiting, err);
	if (good && !visiting.main_seen)
		good = fail(err, ERR_FORMAT, _("no DOCX package: %s"), MAIN_PART ".xml");
	zip_discard(archive);
	zip_source_free(source);
	return good;
}

static bool
replace_entry(zip_t *archive, const DocxEntry *entry)
{
	zip_int64_t old = zip_name_locate(archive, entry->name, 0);
	zip_source_t *source = zip_source_buffer(archive, entry->text->str, entry->text->len, 0);
	if (old >= 0 && zip_delete(archive, (zip_uint64_t)old) != 0)
		return false;
	zip_int64_t added =
		source ? zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (added < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(
		       archive, (zip_uint64_t)added, ZIP_CM_DEFLATE, COMPRESSION) == 0 &&
		zip_file_set_dostime(archive, (zip_uint64_t)added, DOS_TIME, DOS_DATE, 0) == 0;
}

static GBytes *
read_back(zip_source_t *source)
{
	zip_stat_t st;
	if (zip_source_stat(source, &st) != 0 || zip_source_open(source) != 0)
		return NULL;
	char *data = g_malloc(st.size);
	bool read = zip_source_read(source, data, st.size) == (zip_int64_t)st.size;
	zip_source_close(source);
	if (read)
		return g_bytes_new_take(data, st.size);
	g_free(data);
	return NULL;
}

GBytes *
docx_zip_write(GBytes *package, GPtrArray *entries, GError **err)
{
	zip_source_t *source;
	zip_t *archive = open_package(package, &source, err);
	if (!archive)
		return NULL;
	bool good = true;
	for (guint i = 0; good && i < entries->len; i++)
		good = replace_entry(archive, g_ptr_array_index(entries, i));
	if (!good || zip_close(archive) != 0) {
		fail(err, ERR_LIBRARY, _("writing a DOCX: %s"), zip_strerror(archive));
		zip_discard(archive);
		zip_source_free(source);
		return NULL;
	}
	GBytes *bytes = read_back(source);
	zip_source_free(source);
	if (!bytes)
		fail(err, ERR_LIBRARY, _("writing a DOCX: %s"), "read");
	return bytes;
}
