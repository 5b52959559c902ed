/* A process behind walls -> a report of which of them it could get through. */
#include "base/walls.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- files --------------------------------------------------------------------------------- */

static bool
can_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char byte;
	bool got = fd >= 0 && read(fd, &byte, 1) >= 0;
	if (fd >= 0)
		close(fd);
	return got;
}

static bool
can_list(const char *path)
{
	DIR *folder = opendir(path);
	if (folder)
		closedir(folder);
	return folder != NULL;
}

/* Everybody may read the first; the rest is what a reader of documents would go for. */
static bool
read_files(void)
{
	static const char *const files[] = { "/etc/passwd", "/etc/shadow", "/etc/machine-id" };
	static const char *const folders[] = { "/home", "/root", "/var/lib", "/srv" };
	bool got = false;
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		got |= can_read(files[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		got |= can_list(folders[i]);
	return got;
}

/* Whoever owns the process may read these, which hold its memory and its secrets. */
static bool
read_process(void)
{
	return can_read("/proc/self/environ") || can_read("/proc/self/maps") || can_list("/proc");
}

static bool
write_into(const char *folder)
{
	g_autofree char *name = g_strdup_printf("%s/.vanthu-wall-%d", folder, (int)getpid());
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool made = fd >= 0 || mkdir(name, 0700) == 0;
	if (fd >= 0)
		close(fd);
	if (made && unlink(name) != 0)
		rmdir(name);
	return made;
}

static bool
write_files(void)
{
	static const char *const folders[] = { "/", "/usr", "/etc", "/var/tmp", "/home" };
	bool got = false;
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		got |= write_into(folders[i]);
	return got;
}

static bool
write_temporary(void)
{
	return write_into("/tmp") || write_into("/dev/shm");
}

/* ---- the network --------------------------------------------------------------------------- */

/* A datagram socket finds its way when it connects; nothing is sent. 192.0.2.0/24 is for examples
 * (RFC 5737). */
static bool
has_route(const char *address)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	inet_pton(AF_INET, address, &to.sin_addr);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool found = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
	if (fd >= 0)
		close(fd);
	return found;
}

static bool
reach_network(void)
{
	return has_route("127.0.0.1") || has_route("192.0.2.1");
}

#ifndef VANTHU_SANITIZE
/* ---- system calls: what the filter does not refuse fails, if at all, for another reason ---- */

static bool
gets_through(long result)
{
	return result >= 0 || (errno != EPERM && errno != ENOSYS);
}

static bool
make_sockets(void)
{
	static const int families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
		int fd = socket(families[i], SOCK_DGRAM, 0);
		if (fd >= 0)
			close(fd);
		if (gets_through(fd))
			return true;
	}
	return gets_through(connect(-1, NULL, 0)) || gets_through(bind(-1, NULL, 0)) ||
		gets_through(sendto(-1, "", 0, 0, NULL, 0));
}

static bool
change_files(void)
{
	static const char none[] = "/vanthu/no/such/file";
	return gets_through(unlink(none)) || gets_through(rename(none, none)) ||
		gets_through(chmod(none, 0600)) || gets_through(link(none, none)) ||
		gets_through(symlink(none, none)) || gets_through(truncate(none, 0));
}

static bool
start_programs(void)
{
	char *const nothing[] = { NULL };
	return gets_through(syscall(SYS_execve, "", nothing, nothing)) ||
		gets_through(syscall(SYS_execveat, -1, "", nothing, nothing, 0));
}

static bool
start_processes(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return gets_through(pid) || gets_through(syscall(SYS_clone3, NULL, 0));
}

static bool
trace_processes(void)
{
	return gets_through(ptrace(PTRACE_DETACH, getppid(), NULL, NULL)) ||
		gets_through(syscall(SYS_process_vm_readv, getpid(), NULL, 0, NULL, 0, 0));
}

static bool
signal_parent(void)
{
	return gets_through(kill(getppid(), 0)) ||
		gets_through(syscall(SYS_tgkill, getppid(), getppid(), 0));
}

