/* The office folder -> rows of `vanthu doctor`: where it lies, and whether its files are good. */
#include "tool/doctor.h"

#include "tool/print.h"
#include "tool/templates.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

/* ---- the folder ---------------------------------------------------------------------------- */

static void
check_rights(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	static const char *const names[] = { ".", "inbox", "drafts", "returned", "archive",
		"vanthu.db" };
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(engine->office_dir, names[i], NULL);
		bool folder = g_file_test(path, G_FILE_TEST_IS_DIR);
		if (access(path, R_OK | W_OK | (folder ? X_OK : 0)) != 0)
			doctor_say(row, DOCTOR_FAILURE, "%s: %s", names[i], g_strerror(errno));
	}
	if (row->verdict == DOCTOR_GOOD)
		doctor_say(row, DOCTOR_GOOD, "%s", _("this user may write in it"));
	else
		doctor_advise(row, "%s",
			_("give the folder to the user of vanthu (chown -R), or make the office "
			  "anew (vanthu init)"));
}

/* Dossiers hold personal data; keys/ holds what signs certificates. */
static void
check_privacy(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	struct stat info;
	if (stat(engine->office_dir, &info) != 0) {
		doctor_say(row, DOCTOR_FAILURE, "%s", g_strerror(errno));
		return;
	}
	const struct passwd *owner = getpwuid(info.st_uid);
	const char *name = owner ? owner->pw_name : "?";
	bool open = info.st_mode & 077;
	doctor_say(row, open ? DOCTOR_WARNING : DOCTOR_GOOD,
		open ? _("belongs to '%s', and others may look into it (mode %03o)")
		     : _("belongs to '%s' alone (mode %03o)"),
		name, (unsigned)(info.st_mode & 0777));
	if (open)
		doctor_advise(row, "chmod 700 %s", engine->office_dir);
	if (info.st_uid == geteuid())
		return;
	doctor_say(row, DOCTOR_WARNING, "%s", _("another user than the one who asks"));
	doctor_advise(row, "sudo -u %s vanthu doctor", name);
}

static void
check_file_system(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	/* What the database and claiming by rename stand on: locks, links, syncs that sync. */
	static const char network[] =
		N_("on the network: locks and syncs of the database can't be relied on");
	static const char foreign[] = N_("knows no rights of Unix, no links, no safe rename");
	static const char passing[] = N_("in memory: all is gone when the machine restarts");
	static const struct {
		unsigned type;
		const char *name, *why; /* why NULL: good */
	} rows[] = {
		{ EXT4_SUPER_MAGIC, "ext4", NULL },
		{ XFS_SUPER_MAGIC, "xfs", NULL },
		{ BTRFS_SUPER_MAGIC, "btrfs", NULL },
		{ F2FS_SUPER_MAGIC, "f2fs", NULL },
		{ 0x2fc12fc1, "zfs", NULL },
		{ OVERLAYFS_SUPER_MAGIC, "overlay",
			N_("of a container: keep the office on a volume of its own") },
		{ TMPFS_MAGIC, "tmpfs", passing },
		{ RAMFS_MAGIC, "ramfs", passing },
		{ NFS_SUPER_MAGIC, "NFS", network },
		{ CIFS_SUPER_MAGIC, "SMB (cifs)", network },
		{ SMB_SUPER_MAGIC, "SMB", network },
		{ SMB2_SUPER_MAGIC, "SMB", network },
		{ V9FS_MAGIC, "9p", network },
		{ CEPH_SUPER_MAGIC, "Ceph", network },
		{ AFS_SUPER_MAGIC, "AFS", network },
		{ FUSE_SUPER_MAGIC, "FUSE", network },
		{ MSDOS_SUPER_MAGIC, "FAT", foreign },
		{ EXFAT_SUPER_MAGIC, "exFAT", foreign },
		{ 0x7366746e, "NTFS", foreign },
	};
	struct statfs info;
	if (statfs(engine->office_dir, &info) != 0) {
		doctor_say(row, DOCTOR_FAILURE, "%s", g_strerror(errno));
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].type != (unsigned)info.f_type)
			continue;
		const char *why = rows[i].why;
		doctor_say(row, why ? DOCTOR_WARNING : DOCTOR_GOOD, "%s%s%s", rows[i].name,
			why ? ": " : "", why ? _(why) : "");
		if (why)
			doctor_advise(row, "%s", _("move the office to a disk of this machine"));
		return;
	}
	doctor_say(row, DOCTOR_WARNING, _("not known to vanthu (%08x)"), (unsigned)info.f_type);
}

