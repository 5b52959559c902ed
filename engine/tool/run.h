/* The whole line, once over the inbox: claim, archive, decode, extract, store, drafts. */
#ifndef VANTHU_TOOL_RUN_H
#define VANTHU_TOOL_RUN_H

#include "tool/engine.h"

/* One line per event for people or logs ("key=value …"); may be NULL. */
typedef void (*RunSay)(const char *line, void *user);

typedef struct {
	int taken, returned, waiting;
	int wait_ms; /* look again after so long; -1 = nothing is waiting */
} RunCount;

/* Finishes what an earlier run left, takes what is ready, makes what was promised. An entry that
 * can't be taken now (disk full, still being written) stays and is counted as waiting; other
 * entries go on. */
bool run_pass(Engine *engine, RunSay say, void *user, RunCount *count, GError **err);

#endif
