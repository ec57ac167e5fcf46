-- Repairs: the job, its path as events, its papers and the persons who signed. The state is derived by core/repair.

CREATE TABLE repair (
  id            INTEGER PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE CHECK (number <> ''),
  book_id       INTEGER NOT NULL REFERENCES book (id),
  complex_id    INTEGER NOT NULL REFERENCES complex (id),
  building_id   INTEGER,
  -- Structured location: repeat claims are found by building · entrance · part · facility, not by free text.
  entrance      TEXT NOT NULL DEFAULT '',
  part          TEXT NOT NULL CHECK (part <> ''),
  facility      TEXT NOT NULL DEFAULT '',
  title         TEXT NOT NULL CHECK (title <> ''),
  reported_on   TEXT NOT NULL CHECK (reported_on IS date(reported_on)),
  quoted_fen    INTEGER NOT NULL CHECK (quoted_fen > 0),
  contractor_id INTEGER NOT NULL REFERENCES counterparty (id),
  supervisor_id INTEGER NOT NULL REFERENCES counterparty (id),
  recorded_by   INTEGER NOT NULL REFERENCES user (id),
  recorded_at   TEXT NOT NULL,
  FOREIGN KEY (building_id, complex_id) REFERENCES building (id, complex_id)
) STRICT;
CREATE INDEX repair_by_complex ON repair (complex_id, reported_on, id);
CREATE INDEX repair_by_place ON repair (complex_id, building_id, part, reported_on);

CREATE TABLE repair_event (
  id        INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  seq       INTEGER NOT NULL CHECK (seq > 0),
  kind      TEXT NOT NULL CHECK (kind <> ''),
  detail    TEXT NOT NULL CHECK (json_valid(detail)),
  actor_id  INTEGER NOT NULL REFERENCES user (id),
  at        TEXT NOT NULL,
  UNIQUE (repair_id, seq)
) STRICT;
CREATE INDEX repair_event_by_kind ON repair_event (repair_id, kind);

CREATE TABLE repair_paper (
  id        INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  kind      TEXT NOT NULL CHECK (kind <> ''),
  sha256    TEXT NOT NULL REFERENCES attachment (sha256),
  added_by  INTEGER NOT NULL REFERENCES user (id),
  at        TEXT NOT NULL,
  UNIQUE (repair_id, kind, sha256)
) STRICT;

CREATE TABLE repair_signature (
  id          INTEGER PRIMARY KEY,
  repair_id   INTEGER NOT NULL REFERENCES repair (id),
  sheet       TEXT NOT NULL CHECK (sheet IN ('siteReview', 'visa', 'acceptance')),
  party       TEXT NOT NULL CHECK (party IN ('section', 'supervisor', 'contractor')),
  -- Counted as persons, not names typed twice: one person signs a sheet once, for one party.
  person      TEXT NOT NULL CHECK (person <> ''),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  UNIQUE (repair_id, sheet, person)
) STRICT;

CREATE TRIGGER repair_kept BEFORE UPDATE ON repair
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_kept_delete BEFORE DELETE ON repair
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_event_kept BEFORE UPDATE ON repair_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_event_kept_delete BEFORE DELETE ON repair_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_paper_kept BEFORE UPDATE ON repair_paper
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_paper_kept_delete BEFORE DELETE ON repair_paper
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_signature_kept BEFORE UPDATE ON repair_signature
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_signature_kept_delete BEFORE DELETE ON repair_signature
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER repair_unique BEFORE INSERT ON repair
WHEN EXISTS (SELECT 1 FROM repair WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_event_unique BEFORE INSERT ON repair_event
WHEN EXISTS (SELECT 1 FROM repair_event WHERE id = NEW.id OR (repair_id = NEW.repair_id AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_paper_unique BEFORE INSERT ON repair_paper
WHEN EXISTS (SELECT 1 FROM repair_paper WHERE id = NEW.id OR (repair_id = NEW.repair_id AND kind = NEW.kind AND sha256 = NEW.sha256))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_signature_unique BEFORE INSERT ON repair_signature
WHEN EXISTS (SELECT 1 FROM repair_signature WHERE id = NEW.id OR (repair_id = NEW.repair_id AND sheet = NEW.sheet AND person = NEW.person))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
