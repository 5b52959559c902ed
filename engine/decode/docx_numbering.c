/* word/numbering.xml and a walk through the paragraphs to "1.", "a)", "1.2.", "-". */
#include "decode/docx_numbering.h"

#include "decode/docx_numbers.h"
#include "decode/docx_symbol.h"
#include "decode/legacy.h"

#include <string.h>

#define LEVELS 9

typedef struct {
	char *text;  /* "%1.%2)" */
	char *style; /* w:pStyle */
	char *font;  /* of a bullet */
	char format[32];
	int start, restart; /* restart: after a level below this number; 0 = never, -1 = usual */
	bool legal;         /* all numbers of it in decimal */
	bool custom;        /* the format of newer Word is known: its substitute does not count */
} Level;

/* w:abstractNum: its counters are shared by all lists made from it. */
typedef struct {
	Level levels[LEVELS];
	int counters[LEVELS];
	bool counting[LEVELS];
	char *style_link; /* w:numStyleLink: another definition holds the levels */
	char *style_name; /* w:styleLink: this is that definition */
} Abstract;

/* w:num */
typedef struct {
	int abstract;
	int start[LEVELS];  /* of w:lvlOverride, -1 = none */
	bool begun[LEVELS]; /* its first paragraph was counted from there */
	Level *own[LEVELS];
} List;

struct Numbering {
	GHashTable *abstracts, *lists; /* by number */
	Abstract *abstract;            /* open while reading */
	List *list;
	Level *level;
	int override;
};

static void
level_clear(Level *level)
{
	g_free(level->text);
	g_free(level->style);
	g_free(level->font);
}

static void
abstract_free(gpointer data)
{
	Abstract *abstract = data;
	for (int i = 0; i < LEVELS; i++)
		level_clear(&abstract->levels[i]);
	g_free(abstract->style_link);
	g_free(abstract->style_name);
	g_free(abstract);
}

static void
list_free(gpointer data)
{
	List *list = data;
	for (int i = 0; i < LEVELS; i++) {
		if (list->own[i])
			level_clear(list->own[i]);
		g_free(list->own[i]);
	}
	g_free(list);
}

Numbering *
numbering_new(void)
{
	Numbering *numbering = g_new0(Numbering, 1);
	numbering->abstracts = g_hash_table_new_full(NULL, NULL, NULL, abstract_free);
	numbering->lists = g_hash_table_new_full(NULL, NULL, NULL, list_free);
	return numbering;
}

