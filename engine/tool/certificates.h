/* Certificates of an issued decision: one PDF for each awardee, with a signed QR code. */
#ifndef VANTHU_TOOL_CERTIFICATES_H
#define VANTHU_TOOL_CERTIFICATES_H

#include "tool/engine.h"

/* The office's key pair, made at init: keys/certificate.key (0600) and keys/certificate.pub. */
bool certificates_make_keys(const char *office_dir, bool test, GError **err);
char *certificates_public_key(const char *office_dir, GError **err);
/* For every nominee in state "awarded", numbered in the order of the decision's list (số sổ vàng);
 * in a transaction of the caller. */
bool certificates_make(
	Engine *engine, const char *id, const char *template_name, xmlDoc *tree, GError **err);

#endif
