/* Finding and opening what commands work with: helpers, data, the office with its rules and store.
 */
#include "tool/engine.h"

#include "document/xml.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* The folder that this program was started from; its helpers lie beside it, or in libexec. */
static char *
program_dir(void)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	return program ? g_path_get_dirname(program) : g_strdup(".");
}

char *
engine_helper_dir(void)
{
	g_autofree char *beside = program_dir();
	g_autofree char *decode = g_build_filename(beside, "vanthu-decode", NULL);
	return g_strdup(
		g_file_test(decode, G_FILE_TEST_EXISTS) ? beside : VANTHU_PREFIX "/libexec/vanthu");
}

static bool
holds_rules(const char *dir)
{
	g_autofree char *rules = g_build_filename(dir, "rules", NULL);
	g_autofree char *templates = g_build_filename(dir, "templates", NULL);
	return g_file_test(rules, G_FILE_TEST_IS_DIR) && g_file_test(templates, G_FILE_TEST_IS_DIR);
}

/* --data, $VANTHU_DATA, a folder above the program (its build/ or build/asan/), PREFIX/share. */
static char *
find_data(const char *given, const char *program)
{
	const char *data = given ? given : g_getenv("VANTHU_DATA");
	if (data)
		return g_strdup(data);
	g_autofree char *dir = g_strdup(program);
	for (int up = 0; up < 3; up++) {
		char *parent = g_path_get_dirname(dir);
		g_free(dir);
		dir = parent;
		if (holds_rules(dir))
			return g_strdup(dir);
	}
	return g_strdup(VANTHU_PREFIX "/share/vanthu");
}

Engine *
engine_new(const char *data_dir, const char *language, GError **err)
{
	g_autofree char *program = program_dir();
	g_autofree char *data = find_data(data_dir, program);
	if (!holds_rules(data)) {
		fail(err, ERR_NOT_FOUND,
			_("no folders 'rules' and 'templates' in '%s' (see --data)"), data);
		return NULL;
	}
	Engine *engine = g_new0(Engine, 1);
	engine->helper_dir = engine_helper_dir();
	engine->data_dir = g_canonicalize_filename(data, NULL);
	const char *wanted = language ? language : g_getenv("VANTHU_LANG");
	engine->language = g_strdup(wanted && g_str_has_prefix(wanted, "en") ? "en" : "vi");
	return engine;
}

void
engine_free(Engine *engine)
{
	if (!engine)
		return;
	decoders_free(engine->decoders);
	drawer_free(engine->drawer);
	store_close(engine->store);
	actor_free(engine->actor);
	g_clear_pointer(&engine->waiting, g_hash_table_unref);
	checks_free(engine->checks);
	rules_free(engine->rules);
	g_clear_pointer(&engine->workflows, g_ptr_array_unref);
	calendar_free(engine->calendar);
	office_free(engine->office);
	g_free(engine->config.language);
	g_strfreev(engine->config.passwords);
	g_free(engine->as);
	g_free(engine->language);
	g_free(engine->office_dir);
	g_free(engine->data_dir);
	g_free(engine->helper_dir);
	g_free(engine);
}

char **
engine_folders(const Engine *engine, const char *kind)
{
	GPtrArray *folders = g_ptr_array_new();
	g_ptr_array_add(folders, g_build_filename(engine->data_dir, kind, NULL));
	if (engine->office_dir) {
		g_autofree char *own = g_build_filename(engine->office_dir, kind, NULL);
		if (g_file_test(own, G_FILE_TEST_IS_DIR))
			g_ptr_array_add(folders, g_steal_pointer(&own));
	}
	g_ptr_array_add(folders, NULL);
	return (char **)g_ptr_array_free(folders, FALSE);
}

bool
engine_need_rules(Engine *engine, GError **err)
{
	g_auto(GStrv) folders = engine_folders(engine, "rules");
	if (!engine->rules)
		engine->rules = rules_load((const char *const *)folders, err);
	if (engine->rules && !engine->checks)
		engine->checks = checks_load((const char *const *)folders, err);
	return engine->rules && engine->checks;
}

