/* Bytes into files, and names into folders, so that a crash finds the old or the new, never half.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool
file_fail(GError **err, const char *what, const char *path)
{
	static const struct {
		int reason;
		ErrCode code;
	} codes[] = {
		{ ENOENT, ERR_NOT_FOUND },
		{ ENOTDIR, ERR_NOT_FOUND },
		{ EACCES, ERR_DENIED },
		{ EPERM, ERR_DENIED },
		{ EROFS, ERR_DENIED },
	};
	int reason = errno;
	ErrCode code = ERR_RETRY;
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (codes[i].reason == reason)
			code = codes[i].code;
	return fail(err, code, "%s '%s': %s", what, path, g_strerror(reason));
}

bool
folder_sync(const char *path, GError **err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;
	if (!synced)
		file_fail(err, _("syncing"), path);
	if (fd >= 0)
		close(fd);
	return synced;
}

bool
folder_make(const char *path, GError **err)
{
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	g_autofree char *parent = g_path_get_dirname(path);
	if (!folder_make(parent, err))
		return false;
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return file_fail(err, _("making"), path);
	return folder_sync(parent, err);
}

bool
file_write_all(int fd, const char *data, size_t size, const char *path, GError **err)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = write(fd, data + done, size - done);
		if (n < 0 && errno != EINTR)
			return file_fail(err, _("writing"), path);
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

bool
file_holds(const char *path, GBytes *bytes)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	g_autoptr(GBytes) kept = file ? g_mapped_file_get_bytes(file) : NULL;
	return kept && g_bytes_equal(kept, bytes);
}

/* The new file, locked. Whoever had the lock before may have renamed the file away meanwhile: then
 * the name stands for another file, or none. */
static int
open_locked(const char *path)
{
	for (;;) {
		struct stat mine, named;
		int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0)
			return -1;
		if (flock(fd, LOCK_EX) == 0 && fstat(fd, &mine) == 0 && stat(path, &named) == 0 &&
			mine.st_ino == named.st_ino && mine.st_dev == named.st_dev)
			return fd;
		close(fd);
	}
}

static bool
fill(int fd, GBytes *bytes, int mode, const char *path, GError **err)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	if (ftruncate(fd, 0) != 0)
		return file_fail(err, _("writing"), path);
	if (!file_write_all(fd, data, size, path, err))
		return false;
	if (fchmod(fd, (mode_t)mode) != 0 || fsync(fd) != 0)
		return file_fail(err, _("writing"), path);
	return true;
}

bool
file_write(const char *path, GBytes *bytes, int mode, GError **err)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(path);
	g_autofree char *unfinished = g_strdup_printf("%s/.%s.new", folder, name);
	int fd = open_locked(unfinished);
	if (fd < 0)
		return file_fail(err, _("writing"), path);
	bool written = fill(fd, bytes, mode, path, err);
	if (written && rename(unfinished, path) != 0)
		written = file_fail(err, _("writing"), path);
	if (!written)
		unlink(unfinished);
	close(fd);
	return written && folder_sync(folder, err);
}
