/* vanthu doctor: what this machine can and can't do for an office, for who looks after it. */
#include "tool/command.h"

#include "tool/doctor.h"

#include <string.h>

enum { TITLE_WIDTH = 26, VERDICT_WIDTH = 8 };

static void
add_text(GString *text, const char *format, va_list arguments)
{
	if (text->len)
		g_string_append(text, "; ");
	g_string_append_vprintf(text, format, arguments);
}

void
doctor_say(DoctorRow *row, DoctorVerdict verdict, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	add_text(row->text, format, arguments);
	va_end(arguments);
	row->verdict = MAX(row->verdict, verdict);
}

void
doctor_advise(DoctorRow *row, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	add_text(row->advice, format, arguments);
	va_end(arguments);
}

/* ---- printing ------------------------------------------------------------------------------ */

typedef struct {
	Engine *engine;
	GString *out;
	Json *json;      /* NULL: text */
	int verdicts[3]; /* how many of each */
} Rounds;

static const char *
verdict_word(DoctorVerdict verdict)
{
	static const char *const words[] = { N_("good"), N_("warning"), N_("MISSING") };
	return _(words[verdict]);
}

/* Errors of several lines keep their lines. */
static void
print_lines(const char *text, const char *before, GString *out)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (line == lines)
			g_string_append_printf(out, "%s%s\n", before, *line);
		else if (**line)
			g_string_append_printf(
				out, "%*s%s\n", TITLE_WIDTH + VERDICT_WIDTH + 4, "", *line);
}

static void
print_row(const DoctorCheck *check, const DoctorRow *row, GString *out)
{
	g_string_append(out, "  ");
	print_column(out, verdict_word(row->verdict), VERDICT_WIDTH);
	print_column(out, _(check->title), TITLE_WIDTH);
	print_lines(row->text->str, "", out);
	if (row->advice->len) {
		g_string_append_printf(out, "%*s", TITLE_WIDTH + VERDICT_WIDTH + 4, "");
		print_lines(row->advice->str, "→ ", out);
	}
}

static void
print_row_json(const char *group, const DoctorCheck *check, const DoctorRow *row, Json *json)
{
	static const char *const names[] = { "good", "warning", "missing" };
	json_object(json, NULL);
	json_text(json, "group", group);
	json_text(json, "check", check->id);
	json_text(json, "verdict", names[row->verdict]);
	json_text(json, "text", row->text->str);
	json_text(json, "advice", row->advice->len ? row->advice->str : NULL);
	json_end_object(json);
}

static void
go_round(Rounds *rounds, const char *group, const char *title, const DoctorCheck *checks)
{
	if (!rounds->json)
		g_string_append_printf(rounds->out, "%s\n", title);
	for (const DoctorCheck *check = checks; check->id; check++) {
		DoctorRow row = { DOCTOR_GOOD, g_string_new(NULL), g_string_new(NULL) };
		check->check(check, rounds->engine, &row);
		if (rounds->json)
			print_row_json(group, check, &row, rounds->json);
		else
			print_row(check, &row, rounds->out);
		rounds->verdicts[row.verdict]++;
		g_string_free(row.text, TRUE);
		g_string_free(row.advice, TRUE);
	}
}

/* ---- the command --------------------------------------------------------------------------- */

static void
visit_all(Rounds *rounds)
{
	go_round(rounds, "machine", _("This machine"), doctor_machine);
	go_round(rounds, "programs", _("Programs that read and draw"), doctor_programs);
	const char *dir = rounds->engine->office_dir;
	g_autofree char *title = g_strdup_printf(_("The office %s"), dir ? dir : "");
	if (dir)
		go_round(rounds, "office", title, doctor_office);
}

static int
run(Call *call, GError **err)
{
	/* without an office the machine alone is looked at, unless one was named */
	if (!engine_find_office(call->engine, call_option(call, "office"), err)) {
		if (err_code(*err) != ERR_USAGE)
			return EXIT_REFUSED;
		g_clear_error(err);
	}
	Json json;
	Rounds rounds = {
		.engine = call->engine, .out = call->out, .json = call->json ? &json : NULL
	};
	json_init(&json, call->out);
	if (call->json) {
		json_object(&json, NULL);
		json_text(&json, "office", call->engine->office_dir);
		json_array(&json, "checks");
	}
	visit_all(&rounds);
	const int *n = rounds.verdicts;
	bool good = !n[DOCTOR_FAILURE];
	if (call->json) {
		json_end_array(&json);
		json_bool(&json, "good", good);
		json_end_object(&json);
		g_string_append_c(call->out, '\n');
	} else {
		g_string_append_printf(call->out, _("%d good, %d warnings, %d missing.\n"),
			n[DOCTOR_GOOD], n[DOCTOR_WARNING], n[DOCTOR_FAILURE]);
		if (!call->engine->office_dir)
			g_string_append(
				call->out, _("No office was looked at: give --office DIR.\n"));
	}
	return good ? EXIT_OK : EXIT_FINDING;
}

static const Option options[] = {
	{ "office", "DIR",
		N_("the office folder to look at, too (else $VANTHU_OFFICE, this folder or one "
		   "above it)") },
	{ 0 },
};

const Command cmd_doctor = {
	.name = "doctor",
	.arguments = "",
	.help = N_("tell what this machine can and can't do for an office"),
	.about =
		N_("Starts every helper program, has it try the walls around it from inside and "
		   "do a small piece of work; looks at kernel, fonts, clock, and at the office's "
		   "folder, disk, files and certificates. Run it as the user of vanthu. Takes some "
		   "ten seconds. Exit status: 0 nothing that is needed is missing (warnings tell "
		   "what would be better), 1 something is missing."),
	.options = options,
	.run = run,
};
