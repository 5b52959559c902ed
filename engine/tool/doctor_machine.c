/* The machine under vanthu -> rows of `vanthu doctor`: kernel, walls, user, clock. */
#include "tool/doctor.h"

#include "tool/print.h"

#include "base/sandbox.h"

#include <pwd.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void
check_kernel(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self, (void)engine;
	struct utsname name;
	int major = 0, minor = 0;
	if (uname(&name) != 0 || sscanf(name.release, "%d.%d", &major, &minor) != 2) {
		doctor_say(row, DOCTOR_WARNING, "%s", _("it does not tell its version"));
		return;
	}
	bool old = major < 5 || (major == 5 && minor < 13);
	doctor_say(row, old ? DOCTOR_WARNING : DOCTOR_GOOD, "%s %s (%s)", name.sysname,
		name.release, name.machine);
	if (old)
		doctor_advise(row, "%s", _("5.13 or newer has all the walls (Debian 12: 6.1)"));
}

/* What a version does not know yet is refused by seccomp: less deep, no hole. */
static void
check_landlock(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self, (void)engine;
	static const struct {
		int version;
		const char *what;
	} news[] = { { 2, "refer" }, { 3, "truncate" }, { 4, "tcp" }, { 5, "ioctl" },
		{ 6, "signal" } };
	int version = sandbox_landlock_version();
	if (!version) {
		doctor_say(row, DOCTOR_WARNING, "%s",
			_("not there: a program that reads documents could read whatever this user "
			  "may read; writing, the network and new programs stay refused "
			  "(seccomp)"));
		doctor_advise(row, "%s",
			_("start the kernel with landlock in 'lsm='; until then run vanthu as a "
			  "user who may read nothing else"));
		return;
	}
	g_autoptr(GString) missing = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(news); i++)
		if (version < news[i].version)
			g_string_append_printf(missing, " %s", news[i].what);
	doctor_say(row, DOCTOR_GOOD, _("version %d"), version);
	if (missing->len)
		doctor_say(row, DOCTOR_GOOD, _("without%s, which seccomp refuses"), missing->str);
}

static void
check_seccomp(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self, (void)engine;
	if (sandbox_has_seccomp()) {
		doctor_say(row, DOCTOR_GOOD, "%s", _("there"));
		return;
	}
	doctor_say(row, DOCTOR_FAILURE, "%s",
		_("not there: a document that takes over its reader reaches the network"));
	doctor_advise(row, "%s", _("use a kernel with CONFIG_SECCOMP_FILTER"));
}

/* ---- namespaces ---------------------------------------------------------------------------- */

static bool
can_unshare(int flags)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		_exit(unshare(flags) == 0 ? 0 : 1);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* Settings that take user namespaces away, by the system that has them. */
static void
advise_namespaces(DoctorRow *row)
{
	static const struct {
		const char *path, *bad, *setting;
	} rows[] = {
		{ "/proc/sys/kernel/unprivileged_userns_clone", "0",
			"kernel.unprivileged_userns_clone=1" },
		{ "/proc/sys/user/max_user_namespaces", "0", "user.max_user_namespaces=10000" },
		{ "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1",
			"kernel.apparmor_restrict_unprivileged_userns=0" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = NULL;
		if (g_file_get_contents(rows[i].path, &text, NULL, NULL) &&
			strcmp(g_strstrip(text), rows[i].bad) == 0) {
			doctor_advise(row, "sysctl %s", rows[i].setting);
			return;
		}
	}
	doctor_advise(row, "%s", _("in a container: allow namespaces, or convert elsewhere"));
}

static void
check_namespaces(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self, (void)engine;
	static const struct {
		int flag;
		const char *name;
	} rows[] = { { 0, "user" }, { CLONE_NEWNET, "network" }, { CLONE_NEWNS, "mount" },
		{ CLONE_NEWPID, "process" }, { CLONE_NEWIPC, "ipc" }, { CLONE_NEWUTS, "uts" } };
	g_autoptr(GString) missing = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (!can_unshare(CLONE_NEWUSER | rows[i].flag))
			g_string_append_printf(missing, " %s", rows[i].name);
	if (!missing->len) {
		doctor_say(row, DOCTOR_GOOD, "%s", _("user, network, mount, process, ipc, uts"));
		return;
	}
	doctor_say(row, DOCTOR_WARNING,
		_("refused:%s; old formats (.doc, .rtf, .odt) are sent back unread"), missing->str);
	advise_namespaces(row);
}

/* ---- who, and when ------------------------------------------------------------------------- */

static void
check_user(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self, (void)engine;
	const struct passwd *user = getpwuid(geteuid());
	const char *name = user ? user->pw_name : "?";
	doctor_say(row, geteuid() ? DOCTOR_GOOD : DOCTOR_WARNING, "%s", name);
	if (!geteuid())
		doctor_advise(row, "%s",
			_("run vanthu, and this check, as a user of its own: not as root"));
}

/* Numbers, deadlines and the journal go by the clock. */
static void
check_clock(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	const Clock now = engine_clock(engine);
	g_autofree char *text = clock_print(now);
	g_autofree char *printed = print_time(text);
	int year = clock_local_date(now).year;
	bool absurd = year < 2025 || year > 2100;
	doctor_say(row, absurd ? DOCTOR_FAILURE : DOCTOR_GOOD, _("%s (Vietnam)"), printed);
	struct timex state = { 0 };
	int known = adjtimex(&state);
	if (!absurd && known >= 0 && (known == TIME_ERROR || (state.status & STA_UNSYNC)))
		doctor_say(row, DOCTOR_WARNING, "%s", _("no time service keeps it right"));
	if (row->verdict != DOCTOR_GOOD)
		doctor_advise(row, "%s", _("let a time service (NTP) keep it right"));
}

const DoctorCheck doctor_machine[] = {
	{ "kernel", N_("kernel"), check_kernel, NULL },
	{ "landlock", N_("landlock (files)"), check_landlock, NULL },
	{ "seccomp", N_("seccomp (system calls)"), check_seccomp, NULL },
	{ "namespaces", N_("namespaces (LibreOffice)"), check_namespaces, NULL },
	{ "user", N_("user"), check_user, NULL },
	{ "clock", N_("clock"), check_clock, NULL },
	{ 0 },
};
