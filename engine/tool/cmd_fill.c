/* vanthu fill TEMPLATE --data FILE: a template over any XML or JSON, without an office. */
#include "tool/command.h"

#include "tool/intake.h"

#include "generate/data_json.h"
#include "generate/template.h"

#include <string.h>

static xmlDoc *
read_data(const char *path, GError **err)
{
	g_autoptr(GBytes) bytes = intake_read_file(path, err);
	if (!bytes)
		return NULL;
	gsize size;
	const char *text = g_bytes_get_data(bytes, &size);
	return g_str_has_suffix(path, ".json") ? data_json_parse(text, size, path, err)
					       : xml_parse(text, size, path, err);
}

/* A template by its path, or by the name that workflows give it. */
static GBytes *
read_template(Call *call, char **ret_path, GError **err)
{
	if (g_file_test(call->args[0], G_FILE_TEST_IS_REGULAR))
		*ret_path = g_strdup(call->args[0]);
	else
		*ret_path = engine_template_path(call->engine, call->args[0], err);
	return *ret_path ? intake_read_file(*ret_path, err) : NULL;
}

static bool
write_output(Call *call, GBytes *bytes, GError **err)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	const char *output = call_option(call, "output");
	if (!output) {
		g_string_append_len(call->out, data, (gssize)size);
		return true;
	}
	return g_file_set_contents(output, data, (gssize)size, err) ||
		because(err, _("writing '%s'"), output);
}

static int
run(Call *call, GError **err)
{
	g_autofree char *path = NULL;
	const char *data_path = call_option(call, "data");
	if (!data_path) {
		fail(err, ERR_USAGE, _("--data FILE is missing"));
		return EXIT_USAGE;
	}
	g_autoptr(GBytes) bytes = read_template(call, &path, err);
	g_autoptr(Template) template = bytes ? template_compile(bytes, path, err) : NULL;
	g_autoptr(xmlDoc) data = template ? read_data(data_path, err) : NULL;
	if (!data)
		return EXIT_REFUSED;
	QueryWorld world = engine_world(call->engine);
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GBytes) filled = template_fill(template, data, &world, findings, err);
	if (filled)
		return write_output(call, filled, err) ? EXIT_OK : EXIT_SYSTEM;
	print_findings(findings, call->engine->language, call->out);
	return EXIT_FINDING;
}

static const Option options[] = {
	{ "data", "FILE", N_("the values: a file in XML or JSON") },
	{ "output", "FILE", N_("where to write the result (-o FILE); else standard output") },
	{ 0 },
};

const Command cmd_fill = {
	.name = "fill",
	.arguments = "TEMPLATE --data FILE",
	.min_args = 1,
	.max_args = 1,
	.help = N_("fill a DOCX, SVG, XHTML or XML template from an XML or JSON file"),
	.about = N_(
		"The context of the template's expressions is the root of the data (of JSON: the "
		"object). Everything that is missing is told in one pass, with its place."),
	.options = options,
	.run = run,
};
