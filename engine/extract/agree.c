/* A message and the papers in it must say the same of number, notation and day: where they do not,
 * the value is a conflict that a person decides, and both places are told. */
#include "extract/extract.h"

#include "base/text.h"

#include <string.h>

static const char *const fields[] = { "code-number", "code-notation", "issued-date" };

static const Field *
found(const Reading *reading, const char *name)
{
	const Field *field = reading_lookup(reading, name);
	return field && field->state == FIELD_FOUND && *field->value ? field : NULL;
}

/* "15" and "015" are one number, "TTr-PĐĐ" and "TTR - PĐĐ" one notation. */
static bool
same_value(const char *a, const char *b)
{
	a += strspn(a, "0");
	b += strspn(b, "0");
	return text_same(a, b);
}

static int
count_same(const Reading *message, const Reading *paper)
{
	int n = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const Field *a = found(message, fields[i]), *b = found(paper, fields[i]);
		n += a && b && same_value(a->value, b->value);
	}
	return n;
}

/* The paper that the message brings: the one that agrees most with it. None that agrees in nothing
 * is it: an annex has a number of its own. */
static const Reading *
main_paper(const Reading *message)
{
	const Reading *best = NULL;
	int most = 0;
	for (guint i = 0; i < message->documents->len; i++) {
		const Reading *paper = message->documents->pdata[i];
		int n = count_same(message, paper);
		if (n <= most)
			continue;
		most = n;
		best = paper;
	}
	return best;
}

void
readings_agree(Reading *message)
{
	const Reading *paper = main_paper(message);
	for (size_t i = 0; paper && i < G_N_ELEMENTS(fields); i++) {
		Field *own = (Field *)(uintptr_t)found(message, fields[i]);
		const Field *other = found(paper, fields[i]);
		if (!own || !other || same_value(own->value, other->value))
			continue;
		g_autofree char *here = place_print(&own->place);
		g_autofree char *there = place_print(&other->place);
		g_autofree char *detail = g_strdup_printf("%s “%s” (%s) ≠ “%s” (%s, %s)", own->name,
			own->value, here, other->value, paper->file, there);
		own->state = FIELD_CONFLICT;
		own->confidence = 0.5;
		field_set(own, &own->other, other->value);
		findings_add(message->findings, FINDING_FIELD_CONFLICT, NULL, detail);
	}
}
