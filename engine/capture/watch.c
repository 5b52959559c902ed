/* inotify on the inbox, or polling where the file system is not local. */
#include "capture/watch.h"

#include <errno.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { POLL_MS = 5000, CIFS_MAGIC = 0xff534d42 };

struct Watch {
	int inotify; /* -1: polling */
	int stop_fd;
};

static bool
is_network(const char *folder)
{
	static const unsigned long types[] = { NFS_SUPER_MAGIC, SMB_SUPER_MAGIC,
		(unsigned)CIFS_MAGIC, 0xfe534d42 /* SMB2 */, FUSE_SUPER_MAGIC, 0x01021997 /* 9p */,
		AFS_SUPER_MAGIC, CEPH_SUPER_MAGIC };
	struct statfs fs;
	if (statfs(folder, &fs) != 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if ((unsigned long)fs.f_type == types[i])
			return true;
	return false;
}

Watch *
watch_new(const char *folder, int stop_fd, GError **err)
{
	g_autoptr(Watch) watch = g_new0(Watch, 1);
	watch->stop_fd = stop_fd;
	watch->inotify = is_network(folder) ? -1 : inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB | IN_ONLYDIR;
	if (watch->inotify >= 0 && inotify_add_watch(watch->inotify, folder, events) < 0) {
		fail(err, ERR_LIBRARY, _("watching '%s': %s"), folder, g_strerror(errno));
		return NULL;
	}
	return g_steal_pointer(&watch);
}

void
watch_free(Watch *watch)
{
	if (!watch)
		return;
	if (watch->inotify >= 0)
		close(watch->inotify);
	g_free(watch);
}

bool
watch_is_polling(const Watch *watch)
{
	return watch->inotify < 0;
}

WatchEnd
watch_wait(Watch *watch, int timeout_ms)
{
	struct pollfd fds[] = {
		{ .fd = watch->stop_fd, .events = POLLIN },
		{ .fd = watch->inotify, .events = POLLIN },
	};
	if (watch_is_polling(watch))
		timeout_ms = MIN(timeout_ms, POLL_MS);
	if (poll(fds, G_N_ELEMENTS(fds), timeout_ms) <= 0)
		return WATCH_TIME;
	if (fds[0].revents)
		return WATCH_STOP;
	_Alignas(struct inotify_event) char events[4096];
	while (read(watch->inotify, events, sizeof events) > 0)
		; /* which file it was does not matter: the folder is listed */
	return WATCH_CHANGE;
}
