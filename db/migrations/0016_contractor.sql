-- Contractors, supervisors and auditors (施工、监理、审计): chosen by tender, in force for a term, scored job by job, published by
-- quarter (铜陵 1(4), 13(4), 13(6)). Whether one may work on a day is derived (core/contractor/tender.ts).

CREATE TABLE tender (
  id           INTEGER PRIMARY KEY,
  number       TEXT NOT NULL UNIQUE CHECK (number <> ''),
  title        TEXT NOT NULL CHECK (title <> ''),
  role         TEXT NOT NULL CHECK (role IN ('contractor', 'supervisor', 'auditor')),
  method       TEXT NOT NULL CHECK (method IN ('openTender', 'invitedTender', 'comparison')),
  -- NULL: for every complex of the office.
  complex_id   INTEGER REFERENCES complex (id),
  -- NULL: for a term and not for one job.
  repair_id    INTEGER REFERENCES repair (id),
  announced_on TEXT NOT NULL CHECK (announced_on IS date(announced_on)),
  opened_on    TEXT NOT NULL CHECK (opened_on IS date(opened_on)),
  -- Minutes of the opening or the comparison.
  sha256       TEXT NOT NULL REFERENCES attachment (sha256),
  recorded_by  INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  CHECK (announced_on <= opened_on),
  CHECK (repair_id IS NULL OR complex_id IS NOT NULL)
) STRICT;
CREATE INDEX tender_by_complex ON tender (complex_id, opened_on, id);
CREATE INDEX tender_by_repair ON tender (repair_id, id);

CREATE TABLE tender_quote (
  id               INTEGER PRIMARY KEY,
  tender_id        INTEGER NOT NULL REFERENCES tender (id),
  bidder           TEXT NOT NULL CHECK (bidder <> '' AND bidder = trim(bidder)),
  -- Digits only: two bidders who share one are one (招标投标法 art. 32).
  phone            TEXT NOT NULL CHECK (phone NOT GLOB '*[^0-9]*'),
  bank_account     TEXT NOT NULL CHECK (bank_account NOT GLOB '*[^0-9]*'),
  amount_fen       INTEGER NOT NULL CHECK (amount_fen > 0),
  -- Hundredths of a point; NULL where only the price was compared.
  score_hundredths INTEGER CHECK (score_hundredths BETWEEN 0 AND 100000),
  UNIQUE (tender_id, bidder)
) STRICT;

CREATE TABLE tender_award (
  id              INTEGER PRIMARY KEY,
  quote_id        INTEGER NOT NULL UNIQUE REFERENCES tender_quote (id),
  counterparty_id INTEGER NOT NULL REFERENCES counterparty (id),
  awarded_on      TEXT NOT NULL CHECK (awarded_on IS date(awarded_on)),
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from)),
  valid_to        TEXT NOT NULL CHECK (valid_to IS date(valid_to)),
  -- Why somebody better was passed over; '' when nobody was.
  reason          TEXT NOT NULL,
  -- The notice of award or the contract of the term.
  sha256          TEXT NOT NULL REFERENCES attachment (sha256),
  awarded_by      INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  CHECK (awarded_on <= valid_from AND valid_from <= valid_to)
) STRICT;
CREATE INDEX tender_award_by_party ON tender_award (counterparty_id, valid_from, valid_to, quote_id, id);