/* ---- the disk ------------------------------------------------------------------------------ */

/* Microseconds of one small file, written and synced; -1 with errno. */
static int64_t
measure_sync(const char *dir)
{
	g_autofree char *path = g_build_filename(dir, ".vanthu-doctor-XXXXXX", NULL);
	char block[4096] = "vanthu doctor";
	int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	int64_t start = g_get_monotonic_time();
	bool ok = write(fd, block, sizeof block) == (ssize_t)sizeof block && fsync(fd) == 0;
	int64_t took = g_get_monotonic_time() - start;
	int error = errno;
	close(fd);
	g_unlink(path);
	errno = error;
	return ok ? took : -1;
}

/* A document waits for a handful of syncs. */
static void
check_sync(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	const double slow_ms = 200;
	int64_t took = measure_sync(engine->office_dir);
	if (took < 0) {
		doctor_say(row, DOCTOR_FAILURE, "%s", g_strerror(errno));
		return;
	}
	double ms = (double)took / 1000;
	doctor_say(row, ms > slow_ms ? DOCTOR_WARNING : DOCTOR_GOOD,
		_("a file of 4 KiB is on the disk after %.1f ms"), ms);
	if (ms > slow_ms)
		doctor_advise(row, "%s",
			_("the disk is busy or slow: every document waits for several of these"));
}

static void
check_space(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	const uint64_t needed = (uint64_t)200 << 20, wanted = (uint64_t)5 << 30;
	struct statvfs info;
	if (statvfs(engine->office_dir, &info) != 0) {
		doctor_say(row, DOCTOR_FAILURE, "%s", g_strerror(errno));
		return;
	}
	uint64_t space = (uint64_t)info.f_bavail * info.f_frsize;
	g_autofree char *text = g_format_size(space);
	doctor_say(row,
		space < needed           ? DOCTOR_FAILURE
			: space < wanted ? DOCTOR_WARNING
					 : DOCTOR_GOOD,
		_("%s free"), text);
	if (info.f_files && info.f_favail < 10000)
		doctor_say(row, DOCTOR_WARNING, _("room for %llu more files only"),
			(unsigned long long)info.f_favail);
	if (row->verdict != DOCTOR_GOOD)
		doctor_advise(row, "%s", _("make room: originals are kept for good"));
}

/* A clock behind what the archive has seen already would date entries before earlier ones. */
static void
check_time(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	static const char *const names[] = { "vanthu.db", "vanthu.db-wal" };
	int64_t last_s = 0, now_s = clock_now().utc_us / 1000000;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(engine->office_dir, names[i], NULL);
		struct stat info;
		if (stat(path, &info) == 0)
			last_s = MAX(last_s, info.st_mtim.tv_sec);
	}
	if (last_s <= now_s + 60) {
		doctor_say(row, DOCTOR_GOOD, "%s", _("after the last change"));
		return;
	}
	g_autofree char *text = clock_print((Clock){ last_s * 1000000 });
	g_autofree char *printed = print_time(text);
	doctor_say(row, DOCTOR_FAILURE, _("the clock stands before the last change, %s"), printed);
	doctor_advise(row, "%s", _("set the clock before anything is registered"));
}

/* ---- its files ----------------------------------------------------------------------------- */

/* What one file in trust/ holds, as vanthu-signatures read it: "2019-01-01/2024-01-01\tName". */
static void
judge_certificates(
	const char *file, const char *reply, const char *today, int *count, DoctorRow *row)
{
	g_auto(GStrv) lines = g_strsplit(reply, "\n", -1);
	int before = *count;
	for (char **line = lines; *line; line++) {
		g_auto(GStrv) parts = g_strsplit(*line, "\t", 2);
		const char *to = parts[0] ? strchr(parts[0], '/') : NULL;
		if (!to || !parts[1])
			continue;
		++*count;
		if (strcmp(to + 1, today) < 0)
			doctor_say(row, DOCTOR_WARNING, _("%s: '%s' ended on %s"), file, parts[1],
				to + 1);
		else if (strncmp(parts[0], today, strlen(today)) > 0)
			doctor_say(row, DOCTOR_WARNING, _("%s: '%s' begins on %.10s"), file,
				parts[1], parts[0]);
	}
	if (*count == before)
		doctor_say(row, DOCTOR_FAILURE, _("%s: no certificate in PEM"), file);
}

