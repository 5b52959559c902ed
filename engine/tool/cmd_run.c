/* vanthu run: the line at work, once or until it is stopped. */
#include "tool/command.h"

#include "tool/run.h"

#include "capture/watch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* What is still being copied into the inbox is waited for so long when it works only once. */
enum { PATIENCE_MS = 30000 };

static void
say(const char *line, void *user)
{
	(void)user;
	printf("%s\n", line);
	fflush(stdout);
}

/* One line works in an office at a time; the lock goes with the process, however that ends. */
static int
lock_office(const Engine *engine, GError **err)
{
	g_autofree char *path = g_build_filename(engine->office_dir, "archive", "run.lock", NULL);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		fail(err, ERR_RETRY, _("opening '%s'"), path);
	else if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	else
		fail(err, ERR_RETRY, _("another 'vanthu run' works in this office"));
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
print_count(const Call *call, const RunCount *count)
{
	if (!call->json) {
		g_string_append_printf(call->out, "event=done taken=%d returned=%d waiting=%d\n",
			count->taken, count->returned, count->waiting);
		return;
	}
	Json json;
	json_init(&json, call->out);
	json_object(&json, NULL);
	json_int(&json, "taken", count->taken);
	json_int(&json, "returned", count->returned);
	json_int(&json, "waiting", count->waiting);
	json_end_object(&json);
	g_string_append_c(call->out, '\n');
}

static int
run_once(Call *call, GError **err)
{
	RunCount total = { 0 }, count;
	int patience = PATIENCE_MS;
	do {
		if (!run_pass(call->engine, call->json ? NULL : say, NULL, &count, err))
			return EXIT_SYSTEM;
		total.taken += count.taken;
		total.returned += count.returned;
		total.waiting = count.waiting + (count.wait_ms >= 0);
		if (count.wait_ms >= 0)
			g_usleep((gulong)count.wait_ms * 1000);
		patience -= count.wait_ms;
	} while (count.wait_ms >= 0 && patience > 0);
	print_count(call, &total);
	return total.waiting ? EXIT_SYSTEM : EXIT_OK;
}

/* Interrupts are read from a descriptor, so that work in progress is finished first. */
static int
stop_signals(void)
{
	sigset_t stops;
	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigprocmask(SIG_BLOCK, &stops, NULL);
	return signalfd(-1, &stops, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The list of the day says what is late: with a new day it is written anew, though nothing came. */
static bool
turn_page(const Engine *engine, Date *day, GError **err)
{
	Date today = clock_local_date(engine_clock(engine));
	bool turned = day->year && date_compare(today, *day) != 0;
	*day = today;
	if (!turned)
		return true;
	if (store_begin(engine->store, err) && store_add_work(engine->store, "", "day", "", err) &&
		store_commit(engine->store, err))
		return true;
	store_rollback(engine->store);
	return false;
}

/* Trouble of the whole line (a full disk, a busy database) passes: it is said and tried again. */
static int
run_watching(Call *call, Watch *watch)
{
	Engine *engine = call->engine;
	RunCount count;
	WatchEnd end;
	Date day = { 0 };
	do {
		g_autoptr(GError) error = NULL;
		if (!turn_page(engine, &day, &error) ||
			!run_pass(engine, say, NULL, &count, &error)) {
			g_autofree char *line =
				g_strdup_printf("event=trouble error=\"%s\"", error->message);
			say(line, NULL);
			count.wait_ms = -1;
		}
		int rescan = engine->config.rescan_s * 1000;
		end = watch_wait(watch, count.wait_ms >= 0 ? MIN(count.wait_ms, rescan) : rescan);
	} while (end != WATCH_STOP);
	say("event=stopped", NULL);
	return EXIT_OK;
}

static int
run_on(Call *call, GError **err)
{
	g_autofree char *inbox = g_build_filename(call->engine->office_dir, "inbox", NULL);
	int stop = stop_signals();
	g_autoptr(Watch) watch = watch_new(inbox, stop, err);
	if (!watch)
		return EXIT_SYSTEM;
	g_autofree char *line = g_strdup_printf("event=started office=\"%s\" watch=%s",
		call->engine->office_dir, watch_is_polling(watch) ? "polling" : "inotify");
	say(line, NULL);
	int status = run_watching(call, watch);
	close(stop);
	return status;
}

static int
run(Call *call, GError **err)
{
	int lock = lock_office(call->engine, err);
	if (lock < 0)
		return EXIT_SYSTEM;
	int status = call_has(call, "once") ? run_once(call, err) : run_on(call, err);
	close(lock);
	return status;
}

static const Option options[] = {
	{ "once", NULL, N_("work until the inbox is empty, then end") },
	{ 0 },
};

const Command cmd_run = {
	.name = "run",
	.arguments = "",
	.needs = NEEDS_RULES | NEEDS_DECODERS | WRITES_STORE,
	.help = N_("take what is dropped in the inbox, until stopped"),
	.about = N_("Prints one line of key=value for each thing that happens. What an earlier run "
		    "left "
		    "unfinished is finished first. Stop it with Ctrl-C or SIGTERM; a kill loses "
		    "nothing."),
	.options = options,
	.run = run,
};
