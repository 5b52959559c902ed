/* vanthu verify, verify-certificate, dump: proof for others, and for the tests. */
#include "tool/command.h"

#include "tool/certificates.h"

#include "generate/certificate.h"

#include <string.h>

/* ---- verify -------------------------------------------------------------------------------- */

static int
run_verify(Call *call, GError **err)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autofree char *hash = NULL;
	int64_t entries;
	if (!store_verify(call->engine->store, findings, err) ||
		!store_journal_head(call->engine->store, &entries, &hash, err))
		return EXIT_SYSTEM;
	bool good = findings_worst(findings) != SEVERITY_ERROR;
	if (call->json) {
		Json json;
		json_init(&json, call->out);
		json_object(&json, NULL);
		json_bool(&json, "good", good);
		json_int(&json, "entries", entries);
		json_text(&json, "head", hash);
		findings_print_json(findings, call->engine->language, &json);
		json_end_object(&json);
		g_string_append_c(call->out, '\n');
	} else {
		print_findings(findings, call->engine->language, call->out);
		g_string_append_printf(call->out,
			good ? _("The archive is whole: %d entries, the last one %s.\n")
			     : _("The archive is NOT whole: %d entries, the last one %s.\n"),
			(int)entries, hash ? hash : "-");
	}
	return good ? EXIT_OK : EXIT_FINDING;
}

const Command cmd_verify = {
	.name = "verify",
	.arguments = "",
	.needs = READS_STORE,
	.help = N_("prove that the archive is whole: files, journal, numbers, references"),
	.run = run_verify,
};

/* ---- verify-certificate -------------------------------------------------------------------- */

/* A key given by file needs no office. */
static char *
public_key(Call *call, GError **err)
{
	const char *path = call_option(call, "key");
	char *key = NULL;
	if (!path)
		return engine_need_office(call->engine, call_option(call, "office"), false, err)
			? certificates_public_key(call->engine->office_dir, err)
			: NULL;
	if (!g_file_get_contents(path, &key, NULL, err))
		because(err, _("reading '%s'"), path);
	return key;
}

static void
print_facts(const Call *call, const CertificateFacts *facts)
{
	if (call->json) {
		Json json;
		json_init(&json, call->out);
		json_object(&json, NULL);
		json_bool(&json, "good", true);
		json_text(&json, "certificate", facts->id);
		json_text(&json, "decision", facts->decision);
		json_text(&json, "date", facts->date);
		json_int(&json, "register-number", facts->register_number);
		json_end_object(&json);
		g_string_append_c(call->out, '\n');
		return;
	}
	g_autofree char *date = print_date(facts->date);
	g_string_append_printf(call->out,
		_("The code is genuine: certificate %s, decision %s of %s, number %d in the golden "
		  "book.\n"),
		facts->id, facts->decision, date, facts->register_number);
	g_string_append(call->out,
		_("It proves that this office printed the certificate. It is no digital signature "
		  "in law.\n"));
}

static int
run_certificate(Call *call, GError **err)
{
	g_autofree char *key = public_key(call, err);
	g_auto(CertificateFacts) facts = { 0 };
	if (!key)
		return EXIT_SYSTEM;
	if (!certificate_verify(g_strstrip(key), call->args[0], &facts, err))
		return EXIT_FINDING;
	print_facts(call, &facts);
	return EXIT_OK;
}

static const Option certificate_options[] = {
	{ "key", "FILE", N_("the public key, keys/certificate.pub of the office that issued it") },
	{ 0 },
};

const Command cmd_verify_certificate = {
	.name = "verify-certificate",
	.arguments = "TEXT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("check the text of a certificate's QR code"),
	.about = N_("TEXT is what a phone reads from the QR code. The check says whether this "
		    "office printed "
		    "it; it is no digital signature in law."),
	.options = certificate_options,
	.run = run_certificate,
};

/* ---- dump ---------------------------------------------------------------------------------- */

static int
run_dump(Call *call, GError **err)
{
	if (!call_has(call, "canonical")) {
		fail(err, ERR_USAGE, _("the only dump there is: --canonical"));
		return EXIT_USAGE;
	}
	if (!call->json)
		return store_dump(call->engine->store, call->out, err) ? EXIT_OK : EXIT_SYSTEM;
	g_autoptr(GString) text = g_string_new(NULL);
	if (!store_dump(call->engine->store, text, err))
		return EXIT_SYSTEM;
	g_auto(GStrv) lines = g_strsplit(g_strchomp(text->str), "\n", -1);
	Json json;
	json_init(&json, call->out);
	json_array(&json, NULL);
	for (char **line = lines; *line; line++)
		json_text(&json, NULL, *line);
	json_end_array(&json);
	g_string_append_c(call->out, '\n');
	return EXIT_OK;
}

static const Option dump_options[] = {
	{ "canonical", NULL, N_("sorted by content, without times, processes and journal hashes") },
	{ 0 },
};

const Command cmd_dump = {
	.name = "dump",
	.arguments = "--canonical",
	.needs = READS_STORE,
	.help = N_("print all rows so that two offices can be compared"),
	.options = dump_options,
	.run = run_dump,
};