void
engine_need_decoders(Engine *engine)
{
	if (!engine->decoders)
		engine->decoders = decoders_new(engine->helper_dir, &limits_default);
	decoders_set_passwords(engine->decoders, (const char *const *)engine->config.passwords);
	if (!engine->drawer)
		engine->drawer = drawer_new(engine->helper_dir, &limits_default);
}

/* What no office needs: a folder of certificates is small. */
enum { TRUST_FILES = 500, TRUST_BYTES = 4 << 20 };

static bool
is_certificate(const char *name)
{
	static const char *const endings[] = { ".pem", ".crt", ".cer" };
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(name, endings[i]))
			return true;
	return false;
}

GPtrArray *
engine_trust_files(const Engine *engine)
{
	GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *own =
		engine->office_dir ? g_build_filename(engine->office_dir, "trust", NULL) : NULL;
	const char *path = engine->trust_dir ? engine->trust_dir : own;
	g_autoptr(GDir) dir = path ? g_dir_open(path, 0, NULL) : NULL;
	for (const char *name; dir && (name = g_dir_read_name(dir)) && files->len < TRUST_FILES;) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		if (is_certificate(name) && g_file_test(file, G_FILE_TEST_IS_REGULAR))
			g_ptr_array_add(files, g_steal_pointer(&file));
	}
	return files;
}

/* All PEM files of a folder, one after the other; NULL when there are none. */
static GBytes *
read_trust(const Engine *engine)
{
	g_autoptr(GPtrArray) files = engine_trust_files(engine);
	g_autoptr(GString) all = g_string_new(NULL);
	for (guint i = 0; i < files->len; i++) {
		g_autofree char *text = NULL;
		gsize size;
		if (!g_file_get_contents(g_ptr_array_index(files, i), &text, &size, NULL) ||
			size > TRUST_BYTES - all->len)
			continue;
		g_string_append_len(all, text, (gssize)size);
		g_string_append_c(all, '\n');
	}
	return all->len ? g_bytes_new(all->str, all->len) : NULL;
}

void
engine_refresh_trust(Engine *engine)
{
	g_autoptr(GBytes) pem = read_trust(engine);
	decoders_set_trust(engine->decoders, pem, engine_clock(engine));
}

/* $VANTHU_OFFICE, or the nearest folder from here upwards that holds a vanthu.conf. */
static char *
find_office(const char *given, GError **err)
{
	const char *named = given ? given : g_getenv("VANTHU_OFFICE");
	g_autofree char *dir = named ? g_canonicalize_filename(named, NULL) : g_get_current_dir();
	for (;;) {
		g_autofree char *conf = g_build_filename(dir, "vanthu.conf", NULL);
		if (g_file_test(conf, G_FILE_TEST_EXISTS))
			return g_steal_pointer(&dir);
		if (named || strcmp(dir, "/") == 0)
			break;
		char *parent = g_path_get_dirname(dir);
		g_free(dir);
		dir = parent;
	}
	if (named)
		fail(err, ERR_NOT_FOUND, _("'%s' is no office folder: it has no vanthu.conf"),
			named);
	else
		fail(err, ERR_USAGE,
			_("which office? Give --office DIR, or make one: vanthu init DIR"));
	return NULL;
}

static bool
read_number(
	GKeyFile *file, const char *path, const char *key, int min, int max, int *ret, GError **err)
{
	g_autofree char *text = g_key_file_get_string(file, "vanthu", key, NULL);
	gint64 number;
	if (!text)
		return true;
	if (!g_ascii_string_to_signed(g_strstrip(text), 10, min, max, &number, NULL))
		return fail(err, ERR_FORMAT,
			_("%s: '%s' wants a whole number from %d to %d, not '%s'"), path, key, min,
			max, text);
	*ret = (int)number;
	return true;
}

/* A misspelt key would be passed over in silence: say so, with what was meant. */
static bool
check_keys(GKeyFile *file, const char *path, GError **err)
{
	static const char *const known[] = { "quiet-ms", "rescan-seconds", "language",
		"pdf-passwords", NULL };
	g_auto(GStrv) keys = g_key_file_get_keys(file, "vanthu", NULL, err);
	if (!keys)
		return because(err, _("reading '%s'"), path);
	for (char **key = keys; *key; key++) {
		if (g_strv_contains(known, *key))
			continue;
		const char *near = nearest_word(*key, known);
		if (near)
			return fail(err, ERR_FORMAT, _("%s: unknown key '%s'; did you mean '%s'?"),
				path, *key, near);
		return fail(err, ERR_FORMAT, _("%s: unknown key '%s'"), path, *key);
	}
	return true;
}

