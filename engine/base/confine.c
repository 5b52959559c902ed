/* A foreign program in namespaces of its own: bytes in, bytes out.
 *
 *	caller ── fork ──► keeper: new namespaces ── fork ──► init (process 1 in there)
 *	init: a root of its own ── fork, exec ──► program
 *
 * What init finds goes to the caller through a pipe.
 *
 * Each dies with the one before it; with init the kernel ends everything in its namespace. */
#include "base/confine.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The first byte of what comes back; behind SAYS_NO_FILE one more: the signal that ended the
 * program, or 0. */
enum { SAYS_NO_WALLS = 'n', SAYS_NO_FILE = 'f', SAYS_FILE = 'y' };

enum { INSIDE_USER = 1000 };

/* ---- a root of its own --------------------------------------------------------------------- */

static bool
write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Who we are outside becomes a nobody inside, so that the program starts without capabilities. */
static bool
map_user(uid_t user, gid_t group)
{
	g_autofree char *users = g_strdup_printf("%d %u 1", INSIDE_USER, (unsigned)user);
	g_autofree char *groups = g_strdup_printf("%d %u 1", INSIDE_USER, (unsigned)group);
	return write_text("/proc/self/setgroups", "deny") &&
		write_text("/proc/self/uid_map", users) && write_text("/proc/self/gid_map", groups);
}

/* Flags that a mount has already may not be taken from it in a user namespace. */
static unsigned long
kept_flags(const char *path)
{
	static const struct {
		unsigned long has, flag;
	} rows[] = { { ST_NOSUID, MS_NOSUID }, { ST_NODEV, MS_NODEV }, { ST_NOEXEC, MS_NOEXEC },
		{ ST_NOATIME, MS_NOATIME }, { ST_NODIRATIME, MS_NODIRATIME },
		{ ST_RELATIME, MS_RELATIME } };
	struct statvfs info;
	unsigned long flags = 0;
	for (size_t i = 0; statvfs(path, &info) == 0 && i < G_N_ELEMENTS(rows); i++)
		if (info.f_flag & rows[i].has)
			flags |= rows[i].flag;
	return flags;
}

static bool
bind(const char *source, const char *target, bool folder, bool read_only)
{
	g_autofree char *parent = g_path_get_dirname(target);
	g_mkdir_with_parents(folder ? target : parent, 0755);
	int fd = folder ? -1 : open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	if (fd >= 0)
		close(fd);
	if (mount(source, target, NULL, MS_BIND | MS_REC, NULL) != 0)
		return false;
	unsigned long flags = MS_BIND | MS_REMOUNT | MS_RDONLY | kept_flags(target);
	return !read_only || mount(NULL, target, NULL, flags, NULL) == 0;
}

/* As it is outside, to be read only: a folder, a file or a link ("/bin" is "usr/bin"). What is not
 * there is left out. */
static bool
show(const char *root, const char *path)
{
	struct stat info;
	g_autofree char *target = g_strconcat(root, path, NULL);
	if (lstat(path, &info) != 0)
		return true;
	if (!S_ISLNK(info.st_mode))
		return bind(path, target, S_ISDIR(info.st_mode), true);
	char to[4096];
	ssize_t size = readlink(path, to, sizeof to - 1);
	if (size < 0)
		return false;
	to[size] = '\0';
	return symlink(to, target) == 0;
}

static bool
fill_root(const char *root, const Confine *confine)
{
	static const char *const system[] = { "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64",
		"/etc/ld.so.cache", "/etc/alternatives", NULL };
	static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/random",
		"/dev/urandom", NULL };
	bool ok = true;
	for (const char *const *path = system; ok && *path; path++)
		ok = show(root, *path);
	for (const char *const *path = confine->readable; ok && path && *path; path++)
		ok = show(root, *path);
	for (const char *const *path = devices; ok && *path; path++) {
		g_autofree char *target = g_strconcat(root, *path, NULL);
		ok = bind(*path, target, false, false);
	}
	return ok;
}

