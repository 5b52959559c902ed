/* Templates by the names that workflows give them. */
#ifndef VANTHU_TOOL_TEMPLATES_H
#define VANTHU_TOOL_TEMPLATES_H

#include "tool/engine.h"

#include "generate/template.h"

#define PAGE_TEMPLATE "web/dossier.xhtml"
#define DAY_TEMPLATE "web/day.xhtml"

/* The office's own before the shipped one. ERR_NOT_FOUND; ERR_FORMAT with every mistake and its
 * place. ret_sha256 may be NULL; caller owns it. */
Template *template_open(const Engine *engine, const char *name, char **ret_sha256, GError **err);
/* All that workflows and pages need, so that a mistake stops a command before anything is touched.
 */
bool templates_check(const Engine *engine, GError **err);

#endif
