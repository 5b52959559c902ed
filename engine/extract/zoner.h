/* What the parts of the zoner share (zone.c, zone_head.c, zone_organ.c, zone_body.c,
 * zone_foot.c, zone_forms.c); nobody else includes it. */
#ifndef VANTHU_EXTRACT_ZONER_H
#define VANTHU_EXTRACT_ZONER_H

#include "extract/zone.h"

/* The text that zoner_join() made last in a zone, and how much room it has. */
typedef struct {
	char *text;
	size_t size, room;
} Joined;

/* Who has taken a line: NONE until a part of the zoner knows what it is. */
typedef struct {
	const Doc *doc;
	const Lines *lines;
	const char *const *titles;
	Zones *zones;
	int *owner;     /* of each line: a Zone, or ZONE_COUNT */
	int head_end;   /* first line below it */
	int foot_start; /* first line of the foot; lines->count when there is none */
	int foot_end;   /* first line of the appendix */
	bool has_motto;
	Joined joined[ZONE_COUNT];
} Zoner;

static inline const Line *
zoner_line(const Zoner *zoner, int i)
{
	return lines_at(zoner->lines, i);
}

/* Adds line i to the zone, and owns it. */
void zoner_take(Zoner *zoner, Zone zone, int i);
/* Adds a text of its own, standing where line i stands. */
void zoner_add(Zoner *zoner, Zone zone, const char *text, const Place *place);
/* The same with a text that lives as long as the zones, as those of lines do: lent. */
void zoner_lend(Zoner *zoner, Zone zone, const char *text, const Place *place);
/* Joins a text to the zone's last line. */
void zoner_join(Zoner *zoner, Zone zone, const char *text, const Place *place);
void zoner_because(Zoner *zoner, Zone zone, double confidence, const char *why);
/* How long the name of a type is that the line opens with, in bytes; 0 = it opens with none. */
size_t zoner_title_length(const Zoner *zoner, const char *text);

/* Line i is the title of an appendix or of a sample form, behind the head. */
bool zone_opens_forms(const Zoner *zoner, int i);
/* The first such line before `end`, or `end`. */
int zone_forms_start(const Zoner *zoner, int end);

void zone_find_head(Zoner *zoner);
/* `organ` (of int) are the lines that name bodies, from top to bottom. */
void zone_split_organ(Zoner *zoner, const GArray *organ);
void zone_find_title(Zoner *zoner);
void zone_find_addressees(Zoner *zoner);
void zone_find_foot(Zoner *zoner);
void zone_find_signer(Zoner *zoner);
void zone_find_body(Zoner *zoner);

#endif
