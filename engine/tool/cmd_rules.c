/* vanthu rules check, vanthu flow check: prove the files of rules and workflows before work begins.
 */
#include "tool/command.h"

#include "tool/templates.h"

#include "document/json.h"

#include <string.h>

static int
run_rules(Call *call, GError **err)
{
	if (!engine_need_rules(call->engine, err))
		return EXIT_REFUSED;
	const RulesCount count = rules_count(call->engine->rules);
	const int checks = count.checks + checks_count(call->engine->checks);
	if (!call->json) {
		g_string_append_printf(call->out,
			_("%d rule files are good: %d document types, %d fields, %d tables, %d "
			  "checks\n"),
			count.files, count.types, count.fields, count.records, checks);
		return EXIT_OK;
	}
	Json json;
	json_init(&json, call->out);
	json_object(&json, NULL);
	json_int(&json, "files", count.files);
	json_int(&json, "types", count.types);
	json_int(&json, "fields", count.fields);
	json_int(&json, "records", count.records);
	json_int(&json, "checks", checks);
	json_end_object(&json);
	g_string_append_c(call->out, '\n');
	return EXIT_OK;
}

const Command cmd_rules_check = {
	.name = "rules check",
	.arguments = "",
	.help = N_("check all rule files; errors name file and line"),
	.about = N_("With --office the office's own files are checked over the shipped ones."),
	.run = run_rules,
};

static bool
has_template(const char *name, void *user)
{
	g_autofree char *path = engine_template_path(user, name, NULL);
	return path != NULL;
}

static int
run_flow(Call *call, GError **err)
{
	Engine *engine = call->engine;
	if (!engine_need_workflows(engine, err))
		return EXIT_REFUSED;
	if (!templates_check(engine, err) && err_code(*err) != ERR_NOT_FOUND)
		return EXIT_REFUSED;
	g_clear_error(err); /* one that is not there is a finding */
	g_autoptr(GPtrArray) findings = findings_new();
	const Date today = clock_local_date(engine_clock(engine));
	for (guint i = 0; i < engine->workflows->len; i++)
		flow_check(g_ptr_array_index(engine->workflows, i), engine->office, today,
			has_template, engine, findings);
	if (call->json) {
		Json json;
		json_init(&json, call->out);
		json_object(&json, NULL);
		json_int(&json, "workflows", engine->workflows->len);
		findings_print_json(findings, engine->language, &json);
		json_end_object(&json);
		g_string_append_c(call->out, '\n');
	} else {
		print_findings(findings, engine->language, call->out);
		if (!findings->len)
			g_string_append_printf(
				call->out, _("%u workflows are good\n"), engine->workflows->len);
	}
	return findings_worst(findings) == SEVERITY_ERROR ? EXIT_FINDING : EXIT_OK;
}

const Command cmd_flow_check = {
	.name = "flow check",
	.arguments = "",
	.help = N_("check all workflow files: unreachable stages, dead ends, roles without holder"),
	.about = N_("Whether somebody holds each role is asked of the office named with --office."),
	.run = run_flow,
};
