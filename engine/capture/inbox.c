/* Listing, claiming and finishing what is dropped in inbox/. */
#include "capture/inbox.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_OPEN_FOLDERS = 16 };

void
inbox_entry_free(InboxEntry *entry)
{
	if (!entry)
		return;
	g_free(entry->claim);
	g_free(entry->name);
	g_free(entry->label);
	g_free(entry->path);
	g_free(entry);
}

static GPtrArray *
entries_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)inbox_entry_free);
}

static InboxEntry *
entry_new(const char *claim, const char *folder, const char *name, const struct stat *st)
{
	InboxEntry *entry = g_new0(InboxEntry, 1);
	entry->claim = g_strdup(claim);
	entry->name = g_strdup(name);
	entry->label = text_name(name, strlen(name));
	entry->path = g_build_filename(folder, name, NULL);
	entry->folder = S_ISDIR(st->st_mode);
	entry->odd = !S_ISDIR(st->st_mode) && !S_ISREG(st->st_mode);
	return entry;
}

static int
by_claim_and_name(gconstpointer a, gconstpointer b)
{
	const InboxEntry *one = *(InboxEntry *const *)a, *two = *(InboxEntry *const *)b;
	int order = strcmp(one->claim, two->claim);
	return order ? order : strcmp(one->name, two->name);
}

static char *
claims_folder(const char *office_dir)
{
	return g_build_filename(office_dir, "inbox", ".vanthu", NULL);
}

GPtrArray *
inbox_unfinished(const char *office_dir)
{
	GPtrArray *entries = entries_new();
	g_autofree char *claims = claims_folder(office_dir);
	g_autoptr(GDir) dir = g_dir_open(claims, 0, NULL);
	for (const char *claim; dir && (claim = g_dir_read_name(dir));) {
		g_autofree char *folder = g_build_filename(claims, claim, NULL);
		g_autoptr(GDir) inner = g_dir_open(folder, 0, NULL);
		const char *name = inner ? g_dir_read_name(inner) : NULL;
		g_autofree char *path = name ? g_build_filename(folder, name, NULL) : NULL;
		struct stat st;
		if (path && lstat(path, &st) == 0)
			g_ptr_array_add(entries, entry_new(claim, folder, name, &st));
		else
			g_rmdir(folder);
	}
	g_ptr_array_sort(entries, by_claim_and_name);
	return entries;
}

/* Locks of Word and LibreOffice, half downloads, hidden files. */
static bool
is_passing(const char *name)
{
	static const char *const starts[] = { ".", "~$", "~WRL" };
	static const char *const ends[] = { ".tmp", ".part", ".partial", ".crdownload", ".download",
		"~" };
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(name, starts[i]))
			return true;
	g_autofree char *lower = g_ascii_strdown(name, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(lower, ends[i]))
			return true;
	return strcmp(lower, "thumbs.db") == 0 || strcmp(lower, "desktop.ini") == 0;
}

static int64_t
changed_ms(const struct stat *st)
{
	return (int64_t)st->st_ctim.tv_sec * 1000 + st->st_ctim.tv_nsec / 1000000;
}

/* A read lease is refused while anybody has the file open to write: a slow copy that has paused.
 * Only the owner of a file may ask; for other files their quiet time must do. A writer who comes in
 * this very moment breaks the lease: told by SIGURG, which nobody minds, not SIGIO, which would
 * kill. */
static bool
has_writer(const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	bool busy = fd >= 0 && fcntl(fd, F_SETSIG, SIGURG) == 0 &&
		fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
	if (fd >= 0)
		close(fd);
	return busy;
}

/* When anything in it changed last, INT64_MAX while it is being written; files: how many files it
 * holds, what can't be looked at among them. A write changes the ctime, even when a copying program
 * sets the mtime back afterwards. */
static int64_t
last_change(const char *path, const struct stat *st, int *files)
{
	int64_t last = S_ISREG(st->st_mode) && has_writer(path) ? INT64_MAX : changed_ms(st);
	*files += !S_ISDIR(st->st_mode);
	g_autoptr(GDir) dir = S_ISDIR(st->st_mode) ? g_dir_open(path, 0, NULL) : NULL;
	*files += S_ISDIR(st->st_mode) && !dir;
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		struct stat inner_st;
		if (lstat(inner, &inner_st) != 0) {
			*files += errno == EACCES;
			continue;
		}
		int64_t change = last_change(inner, &inner_st, files);
		last = MAX(last, change); /* a macro: it must not call anything */
	}
	return last;
}