/* The new root is made over /tmp, which nobody else sees; then it is all there is. */
static bool
change_root(const Confine *confine)
{
	static const char root[] = "/tmp";
	g_autofree char *size =
		g_strdup_printf("size=%zu,nr_inodes=20000,mode=755", confine->disk_bytes);
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		mount("root", root, "tmpfs", MS_NOSUID, "size=1m,mode=755") != 0 ||
		!fill_root(root, confine))
		return false;
	if (mkdir("/tmp/tmp", 0700) != 0 || mkdir("/tmp/proc", 0555) != 0 ||
		mkdir("/tmp/old", 0700) != 0 ||
		mount("tmp", "/tmp/tmp", "tmpfs", MS_NOSUID | MS_NODEV, size) != 0)
		return false;
	/* where a container hides parts of /proc, there is none */
	if (mount("proc", "/tmp/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
		rmdir("/tmp/proc");
	return chdir(root) == 0 && syscall(SYS_pivot_root, ".", "old") == 0 && chdir("/") == 0 &&
		umount2("/old", MNT_DETACH) == 0 && rmdir("/old") == 0 &&
		mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID, NULL) == 0 &&
		chdir("/tmp") == 0;
}

/* ---- the program --------------------------------------------------------------------------- */

static bool
limit(int resource, rlim_t value)
{
	/* at the soft limit of time a process learns of it: then its end can be told from a crash
	 */
	rlim_t hard = resource == RLIMIT_CPU ? value + 2 : value;
	return setrlimit((__rlimit_resource_t)resource, &(struct rlimit){ value, hard }) == 0;
}

/* What no word processor needs and what ways out of walls are made of. */
static bool
forbid_calls(void)
{
	static const char *const calls[] = { "unshare", "setns", "mount", "umount2", "pivot_root",
		"move_mount", "open_tree", "fsopen", "ptrace", "process_vm_readv",
		"process_vm_writev", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup",
		"keyctl", "add_key", "request_key", "kexec_load", "init_module", "finit_module" };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool ok = filter != NULL;
	for (size_t i = 0; ok && i < G_N_ELEMENTS(calls); i++) {
		int call = seccomp_syscall_resolve_name(calls[i]);
		if (call != __NR_SCMP_ERROR)
			ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
	}
	/* threads and processes, but no namespaces; clone3 hides its flags: glibc has clone too */
	ok = ok &&
		seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
			SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)) == 0 &&
		seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
		seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

static void
run_program(const Confine *confine)
{
	static char *const environment[] = { "HOME=/tmp", "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
		"TMPDIR=/tmp", "SAL_USE_VCLPLUGIN=svp", NULL };
	bool ok = limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, (rlim_t)confine->cpu_seconds) &&
		limit(RLIMIT_FSIZE, confine->disk_bytes) && limit(RLIMIT_NOFILE, 512) &&
		limit(RLIMIT_NPROC, 1024);
#ifndef VANTHU_SANITIZE
	ok = ok && limit(RLIMIT_DATA, confine->memory_bytes);
#endif
	ok = ok && forbid_calls();
	if (ok && confine->inside) {
		confine->inside();
		_exit(0);
	}
	if (ok)
		execve(confine->argv[0], (char *const *)(uintptr_t)confine->argv, environment);
	_exit(127);
}

static bool
put_file(const char *name, GBytes *bytes)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = fd >= 0;
	for (gsize done = 0; ok && done < size;) {
		ssize_t n = write(fd, data + done, size - done);
		ok = n > 0;
		done += ok ? (gsize)n : 0;
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

static void
say(int out, char what)
{
	if (write(out, &what, 1) != 1)
		_exit(1);
}

/* The program may leave anything under that name: only a plain file is read, and no more than may
 * be sent. */
static void
send_file(int out, const char *name, size_t most, int status)
{
	struct stat info;
	int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || !info.st_size) {
		say(out, SAYS_NO_FILE);
		say(out, (char)(WIFSIGNALED(status) ? WTERMSIG(status) : 0));
		return;
	}
	say(out, SAYS_FILE);
	char chunk[65536];
	ssize_t n;
	for (size_t sent = 0; sent <= most && (n = read(fd, chunk, sizeof chunk)) > 0;
		sent += (size_t)n)
		for (ssize_t done = 0, wrote; done < n; done += wrote)
			if ((wrote = write(out, chunk + done, (size_t)(n - done))) <= 0)
				_exit(1);
	close(fd);
}

/* Until it ends; how it ended. Processes that it leaves behind become ours. */
static int
start_program(const Confine *confine)
{
	pid_t program = fork();
	int status = -1;
	if (program == 0)
		run_program(confine);
	for (pid_t ended = 0; program > 0 && ended != program;)
		if ((ended = waitpid(-1, &status, 0)) < 0 && errno != EINTR)
			break;
	return status;
}

