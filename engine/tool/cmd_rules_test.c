/* vanthu rules test: samples are read by the rules and compared with what their tests expect. */
#include "tool/command.h"

#include "tool/intake.h"

#include "base/text.h"
#include "extract/rule_test.h"

#include <string.h>

typedef struct {
	Call *call;
	Json json;
	GHashTable *fired; /* ids of the rules that gave a value */
	GHashTable *added; /* fields that only the office knows */
	int samples, values, bad;
} Tests;

/* --- from a test to a reading --- */

static Doc *
decode_bytes(Tests *run, GBytes *bytes, const char *name, GError **err)
{
	engine_need_decoders(run->call->engine);
	return decoders_read(run->call->engine->decoders, bytes, name, err);
}

static Doc *
read_sample_file(Tests *run, const RuleTest *test, GError **err)
{
	g_autofree char *folder = g_path_get_dirname(test->file);
	g_autofree char *path = g_build_filename(folder, test->sample, NULL);
	g_autoptr(GBytes) bytes = intake_read_file(path, err);
	return bytes ? decode_bytes(run, bytes, test->sample, err) : NULL;
}

/* A tree as `decode --tree` prints it, an XML message, or plain text: the first word tells. */
static Doc *
read_document(Tests *run, const RuleTest *test, GError **err)
{
	const char *text = test->document;
	if (test->sample)
		return read_sample_file(run, test, err);
	if (g_str_has_prefix(text, "doc "))
		return doc_parse(text, strlen(text), &limits_default, err);
	if (*text != '<')
		return sample_doc(text);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	return decode_bytes(run, bytes, "sample.xml", err);
}

/* Checks say what they find; there is nothing else in their reading. */
static Reading *
run_checks(Tests *run, const RuleTest *test, GError **err)
{
	const Engine *engine = run->call->engine;
	g_autoptr(xmlDoc) dossier =
		xml_parse(test->document, strlen(test->document), test->file, err);
	if (!dossier)
		return NULL;
	g_autofree char *noon = g_strdup_printf(
		"%04d-%02d-%02dT05:00:00Z", test->date.year, test->date.month, test->date.day);
	QueryWorld world = engine_world(engine);
	clock_parse(noon, &world.now);
	world.today = test->date;
	Reading *reading = reading_new(test->file, "");
	for (char **set = test->checks; *set; set++) {
		bool good = checks_has_set(engine->checks, *set)
			? checks_run(engine->checks, *set, dossier, &world, test->date,
				  reading->findings, err)
			: fail(err, ERR_FORMAT, _("no set of checks '%s'"), *set);
		if (!good) {
			reading_free(reading);
			return NULL;
		}
	}
	return reading;
}

static Reading *
read_test(Tests *run, const RuleTest *test, GError **err)
{
	if (test->checks)
		return run_checks(run, test, err);
	g_autoptr(Doc) doc = read_document(run, test, err);
	return doc ? extract_read(run->call->engine->rules, doc, test->file, "") : NULL;
}

/* --- saying how it went --- */

static void
print_verdict(Tests *run, const RuleTest *test, const Verdict *verdict)
{
	g_autofree char *wanted = expectation_print(verdict->expectation);
	if (run->call->json) {
		json_object(&run->json, NULL);
		json_int(&run->json, "line", verdict->expectation->line);
		json_text(&run->json, "expected", wanted);
		json_text(&run->json, "got", verdict->got);
		json_text(&run->json, "place", verdict->place);
		json_text(&run->json, "rule", verdict->rule);
		json_bool(&run->json, "good", verdict->good);
		json_end_object(&run->json);
		return;
	}
	if (verdict->good && !call_has(run->call, "all"))
		return;
	g_string_append_printf(run->call->out, _("  %s %s:%d: expected '%s', got '%s'"),
		verdict->good ? "✓" : "✗", test->file, verdict->expectation->line, wanted,
		verdict->got);
	if (*verdict->rule)
		g_string_append_printf(run->call->out, " [%s, %s]", verdict->place, verdict->rule);
	g_string_append_c(run->call->out, '\n');
}

static void
note_fired(Tests *run, const Reading *reading)
{
	if (*reading->type_id)
		g_hash_table_add(run->fired, g_strdup(reading->type_id));
	for (guint i = 0; i < reading->fields->len; i++)
		g_hash_table_add(
			run->fired, g_strdup(((const Field *)reading->fields->pdata[i])->rule));
	for (guint i = 0; i < reading->records->len; i++) {
		const Record *record = reading->records->pdata[i];
		const Field *first = record->fields->pdata[0];
		g_hash_table_add(run->fired, g_strdup(first->rule));
	}
	for (guint i = 0; i < reading->findings->len; i++)
		g_hash_table_add(
			run->fired, g_strdup(((const Finding *)reading->findings->pdata[i])->id));
}

static void
print_test(Tests *run, const RuleTest *test, const GPtrArray *verdicts)
{
	int good = 0;
	for (guint i = 0; i < verdicts->len; i++)
		good += ((const Verdict *)verdicts->pdata[i])->good;
	run->samples++;
	run->values += (int)verdicts->len;
	run->bad += (int)verdicts->len - good;
	if (run->call->json) {
		json_object(&run->json, NULL);
		json_text(&run->json, "file", test->file);
		json_text(&run->json, "label", test->label);
		json_int(&run->json, "good", good);
		json_array(&run->json, "verdicts");
	} else if (good < (int)verdicts->len || call_has(run->call, "all")) {
		g_string_append_printf(run->call->out, _("%s: %d of %u as expected  %s\n"),
			test->file, good, verdicts->len, test->label);
	}
	for (guint i = 0; i < verdicts->len; i++)
		print_verdict(run, test, verdicts->pdata[i]);
	if (run->call->json) {
		json_end_array(&run->json);
		json_end_object(&run->json);
	}
}

