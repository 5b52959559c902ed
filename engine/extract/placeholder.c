/* A document -> whether it is a template that nobody filled in: names where values should stand,
 * between marks of one form («Ho_ten», ${ten}, [[ngày]], {{ so }}), several times. */
#include "extract/work.h"

#include <string.h>

enum { LEAST = 3, MOST_NAME = 80, SHOWN = 3 };

typedef struct {
	const char *open, *close;
	bool bare; /* only a name: what else stands there is quoted */
} Form;

static const Form forms[] = {
	{ "«", "»", true },
	{ "${", "}", false },
	{ "[[", "]]", false },
	{ "{{", "}}", false },
};

typedef struct {
	int counts[G_N_ELEMENTS(forms)];
	GPtrArray *samples[G_N_ELEMENTS(forms)]; /* of text */
	Place places[G_N_ELEMENTS(forms)];       /* of the first */
} Search;

static bool
is_name(const char *text, size_t size, bool bare)
{
	bool any = false;
	for (const char *p = text; p < text + size; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c == '\n' || strchr("{}[]", (int)MIN(c, 127)))
			return false;
		bool part = g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '_';
		if (bare && !part)
			return false;
		any |= part;
	}
	return bare ? any : size > 0;
}

/* Different ones, a few. */
static void
show(GPtrArray *samples, const char *mark, size_t size)
{
	g_autofree char *text = g_strndup(mark, size);
	if (samples->len < SHOWN &&
		!g_ptr_array_find_with_equal_func(samples, text, g_str_equal, NULL))
		g_ptr_array_add(samples, g_steal_pointer(&text));
}

static void
find_form(Search *search, size_t at, const Block *para)
{
	const Form *form = &forms[at];
	const char *p = para->para.text;
	while ((p = strstr(p, form->open))) {
		const char *name = p + strlen(form->open);
		const char *end =
			memmem(name, strnlen(name, MOST_NAME), form->close, strlen(form->close));
		if (!end || !is_name(name, (size_t)(end - name), form->bare)) {
			p = name;
			continue;
		}
		end += strlen(form->close);
		if (!search->counts[at]++)
			search->places[at] = para->place;
		show(search->samples[at], p, (size_t)(end - p));
		p = end;
	}
}

static bool
visit(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		find_form(user, i, para);
	return true;
}

void
tell_placeholders(Work *work)
{
	Search search = { 0 };
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		search.samples[i] = g_ptr_array_new_with_free_func(g_free);
	doc_visit_paras(work->doc->blocks, visit, &search);
	doc_visit_paras(work->doc->notes, visit, &search);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		g_ptr_array_add(search.samples[i], NULL);
		g_autofree char *shown = g_strjoinv(", ", (char **)search.samples[i]->pdata);
		if (search.counts[i] >= LEAST)
			findings_add(work->reading->findings, FINDING_TEMPLATE, &search.places[i],
				shown);
		g_ptr_array_unref(search.samples[i]);
	}
}
