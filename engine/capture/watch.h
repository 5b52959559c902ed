/*
 * Waiting for something to happen in inbox/: the kernel tells on a local disk; on a network file
 * system, where it can't know, the folder is looked at every few seconds. Waiting too long is
 * always harmless: the caller rescans anyway.
 */
#ifndef VANTHU_CAPTURE_WATCH_H
#define VANTHU_CAPTURE_WATCH_H

#include "base/error.h"

typedef struct Watch Watch;

/* stop_fd: waiting also ends when this can be read (a signalfd); -1 = none. */
Watch *watch_new(const char *folder, int stop_fd, GError **err);
void watch_free(Watch *watch);
bool watch_is_polling(const Watch *watch);

typedef enum { WATCH_TIME, WATCH_CHANGE, WATCH_STOP } WatchEnd;
/* At most timeout_ms (a polling watch: at most five seconds). */
WatchEnd watch_wait(Watch *watch, int timeout_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Watch, watch_free)

#endif
