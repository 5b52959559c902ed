/* vanthu man: the manual page, for `make install` and for reading with man -l. */
#include "tool/command.h"

static int
run(Call *call, GError **err)
{
	(void)err;
	help_print_man(NULL, call->out);
	return EXIT_OK;
}

const Command cmd_man = {
	.name = "man",
	.arguments = "",
	.help = N_("print the manual page"),
	.run = run,
};
