/*
 * engine/base/helper.c, sandbox.c: a helper's death is an answer, and each wall stands when one
 * runs against it. The test program is its own helper.
 */
#include "base/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1024 * 1024)

/* --- what the helper does ------------------------------------------------------------------------
 */

static bool
serve_echo(GBytes *request, GString *out, GError **err)
{
	(void)err;
	size_t size;
	const char *data = g_bytes_get_data(request, &size);
	g_string_append_len(out, data ? data : "", (gssize)size);
	return true;
}

static bool
serve_refuse(GBytes *request, GString *out, GError **err)
{
	(void)request;
	g_string_append(out, "half of a reply");
	return fail(err, ERR_UNSUPPORTED, "no such thing");
}

static bool
serve_crash(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	signal(SIGSEGV, SIG_DFL);
	errno = 0;
	return raise(SIGSEGV) == 0;
}

static bool
serve_exit(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	_exit(9);
}

static bool
serve_silent_exit(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	_exit(0);
}

static bool
serve_hang(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	while (pause())
		continue;
	return true;
}

static bool
serve_memory(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	for (int i = 0; i < 64; i++)
		memset(g_malloc(16 * MIB), i, 16 * MIB);
	g_string_append(out, "got it all");
	return true;
}

static bool
serve_flood(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	g_string_set_size(out, 3 * MIB);
	memset(out->str, 'x', out->len);
	return true;
}

/* Until the kernel ends it. */
static bool
serve_spin(GBytes *request, GString *out, GError **err)
{
	(void)out, (void)err;
	if (g_bytes_get_size(request))
		signal(SIGXCPU, SIG_IGN);
	for (volatile bool on = true; on;)
		continue;
	return true;
}

/* Writes past the end of what a reply may be, around our own code: into every file it has. */
static bool
serve_overflow(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	static const char block[4096];
	for (int fd = 3; fd < 64; fd++)
		for (off_t at = 0; at < 8 * MIB && pwrite(fd, block, sizeof block, at) > 0;)
			at += sizeof block;
	return true;
}

/* The same in one step, by length alone. */
static bool
serve_stretch(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)out, (void)err;
	for (int fd = 3; fd < 64; fd++)
		if (ftruncate(fd, (off_t)1 << 40) == 0)
			return true;
	return true;
}

/* What the bytes that it got, its descriptors and its limits let it do. */
static bool
serve_inside(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	struct stat info;
	int n = 0;
	signal(SIGXFSZ, SIG_IGN);
	for (int fd = 3; fd < 64; fd++) {
		bool open = fstat(fd, &info) == 0;
		if (open && info.st_size > 0 && pwrite(fd, "x", 1, 0) == 1)
			g_string_append(out, "changed-request ");
		if (open && !info.st_size && pwrite(fd, "x", 1, 2 * MIB) == 1)
			g_string_append(out, "file-size ");
	}
	while (n < 1000 && open("/etc/hostname", O_RDONLY) >= 0)
		n++;
	if (n > 64)
		g_string_append(out, "files ");
#ifndef VANTHU_SANITIZE
	const struct rlimit much = { RLIM_INFINITY, RLIM_INFINITY };
	if (setrlimit(RLIMIT_CPU, &much) == 0 || prlimit(getppid(), RLIMIT_CPU, &much, NULL) == 0)
		g_string_append(out, "limits ");
#endif
	return true;
}

/* How many this process has served. */
static bool
serve_count(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	static int count;
	g_string_append_printf(out, "%d", ++count);
	return true;
}

/* Stays for ever under the zygote that the request names, answers under another. */
static bool
serve_stay(GBytes *request, GString *out, GError **err)
{
	(void)err;
	g_autofree char *text =
		g_strndup(g_bytes_get_data(request, NULL), g_bytes_get_size(request));
	while (atoi(text) == (int)getppid())
		pause();
	g_string_append_printf(out, "%d", (int)getppid());
	return true;
}

