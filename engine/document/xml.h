/*
 * Small helpers over libxml2, and the one way in which XML of ours (rules, workflows, office, data) is
 * parsed: no network, no DTD, no entities, bounded; errors as "file:line: what".
 */
#ifndef VANTHU_DOCUMENT_XML_H
#define VANTHU_DOCUMENT_XML_H

#include "base/error.h"

#include <libxml/tree.h>

/* `name` is for messages. ERR_FORMAT with file:line; a DOCTYPE is refused. Caller: xmlFreeDoc. */
xmlDoc *xml_parse(const char *data, size_t size, const char *name, GError **err);
xmlDoc *xml_load(const char *path, GError **err);

/* Attribute or child text; caller owns, NULL when there is none. */
char *xml_attr(const xmlNode *node, const char *name);
/* Lent: the content of an attribute that is plain text, or NULL. */
const char *xml_peek_attr(const xmlNode *node, const char *name);
/* The same, but "" when there is none, or no node. */
const char *xml_peek(const xmlNode *node, const char *name);
bool xml_is(const xmlNode *node, const char *element);
xmlNode *xml_child(const xmlNode *node, const char *element);
xmlNode *xml_first(const xmlNode *node); /* first child element, or NULL */
xmlNode *xml_next(const xmlNode *node);  /* next sibling element, or NULL */
char *xml_text(const xmlNode *node);     /* all text in it; caller owns */
xmlNode *xml_add(xmlNode *parent, const char *element, const char *text); /* text may be NULL */
void xml_set(xmlNode *node, const char *attribute, const char *value); /* NULL value: nothing */
/* Canonical XML 1.0, without comments. */
GString *xml_canonical(xmlDoc *doc);
/* "did you mean": the nearest of a NULL-terminated list, or NULL when none is near. Lent. */
const char *nearest_word(const char *word, const char *const *words);

#define xml_foreach(child, parent) \
	for (xmlNode *child = xml_first(parent); child; child = xml_next(child))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

#endif
