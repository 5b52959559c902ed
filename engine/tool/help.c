/* Usage, help and manual pages, all printed from the command table. */
#include "tool/command.h"

static const char *
translated(const char *text)
{
	return text && *text ? _(text) : "";
}

void
help_print_all(const char *group, GString *out)
{
	g_string_append_printf(
		out, _("vanthu %s: the incoming desk of an office\n\n"), VANTHU_VERSION);
	for (int i = 0; commands[i]; i++) {
		if (group && !command_is_in(commands[i], group))
			continue;
		g_autofree char *call =
			g_strdup_printf("%s %s", commands[i]->name, commands[i]->arguments);
		int width = (int)g_utf8_strlen(call, -1);
		g_string_append_printf(out, "  vanthu %s%*s %s\n", call, MAX(0, 34 - width), "",
			translated(commands[i]->help));
	}
	g_string_append(out, _("\n'vanthu COMMAND --help' tells more of one.\n"));
}

static void
print_options(const Option *options, GString *out)
{
	for (; options && options->name; options++) {
		g_autofree char *form = g_strdup_printf("--%s%s%s", options->name,
			options->value ? " " : "", options->value ? options->value : "");
		g_string_append_printf(out, "  %-22s %s\n", form, translated(options->help));
	}
}

void
help_print_command(const Command *command, GString *out)
{
	g_string_append_printf(out, _("usage: vanthu %s %s\n"), command->name, command->arguments);
	g_string_append_printf(out, "\n%s\n", translated(command->help));
	if (command->about)
		g_string_append_printf(out, "\n%s\n", translated(command->about));
	if (command->options) {
		g_string_append_printf(out, "\n%s\n", _("Options:"));
		print_options(command->options, out);
	}
	g_string_append_printf(out, "\n%s\n", _("Options of every command:"));
	print_options(global_options, out);
}

/* Text for roff: backslashes and leading dots must not be read as requests. */
static void
roff_text(GString *out, const char *text)
{
	const char *start = translated(text);
	for (const char *p = start; *p; p++) {
		if (*p == '\\')
			g_string_append(out, "\\e");
		else if (*p == '-')
			g_string_append(out, "\\-");
		else if (*p == '.' && (p == start || p[-1] == '\n'))
			g_string_append(out, "\\&.");
		else
			g_string_append_c(out, *p);
	}
	g_string_append_c(out, '\n');
}

static void
man_options(const Option *options, GString *out)
{
	for (; options && options->name; options++) {
		g_string_append_printf(out, ".TP\n.B \\-\\-%s", options->name);
		if (options->value)
			g_string_append_printf(out, " \\fI%s\\fR", options->value);
		g_string_append_c(out, '\n');
		roff_text(out, options->help);
	}
}

static void
man_command(const Command *command, GString *out)
{
	g_string_append_printf(out, ".SS vanthu %s %s\n", command->name, command->arguments);
	roff_text(out, command->help);
	if (command->about) {
		g_string_append(out, ".PP\n");
		roff_text(out, command->about);
	}
	man_options(command->options, out);
}

void
help_print_man(const Command *only, GString *out)
{
	g_string_append_printf(
		out, ".TH VANTHU 1 \"\" \"vanthu %s\"\n.SH NAME\nvanthu \\- ", VANTHU_VERSION);
	roff_text(out, N_("the incoming desk of an office"));
	g_string_append(out, ".SH COMMANDS\n");
	for (int i = 0; commands[i]; i++)
		if (!only || only == commands[i])
			man_command(commands[i], out);
	g_string_append(out, ".SH OPTIONS OF EVERY COMMAND\n");
	man_options(global_options, out);
	g_string_append(out, ".SH EXIT STATUS\n");
	roff_text(out,
		N_("0 fine, 1 a finding of severity error or a refusal by the workflow, 2 usage, "
		   "3 the input was refused, 4 the system failed."));
}
