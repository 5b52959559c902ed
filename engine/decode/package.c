/* Bytes of a ZIP into its entries, by libzip, within limits. */
#include "decode/package.h"

#include "base/buf.h"
#include "base/text.h"
#include "decode/package_names.h"

#include <string.h>
#include <zip.h>

#define CHUNK 16384
#define PROMISE_MAX ((size_t)1024 * 1024) /* of what a header promises: it may lie */
#define RATIO_FROM ((size_t)1024 * 1024)  /* small entries may be packed as tightly as they like */

struct Package {
	GBytes *bytes;
	const Limits *limits;
	zip_t *zip;
	GPtrArray *entries;  /* of PackageEntry */
	GHashTable *by_name; /* folded name to index + 1 */
	size_t inflated;
};

static void
entry_free(gpointer data)
{
	PackageEntry *entry = data;
	g_free(entry->name);
	g_free(entry);
}

void
package_free(Package *package)
{
	if (!package)
		return;
	if (package->zip)
		zip_discard(package->zip);
	g_clear_pointer(&package->entries, g_ptr_array_unref);
	g_clear_pointer(&package->by_name, g_hash_table_unref);
	g_bytes_unref(package->bytes);
	g_free(package);
}

static bool
open_zip(Package *package, GError **err)
{
	size_t size;
	const void *data = g_bytes_get_data(package->bytes, &size);
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(data, size, 0, &error);
	package->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (!package->zip) {
		fail(err, ERR_FORMAT, "ZIP: %s", zip_error_strerror(&error));
		if (source)
			zip_source_free(source);
	}
	zip_error_fini(&error);
	return package->zip != NULL;
}

/* A name that would leave the folder it is unpacked in. */
static bool
leads_out(const char *name)
{
	if (*name == '/' || (g_ascii_isalpha(*name) && name[1] == ':'))
		return true;
	g_auto(GStrv) steps = g_strsplit(name, "/", -1);
	return g_strv_contains((const char *const *)steps, "..");
}

/* Word and others write a leading slash now and then; any other absolute name is a trick. */
static char *
clean_name(zip_t *zip, zip_uint64_t index)
{
	const char *raw = zip_get_name(zip, index, ZIP_FL_ENC_RAW);
	g_autofree char *decoded = package_name_decode(raw ? raw : "");
	g_autofree char *clean = text_clean(decoded, strlen(decoded));
	g_strdelimit(clean, "\\\n\t", '/');
	return g_strdup(*clean == '/' && clean[1] != '/' ? clean + 1 : clean);
}

static bool
add_entry(Package *package, zip_uint64_t index, GError **err)
{
	PackageEntry *entry = g_new0(PackageEntry, 1);
	g_ptr_array_add(package->entries, entry);
	entry->name = clean_name(package->zip, index);
	if (leads_out(entry->name))
		return fail(err, ERR_DENIED, "ZIP: %s", entry->name);
	entry->folder = !*entry->name || g_str_has_suffix(entry->name, "/");
	char *key = g_utf8_casefold(entry->name, -1);
	entry->twice = g_hash_table_contains(package->by_name, key);
	if (entry->twice)
		g_free(key);
	else
		g_hash_table_insert(package->by_name, key, GUINT_TO_POINTER((guint)index + 1));
	return true;
}

Package *
package_open(GBytes *bytes, const Limits *limits, GError **err)
{
	g_autoptr(Package) package = g_new0(Package, 1);
	package->bytes = g_bytes_ref(bytes);
	package->limits = limits;
	if (!open_zip(package, err))
		return NULL;
	if (package_names_hold_nul(bytes)) {
		fail(err, ERR_DENIED, "ZIP: \\0");
		return NULL;
	}
	zip_int64_t count = zip_get_num_entries(package->zip, 0);
	if (count > limits->entries) {
		fail(err, ERR_LIMIT, "ZIP: %d > %d", (int)MIN(count, G_MAXINT), limits->entries);
		return NULL;
	}
	package->entries = g_ptr_array_new_with_free_func(entry_free);
	package->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (zip_int64_t i = 0; i < count; i++)
		if (!add_entry(package, (zip_uint64_t)i, err))
			return NULL;
	return g_steal_pointer(&package);
}

int
package_count(const Package *package)
{
	return (int)package->entries->len;
}

const PackageEntry *
package_entry(const Package *package, int index)
{
	return g_ptr_array_index(package->entries, (guint)index);
}

int
package_find(const Package *package, const char *name)
{
	g_autofree char *key = g_utf8_casefold(*name == '/' ? name + 1 : name, -1);
	return (int)GPOINTER_TO_UINT(g_hash_table_lookup(package->by_name, key)) - 1;
}

/* After every chunk: is this still what an honest file would hold? */
static bool
check_size(const Package *package, const char *name, size_t size, size_t packed, GError **err)
{
	const Limits *limits = package->limits;
	if (size > RATIO_FROM && size / limits->ratio > packed)
		return fail(err, ERR_LIMIT, "%s: %zu : %zu", name, size, packed);
	if (package->inflated + size > limits->total_bytes)
		return fail(err, ERR_LIMIT, "ZIP > %zu", limits->total_bytes);
	return true;
}

/* What the header promises is read in one piece, into its place. 0 = nothing, -1 = broken. */
static zip_int64_t
read_promised(zip_file_t *file, size_t promised, Buf *buf)
{
	size_t size = MIN(promised, MIN(PROMISE_MAX, buf->limit));
	char *space = buf_space(buf, size);
	zip_int64_t n = space ? zip_fread(file, space, size) : 0;
	if (n > 0)
		buf_wrote(buf, (size_t)n);
	return n;
}

static bool
inflate(Package *package, zip_file_t *file, const char *name, size_t promised, size_t packed,
	Buf *buf, GError **err)
{
	char chunk[CHUNK];
	zip_int64_t n = read_promised(file, promised, buf);
	if (!check_size(package, name, buf->size, packed, err))
		return false;
	while (n >= 0 && (n = zip_fread(file, chunk, sizeof chunk)) > 0) {
		if (!buf_add(buf, chunk, (size_t)n))
			return fail(err, ERR_LIMIT, "%s > %zu", name, buf->limit);
		if (!check_size(package, name, buf->size, packed, err))
			return false;
	}
	package->inflated += buf->size;
	if (n < 0)
		return fail(err, ERR_FORMAT, "%s: %s", name, zip_file_strerror(file));
	return true;
}

GBytes *
package_read(Package *package, int index, GError **err)
{
	const char *name = package_entry(package, index)->name;
	zip_stat_t stat;
	if (zip_stat_index(package->zip, (zip_uint64_t)index, 0, &stat) != 0) {
		fail(err, ERR_FORMAT, "%s: %s", name, zip_strerror(package->zip));
		return NULL;
	}
	if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
		fail(err, ERR_UNSUPPORTED, "%s", name);
		return NULL;
	}
	zip_file_t *file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
	if (!file) {
		fail(err, ERR_FORMAT, "%s: %s", name, zip_strerror(package->zip));
		return NULL;
	}
	/* The header may say that much was packed; no more than the file itself can be. */
	size_t packed = MIN((size_t)stat.comp_size, g_bytes_get_size(package->bytes));
	g_auto(Buf) buf;
	buf_init(&buf, package->limits->entry_bytes);
	bool ok = inflate(package, file, name, (size_t)stat.size, packed, &buf, err);
	zip_fclose(file);
	return ok ? buf_take(&buf) : NULL;
}
