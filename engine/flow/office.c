/* office.xml into answers: who may act, who holds a post today, how large the council is. */
#include "flow/office.h"

#include "document/shape.h"

#include <string.h>

struct Office {
	xmlDoc *doc;
	xmlNode *root;
};

static const Shape shapes[] = {
	{ "office", "", "", "" },
	{ "organ-name", "office", "", "" },
	{ "parent-organ-name", "office", "", "" },
	{ "place", "office", "", "" },
	{ "notation", "office", "", "" },
	{ "time-zone", "office", "", "" },
	{ "person", "office", "id name", "user" },
	{ "post", "office", "id title", "" },
	{ "holder", "post", "person from", "to" },
	{ "council", "office", "name", "secretary" },
	{ "member", "council", "person role", "from to" },
	{ NULL, NULL, NULL, NULL },
};

static xmlNode *
find_person(const Office *office, const char *attribute, const char *value)
{
	xml_foreach(node, office->root)
		if (xml_is(node, "person") && g_strcmp0(xml_peek_attr(node, attribute), value) == 0)
			return node;
	return NULL;
}

static bool
check_date(const xmlNode *node, const char *attribute, const char *file, GError **err)
{
	Date date;
	const char *text = xml_peek_attr(node, attribute);
	if (!text || (strlen(text) == 10 && date_parse_iso(text, &date)))
		return true;
	return shape_fail(node, file, err, _("'%s' is no date; write it as 2026-11-23"), text);
}

/* Every person that is named must be there. */
static bool
check_person(const Office *office, const xmlNode *node, const char *attribute, const char *file,
	GError **err)
{
	const char *id = xml_peek_attr(node, attribute);
	if (!id || find_person(office, "id", id))
		return true;
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	xml_foreach(person, office->root)
		if (xml_is(person, "person"))
			g_ptr_array_add(ids, (char *)xml_peek_attr(person, "id"));
	g_ptr_array_add(ids, NULL);
	const char *near = nearest_word(id, (const char *const *)ids->pdata);
	if (near)
		return shape_fail(
			node, file, err, _("no person '%s'; did you mean '%s'?"), id, near);
	return shape_fail(node, file, err, _("no person '%s'"), id);
}

static bool
check_unique(const Office *office, const xmlNode *node, const char *file, GError **err)
{
	const char *id = xml_peek_attr(node, "id");
	for (xmlNode *other = xml_first(office->root); other && other != node;
		other = xml_next(other))
		if (id && xml_is(other, (const char *)node->name) &&
			strcmp(xml_peek_attr(other, "id"), id) == 0)
			return shape_fail(node, file, err, _("'%s' is there twice"), id);
	return true;
}

static bool
check_office(const Office *office, const char *file, GError **err)
{
	static const char *const needed[] = { "organ-name", "place", "notation" };
	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
		if (!*office_text(office, needed[i]))
			return shape_fail(office->root, file, err, _("'%s' is missing"), needed[i]);
	xml_foreach(node, office->root) {
		if (!check_unique(office, node, file, err) ||
			!check_person(office, node, "secretary", file, err))
			return false;
		xml_foreach(child, node)
			if (!check_person(office, child, "person", file, err) ||
				!check_date(child, "from", file, err) ||
				!check_date(child, "to", file, err))
				return false;
	}
	return true;
}

static Office *
office_take(xmlDoc *doc, const char *file, GError **err)
{
	if (!doc)
		return NULL;
	g_autoptr(Office) office = g_new0(Office, 1);
	office->doc = doc;
	office->root = xmlDocGetRootElement(doc);
	if (!shape_check(doc, shapes, file, err) || !check_office(office, file, err))
		return NULL;
	return g_steal_pointer(&office);
}

Office *
office_load(const char *path, GError **err)
{
	return office_take(xml_load(path, err), path, err);
}

Office *
office_parse(const char *xml, size_t size, const char *name, GError **err)
{
	return office_take(xml_parse(xml, size, name, err), name, err);
}

void
office_free(Office *office)
{
	if (!office)
		return;
	xmlFreeDoc(office->doc);
	g_free(office);
}

const char *
office_text(const Office *office, const char *element)
{
	const xmlNode *node = xml_child(office->root, element);
	return node && node->children && node->children->content
		? (const char *)node->children->content
		: "";
}

static bool
in_force(const xmlNode *node, Date date)
{
	Date from = { 0 }, to = { 9999, 12, 31 };
	date_parse_iso(xml_peek_attr(node, "from"), &from);
	date_parse_iso(xml_peek_attr(node, "to"), &to);
	return date_compare(from, date) <= 0 && date_compare(date, to) <= 0;
}

/* Calls visit for each person that holds `role` on that day. */
typedef void (*HolderVisit)(const char *person, void *user);

static void
visit_holders(const Office *office, const char *role, Date date, HolderVisit visit, void *user)
{
	xml_foreach(node, office->root) {
		bool council = xml_is(node, "council");
		if (council && strcmp(role, "council-secretary") == 0 &&
			xml_peek_attr(node, "secretary"))
			visit(xml_peek_attr(node, "secretary"), user);
		bool wanted = xml_is(node, "post") ? strcmp(xml_peek_attr(node, "id"), role) == 0
						   : council && strcmp(role, "council") == 0;
		if (!wanted)
			continue;
		xml_foreach(child, node)
			if (in_force(child, date))
				visit(xml_peek_attr(child, "person"), user);
	}
}

