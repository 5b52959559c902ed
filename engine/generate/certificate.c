/* The signed text of a certificate's QR code, over libsodium's Ed25519. */
#include "generate/certificate.h"

#include <sodium.h>
#include <string.h>

#define MAGIC "VANTHU1"

void
certificate_facts_clear(CertificateFacts *facts)
{
	g_free(facts->id);
	g_free(facts->decision);
	g_free(facts->date);
	*facts = (CertificateFacts){ 0 };
}

void
certificate_keys(const char *seed, char **ret_secret, char **ret_public)
{
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char derived[crypto_sign_SEEDBYTES];
	if (sodium_init() < 0)
		g_error("libsodium does not start");
	if (seed) {
		crypto_generichash(derived, sizeof derived, (const unsigned char *)seed,
			strlen(seed), NULL, 0);
		crypto_sign_seed_keypair(public_key, secret, derived);
	} else {
		crypto_sign_keypair(public_key, secret);
	}
	*ret_secret = g_base64_encode(secret, sizeof secret);
	*ret_public = g_base64_encode(public_key, sizeof public_key);
	sodium_memzero(secret, sizeof secret);
}

/* False unless the text is the one base64 form of exactly so many bytes. */
static bool
decode(const char *text, unsigned char *bytes, size_t size)
{
	size_t got;
	return sodium_base642bin(bytes, size, text, strlen(text), NULL, &got, NULL,
		       sodium_base64_VARIANT_ORIGINAL) == 0 &&
		got == size;
}

/* Facts that would not come back as they were: the fields are parted by semicolons. */
static bool
can_be_told(const CertificateFacts *facts)
{
	const char *const words[] = { facts->id, facts->decision, facts->date };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (!words[i] || !*words[i] || strpbrk(words[i], ";\r\n"))
			return false;
	return facts->register_number > 0;
}

char *
certificate_sign(const char *secret_text, const CertificateFacts *facts, GError **err)
{
	unsigned char secret[crypto_sign_SECRETKEYBYTES], signature[crypto_sign_BYTES];
	g_autofree char *stripped = g_strstrip(g_strdup(secret_text));
	if (sodium_init() < 0 || !decode(stripped, secret, sizeof secret)) {
		fail(err, ERR_FORMAT, _("the signing key of the office is damaged"));
		return NULL;
	}
	if (!can_be_told(facts)) {
		fail(err, ERR_FORMAT, _("a certificate needs id, decision, date and number, without ';'"));
		sodium_memzero(secret, sizeof secret);
		return NULL;
	}
	g_autofree char *text = g_strdup_printf(MAGIC ";%s;%s;%s;%d", facts->id, facts->decision,
		facts->date, facts->register_number);
	crypto_sign_detached(signature, NULL, (const unsigned char *)text, strlen(text), secret);
	sodium_memzero(secret, sizeof secret);
	g_autofree char *base64 = g_base64_encode(signature, sizeof signature);
	return g_strdup_printf("%s;%s", text, base64);
}

static bool
parse(char **words, CertificateFacts *facts)
{
	gint64 number;
	if (g_strv_length(words) != 6 || strcmp(words[0], MAGIC) != 0 ||
		!g_ascii_string_to_signed(words[4], 10, 1, G_MAXINT32, &number, NULL))
		return false;
	facts->id = g_strdup(words[1]);
	facts->decision = g_strdup(words[2]);
	facts->date = g_strdup(words[3]);
	facts->register_number = (int)number;
	return true;
}

bool
certificate_verify(
	const char *public_text, const char *text, CertificateFacts *ret_facts, GError **err)
{
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
	g_auto(CertificateFacts) facts = { 0 };
	g_autofree char *stripped = g_strstrip(g_strdup(public_text));
	g_autofree char *line = g_strstrip(g_strdup(text));
	g_auto(GStrv) words = g_strsplit(line, ";", -1);
	if (sodium_init() < 0 || !decode(stripped, public_key, sizeof public_key))
		return fail(err, ERR_FORMAT, _("the public key of the office is damaged"));
	if (!parse(words, &facts))
		return fail(err, ERR_FORMAT, _("this is not the text of a certificate's QR code"));
	size_t covered = (size_t)(strrchr(line, ';') - line);
	if (!decode(words[5], signature, sizeof signature) ||
		crypto_sign_verify_detached(
			signature, (const unsigned char *)line, covered, public_key) != 0)
		return fail(err, ERR_DENIED,
			_("the certificate was not signed by this office, or was changed"));
	*ret_facts = facts;
	facts = (CertificateFacts){ 0 };
	return true;
}
