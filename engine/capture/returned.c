/* Giving back what could not be taken, with the reason beside it. */
#include "capture/returned.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

char *
returned_name(const char *name, bool (*taken)(const char *name, void *user), void *user)
{
	g_autofree char *safe = g_strdelimit(g_strdup(name), "/\\\n\r\t", '_');
	if (*safe == '.')
		*safe = '_';
	if (!taken(safe, user))
		return g_steal_pointer(&safe);
	for (int copy = 2;; copy++) {
		g_autofree char *numbered = g_strdup_printf("%s (%d)", safe, copy);
		if (!taken(numbered, user))
			return g_steal_pointer(&numbered);
	}
}

static bool
link_or_copy(const char *from, const char *to, GError **err)
{
	if (link(from, to) == 0 || errno == EEXIST)
		return true;
	g_autofree char *data = NULL;
	gsize size;
	return (g_file_get_contents(from, &data, &size, err) &&
		       g_file_set_contents(to, data, (gssize)size, err)) ||
		because(err, _("returning '%s'"), to);
}

bool
returned_put(const char *office_dir, const char *name, const char *blob_path, const char *reason,
	GError **err)
{
	g_autofree char *path = g_build_filename(office_dir, "returned", name, NULL);
	g_autofree char *note = g_strdup_printf("%s.ly-do.txt", path);
	g_autofree char *text = g_strdup_printf("Tệp: %s\nLý do trả lại: %s\n", name, reason);
	if (blob_path && !link_or_copy(blob_path, path, err))
		return false;
	return g_file_set_contents_full(
		       note, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, err) ||
		because(err, _("returning '%s'"), name);
}
