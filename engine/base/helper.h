/*
 * Helpers: programs of ours that do one risky thing (decode a file, draw a page) behind walls.
 *
 * The parent starts a helper when it first needs it. The helper is a *zygote*: it loads and warms
 * its libraries, parses nothing untrusted, and forks a fresh child for every request. The child goes
 * behind the walls of base/sandbox.h before it sees the first byte, writes its reply and ends. So a
 * request can neither reach the system nor the next request, and its death is an answer like
 * another.
 *
 *	parent ── SEQPACKET socket: service, limits, request (sealed memfd), reply (memfd) ──► zygote
 *	       ◄── how the child ended ───────────────────────────────────────────────────────  │ fork
 *	       ◄── reply, read from its memfd after the child has ended ─────────────────────  child
 *
 * When the parent dies its end of the socket closes: the zygote kills its child and ends. A zygote
 * is replaced after `requests` requests. One Helper belongs to one thread at a time.
 */
#ifndef VANTHU_BASE_HELPER_H
#define VANTHU_BASE_HELPER_H

#include "base/error.h"
#include "base/limits.h"

/* ---- the parent ---------------------------------------------------------------------------- */

typedef struct {
	size_t memory_bytes, reply_bytes;
	int cpu_seconds, wall_seconds;
	int requests; /* a zygote serves so many, then a new one takes over */
} HelperPolicy;

/* Memory and time as in limits; a reply may be as large as text and inflated entries together. */
HelperPolicy helper_policy(const Limits *limits);

typedef enum {
	HELPER_ANSWERED, /* with a reply, or with an error of its own */
	HELPER_EXITED,   /* number = exit status */
	HELPER_CRASHED,  /* number = signal */
	HELPER_KILLED,   /* by somebody else, twice: the system out of memory, an administrator */
	HELPER_TIMED_OUT,
	HELPER_OVER_MEMORY,
	HELPER_REPLY_TOO_LARGE,
	HELPER_NOT_STARTED, /* the program is missing or broken: nobody's document is to blame */
} HelperEnd;

typedef struct {
	HelperEnd end;
	int number;
} HelperDeath;

typedef struct Helper Helper;

/* Starts nothing yet. `path` is the program. */
Helper *helper_new(const char *path, const HelperPolicy *policy);
/* Ends the zygote; NULL is fine. */
void helper_free(Helper *helper);
/*
 * Asks `service` (below 32 bytes) of the helper and waits. True with *ret_reply (caller owns).
 * False with *err: what the service itself reported (end is HELPER_ANSWERED), or a death: ERR_LIMIT
 * for time, memory, size and being killed, ERR_FORMAT for a crash, ERR_LIBRARY when it could not be
 * started. ret_death may be NULL, and is set in every case.
 */
bool helper_call(Helper *helper, const char *service, GBytes *request, GBytes **ret_reply,
	HelperDeath *ret_death, GError **err);
/* "killed by signal 11": technical, untranslated, for logs and details. Caller owns. */
char *helper_death_print(const HelperDeath *death);

/* ---- the helper's own main ----------------------------------------------------------------- */

typedef struct {
	const char *name;
	/* Runs behind the walls. Appends the reply to out; an error goes to the caller as it is. */
	bool (*serve)(GBytes *request, GString *out, GError **err);
} HelperService;

typedef struct {
	const HelperService *services; /* ends with a NULL name */
	const char *const *readable;   /* what a child may read: see sandbox_plan() */
	void (*warm)(void);            /* in the zygote, once: load tables, fonts; may be NULL */
	void (*warm_more)(void);       /* the same, before a second request: what one alone does not
					  pay for, and a child can load by itself; may be NULL */
	bool large;                    /* a request touches megabytes: its child gets huge pages */
	bool own_walls; /* its services only start others, confined (base/confine.h) */
} HelperProgram;

/* A service that every helper has beside its own: tries its walls from inside (base/walls.h). Only
 * one with walls of its own brings it along. */
#define HELPER_WALLS "walls"

/*
 * All of a helper's main(): returns its exit status. Started by helper_call() it serves; by hand,
 * "PROGRAM SERVICE <request >reply" runs one service without walls, for debugging and measuring.
 */
int helper_serve(const HelperProgram *program, int argc, char **argv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Helper, helper_free)

#endif
