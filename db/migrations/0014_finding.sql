-- Findings (疑点): what the self-check found, what people answered, how it was closed out (销号). A finding is a matter, named by
-- its fingerprint; everything that happens to it is an event, and where it stands follows from the latest one. Closed out, a
-- matter is over: found again as another fact (more money, another occasion, gone and back) it begins a new episode, a finding
-- of its own that names the one it follows.

CREATE TABLE finding (
  id          INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL CHECK (fingerprint <> ''),
  rule        TEXT NOT NULL CHECK (rule <> ''),
  level       TEXT NOT NULL CHECK (level IN ('block', 'warn', 'hint')),
  -- NULL where the matter concerns no single complex.
  complex_id  INTEGER REFERENCES complex (id),
  -- JSON: [{ kind, id, label }], what a person opens to look at the matter.
  links       TEXT NOT NULL CHECK (json_valid(links)),
  episode     INTEGER NOT NULL DEFAULT 1 CHECK (episode > 0),
  -- The episode before, closed out.
  follows_id  INTEGER REFERENCES finding (id),
  UNIQUE (fingerprint, episode),
  CHECK ((episode = 1) = (follows_id IS NULL))
) STRICT;

-- The links once more, to be searched: which findings name this repair. Written by trigger only.
CREATE TABLE finding_subject (
  finding_id INTEGER NOT NULL REFERENCES finding (id),
  kind       TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  PRIMARY KEY (kind, subject_id, finding_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_event (
  id         INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES finding (id),
  seq        INTEGER NOT NULL CHECK (seq > 0),
  kind       TEXT NOT NULL CHECK (kind IN ('found', 'seen', 'answered', 'closed', 'reopened', 'cleared')),
  state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed', 'cleared')),
  -- The matter as it was found: days and amounts grow from one run to the next. NULL for what people do.
  message    TEXT CHECK (message <> ''),
  amount_fen INTEGER,
  -- What made it this fact and not another: since when, in whose name, of which year; '' where the links alone tell.
  occasion   TEXT NOT NULL DEFAULT '',
  -- The answer, the reason of closing out or opening again.
  text       TEXT NOT NULL DEFAULT '',
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL,
  UNIQUE (finding_id, seq),
  CHECK ((kind IN ('found', 'seen')) = (message IS NOT NULL)),
  CHECK (message IS NOT NULL OR occasion = ''),
  -- A full stop is no reason.
  CHECK ((kind IN ('answered', 'closed', 'reopened')) = (trim(text, ' .,;:!?-~*/。，、；：！？—…·　') <> ''))
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

-- What the run found, in the order of its paper, and each finding's latest event when it ended: printed again, the paper shows
-- them as they stood then.
CREATE TABLE finding_run_line (
  run_id     INTEGER NOT NULL REFERENCES finding_run (id),
  line_no    INTEGER NOT NULL CHECK (line_no > 0),
  finding_id INTEGER NOT NULL REFERENCES finding (id),
  seq        INTEGER NOT NULL,
  PRIMARY KEY (run_id, line_no)
) STRICT, WITHOUT ROWID;

-- The path: found, answered, closed out by somebody else; opened again; cleared when a later run no longer finds it. An answer
-- holds for the fact it was given for: another fact (`seen`) is open again. What was closed out stays closed; that it is gone is
-- noted (`cleared`), so that its return is seen.
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
          '>found>open', 'open>seen>open', 'answered>seen>answered', 'answered>seen>open', 'open>answered>answered',
          'answered>answered>answered', 'answered>closed>closed', 'closed>reopened>open', 'closed>cleared>closed',
          'open>cleared>cleared', 'answered>cleared>cleared', 'cleared>found>open')
      THEN RAISE(ABORT, 'finding.path')
    WHEN NEW.kind = 'cleared' AND (SELECT kind FROM finding_event
      WHERE finding_id = NEW.finding_id ORDER BY seq DESC LIMIT 1) = 'cleared'
      THEN RAISE(ABORT, 'finding.path')
    -- One episode of a matter stands at a time.
    WHEN NEW.state <> 'closed' AND EXISTS (SELECT 1 FROM finding f JOIN finding n ON n.fingerprint = f.fingerprint
        AND n.episode > f.episode WHERE f.id = NEW.finding_id)
      THEN RAISE(ABORT, 'finding.followed')
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
WHEN EXISTS (SELECT 1 FROM finding WHERE id = NEW.id OR (fingerprint = NEW.fingerprint AND episode = NEW.episode))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER finding_run_unique BEFORE INSERT ON finding_run
WHEN EXISTS (SELECT 1 FROM finding_run WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- A new episode follows the one before, and only once that is closed out.
CREATE TRIGGER finding_episode BEFORE INSERT ON finding
WHEN NEW.follows_id IS NOT (SELECT id FROM finding WHERE fingerprint = NEW.fingerprint AND episode = NEW.episode - 1)
  OR (NEW.episode > 1 AND NEW.follows_id IS NULL)
  OR (SELECT state FROM finding_standing WHERE finding_id = NEW.follows_id) <> 'closed'
BEGIN SELECT RAISE(ABORT, 'finding.path'); END;

CREATE TRIGGER finding_names AFTER INSERT ON finding
BEGIN
  INSERT INTO finding_subject
    SELECT DISTINCT NEW.id, value->>'$.kind', value->>'$.id' FROM json_each(NEW.links);
END;
CREATE TRIGGER finding_subject_begins BEFORE INSERT ON finding_subject
WHEN NOT EXISTS (SELECT 1 FROM finding f JOIN json_each(f.links) j
    WHERE f.id = NEW.finding_id AND j.value->>'$.kind' = NEW.kind AND j.value->>'$.id' = NEW.subject_id)
BEGIN SELECT RAISE(ABORT, 'finding.path'); END;
CREATE TRIGGER finding_subject_kept BEFORE UPDATE ON finding_subject
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_subject_kept_delete BEFORE DELETE ON finding_subject
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_subject_unique BEFORE INSERT ON finding_subject
WHEN EXISTS (SELECT 1 FROM finding_subject
  WHERE kind = NEW.kind AND subject_id = NEW.subject_id AND finding_id = NEW.finding_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- A run's paper is what the run found: no line more, none of another day.
CREATE TRIGGER finding_run_line_path BEFORE INSERT ON finding_run_line
WHEN NEW.line_no > (SELECT found FROM finding_run WHERE id = NEW.run_id)
  OR NEW.run_id <> (SELECT max(id) FROM finding_run)
  OR NEW.seq IS NOT (SELECT max(seq) FROM finding_event WHERE finding_id = NEW.finding_id)
BEGIN SELECT RAISE(ABORT, 'finding.path'); END;
CREATE TRIGGER finding_run_line_kept BEFORE UPDATE ON finding_run_line
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_run_line_kept_delete BEFORE DELETE ON finding_run_line
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER finding_run_line_unique BEFORE INSERT ON finding_run_line
WHEN EXISTS (SELECT 1 FROM finding_run_line WHERE run_id = NEW.run_id AND line_no = NEW.line_no)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- Nothing of a job is paid while something about it is blocked, unanswered, or answered only by who instructs the payment
-- (design invariant 12: an override needs a reason and a second person).
CREATE TRIGGER repair_event_findings BEFORE INSERT ON repair_event WHEN NEW.kind = 'paymentInstructed'
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM finding_subject j CROSS JOIN finding_standing s ON s.finding_id = j.finding_id
      WHERE j.kind = 'repair' AND j.subject_id = NEW.repair_id AND s.level = 'block' AND s.state IN ('open', 'answered'))
      THEN RAISE(ABORT, 'finding.block')
    WHEN EXISTS (SELECT 1 FROM finding_subject j CROSS JOIN finding_standing s ON s.finding_id = j.finding_id
      WHERE j.kind = 'repair' AND j.subject_id = NEW.repair_id AND s.level = 'warn' AND s.state = 'open')
      THEN RAISE(ABORT, 'finding.unanswered')
    WHEN EXISTS (SELECT 1 FROM finding_subject j CROSS JOIN finding_standing s ON s.finding_id = j.finding_id
      WHERE j.kind = 'repair' AND j.subject_id = NEW.repair_id AND s.level = 'warn' AND s.state = 'answered'
        AND NEW.actor_id = (SELECT a.actor_id FROM finding_event a
          WHERE a.finding_id = s.finding_id AND a.kind = 'answered' ORDER BY a.seq DESC LIMIT 1))
      THEN RAISE(ABORT, 'finding.ownAnswer')
  END;
END;

-- Vouchers typed in without any paper: the self-check reads these and no others.
CREATE INDEX voucher_without_paper ON voucher (book_id, date, id)
  WHERE attachment_count = 0 AND purpose = 'ordinary' AND decision_id IS NULL;
