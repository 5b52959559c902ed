/* vanthu rules words, vanthu rules schema: the rule language, from the tables that the loader reads
 * by. */
#include "tool/command.h"

#include "extract/rule_manual.h"

#include <string.h>

static int
run_words(Call *call, GError **err)
{
	const char *wanted = call->n_args ? call->args[0] : NULL;
	bool vietnamese = strcmp(call->engine->language, "vi") == 0;
	for (const char *const *part = rule_manual_parts; *part && !wanted; part++) {
		g_string_append_printf(call->out, "## %s\n\n", *part);
		rule_manual_print(*part, vietnamese, call->out);
		g_string_append_c(call->out, '\n');
	}
	if (!wanted || rule_manual_print(wanted, vietnamese, call->out))
		return EXIT_OK;
	g_autofree char *parts = g_strjoinv(", ", (char **)(uintptr_t)rule_manual_parts);
	fail(err, ERR_USAGE, _("no part '%s'; there are: %s"), wanted, parts);
	return EXIT_USAGE;
}

const Command cmd_rules_words = {
	.name = "rules words",
	.arguments = "[elements|types|clean-ups|zones|functions]",
	.max_args = 1,
	.help = N_("print the words of the rule language as tables"),
	.run = run_words,
};

static int
run_schema(Call *call, GError **err)
{
	(void)err;
	rule_schema_print(call->out);
	return EXIT_OK;
}

const Command cmd_rules_schema = {
	.name = "rules schema",
	.arguments = "",
	.help = N_("print the RELAX NG schema of rule files, for editors"),
	.about = N_(
		"The loader checks more than a schema can: patterns, XPath, names that are used. "
		"'vanthu rules check' has the last word."),
	.run = run_schema,
};