static void
count_one(const char *person, void *user)
{
	(void)person;
	++*(int *)user;
}

int
office_count_holders(const Office *office, const char *role, Date date)
{
	int count = 0;
	visit_holders(office, role, date, count_one, &count);
	return count;
}

int
office_council_size(const Office *office, Date date)
{
	return office_count_holders(office, "council", date);
}

typedef struct {
	const Office *office;
	GString *names;
} Naming;

static void
add_name(const char *person, void *user)
{
	Naming *naming = user;
	const xmlNode *node = find_person(naming->office, "id", person);
	g_string_append_printf(
		naming->names, "%s%s", naming->names->len ? ", " : "", xml_peek_attr(node, "name"));
}

char *
office_holder_names(const Office *office, const char *role, Date date)
{
	Naming naming = { office, g_string_new(NULL) };
	visit_holders(office, role, date, add_name, &naming);
	return g_string_free(naming.names, FALSE);
}

const char *
office_post_title(const Office *office, const char *post)
{
	xml_foreach(node, office->root)
		if (xml_is(node, "post") && strcmp(xml_peek_attr(node, "id"), post) == 0)
			return xml_peek_attr(node, "title");
	return "";
}

typedef struct {
	const char *person;
	bool found;
} Seeking;

static void
seek_one(const char *person, void *user)
{
	Seeking *seeking = user;
	seeking->found = seeking->found || strcmp(person, seeking->person) == 0;
}

static void
add_role(const Office *office, GPtrArray *roles, const char *role, const char *person, Date date)
{
	Seeking seeking = { person, false };
	visit_holders(office, role, date, seek_one, &seeking);
	if (seeking.found)
		g_ptr_array_add(roles, g_strdup(role));
}

Actor *
office_actor(const Office *office, const char *os_user, const char *as, Date date, GError **err)
{
	const xmlNode *person =
		as ? find_person(office, "id", as) : find_person(office, "user", os_user);
	if (!person && as) {
		fail(err, ERR_DENIED, _("office.xml has no person '%s'"), as);
		return NULL;
	}
	if (!person) {
		fail(err, ERR_DENIED,
			_("office.xml has no person with the account '%s'; name one with --as "
			  "PERSON"),
			os_user);
		return NULL;
	}
	Actor *actor = g_new0(Actor, 1);
	actor->person = xml_attr(person, "id");
	actor->name = xml_attr(person, "name");
	GPtrArray *roles = g_ptr_array_new();
	xml_foreach(node, office->root)
		if (xml_is(node, "post"))
			add_role(office, roles, xml_peek_attr(node, "id"), actor->person, date);
	add_role(office, roles, "council", actor->person, date);
	add_role(office, roles, "council-secretary", actor->person, date);
	g_ptr_array_add(roles, NULL);
	actor->roles = (char **)g_ptr_array_free(roles, FALSE);
	return actor;
}

void
actor_free(Actor *actor)
{
	if (!actor)
		return;
	g_free(actor->person);
	g_free(actor->name);
	g_strfreev(actor->roles);
	g_free(actor);
}

bool
actor_has(const Actor *actor, const char *role)
{
	return g_strv_contains((const char *const *)actor->roles, role);
}

static void
add_posts(const Office *office, xmlNode *to, Date date)
{
	xml_foreach(node, office->root) {
		if (!xml_is(node, "post"))
			continue;
		g_autofree char *names =
			office_holder_names(office, xml_peek_attr(node, "id"), date);
		xmlNode *post = xml_add(to, "post", NULL);
		xml_set(post, "id", xml_peek_attr(node, "id"));
		xml_set(post, "title", xml_peek_attr(node, "title"));
		xml_set(post, "holder-name", names);
	}
}

static void
add_council(const Office *office, xmlNode *to, Date date)
{
	const xmlNode *node = xml_child(office->root, "council");
	if (!node)
		return;
	xmlNode *council = xml_add(to, "council", NULL);
	g_autofree char *members = g_strdup_printf("%d", office_council_size(office, date));
	g_autofree char *secretary = office_holder_names(office, "council-secretary", date);
	xml_set(council, "name", xml_peek_attr(node, "name"));
	xml_set(council, "members", members);
	xml_set(council, "secretary", secretary);
	xml_foreach(child, node) {
		if (!in_force(child, date))
			continue;
		xmlNode *member = xml_add(council, "member", NULL);
		const xmlNode *person = find_person(office, "id", xml_peek_attr(child, "person"));
		xml_set(member, "name", xml_peek_attr(person, "name"));
		xml_set(member, "role", xml_peek_attr(child, "role"));
	}
}

void
office_add_to_tree(const Office *office, xmlDoc *tree, Date date)
{
	static const char *const texts[] = { "organ-name", "parent-organ-name", "place",
		"notation" };
	xmlNode *root = xmlDocGetRootElement(tree);
	xmlNode *node = xml_add(root, "office", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		xml_add(node, texts[i], office_text(office, texts[i]));
	add_posts(office, node, date);
	add_council(office, node, date);
	xmlNode *first = xml_first(root);
	if (first != node)
		xmlAddPrevSibling(first, node);
}
