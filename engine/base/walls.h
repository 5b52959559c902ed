/*
 * Trying, from inside, to get through each wall around a process: what holds on this machine, and
 * not what the version of its kernel promises. `vanthu doctor` and the tests ask every helper.
 *
 * Attempts are harmless where a wall is missing: nothing is sent, and what was made is removed.
 */
#ifndef VANTHU_BASE_WALLS_H
#define VANTHU_BASE_WALLS_H

#include <glib.h>

/* Around our own code (base/sandbox.h), and around a foreign program (base/confine.h), which may
 * do more: start processes, write to a /tmp of its own. */
typedef enum { WALLS_SANDBOX = 1, WALLS_CONFINE = 2 } WallsKind;

/* Appends a line for each wall: its name and "shut", or "open" when one gets through. */
void walls_try(WallsKind kind, GString *out);
/* The names of those that stand open in such a report, which is not believed: one that is not
 * spoken of counts as open. Caller owns; the names are static. */
GPtrArray *walls_open(WallsKind kind, const char *report, size_t size);

#endif
