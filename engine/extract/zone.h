/*
 * The zoner: finds the parts of an official document (ô số 1–14 of NĐ 30/2020, Phụ lục I, mục IV)
 * in any Doc, from layout and words together. A zone is a list of lines, how sure the zoner is of
 * it, and why. A part that the document does not have is an empty zone.
 */
#ifndef VANTHU_EXTRACT_ZONE_H
#define VANTHU_EXTRACT_ZONE_H

#include "extract/line.h"

typedef enum {
	ZONE_MOTTO,        /* ô 1 */
	ZONE_PARENT_ORGAN, /* ô 2, upper */
	ZONE_ORGAN,        /* ô 2, lower */
	ZONE_NUMBER,       /* ô 3 */
	ZONE_PLACE_DATE,   /* ô 4 */
	ZONE_TITLE,        /* ô 5a: name of the type */
	ZONE_SUBJECT,      /* ô 5a under it, or 5b "V/v …" */
	ZONE_BASIS,        /* "Căn cứ …" */
	ZONE_BODY,         /* ô 6, bases too */
	ZONE_AUTHORITY,    /* ô 7a: prefixes and post as printed */
	ZONE_SIGNER,       /* ô 7b */
	ZONE_ADDRESSEE,    /* ô 9a: one line an addressee */
	ZONE_RECIPIENT,    /* ô 9b: one line a recipient */
	ZONE_SECRECY,      /* ô 10a */
	ZONE_URGENCY,      /* ô 10b */
	ZONE_CIRCULATION,  /* ô 11 */
	ZONE_DRAFTING,     /* ô 12 */
	ZONE_ADDRESS,      /* ô 13 */
	ZONE_APPENDIX,     /* what follows the foot */
	ZONE_HEAD,         /* everything above the body */
	ZONE_FOOT,         /* everything below it */
	ZONE_TEXT,         /* the whole document, a paragraph a line */
	ZONE_COUNT,
} Zone;

const char *zone_name(Zone zone); /* "place-date" */
bool zone_parse(const char *name, Zone *ret_zone);
const char **zone_names(void); /* NULL-terminated; g_free */
const char *zone_help(Zone zone, bool vietnamese);

typedef struct {
	const char *text;
	Place place;
} ZoneLine;

typedef struct {
	Arena *arena;
	GArray *lines[ZONE_COUNT]; /* of ZoneLine, in reading order; never NULL */
	double confidence[ZONE_COUNT];
	const char *why[ZONE_COUNT]; /* one phrase, for explain; "" = nothing to say */
} Zones;

/* `titles` (NULL-terminated) are the names of document types that a title may open with. */
Zones *zones_find(const Doc *doc, const char *const *titles);
void zones_free(Zones *zones);

static inline const ZoneLine *
zone_line(const Zones *zones, Zone zone, int i)
{
	return &g_array_index(zones->lines[zone], ZoneLine, i);
}

static inline int
zone_count(const Zones *zones, Zone zone)
{
	return (int)zones->lines[zone]->len;
}

/* All lines joined, by one space or by '\n'; caller owns. */
char *zone_text(const Zones *zones, Zone zone, const char *separator);
/* The smallest place that holds all its lines. */
Place zone_place(const Zones *zones, Zone zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zones, zones_free)

#endif
