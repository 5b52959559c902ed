/*
 * argv into a call of one command: find it in the table, open what it says it needs, run it, print
 * what it wrote, and turn an error into a message and an exit status.
 */
#include "tool/command.h"

#include "tool/templates.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* gettext speaks Vietnamese unless told otherwise; C.UTF-8 keeps numbers and sorting the same
 * everywhere. */
static void
set_language(const char *wanted)
{
	const char *language = wanted ? wanted : g_getenv("VANTHU_LANG");
	g_setenv("LANGUAGE", language && g_str_has_prefix(language, "en") ? "en" : "vi", TRUE);
	setlocale(LC_ALL, "C.UTF-8");
	g_autofree char *helper_dir = engine_helper_dir();
	g_autofree char *beside = g_build_filename(helper_dir, "locale", NULL);
	bool built = g_file_test(beside, G_FILE_TEST_IS_DIR);
	bindtextdomain("vanthu", built ? beside : VANTHU_PREFIX "/share/locale");
	bind_textdomain_codeset("vanthu", "UTF-8");
	textdomain("vanthu");
}

static int
status_of(const GError *error)
{
	static const int statuses[] = {
		[ERR_RETRY] = EXIT_SYSTEM,
		[ERR_FORMAT] = EXIT_REFUSED,
		[ERR_LIMIT] = EXIT_REFUSED,
		[ERR_UNSUPPORTED] = EXIT_REFUSED,
		[ERR_NOT_FOUND] = EXIT_REFUSED,
		[ERR_CONFLICT] = EXIT_FINDING,
		[ERR_DENIED] = EXIT_FINDING,
		[ERR_USAGE] = EXIT_USAGE,
		[ERR_LIBRARY] = EXIT_SYSTEM,
	};
	return statuses[err_code(error)];
}

static int
report(const GError *error, bool debug)
{
	fprintf(stderr, "vanthu: %s\n", error->message);
	if (debug)
		fprintf(stderr, "    %s\n", err_trace(error));
	return status_of(error);
}

/* The office's own language, unless this call or the environment says another. */
static void
take_office_language(const Call *call)
{
	const char *own = call->engine->config.language;
	if (!own || call_has(call, "lang") || g_getenv("VANTHU_LANG"))
		return;
	g_free(call->engine->language);
	call->engine->language = g_strdup(g_str_has_prefix(own, "en") ? "en" : "vi");
	set_language(own);
}

static bool
open_needs(Call *call, GError **err)
{
	Engine *engine = call->engine;
	unsigned needs = call->command->needs;
	/* who needs no office may still be told to use the rules and templates of one */
	if (needs & (READS_STORE | WRITES_STORE) || call_global(call, "office")) {
		if (!engine_need_office(
			    engine, call_option(call, "office"), needs & WRITES_STORE, err))
			return false;
		take_office_language(call);
		if (needs & WRITES_STORE && !templates_check(engine, err))
			return false;
		if (needs & NEEDS_ACTOR && !engine_need_actor(engine, err))
			return false;
	}
	if (needs & NEEDS_RULES && !engine_need_rules(engine, err))
		return false;
	if (needs & NEEDS_DECODERS)
		engine_need_decoders(engine);
	return true;
}

static int
run_command(Call *call, char **argv, int argc, GError **err)
{
	if (!options_parse(call, argv, argc, err))
		return EXIT_USAGE;
	set_language(call_option(call, "lang"));
	call->engine = engine_new(call_global(call, "data"), call_option(call, "lang"), err);
	if (!call->engine)
		return EXIT_SYSTEM;
	if (call_has(call, "help")) {
		help_print_command(call->command, call->out);
		return EXIT_OK;
	}
	call->engine->as = g_strdup(call_option(call, "as"));
	if (!open_needs(call, err))
		return EXIT_SYSTEM;
	return call->command->run(call, err);
}

static bool
asks_help(const char *word)
{
	return word && (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0);
}

/* "rules" alone, "rules help", "rules --help": what there is under that word. */
static bool
asks_group(int argc, char **argv)
{
	return command_is_group(argv[1]) && (argc == 2 || asks_help(argv[2]));
}

static void
report_unknown(int argc, char **argv)
{
	bool group = argc > 2 && command_is_group(argv[1]);
	g_autofree char *wanted =
		group ? g_strdup_printf("%s %s", argv[1], argv[2]) : g_strdup(argv[1]);
	const char *near = command_nearest(wanted);
	if (near)
		fprintf(stderr, _("vanthu: unknown command '%s'; did you mean '%s'?\n"), wanted,
			near);
	else
		fprintf(stderr, _("vanthu: unknown command '%s'\n"), wanted);
}

/* No command, or none that is known. */
static int
usage(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		printf("vanthu %s\n", VANTHU_VERSION);
		return EXIT_OK;
	}
	bool group = argc > 1 && command_is_group(argv[1]);
	bool asked = argc > 1 && (asks_help(argv[1]) || asks_group(argc, argv));
	if (argc > 1 && !asked)
		report_unknown(argc, argv);
	g_autoptr(GString) out = g_string_new(NULL);
	help_print_all(group ? argv[1] : NULL, out);
	fputs(out->str, asked ? stdout : stderr);
	return asked ? EXIT_OK : EXIT_USAGE;
}

int
main(int argc, char **argv)
{
	int words = 0;
	set_language(NULL);
	const Command *command = argc > 1 ? command_lookup(argv + 1, argc - 1, &words) : NULL;
	if (!command)
		return usage(argc, argv);
	g_autofree char **args = g_new0(char *, (size_t)argc + 1);
	g_autoptr(GHashTable) options =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	Call call = {
		.command = command, .args = args, .options = options, .out = g_string_new(NULL)
	};
	g_autoptr(GError) error = NULL;
	int status = run_command(&call, argv + 1 + words, argc - 1 - words, &error);
	if (fwrite(call.out->str, 1, call.out->len, stdout) != call.out->len || fflush(stdout) != 0)
		status = EXIT_SYSTEM;
	if (error)
		status = report(error, call_has(&call, "debug"));
	g_string_free(call.out, TRUE);
	engine_free(call.engine);
	return status;
}
