/* Fields of a DOCX to what they show: their result, never their instruction; the boxes and lists of
 * forms have no text and show what was chosen. */
#include "decode/docx_fields.h"

#include <string.h>

void
field_on_char(Sax *sax, void *user)
{
	Story *story = ((Body *)user)->story;
	if (!story)
		return;
	if (sax_is(sax, "fldCharType", "begin"))
		g_byte_array_append(story->fields, (const guint8 *)"", 1);
	else if (sax_is(sax, "fldCharType", "separate") && story->fields->len)
		story->fields->data[story->fields->len - 1] = 1;
	else if (sax_is(sax, "fldCharType", "end") && story->fields->len)
		g_byte_array_set_size(story->fields, story->fields->len - 1);
}

/* A form's check box has no text; what it shows is put where the field begins. */
void
field_on_check_box(Sax *sax, void *user)
{
	(void)sax;
	((Body *)user)->checked = false;
}

void
field_on_checked(Sax *sax, void *user)
{
	if (sax_inside(sax, 1, "checkBox"))
		((Body *)user)->checked = sax_on(sax);
}

/* Before the field's own result: as if this were it. */
static void
add_field_text(Body *body, const char *text)
{
	Story *story = body->story;
	if (!story || !story->fields->len)
		return;
	guint8 *phase = &story->fields->data[story->fields->len - 1];
	*phase = 1;
	story_add(body->docx, story, text, strlen(text));
	*phase = 0;
}

void
field_end_check_box(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	add_field_text(body, body->checked ? "☒" : "☐");
}

/* What a drop-down list shows is the entry its result counts to. */
void
field_on_drop_down(Sax *sax, void *user)
{
	(void)sax;
	Body *body = user;
	body->choice = body->entries = 0;
}

void
field_on_chosen(Sax *sax, void *user)
{
	if (sax_inside(sax, 1, "ddList"))
		((Body *)user)->choice = sax_int(sax, "val", 0);
}

/* Comes after the result, and counts only where there is none. */
void
field_on_default(Sax *sax, void *user)
{
	Body *body = user;
	if (!sax_inside(sax, 1, "ddList"))
		field_on_checked(sax, user);
	else if (!body->choice)
		field_on_chosen(sax, user);
}

void
field_on_entry(Sax *sax, void *user)
{
	Body *body = user;
	char text[256];
	if (body->entries++ != body->choice || !sax_inside(sax, 1, "ddList") ||
		!sax_attribute(sax, "val", text, sizeof text))
		return;
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	add_field_text(body, valid);
}