static bool
run_test(Tests *run, const char *path, GError **err)
{
	g_autoptr(GBytes) bytes = intake_read_file(path, err);
	if (!bytes)
		return false;
	gsize size;
	const char *text = g_bytes_get_data(bytes, &size);
	g_autoptr(RuleTest) test = rule_test_parse(text, size, path, err);
	if (!test)
		return false;
	if (g_str_has_prefix(path, run->call->engine->data_dir))
		test->beyond = run->added;
	g_autoptr(Reading) reading = read_test(run, test, err);
	if (!reading)
		return because(err, "%s:%d", path, test->document_line);
	g_autoptr(GPtrArray) verdicts = rule_test_compare(test, reading);
	note_fired(run, reading);
	print_test(run, test, verdicts);
	return true;
}

/* --- finding the tests --- */

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every *.test below a folder, or the file itself. */
static bool
gather(const char *path, int depth, GPtrArray *files, GError **err)
{
	if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			return fail(err, ERR_NOT_FOUND, _("no tests in '%s'"), path);
		g_ptr_array_add(files, g_strdup(path));
		return true;
	}
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
		name = g_dir_read_name(dir)) {
		g_autofree char *below = g_build_filename(path, name, NULL);
		bool folder = g_file_test(below, G_FILE_TEST_IS_DIR);
		bool wanted = folder ? depth < 4 && *name != '.' : g_str_has_suffix(name, ".test");
		if (wanted && !gather(below, depth + 1, files, err))
			return false;
	}
	return true;
}

/* What was named, else the tests beside the shipped rules and beside the office's own. */
static GPtrArray *
tests_of(Call *call, GError **err)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	for (int i = 0; i < call->n_args; i++)
		if (!gather(call->args[i], 0, files, err))
			return NULL;
	g_auto(GStrv) folders = engine_folders(call->engine, "rules");
	for (char **folder = folders; *folder && call->n_args == 0; folder++) {
		g_autofree char *tests = g_build_filename(*folder, "tests", NULL);
		if (g_file_test(tests, G_FILE_TEST_IS_DIR) && !gather(tests, 0, files, err))
			return NULL;
	}
	if (files->len == 0) {
		fail(err, ERR_NOT_FOUND, _("there are no tests (*.test)"));
		return NULL;
	}
	g_ptr_array_sort(files, by_name);
	return g_steal_pointer(&files);
}

/* --- a new test from a document --- */

static int
write_new(Call *call, const char *path, GError **err)
{
	g_autoptr(GBytes) bytes = intake_read_file(path, err);
	if (!bytes)
		return EXIT_REFUSED;
	g_autofree char *name = g_path_get_basename(path);
	engine_need_decoders(call->engine);
	bool plain = g_str_has_suffix(name, ".txt");
	g_autofree char *text =
		text_clean(g_bytes_get_data(bytes, NULL), plain ? g_bytes_get_size(bytes) : 0);
	g_autoptr(Doc) doc =
		plain ? sample_doc(text) : decoders_read(call->engine->decoders, bytes, name, err);
	if (!doc)
		return EXIT_SYSTEM;
	g_autoptr(Reading) reading = extract_read(call->engine->rules, doc, name, "");
	g_autoptr(GString) tree = g_string_new(plain ? text : NULL);
	if (!plain)
		doc_print(doc, DOC_PRINT_TREE, tree);
	rule_test_print(reading, name, tree->str, call->out);
	return EXIT_OK;
}

/* Rules that no sample of this run fires: what is not tested. */
static void
print_idle(Tests *run)
{
	g_autoptr(GPtrArray) ids = rules_ids(run->call->engine->rules);
	for (guint i = 0; i < ids->len; i++)
		if (!g_hash_table_contains(run->fired, ids->pdata[i]))
			g_string_append_printf(run->call->out, _("  no sample fires %s\n"),
				(const char *)ids->pdata[i]);
}

static int
run_all(Call *call, GError **err)
{
	if (call_has(call, "new"))
		return write_new(call, call_option(call, "new"), err);
	g_autoptr(GPtrArray) files = tests_of(call, err);
	if (!files)
		return EXIT_REFUSED;
	g_autoptr(GHashTable) fired = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) added = rules_added_fields(call->engine->rules);
	Tests run = { .call = call, .fired = fired, .added = added };
	json_init(&run.json, call->out);
	if (call->json)
		json_array(&run.json, NULL);
	for (guint i = 0; i < files->len; i++)
		if (!run_test(&run, files->pdata[i], err))
			return EXIT_REFUSED;
	if (call->json) {
		json_end_array(&run.json);
		g_string_append_c(call->out, '\n');
	} else {
		if (call_has(call, "all"))
			print_idle(&run);
		g_string_append_printf(call->out, _("%d samples, %d of %d values as expected\n"),
			run.samples, run.values - run.bad, run.values);
	}
	return run.bad ? EXIT_FINDING : EXIT_OK;
}

static const Option options[] = {
	{ "all", NULL, N_("print what is as expected too, and which rules no sample fires") },
	{ "new", "FILE", N_("print a test that expects what is read from FILE, to be corrected") },
	{ 0 },
};

const Command cmd_rules_test = {
	.name = "rules test",
	.arguments = "[FOLDER…]",
	.max_args = -1,
	.needs = NEEDS_RULES,
	.help = N_("read samples and compare with what their tests expect"),
	.about = N_("Without a folder: the tests beside the shipped rules, and with --office those "
		    "beside the office's own. docs/rules.md tells how a test is written."),
	.options = options,
	.run = run_all,
};
