/* The .rels parts of a package into relations with resolved targets. */
#include "decode/docx_parts.h"

#include "decode/docx_sax.h"

#include <string.h>

typedef struct {
	GPtrArray *relations;
	const char *folder; /* of the part, "" or with '/' at the end */
} Reader;

static void
relation_free(gpointer data)
{
	Relation *relation = data;
	g_free(relation->id);
	g_free(relation->type);
	g_free(relation->target);
	g_free(relation);
}

/* "../media/a.png" in "word/" is "media/a.png". What climbs above the root stays at the root. */
static char *
resolve(const char *folder, const char *target)
{
	g_autofree char *joined =
		*target == '/' ? g_strdup(target + 1) : g_strconcat(folder, target, NULL);
	g_auto(GStrv) steps = g_strsplit(joined, "/", -1);
	g_autoptr(GPtrArray) kept = g_ptr_array_new();
	for (char **step = steps; *step; step++) {
		if (strcmp(*step, "..") == 0) {
			if (kept->len)
				g_ptr_array_set_size(kept, (int)kept->len - 1);
		} else if (**step && strcmp(*step, ".") != 0) {
			g_ptr_array_add(kept, *step);
		}
	}
	g_ptr_array_add(kept, NULL);
	return g_strjoinv("/", (char **)kept->pdata);
}

static void
on_relationship(Sax *sax, void *user)
{
	Reader *reader = user;
	char id[256], type[256], target[1024];
	if (!sax_attribute(sax, "Id", id, sizeof id) ||
		!sax_attribute(sax, "Type", type, sizeof type) ||
		!sax_attribute(sax, "Target", target, sizeof target))
		return;
	Relation *relation = g_new0(Relation, 1);
	const char *slash = strrchr(type, '/');
	relation->id = g_strdup(id);
	relation->type = g_strdup(slash ? slash + 1 : type);
	relation->external = sax_is(sax, "TargetMode", "External");
	relation->target = relation->external ? g_strdup(target) : resolve(reader->folder, target);
	g_ptr_array_add(reader->relations, relation);
}

static const SaxElement elements[] = {
	{ .name = "Relationship", .start = on_relationship },
	{ .name = NULL },
};

GPtrArray *
relations_read(Package *package, const char *part, const Limits *limits, GError **err)
{
	const char *slash = strrchr(part, '/');
	g_autofree char *folder = g_strndup(part, slash ? (size_t)(slash - part) + 1 : 0);
	g_autofree char *name =
		g_strdup_printf("%s_rels/%s.rels", folder, slash ? slash + 1 : part);
	g_autoptr(GPtrArray) relations = g_ptr_array_new_with_free_func(relation_free);
	int index = package_find(package, name);
	if (index < 0)
		return g_steal_pointer(&relations);
	g_autoptr(GBytes) bytes = package_read(package, index, err);
	Reader reader = { relations, folder };
	if (!bytes || !sax_parse(bytes, name, elements, &reader, limits, err))
		return NULL;
	return g_steal_pointer(&relations);
}

const Relation *
relations_by_id(const GPtrArray *relations, const char *id)
{
	for (guint i = 0; i < relations->len; i++) {
		const Relation *relation = g_ptr_array_index(relations, i);
		if (strcmp(relation->id, id) == 0)
			return relation;
	}
	return NULL;
}

const Relation *
relations_by_type(const GPtrArray *relations, const char *type)
{
	for (guint i = 0; i < relations->len; i++) {
		const Relation *relation = g_ptr_array_index(relations, i);
		if (!relation->external && strcmp(relation->type, type) == 0)
			return relation;
	}
	return NULL;
}
