/* The helper's side: a zygote that forks a fresh, walled-in child for every request. */
#include "base/helper.h"

#include "base/helper_wire.h"
#include "base/sandbox.h"
#include "base/walls.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HUGE_PAGE = 2 << 20 };

/* ---- the child ----------------------------------------------------------------------------- */

typedef struct {
	void *data;
	size_t size;
} Mapping;

static void
mapping_free(void *user)
{
	Mapping *mapping = user;
	munmap(mapping->data, mapping->size);
	g_free(mapping);
}

static GBytes *
map_request(int fd)
{
	struct stat info;
	if (fstat(fd, &info) != 0)
		return NULL;
	size_t size = (size_t)info.st_size;
	if (!size)
		return g_bytes_new(NULL, 0);
	void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return NULL;
	Mapping *mapping = g_new(Mapping, 1);
	*mapping = (Mapping){ data, size };
	return g_bytes_new_with_free_func(data, size, mapping_free, mapping);
}

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

static bool
try_walls(GBytes *request, GString *out, GError **err)
{
	(void)request, (void)err;
	walls_try(WALLS_SANDBOX, out);
	return true;
}

static bool
run_service(
	const HelperProgram *program, const char *name, GBytes *request, GString *out, GError **err)
{
	for (const HelperService *service = program->services; service->name; service++)
		if (strcmp(service->name, name) == 0)
			return service->serve(request, out, err);
	if (!program->own_walls && strcmp(name, HELPER_WALLS) == 0)
		return try_walls(request, out, err);
	return fail(err, ERR_USAGE, _("the helper has no service '%s'"), name);
}

/* Memory that was freed is used again: a piece that is mapped by itself, as large ones are, has all
 * its pages touched anew. */
static void
keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
}

/*
 * From here on the heap goes on in huge pages, where the kernel has them: a trap for each page that
 * is touched costs half as much as reading a small document. A huge page cannot begin in what is
 * shared with the zygote, nor where malloc() has left its mark: so the heap first grows by a piece,
 * then up to where one begins. Neither piece is ever touched.
 */
