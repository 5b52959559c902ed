/* Finding and compiling templates. */
#include "tool/templates.h"

#include "tool/intake.h"

Template *
template_open(const Engine *engine, const char *name, char **ret_sha256, GError **err)
{
	g_autofree char *path = engine_template_path(engine, name, err);
	g_autoptr(GBytes) bytes = path ? intake_read_file(path, err) : NULL;
	g_autoptr(Template) template = bytes ? template_compile(bytes, path, err) : NULL;
	if (template && ret_sha256)
		*ret_sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	return g_steal_pointer(&template);
}

typedef struct {
	const Engine *engine;
	GError **err;
} Checking;

static bool
check_one(const char *name, void *user)
{
	const Checking *checking = user;
	g_autoptr(Template) template = template_open(checking->engine, name, NULL, checking->err);
	return template != NULL;
}

bool
templates_check(const Engine *engine, GError **err)
{
	Checking checking = { engine, err };
	for (guint i = 0; i < engine->workflows->len; i++)
		if (!workflow_visit_templates(
			    g_ptr_array_index(engine->workflows, i), check_one, &checking))
			return false;
	return check_one(PAGE_TEMPLATE, &checking) && check_one(DAY_TEMPLATE, &checking);
}
