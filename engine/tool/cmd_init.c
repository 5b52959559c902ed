/* vanthu init DIR: an office folder with its database, keys and the two files that a person fills
 * in. */
#include "tool/command.h"

#include "tool/certificates.h"
#include "tool/intake.h"

#include "base/file.h"

/* A shipped file, unless the office has its own already. */
static bool
copy_file(Call *call, const char *dir, const char *name, GError **err)
{
	g_autofree char *to = g_build_filename(dir, name, NULL);
	if (g_file_test(to, G_FILE_TEST_EXISTS))
		return true;
	g_autofree char *from = g_build_filename(call->engine->data_dir, "templates", name, NULL);
	g_autoptr(GBytes) bytes = intake_read_file(from, err);
	return bytes && file_write(to, bytes, 0644, err);
}

/* Where the office's own rules, calendars and templates go, over the shipped ones, and the
 * certificates that it trusts. */
static bool
make_own_folders(const char *dir, GError **err)
{
	static const char *const folders[] = { "rules/calendars", "templates", "trust" };
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(dir, folders[i], NULL);
		if (!folder_make(path, err))
			return false;
	}
	return true;
}

/* vanthu.conf comes last: it is what makes the folder an office. */
static bool
make_office(Call *call, const char *dir, const StoreOptions *options, GError **err)
{
	return folder_make(dir, err) && store_create(dir, options, err) &&
		certificates_make_keys(dir, options->test, err) && make_own_folders(dir, err) &&
		copy_file(call, dir, "trust/README.txt", err) &&
		copy_file(call, dir, "office.xml", err) && copy_file(call, dir, "vanthu.conf", err);
}

static int
run(Call *call, GError **err)
{
	StoreOptions options = { .test = call_has(call, "test"), .now = clock_now() };
	const char *set = g_getenv("VANTHU_CLOCK");
	if (options.test && set && !clock_parse(set, &options.now)) {
		fail(err, ERR_USAGE, _("VANTHU_CLOCK is no time: '%s'"), set);
		return EXIT_USAGE;
	}
	if (!call_number(call, "next-arrival", 1, 1, &options.next_arrival, err))
		return EXIT_USAGE;
	g_autofree char *dir = g_canonicalize_filename(call->args[0], NULL);
	if (!make_office(call, dir, &options, err)) {
		because(err, _("making the office '%s'"), dir);
		return EXIT_SYSTEM;
	}
	if (call->json) {
		Json json;
		json_init(&json, call->out);
		json_object(&json, NULL);
		json_text(&json, "office", dir);
		json_bool(&json, "test", options.test);
		json_int(&json, "next-arrival", options.next_arrival);
		json_end_object(&json);
		g_string_append_c(call->out, '\n');
		return EXIT_OK;
	}
	g_string_append_printf(call->out, _("The office folder '%s' is ready.\n"), dir);
	if (options.test)
		g_string_append(call->out, _("It is a test office: every draft says so.\n"));
	g_string_append_printf(call->out,
		_("Next: fill in '%s/office.xml', then start 'vanthu run --office %s'.\n"), dir,
		dir);
	return EXIT_OK;
}

static const Option options[] = {
	{ "test", NULL, N_("a test office: honours $VANTHU_CLOCK, marks every draft") },
	{ "next-arrival", "N", N_("the number that the next incoming document gets (1)") },
	{ 0 },
};

const Command cmd_init = {
	.name = "init",
	.arguments = "DIR",
	.min_args = 1,
	.max_args = 1,
	.help = N_("make an office folder"),
	.about = N_("The folder gets inbox/, drafts/, returned/, archive/, the database, a key for "
		    "certificates, "
		    "and office.xml and vanthu.conf to be filled in."),
	.options = options,
	.run = run,
};
