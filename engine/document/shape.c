/* XML files of ours against a table of elements and attributes, with "did you mean". */
#include "document/shape.h"

#include <stdarg.h>
#include <string.h>

typedef struct {
	const Shape *shapes;
	const char *file;
	GString *mistakes;
} Checking;

static void mistake(Checking *checking, const xmlNode *node, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static void
mistake(Checking *checking, const xmlNode *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_string_append_printf(checking->mistakes, "%s%s:%ld: %s",
		checking->mistakes->len ? "\n" : "", checking->file, xmlGetLineNo(node), text);
}

static const Shape *
find_shape(const Shape *shapes, const char *element, const char *parent)
{
	for (; shapes->element; shapes++)
		if (strcmp(shapes->element, element) == 0 && strcmp(shapes->parent, parent) == 0)
			return shapes;
	return NULL;
}

static void
unknown(Checking *checking, const xmlNode *node, const char *what, const char *word,
	const char *const *known)
{
	const char *near = nearest_word(word, known);
	if (near)
		mistake(checking, node, _("unknown %s '%s'; did you mean '%s'?"), what, word, near);
	else
		mistake(checking, node, _("unknown %s '%s'"), what, word);
}

static void
check_attributes(Checking *checking, const xmlNode *node, const Shape *shape)
{
	g_autofree char *all = g_strdup_printf("%s %s", shape->required, shape->optional);
	g_auto(GStrv) known = g_strsplit(g_strstrip(all), " ", -1);
	g_auto(GStrv) required = g_strsplit(shape->required, " ", -1);
	for (const xmlAttr *attr = node->properties; attr; attr = attr->next)
		if (!g_strv_contains((const char *const *)known, (const char *)attr->name))
			unknown(checking, node, _("attribute"), (const char *)attr->name,
				(const char *const *)known);
	for (char **name = required; *name; name++)
		if (**name && !xml_peek_attr(node, *name))
			mistake(checking, node, _("'%s' lacks the attribute '%s'"),
				(const char *)node->name, *name);
}

static void
check_node(Checking *checking, const xmlNode *node, const char *parent)
{
	const char *name = (const char *)node->name;
	const Shape *shape = find_shape(checking->shapes, name, parent);
	if (!shape) {
		g_autoptr(GPtrArray) known = g_ptr_array_new();
		for (const Shape *row = checking->shapes; row->element; row++)
			if (strcmp(row->parent, parent) == 0)
				g_ptr_array_add(known, (char *)row->element);
		g_ptr_array_add(known, NULL);
		unknown(checking, node, _("element"), name, (const char *const *)known->pdata);
		return;
	}
	check_attributes(checking, node, shape);
	xml_foreach(child, node)
		check_node(checking, child, name);
}

bool
shape_check(xmlDoc *doc, const Shape *shapes, const char *file, GError **err)
{
	g_autoptr(GString) mistakes = g_string_new(NULL);
	Checking checking = { shapes, file, mistakes };
	check_node(&checking, xmlDocGetRootElement(doc), "");
	return !mistakes->len || fail(err, ERR_FORMAT, "%s", mistakes->str);
}

bool
shape_fail(const xmlNode *node, const char *file, GError **err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	return fail(err, ERR_FORMAT, "%s:%ld: %s", file, xmlGetLineNo(node), text);
}

static void
shaped_file_free(gpointer data)
{
	ShapedFile *file = data;
	g_free(file->path);
	xmlFreeDoc(file->doc);
	g_free(file);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
list_xml(const char *folder, const char *prefix, GPtrArray *names)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		char *relative = *prefix ? g_build_filename(prefix, name, NULL) : g_strdup(name);
		if (g_file_test(path, G_FILE_TEST_IS_DIR) && *name != '.')
			list_xml(path, relative, names);
		if (g_str_has_suffix(name, ".xml") && g_file_test(path, G_FILE_TEST_IS_REGULAR))
			g_ptr_array_add(names, relative);
		else
			g_free(relative);
	}
}

static bool
load_file(const char *folder, const char *name, const char *root, const Shape *shapes,
	GHashTable *files, GError **err)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(xmlDoc) doc = xml_load(path, err);
	if (!doc)
		return false;
	if (!xml_is(xmlDocGetRootElement(doc), root))
		return true;
	if (!shape_check(doc, shapes, path, err))
		return false;
	ShapedFile *file = g_new0(ShapedFile, 1);
	file->path = g_steal_pointer(&path);
	file->doc = g_steal_pointer(&doc);
	g_hash_table_replace(files, g_strdup(name), file);
	return true;
}

GPtrArray *
shaped_files_load(const char *const *folders, const char *root, const Shape *shapes, GError **err)
{
	g_autoptr(GHashTable) files =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, shaped_file_free);
	for (; *folders; folders++) {
		g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
		list_xml(*folders, "", names);
		g_ptr_array_sort(names, by_name);
		for (guint i = 0; i < names->len; i++)
			if (!load_file(*folders, g_ptr_array_index(names, i), root, shapes, files,
				    err))
				return NULL;
	}
	GPtrArray *list = g_ptr_array_new_with_free_func(shaped_file_free);
	g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(files), (GCompareFunc)strcmp);
	for (GList *key = keys; key; key = key->next) {
		gpointer name, file;
		g_hash_table_steal_extended(files, key->data, &name, &file);
		g_ptr_array_add(list, file);
		g_free(name);
	}
	return list;
}
