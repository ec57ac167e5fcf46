-- Findings (疑点): what the self-check found, what people answered, how it was closed out (销号). A finding is a matter, named by
-- its fingerprint; everything that happens to it is an event, and where it stands follows from the latest one.

CREATE TABLE finding (
  id          INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE CHECK (fingerprint <> ''),
  rule        TEXT NOT NULL CHECK (rule <> ''),
  level       TEXT NOT NULL CHECK (level IN ('block', 'warn', 'hint')),
  -- NULL where the matter concerns no single complex.
  complex_id  INTEGER REFERENCES complex (id),
  -- JSON: [{ kind, id, label }], what a person opens to look at the matter.
  links       TEXT NOT NULL CHECK (json_valid(links))
) STRICT;

CREATE TABLE finding_event (
  id         INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES finding (id),
  seq        INTEGER NOT NULL CHECK (seq > 0),
  kind       TEXT NOT NULL CHECK (kind IN ('found', 'seen', 'answered', 'closed', 'reopened', 'cleared')),
  state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed', 'cleared')),
  -- The matter as it was found: days and amounts grow from one run to the next. NULL for what people do.
  message    TEXT CHECK (message <> ''),
  amount_fen INTEGER,
  -- The answer, the reason of closing out or opening again.
  text       TEXT NOT NULL DEFAULT '',
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL,
  UNIQUE (finding_id, seq),
  CHECK ((kind IN ('found', 'seen')) = (message IS NOT NULL)),
  CHECK ((kind IN ('answered', 'closed', 'reopened')) = (text <> ''))
) STRICT;

-- Where each finding stands, so that lists page over an index. Written by trigger only.
CREATE TABLE finding_standing (
  finding_id INTEGER PRIMARY KEY REFERENCES finding (id),
  state      TEXT NOT NULL,
  level      TEXT NOT NULL,
  rule       TEXT NOT NULL,
  complex_id INTEGER,
  message    TEXT NOT NULL,
  amount_fen INTEGER,
  since      TEXT NOT NULL
) STRICT;
CREATE INDEX finding_standing_by_state ON finding_standing (state, level, finding_id, complex_id);
CREATE INDEX finding_standing_by_complex ON finding_standing (complex_id, state, level, finding_id);

-- One self-check (审计自查): what was looked at, what could not be because a local value is 待填写, and what came out.
CREATE TABLE finding_run (
  id         INTEGER PRIMARY KEY,
  -- NULL: from the beginning.
  from_date  TEXT CHECK (from_date IS date(from_date)),
  to_date    TEXT NOT NULL CHECK (to_date IS date(to_date)),
  complex_id INTEGER REFERENCES complex (id),
  found      INTEGER NOT NULL CHECK (found >= 0),
  fresh      INTEGER NOT NULL CHECK (fresh BETWEEN 0 AND found),
  cleared    INTEGER NOT NULL CHECK (cleared >= 0),
  -- JSON: [{ rule, key, profile }].
  skipped    TEXT NOT NULL CHECK (json_valid(skipped)),
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL
) STRICT;

