/*
 * A foreign program (LibreOffice) behind walls that do not depend on its good will: new user,
 * network, mount, process and IPC namespaces, without which it is not started at all. Inside there
 * is /usr to read, an empty /tmp to write, no network, no home folder, none of our files; the file
 * that it is to work on lies in /tmp. When the caller or the time ends, the whole tree of processes
 * ends.
 *
 * base/sandbox.h is for our own code, which needs far less.
 */
#ifndef VANTHU_BASE_CONFINE_H
#define VANTHU_BASE_CONFINE_H

#include "base/error.h"

#include <stddef.h>

typedef struct {
	const char *const *argv; /* the program, by its path inside; NULL-terminated */
	const char *const
		*readable;   /* beside /usr: files and folders; what is missing is left out */
	size_t memory_bytes; /* of one process */
	size_t disk_bytes;   /* of /tmp */
	size_t reply_bytes;  /* of the file that comes back */
	int cpu_seconds;     /* of one process */
	int wall_seconds;
	int again_status; /* the program wants to be started once more when it ends so; 0 = never */
	void (*inside)(void); /* instead of argv: to be called there, then it ends */
} Confine;

/*
 * Writes `in` to /tmp/IN_NAME, runs the program in /tmp, reads /tmp/OUT_NAME back. Caller owns
 * *ret_out. ERR_UNSUPPORTED: such namespaces can't be had here, or there is no such program;
 * ERR_LIMIT: time or size; ERR_FORMAT: the program ended without that file. Set in every case:
 * *ret_signal, which ended the program (SIGXCPU when its time was up), 0 when none did.
 */
bool confine_run(const Confine *confine, const char *in_name, GBytes *in, const char *out_name,
	GBytes **ret_out, int *ret_signal, GError **err);

#endif
