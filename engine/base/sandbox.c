/*
 * Walls around a process: limits, landlock by raw system calls (glibc has no wrappers), seccomp as
 * a list of what is allowed. A forbidden call fails with EPERM rather than kills: libraries probe.
 */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct SandboxPlan {
	int ruleset;      /* of landlock; -1 on a kernel without: seccomp still refuses writing */
	GByteArray *code; /* of struct sock_filter; empty on a kernel without seccomp */
};

static bool
failed(GError **err, const char *what)
{
	return fail(err, ERR_LIBRARY, _("can't set up '%s': %s"), what, g_strerror(errno));
}

/* ---- limits -------------------------------------------------------------------------------- */

static bool
limit(int resource, rlim_t soft, rlim_t hard)
{
	return setrlimit((__rlimit_resource_t)resource, &(struct rlimit){ soft, hard }) == 0;
}

static bool
limit_resources(const Sandbox *sandbox, GError **err)
{
	rlim_t cpu = (rlim_t)sandbox->cpu_seconds;
	bool ok = limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_CPU, cpu, cpu + 2) &&
		limit(RLIMIT_FSIZE, sandbox->write_bytes, sandbox->write_bytes) &&
		limit(RLIMIT_NOFILE, (rlim_t)sandbox->open_files, (rlim_t)sandbox->open_files);
#ifndef VANTHU_SANITIZE
	/* DATA is the limit that counts; AS stops shared mappings, which DATA does not see. */
	rlim_t memory = sandbox->memory_bytes;
	rlim_t space = memory * 2 + ((rlim_t)1 << 30);
	ok = ok && limit(RLIMIT_DATA, memory, memory) && limit(RLIMIT_AS, space, space);
#endif
	return ok || failed(err, "rlimit");
}

#ifndef VANTHU_SANITIZE
/* Running out of memory ends in abort() or a NULL: errno tells it from a plain crash. */
static void
on_crash(int number)
{
	if (errno == ENOMEM)
		_exit(SANDBOX_EXIT_MEMORY);
	signal(number, SIG_DFL);
	raise(number);
}

/* GLib logs, and so loses errno, before it aborts. */
static void
on_log(const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
	(void)domain, (void)user;
	if ((level & G_LOG_LEVEL_ERROR) && strstr(message, "failed to allocate"))
		_exit(SANDBOX_EXIT_MEMORY);
}

static void
watch_memory(void)
{
	g_log_set_default_handler(on_log, NULL);
	static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGTRAP };
	struct sigaction action = { .sa_handler = on_crash, .sa_flags = SA_RESETHAND | SA_NODEFER };
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], &action, NULL);
}
#endif

/* ---- landlock ------------------------------------------------------------------------------ */

/* Our own copy of the structure: headers of build machines differ, the kernel takes any size. */
typedef struct {
	uint64_t fs, net, scoped;
} Ruleset;

static Ruleset
ruleset_for(int version)
{
	Ruleset rules = { .fs = (1ULL << 13) - 1 };
	if (version >= 2)
		rules.fs |= 1ULL << 13; /* refer */
	if (version >= 3)
		rules.fs |= 1ULL << 14; /* truncate */
	if (version >= 4)
		rules.net = 3; /* bind, connect TCP */
	if (version >= 5)
		rules.fs |= 1ULL << 15; /* ioctl on devices */
	if (version >= 6)
		rules.scoped = 3; /* abstract sockets, signals */
	return rules;
}

static bool
allow_reading(int ruleset, const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return true; /* what is not there needs no way in */
	struct stat info;
	bool folder = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
	struct landlock_path_beneath_attr rule = {
		.allowed_access =
			LANDLOCK_ACCESS_FS_READ_FILE | (folder ? LANDLOCK_ACCESS_FS_READ_DIR : 0),
		.parent_fd = fd,
	};
	bool ok =
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(fd);
	return ok;
}

int
sandbox_landlock_version(void)
{
	long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	return version < 1 ? 0 : (int)version;
}

static bool
plan_reading(const char *const *readable, SandboxPlan *plan, GError **err)
{
	int version = sandbox_landlock_version();
	if (!version)
		return true;
	Ruleset rules = ruleset_for(version);
	size_t size = version >= 6 ? sizeof rules
		: version >= 4     ? 2 * sizeof(uint64_t)
				   : sizeof(uint64_t);
	plan->ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	bool ok = plan->ruleset >= 0;
	for (const char *const *path = readable; ok && path && *path; path++)
		ok = allow_reading(plan->ruleset, *path);
	return ok || failed(err, "landlock");
}

/* The descriptor is closed too: it is of no use behind the walls. */
static bool
restrict_files(const SandboxPlan *plan, GError **err)
{
	if (plan->ruleset < 0)
		return true;
	if (syscall(SYS_landlock_restrict_self, plan->ruleset, 0) != 0)
		return failed(err, "landlock");
	close(plan->ruleset);
	return true;
}

/* ---- seccomp ------------------------------------------------------------------------------- */

