/* Bytes, or a folder of files, into a tree of readings: helper, rules, and again for what is
 * inside. */
#include "tool/intake.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A ZIP in a ZIP in a ZIP, and in it a message that holds documents: nothing honest nests deeper.
 */
enum { MAX_NESTING = 4, MAX_ZIPS = 3 };
/* Folders in a dropped folder: more is no dossier that a person made. */
enum { MAX_DEPTH = 32 };
/* Files of one dossier that may take all the time there is: a ZIP of hundreds would hold up the
 * others for days. */
enum { MAX_TIMED_OUT = 3 };

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

bool
intake_may_read(int fd, const char *path, GError **err)
{
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return fail(err, ERR_NOT_FOUND, _("'%s' is no readable file"), path);
	if ((size_t)st.st_size > limits_default.file_bytes)
		return fail(err, ERR_LIMIT, _("'%s' is larger than %zu MiB"), path,
			limits_default.file_bytes >> 20);
	return true;
}

static GBytes *
read_fd(int fd, const char *path, GError **err)
{
	struct stat st;
	if (!intake_may_read(fd, path, err))
		return NULL;
	if (fstat(fd, &st) != 0) {
		fail(err, ERR_RETRY, _("reading '%s': %s"), path, g_strerror(errno));
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

/* ---- files inside of files ----------------------------------------------------------------- */

/* One dossier while it is read. */
typedef struct {
	Engine *engine;
	GPtrArray *blobs; /* of GBytes */
	size_t bytes;     /* of all files inside of files so far */
	int files, timed_out;
	Finding *too_much; /* why the whole is refused, or NULL */
} Taking;

static Taking
taking_new(Engine *engine)
{
	engine_refresh_trust(engine);
	return (Taking){ .engine = engine,
		.blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref) };
}

static bool
is_zip(const Doc *doc)
{
	return strcmp(doc->format, "zip") == 0;
}

/* A ZIP is no document: it has no number and no signer to look for. */
static Reading *
read_doc(Engine *engine, const Doc *doc, const char *name, const char *sha256)
{
	if (!is_zip(doc))
		return extract_read(engine->rules, doc, name, sha256);
	Reading *reading = reading_new(name, sha256);
	g_free(reading->format);
	reading->format = g_strdup(doc->format);
	findings_add_copies(reading->findings, doc->findings);
	return reading;
}

/* What is wrong with a file inside, said of the whole: "a.zip/b.zip: …". The first one stands. */
static void
refuse_whole(Taking *taking, const char *path, const Finding *why)
{
	if (taking->too_much)
		return;
	g_autofree char *vi = g_strdup_printf("%s: %s", path, why->vi);
	g_autofree char *en = g_strdup_printf("%s: %s", path, why->en);
	taking->too_much = finding_custom(why->id, why->severity, &why->place, vi, en, why->source);
}

static void
refuse_too_large(Taking *taking, const char *path, const char *detail)
{
	g_autoptr(Finding) why = finding_new(FINDING_TOO_LARGE, NULL, detail);
	refuse_whole(taking, path, why);
}

/* Limits hold over all levels together: a ZIP of ZIPs may not hold more than one ZIP may. */
static bool
has_room(Taking *taking, const Attachment *inside, const char *path)
{
	const Limits *limits = &limits_default;
	taking->files++;
	taking->bytes += g_bytes_get_size(inside->bytes);
	g_autofree char *files = g_strdup_printf("%d > %d", taking->files, limits->entries);
	g_autofree char *bytes = g_strdup_printf("%zu > %zu", taking->bytes, limits->total_bytes);
	if (taking->files > limits->entries)
		refuse_too_large(taking, path, files);
	if (taking->bytes > limits->total_bytes)
		refuse_too_large(taking, path, bytes);
	return !taking->too_much;
}

/* The files of a ZIP inside become files of what it stands in, their names with its own in front.
 * One that was refused stays as it is; a bomb, or one that would break out, refuses the whole. */
static void
add_inside(Taking *taking, Reading *reading, Reading *child)
{
	const Finding *refusal = findings_first_error(child->findings, "decode/");
	bool zip = strcmp(child->format, "zip") == 0;
	if (zip && refusal &&
		(strcmp(refusal->id, finding_id_name(FINDING_TOO_LARGE)) == 0 ||
			strcmp(refusal->id, finding_id_name(FINDING_HOSTILE)) == 0))
		refuse_whole(taking, child->file, refusal);
	if (!zip || refusal) {
		g_ptr_array_add(reading->documents, child);
		return;
	}
	findings_add_copies(reading->findings, child->findings);
	while (child->documents->len > 0) {
		Reading *inner = g_ptr_array_steal_index(child->documents, 0);
		g_ptr_array_add(reading->documents, inner);
	}
	reading_free(child);
}

static Reading *read_one(
	Taking *taking, GBytes *bytes, const char *name, int nesting, int zips, GError **err);

/* `zips`: how many ZIPs stand around the files of doc. */
static bool
read_inside(Taking *taking, Reading *reading, const Doc *doc, int nesting, int zips, GError **err)
{
	for (guint i = 0; i < doc->attachments->len && !taking->too_much; i++) {
		const Attachment *inside = g_ptr_array_index(doc->attachments, i);
		g_autofree char *own = text_name(inside->name, strlen(inside->name));
		g_autofree char *path = nesting > 0 && is_zip(doc)
			? g_strdup_printf("%s/%s", reading->file, own)
			: g_strdup(own);
		if (nesting >= MAX_NESTING || zips > MAX_ZIPS)
			refuse_too_large(taking, path, "ZIP / ZIP / ZIP / ZIP");
		if (!has_room(taking, inside, path))
			break;
		Reading *child = read_one(taking, inside->bytes, path, nesting + 1, zips, err);
		if (!child)
			return false;
		add_inside(taking, reading, child);
	}
	return true;
}

static void
count_time(Taking *taking, const char *path, const Doc *doc)
{
	const Finding *refusal = doc_refusal(doc);
	if (refusal && strcmp(refusal->id, finding_id_name(FINDING_TIMED_OUT)) == 0 &&
		++taking->timed_out >= MAX_TIMED_OUT)
		refuse_whole(taking, path, refusal);
}

static Reading *
read_one(Taking *taking, GBytes *bytes, const char *name, int nesting, int zips, GError **err)
{
	g_autoptr(Doc) doc = decoders_read(taking->engine->decoders, bytes, name, err);
	if (!doc)
		return NULL;
	count_time(taking, name, doc);
	g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	g_autoptr(Reading) reading = read_doc(taking->engine, doc, name, sha256);
	g_ptr_array_add(taking->blobs, g_bytes_ref(bytes));
	if (!is_zip(doc))
		reading->words = doc_words(doc);
	if (!read_inside(taking, reading, doc, nesting, zips + is_zip(doc), err))
		return NULL;
	if (!is_zip(doc))
		readings_agree(reading);
	return g_steal_pointer(&reading);
}

/* Of the whole, with what refuses it. */
static Intake *
finish(Taking *taking, Reading *reading)
{
	Intake *intake = g_new0(Intake, 1);
	intake->reading = reading;
	intake->blobs = taking->blobs;
	if (taking->too_much)
		g_ptr_array_insert(reading->findings, 0, taking->too_much);
	return intake;
}

static void
give_up(Taking *taking, Reading *reading)
{
	g_ptr_array_unref(taking->blobs);
	finding_free(taking->too_much);
	reading_free(reading);
}

Intake *
intake_read(Engine *engine, GBytes *bytes, const char *name, GError **err)
{
	Taking taking = taking_new(engine);
	Reading *reading = read_one(&taking, bytes, name, 0, 0, err);
	if (reading)
		return finish(&taking, reading);
	give_up(&taking, NULL);
	because(err, _("reading '%s'"), name);
	return NULL;
}

/* ---- a folder ------------------------------------------------------------------------------ */

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

/* Names of all files below path, relative to it. What lies too deep or may not be read is an error,
 * not passed over: a folder is taken whole or given back. */
static bool
list_files(const char *path, const char *prefix, int depth, GPtrArray *names, GPtrArray *findings,
	GError **err)
{
	if (depth > MAX_DEPTH)
		return fail(err, ERR_LIMIT, _("folders are nested more than %d deep"), MAX_DEPTH);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	if (!dir)
		return fail(err, ERR_RETRY, _("opening '%s': %s"), path, g_strerror(errno));
	for (const char *name; (name = g_dir_read_name(dir));) {
		g_autofree char *full = g_build_filename(path, name, NULL);
		g_autofree char *relative =
			*prefix ? g_build_filename(prefix, name, NULL) : g_strdup(name);
		struct stat st;
		if (is_litter(name))
			continue;
		if (lstat(full, &st) != 0)
			return fail(err, ERR_RETRY, _("opening '%s': %s"), full, g_strerror(errno));
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
read_member(Taking *taking, Reading *reading, const char *folder, const char *relative,
	IntakeSource source, void *user, GError **err)
{
	g_autofree char *full = g_build_filename(folder, relative, NULL);
	g_autofree char *label = text_name(relative, strlen(relative));
	g_autoptr(GBytes) bytes = source(full, user, err);
	Reading *child = bytes ? read_one(taking, bytes, label, 1, 0, err) : NULL;
	if (!child)
		return because(err, _("reading '%s'"), label);
	add_inside(taking, reading, child);
	return true;
}

static GBytes *
from_disk(const char *path, void *user, GError **err)
{
	(void)user;
	return intake_read_file(path, err);
}

static bool
read_members(Taking *taking, Reading *reading, const char *path, IntakeSource source, void *user,
	GError **err)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	if (!list_files(path, "", 0, names, reading->findings, err))
		return false;
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len && !taking->too_much; i++)
		if (!read_member(
			    taking, reading, path, g_ptr_array_index(names, i), source, user, err))
			return false;
	return true;
}

static Intake *
read_folder(Engine *engine, const char *path, const char *name, IntakeSource source, void *user,
	GError **err)
{
	Taking taking = taking_new(engine);
	Reading *reading = reading_new(name, "");
	g_free(reading->format);
	reading->format = g_strdup("folder");
	if (read_members(&taking, reading, path, source, user, err))
		return finish(&taking, reading);
	give_up(&taking, reading);
	return NULL;
}

Intake *
intake_read_path(Engine *engine, const char *path, IntakeSource source, void *user, GError **err)
{
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *name = text_name(base, strlen(base));
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