void
numbering_free(Numbering *numbering)
{
	if (!numbering)
		return;
	g_hash_table_unref(numbering->abstracts);
	g_hash_table_unref(numbering->lists);
	g_free(numbering);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void
level_init(Level *level)
{
	*level = (Level){ .start = 0, .restart = -1 };
	g_strlcpy(level->format, "decimal", sizeof level->format);
}

static void
on_abstract(Sax *sax, void *user)
{
	Numbering *numbering = user;
	Abstract *abstract = g_new0(Abstract, 1);
	for (int i = 0; i < LEVELS; i++)
		level_init(&abstract->levels[i]);
	int id = sax_int(sax, "abstractNumId", -1);
	g_hash_table_replace(numbering->abstracts, GINT_TO_POINTER(id), abstract);
	numbering->abstract = abstract;
	numbering->list = NULL;
	numbering->level = NULL;
}

static void
on_num(Sax *sax, void *user)
{
	Numbering *numbering = user;
	List *list = g_new0(List, 1);
	list->abstract = -1;
	for (int i = 0; i < LEVELS; i++)
		list->start[i] = -1;
	g_hash_table_replace(numbering->lists, GINT_TO_POINTER(sax_int(sax, "numId", -1)), list);
	numbering->list = list;
	numbering->abstract = NULL;
	numbering->level = NULL;
}

static void
on_num_abstract(Sax *sax, void *user)
{
	Numbering *numbering = user;
	if (numbering->list && sax_inside(sax, 1, "num"))
		numbering->list->abstract = sax_int(sax, "val", -1);
}

static void
on_override(Sax *sax, void *user)
{
	((Numbering *)user)->override = CLAMP(sax_int(sax, "ilvl", 0), 0, LEVELS - 1);
}

static void
on_start_override(Sax *sax, void *user)
{
	Numbering *numbering = user;
	if (numbering->list)
		numbering->list->start[numbering->override] = sax_int(sax, "val", 1);
}

static void
on_level(Sax *sax, void *user)
{
	Numbering *numbering = user;
	int index = CLAMP(sax_int(sax, "ilvl", 0), 0, LEVELS - 1);
	if (numbering->abstract) {
		numbering->level = &numbering->abstract->levels[index];
	} else if (numbering->list) {
		if (!numbering->list->own[index])
			numbering->list->own[index] = g_new0(Level, 1);
		numbering->level = numbering->list->own[index];
	}
	if (!numbering->level)
		return;
	level_clear(numbering->level);
	level_init(numbering->level);
}

static void
set_text(char **text, const Sax *sax, const char *attribute)
{
	char value[256];
	if (!sax_attribute(sax, attribute, value, sizeof value))
		return;
	g_free(*text);
	*text = g_utf8_make_valid(value, -1);
}

/* Word keeps formats that are newer than the standard as an alternative to a plain one. */
static void
on_format(Sax *sax, void *user)
{
	Level *level = ((Numbering *)user)->level;
	char pattern[128];
	if (!level || (level->custom && sax_inside(sax, 1, "Fallback")))
		return;
	sax_attribute(sax, "val", level->format, sizeof level->format);
	if (strcmp(level->format, "custom") != 0 ||
		!sax_attribute(sax, "format", pattern, sizeof pattern))
		return;
	const char *known = numbers_of_pattern(pattern);
	g_strlcpy(level->format, known ? known : "decimal", sizeof level->format);
	level->custom = known != NULL;
}

/* A child of w:lvl. */
static void
on_level_prop(Sax *sax, void *user)
{
	Level *level = ((Numbering *)user)->level;
	const char *name = sax_parent(sax, 0);
	if (!level)
		return;
	if (strcmp(name, "start") == 0)
		level->start = sax_int(sax, "val", 1);
	else if (strcmp(name, "lvlText") == 0)
		set_text(&level->text, sax, "val");
	else if (strcmp(name, "lvlRestart") == 0)
		level->restart = sax_int(sax, "val", 0);
	else if (strcmp(name, "isLgl") == 0)
		level->legal = sax_on(sax);
	else if (strcmp(name, "pStyle") == 0)
		set_text(&level->style, sax, "val");
	else if (strcmp(name, "rFonts") == 0)
		set_text(&level->font, sax, "ascii");
}

static void
on_link(Sax *sax, void *user)
{
	Abstract *abstract = ((Numbering *)user)->abstract;
	if (abstract)
		set_text(sax_inside(sax, 0, "styleLink") ? &abstract->style_name
							 : &abstract->style_link,
			sax, "val");
}

static const SaxElement elements[] = {
	{ "abstractNum", SAX_WORD, on_abstract, NULL, 0 },
	{ "num", SAX_WORD, on_num, NULL, 0 },
	{ "abstractNumId", SAX_WORD, on_num_abstract, NULL, 0 },
	{ "lvlOverride", SAX_WORD, on_override, NULL, 0 },
	{ "startOverride", SAX_WORD, on_start_override, NULL, 0 },
	{ "lvl", SAX_WORD, on_level, NULL, 0 },
	{ "start", SAX_WORD, on_level_prop, NULL, 0 },
	{ "numFmt", SAX_WORD, on_format, NULL, 0 },
	{ "lvlText", SAX_WORD, on_level_prop, NULL, 0 },
	{ "lvlRestart", SAX_WORD, on_level_prop, NULL, 0 },
	{ "isLgl", SAX_WORD, on_level_prop, NULL, 0 },
	{ "pStyle", SAX_WORD, on_level_prop, NULL, 0 },
	{ "rFonts", SAX_WORD, on_level_prop, NULL, 0 },
	{ "styleLink", SAX_WORD, on_link, NULL, 0 },
	{ "numStyleLink", SAX_WORD, on_link, NULL, 0 },
	{ .name = NULL },
};

bool
numbering_read(
	Numbering *numbering, GBytes *bytes, const char *part, const Limits *limits, GError **err)
{
	return sax_parse(bytes, part, elements, numbering, limits, err);
}

/* ---- counting ------------------------------------------------------------------------------ */

/* The definition that holds the levels: a link by style name is followed once. */
static Abstract *
find_abstract(Numbering *numbering, const List *list)
{
	Abstract *abstract =
		g_hash_table_lookup(numbering->abstracts, GINT_TO_POINTER(list->abstract));
	if (!abstract || !abstract->style_link)
		return abstract;
	GHashTableIter iter;
	gpointer value;
	g_hash_table_iter_init(&iter, numbering->abstracts);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		Abstract *other = value;
		if (g_strcmp0(other->style_name, abstract->style_link) == 0)
			return other;
	}
	return abstract;
}

