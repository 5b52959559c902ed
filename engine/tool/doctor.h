/*
 * What `vanthu doctor` looks at: tables of checks, each of which says one row. A check changes
 * nothing (but for one small file that it writes, measures and removes) and trusts no version
 * number where it can try instead.
 */
#ifndef VANTHU_TOOL_DOCTOR_H
#define VANTHU_TOOL_DOCTOR_H

#include "tool/engine.h"

typedef enum {
	DOCTOR_GOOD,
	DOCTOR_WARNING, /* works, but less well or less safely than it could */
	DOCTOR_FAILURE, /* something that the office needs is not there */
} DoctorVerdict;

typedef struct {
	DoctorVerdict verdict;
	GString *text;   /* what was found */
	GString *advice; /* what to do about it; empty: nothing */
} DoctorRow;

typedef struct DoctorCheck {
	const char *id;    /* "landlock": in JSON */
	const char *title; /* N_() */
	void (*check)(const struct DoctorCheck *self, Engine *engine, DoctorRow *row);
	const void *what; /* for a function that serves several rows */
} DoctorCheck;

/* Each ends with a NULL id. Those of the office want engine->office_dir. */
extern const DoctorCheck doctor_machine[], doctor_programs[], doctor_office[];

/* Adds to what a row says, "; " between; the worst verdict stays. */
void doctor_say(DoctorRow *row, DoctorVerdict verdict, const char *format, ...) G_GNUC_PRINTF(3, 4);
void doctor_advise(DoctorRow *row, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* One request to a helper program beside this one; what `vanthu doctor` needs of it. Caller owns
 * *ret_reply. *ret_missing (may be NULL): there is no such program, or it does not start. */
bool doctor_ask(const Engine *engine, const char *program, const char *service, GBytes *request,
	char **ret_reply, bool *ret_missing, GError **err);

#endif
