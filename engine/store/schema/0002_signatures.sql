-- Digital signatures of documents as they were verified on arrival: a row a value (docs/signatures.md).
-- "vi" and "en" are the verdicts for people.
CREATE TABLE signature (
	dossier TEXT NOT NULL REFERENCES dossier,
	document TEXT NOT NULL,
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (dossier, document, n, name)
) STRICT, WITHOUT ROWID;