static const Level *
level_of(const Abstract *abstract, const List *list, int level)
{
	return list->own[level] ? list->own[level] : &abstract->levels[level];
}

static int
level_of_style(const Abstract *abstract, const char *style)
{
	for (int i = 0; style && i < LEVELS; i++)
		if (g_strcmp0(abstract->levels[i].style, style) == 0)
			return i;
	return 0;
}

static int
start_of(const Abstract *abstract, const List *list, int level)
{
	return list->start[level] >= 0 ? list->start[level]
				       : level_of(abstract, list, level)->start;
}

static void
count(Abstract *abstract, List *list, int level)
{
	bool begins = list->start[level] >= 0 && !list->begun[level];
	if (abstract->counting[level] && !begins) {
		abstract->counters[level] = MIN(abstract->counters[level] + 1, G_MAXINT - 1);
	} else {
		abstract->counters[level] = start_of(abstract, list, level);
		abstract->counting[level] = true;
	}
	list->begun[level] = true;
	for (int i = level + 1; i < LEVELS; i++) {
		int restart = level_of(abstract, list, i)->restart;
		if (restart < 0 || (restart > 0 && level < restart))
			abstract->counting[i] = false;
	}
}

static int
counter_of(const Abstract *abstract, const List *list, int level)
{
	if (abstract->counting[level])
		return abstract->counters[level];
	return MAX(start_of(abstract, list, level), 1); /* a level that was never shown itself */
}

static char *
print_label(const Abstract *abstract, const List *list, int level)
{
	const Level *row = level_of(abstract, list, level);
	if (!row->text || !*row->text)
		return NULL;
	if (strcmp(row->format, "bullet") == 0)
		return symbol_text(row->font, row->text);
	g_autofree char *decoded = legacy_decode(legacy_font(row->font), row->text);
	GString *out = g_string_new(NULL);
	for (const char *p = decoded ? decoded : row->text; *p; p++) {
		int other = *p == '%' && p[1] >= '1' && p[1] <= '9' ? p[1] - '1' : -1;
		if (other < 0) {
			g_string_append_c(out, *p);
			continue;
		}
		const char *format = level_of(abstract, list, other)->format;
		numbers_print(
			out, row->legal ? "decimal" : format, counter_of(abstract, list, other));
		p++;
	}
	char *label = g_string_free(out, FALSE);
	g_strstrip(label);
	if (!*label)
		g_clear_pointer(&label, g_free);
	return label;
}

char *
numbering_next(Numbering *numbering, int id, int level, const char *style, int *ret_level)
{
	List *list = g_hash_table_lookup(numbering->lists, GINT_TO_POINTER(id));
	Abstract *abstract = list ? find_abstract(numbering, list) : NULL;
	if (!abstract)
		return NULL;
	int index = level >= 0 ? MIN(level, LEVELS - 1) : level_of_style(abstract, style);
	count(abstract, list, index);
	*ret_level = index;
	return print_label(abstract, list, index);
}