/* Process 1 of the namespace. */
static void
run_init(const Confine *confine, const char *in_name, GBytes *in, const char *out_name, int out)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !change_root(confine)) {
		say(out, SAYS_NO_WALLS);
		_exit(0);
	}
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nothing < 0 || !put_file(in_name, in) ||
		(!confine->inside && access(confine->argv[0], X_OK) != 0)) {
		say(out, SAYS_NO_WALLS);
		_exit(0);
	}
	for (int fd = 0; fd <= 2; fd++)
		dup2(nothing, fd);
	int status = start_program(confine);
	if (confine->again_status && WIFEXITED(status) &&
		WEXITSTATUS(status) == confine->again_status)
		status = start_program(confine);
	send_file(out, out_name, confine->reply_bytes, status);
	_exit(0);
}

/* Between the caller and init, so that the caller's own namespaces stay as they are. */
static void
run_keeper(const Confine *confine, const char *in_name, GBytes *in, const char *out_name, int out)
{
	uid_t user = geteuid();
	gid_t group = getegid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC |
		    CLONE_NEWUTS) != 0 ||
		!map_user(user, group)) {
		say(out, SAYS_NO_WALLS);
		_exit(0);
	}
	pid_t init = fork();
	if (init == 0)
		run_init(confine, in_name, in, out_name, out);
	close(out);
	if (init > 0)
		waitpid(init, NULL, 0);
	_exit(0);
}

/* ---- the caller ---------------------------------------------------------------------------- */

/* All of it, or ERR_LIMIT. */
static bool
receive(int fd, const Confine *confine, Buf *reply, int *ret_signal, GError **err)
{
	gint64 end = g_get_monotonic_time() + (gint64)confine->wall_seconds * G_USEC_PER_SEC;
	char chunk[65536];
	for (;;) {
		gint64 left = (end - g_get_monotonic_time()) / 1000;
		int ready = left > 0
			? poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, (int)left)
			: 0;
		if (ready == 0) {
			*ret_signal = SIGXCPU;
			return fail(err, ERR_LIMIT, "%d s", confine->wall_seconds);
		}
		ssize_t n = ready > 0 ? read(fd, chunk, sizeof chunk) : -1;
		if (n == 0)
			return true;
		if (n < 0 && errno != EINTR)
			return fail(err, ERR_RETRY, "%s", g_strerror(errno));
		if (n > 0 && !buf_add(reply, chunk, (size_t)n))
			return fail(err, ERR_LIMIT, "> %zu", confine->reply_bytes);
	}
}

static bool
read_reply(Buf *reply, const char *out_name, GBytes **ret_out, int *ret_signal, GError **err)
{
	char says = reply->size ? reply->data[0] : SAYS_NO_FILE;
	if (says == SAYS_NO_WALLS)
		return fail(err, ERR_UNSUPPORTED, _("namespaces or the program are missing"));
	if (says != SAYS_FILE) {
		*ret_signal = reply->size > 1 ? reply->data[1] : 0;
		return fail(err, ERR_FORMAT, "%s", out_name);
	}
	*ret_out = g_bytes_new(reply->data + 1, reply->size - 1);
	return true;
}

bool
confine_run(const Confine *confine, const char *in_name, GBytes *in, const char *out_name,
	GBytes **ret_out, int *ret_signal, GError **err)
{
	int fds[2];
	*ret_signal = 0;
	if (pipe2(fds, O_CLOEXEC) != 0)
		return fail(err, ERR_RETRY, "%s", g_strerror(errno));
	pid_t keeper = fork();
	if (keeper == 0)
		run_keeper(confine, in_name, in, out_name, fds[1]);
	close(fds[1]);
	g_auto(Buf) reply;
	buf_init(&reply, confine->reply_bytes + 1);
	bool ok = keeper > 0 ? receive(fds[0], confine, &reply, ret_signal, err)
			     : fail(err, ERR_RETRY, "%s", g_strerror(errno));
	close(fds[0]);
	if (keeper > 0) {
		kill(keeper, SIGKILL);
		waitpid(keeper, NULL, 0);
	}
	return ok && read_reply(&reply, out_name, ret_out, ret_signal, err);
}