static void
check_trust_file(Engine *engine, const char *path, const char *today, int *count, DoctorRow *row)
{
	g_autofree char *name = g_path_get_basename(path);
	g_autoptr(GError) err = NULL;
	g_autofree char *reply = NULL;
	char *text = NULL;
	gsize size;
	if (!g_file_get_contents(path, &text, &size, &err)) {
		doctor_say(row, DOCTOR_FAILURE, "%s", err->message);
		return;
	}
	g_autoptr(GBytes) pem = g_bytes_new_take(text, size);
	if (doctor_ask(engine, "vanthu-signatures", "certificates", pem, &reply, NULL, &err))
		judge_certificates(name, reply, today, count, row);
	else
		doctor_say(row, DOCTOR_FAILURE, "%s: %s", name, err->message);
}

static void
check_trust(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	g_autoptr(GPtrArray) files = engine_trust_files(engine);
	g_autofree char *today = date_print_iso(clock_local_date(clock_now()));
	int count = 0;
	for (guint i = 0; i < files->len; i++)
		check_trust_file(engine, g_ptr_array_index(files, i), today, &count, row);
	if (files->len) {
		doctor_say(row, DOCTOR_GOOD, _("%d certificates"), count);
	} else {
		doctor_say(
			row, DOCTOR_WARNING, "%s", _("none: no signature can be called trusted"));
		doctor_advise(row, "%s", _("see README.txt there"));
	}
}

typedef bool (*Load)(Engine *engine, GError **err);

static bool
load_templates(Engine *engine, GError **err)
{
	return engine_need_workflows(engine, err) && templates_check(engine, err);
}

static bool
load_store(Engine *engine, GError **err)
{
	if (!engine->store)
		engine->store = store_open(engine->office_dir, STORE_READ, err);
	return engine->store != NULL;
}

typedef struct {
	Load load;
	const char *good; /* N_() */
} File;

/* Errors name file, line and what was meant. */
static void
check_file(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	const File *file = self->what;
	g_autoptr(GError) err = NULL;
	if (file->load(engine, &err))
		doctor_say(row, DOCTOR_GOOD, "%s", _(file->good));
	else
		doctor_say(row, DOCTOR_FAILURE, "%s", err->message);
}

static bool
has_template(const char *name, void *user)
{
	g_autofree char *path = engine_template_path(user, name, NULL);
	return path != NULL;
}

/* A workflow whose role nobody holds stops in the middle. */
static void
check_roles(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	g_autoptr(GPtrArray) findings = findings_new();
	const Date today = clock_local_date(engine_clock(engine));
	if (!engine_read_office(engine, NULL) || !engine_need_workflows(engine, NULL)) {
		doctor_say(row, DOCTOR_WARNING, "%s", _("can't be told before the files are good"));
		return;
	}
	for (guint i = 0; i < engine->workflows->len; i++)
		flow_check(g_ptr_array_index(engine->workflows, i), engine->office, today,
			has_template, engine, findings);
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		doctor_say(row,
			finding->severity == SEVERITY_ERROR ? DOCTOR_FAILURE : DOCTOR_WARNING, "%s",
			finding_text(finding, engine->language));
	}
	if (!findings->len)
		doctor_say(row, DOCTOR_GOOD, "%s", _("every stage has somebody"));
	else
		doctor_advise(row, "%s", _("fill in office.xml"));
}

static const File conf = { engine_read_config, N_("good") };
static const File office = { engine_read_office, N_("good") };
static const File rules = { engine_need_rules, N_("compile") };
static const File workflows = { engine_need_workflows, N_("compile") };
static const File templates = { load_templates, N_("compile") };
static const File store = { load_store, N_("opens") };

const DoctorCheck doctor_office[] = {
	{ "rights", N_("rights"), check_rights, NULL },
	{ "privacy", N_("owner"), check_privacy, NULL },
	{ "file-system", N_("file system"), check_file_system, NULL },
	{ "sync", N_("writing to disk"), check_sync, NULL },
	{ "space", N_("space"), check_space, NULL },
	{ "time", N_("clock and archive"), check_time, NULL },
	{ "vanthu.conf", "vanthu.conf", check_file, &conf },
	{ "office.xml", "office.xml", check_file, &office },
	{ "rules", "rules/", check_file, &rules },
	{ "workflows", N_("workflows"), check_file, &workflows },
	{ "templates", "templates/", check_file, &templates },
	{ "roles", N_("roles"), check_roles, NULL },
	{ "trust", "trust/", check_trust, NULL },
	{ "database", "vanthu.db", check_file, &store },
	{ 0 },
};
