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
  -- What the job waits for after this event, and the amount it then stands at: settled, else approved, else quoted.
  step       TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  detail    TEXT NOT NULL CHECK (json_valid(detail)),
  actor_id  INTEGER NOT NULL REFERENCES user (id),
  at        TEXT NOT NULL,
  UNIQUE (repair_id, seq)
) STRICT;
CREATE INDEX repair_event_by_kind ON repair_event (repair_id, kind, seq);

-- Where each job stands: the latest event's step, so that boards and inboxes page over an index. Written by trigger only.
CREATE TABLE repair_standing (
  repair_id  INTEGER PRIMARY KEY REFERENCES repair (id),
  complex_id INTEGER NOT NULL,
  step       TEXT NOT NULL,
  since      TEXT NOT NULL,
  amount_fen INTEGER NOT NULL
) STRICT;
CREATE INDEX repair_standing_by_step ON repair_standing (step, since, repair_id, complex_id, amount_fen);
CREATE INDEX repair_standing_by_complex ON repair_standing (complex_id, step, since, repair_id, amount_fen);

-- One drawing of spot checks: the pool, the seed and who was drawn, so that anybody can draw it again.
CREATE TABLE repair_draw (
  id       INTEGER PRIMARY KEY,
  seed     TEXT NOT NULL UNIQUE CHECK (seed <> ''),
  -- JSON: [{ repairId, contractorId, percent }] in order of number; drawn: [repairId].
  pool     TEXT NOT NULL CHECK (json_valid(pool)),
  drawn    TEXT NOT NULL CHECK (json_valid(drawn)),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;

CREATE TABLE repair_paper (
  id        INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  kind      TEXT NOT NULL CHECK (kind <> ''),
  -- A sheet of a round that was sent back no longer counts (core/repair/repair-papers.ts).
  round     INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  sha256    TEXT NOT NULL REFERENCES attachment (sha256),
  added_by  INTEGER NOT NULL REFERENCES user (id),
  at        TEXT NOT NULL,
  UNIQUE (repair_id, kind, round, sha256)
) STRICT;

CREATE TABLE repair_signature (
  id          INTEGER PRIMARY KEY,
  repair_id   INTEGER NOT NULL REFERENCES repair (id),
  sheet       TEXT NOT NULL CHECK (sheet IN ('siteReview', 'visa', 'acceptance')),
  party       TEXT NOT NULL CHECK (party IN ('section', 'supervisor', 'contractor')),
  -- Counted as persons, not names typed twice: one person signs a sheet once, for one party.
  person      TEXT NOT NULL CHECK (person <> ''),
  round       INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  UNIQUE (repair_id, sheet, round, person)
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
CREATE TRIGGER repair_draw_kept BEFORE UPDATE ON repair_draw
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_draw_kept_delete BEFORE DELETE ON repair_draw
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- The path of core/repair/repair.ts: which event may follow which standing, and where it leads.
CREATE TRIGGER repair_event_seq BEFORE INSERT ON repair_event
WHEN NEW.seq <> coalesce((SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id), 0) + 1
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_event_from BEFORE INSERT ON repair_event
WHEN (coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') || '>' || NEW.kind) NOT IN (
    '>reported', 'windowCheck>windowChecked', 'repeatAnswer>repeatAnswered', 'engineeringCheck>engineeringChecked',
    'spotDraw>drawn', 'spotCheck>spotChecked', 'siteReview>siteReviewed', 'acceptance>accepted',
    'payment>paymentInstructed', 'voucher>voucherPrepared', 'voucher>paid', 'voucher>paymentCorrected',
    'paid>paymentCorrected')
  AND NOT (NEW.kind IN ('sentBack', 'refused', 'cancelled')
    AND coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') IN (
      'windowCheck', 'repeatAnswer', 'engineeringCheck', 'spotDraw', 'spotCheck', 'siteReview', 'acceptance',
      'payment', 'voucher'))
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_event_to BEFORE INSERT ON repair_event
WHEN (NEW.kind || '>' || NEW.step) NOT IN (
    'reported>windowCheck', 'windowChecked>repeatAnswer', 'windowChecked>engineeringCheck',
    'repeatAnswered>engineeringCheck', 'repeatAnswered>refused', 'engineeringChecked>spotDraw', 'engineeringChecked>siteReview',
    'drawn>spotCheck', 'drawn>acceptance', 'spotChecked>acceptance', 'siteReviewed>acceptance', 'accepted>payment',
    'paymentInstructed>voucher', 'voucherPrepared>voucher', 'paid>paid', 'paymentCorrected>voucher',
    'sentBack>windowCheck', 'sentBack>engineeringCheck', 'sentBack>spotCheck', 'sentBack>siteReview', 'sentBack>acceptance',
    'refused>refused', 'cancelled>cancelled')
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- Below the profile's amount a spot check, at or above it a site review (Tongling 12(3)); a job that settles at or above
-- it after a mere spot check goes back.
CREATE TRIGGER repair_event_gate BEFORE INSERT ON repair_event
WHEN NEW.kind = 'engineeringChecked'
    AND NEW.step <> iif(NEW.amount_fen < json_extract(NEW.detail, '$.thresholdFen'), 'spotDraw', 'siteReview')
  OR NEW.kind = 'engineeringChecked' AND json_extract(NEW.detail, '$.thresholdFen') IS NULL
  OR NEW.kind = 'accepted' AND EXISTS (SELECT 1 FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked'
    AND seq = (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked')
    AND step = 'spotDraw' AND json_extract(detail, '$.thresholdFen') <= NEW.amount_fen)
BEGIN SELECT RAISE(ABORT, 'repair.gate'); END;
-- Two checks by two persons; whoever accepted the works does not have them paid.
CREATE TRIGGER repair_event_persons BEFORE INSERT ON repair_event
WHEN NEW.kind IN ('engineeringChecked', 'paymentInstructed') AND EXISTS (
  SELECT 1 FROM repair_event e WHERE e.repair_id = NEW.repair_id AND e.actor_id = NEW.actor_id
    AND e.kind = iif(NEW.kind = 'engineeringChecked', 'windowChecked', 'accepted')
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = e.kind))
BEGIN SELECT RAISE(ABORT, 'repair.samePerson'); END;

CREATE TRIGGER repair_event_begins AFTER INSERT ON repair_event WHEN NEW.seq = 1
BEGIN
  INSERT INTO repair_standing
    SELECT NEW.repair_id, complex_id, NEW.step, NEW.at, NEW.amount_fen FROM repair WHERE id = NEW.repair_id;
END;
CREATE TRIGGER repair_event_stands AFTER INSERT ON repair_event WHEN NEW.seq > 1
BEGIN
  UPDATE repair_standing SET step = NEW.step, amount_fen = NEW.amount_fen,
    since = iif(step = NEW.step AND NEW.kind <> 'sentBack', since, NEW.at) WHERE repair_id = NEW.repair_id;
END;
CREATE TRIGGER repair_standing_begins BEFORE INSERT ON repair_standing
WHEN (NEW.complex_id, NEW.step, NEW.amount_fen) IS NOT (
  SELECT r.complex_id, e.step, e.amount_fen FROM repair_event e JOIN repair r ON r.id = e.repair_id
  WHERE e.repair_id = NEW.repair_id ORDER BY e.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- It changes only as the consequence of the latest event.
CREATE TRIGGER repair_standing_follows BEFORE UPDATE ON repair_standing
WHEN NEW.repair_id <> OLD.repair_id OR NEW.complex_id <> OLD.complex_id OR (NEW.step, NEW.amount_fen) IS NOT (
  SELECT step, amount_fen FROM repair_event WHERE repair_id = OLD.repair_id ORDER BY seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_standing_kept BEFORE DELETE ON repair_standing
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Money for a job goes to its contractor (165号令 art. 22), for its complex, as instructed and not a fen more.
CREATE TRIGGER voucher_line_repair BEFORE INSERT ON voucher_line WHEN NEW.repair_id IS NOT NULL
BEGIN
  SELECT CASE
    WHEN NEW.debit_fen - NEW.credit_fen + (
        SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM voucher_line WHERE repair_id = NEW.repair_id)
      > (SELECT amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.overpaid')
    WHEN (NEW.counterparty_id, NEW.complex_id, NEW.book_id) IS NOT (
      SELECT contractor_id, complex_id, book_id FROM repair WHERE id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.payee')
    -- Nothing is paid without the payment instruction that the repair's path ends in (invariant 12).
    WHEN coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') NOT IN ('voucher', 'paid')
      OR NOT EXISTS (SELECT 1 FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'paymentInstructed')
      THEN RAISE(ABORT, 'repair.notPayable')
  END;
END;
-- A payment voucher that lost its job on the way would pay outside the path.
CREATE TRIGGER voucher_repair_payment BEFORE INSERT ON voucher
WHEN NEW.rule <> '' AND json_extract(NEW.rule, '$.by') = 'repair.payment'
  AND NOT EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'repair.notPayable'); END;
-- The posted voucher is the payment, whoever posted or reversed it.
CREATE TRIGGER repair_paid AFTER INSERT ON voucher
WHEN EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL)
BEGIN
  INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at)
    SELECT s.repair_id, (SELECT max(seq) + 1 FROM repair_event WHERE repair_id = s.repair_id),
      iif(p.paid = s.amount_fen, 'paid', 'paymentCorrected'), iif(p.paid = s.amount_fen, 'paid', 'voucher'), s.amount_fen,
      json_object('voucherId', NEW.id, 'paidFen', p.paid), NEW.bookkeeper_id, NEW.posted_at
    FROM (SELECT DISTINCT repair_id AS id FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL) v
      JOIN repair_standing s ON s.repair_id = v.id
      JOIN (SELECT repair_id AS id, sum(debit_fen - credit_fen) AS paid FROM voucher_line
            WHERE repair_id IN (SELECT repair_id FROM voucher_line WHERE voucher_id = NEW.id) GROUP BY repair_id) p
        ON p.id = v.id;
END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER repair_unique BEFORE INSERT ON repair
WHEN EXISTS (SELECT 1 FROM repair WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_event_unique BEFORE INSERT ON repair_event
WHEN EXISTS (SELECT 1 FROM repair_event WHERE id = NEW.id OR (repair_id = NEW.repair_id AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_paper_unique BEFORE INSERT ON repair_paper
WHEN EXISTS (SELECT 1 FROM repair_paper WHERE id = NEW.id
  OR (repair_id = NEW.repair_id AND kind = NEW.kind AND round = NEW.round AND sha256 = NEW.sha256))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_signature_unique BEFORE INSERT ON repair_signature
WHEN EXISTS (SELECT 1 FROM repair_signature WHERE id = NEW.id
  OR (repair_id = NEW.repair_id AND sheet = NEW.sheet AND round = NEW.round AND person = NEW.person))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_draw_unique BEFORE INSERT ON repair_draw
WHEN EXISTS (SELECT 1 FROM repair_draw WHERE id = NEW.id OR seed = NEW.seed)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_standing_unique BEFORE INSERT ON repair_standing
WHEN EXISTS (SELECT 1 FROM repair_standing WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