bool
engine_read_config(Engine *engine, GError **err)
{
	engine->config = (Config){ .quiet_ms = 2000, .rescan_s = 30 };
	g_autofree char *path = g_build_filename(engine->office_dir, "vanthu.conf", NULL);
	g_autoptr(GKeyFile) file = g_key_file_new();
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, err))
		return because(err, _("reading '%s'"), path);
	engine->config.language = g_key_file_get_string(file, "vanthu", "language", NULL);
	engine->config.passwords =
		g_key_file_get_string_list(file, "vanthu", "pdf-passwords", NULL, NULL);
	return check_keys(file, path, err) &&
		read_number(file, path, "quiet-ms", 0, 600000, &engine->config.quiet_ms, err) &&
		read_number(file, path, "rescan-seconds", 1, 86400, &engine->config.rescan_s, err);
}

bool
engine_need_workflows(Engine *engine, GError **err)
{
	if (engine->workflows)
		return true;
	g_auto(GStrv) folders = engine_folders(engine, "rules");
	engine->workflows = workflows_load((const char *const *)folders, err);
	if (!engine->workflows)
		return false;
	engine->calendar = calendar_load((const char *const *)folders, err);
	return engine->calendar != NULL;
}

bool
engine_find_office(Engine *engine, const char *dir, GError **err)
{
	if (!engine->office_dir)
		engine->office_dir = find_office(dir, err);
	return engine->office_dir != NULL;
}

bool
engine_read_office(Engine *engine, GError **err)
{
	g_autofree char *path = g_build_filename(engine->office_dir, "office.xml", NULL);
	if (!engine->office)
		engine->office = office_load(path, err);
	return engine->office != NULL;
}

bool
engine_need_office(Engine *engine, const char *dir, bool write, GError **err)
{
	if (engine->store)
		return true;
	if (!engine_find_office(engine, dir, err) || !engine_read_config(engine, err) ||
		!engine_read_office(engine, err) || !engine_need_rules(engine, err) ||
		!engine_need_workflows(engine, err))
		return false;
	engine->store = store_open(engine->office_dir, write ? STORE_WRITE : STORE_READ, err);
	return engine->store != NULL;
}

bool
engine_need_actor(Engine *engine, GError **err)
{
	if (engine->actor)
		return true;
	const struct passwd *user = getpwuid(getuid());
	engine->actor = office_actor(engine->office, user ? user->pw_name : "", engine->as,
		clock_local_date(engine_clock(engine)), err);
	return engine->actor != NULL;
}

Clock
engine_clock(const Engine *engine)
{
	Clock clock;
	const char *set = g_getenv("VANTHU_CLOCK");
	if (set && engine->store && store_is_test(engine->store) && clock_parse(set, &clock))
		return clock;
	return clock_now();
}

static bool
is_working_day(Date date, void *calendar)
{
	return calendar_is_working_day(calendar, date);
}

QueryWorld
engine_world(const Engine *engine)
{
	Clock now = engine_clock(engine);
	return (QueryWorld){
		.now = now,
		.today = clock_local_date(now),
		.is_working_day = engine->calendar ? is_working_day : NULL,
		.calendar = engine->calendar,
	};
}

char *
engine_template_path(const Engine *engine, const char *name, GError **err)
{
	g_auto(GStrv) folders = engine_folders(engine, "templates");
	for (guint i = g_strv_length(folders); i-- > 0;) {
		g_autofree char *path = g_build_filename(folders[i], name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			return g_steal_pointer(&path);
	}
	fail(err, ERR_NOT_FOUND, _("no template '%s'"), name);
	return NULL;
}

const Workflow *
engine_workflow(const Engine *engine, const char *id)
{
	for (guint i = 0; i < engine->workflows->len; i++) {
		const Workflow *workflow = g_ptr_array_index(engine->workflows, i);
		if (strcmp(workflow_id(workflow), id) == 0)
			return workflow;
	}
	return NULL;
}
