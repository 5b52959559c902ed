/* Command-line words into a Call, by the tables of the command and of the global options. */
#include "tool/command.h"

#include "document/xml.h"

#include <string.h>

const char *
call_option(const Call *call, const char *name)
{
	return g_hash_table_lookup(call->options, name);
}

bool
call_has(const Call *call, const char *name)
{
	return call_option(call, name) != NULL;
}

bool
call_number(const Call *call, const char *name, int min, int otherwise, int *ret, GError **err)
{
	const char *text = call_option(call, name);
	gint64 number = otherwise;
	if (text && !g_ascii_string_to_signed(text, 10, min, G_MAXINT32, &number, NULL))
		return fail(err, ERR_USAGE, _("--%s wants a whole number from %d, not '%s'"), name,
			min, text);
	*ret = (int)number;
	return true;
}

static const Option *
find_in(const Option *options, const char *name, size_t size)
{
	for (; options && options->name; options++)
		if (strlen(options->name) == size && strncmp(options->name, name, size) == 0)
			return options;
	return NULL;
}

const char *
call_global(const Call *call, const char *name)
{
	bool own = find_in(call->command->options, name, strlen(name)) != NULL;
	return own ? NULL : call_option(call, name);
}

static bool
unknown_option(const Command *command, const char *word, GError **err)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const Option *const lists[] = { command->options, global_options };
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		for (const Option *option = lists[i]; option && option->name; option++)
			g_ptr_array_add(names, (void *)option->name);
	g_ptr_array_add(names, NULL);
	const char *near = nearest_word(word + 2, (const char *const *)names->pdata);
	if (near)
		return fail(
			err, ERR_USAGE, _("unknown option '%s'; did you mean '--%s'?"), word, near);
	return fail(err, ERR_USAGE, _("unknown option '%s'"), word);
}

static void
keep(Call *call, const char *name, const char *value)
{
	const char *before = call_option(call, name);
	char *both = before ? g_strdup_printf("%s\n%s", before, value) : g_strdup(value);
	g_hash_table_replace(call->options, g_strdup(name), both);
}

/* One option at argv[i]; returns how many words it took, 0 on error. */
static int
take_option(Call *call, char **argv, int argc, int i, GError **err)
{
	const char *name = argv[i] + 2;
	size_t size = strcspn(name, "=");
	const Option *option = find_in(call->command->options, name, size);
	if (!option)
		option = find_in(global_options, name, size);
	if (!option)
		return unknown_option(call->command, argv[i], err);
	if (!option->value) {
		if (name[size])
			return fail(err, ERR_USAGE, _("--%s takes no value"), option->name);
		keep(call, option->name, "");
		return 1;
	}
	if (name[size]) {
		keep(call, option->name, name + size + 1);
		return 1;
	}
	if (i + 1 >= argc)
		return fail(
			err, ERR_USAGE, _("--%s wants a value: %s"), option->name, option->value);
	keep(call, option->name, argv[i + 1]);
	return 2;
}

/* -o FILE, the one short option that everybody expects. */
static bool
is_short_output(const Call *call, char **argv, int argc, int i)
{
	return strcmp(argv[i], "-o") == 0 && i + 1 < argc &&
		find_in(call->command->options, "output", strlen("output"));
}

bool
options_parse(Call *call, char **argv, int argc, GError **err)
{
	bool only_args = false;
	for (int i = 0; i < argc;) {
		if (only_args ||
			(!g_str_has_prefix(argv[i], "--") &&
				!is_short_output(call, argv, argc, i))) {
			call->args[call->n_args++] = argv[i++];
		} else if (strcmp(argv[i], "--") == 0) {
			only_args = true;
			i++;
		} else if (argv[i][1] == 'o') {
			keep(call, "output", argv[i + 1]);
			i += 2;
		} else {
			int took = take_option(call, argv, argc, i, err);
			if (!took)
				return false;
			i += took;
		}
	}
	call->json = call_has(call, "json");
	if (call_has(call, "help"))
		return true;
	const Command *command = call->command;
	if (call->n_args < command->min_args ||
		(command->max_args >= 0 && call->n_args > command->max_args))
		return fail(err, ERR_USAGE, _("usage: vanthu %s %s"), command->name,
			command->arguments);
	return true;
}
