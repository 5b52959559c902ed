/* engine/store/blob.c: bytes are kept under the name of their hash, whole or not at all. */
#include "scratch.h"
#include "store/store_private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static Store *
open_archive(char *dir)
{
	const StoreOptions options = { .test = true, .next_arrival = 1 };
	g_assert_true(store_create(dir, &options, NULL));
	return store_open(dir, STORE_WRITE, NULL);
}

static void
test_put(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_archive(dir);
	g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
	g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
	g_autofree char *sha256 = NULL;
	g_assert_true(blob_put(store, bytes, &sha256, NULL));
	g_assert_cmpstr(sha256, ==, ABC);
	g_assert_true(blob_put(store, bytes, NULL, NULL));
	g_assert_true(blob_put(store, empty, NULL, NULL));
	g_autofree char *path = blob_path(store, ABC);
	struct stat st;
	g_assert_cmpint(g_stat(path, &st), ==, 0);
	g_assert_cmpuint(st.st_mode & 0777, ==, 0444);
	g_assert_cmpuint(st.st_nlink, ==, 1);
	g_autoptr(GBytes) back = blob_read(store, ABC, NULL);
	g_assert_true(g_bytes_equal(bytes, back));
	g_autoptr(GPtrArray) names = blob_list(store);
	g_assert_cmpuint(names->len, ==, 2);
	g_assert_true(blob_remove(store, ABC, NULL));
	g_assert_true(blob_remove(store, ABC, NULL));
	g_autoptr(GError) error = NULL;
	g_assert_null(blob_read(store, ABC, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_NOT_FOUND);
}

/* Other bytes under the name, even as many: never taken for ours, never overwritten. */
static void
test_damaged(void)
{
	static const char *const contents[] = { "abd", "ab", "" };
	for (size_t i = 0; i < G_N_ELEMENTS(contents); i++) {
		g_autoptr(Scratch) dir = scratch_new();
		g_autoptr(Store) store = open_archive(dir);
		g_autofree char *path = blob_path(store, ABC);
		g_autofree char *shelf = g_path_get_dirname(path);
		g_mkdir(shelf, 0700);
		g_assert_true(g_file_set_contents(path, contents[i], -1, NULL));
		g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
		g_autoptr(GError) error = NULL;
		g_assert_false(blob_put(store, bytes, NULL, &error));
		g_assert_error(error, VANTHU_ERROR, ERR_FORMAT);
		g_autoptr(GBytes) left = blob_read(store, ABC, NULL);
		g_assert_cmpuint(g_bytes_get_size(left), ==, strlen(contents[i]));
	}
}

/* Half written files of processes that are gone are swept away, those of living ones stay. */
static void
test_sweep(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	store_close(open_archive(dir));
	g_autofree char *dead =
		g_build_filename(dir, "archive", "blobs", "tmp-999999999-abcdef", NULL);
	g_autofree char *living =
		g_strdup_printf("%s/archive/blobs/tmp-%d-abcdef", dir, (int)getppid());
	g_assert_true(g_file_set_contents(dead, "x", 1, NULL));
	g_assert_true(g_file_set_contents(living, "x", 1, NULL));
	g_autoptr(Store) store = store_open(dir, STORE_WRITE, NULL);
	g_assert_false(g_file_test(dead, G_FILE_TEST_EXISTS));
	g_assert_true(g_file_test(living, G_FILE_TEST_EXISTS));
	g_autoptr(GPtrArray) names = blob_list(store);
	g_assert_cmpuint(names->len, ==, 0);
}

typedef struct {
	const char *path;
	gint stop;
} Writer;

static gpointer
keep_writing(gpointer user)
{
	Writer *writer = user;
	while (!g_atomic_int_get(&writer->stop)) {
		int fd = g_open(writer->path, O_WRONLY, 0);
		g_assert_cmpint(pwrite(fd, "x", 1, 0), ==, 1);
		close(fd);
	}
	return NULL;
}

/* While somebody writes, the copy says "try again"; when he is done, it is made. */
static void
test_moving(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_archive(dir);
	g_autofree char *path = g_build_filename(dir, "moving", NULL);
	g_autofree char *big = g_strnfill(4 << 20, 'a');
	g_assert_true(g_file_set_contents(path, big, -1, NULL));
	Writer writer = { path, 0 };
	GThread *thread = g_thread_new("writer", keep_writing, &writer);
	bool refused = false;
	for (int tries = 0; !refused && tries < 100; tries++) {
		int fd = g_open(path, O_RDONLY, 0);
		g_autoptr(GError) error = NULL;
		refused = !blob_put_file(store, fd, NULL, &error);
		g_assert_true(!refused || err_code(error) == ERR_RETRY);
		close(fd);
	}
	g_atomic_int_set(&writer.stop, 1);
	g_thread_join(thread);
	g_assert_true(refused);
	int fd = g_open(path, O_RDONLY, 0);
	g_assert_true(blob_put_file(store, fd, NULL, NULL));
	close(fd);
}

/* No room: an error to retry on, no name, nothing left behind; room again: it goes on. */
static void
test_full(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_archive(dir);
	g_autofree char *big = g_strnfill(1 << 20, 'a');
	g_autoptr(GBytes) bytes = g_bytes_new(big, 1 << 20);
	struct rlimit before, small = { 4096, RLIM_INFINITY };
	getrlimit(RLIMIT_FSIZE, &before);
	small.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	g_autoptr(GError) error = NULL;
	bool put = blob_put(store, bytes, NULL, &error);
	setrlimit(RLIMIT_FSIZE, &before);
	g_assert_false(put);
	g_assert_error(error, VANTHU_ERROR, ERR_RETRY);
	g_autoptr(GPtrArray) names = blob_list(store);
	g_assert_cmpuint(names->len, ==, 0);
	g_assert_true(blob_put(store, bytes, NULL, NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/blob/put", test_put);
	g_test_add_func("/blob/damaged", test_damaged);
	g_test_add_func("/blob/sweep", test_sweep);
	g_test_add_func("/blob/moving", test_moving);
	g_test_add_func("/blob/full", test_full);
	return g_test_run();
}
