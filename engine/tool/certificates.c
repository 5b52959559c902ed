/* Awardees into certificates: facts signed, QR drawn into the SVG template, SVG drawn as PDF. */
#include "tool/certificates.h"

#include "tool/drafts.h"

#include "base/file.h"
#include "generate/certificate.h"
#include "generate/qr.h"

#include <stdlib.h>
#include <string.h>

static char *
key_path(const char *office_dir, const char *name)
{
	return g_build_filename(office_dir, "keys", name, NULL);
}

static bool
write_key(const char *office_dir, const char *name, const char *key, int mode, GError **err)
{
	g_autofree char *path = key_path(office_dir, name);
	g_autofree char *line = g_strdup_printf("%s\n", key);
	g_autoptr(GBytes) bytes = g_bytes_new(line, strlen(line));
	return file_write(path, bytes, mode, err);
}

bool
certificates_make_keys(const char *office_dir, bool test, GError **err)
{
	g_autofree char *secret = NULL, *public_key = NULL;
	g_autofree char *folder = g_build_filename(office_dir, "keys", NULL);
	certificate_keys(test ? "vanthu test office" : NULL, &secret, &public_key);
	return folder_make(folder, err) &&
		write_key(office_dir, "certificate.key", secret, 0600, err) &&
		write_key(office_dir, "certificate.pub", public_key, 0644, err);
}

static char *
read_key(const char *office_dir, const char *name, GError **err)
{
	g_autofree char *path = key_path(office_dir, name);
	char *key = NULL;
	if (!g_file_get_contents(path, &key, NULL, err))
		because(err, _("reading '%s'"), path);
	return key;
}

char *
certificates_public_key(const char *office_dir, GError **err)
{
	return read_key(office_dir, "certificate.pub", err);
}

typedef struct {
	Engine *engine;
	const char *id, *template_name, *secret;
	xmlDoc *tree;
	GError **err;
} Making;

static char *
signed_payload(const Making *making, const char *certificate, int register_number)
{
	const xmlNode *decision = xml_child(xmlDocGetRootElement(making->tree), "decision");
	const char *number = decision ? xml_peek_attr(decision, "code-number") : NULL;
	const char *notation = decision ? xml_peek_attr(decision, "code-notation") : NULL;
	const char *date = decision ? xml_peek_attr(decision, "issued-date") : NULL;
	if (!number || !notation || !date) {
		fail(making->err, ERR_CONFLICT, _("the decision has no number or date yet"));
		return NULL;
	}
	g_autofree char *symbol = g_strdup_printf("%s/%s", number, notation);
	const CertificateFacts facts = { (char *)certificate, symbol, (char *)date,
		register_number };
	return certificate_sign(making->secret, &facts, making->err);
}

/* <current>: the awardee with what his certificate needs beside the dossier. */
static bool
add_current(const Making *making, const xmlNode *nominee, const char *certificate,
	int register_number, const char *payload)
{
	int modules;
	g_autofree char *path = qr_path(payload, &modules, making->err);
	if (!path)
		return false;
	xmlNode *root = xmlDocGetRootElement(making->tree), *old = xml_child(root, "current");
	if (old) {
		xmlUnlinkNode(old);
		xmlFreeNode(old);
	}
	xmlNode *current = xmlDocCopyNode((xmlNode *)nominee, making->tree, 1);
	xmlNodeSetName(current, (const xmlChar *)"current");
	xmlAddChild(root, current);
	g_autofree char *number = g_strdup_printf("%d", register_number);
	g_autofree char *size = g_strdup_printf("%d", modules);
	xml_set(current, "certificate-id", certificate);
	xml_set(current, "register-number", number);
	xml_set(current, "qr", path);
	xml_set(current, "qr-size", size);
	return true;
}

static GBytes *
draw(const Making *making, char **ret_template_sha256)
{
	g_autoptr(GPtrArray) missing = findings_new();
	g_autoptr(GBytes) svg = drafts_fill(making->engine, making->tree, making->template_name,
		missing, ret_template_sha256, making->err);
	if (!svg) {
		if (missing->len)
			fail(making->err, ERR_FORMAT, "%s",
				((Finding *)g_ptr_array_index(missing, 0))->en);
		return NULL;
	}
	engine_need_decoders(making->engine);
	return drawer_pdf(making->engine->drawer, svg, making->err);
}

static bool
make_one(const Making *making, const xmlNode *nominee, int register_number)
{
	int n = atoi(xml_peek_attr(nominee, "n"));
	g_autofree char *certificate = g_strdup_printf("%s-%03d", making->id, register_number);
	g_autofree char *payload = signed_payload(making, certificate, register_number);
	g_autofree char *template_sha256 = NULL, *tree_sha256 = NULL;
	if (!payload || !add_current(making, nominee, certificate, register_number, payload))
		return false;
	g_autoptr(GBytes) pdf = draw(making, &template_sha256);
	if (!pdf)
		return false;
	g_autofree char *file = g_strdup_printf("giay-khen-%03d.pdf", register_number);
	if (!drafts_keep_tree(making->engine, making->tree, &tree_sha256, making->err))
		return false;
	const DraftFile draft = { file, making->template_name, template_sha256, tree_sha256,
		"final", pdf };
	return drafts_put(making->engine, making->id, &draft, making->err) &&
		store_put_certificate(making->engine->store, making->id, n, certificate,
			register_number, payload, file, making->err);
}

/* The awardee with this number in the decision's list. */
static const xmlNode *
find_awarded(const xmlNode *root, int register_number)
{
	g_autofree char *number = g_strdup_printf("%d", register_number);
	xml_foreach(node, root)
		if (xml_is(node, "nominee") &&
			g_strcmp0(xml_peek_attr(node, "state"), "awarded") == 0 &&
			g_strcmp0(xml_peek_attr(node, "list-number"), number) == 0)
			return node;
	return NULL;
}

bool
certificates_make(
	Engine *engine, const char *id, const char *template_name, xmlDoc *tree, GError **err)
{
	g_autofree char *secret = read_key(engine->office_dir, "certificate.key", err);
	if (!secret)
		return false;
	const Making making = { engine, id, template_name, secret, tree, err };
	const xmlNode *root = xmlDocGetRootElement(tree), *nominee;
	for (int number = 1; (nominee = find_awarded(root, number)); number++)
		if (!make_one(&making, nominee, number))
			return because(err, _("certificate %d of dossier %s"), number, id);
	return true;
}
