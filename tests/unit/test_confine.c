/* engine/base/confine.c: what a program in there can reach, tried by a shell. */
#include "base/confine.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Runs a shell script; what it writes to "out". NULL with *err. */
static char *
run_script(const char *script, int seconds, int *ret_signal, GError **err)
{
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	const Confine confine = { .argv = argv,
		.memory_bytes = 256 * 1024 * 1024,
		.disk_bytes = 8 * 1024 * 1024,
		.reply_bytes = 1024 * 1024,
		.cpu_seconds = 2,
		.wall_seconds = seconds };
	g_autoptr(GBytes) in = g_bytes_new_static("Kính gửi", strlen("Kính gửi"));
	GBytes *out = NULL;
	if (!confine_run(&confine, "in", in, "out", &out, ret_signal, err))
		return NULL;
	gsize size;
	gpointer data = g_bytes_unref_to_data(out, &size);
	char *text = g_strndup(data, size);
	g_free(data);
	return text;
}

static char *
run(const char *script)
{
	GError *err = NULL;
	int number;
	char *text = run_script(script, 60, &number, &err);
	if (!text)
		g_error("%s: %s", script, err->message);
	return text;
}

/* Every script prints what it reached: nothing. */
static void
test_walls(void)
{
	g_autofree char *home = g_strdup_printf(
		"ls -A '%s' '/root' /home 2>/dev/null >out; echo -n . >>out", g_get_home_dir());
	g_autofree char *here = g_get_current_dir();
	g_autofree char *ours = g_strdup_printf("ls '%s' 2>/dev/null >out; echo -n . >>out", here);
	const char *const scripts[] = {
		home,
		ours,
		"cat /etc/passwd /etc/hostname /etc/resolv.conf 2>/dev/null >out; echo -n . >>out",
		/* devices of the network: only lo, and that is down */
		"grep -v -e lo: -e '|' /proc/net/dev 2>/dev/null >out; echo -n . >>out",
		"cat /proc/net/route /proc/net/tcp 2>/dev/null | grep -v -e Iface -e local_ >out; "
		"echo -n . >>out",
		"(echo x >/usr/x) 2>/dev/null && echo wrote >out; (echo x >/x) 2>/dev/null && echo "
		"wrote >>out;"
		" (mkdir /etc/x) 2>/dev/null && echo made >>out; echo -n . >>out",
		"(mount -t tmpfs none /usr || unshare -r true) 2>/dev/null && echo mounted >out; "
		"echo -n . >>out",
		/* processes: init, the shell, and what the shell runs */
		"for p in /proc/[0-9]*; do [ ${p#/proc/} -gt 9 ] && echo $p >>out; done; echo -n . "
		">>out",
		"env | grep -v -e ^HOME=/tmp$ -e ^PATH= -e ^LANG= -e ^TMPDIR= -e ^SAL_ -e ^PWD= -e "
		"^OLDPWD="
		" -e ^SHLVL= -e ^_= >out; echo -n . >>out",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
		g_autofree char *out = run(scripts[i]);
		if (strcmp(out, ".") != 0)
			g_error("%s\nreached: %s", scripts[i], out);
	}
}

static void
test_work(void)
{
	g_autofree char *copy = run("cat in >out");
	g_assert_cmpstr(copy, ==, "Kính gửi");
	g_autofree char *where = run("pwd >out");
	g_assert_cmpstr(where, ==, "/tmp\n");
}

static void
check_fails(const char *script, int seconds, ErrCode code, int number)
{
	g_autoptr(GError) err = NULL;
	int found;
	g_autofree char *out = run_script(script, seconds, &found, &err);
	g_assert_null(out);
	if (err_code(err) != code || found != number)
		g_error("%s: %s, signal %d", script, err->message, found);
}

static void
test_failures(void)
{
	check_fails("true", 60, ERR_FORMAT, 0);
	check_fails("exit 139", 60, ERR_FORMAT, 0);
	check_fails("kill -9 $$", 60, ERR_FORMAT, SIGKILL);
	check_fails("kill -SEGV $$", 60, ERR_FORMAT, SIGSEGV);
	check_fails("ln -s /dev/zero out", 60, ERR_FORMAT, 0);
	check_fails("mkfifo out", 60, ERR_FORMAT, 0);
	check_fails("mkdir out", 60, ERR_FORMAT, 0);
	check_fails("head -c 2000000 /dev/zero >out", 60, ERR_LIMIT, 0);
	check_fails("sleep 60", 1, ERR_LIMIT, SIGXCPU);
	check_fails("while :; do :; done", 60, ERR_FORMAT, SIGXCPU);
	/* the disk is small, however many files share it */
	g_autofree char *full =
		run("for i in 1 2 3 4; do head -c 4000000 /dev/zero >f$i || break; done"
		    " 2>/dev/null; rm f1; cat f? | wc -c >out");
	g_assert_cmpint(atoi(full), <=, 8 * 1024 * 1024);
}

/* Limits that a process in there meets. */
static void
test_limits(void)
{
#ifndef VANTHU_SANITIZE
	g_autofree char *memory =
		run("head -c 400000000 /dev/zero | tail -n 1 2>/dev/null | wc -c >out");
	g_assert_cmpint(atoi(memory), ==, 0);
#endif
	g_autofree char *files = run("ulimit -n >out");
	g_assert_cmpint(atoi(files), <=, 512);
	g_autofree char *more =
		run("for what in n t c f u; do ulimit -$what unlimited 2>/dev/null && echo $what; "
		    "done >out; echo . >>out");
	g_assert_cmpstr(more, ==, ".\n");
}

static bool
is_alive(const char *mark)
{
	g_autoptr(GDir) proc = g_dir_open("/proc", 0, NULL);
	for (const char *name; (name = g_dir_read_name(proc));) {
		g_autofree char *path = g_build_filename("/proc", name, "cmdline", NULL);
		g_autofree char *line = NULL;
		gsize size = 0;
		if (g_ascii_isdigit(*name) && g_file_get_contents(path, &line, &size, NULL) &&
			memmem(line, size, mark, strlen(mark)))
			return true;
	}
	return false;
}

/* Whatever it left running ends with it, also what hid from it. */
static void
test_tree(void)
{
	g_autofree char *mark = g_strdup_printf("3%07u.5", g_test_rand_int() % 10000000);
	g_autofree char *left =
		g_strdup_printf("setsid sleep %s & (sleep %s &) ; echo x >out", mark, mark);
	g_autofree char *out = run(left);
	for (int i = 0; is_alive(mark) && i < 100; i++)
		g_usleep(50000);
	g_assert_false(is_alive(mark));
	g_autofree char *hang = g_strdup_printf("setsid sleep %s & sleep %s", mark, mark);
	check_fails(hang, 1, ERR_LIMIT, SIGXCPU);
	for (int i = 0; is_alive(mark) && i < 100; i++)
		g_usleep(50000);
	g_assert_false(is_alive(mark));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autoptr(GError) err = NULL;
	int number;
	g_autofree char *out = run_script("echo x >out", 60, &number, &err);
	if (!out && err_code(err) == ERR_UNSUPPORTED) {
		g_print("1..0 # SKIP NO NAMESPACES HERE: the walls around LibreOffice were not "
			"tested\n");
		return 0;
	}
	g_test_add_func("/confine/work", test_work);
	g_test_add_func("/confine/walls", test_walls);
	g_test_add_func("/confine/failures", test_failures);
	g_test_add_func("/confine/limits", test_limits);
	g_test_add_func("/confine/tree", test_tree);
	return g_test_run();
}
