/* A scratch folder for tests that touch the disk; gone at the end of the scope. */
#ifndef VANTHU_TESTS_SCRATCH_H
#define VANTHU_TESTS_SCRATCH_H

#include <glib.h>

typedef char Scratch;

static inline Scratch *
scratch_new(void)
{
	char *dir = g_dir_make_tmp("vanthu-test-XXXXXX", NULL);
	g_assert_nonnull(dir);
	return dir;
}

static inline void
scratch_free(Scratch *dir)
{
	const char *const command[] = { "/bin/rm", "-rf", dir, NULL };
	g_spawn_sync(NULL, (char **)command, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
	g_free(dir);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scratch, scratch_free)

#endif
