/*
 * What a dossier is made of, before it is stored and as a tree (docs/dossier.md): the kind of a
 * case, the roles of its documents, and the merged list of nominees that people review.
 */
#ifndef VANTHU_DOCUMENT_DOSSIER_H
#define VANTHU_DOCUMENT_DOSSIER_H

#include "document/field.h"
#include "document/xml.h"

/* A container is no document itself: only what is in it is ("folder", "zip"). */
bool dossier_is_container(const Reading *reading);

/* One document of a dossier with its id: "d1", "d2"; "d1.1" is inside of d1. Order is that of
 * reading. */
typedef void (*DossierVisit)(
	const Reading *document, const char *id, const char *parent, void *user);
void dossier_visit(const Reading *reading, DossierVisit visit, void *user);
/* The same with ids that begin after d<after>. */
void dossier_visit_from(const Reading *reading, int after, DossierVisit visit, void *user);

/* "award" when it holds papers that propose people for an award, else "dispatch". */
const char *dossier_kind(const Reading *reading);
/* "to-trinh", "bien-ban-hop", "danh-sach", "bao-cao-thanh-tich", "sang-kien", "quyet-dinh",
 * "van-ban", "khac": from the document's type and what is in it. */
const char *dossier_role(const Reading *document);

typedef struct {
	char *ref; /* "d1/1 d3/4": document and number of the record there */
	char *group, *name, *position, *unit, *award, *award_name, *achievement;
} Nominee;

/* The nominees of all documents, the same person or unit once: names equal but for case and
 * spelling, and units that do not contradict each other. Order of first mention. Owned by the
 * caller. Adds a finding where two documents say different things of one nominee. */
GPtrArray *dossier_nominees(const Reading *reading, int after, GPtrArray *findings);

/* "giay-khen", "chien-si-thi-dua-co-so", …: the id of an award as it is named in a paper; "" =
 * unknown. */
const char *award_id(const char *award_name);

#endif