-- Ended before its term (终止、清退), from that day on.
CREATE TABLE tender_award_end (
  award_id INTEGER PRIMARY KEY REFERENCES tender_award (id),
  ended_on TEXT NOT NULL CHECK (ended_on IS date(ended_on)),
  reason   TEXT NOT NULL CHECK (reason <> ''),
  ended_by INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;

CREATE TABLE tender_revocation (
  tender_id  INTEGER PRIMARY KEY REFERENCES tender (id),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  revoked_by INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL
) STRICT;

-- 100 points a job and party, by one person and confirmed by another; a correction replaces the score that stands.
CREATE TABLE contractor_score (
  id              INTEGER PRIMARY KEY,
  repair_id       INTEGER NOT NULL REFERENCES repair (id),
  counterparty_id INTEGER NOT NULL REFERENCES counterparty (id),
  role            TEXT NOT NULL CHECK (role IN ('contractor', 'supervisor', 'auditor')),
  scored_on       TEXT NOT NULL CHECK (scored_on IS date(scored_on)),
  -- JSON: [{ label, points, given, note }].
  items           TEXT NOT NULL CHECK (json_valid(items)),
  total           INTEGER NOT NULL CHECK (total BETWEEN 0 AND 100),
  -- What the latest 回访 heard; 'none' before it, and for an auditor, whose work no owner sees.
  follow_up       TEXT NOT NULL CHECK (follow_up IN ('satisfied', 'remarks', 'defects', 'unreached', 'none')),
  replaces_id     INTEGER UNIQUE REFERENCES contractor_score (id),
  reason          TEXT NOT NULL,
  scored_by       INTEGER NOT NULL REFERENCES user (id),
  confirmed_by    INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  CHECK (scored_by <> confirmed_by),
  CHECK ((replaces_id IS NULL) = (reason = ''))
) STRICT;
CREATE INDEX contractor_score_by_repair ON contractor_score (repair_id, role, id);
CREATE INDEX contractor_score_by_party ON contractor_score (counterparty_id, role, scored_on, id);
CREATE INDEX contractor_score_by_day ON contractor_score (scored_on, id);

CREATE TABLE contractor_merit (
  id              INTEGER PRIMARY KEY,
  counterparty_id INTEGER NOT NULL REFERENCES counterparty (id),
  role            TEXT NOT NULL CHECK (role IN ('contractor', 'supervisor', 'auditor')),
  kind            TEXT NOT NULL CHECK (kind IN ('reward', 'deduction')),
  happened_on     TEXT NOT NULL CHECK (happened_on IS date(happened_on)),
  points          INTEGER NOT NULL CHECK (points BETWEEN 1 AND 100),
  reason          TEXT NOT NULL CHECK (reason <> ''),
  repair_id       INTEGER REFERENCES repair (id),
  recorded_by     INTEGER NOT NULL REFERENCES user (id),
  confirmed_by    INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  CHECK (recorded_by <> confirmed_by)
) STRICT;
CREATE INDEX contractor_merit_by_party ON contractor_merit (counterparty_id, role, happened_on, id);
CREATE INDEX contractor_merit_by_day ON contractor_merit (happened_on, id);

-- The published table of a quarter, frozen; a correction is a new version with its reason (design invariant 14).
CREATE TABLE contractor_quarter (
  id           INTEGER PRIMARY KEY,
  quarter      TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]Q[1-4]'),
  version      INTEGER NOT NULL CHECK (version > 0),
  -- JSON: the lines of core/contractor/contractor-score.ts.
  lines        TEXT NOT NULL CHECK (json_valid(lines)),
  reason       TEXT NOT NULL,
  published_on TEXT NOT NULL CHECK (published_on IS date(published_on)),
  published_by INTEGER NOT NULL REFERENCES user (id),
  confirmed_by INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  UNIQUE (quarter, version),
  CHECK (published_by <> confirmed_by),
  CHECK ((version = 1) = (reason = ''))
) STRICT;

-- The quotes are those of the opening: none comes later, and a revoked or awarded tender takes none.
CREATE TRIGGER tender_quote_in_time BEFORE INSERT ON tender_quote
WHEN EXISTS (SELECT 1 FROM tender_revocation WHERE tender_id = NEW.tender_id)
  OR EXISTS (SELECT 1 FROM tender_quote q JOIN tender_award a ON a.quote_id = q.id WHERE q.tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'tender.closed'); END;
-- Not by whoever recorded it, not before the opening, not of a revoked tender, and not with too few bidders (招标投标法 art. 28).
CREATE TRIGGER tender_award_fits BEFORE INSERT ON tender_award
BEGIN
  SELECT CASE
    WHEN t.recorded_by = NEW.awarded_by THEN RAISE(ABORT, 'tender.samePerson')
    WHEN EXISTS (SELECT 1 FROM tender_revocation WHERE tender_id = t.id) THEN RAISE(ABORT, 'tender.closed')
    WHEN NEW.awarded_on < t.opened_on THEN RAISE(ABORT, 'tender.dates')
    WHEN (SELECT count(*) FROM tender_quote WHERE tender_id = t.id) < iif(t.method = 'comparison', 2, 3)
      THEN RAISE(ABORT, 'tender.bidders')
    -- Past somebody better, by score or else by price, only with the reason.
    WHEN NEW.reason = '' AND EXISTS (
      SELECT 1 FROM tender_quote o WHERE o.tender_id = t.id AND o.id <> q.id
        AND NOT EXISTS (SELECT 1 FROM tender_award a WHERE a.quote_id = o.id)
        AND iif(o.score_hundredths IS NOT NULL AND q.score_hundredths IS NOT NULL,
                o.score_hundredths > q.score_hundredths, o.amount_fen < q.amount_fen))
      THEN RAISE(ABORT, 'tender.passedOver')
  END
  FROM tender_quote q JOIN tender t ON t.id = q.tender_id WHERE q.id = NEW.quote_id;
