/* engine/base/file.c: old bytes or new bytes, nothing in between and nothing left behind. */
#include "base/file.h"
#include "scratch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static guint
names_in(const char *folder)
{
	guint n = 0;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	while (g_dir_read_name(dir))
		n++;
	return n;
}

static void
test_write(void)
{
	static const struct {
		const char *bytes;
		int mode;
	} rows[] = { { "one", 0644 }, { "", 0600 }, { "a longer one than before", 0444 },
		{ "x", 0644 } };
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *path = g_build_filename(dir, "tờ trình.html", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].bytes, strlen(rows[i].bytes));
		g_autoptr(GError) error = NULL;
		g_assert_false(file_holds(path, bytes));
		g_assert_true(file_write(path, bytes, rows[i].mode, &error));
		g_assert_no_error(error);
		g_assert_true(file_holds(path, bytes));
		struct stat st;
		g_assert_cmpint(g_stat(path, &st), ==, 0);
		g_assert_cmpint(st.st_mode & 0777, ==, rows[i].mode);
		g_assert_cmpuint(names_in(dir), ==, 1);
	}
}

/* What a killed writer left, even longer than the new bytes, is used up. */
static void
test_left_over(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *path = g_build_filename(dir, "a", NULL);
	g_autofree char *left = g_build_filename(dir, ".a.new", NULL);
	g_assert_true(g_file_set_contents(left, "half of something long", -1, NULL));
	g_autoptr(GBytes) bytes = g_bytes_new_static("new", 3);
	g_assert_true(file_write(path, bytes, 0644, NULL));
	g_assert_true(file_holds(path, bytes));
	g_assert_cmpuint(names_in(dir), ==, 1);
}

static void
test_full(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *path = g_build_filename(dir, "a", NULL);
	g_autofree char *big = g_strnfill(1 << 20, 'a');
	g_autoptr(GBytes) old = g_bytes_new_static("old", 3);
	g_autoptr(GBytes) new = g_bytes_new(big, 1 << 20);
	g_assert_true(file_write(path, old, 0644, NULL));
	struct rlimit before, small;
	getrlimit(RLIMIT_FSIZE, &before);
	small = (struct rlimit){ 4096, before.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	g_autoptr(GError) error = NULL;
	bool written = file_write(path, new, 0644, &error);
	setrlimit(RLIMIT_FSIZE, &before);
	g_assert_false(written);
	g_assert_error(error, VANTHU_ERROR, ERR_RETRY);
	g_assert_true(file_holds(path, old));
	g_assert_cmpuint(names_in(dir), ==, 1);
}

/* Two processes write the same file many times: it is always one of the two. */
static void
test_together(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *path = g_build_filename(dir, "a", NULL);
	g_autofree char *many = g_strnfill(40000, 'b');
	GBytes *const bytes[] = { g_bytes_new_static("aaaa", 4), g_bytes_new(many, 40000) };
	pid_t child = fork();
	for (int i = 0; i < 60; i++) {
		g_autofree char *found = NULL;
		if (!file_write(path, bytes[child == 0], 0644, NULL) ||
			!g_file_get_contents(path, &found, NULL, NULL) ||
			(strcmp(found, "aaaa") != 0 && strcmp(found, many) != 0)) {
			if (child == 0)
				_exit(1);
			g_assert_not_reached();
		}
	}
	if (child == 0)
		_exit(0);
	int status;
	waitpid(child, &status, 0);
	g_assert_cmpint(status, ==, 0);
	g_assert_cmpuint(names_in(dir), ==, 1);
	g_bytes_unref(bytes[0]);
	g_bytes_unref(bytes[1]);
}

static void
test_folder(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *deep = g_build_filename(dir, "a", "b", "c", NULL);
	g_autofree char *file = g_build_filename(dir, "a", "file", NULL);
	g_autofree char *below = g_build_filename(file, "d", NULL);
	g_autofree char *nowhere = g_build_filename(dir, "none", "x", NULL);
	g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
	g_assert_true(folder_make(deep, NULL));
	g_assert_true(folder_make(deep, NULL));
	g_assert_true(file_write(file, bytes, 0644, NULL));
	g_autoptr(GError) error = NULL, missing = NULL;
	g_assert_false(folder_make(below, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_NOT_FOUND);
	g_assert_false(file_write(nowhere, bytes, 0644, &missing));
	g_assert_error(missing, VANTHU_ERROR, ERR_NOT_FOUND);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/file/write", test_write);
	g_test_add_func("/file/left-over", test_left_over);
	g_test_add_func("/file/full", test_full);
	g_test_add_func("/file/together", test_together);
	g_test_add_func("/file/folder", test_folder);
	return g_test_run();
}
