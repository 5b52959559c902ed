/* Bytes, or a folder of files, into a tree of readings: helper, rules, and again for what is
 * inside. */
#include "tool/intake.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A message holds documents, a ZIP holds messages: nothing honest nests deeper. */
enum { MAX_NESTING = 3 };
/* Folders in a dropped folder: more is no dossier that a person made. */
enum { MAX_DEPTH = 32 };

static bool
read_all(int fd, char *data, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = read(fd, data + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static GBytes *
read_fd(int fd, const char *path, GError **err)
{
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		fail(err, ERR_NOT_FOUND, _("'%s' is no readable file"), path);
		return NULL;
	}
	if ((size_t)st.st_size > limits_default.file_bytes) {
		fail(err, ERR_LIMIT, _("'%s' is larger than %zu MiB"), path,
			limits_default.file_bytes >> 20);
		return NULL;
	}
	g_autofree char *data = g_malloc((size_t)st.st_size + 1);
	if (!read_all(fd, data, (size_t)st.st_size)) {
		fail(err, ERR_RETRY, _("reading '%s': %s"), path, g_strerror(errno));
		return NULL;
	}
	return g_bytes_new_take(g_steal_pointer(&data), (size_t)st.st_size);
}

GBytes *
intake_read_file(const char *path, GError **err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	GBytes *bytes = read_fd(fd, path, err);
	if (fd >= 0)
		close(fd);
	return bytes;
}

void
intake_free(Intake *intake)
{
	if (!intake)
		return;
	reading_free(intake->reading);
	g_ptr_array_unref(intake->blobs);
	g_free(intake);
}

static Intake *
intake_new(Reading *reading)
{
	Intake *intake = g_new0(Intake, 1);
	intake->reading = reading;
	intake->blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	return intake;
}

static Reading *
read_one(Engine *engine, GBytes *bytes, const char *name, int nesting, GPtrArray *blobs,
	GError **err)
{
	g_ptr_array_add(blobs, g_bytes_ref(bytes));
	g_autoptr(Doc) doc = decoders_read(engine->decoders, bytes, name, err);
	if (!doc)
		return NULL;
	g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	g_autoptr(Reading) reading = extract_read(engine->rules, doc, name, sha256);
	reading->words = doc_text(doc);
	for (guint i = 0; nesting < MAX_NESTING && i < doc->attachments->len; i++) {
		const Attachment *inside = g_ptr_array_index(doc->attachments, i);
		Reading *child =
			read_one(engine, inside->bytes, inside->name, nesting + 1, blobs, err);
		if (!child)
			return NULL;
		g_ptr_array_add(reading->documents, child);
	}
	return g_steal_pointer(&reading);
}

Intake *
intake_read(Engine *engine, GBytes *bytes, const char *name, GError **err)
{
	g_autoptr(Intake) intake = intake_new(NULL);
	intake->reading = read_one(engine, bytes, name, 0, intake->blobs, err);
	if (!intake->reading) {
		because(err, _("reading '%s'"), name);
		return NULL;
	}
	return g_steal_pointer(&intake);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What file managers and office programs leave lying about: no paper of anybody. */
static bool
is_litter(const char *name)
{
	static const char *const starts[] = { "~$", ".~lock.", "._", ".DS_Store", "Thumbs.db",
		"desktop.ini" };
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(name, starts[i]))
			return true;
	return false;
}

/* Names of all files below path, relative to it. What lies too deep is an error, not passed over: a
 * folder is taken whole or given back. */
static bool
list_files(const char *path, const char *prefix, int depth, GPtrArray *names, GPtrArray *findings,
	GError **err)
{
	if (depth > MAX_DEPTH)
		return fail(err, ERR_LIMIT, _("folders are nested more than %d deep"), MAX_DEPTH);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *full = g_build_filename(path, name, NULL);
		g_autofree char *relative =
			*prefix ? g_build_filename(prefix, name, NULL) : g_strdup(name);
		struct stat st;
		if (is_litter(name) || lstat(full, &st) != 0)
			continue;
		if (S_ISREG(st.st_mode))
			g_ptr_array_add(names, g_steal_pointer(&relative));
		else if (!S_ISDIR(st.st_mode))
			findings_add(findings, FINDING_LINK, NULL, relative);
		else if (!list_files(full, relative, depth + 1, names, findings, err))
			return false;
	}
	return true;
}

static bool
read_member(Engine *engine, Intake *intake, const char *folder, const char *relative,
	IntakeSource source, void *user, GError **err)
{
	g_autofree char *full = g_build_filename(folder, relative, NULL);
	g_autofree char *label = text_clean(relative, strlen(relative));
	g_autoptr(GBytes) bytes = source(full, user, err);
	Reading *child = bytes ? read_one(engine, bytes, label, 1, intake->blobs, err) : NULL;
	if (!child)
		return because(err, _("reading '%s'"), label);
	g_ptr_array_add(intake->reading->documents, child);
	return true;
}

static GBytes *
from_disk(const char *path, void *user, GError **err)
{
	(void)user;
	return intake_read_file(path, err);
}

static Intake *
read_folder(Engine *engine, const char *path, const char *name, IntakeSource source, void *user,
	GError **err)
{
	g_autoptr(Intake) intake = intake_new(reading_new(name, ""));
	g_free(intake->reading->format);
	intake->reading->format = g_strdup("folder");
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	if (!list_files(path, "", 0, names, intake->reading->findings, err))
		return NULL;
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++)
		if (!read_member(
			    engine, intake, path, g_ptr_array_index(names, i), source, user, err))
			return NULL;
	return g_steal_pointer(&intake);
}

Intake *
intake_read_path(Engine *engine, const char *path, IntakeSource source, void *user, GError **err)
{
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *name = text_clean(base, strlen(base));
	if (!source)
		source = from_disk;
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		return read_folder(engine, path, name, source, user, err);
	g_autoptr(GBytes) bytes = source(path, user, err);
	return bytes ? intake_read(engine, bytes, name, err) : NULL;
}

const Finding *
intake_refusal(const Reading *reading)
{
	const Finding *refusal = findings_first_error(reading->findings, "decode/");
	return refusal ? refusal : findings_first_error(reading->findings, "extract/secret");
}