-- The path: found, answered, closed out by somebody else; opened again; cleared when a later run no longer finds it. What was
-- closed out is found again only where the level is `block`: such a matter is not settled by words.
CREATE TRIGGER finding_event_path BEFORE INSERT ON finding_event
BEGIN
  SELECT CASE
    -- INSERT OR REPLACE is no way round (see 0001).
    WHEN EXISTS (SELECT 1 FROM finding_event WHERE id = NEW.id OR (finding_id = NEW.finding_id AND seq = NEW.seq))
      THEN RAISE(ABORT, 'record.duplicate')
    WHEN NEW.seq <> coalesce((SELECT max(seq) FROM finding_event WHERE finding_id = NEW.finding_id), 0) + 1
      THEN RAISE(ABORT, 'finding.path')
    WHEN (coalesce((SELECT state FROM finding_standing WHERE finding_id = NEW.finding_id), '')
        || '>' || NEW.kind || '>' || NEW.state) NOT IN (
          '>found>open', 'open>seen>open', 'answered>seen>answered', 'open>answered>answered', 'answered>answered>answered',
          'answered>closed>closed', 'closed>reopened>open', 'open>cleared>cleared', 'answered>cleared>cleared',
          'cleared>found>open', 'closed>found>open')
      THEN RAISE(ABORT, 'finding.path')
    WHEN NEW.kind = 'found' AND EXISTS (SELECT 1 FROM finding_standing
      WHERE finding_id = NEW.finding_id AND state = 'closed' AND level <> 'block')
      THEN RAISE(ABORT, 'finding.path')
    -- Whoever answered does not close out (peers' rule: an override needs a second person).
    WHEN NEW.kind = 'closed' AND NEW.actor_id = (SELECT actor_id FROM finding_event
      WHERE finding_id = NEW.finding_id AND kind = 'answered' ORDER BY seq DESC LIMIT 1)
      THEN RAISE(ABORT, 'finding.samePerson')
  END;
END;

CREATE TRIGGER finding_event_begins AFTER INSERT ON finding_event WHEN NEW.seq = 1
BEGIN
  INSERT INTO finding_standing
    SELECT id, NEW.state, level, rule, complex_id, NEW.message, NEW.amount_fen, NEW.at FROM finding WHERE id = NEW.finding_id;
END;
CREATE TRIGGER finding_event_stands AFTER INSERT ON finding_event WHEN NEW.seq > 1
BEGIN
  UPDATE finding_standing SET state = NEW.state, message = coalesce(NEW.message, message),
    amount_fen = iif(NEW.message IS NULL, amount_fen, NEW.amount_fen), since = iif(state = NEW.state, since, NEW.at)
  WHERE finding_id = NEW.finding_id;
END;
-- It changes only as the consequence of the latest event.
CREATE TRIGGER finding_standing_begins BEFORE INSERT ON finding_standing
WHEN (NEW.state, NEW.level, NEW.rule, NEW.complex_id) IS NOT (
  SELECT e.state, f.level, f.rule, f.complex_id FROM finding_event e JOIN finding f ON f.id = e.finding_id
  WHERE e.finding_id = NEW.finding_id ORDER BY e.seq DESC LIMIT 1)
  OR EXISTS (SELECT 1 FROM finding_standing WHERE finding_id = NEW.finding_id)
BEGIN SELECT RAISE(ABORT, 'finding.path'); END;
CREATE TRIGGER finding_standing_follows BEFORE UPDATE ON finding_standing
WHEN (NEW.finding_id, NEW.level, NEW.rule, NEW.complex_id) IS NOT (OLD.finding_id, OLD.level, OLD.rule, OLD.complex_id)
  OR NEW.state IS NOT (SELECT state FROM finding_event WHERE finding_id = OLD.finding_id ORDER BY seq DESC LIMIT 1)
  OR (NEW.message, NEW.amount_fen) IS NOT (SELECT message, amount_fen FROM finding_event
      WHERE finding_id = OLD.finding_id AND message IS NOT NULL ORDER BY seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'finding.path'); END;
CREATE TRIGGER finding_standing_kept BEFORE DELETE ON finding_standing
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

CREATE TRIGGER finding_kept BEFORE UPDATE ON finding
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_kept_delete BEFORE DELETE ON finding
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_event_kept BEFORE UPDATE ON finding_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_event_kept_delete BEFORE DELETE ON finding_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_run_kept BEFORE UPDATE ON finding_run
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_run_kept_delete BEFORE DELETE ON finding_run
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER finding_unique BEFORE INSERT ON finding
WHEN EXISTS (SELECT 1 FROM finding WHERE id = NEW.id OR fingerprint = NEW.fingerprint)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER finding_run_unique BEFORE INSERT ON finding_run
WHEN EXISTS (SELECT 1 FROM finding_run WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- Vouchers typed in without any paper: the self-check reads these and no others.
CREATE INDEX voucher_without_paper ON voucher (book_id, date, id)
  WHERE attachment_count = 0 AND purpose = 'ordinary' AND decision_id IS NULL;
