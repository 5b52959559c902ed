/*
 * The walls around code that reads untrusted bytes: no network, no new programs or processes, no
 * writing, reading only where it is allowed, bounded memory and time. Entered by a helper's child
 * before it sees the first byte (base/helper.h); there is no way out.
 *
 * Walls that stand on top of each other: resource limits, no_new_privs; landlock and seccomp where
 * the kernel has them. In the sanitizer build (VANTHU_SANITIZE) the memory limit and seccomp are
 * left out: ASan cannot live under them.
 */
#ifndef VANTHU_BASE_SANDBOX_H
#define VANTHU_BASE_SANDBOX_H

#include "base/error.h"

#include <stddef.h>

/* The child ends with this status when it runs out of memory. */
#define SANDBOX_EXIT_MEMORY 77

/* What the walls need and a process can make ready for its forks: the list of allowed system calls,
 * compiled (half of a millisecond), and what may be read. */
typedef struct SandboxPlan SandboxPlan;

/* readable: files and folders, NULL-terminated, may be NULL; what is missing is left out.
 * ERR_LIBRARY. */
SandboxPlan *sandbox_plan(const char *const *readable, GError **err);
void sandbox_plan_free(SandboxPlan *plan); /* NULL is fine */

typedef struct {
	const SandboxPlan *plan;
	size_t memory_bytes; /* private memory */
	size_t write_bytes;  /* into descriptors that are open already */
	int cpu_seconds;
	int open_files;
} Sandbox;

/* What the kernel has: the version of landlock (0 = none), and whether it filters calls. */
int sandbox_landlock_version(void);
bool sandbox_has_seccomp(void);

/* For the rest of this process. ERR_LIBRARY when a wall could not be put up: then read nothing. */
bool sandbox_enter(const Sandbox *sandbox, GError **err);

#endif
