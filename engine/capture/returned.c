/* Giving back what could not be taken, with the reason beside it. */
#include "capture/returned.h"

#include "base/file.h"

#include <string.h>

/* A file system takes 255 bytes: room for a number, the note's ending and that of a file half
 * written. Bytes that were no UTF-8 have made a name up to three times as long. */
#define NAME_BYTES 220

/* Shortened before its ending, which says what it is opened with. Caller owns. */
static char *
shorten(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t ending = dot && strlen(dot) <= 10 ? strlen(dot) : 0;
	size_t size = strlen(name);
	if (size <= NAME_BYTES)
		return g_strdup(name);
	const char *cut = name + NAME_BYTES - ending;
	while (cut > name && (*cut & 0xc0) == 0x80)
		cut--;
	return g_strdup_printf("%.*s%s", (int)(cut - name), name, name + size - ending);
}

char *
returned_name(const char *name, bool (*taken)(const char *name, void *user), void *user)
{
	g_autofree char *safe = g_strdelimit(shorten(name), "/\\\n\r\t", '_');
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

/* A copy, not a link: what somebody does to it later must not reach the archive. */
static bool
copy_blob(const char *from, const char *to, GError **err)
{
	g_autofree char *data = NULL;
	gsize size;
	if (!g_file_get_contents(from, &data, &size, err))
		return false;
	g_autoptr(GBytes) bytes = g_bytes_new_take(g_steal_pointer(&data), size);
	return file_write(to, bytes, 0644, err);
}

bool
returned_put(const char *office_dir, const char *name, const char *blob_path, const char *reason,
	GError **err)
{
	g_autofree char *path = g_build_filename(office_dir, "returned", name, NULL);
	g_autofree char *note = g_strdup_printf("%s.ly-do.txt", path);
	char *text = g_strdup_printf("Tệp: %s\nLý do trả lại: %s\n", name, reason);
	g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));
	if ((!blob_path || copy_blob(blob_path, path, err)) && file_write(note, bytes, 0644, err))
		return true;
	return because(err, _("returning '%s'"), name);
}
