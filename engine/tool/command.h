/*
 * The commands of `vanthu`. Each cmd_*.c exports const Command records; commands.c lists them;
 * usage, help and the manual pages are printed from the same records.
 *
 * run() returns the exit status, or sets *err (main turns its code into a status):
 *	0 fine (notes and warnings too)   1 at least one finding of severity error, or refused by
 *	the flow   2 usage   3 input refused   4 system
 */
#ifndef VANTHU_TOOL_COMMAND_H
#define VANTHU_TOOL_COMMAND_H

#include "tool/engine.h"
#include "tool/print.h"

#include "document/json.h"

enum { EXIT_OK = 0, EXIT_FINDING = 1, EXIT_USAGE = 2, EXIT_REFUSED = 3, EXIT_SYSTEM = 4 };

/* What main opens before run() is called. */
enum {
	NEEDS_RULES = 1 << 0,    /* engine->rules */
	NEEDS_DECODERS = 1 << 1, /* engine->decoders */
	READS_STORE = 1 << 2,    /* engine->office, engine->store */
	WRITES_STORE = 1 << 3,   /* the same, to write */
	NEEDS_ACTOR = 1 << 4,    /* engine->actor: a person of office.xml */
};

typedef struct {
	const char *name;  /* "number", given as --number */
	const char *value; /* "N"; NULL = a flag */
	const char *help;  /* N_() */
} Option;

typedef struct Call Call;

typedef struct {
	const char *name;       /* "decode", "rules check" */
	const char *arguments;  /* "FILE…", "" */
	int min_args, max_args; /* max -1 = any */
	unsigned needs;
	const char *help;      /* one line, N_() */
	const char *about;     /* a paragraph, N_(); NULL = none */
	const Option *options; /* ends with a NULL name; NULL = none of its own */
	int (*run)(Call *call, GError **err);
} Command;

struct Call {
	const Command *command;
	Engine *engine;
	char **args; /* without the command's name */
	int n_args;
	GHashTable *options; /* name -> value ("" for a flag); given twice: joined by '\n' */
	bool json;
	GString *out; /* printed to stdout at the end, also when run() fails */
};

/* NULL when the option was not given. Lent. */
const char *call_option(const Call *call, const char *name);
/* The same, but NULL when the command has an option of its own by that name. */
const char *call_global(const Call *call, const char *name);
bool call_has(const Call *call, const char *name);
/* ERR_USAGE unless it is a number of min or more; `otherwise` when not given. */
bool call_number(
	const Call *call, const char *name, int min, int otherwise, int *ret, GError **err);

extern const Command *const commands[]; /* NULL-terminated, in the order of the help */
extern const Option global_options[];

/* The command that the first words of argv name; *ret_words of them. NULL: unknown. */
const Command *command_lookup(char **argv, int argc, int *ret_words);
/* "rules" is the group of "rules check", "rules test" …; a command is also in the group of its own name. */
bool command_is_group(const char *word);
bool command_is_in(const Command *command, const char *group);
/* The name most like these words; NULL: none is. Lent. */
const char *command_nearest(const char *words);
/* Prints usage of all or of a group (group NULL: all), the help of one, the manual page (roff) of one or all
 * (command NULL). */
void help_print_all(const char *group, GString *out);
void help_print_command(const Command *command, GString *out);
void help_print_man(const Command *command, GString *out);
/* Reads options and arguments of the command into call. ERR_USAGE. */
bool options_parse(Call *call, char **argv, int argc, GError **err);

#endif
