/*
 * What a running vanthu holds: where things lie, and what was opened for the command. Built by
 * main, passed down; there is nothing global.
 */
#ifndef VANTHU_TOOL_ENGINE_H
#define VANTHU_TOOL_ENGINE_H

#include "base/date.h"
#include "base/error.h"
#include "decode/parent.h"
#include "extract/checks.h"
#include "extract/extract.h"
#include "flow/calendar.h"
#include "flow/flow.h"
#include "flow/office.h"
#include "generate/draw.h"
#include "store/store.h"

/* vanthu.conf of an office, group [vanthu]. */
typedef struct {
	int quiet_ms;     /* a file must lie still so long before it is taken */
	int rescan_s;     /* the inbox is listed anew every so often */
	char *language;   /* "vi" or "en" */
	char **passwords; /* to try on locked PDF; may be NULL */
} Config;

typedef struct {
	char *helper_dir; /* where vanthu-decode and the others lie */
	char *data_dir;   /* shipped rules/ and templates/ */
	char *office_dir; /* NULL when the command needs none */
	char *language;
	char *as;              /* --as, or NULL */
	const char *trust_dir; /* NULL: the office's trust/; lent */
	Config config;

	Rules *rules;
	Checks *checks;
	Decoders *decoders;
	Drawer *drawer;
	Office *office;
	Calendar *calendar;
	GPtrArray *workflows; /* of Workflow */
	Store *store;
	Actor *actor;
	GHashTable *waiting; /* names in the inbox that could not be taken at the last pass, and why:
				that was said */
} Engine;

/* Where vanthu-decode and the others lie: beside this program, or in libexec. Caller owns. */
char *engine_helper_dir(void);
/* Finds helpers and data. data_dir and language may be NULL (then the environment is asked). */
Engine *engine_new(const char *data_dir, const char *language, GError **err);
void engine_free(Engine *engine);

/* Each opens what is not yet open. */
bool engine_need_rules(Engine *engine, GError **err);
bool engine_need_workflows(Engine *engine, GError **err);
void engine_need_decoders(Engine *engine);
/* The certificates of the office's trust/ folder as they are now, and the time, for the decoders.
 */
void engine_refresh_trust(Engine *engine);
/* Its files, at most as many as are read; paths, owned by the caller. */
GPtrArray *engine_trust_files(const Engine *engine);
/* Finds the office folder (dir NULL: $VANTHU_OFFICE, this folder or one above). ERR_USAGE: none was
 * named and none is here. */
bool engine_find_office(Engine *engine, const char *dir, GError **err);
/* Its vanthu.conf, its office.xml. */
bool engine_read_config(Engine *engine, GError **err);
bool engine_read_office(Engine *engine, GError **err);
/* Finds the office folder and reads its configuration, office.xml, rules, workflows and calendars;
 * then opens the store. */
bool engine_need_office(Engine *engine, const char *dir, bool write, GError **err);
/* Who acts: --as or the person of the OS user. ERR_DENIED when nobody. */
bool engine_need_actor(Engine *engine, GError **err);

/* Now; in a test office $VANTHU_CLOCK when it is set, which a real office never looks at. */
Clock engine_clock(const Engine *engine);
QueryWorld engine_world(const Engine *engine);
/* Folders of `kind` ("rules", "templates"): the shipped one first, the office's own last, so that
 * it wins. NULL-terminated; caller owns. */
char **engine_folders(const Engine *engine, const char *kind);
/* The file of a template, the office's own before the shipped one. ERR_NOT_FOUND. */
char *engine_template_path(const Engine *engine, const char *name, GError **err);
const Workflow *engine_workflow(const Engine *engine, const char *id); /* lent or NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Engine, engine_free)

#endif