/* Runs against every wall and tells which gave way. */
static bool
serve_walls(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	char data[8];
	if (open("/etc/passwd", O_RDONLY) >= 0)
		g_string_append(out, "read-passwd ");
	if (open("/usr", O_RDONLY | O_DIRECTORY) >= 0)
		g_string_append(out, "read-folder ");
	int allowed = open("/etc/hostname", O_RDONLY);
	if (allowed >= 0 && read(allowed, data, sizeof data) < 0)
		g_string_append(out, "cannot-read-allowed ");
	if (open("/tmp/vanthu-wall", O_WRONLY | O_CREAT, 0600) >= 0 ||
		mkdir("/tmp/vanthu-wall", 0700) == 0)
		g_string_append(out, "write ");
#ifndef VANTHU_SANITIZE
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		g_string_append(out, "socket ");
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		g_string_append(out, "fork ");
	if (kill(getppid(), 0) == 0 || syscall(SYS_tgkill, getppid(), getppid(), 0) == 0)
		g_string_append(out, "signal ");
	if (syscall(SYS_tgkill, getpid(), getpid(), 0) != 0)
		g_string_append(out, "cannot-abort ");
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
		g_string_append(out, "ptrace ");
#endif
	/* If it worked nothing would come back at all. */
	execl("/bin/true", "true", NULL);
	return true;
}

static bool
serve_pid(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	g_string_append_printf(out, "%d", (int)getppid());
	return true;
}

static void
warm(void)
{
	g_setenv("HELPER_TEST_WARM", "one", TRUE);
}

static void
warm_more(void)
{
	g_setenv("HELPER_TEST_WARM", "several", TRUE);
}

static bool
serve_warmth(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	g_string_append(out, g_getenv("HELPER_TEST_WARM"));
	return true;
}

static const HelperService services[] = {
	{ "warmth", serve_warmth },
	{ "echo", serve_echo },
	{ "refuse", serve_refuse },
	{ "crash", serve_crash },
	{ "exit", serve_exit },
	{ "silent", serve_silent_exit },
	{ "hang", serve_hang },
	{ "memory", serve_memory },
	{ "flood", serve_flood },
	{ "own-walls", serve_walls },
	{ "pid", serve_pid },
	{ "spin", serve_spin },
	{ "overflow", serve_overflow },
	{ "stretch", serve_stretch },
	{ "inside", serve_inside },
	{ "count", serve_count },
	{ "stay", serve_stay },
	{ NULL, NULL },
};
static const char *const readable[] = { "/etc/hostname", "/no/such/folder", NULL };
static const HelperProgram program = {
	.services = services, .readable = readable, .warm = warm, .warm_more = warm_more
};

/* --- the tests -----------------------------------------------------------------------------------
 */

static Helper *
open_helper(int wall_seconds)
{
	const HelperPolicy policy = { .memory_bytes = 256 * MIB,
		.reply_bytes = MIB,
		.cpu_seconds = 5,
		.wall_seconds = wall_seconds,
		.requests = 3 };
	return helper_new("/proc/self/exe", &policy);
}

static char *
ask(Helper *helper, const char *service, const char *request)
{
	g_autoptr(GBytes) bytes = g_bytes_new(request, strlen(request));
	g_autoptr(GBytes) reply = NULL;
	g_autoptr(GError) err = NULL;
	if (!helper_call(helper, service, bytes, &reply, NULL, &err))
		g_error("%s: %s", service, err->message);
	size_t size;
	const char *data = g_bytes_get_data(reply, &size);
	return g_strndup(data ? data : "", size);
}

static void
test_warm(void)
{
	g_autoptr(Helper) helper = open_helper(5);
	g_autofree char *first = ask(helper, "warmth", "");
	g_autofree char *second = ask(helper, "warmth", "");
	g_assert_cmpstr(first, ==, "one");
	g_assert_cmpstr(second, ==, "several");
}

static void
test_deaths(void)
{
	static const struct {
		const char *service;
		HelperEnd end;
		int number;
		ErrCode code;
	} rows[] = {
		{ "refuse", HELPER_ANSWERED, 0, ERR_UNSUPPORTED },
		{ "no-such", HELPER_ANSWERED, 0, ERR_USAGE },
		{ "crash", HELPER_CRASHED, SIGSEGV, ERR_FORMAT },
		{ "exit", HELPER_EXITED, 9, ERR_FORMAT },
		{ "silent", HELPER_EXITED, 0, ERR_FORMAT },
		{ "hang", HELPER_TIMED_OUT, 0, ERR_LIMIT },
#ifndef VANTHU_SANITIZE
		{ "memory", HELPER_OVER_MEMORY, 0, ERR_LIMIT },
#endif
		{ "flood", HELPER_REPLY_TOO_LARGE, 0, ERR_LIMIT },
		{ "overflow", HELPER_REPLY_TOO_LARGE, 0, ERR_LIMIT },
		{ "stretch", HELPER_REPLY_TOO_LARGE, 0, ERR_LIMIT },
	};
	g_autoptr(GBytes) request = g_bytes_new_static("x", 1);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		/* only who is to run out of time has little of it: the machine may be busy */
		g_autoptr(Helper) helper = open_helper(rows[i].end == HELPER_TIMED_OUT ? 1 : 60);
		g_autoptr(GBytes) reply = NULL;
		g_autoptr(GError) err = NULL;
		HelperDeath death;
		g_assert_false(helper_call(helper, rows[i].service, request, &reply, &death, &err));
		g_autofree char *how = helper_death_print(&death);
		g_test_message("%s: %s: %s", rows[i].service, how, err->message);
		g_assert_cmpint(death.end, ==, rows[i].end);
		g_assert_cmpint(death.number, ==, rows[i].number);
		g_assert_cmpint((int)err_code(err), ==, (int)rows[i].code);
		/* The next request is none the worse. */
		g_autofree char *answer = ask(helper, "echo", "xin chào");
		g_assert_cmpstr(answer, ==, "xin chào");
	}
}