static void
use_huge_pages(void)
{
	mallopt(M_TOP_PAD, 4 * HUGE_PAGE);
	void *piece = g_try_malloc(HUGE_PAGE / 2);
	if (!piece)
		return;
	uintptr_t end = (uintptr_t)piece + malloc_usable_size(piece);
	uintptr_t huge = (end + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
	madvise((void *)huge, 3 * HUGE_PAGE, MADV_HUGEPAGE);
	g_try_malloc(huge - end - sizeof(void *) * 2);
}

/* Runs in the fork; the status it ends with. */
static int
child(const HelperProgram *program, const SandboxPlan *plan, const HelperRequest *asked,
	const int fds[2])
{
	keep_memory();
	if (program->large)
		use_huge_pages();
	g_autoptr(GBytes) request = map_request(fds[0]);
	g_autoptr(GError) err = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	HelperReply head = { 0, 0 };
	g_string_append_len(out, (const char *)&head, sizeof head);
	const Sandbox sandbox = {
		.plan = plan,
		.memory_bytes = asked->memory_bytes,
		.write_bytes = asked->reply_bytes + sizeof head,
		.cpu_seconds = asked->cpu_seconds,
		.open_files = 64,
	};
	if (!request || (!program->own_walls && !sandbox_enter(&sandbox, &err))) {
		if (!err)
			fail(&err, ERR_LIBRARY, _("the request can't be read"));
	} else {
		run_service(program, asked->service, request, out, &err);
	}
	if (err) {
		head.code = (uint32_t)err_code(err);
		g_string_truncate(out, 0);
		g_string_append_len(out, (const char *)&head, sizeof head);
		g_string_append(out, err->message);
	}
	if (out->len > asked->reply_bytes + sizeof head)
		raise(SIGXFSZ);
	return write_all(fds[1], out->str, out->len) ? 0 : 1;
}

/* ---- the zygote ---------------------------------------------------------------------------- */

static bool
receive_request(HelperRequest *request, int fds[2])
{
	union {
		char bytes[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} control;
	struct msghdr message = {
		.msg_iov = &(struct iovec){ request, sizeof *request },
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control.bytes,
	};
	ssize_t n;
	do
		n = recvmsg(HELPER_SOCKET, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	if (n != (ssize_t)sizeof *request || !header ||
		header->cmsg_len != CMSG_LEN(2 * sizeof(int)))
		return false;
	memcpy(fds, CMSG_DATA(header), 2 * sizeof(int));
	request->service[sizeof request->service - 1] = '\0';
	return true;
}

/* Sleeps until the child may have ended, or the parent has; false when the parent is gone. Without
 * pidfd (an old or emulated kernel) it looks every few milliseconds. */
static bool
nap(int process, int64_t left_us)
{
	struct pollfd waits[] = { { .fd = process, .events = POLLIN }, { .fd = HELPER_SOCKET } };
	int64_t ms = MAX(left_us / 1000, 1);
	int n = poll(waits, G_N_ELEMENTS(waits), (int)(process < 0 ? MIN(ms, 3) : ms));
	return n <= 0 || !waits[1].revents;
}

/* A child that ignores the soft limit of its time is killed by the kernel at the hard one. */
static bool
out_of_time(int status, const struct rusage *used, int cpu_seconds)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL &&
		used->ru_utime.tv_sec + used->ru_stime.tv_sec >= cpu_seconds;
}

/* Waits for the child's end, its time, or the parent's end; false when the parent is gone. */
static bool
watch(pid_t pid, const HelperRequest *request, HelperOutcome *ret_outcome)
{
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	int64_t end = g_get_monotonic_time() + (int64_t)request->wall_seconds * G_USEC_PER_SEC;
	struct rusage used = { 0 };
	bool alive = true, in_time = true, ended = false;
	int status = 0;
	while (!ended && alive && in_time) {
		ended = wait4(pid, &status, WNOHANG, &used) == pid;
		int64_t left_us = end - g_get_monotonic_time();
		in_time = ended || left_us > 0;
		if (!ended && in_time)
			alive = nap(process, left_us);
	}
	if (!ended) {
		kill(pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			continue;
	}
	if (process >= 0)
		close(process);
	in_time = in_time && !out_of_time(status, &used, request->cpu_seconds);
	*ret_outcome = (HelperOutcome){ .status = status, .timed_out = !in_time };
	return alive;
}

static bool
serve_one(const HelperProgram *program, const SandboxPlan *plan, const HelperRequest *request,
	const int fds[2])
{
	pid_t zygote = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != zygote)
			_exit(1);
		close(HELPER_SOCKET); /* only the zygote says how a child ended */
		_exit(child(program, plan, request, fds));
	}
	HelperOutcome outcome = { .status = 1 << 8 };
	if (pid > 0 && !watch(pid, request, &outcome))
		return false;
	return send(HELPER_SOCKET, &outcome, sizeof outcome, MSG_NOSIGNAL) ==
		(ssize_t)sizeof outcome;
}

static int
zygote(const HelperProgram *program)
{
	/* Ctrl-C and a service manager's TERM go to the whole group; the parent decides when we
	 * end. */
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP };
	for (size_t i = 0; i < G_N_ELEMENTS(ignored); i++)
		signal(ignored[i], SIG_IGN);
	if (program->warm)
		program->warm();
	SandboxPlan *plan = sandbox_plan(program->readable, NULL);
	const uint32_t hello = HELPER_HELLO;
	bool alive = plan &&
		send(HELPER_SOCKET, &hello, sizeof hello, MSG_NOSIGNAL) == (ssize_t)sizeof hello;
	HelperRequest request;
	int fds[2];
	for (int served = 0; alive && receive_request(&request, fds); served++) {
		if (served == 1 && program->warm_more)
			program->warm_more();
		alive = serve_one(program, plan, &request, fds);
		close(fds[0]);
		close(fds[1]);
	}
	sandbox_plan_free(plan);
	return 0;
}

/* ---- by hand ------------------------------------------------------------------------------- */

static int
run_by_hand(const HelperProgram *program, const char *service)
{
	g_autoptr(GByteArray) input = g_byte_array_new();
	guint8 chunk[65536];
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, stdin)) > 0;)
		g_byte_array_append(input, chunk, (guint)n);
	g_autoptr(GBytes) request = g_byte_array_free_to_bytes(g_steal_pointer(&input));
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) err = NULL;
	if (program->warm)
		program->warm();
	if (!run_service(program, service, request, out, &err)) {
		fprintf(stderr, "%s\n", err->message);
		return 1;
	}
	return fwrite(out->str, 1, out->len, stdout) == out->len ? 0 : 1;
}

int
helper_serve(const HelperProgram *program, int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], HELPER_ARGUMENT) == 0)
		return zygote(program);
	if (argc == 2 && argv[1][0] != '-')
		return run_by_hand(program, argv[1]);
	fprintf(stderr, "usage: %s SERVICE <request >reply\nservices:", argv[0]);
	for (const HelperService *service = program->services; service->name; service++)
		fprintf(stderr, " %s", service->name);
	fprintf(stderr, "\n");
	return 2;
}
