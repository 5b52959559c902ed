/* This process and what it starts, on a kernel that lacks something. */
#ifndef VANTHU_TESTS_WITHOUT_H
#define VANTHU_TESTS_WITHOUT_H

#include <errno.h>
#include <glib.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>

/* "landlock", "seccomp" or "namespaces": what asks for it fails as it does on such a kernel. */
static inline bool
go_without(const char *what)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int result = -1;
	if (strcmp(what, "landlock") == 0)
		result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
			seccomp_syscall_resolve_name("landlock_create_ruleset"), 0);
	if (strcmp(what, "seccomp") == 0)
		result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
			SCMP_A0(SCMP_CMP_EQ, PR_GET_SECCOMP));
	if (strcmp(what, "namespaces") == 0)
		result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 1,
			SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
	bool ok = result == 0 && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

#endif
