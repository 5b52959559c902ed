-- The office's database, version 1. Rows are the truth that people change; the journal tells what
-- happened; blobs lie beside the database as files.

CREATE TABLE meta (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Insert-only: each entry covers the hash of the one before it (journal.h).
CREATE TABLE journal (
	id INTEGER PRIMARY KEY,
	at TEXT NOT NULL,
	actor TEXT NOT NULL,
	os_user TEXT NOT NULL,
	kind TEXT NOT NULL,
	dossier TEXT NOT NULL,
	detail TEXT NOT NULL,
	previous TEXT NOT NULL,
	hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
	BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
	BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
	WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id)
	BEGIN SELECT RAISE(ABORT, 'the journal is never rewritten'); END;

-- Personal values enter the journal as hashes with this salt: without it they tell nothing.
CREATE TABLE salt (
	dossier TEXT PRIMARY KEY,
	salt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dossier (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL,
	workflow TEXT NOT NULL,
	workflow_version TEXT NOT NULL,
	stage TEXT NOT NULL,
	closed INTEGER NOT NULL DEFAULT 0,
	source TEXT NOT NULL,
	received_at TEXT NOT NULL,
	due_at TEXT NOT NULL DEFAULT '',
	content TEXT NOT NULL,          -- hash over the hashes of its files: the same bytes again
	tree TEXT NOT NULL DEFAULT ''   -- blob of its last snapshot
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_content ON dossier (content);
CREATE INDEX dossier_stage ON dossier (stage);

-- What capture claimed and a dossier has taken in: met again after a crash, it is only finished.
CREATE TABLE claim (
	claim TEXT PRIMARY KEY,
	dossier TEXT NOT NULL REFERENCES dossier
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
	dossier TEXT NOT NULL REFERENCES dossier,
	id TEXT NOT NULL,               -- "d1", "d1.2" for what is inside of d1
	role TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	file TEXT NOT NULL,
	format TEXT NOT NULL,
	type TEXT NOT NULL,
	type_name TEXT NOT NULL,
	confidence REAL NOT NULL,
	PRIMARY KEY (dossier, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_sha256 ON document (sha256);

CREATE TABLE record (
	dossier TEXT NOT NULL REFERENCES dossier,
	document TEXT NOT NULL,
	name TEXT NOT NULL,
	n INTEGER NOT NULL,
	place TEXT NOT NULL,
	PRIMARY KEY (dossier, document, name, n)
) STRICT, WITHOUT ROWID;

-- record '' and n 0: a field of the document itself
CREATE TABLE field (
	dossier TEXT NOT NULL REFERENCES dossier,
	document TEXT NOT NULL,
	record TEXT NOT NULL,
	n INTEGER NOT NULL,
	position INTEGER NOT NULL,      -- the order in which it was read
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	text TEXT NOT NULL,
	other TEXT,
	state TEXT NOT NULL,
	confidence REAL NOT NULL,
	place TEXT NOT NULL,
	rule TEXT NOT NULL,
	read TEXT,                      -- what was read, once a person has typed another value
	confirmed_by TEXT,
	confirmed_at TEXT,
	PRIMARY KEY (dossier, document, record, n, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
	dossier TEXT NOT NULL REFERENCES dossier,
	document TEXT NOT NULL,         -- '' = of the whole dossier
	n INTEGER NOT NULL,
	id TEXT NOT NULL,
	severity TEXT NOT NULL,
	vi TEXT NOT NULL,
	en TEXT NOT NULL,
	source TEXT,
	place TEXT NOT NULL,
	PRIMARY KEY (dossier, document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE nominee (
	dossier TEXT NOT NULL REFERENCES dossier,
	n INTEGER NOT NULL,
	ref TEXT NOT NULL,
	state TEXT NOT NULL,
	grouping TEXT NOT NULL,
	name TEXT NOT NULL,
	position TEXT NOT NULL,
	unit TEXT NOT NULL,
	award TEXT NOT NULL,
	award_name TEXT NOT NULL,
	achievement TEXT NOT NULL,
	yes INTEGER,
	no INTEGER,
	total INTEGER,
	passed TEXT,
	PRIMARY KEY (dossier, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
	dossier TEXT NOT NULL REFERENCES dossier,
	n INTEGER NOT NULL,
	at TEXT NOT NULL,
	actor TEXT NOT NULL,
	actor_name TEXT NOT NULL,
	kind TEXT NOT NULL,
	stage TEXT NOT NULL,
	to_stage TEXT NOT NULL,
	reason TEXT NOT NULL,
	missing TEXT NOT NULL,          -- one a line
	due TEXT NOT NULL,
	PRIMARY KEY (dossier, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
	dossier TEXT NOT NULL REFERENCES dossier,
	n INTEGER NOT NULL,
	stage TEXT NOT NULL,
	role TEXT NOT NULL,
	vi TEXT NOT NULL,
	en TEXT NOT NULL,
	due_at TEXT NOT NULL,
	open INTEGER NOT NULL,
	PRIMARY KEY (dossier, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_open ON task (open, role);

-- Sổ đăng ký văn bản đến (NĐ 30/2020, Phụ lục IV): one series a year.
CREATE TABLE arrival (
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	dossier TEXT NOT NULL UNIQUE REFERENCES dossier,
	date TEXT NOT NULL,
	PRIMARY KEY (year, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
	dossier TEXT PRIMARY KEY REFERENCES dossier,
	state TEXT NOT NULL,
	code_number TEXT NOT NULL,
	code_notation TEXT NOT NULL,
	issued_date TEXT NOT NULL,
	signer_name TEXT NOT NULL,
	signer_position TEXT NOT NULL,
	sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
	dossier TEXT NOT NULL REFERENCES dossier,
	file TEXT NOT NULL,             -- below drafts/DOSSIER/
	template TEXT NOT NULL,
	template_sha256 TEXT NOT NULL,
	tree TEXT NOT NULL,             -- blob of the tree that it was made from
	sha256 TEXT NOT NULL,
	state TEXT NOT NULL,            -- draft, issued, final
	PRIMARY KEY (dossier, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
	id TEXT PRIMARY KEY,
	dossier TEXT NOT NULL REFERENCES dossier,
	nominee INTEGER NOT NULL,
	register_number INTEGER NOT NULL,
	payload TEXT NOT NULL,
	file TEXT NOT NULL,
	UNIQUE (dossier, nominee)
) STRICT, WITHOUT ROWID;

-- Drafts that were promised in a transaction and are made after it: done when the row is gone.
CREATE TABLE work (
	n INTEGER PRIMARY KEY,
	dossier TEXT NOT NULL,          -- '' = of the whole office
	kind TEXT NOT NULL,
	template TEXT NOT NULL
) STRICT;

CREATE TABLE returned (
	claim TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,      -- in returned/
	sha256 TEXT NOT NULL,
	finding TEXT NOT NULL,
	vi TEXT NOT NULL,
	at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
	dossier UNINDEXED, document UNINDEXED, exact, bare,
	tokenize = "unicode61 remove_diacritics 0"
);