END;
CREATE TRIGGER tender_revocation_free BEFORE INSERT ON tender_revocation
WHEN EXISTS (SELECT 1 FROM tender_quote q JOIN tender_award a ON a.quote_id = q.id WHERE q.tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'tender.closed'); END;
CREATE TRIGGER tender_award_end_within BEFORE INSERT ON tender_award_end
WHEN NOT EXISTS (SELECT 1 FROM tender_award WHERE id = NEW.award_id AND NEW.ended_on BETWEEN valid_from AND valid_to)
BEGIN SELECT RAISE(ABORT, 'tender.dates'); END;
-- One standing score per job and role, for the party that did the job; the items make the total.
CREATE TRIGGER contractor_score_stands BEFORE INSERT ON contractor_score
BEGIN
  SELECT CASE
    WHEN NEW.counterparty_id IS NOT (
      SELECT CASE NEW.role WHEN 'contractor' THEN coalesce(s.contractor_id, r.contractor_id)
        WHEN 'supervisor' THEN coalesce(s.supervisor_id, r.supervisor_id) ELSE s.auditor_id END
      FROM repair r LEFT JOIN repair_standing s ON s.repair_id = r.id WHERE r.id = NEW.repair_id)
      THEN RAISE(ABORT, 'score.party')
    WHEN NEW.total <> (SELECT coalesce(sum(json_extract(value, '$.given')), 0) FROM json_each(NEW.items))
      THEN RAISE(ABORT, 'score.total')
    WHEN NEW.replaces_id IS NOT (
      SELECT max(id) FROM contractor_score WHERE repair_id = NEW.repair_id AND role = NEW.role)
      THEN RAISE(ABORT, 'score.stands')
  END;
END;
CREATE TRIGGER contractor_quarter_version BEFORE INSERT ON contractor_quarter
WHEN NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM contractor_quarter WHERE quarter = NEW.quarter)
BEGIN SELECT RAISE(ABORT, 'contractor.version'); END;

-- Evidence: kept as it was written; INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER tender_kept BEFORE UPDATE ON tender
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_kept_delete BEFORE DELETE ON tender
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_unique BEFORE INSERT ON tender
WHEN EXISTS (SELECT 1 FROM tender WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER tender_quote_kept BEFORE UPDATE ON tender_quote
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_quote_kept_delete BEFORE DELETE ON tender_quote
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_quote_unique BEFORE INSERT ON tender_quote
WHEN EXISTS (SELECT 1 FROM tender_quote WHERE id = NEW.id OR (tender_id = NEW.tender_id AND bidder = NEW.bidder))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER tender_award_kept BEFORE UPDATE ON tender_award
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_award_kept_delete BEFORE DELETE ON tender_award
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_award_unique BEFORE INSERT ON tender_award
WHEN EXISTS (SELECT 1 FROM tender_award WHERE id = NEW.id OR quote_id = NEW.quote_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER tender_award_end_kept BEFORE UPDATE ON tender_award_end
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_award_end_kept_delete BEFORE DELETE ON tender_award_end
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_award_end_unique BEFORE INSERT ON tender_award_end
WHEN EXISTS (SELECT 1 FROM tender_award_end WHERE award_id = NEW.award_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER tender_revocation_kept BEFORE UPDATE ON tender_revocation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_revocation_kept_delete BEFORE DELETE ON tender_revocation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER tender_revocation_unique BEFORE INSERT ON tender_revocation
WHEN EXISTS (SELECT 1 FROM tender_revocation WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER contractor_score_kept BEFORE UPDATE ON contractor_score
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contractor_score_kept_delete BEFORE DELETE ON contractor_score
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contractor_score_unique BEFORE INSERT ON contractor_score
WHEN EXISTS (SELECT 1 FROM contractor_score WHERE id = NEW.id OR replaces_id = NEW.replaces_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER contractor_merit_kept BEFORE UPDATE ON contractor_merit
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contractor_merit_kept_delete BEFORE DELETE ON contractor_merit
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contractor_merit_unique BEFORE INSERT ON contractor_merit
WHEN EXISTS (SELECT 1 FROM contractor_merit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER contractor_quarter_kept BEFORE UPDATE ON contractor_quarter
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contractor_quarter_kept_delete BEFORE DELETE ON contractor_quarter
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contractor_quarter_unique BEFORE INSERT ON contractor_quarter
WHEN EXISTS (SELECT 1 FROM contractor_quarter WHERE id = NEW.id OR (quarter = NEW.quarter AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