static bool
make_namespaces(void)
{
	return gets_through(unshare(0)) || gets_through(setns(-1, 0));
}

/* Doors to the kernel through which most ways out have led. */
static bool
ask_kernel(void)
{
	return gets_through(syscall(SYS_io_uring_setup, 0, NULL)) ||
		gets_through(syscall(SYS_userfaultfd, -1)) ||
		gets_through(syscall(SYS_keyctl, -1, 0, 0, 0, 0));
}

static bool
take_memory(void)
{
	const size_t much = (size_t)1 << 40;
	void *got = mmap(NULL, much, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (got == MAP_FAILED)
		return false;
	munmap(got, much);
	return true;
}
#endif

/* glibc asks by prlimit64, which could also set limits of others and is refused. */
static bool
is_unlimited(int resource)
{
	struct rlimit limit = { 0, 0 };
#ifdef SYS_getrlimit
	if (syscall(SYS_getrlimit, resource, &limit) != 0)
		return true;
#else
	if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
		return errno != EPERM; /* refused as well: nothing can be said */
#endif
	return limit.rlim_max == RLIM_INFINITY;
}

/* Time, size of what is written, dumps of memory; and descriptors, by taking them. */
static bool
go_unlimited(void)
{
	enum { MANY = 600 };
	int taken[MANY], n = 0;
	while (n < MANY && (taken[n] = dup(STDIN_FILENO)) >= 0)
		n++;
	for (int i = 0; i < n; i++)
		close(taken[i]);
	return n == MANY || is_unlimited(RLIMIT_CPU) || is_unlimited(RLIMIT_FSIZE) ||
		is_unlimited(RLIMIT_CORE);
}

/* ---- the table ----------------------------------------------------------------------------- */

static const struct {
	const char *name;
	unsigned kinds;
	bool (*gets_through)(void);
} attempts[] = {
	{ "read", WALLS_SANDBOX | WALLS_CONFINE, read_files },
	{ "read-process", WALLS_SANDBOX, read_process },
	{ "write", WALLS_SANDBOX | WALLS_CONFINE, write_files },
	{ "write-temporary", WALLS_SANDBOX, write_temporary },
	{ "limits", WALLS_SANDBOX | WALLS_CONFINE, go_unlimited },
#ifndef VANTHU_SANITIZE
	{ "memory", WALLS_SANDBOX | WALLS_CONFINE, take_memory },
	{ "network", WALLS_SANDBOX | WALLS_CONFINE, reach_network },
	{ "sockets", WALLS_SANDBOX, make_sockets },
	{ "change", WALLS_SANDBOX, change_files },
	{ "programs", WALLS_SANDBOX, start_programs },
	{ "processes", WALLS_SANDBOX, start_processes },
	{ "tracing", WALLS_SANDBOX | WALLS_CONFINE, trace_processes },
	{ "signals", WALLS_SANDBOX, signal_parent },
	{ "namespaces", WALLS_SANDBOX | WALLS_CONFINE, make_namespaces },
	{ "kernel", WALLS_SANDBOX | WALLS_CONFINE, ask_kernel },
#else
	{ "network", WALLS_CONFINE, reach_network },
#endif
};

void
walls_try(WallsKind kind, GString *out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++)
		if (attempts[i].kinds & kind)
			g_string_append_printf(out, "%s %s\n", attempts[i].name,
				attempts[i].gets_through() ? "open" : "shut");
}

GPtrArray *
walls_open(WallsKind kind, const char *report, size_t size)
{
	g_autofree char *text = g_strndup(report ? report : "", size);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GPtrArray *open = g_ptr_array_new();
	for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++) {
		g_autofree char *good = g_strconcat(attempts[i].name, " shut", NULL);
		if ((attempts[i].kinds & kind) &&
			!g_strv_contains((const char *const *)lines, good))
			g_ptr_array_add(open, (void *)attempts[i].name);
	}
	return open;
}
