/*
 * Blobs: bytes kept for good under the name of their SHA-256.
 *
 *	write archive/blobs/tmp-PID-XXXXXX → fsync → link as ab/cdef… → unlink the first name
 *	before the commit of the rows that refer to it: fsync the folder of the name
 *
 * A crash leaves at most a blob or a tmp- file that nobody refers to; the next writer takes tmp-
 * files away. The names of one transaction are synced together, which the disk does at once. A name
 * that is there already holds the same bytes, or the archive is damaged: they are compared.
 */
#include "store/store_private.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
blobs_folder(Store *store)
{
	return g_build_filename(store->dir, "archive", "blobs", NULL);
}

char *
blob_path(Store *store, const char *sha256)
{
	g_autofree char *shelf = g_strndup(sha256, 2);
	return g_build_filename(
		store->dir, "archive", "blobs", shelf, sha256 + MIN(2, strlen(sha256)), NULL);
}

static bool
same_content(const char *a, const char *b)
{
	g_autoptr(GMappedFile) one = g_mapped_file_new(a, FALSE, NULL);
	g_autoptr(GMappedFile) two = g_mapped_file_new(b, FALSE, NULL);
	if (!one || !two || g_mapped_file_get_length(one) != g_mapped_file_get_length(two))
		return false;
	gsize size = g_mapped_file_get_length(one);
	return !size ||
		memcmp(g_mapped_file_get_contents(one), g_mapped_file_get_contents(two), size) == 0;
}

static void
sync_later(Store *store, const char *folder)
{
	if (!g_hash_table_contains(store->unsynced, folder))
		g_hash_table_add(store->unsynced, g_strdup(folder));
}

bool
blob_sync(Store *store, GError **err)
{
	GHashTableIter folders;
	gpointer folder;
	g_hash_table_iter_init(&folders, store->unsynced);
	while (g_hash_table_iter_next(&folders, &folder, NULL)) {
		if (!folder_sync(folder, err))
			return false;
		g_hash_table_iter_remove(&folders);
	}
	return true;
}

static bool
make_shelf(Store *store, const char *shelf, GError **err)
{
	if (mkdir(shelf, 0700) == 0) {
		g_autofree char *parent = g_path_get_dirname(shelf);
		sync_later(store, parent);
	} else if (errno != EEXIST) {
		return file_fail(err, _("making"), shelf);
	}
	sync_later(store, shelf);
	return true;
}

/* Gives the finished temporary file its name. */
static bool
settle(Store *store, const char *temporary, const char *sha256, GError **err)
{
	g_autofree char *path = blob_path(store, sha256);
	g_autofree char *shelf = g_path_get_dirname(path);
	if (!make_shelf(store, shelf, err))
		return false;
	bool linked = link(temporary, path) == 0;
	if (!linked && errno != EEXIST)
		return file_fail(err, _("keeping"), path);
	if (!linked && !same_content(temporary, path))
		return fail(err, ERR_FORMAT,
			_("the archive is damaged: '%s' does not hold what its name says"), path);
	return true;
}

typedef bool (*Filler)(int fd, GChecksum *sum, const char *path, void *user, GError **err);

