/*
 * Preloaded into vanthu by tests: a crash at any moment, a disk that is full for a while.
 *
 *	KILL_DIR=DIR     count the calls by which vanthu changes something on disk below DIR
 *	KILL_COUNT=FILE  write their number to FILE when the process ends
 *	KILL_AT=N        SIGKILL to the whole process group at call N; of a write, half is done first
 *	FULL_FLAG=FILE   while FILE exists, everything below DIR that needs room fails with ENOSPC
 *
 * Only a program called "vanthu" is meddled with; its helpers are killed with it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static bool
concerned(void)
{
	return getenv("KILL_DIR") && strcmp(program_invocation_short_name, "vanthu") == 0;
}

static bool
is_below(const char *path)
{
	const char *dir = getenv("KILL_DIR");
	return strncmp(path, dir, strlen(dir)) == 0;
}

/* Pipes, sockets and sealed memory are not the disk. */
static bool
is_file_below(int fd)
{
	char link[64], path[PATH_MAX];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	if (n <= 0)
		return false;
	path[n] = '\0';
	return is_below(path);
}

/* True when this is the call to die at. */
static bool
is_time(void)
{
	const char *at = getenv("KILL_AT");
	long call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
	return at && atol(at) == call;
}

static void
die(void)
{
	kill(0, SIGKILL);
	_exit(137);
}

static bool
is_full(void)
{
	const char *flag = getenv("FULL_FLAG");
	return flag && access(flag, F_OK) == 0;
}

__attribute__((destructor)) static void
report(void)
{
	const char *path = getenv("KILL_COUNT");
	FILE *file = path && concerned() ? fopen(path, "w") : NULL;
	if (!file)
		return;
	fprintf(file, "%ld\n", calls);
	fclose(file);
}

/* A call that changes names: a path, and whether it needs room. */
static bool
name_call(const char *path, bool needs_room)
{
	if (!concerned() || !is_below(path))
		return true;
	if (is_time())
		die();
	if (!needs_room || !is_full())
		return true;
	errno = ENOSPC;
	return false;
}

/* How much of a write is done; -1: none, the disk is full. */
static ssize_t
write_call(int fd, size_t size, bool *last)
{
	*last = false;
	if (!concerned() || !is_file_below(fd))
		return (ssize_t)size;
	*last = is_time();
	if (*last)
		return (ssize_t)(size / 2);
	if (!is_full())
		return (ssize_t)size;
	errno = ENOSPC;
	return -1;
}

ssize_t
write(int fd, const void *data, size_t size)
{
	bool last;
	ssize_t some = write_call(fd, size, &last);
	ssize_t n = some < 0 ? -1 : REAL(write)(fd, data, (size_t)some);
	if (last)
		die();
	return n;
}

ssize_t
pwrite(int fd, const void *data, size_t size, off_t offset)
{
	bool last;
	ssize_t some = write_call(fd, size, &last);
	ssize_t n = some < 0 ? -1 : REAL(pwrite)(fd, data, (size_t)some, offset);
	if (last)
		die();
	return n;
}

ssize_t
pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
	bool last;
	ssize_t some = write_call(fd, size, &last);
	ssize_t n = some < 0 ? -1 : REAL(pwrite64)(fd, data, (size_t)some, offset);
	if (last)
		die();
	return n;
}

int
fsync(int fd)
{
	if (concerned() && is_file_below(fd) && is_time())
		die();
	return REAL(fsync)(fd);
}

int
fdatasync(int fd)
{
	if (concerned() && is_file_below(fd) && is_time())
		die();
	return REAL(fdatasync)(fd);
}

int
ftruncate(int fd, off_t size)
{
	if (concerned() && is_file_below(fd) && is_time())
		die();
	return REAL(ftruncate)(fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
	if (concerned() && is_file_below(fd) && is_time())
		die();
	return REAL(ftruncate64)(fd, size);
}

int
rename(const char *from, const char *to)
{
	return name_call(to, false) ? REAL(rename)(from, to) : -1;
}

int
renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	return name_call(to, false) ? REAL(renameat2)(from_dir, from, to_dir, to, flags) : -1;
}

int
link(const char *from, const char *to)
{
	return name_call(to, true) ? REAL(link)(from, to) : -1;
}

int
mkdir(const char *path, mode_t mode)
{
	return name_call(path, true) ? REAL(mkdir)(path, mode) : -1;
}

int
rmdir(const char *path)
{
	return name_call(path, false) ? REAL(rmdir)(path) : -1;
}

int
unlink(const char *path)
{
	return name_call(path, false) ? REAL(unlink)(path) : -1;
}

int
remove(const char *path)
{
	return name_call(path, false) ? REAL(remove)(path) : -1;
}
