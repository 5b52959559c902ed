/*
 * engine/base/walls.c: the real helper programs try their own walls, here and on kernels that lack
 * one. `test_walls --without WHAT PROGRAM…` starts a program on such a kernel, for shell tests.
 */
#include "base/walls.h"

#include "base/helper.h"
#include "without.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const sandboxed[] = { "vanthu-decode", "vanthu-decode-pdf", "vanthu-signatures",
	"vanthu-ocr", "vanthu-draw" };

/* The walls that stand open around a helper, as words; NULL with *err. */
static char *
ask_walls(const char *name, WallsKind kind, GError **err)
{
	g_autofree char *path = g_build_filename(g_getenv("BUILD"), name, NULL);
	const HelperPolicy policy = helper_policy(&limits_default);
	g_autoptr(Helper) helper = helper_new(path, &policy);
	g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);
	g_autoptr(GBytes) reply = NULL;
	if (!helper_call(helper, HELPER_WALLS, nothing, &reply, NULL, err))
		return NULL;
	gsize size;
	const char *report = g_bytes_get_data(reply, &size);
	g_autoptr(GPtrArray) open = walls_open(kind, report, size);
	GString *names = g_string_new(NULL);
	for (guint i = 0; i < open->len; i++)
		g_string_append_printf(
			names, "%s%s", i ? " " : "", (char *)g_ptr_array_index(open, i));
	return g_string_free(names, FALSE);
}

static void
test_helpers(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sandboxed); i++) {
		g_autoptr(GError) err = NULL;
		g_autofree char *open = ask_walls(sandboxed[i], WALLS_SANDBOX, &err);
		g_assert_no_error(err);
		g_test_message("%s: %s", sandboxed[i], open);
		g_assert_cmpstr(open, ==, "");
	}
}

static void
test_convert(void)
{
	g_autoptr(GError) err = NULL;
	g_autofree char *open = ask_walls("vanthu-convert", WALLS_CONFINE, &err);
	if (!open && err_code(err) == ERR_UNSUPPORTED) {
		g_test_skip("NO NAMESPACES HERE");
		return;
	}
	g_assert_no_error(err);
	g_assert_cmpstr(open, ==, "");
}

/* Runs a part of this test in a process of its own; its exit status is the number of failures. */
static void
in_child(void (*part)(const char *), const char *what)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		part(what);
		_exit(0);
	}
	int status = -1;
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(status, ==, 0);
}

/* Where there are no walls every attempt succeeds: otherwise they would prove nothing. */
static void
try_without_walls(const char *what)
{
	(void)what;
	g_autoptr(GString) report = g_string_new(NULL);
	walls_try(WALLS_SANDBOX, report);
	g_autoptr(GPtrArray) open = walls_open(WALLS_SANDBOX, report->str, report->len);
	g_auto(GStrv) lines = g_strsplit(report->str, "\n", -1);
	g_assert_cmpuint(open->len, >, 3);
	for (guint i = 0; lines[i] && *lines[i]; i++) {
		/* what a container or an administrator may have shut already */
		bool may_be_shut = g_str_has_prefix(lines[i], "limits ") ||
			g_str_has_prefix(lines[i], "kernel ") ||
			g_str_has_prefix(lines[i], "tracing ");
		if (!may_be_shut && !g_str_has_suffix(lines[i], " open"))
			g_error("%s", lines[i]);
	}
}

static void
test_attempts(void)
{
	in_child(try_without_walls, NULL);
}

static void
expect_open(const char *name, const char *wanted)
{
	g_autoptr(GError) err = NULL;
	g_autofree char *open = ask_walls(name, WALLS_SANDBOX, &err);
	g_assert_no_error(err);
	g_assert_cmpstr(open, ==, wanted);
}

/* An older kernel: reading is open, and nothing else. */
static void
try_without_landlock(const char *what)
{
	g_assert_true(go_without(what));
	for (size_t i = 0; i < G_N_ELEMENTS(sandboxed); i++)
#ifndef VANTHU_SANITIZE
		expect_open(sandboxed[i], "read read-process");
#else
		expect_open(sandboxed[i], "read read-process write write-temporary");
#endif
}

static void
test_without_landlock(void)
{
	in_child(try_without_landlock, "landlock");
}

#ifndef VANTHU_SANITIZE
/* Without seccomp landlock and the limits hold; the report tells what does not. */
static void
try_without_seccomp(const char *what)
{
	static const char *const hold[] = { "read", "read-process", "write", "write-temporary",
		"limits", "memory" };
	g_assert_true(go_without(what));
	g_autoptr(GError) err = NULL;
	g_autofree char *open = ask_walls("vanthu-decode", WALLS_SANDBOX, &err);
	g_assert_no_error(err);
	g_auto(GStrv) names = g_strsplit(open, " ", -1);
	g_assert_true(g_strv_contains((const char *const *)names, "network"));
	g_assert_true(g_strv_contains((const char *const *)names, "programs"));
	for (size_t i = 0; i < G_N_ELEMENTS(hold); i++)
		g_assert_false(g_strv_contains((const char *const *)names, hold[i]));
}

static void
test_without_seccomp(void)
{
	in_child(try_without_seccomp, "seccomp");
}
#endif

/* No namespaces: LibreOffice is not started at all. */
static void
try_without_namespaces(const char *what)
{
	g_assert_true(go_without(what));
	g_autoptr(GError) err = NULL;
	g_assert_null(ask_walls("vanthu-convert", WALLS_CONFINE, &err));
	g_assert_cmpint((int)err_code(err), ==, (int)ERR_UNSUPPORTED);
}

static void
test_without_namespaces(void)
{
	in_child(try_without_namespaces, "namespaces");
}

/* What is not said is not believed. */
static void
test_report(void)
{
	g_autoptr(GString) report = g_string_new(NULL);
	static const char *const bad[] = { "", "read\n", "read shut", "network open\n",
		"read shut\nread open\n" };
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GPtrArray) open = walls_open(WALLS_CONFINE, bad[i], strlen(bad[i]));
		g_assert_cmpuint(open->len, >, 2);
	}
	g_autoptr(GPtrArray) none = walls_open(WALLS_SANDBOX, NULL, 0);
	g_assert_cmpuint(none->len, >=, 5);
}

static int
run_without(char **argv)
{
	if (!go_without(argv[0]))
		return 2;
	execvp(argv[1], argv + 1);
	return 2;
}

int
main(int argc, char **argv)
{
	if (argc > 3 && strcmp(argv[1], "--without") == 0)
		return run_without(argv + 2);
	g_test_init(&argc, &argv, NULL);
	if (!g_getenv("BUILD")) /* run by hand */
		g_setenv("BUILD", "build", TRUE);
	g_test_add_func("/walls/attempts", test_attempts);
	g_test_add_func("/walls/helpers", test_helpers);
	g_test_add_func("/walls/convert", test_convert);
	g_test_add_func("/walls/without-landlock", test_without_landlock);
#ifndef VANTHU_SANITIZE
	g_test_add_func("/walls/without-seccomp", test_without_seccomp);
#endif
	g_test_add_func("/walls/without-namespaces", test_without_namespaces);
	g_test_add_func("/walls/report", test_report);
	return g_test_run();
}