/* Time on the processor is counted, however patient the clock; who ignores the first warning is
 * killed by the kernel, which is no kill from outside. */
static void
test_time(void)
{
	static const char *const requests[] = { "", "stubborn" };
	for (size_t i = 0; i < G_N_ELEMENTS(requests); i++) {
		const HelperPolicy policy = { .memory_bytes = 256 * MIB,
			.reply_bytes = MIB,
			.cpu_seconds = 1,
			.wall_seconds = 600,
			.requests = 3 };
		g_autoptr(Helper) helper = helper_new("/proc/self/exe", &policy);
		g_autoptr(GBytes) request = g_bytes_new(requests[i], strlen(requests[i]));
		g_autoptr(GBytes) reply = NULL;
		HelperDeath death;
		g_assert_false(helper_call(helper, "spin", request, &reply, &death, NULL));
		g_assert_cmpint(death.end, ==, HELPER_TIMED_OUT);
	}
}

static void
test_walls(void)
{
	static const char *const tries[] = { "own-walls", "inside" };
	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
		g_autoptr(Helper) helper = open_helper(60);
		g_autofree char *gave_way = ask(helper, tries[i], "request");
		g_assert_cmpstr(gave_way, ==, "");
	}
}

/* What one request did to its process does not reach the next, whoever came between. */
static void
test_fresh(void)
{
	g_autoptr(Helper) helper = open_helper(60);
	g_autoptr(GBytes) request = g_bytes_new_static("x", 1);
	for (int i = 0; i < 3; i++) {
		g_autofree char *count = ask(helper, "count", "");
		g_assert_cmpstr(count, ==, "1");
		g_autoptr(GBytes) reply = NULL;
		helper_call(helper, "crash", request, &reply, NULL, NULL);
	}
}

/* ---- killed from outside ------------------------------------------------------------------- */

/* The child of a process, 0 when it has none. */
static pid_t
find_child(pid_t parent)
{
	g_autoptr(GDir) proc = g_dir_open("/proc", 0, NULL);
	for (const char *name; (name = g_dir_read_name(proc));) {
		g_autofree char *path = g_build_filename("/proc", name, "stat", NULL);
		g_autofree char *text = NULL;
		char state = 0;
		int owner = 0;
		if (g_ascii_isdigit(*name) && g_file_get_contents(path, &text, NULL, NULL) &&
			strrchr(text, ')') &&
			sscanf(strrchr(text, ')') + 1, " %c %d", &state, &owner) == 2 &&
			owner == (int)parent && state != 'Z')
			return (pid_t)atoi(name);
	}
	return 0;
}

typedef struct {
	pid_t zygote;
	int times;
	bool whole; /* the zygote itself */
} Killer;

/* A process of its own, as the system's out-of-memory killer would be. */
static pid_t
start_killer(const Killer *killer)
{
	pid_t pid = fork();
	if (pid)
		return pid;
	for (int i = 0; i < killer->times; i++) {
		pid_t child;
		while (!(child = find_child(killer->zygote)))
			g_usleep(5000);
		kill(killer->whole ? killer->zygote : child, SIGKILL);
		while (!killer->whole && find_child(killer->zygote) == child)
			g_usleep(5000);
	}
	_exit(0);
}

