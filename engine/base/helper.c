/* The parent's side of a helper: starts the zygote, hands it requests, reads replies and deaths. */
#include "base/helper.h"

#include "base/helper_wire.h"
#include "base/sandbox.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_SECONDS 60   /* warming up on a busy machine */
#define MESSAGE_BYTES 1000 /* of an error that a helper tells, which a document may have written */
#define GRACE_SECONDS 10   /* beyond a request's own time: then the zygote itself is stuck */

struct Helper {
	char *path;
	HelperPolicy policy;
	pid_t zygote; /* 0 = not running */
	int socket;   /* -1 = not running */
	int served;
};

HelperPolicy
helper_policy(const Limits *limits)
{
	return (HelperPolicy){
		.memory_bytes = limits->memory_bytes,
		.reply_bytes = limits->text_bytes + limits->total_bytes,
		.cpu_seconds = limits->cpu_seconds,
		.wall_seconds = limits->wall_seconds,
		.requests = 200,
	};
}

Helper *
helper_new(const char *path, const HelperPolicy *policy)
{
	Helper *helper = g_new0(Helper, 1);
	helper->path = g_strdup(path);
	helper->policy = *policy;
	helper->socket = -1;
	return helper;
}

static void
stop(Helper *helper)
{
	if (helper->socket >= 0)
		close(helper->socket);
	if (helper->zygote > 0) {
		kill(helper->zygote, SIGKILL);
		while (waitpid(helper->zygote, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	helper->socket = -1;
	helper->zygote = 0;
	helper->served = 0;
}

void
helper_free(Helper *helper)
{
	if (!helper)
		return;
	stop(helper);
	g_free(helper->path);
	g_free(helper);
}

/* ---- starting ------------------------------------------------------------------------------ */

/* A helper inherits no secrets: only what chooses language, data and sanitizer behaviour. */
static char **
clean_environment(void)
{
	static const char *const kept[] = { "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES",
		"VANTHU_LANG", "VANTHU_DATA", "TZ", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
		"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_SLICE",
		NULL };
	char **environment = g_new0(char *, 1);
	for (const char *const *name = kept; *name; name++)
		if (g_getenv(*name))
			environment = g_environ_setenv(environment, *name, g_getenv(*name), TRUE);
	return environment;
}

static bool
wait_readable(int fd, int seconds)
{
	int64_t end = g_get_monotonic_time() + (int64_t)seconds * G_USEC_PER_SEC;
	for (;;) {
		int64_t left_ms = (end - g_get_monotonic_time()) / 1000;
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		int n = poll(&wait, 1, (int)MAX(left_ms, 0));
		if (n > 0)
			return true;
		if (n == 0 || errno != EINTR)
			return false;
	}
}

/* One whole message of the expected size. */
static bool
receive(int fd, void *message, size_t size, int seconds)
{
	if (!wait_readable(fd, seconds))
		return false;
	ssize_t n;
	do
		n = recv(fd, message, size, 0);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)size;
}

/* In the helper, the socket is HELPER_SOCKET, and nothing else of ours is open. */
static void
plan_descriptors(posix_spawn_file_actions_t *actions, int socket)
{
	posix_spawn_file_actions_adddup2(actions, socket, HELPER_SOCKET);
	posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#ifndef VANTHU_SANITIZE
	posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif /* a sanitizer's report is worth reading */
	posix_spawn_file_actions_addclosefrom_np(actions, HELPER_SOCKET + 1);
}

/* Not g_spawn_async(), which copies the tables of our memory first. */
static bool
spawn(Helper *helper, int socket, GError **err)
{
	char *arguments[] = { helper->path, (char *)HELPER_ARGUMENT, NULL };
	g_auto(GStrv) environment = clean_environment();
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	plan_descriptors(&actions, socket);
	sigset_t defaults, none;
	sigfillset(&defaults);
	sigemptyset(&none);
	posix_spawnattr_t attributes;
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	int error = posix_spawn(
		&helper->zygote, helper->path, &actions, &attributes, arguments, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		return fail(err, ERR_LIBRARY, _("can't start '%s': %s"), helper->path,
			g_strerror(error));
	return true;
}

static bool
start(Helper *helper, GError **err)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return fail(err, ERR_LIBRARY, _("can't start '%s': %s"), helper->path,
			g_strerror(errno));
	bool ok = spawn(helper, ends[1], err);
	close(ends[1]);
	helper->socket = ends[0];
	uint32_t hello = 0;
	if (ok &&
		!(receive(helper->socket, &hello, sizeof hello, START_SECONDS) &&
			hello == HELPER_HELLO))
		ok = fail(err, ERR_LIBRARY, _("'%s' did not answer when it was started"),
			helper->path);
	if (!ok)
		stop(helper);
	return ok;
}

/* ---- one request --------------------------------------------------------------------------- */

static bool
write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t n = write(fd, data, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		size -= (size_t)n;
	}
	return true;
}

/* The bytes in a memfd that nobody can change any more; -1 with errno. */
static int
sealed_copy(GBytes *bytes)
{
	size_t size;
	const char *data = g_bytes_get_data(bytes, &size);
	int fd = memfd_create("request", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return -1;
	if (!write_all(fd, data, size) ||
		fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) !=
			0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool
send_request(Helper *helper, const char *service, const int fds[2])
{
	HelperRequest request = {
		.memory_bytes = helper->policy.memory_bytes,
		.reply_bytes = helper->policy.reply_bytes,
		.cpu_seconds = helper->policy.cpu_seconds,
		.wall_seconds = helper->policy.wall_seconds,
	};
	g_strlcpy(request.service, service, sizeof request.service);
	union {
		char bytes[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} control = { { 0 } };
	struct msghdr message = {
		.msg_iov = &(struct iovec){ &request, sizeof request },
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control.bytes,
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	*header = (struct cmsghdr){ .cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_RIGHTS,
		.cmsg_len = CMSG_LEN(2 * sizeof(int)) };
	memcpy(CMSG_DATA(header), fds, 2 * sizeof(int));
	ssize_t n;
	do
		n = sendmsg(helper->socket, &message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof request;
}

static bool
hand_over(Helper *helper, const char *service, const int fds[2], GError **err)
{
	if (helper->served >= helper->policy.requests && helper->policy.requests > 0)
		stop(helper);
	if (helper->socket < 0 && !start(helper, err))
		return false;
	helper->served++;
	return send_request(helper, service, fds);
}

static HelperDeath
death_of(const HelperOutcome *outcome)
{
	int status = outcome->status;
	if (outcome->timed_out)
		return (HelperDeath){ HELPER_TIMED_OUT, 0 };
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return (HelperDeath){ HELPER_TIMED_OUT, 0 };
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
		return (HelperDeath){ HELPER_REPLY_TOO_LARGE, 0 };
	if (WIFSIGNALED(status))
		return (HelperDeath){ WTERMSIG(status) == SIGKILL ? HELPER_KILLED : HELPER_CRASHED,
			WTERMSIG(status) };
	if (WEXITSTATUS(status) == SANDBOX_EXIT_MEMORY)
		return (HelperDeath){ HELPER_OVER_MEMORY, 0 };
	if (WEXITSTATUS(status) != 0)
		return (HelperDeath){ HELPER_EXITED, WEXITSTATUS(status) };
	return (HelperDeath){ HELPER_ANSWERED, 0 };
}

/* False when the zygote itself is gone. */
static bool
await(Helper *helper, HelperDeath *ret_death)
{
	HelperOutcome outcome;
	int seconds = helper->policy.wall_seconds + GRACE_SECONDS;
	if (receive(helper->socket, &outcome, sizeof outcome, seconds)) {
		*ret_death = death_of(&outcome);
		return true;
	}
	struct pollfd gone = { .fd = helper->socket };
	*ret_death = (HelperDeath){ HELPER_TIMED_OUT, 0 };
	return poll(&gone, 1, 0) <= 0;
}

/* The system may have killed the zygote or its child, which is nobody's fault: one more try. */
static bool
run(Helper *helper, const char *service, const int fds[2], HelperDeath *ret_death, GError **err)
{
	for (int attempt = 0; attempt < 2; attempt++) {
		bool sent = hand_over(helper, service, fds, err);
		if (helper->socket < 0)
			return false;
		bool answered = sent && await(helper, ret_death);
		if (!answered || ret_death->end == HELPER_TIMED_OUT)
			stop(helper);
		if (answered && (attempt > 0 || ret_death->end != HELPER_KILLED))
			return true;
		if (ftruncate(fds[1], 0) != 0 || lseek(fds[1], 0, SEEK_SET) != 0)
			break;
	}
	return fail(err, ERR_LIBRARY, _("'%s' takes no requests"), helper->path);
}

/* Copied, not mapped: the child may have left a thread or a mapping that still writes. */
static GBytes *
read_reply(int fd, size_t limit_bytes, HelperDeath *death)
{
	struct stat info;
	size_t size = fstat(fd, &info) == 0 ? (size_t)info.st_size : 0;
	if (size > limit_bytes + sizeof(HelperReply)) {
		*death = (HelperDeath){ HELPER_REPLY_TOO_LARGE, 0 };
		return NULL;
	}
	char *data = g_try_malloc(MAX(size, 1));
	size_t done = 0;
	while (data && done < size) {
		ssize_t n = pread(fd, data + done, size - done, (off_t)done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (!data || done < sizeof(HelperReply)) {
		*death = (HelperDeath){ HELPER_EXITED, 0 }; /* ended well without a word */
		g_free(data);
		return NULL;
	}
	return g_bytes_new_take(data, done);
}

static bool
take_reply(GBytes *whole, GBytes **ret_reply, GError **err)
{
	size_t size;
	const char *data = g_bytes_get_data(whole, &size);
	HelperReply head;
	memcpy(&head, data, sizeof head);
	if (!head.code) {
		*ret_reply = g_bytes_new_from_bytes(whole, sizeof head, size - sizeof head);
		return true;
	}
	g_autofree char *message =
		text_name(data + sizeof head, MIN(size - sizeof head, MESSAGE_BYTES));
	ErrCode code = head.code >= ERR_RETRY && head.code <= ERR_LIBRARY ? (ErrCode)head.code
									  : ERR_FORMAT;
	return fail(err, code, "%s", message);
}

/* What each end means for the document: the code of the error. */
static const struct {
	const char *name;
	ErrCode code;
	bool numbered;
} ends[] = {
	[HELPER_ANSWERED] = { "answered", ERR_LIBRARY, false },
	[HELPER_EXITED] = { "exited with status", ERR_FORMAT, true },
	[HELPER_CRASHED] = { "killed by signal", ERR_FORMAT, true },
	[HELPER_KILLED] = { "stopped by the system, signal", ERR_LIMIT, true },
	[HELPER_TIMED_OUT] = { "out of time", ERR_LIMIT, false },
	[HELPER_OVER_MEMORY] = { "out of memory", ERR_LIMIT, false },
	[HELPER_REPLY_TOO_LARGE] = { "too much came back", ERR_LIMIT, false },
	[HELPER_NOT_STARTED] = { "not started", ERR_LIBRARY, false },
};

char *
helper_death_print(const HelperDeath *death)
{
	if (ends[death->end].numbered)
		return g_strdup_printf("%s %d", ends[death->end].name, death->number);
	return g_strdup(ends[death->end].name);
}

static bool
exchange(Helper *helper, const char *service, const int fds[2], GBytes **ret_reply,
	HelperDeath *death, GError **err)
{
	if (!run(helper, service, fds, death, err)) {
		*death = (HelperDeath){ HELPER_NOT_STARTED, 0 };
		return false;
	}
	g_autoptr(GBytes) whole = NULL;
	if (death->end == HELPER_ANSWERED)
		whole = read_reply(fds[1], helper->policy.reply_bytes, death);
	if (whole)
		return take_reply(whole, ret_reply, err);
	g_autofree char *how = helper_death_print(death);
	return fail(err, ends[death->end].code, _("the helper '%s' broke off: %s"), service, how);
}

bool
helper_call(Helper *helper, const char *service, GBytes *request, GBytes **ret_reply,
	HelperDeath *ret_death, GError **err)
{
	HelperDeath death = { HELPER_NOT_STARTED, 0 };
	int fds[2] = { sealed_copy(request), memfd_create("reply", MFD_CLOEXEC) };
	bool ok = fds[0] >= 0 && fds[1] >= 0;
	if (!ok)
		fail(err, ERR_RETRY, _("no memory for a request: %s"), g_strerror(errno));
	ok = ok && exchange(helper, service, fds, ret_reply, &death, err);
	for (int i = 0; i < 2; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	if (ret_death)
		*ret_death = death;
	return ok;
}