static bool
put(Store *store, Filler filler, void *user, char **ret_sha256, GError **err)
{
	g_autofree char *folder = blobs_folder(store);
	g_autofree char *temporary = g_strdup_printf("%s/tmp-%d-XXXXXX", folder, (int)getpid());
	int fd = g_mkstemp_full(temporary, O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_fail(err, _("making"), temporary);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	bool done = filler(fd, sum, temporary, user, err);
	if (done && (fchmod(fd, 0444) != 0 || fsync(fd) != 0))
		done = file_fail(err, _("syncing"), temporary);
	close(fd);
	const char *sha256 = g_checksum_get_string(sum);
	done = done && settle(store, temporary, sha256, err);
	unlink(temporary);
	if (done && ret_sha256)
		*ret_sha256 = g_strdup(sha256);
	g_checksum_free(sum);
	return done;
}

static bool
fill_from_bytes(int fd, GChecksum *sum, const char *path, void *user, GError **err)
{
	gsize size;
	const char *data = g_bytes_get_data(user, &size);
	g_checksum_update(sum, (const guchar *)data, (gssize)size);
	return file_write_all(fd, data, size, path, err);
}

bool
blob_put(Store *store, GBytes *bytes, char **ret_sha256, GError **err)
{
	g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	g_autofree char *path = blob_path(store, sha256);
	/* kept already: a name means durable bytes, since the link comes after the sync; the name
	 * itself may be as new as a crash ago */
	if (!file_holds(path, bytes))
		return put(store, fill_from_bytes, bytes, ret_sha256, err);
	g_autofree char *shelf = g_path_get_dirname(path);
	sync_later(store, shelf);
	if (ret_sha256)
		*ret_sha256 = g_steal_pointer(&sha256);
	return true;
}

static bool
moved(const struct stat *before, const struct stat *after)
{
	return before->st_size != after->st_size ||
		before->st_mtim.tv_sec != after->st_mtim.tv_sec ||
		before->st_mtim.tv_nsec != after->st_mtim.tv_nsec;
}

static bool
fill_from_file(int fd, GChecksum *sum, const char *path, void *user, GError **err)
{
	int from = *(const int *)user;
	char chunk[65536];
	struct stat before, after;
	if (fstat(from, &before) != 0 || lseek(from, 0, SEEK_SET) < 0)
		return file_fail(err, _("reading for"), path);
	ssize_t n = 0;
	/* a file that grows as fast as it is read would never end */
	for (off_t left = before.st_size; left >= 0 && (n = read(from, chunk, sizeof chunk)) > 0;
		left -= n) {
		g_checksum_update(sum, (const guchar *)chunk, n);
		if (!file_write_all(fd, chunk, (size_t)n, path, err))
			return false;
	}
	if (n < 0 || fstat(from, &after) != 0)
		return file_fail(err, _("reading for"), path);
	if (moved(&before, &after))
		return fail(err, ERR_RETRY, _("the file is still being written"));
	return true;
}

bool
blob_put_file(Store *store, int fd, char **ret_sha256, GError **err)
{
	return put(store, fill_from_file, &fd, ret_sha256, err);
}

GBytes *
blob_read(Store *store, const char *sha256, GError **err)
{
	g_autofree char *path = blob_path(store, sha256);
	g_autoptr(GError) error = NULL;
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &error);
	if (!file) {
		fail(err, ERR_NOT_FOUND, _("no blob '%s' in the archive"), sha256);
		return NULL;
	}
	return g_mapped_file_get_bytes(file);
}

bool
blob_remove(Store *store, const char *sha256, GError **err)
{
	g_autofree char *path = blob_path(store, sha256);
	g_autofree char *shelf = g_path_get_dirname(path);
	if (unlink(path) != 0 && errno != ENOENT)
		return file_fail(err, _("removing"), path);
	/* what was inside of a file may never have come here */
	return !g_file_test(shelf, G_FILE_TEST_IS_DIR) || folder_sync(shelf, err);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *
blob_list(Store *store)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *folder = blobs_folder(store);
	g_autoptr(GDir) shelves = g_dir_open(folder, 0, NULL);
	for (const char *shelf; shelves && (shelf = g_dir_read_name(shelves));) {
		g_autofree char *path = g_build_filename(folder, shelf, NULL);
		g_autoptr(GDir) files = strlen(shelf) == 2 ? g_dir_open(path, 0, NULL) : NULL;
		for (const char *file; files && (file = g_dir_read_name(files));)
			g_ptr_array_add(names, g_strconcat(shelf, file, NULL));
	}
	g_ptr_array_sort(names, by_name);
	return names;
}

static bool
is_alive(const char *temporary_name)
{
	int pid = atoi(temporary_name + strlen("tmp-"));
	return pid > 0 && (kill(pid, 0) == 0 || errno != ESRCH);
}

void
blob_sweep(Store *store)
{
	g_autofree char *folder = blobs_folder(store);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (g_str_has_prefix(name, "tmp-") && !is_alive(name))
			g_unlink(path);
	}
}