static void
stop_killer(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Once is nobody's fault and tried again; twice is a death of its own, no crash and no time-out. */
static void
test_killed(void)
{
	static const struct {
		int times, wall_seconds;
		HelperEnd end;
	} rows[] = { { 2, 600, HELPER_KILLED }, { 1, 3, HELPER_TIMED_OUT } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Helper) helper = open_helper(rows[i].wall_seconds);
		g_autofree char *zygote = ask(helper, "pid", "");
		pid_t killer = start_killer(&(Killer){ atoi(zygote), rows[i].times, false });
		g_autoptr(GBytes) request = g_bytes_new_static("x", 1);
		g_autoptr(GBytes) reply = NULL;
		g_autoptr(GError) err = NULL;
		HelperDeath death;
		g_assert_false(helper_call(helper, "hang", request, &reply, &death, &err));
		stop_killer(killer);
		g_assert_cmpint(death.end, ==, rows[i].end);
		g_assert_cmpint((int)err_code(err), ==, (int)ERR_LIMIT);
		g_autofree char *answer = ask(helper, "echo", "xin chào");
		g_assert_cmpstr(answer, ==, "xin chào");
	}
}

/* The whole helper goes in the middle of a request: the innocent one is done again. */
static void
test_again(void)
{
	g_autoptr(Helper) helper = open_helper(600);
	g_autofree char *zygote = ask(helper, "pid", "");
	pid_t killer = start_killer(&(Killer){ atoi(zygote), 1, true });
	g_autofree char *answer = ask(helper, "stay", zygote);
	stop_killer(killer);
	g_assert_cmpstr(answer, !=, zygote);
}

/* A zygote is replaced after its share of requests, and when it was killed while idle. */
static void
test_replaced(void)
{
	g_autoptr(Helper) helper = open_helper(1);
	g_autofree char *first = ask(helper, "pid", "");
	for (int i = 0; i < 3; i++)
		g_free(ask(helper, "echo", ""));
	g_autofree char *second = ask(helper, "pid", "");
	g_assert_cmpstr(first, !=, second);
	kill((pid_t)atoi(second), SIGKILL);
	g_autofree char *third = ask(helper, "pid", "");
	g_assert_cmpstr(second, !=, third);
}

static void
test_not_started(void)
{
	const HelperPolicy policy = helper_policy(&limits_default);
	static const char *const paths[] = { "/no/such/program", "/bin/true" };
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autoptr(Helper) helper = helper_new(paths[i], &policy);
		g_autoptr(GBytes) request = g_bytes_new_static("x", 1);
		g_autoptr(GBytes) reply = NULL;
		g_autoptr(GError) err = NULL;
		HelperDeath death;
		g_assert_false(helper_call(helper, "echo", request, &reply, &death, &err));
		g_assert_cmpint(death.end, ==, HELPER_NOT_STARTED);
	}
}

/* kill -9 of the parent in the middle of a request: zygote and child go at once. They come to us,
 * the nearest reaper; alarm() ends the test if they live on. */
static void
test_no_orphans(void)
{
	int started[2];
	g_assert_cmpint(pipe(started), ==, 0);
	g_assert_cmpint(prctl(PR_SET_CHILD_SUBREAPER, 1), ==, 0);
	pid_t parent = fork();
	if (parent == 0) {
		g_autoptr(Helper) helper = open_helper(600);
		g_autofree char *zygote = ask(helper, "pid", "");
		g_assert_cmpint(write(started[1], zygote, strlen(zygote)), >, 0);
		g_free(ask(helper, "hang", ""));
		_exit(1);
	}
	char text[32] = "";
	g_assert_cmpint(read(started[0], text, sizeof text - 1), >, 0);
	kill(parent, SIGKILL);
	alarm(60);
	bool saw_zygote = false;
	for (pid_t pid; (pid = wait(NULL)) > 0;)
		saw_zygote |= pid == (pid_t)atoi(text);
	alarm(0);
	g_assert_true(saw_zygote);
	close(started[0]);
	close(started[1]);
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--zygote") == 0)
		return helper_serve(&program, argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/helper/warm", test_warm);
	g_test_add_func("/helper/deaths", test_deaths);
	g_test_add_func("/helper/time", test_time);
	g_test_add_func("/helper/walls", test_walls);
	g_test_add_func("/helper/fresh", test_fresh);
	g_test_add_func("/helper/killed", test_killed);
	g_test_add_func("/helper/again", test_again);
	g_test_add_func("/helper/replaced", test_replaced);
	g_test_add_func("/helper/not-started", test_not_started);
	g_test_add_func("/helper/no-orphans", test_no_orphans);
	return g_test_run();
}
