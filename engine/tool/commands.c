/* The list of commands, in the order in which help shows them: the day's work first. */
#include "tool/command.h"

#include "document/xml.h"

#include <string.h>

extern const Command cmd_init, cmd_run, cmd_list, cmd_show, cmd_confirm, cmd_register, cmd_task,
	cmd_task_approve, cmd_task_return, cmd_task_reject, cmd_task_resume, cmd_task_vote,
	cmd_task_exclude, cmd_task_sign, cmd_task_issue, cmd_draft, cmd_search, cmd_trace,
	cmd_verify, cmd_verify_certificate, cmd_decode, cmd_extract, cmd_fill, cmd_doctor,
	cmd_rules_check, cmd_rules_test, cmd_rules_diff, cmd_rules_words, cmd_rules_schema,
	cmd_flow_check, cmd_dump, cmd_man;

const Command *const commands[] = {
	&cmd_init,
	&cmd_run,
	&cmd_list,
	&cmd_show,
	&cmd_confirm,
	&cmd_register,
	&cmd_task,
	&cmd_task_approve,
	&cmd_task_return,
	&cmd_task_reject,
	&cmd_task_resume,
	&cmd_task_vote,
	&cmd_task_exclude,
	&cmd_task_sign,
	&cmd_task_issue,
	&cmd_draft,
	&cmd_search,
	&cmd_trace,
	&cmd_verify,
	&cmd_verify_certificate,
	&cmd_decode,
	&cmd_extract,
	&cmd_fill,
	&cmd_doctor,
	&cmd_rules_check,
	&cmd_rules_test,
	&cmd_rules_diff,
	&cmd_rules_words,
	&cmd_rules_schema,
	&cmd_flow_check,
	&cmd_dump,
	&cmd_man,
	NULL,
};

const Option global_options[] = {
	{ "office", "DIR",
		N_("the office folder (else $VANTHU_OFFICE, this folder or one above it)") },
	{ "data", "DIR",
		N_("the folder of the shipped rules/ and templates/ (else $VANTHU_DATA)") },
	{ "as", "PERSON",
		N_("act as this person of office.xml (else the person of this OS user)") },
	{ "lang", "vi|en", N_("the language of messages (else $VANTHU_LANG, else vi)") },
	{ "json", NULL, N_("print JSON") },
	{ "debug", NULL, N_("with an error, also print where in the program it came from") },
	{ "help", NULL, N_("this help") },
	{ 0 },
};

const Command *
command_lookup(char **argv, int argc, int *ret_words)
{
	for (int words = MIN(argc, 2); words > 0; words--) {
		g_autofree char *name =
			words == 2 ? g_strdup_printf("%s %s", argv[0], argv[1]) : g_strdup(argv[0]);
		for (int i = 0; commands[i]; i++) {
			if (strcmp(commands[i]->name, name) == 0) {
				*ret_words = words;
				return commands[i];
			}
		}
	}
	return NULL;
}

bool
command_is_in(const Command *command, const char *group)
{
	size_t size = strlen(group);
	char next = strncmp(command->name, group, size) == 0 ? command->name[size] : 'x';
	return next == ' ' || next == '\0';
}

bool
command_is_group(const char *word)
{
	for (int i = 0; commands[i]; i++)
		if (command_is_in(commands[i], word) && strchr(commands[i]->name, ' '))
			return true;
	return false;
}

const char *
command_nearest(const char *words)
{
	const char *names[G_N_ELEMENTS(commands)] = { NULL };
	for (int i = 0; commands[i]; i++)
		names[i] = commands[i]->name;
	return nearest_word(words, names);
}