/* The wall clock, not the office's: it is compared with the times of the file system. */
static int64_t
now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Milliseconds until what changed last at that time may be taken; 0 = now. A clock that was set
 * back must not hold a file for ever. */
static int
still_to_wait(int64_t last, int64_t now, int quiet_ms)
{
	if (last == INT64_MAX)
		return MAX(quiet_ms, 500);
	int64_t still = now - last;
	return still >= quiet_ms || still < -60000 ? 0 : (int)(quiet_ms - still) + 1;
}

GPtrArray *
inbox_ready(const char *office_dir, int quiet_ms, int *ret_wait_ms)
{
	GPtrArray *entries = entries_new();
	g_autofree char *inbox = g_build_filename(office_dir, "inbox", NULL);
	g_autoptr(GDir) dir = g_dir_open(inbox, 0, NULL);
	int64_t now = now_ms();
	*ret_wait_ms = -1;
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *path = g_build_filename(inbox, name, NULL);
		struct stat st;
		if (is_passing(name) || lstat(path, &st) != 0)
			continue;
		int files = 0;
		int64_t last = last_change(path, &st, &files);
		int wait = still_to_wait(last, now, quiet_ms);
		if (S_ISDIR(st.st_mode) && !files)
			continue;
		if (!wait)
			g_ptr_array_add(entries, entry_new("", inbox, name, &st));
		else if (*ret_wait_ms < 0 || wait < *ret_wait_ms)
			*ret_wait_ms = wait;
	}
	g_ptr_array_sort(entries, by_claim_and_name);
	return entries;
}

bool
inbox_claim(const char *office_dir, InboxEntry *entry, GError **err)
{
	g_autofree char *claims = claims_folder(office_dir);
	g_autofree char *claim =
		g_strdup_printf("%016" G_GINT64_MODIFIER "d-%d", g_get_real_time(), (int)getpid());
	g_autofree char *folder = g_build_filename(claims, claim, NULL);
	g_autofree char *path = g_build_filename(folder, entry->name, NULL);
	if (g_mkdir(folder, 0700) != 0)
		return fail(err, ERR_RETRY, _("making '%s': %s"), folder, g_strerror(errno));
	if (g_rename(entry->path, path) != 0) {
		int reason = errno;
		g_rmdir(folder);
		return fail(err, reason == ENOENT ? ERR_NOT_FOUND : ERR_RETRY, _("taking '%s': %s"),
			entry->name, g_strerror(reason));
	}
	g_free(entry->claim);
	g_free(entry->path);
	entry->claim = g_steal_pointer(&claim);
	entry->path = g_steal_pointer(&path);
	return true;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *position)
{
	(void)st, (void)kind, (void)position;
	return remove(path);
}

bool
inbox_finish(const InboxEntry *entry, GError **err)
{
	g_autofree char *folder = g_path_get_dirname(entry->path);
	if (nftw(entry->path, remove_one, MAX_OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0 &&
		errno != ENOENT)
		return fail(err, ERR_RETRY, _("removing '%s': %s"), entry->path, g_strerror(errno));
	g_rmdir(folder);
	return true;
}

bool
inbox_put_back(const char *office_dir, const InboxEntry *entry, GError **err)
{
	g_autofree char *folder = g_path_get_dirname(entry->path);
	for (int copy = 1; copy < 1000; copy++) {
		g_autofree char *name = copy == 1 ? g_strdup(entry->name)
						  : g_strdup_printf("%d-%s", copy, entry->name);
		g_autofree char *path = g_build_filename(office_dir, "inbox", name, NULL);
		if (renameat2(AT_FDCWD, entry->path, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
			g_rmdir(folder);
			return true;
		}
		if (errno != EEXIST)
			break;
	}
	return fail(err, ERR_RETRY, _("putting '%s' back: %s"), entry->name, g_strerror(errno));
}
