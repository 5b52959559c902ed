/*
 * office.xml: who the office is, who holds which post from when to when, and its award council.
 * Immutable once loaded. Format: docs/office.md.
 */
#ifndef VANTHU_FLOW_OFFICE_H
#define VANTHU_FLOW_OFFICE_H

#include "base/date.h"
#include "document/xml.h"

typedef struct Office Office;

/* ERR_FORMAT with every mistake as "file:line: what". */
Office *office_load(const char *path, GError **err);
Office *office_parse(const char *xml, size_t size, const char *name, GError **err);
void office_free(Office *office);

/* "organ-name", "parent-organ-name", "place", "notation"; "" when not given. Lent. */
const char *office_text(const Office *office, const char *element);

/* Who acts. Roles are the ids of the posts held on that day, "council" for members of the council
 * and "council-secretary" for its secretary. */
typedef struct {
	char *person, *name;
	char **roles; /* NULL-terminated */
} Actor;

/* The person `as` (an id), or the one whose account is os_user. ERR_DENIED with who there is. */
Actor *office_actor(
	const Office *office, const char *os_user, const char *as, Date date, GError **err);
void actor_free(Actor *actor);
bool actor_has(const Actor *actor, const char *role);

/* How many hold a role on a day: a workflow whose role nobody holds can't go on. */
int office_count_holders(const Office *office, const char *role, Date date);
/* Names of the holders of a role, joined by ", "; caller owns. */
char *office_holder_names(const Office *office, const char *role, Date date);
/* Title of a post as it is signed, "" when there is none; lent. */
const char *office_post_title(const Office *office, const char *post);
int office_council_size(const Office *office, Date date);

/* Adds <office> as the first child of the root, as of that day (docs/dossier.md). */
void office_add_to_tree(const Office *office, xmlDoc *tree, Date date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Office, office_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Actor, actor_free)

#endif