#ifndef VANTHU_SANITIZE
/* What decoding and drawing need: memory, reading, descriptors that are open, threads, time. */
static const char *const allowed_calls[] = { "read", "readv", "pread64", "preadv", "write",
	"writev", "pwrite64", "close", "close_range", "stat", "fstat", "lstat", "newfstatat",
	"statx", "statfs", "fstatfs", "lseek", "_llseek", "access", "faccessat", "faccessat2",
	"readlink", "readlinkat", "getcwd", "getdents", "getdents64", "fcntl", "dup", "dup2",
	"dup3", "pipe", "pipe2", "eventfd", "eventfd2", "poll", "ppoll", "select", "pselect6",
	"ftruncate", "fadvise64", "mmap", "mmap2", "mprotect", "munmap", "mremap", "madvise",
	"mincore", "brk", "membarrier", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
	"rt_sigpending", "rt_sigtimedwait", "sigaltstack", "futex", "futex_waitv",
	"set_robust_list", "get_robust_list", "rseq", "set_tid_address", "arch_prctl",
	"restart_syscall", "sched_yield", "sched_getaffinity", "sched_getparam",
	"sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min", "getpid",
	"gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getpgrp", "umask", "uname",
	"sysinfo", "times", "getrusage", "getrlimit", "clock_gettime", "clock_getres",
	"clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom", "exit", "exit_group",
	"tgkill", NULL };

static int
allow(scmp_filter_ctx filter, const char *name)
{
	int call = seccomp_syscall_resolve_name(name);
	if (call == __NR_SCMP_ERROR)
		return 0; /* not known on this architecture */
	int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
	return result == -EDOM ? 0 : result;
}

/* Calls that are allowed for some arguments only. */
static int
allow_some(scmp_filter_ctx filter)
{
	const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
	int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
#ifdef __NR_open
	if (!result)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
			SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
#endif
	/* Threads, not processes; clone3 hides its flags, so glibc has to fall back to clone. */
	if (!result)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
			SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	if (!result)
		result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return result;
}

/* The filter as the kernel wants it, read back from where libseccomp can write it. */
static bool
export_filter(scmp_filter_ctx filter, GByteArray *out)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	if (fd < 0)
		return false;
	bool ok = seccomp_export_bpf(filter, fd) == 0 && lseek(fd, 0, SEEK_SET) == 0;
	guint8 chunk[4096];
	for (ssize_t n; ok && (n = read(fd, chunk, sizeof chunk)) != 0;) {
		ok = n > 0;
		g_byte_array_append(out, chunk, (guint)MAX(n, 0));
	}
	close(fd);
	return ok && out->len && out->len % sizeof(struct sock_filter) == 0;
}

static bool
load_filter(struct sock_filter *code, size_t n)
{
	struct sock_fprog program = { .len = (unsigned short)n, .filter = code };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

/* Signals to itself alone (abort() needs that): a filter of its own, since only the child knows its
 * number. Of stacked filters the strictest answer counts. */
static bool
restrict_signals(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 2), /* no: to the "allow" */
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	return load_filter(code, G_N_ELEMENTS(code));
}

static bool
restrict_calls(const SandboxPlan *plan, GError **err)
{
	if (!plan->code->len)
		return true; /* the other walls have to do */
	size_t n = plan->code->len / sizeof(struct sock_filter);
	if (!restrict_signals() || !load_filter((struct sock_filter *)(void *)plan->code->data, n))
		return failed(err, "seccomp");
	return true;
}
#endif

bool
sandbox_has_seccomp(void)
{
	return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0 || errno != EINVAL;
}

static bool
plan_calls(GByteArray *code, GError **err)
{
#ifndef VANTHU_SANITIZE
	if (!sandbox_has_seccomp())
		return true;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int result = filter ? 0 : -ENOMEM;
	if (!result) /* as a tree: the kernel tries every call when a filter is loaded */
		result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (const char *const *name = allowed_calls; !result && *name; name++)
		result = allow(filter, *name);
	if (!result)
		result = allow_some(filter);
	bool ok = !result && export_filter(filter, code);
	seccomp_release(filter);
	errno = result ? -result : EIO;
	return ok || failed(err, "seccomp");
#else
	(void)code, (void)err;
	return true;
#endif
}

SandboxPlan *
sandbox_plan(const char *const *readable, GError **err)
{
	SandboxPlan *plan = g_new0(SandboxPlan, 1);
	*plan = (SandboxPlan){ .ruleset = -1, .code = g_byte_array_new() };
	if (plan_reading(readable, plan, err) && plan_calls(plan->code, err))
		return plan;
	sandbox_plan_free(plan);
	return NULL;
}

void
sandbox_plan_free(SandboxPlan *plan)
{
	if (!plan)
		return;
	if (plan->ruleset >= 0)
		close(plan->ruleset);
	g_byte_array_unref(plan->code);
	g_free(plan);
}

bool
sandbox_enter(const Sandbox *sandbox, GError **err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return failed(err, "prctl");
	if (!restrict_files(sandbox->plan, err) || !limit_resources(sandbox, err))
		return false;
#ifndef VANTHU_SANITIZE
	watch_memory();
	return restrict_calls(sandbox->plan, err);
#else
	return true;
#endif
}
