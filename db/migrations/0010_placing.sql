-- Where idle money goes: accepted placement plans (存放方案) and competitive placing (竞争性存放: batch, lots, bids, award,
-- agreement, certificates). Facts are inserted once; a bid is corrected by a later bid, an award by its revocation.

-- A plan as it was accepted: what was asked, what was answered.
CREATE TABLE placement_plan (
  id          INTEGER PRIMARY KEY,
  book_id     INTEGER NOT NULL REFERENCES book (id),
  complex_id  INTEGER NOT NULL REFERENCES complex (id),
  starts_on   TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
  placed_fen  INTEGER NOT NULL CHECK (placed_fen > 0),
  -- JSON: core/placing/placement-plan PlacementInput; lots per offer in its order.
  input       TEXT NOT NULL CHECK (json_valid(input)),
  lots        TEXT NOT NULL CHECK (json_valid(lots)),
  accepted_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL
) STRICT;
CREATE INDEX placement_plan_by_complex ON placement_plan (complex_id, id);

CREATE TABLE placement_plan_certificate (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate (id),
  plan_id        INTEGER NOT NULL REFERENCES placement_plan (id),
  -- Index in the plan's offers.
  offer          INTEGER NOT NULL CHECK (offer >= 0)
) STRICT;
CREATE INDEX placement_plan_certificate_by_plan ON placement_plan_certificate (plan_id, offer);
CREATE TRIGGER placement_plan_certificate_of_plan BEFORE INSERT ON placement_plan_certificate
WHEN NOT EXISTS (
  SELECT 1 FROM placement_plan p JOIN certificate c ON c.book_id = p.book_id AND c.complex_id = p.complex_id
  WHERE p.id = NEW.plan_id AND c.id = NEW.certificate_id)
BEGIN SELECT RAISE(ABORT, 'placing.certificate'); END;

CREATE TABLE placing_batch (
  id                 INTEGER PRIMARY KEY,
  number             TEXT NOT NULL UNIQUE CHECK (number <> ''),
  title              TEXT NOT NULL CHECK (title <> ''),
  book_id            INTEGER NOT NULL REFERENCES book (id),
  -- The decision paper or minutes the batch rests on.
  decision_no        TEXT NOT NULL CHECK (decision_no <> ''),
  decided_on         TEXT NOT NULL CHECK (decided_on IS date(decided_on)),
  decision_sha256    TEXT NOT NULL REFERENCES attachment (sha256),
  total_fen          INTEGER NOT NULL CHECK (total_fen > 0),
  -- Millionths of a percent a year; no lot goes below it.
  minimum_rate_micro INTEGER NOT NULL CHECK (minimum_rate_micro >= 0),
  opens_on           TEXT NOT NULL CHECK (opens_on IS date(opens_on)),
  -- As the decision limits them; NULL: it does not.
  lots_per_bank      INTEGER CHECK (lots_per_bank > 0),
  share_limit_micro  INTEGER CHECK (share_limit_micro BETWEEN 1 AND 100000000),
  recorded_by        INTEGER NOT NULL REFERENCES user (id),
  at                 TEXT NOT NULL,
  CHECK (decided_on <= opens_on)
) STRICT;
CREATE INDEX placing_batch_by_opening ON placing_batch (opens_on, id);

CREATE TABLE placing_lot (
  id                 INTEGER PRIMARY KEY,
  batch_id           INTEGER NOT NULL REFERENCES placing_batch (id),
  seq                INTEGER NOT NULL CHECK (seq > 0),
  amount_fen         INTEGER NOT NULL CHECK (amount_fen > 0),
  term_months        INTEGER CHECK (term_months > 0),
  term_days          INTEGER CHECK (term_days > 0),
  minimum_rate_micro INTEGER NOT NULL CHECK (minimum_rate_micro >= 0),
  note               TEXT NOT NULL,
  UNIQUE (batch_id, seq),
  CHECK ((term_months IS NULL) <> (term_days IS NULL))
) STRICT;

CREATE TABLE placing_bid (
  id               INTEGER PRIMARY KEY,
  lot_id           INTEGER NOT NULL REFERENCES placing_lot (id),
  bank             TEXT NOT NULL CHECK (bank <> '' AND bank = trim(bank)),
  rate_micro       INTEGER NOT NULL CHECK (rate_micro >= 0),
  -- Hundredths of a point; rank as the evaluation minutes give it. NULL until the bids are evaluated.
  score_hundredths INTEGER CHECK (score_hundredths BETWEEN 0 AND 100000),
  rank             INTEGER CHECK (rank > 0),
  -- Why the bank stands aside (回避情形); '' when it does not.
  recusal          TEXT NOT NULL,
  replaces_id      INTEGER UNIQUE REFERENCES placing_bid (id),
  reason           TEXT NOT NULL,
  recorded_by      INTEGER NOT NULL REFERENCES user (id),
  at               TEXT NOT NULL,
  CHECK ((replaces_id IS NULL) = (reason = '')),
  CHECK (recusal = '' OR (score_hundredths IS NULL AND rank IS NULL))
) STRICT;
CREATE INDEX placing_bid_by_lot ON placing_bid (lot_id, bank, id);

-- The lot goes to a bid, or to nobody (流标, with the reason).
CREATE TABLE placing_award (
  id         INTEGER PRIMARY KEY,
  lot_id     INTEGER NOT NULL REFERENCES placing_lot (id),
  bid_id     INTEGER REFERENCES placing_bid (id),
  awarded_on TEXT NOT NULL CHECK (awarded_on IS date(awarded_on)),
  reason     TEXT NOT NULL,
  awarded_by INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL,
  CHECK (bid_id IS NOT NULL OR reason <> '')
) STRICT;
CREATE INDEX placing_award_by_lot ON placing_award (lot_id, id, bid_id);

CREATE TABLE placing_revocation (
  award_id   INTEGER PRIMARY KEY REFERENCES placing_award (id),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  revoked_by INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL
) STRICT;

CREATE TABLE placing_agreement (
  award_id    INTEGER PRIMARY KEY REFERENCES placing_award (id),
  number      TEXT NOT NULL CHECK (number <> ''),
  valid_from  TEXT NOT NULL CHECK (valid_from IS date(valid_from)),
  valid_to    TEXT NOT NULL CHECK (valid_to IS date(valid_to)),
  sha256      TEXT NOT NULL REFERENCES attachment (sha256),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  CHECK (valid_from <= valid_to)
) STRICT;

CREATE TABLE placing_certificate (
  id             INTEGER PRIMARY KEY,
  award_id       INTEGER NOT NULL REFERENCES placing_award (id),
  certificate_id INTEGER NOT NULL REFERENCES certificate (id),
  linked_by      INTEGER NOT NULL REFERENCES user (id),
  at             TEXT NOT NULL
) STRICT;
CREATE INDEX placing_certificate_by_award ON placing_certificate (award_id, certificate_id);
CREATE INDEX placing_certificate_by_certificate ON placing_certificate (certificate_id, id);

CREATE TABLE placing_unlinking (
  link_id     INTEGER PRIMARY KEY REFERENCES placing_certificate (id),
  reason      TEXT NOT NULL CHECK (reason <> ''),
  unlinked_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL
) STRICT;

-- Lots are part of the announcement: within the total, at no lower rate, and none added once a bid is in.
CREATE TRIGGER placing_lot_of_batch BEFORE INSERT ON placing_lot
WHEN NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM placing_lot WHERE batch_id = NEW.batch_id)
    > (SELECT total_fen FROM placing_batch WHERE id = NEW.batch_id)
  OR NEW.minimum_rate_micro < (SELECT minimum_rate_micro FROM placing_batch WHERE id = NEW.batch_id)
  OR EXISTS (SELECT 1 FROM placing_lot l JOIN placing_bid b ON b.lot_id = l.id WHERE l.batch_id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'placing.lot'); END;

-- One standing bid per bank and lot; a correction replaces that very bid; nothing changes under a standing award.
CREATE TRIGGER placing_bid_stands BEFORE INSERT ON placing_bid
WHEN EXISTS (SELECT 1 FROM placing_bid b WHERE b.lot_id = NEW.lot_id AND b.bank = NEW.bank AND b.id IS NOT NEW.replaces_id
      AND NOT EXISTS (SELECT 1 FROM placing_bid r WHERE r.replaces_id = b.id))
  OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM placing_bid b WHERE b.id = NEW.replaces_id AND b.lot_id = NEW.lot_id AND b.bank = NEW.bank))
BEGIN SELECT RAISE(ABORT, 'placing.bid'); END;
CREATE TRIGGER placing_bid_before_award BEFORE INSERT ON placing_bid
WHEN EXISTS (SELECT 1 FROM placing_award a WHERE a.lot_id = NEW.lot_id
  AND NOT EXISTS (SELECT 1 FROM placing_revocation r WHERE r.award_id = a.id))
BEGIN SELECT RAISE(ABORT, 'placing.awarded'); END;

CREATE TRIGGER placing_award_once BEFORE INSERT ON placing_award
WHEN EXISTS (SELECT 1 FROM placing_award a WHERE a.lot_id = NEW.lot_id
  AND NOT EXISTS (SELECT 1 FROM placing_revocation r WHERE r.award_id = a.id))
BEGIN SELECT RAISE(ABORT, 'placing.awarded'); END;
-- A standing, evaluated bid of this lot, not standing aside, at no less than the lot's least rate.
CREATE TRIGGER placing_award_to_bid BEFORE INSERT ON placing_award
WHEN NEW.bid_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM placing_bid b JOIN placing_lot l ON l.id = b.lot_id
  WHERE b.id = NEW.bid_id AND b.lot_id = NEW.lot_id AND b.recusal = '' AND b.rank IS NOT NULL
    AND b.rate_micro >= l.minimum_rate_micro AND NOT EXISTS (SELECT 1 FROM placing_bid r WHERE r.replaces_id = b.id))
BEGIN SELECT RAISE(ABORT, 'placing.bidder'); END;
-- Whoever recorded the batch or a bid does not award.
CREATE TRIGGER placing_award_person BEFORE INSERT ON placing_award
WHEN EXISTS (SELECT 1 FROM placing_lot l JOIN placing_batch b ON b.id = l.batch_id
    WHERE l.id = NEW.lot_id AND b.recorded_by = NEW.awarded_by)
  OR EXISTS (SELECT 1 FROM placing_bid WHERE lot_id = NEW.lot_id AND recorded_by = NEW.awarded_by)
BEGIN SELECT RAISE(ABORT, 'placing.samePerson'); END;
-- Past a better rank only with the reason.
CREATE TRIGGER placing_award_rank BEFORE INSERT ON placing_award
WHEN NEW.reason = '' AND EXISTS (
  SELECT 1 FROM placing_bid b JOIN placing_lot l ON l.id = b.lot_id
  WHERE b.lot_id = NEW.lot_id AND b.rank < (SELECT rank FROM placing_bid WHERE id = NEW.bid_id)
    AND b.rate_micro >= l.minimum_rate_micro AND NOT EXISTS (SELECT 1 FROM placing_bid r WHERE r.replaces_id = b.id))
BEGIN SELECT RAISE(ABORT, 'placing.rank'); END;
-- Lots per bank and share per bank, over all lots the bank holds in the batch.
CREATE TRIGGER placing_award_limits BEFORE INSERT ON placing_award WHEN NEW.bid_id IS NOT NULL
BEGIN
  SELECT CASE
    WHEN held.lots + 1 > held.lots_per_bank THEN RAISE(ABORT, 'placing.lotsPerBank')
    WHEN (held.amount + mine.amount_fen) * 100000000 > held.total_fen * held.share_limit_micro THEN RAISE(ABORT, 'placing.share')
  END
  FROM placing_lot mine, (
    SELECT t.total_fen, t.lots_per_bank, t.share_limit_micro, count(l.id) AS lots, coalesce(sum(l.amount_fen), 0) AS amount
    FROM placing_lot m JOIN placing_batch t ON t.id = m.batch_id
      LEFT JOIN placing_lot l ON l.batch_id = t.id AND EXISTS (
        SELECT 1 FROM placing_award a JOIN placing_bid b ON b.id = a.bid_id WHERE a.lot_id = l.id
          AND b.bank = (SELECT bank FROM placing_bid WHERE id = NEW.bid_id)
          AND NOT EXISTS (SELECT 1 FROM placing_revocation r WHERE r.award_id = a.id))
    WHERE m.id = NEW.lot_id GROUP BY t.id) held
  WHERE mine.id = NEW.lot_id;
END;

CREATE TRIGGER placing_revocation_free BEFORE INSERT ON placing_revocation
WHEN EXISTS (SELECT 1 FROM placing_certificate c WHERE c.award_id = NEW.award_id
  AND NOT EXISTS (SELECT 1 FROM placing_unlinking u WHERE u.link_id = c.id))
BEGIN SELECT RAISE(ABORT, 'placing.placed'); END;
CREATE TRIGGER placing_agreement_of_award BEFORE INSERT ON placing_agreement
WHEN NOT EXISTS (SELECT 1 FROM placing_award a WHERE a.id = NEW.award_id AND a.bid_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM placing_revocation r WHERE r.award_id = a.id))
BEGIN SELECT RAISE(ABORT, 'placing.agreement'); END;

-- A certificate of the lot: same book, the winner's bank, the lot's term, at no less than the bid, under an agreement in
-- force on its value date; one lot each, and together no more than the lot.
CREATE TRIGGER placing_certificate_fits BEFORE INSERT ON placing_certificate
WHEN NOT EXISTS (
  SELECT 1 FROM placing_award a JOIN placing_bid b ON b.id = a.bid_id JOIN placing_lot l ON l.id = a.lot_id
    JOIN placing_batch t ON t.id = l.batch_id JOIN certificate_now c ON c.id = NEW.certificate_id
    JOIN bank_account k ON k.id = c.bank_account_id
  WHERE a.id = NEW.award_id AND NOT EXISTS (SELECT 1 FROM placing_revocation r WHERE r.award_id = a.id)
    AND c.book_id = t.book_id AND coalesce(nullif(c.bank_name, ''), k.bank_name) = b.bank AND c.rate_micro >= b.rate_micro
    AND c.term_months IS l.term_months AND c.term_days IS l.term_days)
BEGIN SELECT RAISE(ABORT, 'placing.certificate'); END;
CREATE TRIGGER placing_certificate_agreed BEFORE INSERT ON placing_certificate
WHEN NOT EXISTS (
  SELECT 1 FROM placing_agreement g JOIN certificate c ON c.id = NEW.certificate_id
  WHERE g.award_id = NEW.award_id AND c.value_date BETWEEN g.valid_from AND g.valid_to)
BEGIN SELECT RAISE(ABORT, 'placing.agreement'); END;
CREATE TRIGGER placing_certificate_once BEFORE INSERT ON placing_certificate
WHEN EXISTS (SELECT 1 FROM placing_certificate o WHERE o.certificate_id = NEW.certificate_id
  AND NOT EXISTS (SELECT 1 FROM placing_unlinking u WHERE u.link_id = o.id))
BEGIN SELECT RAISE(ABORT, 'placing.linked'); END;
CREATE TRIGGER placing_certificate_within BEFORE INSERT ON placing_certificate
WHEN (SELECT principal_fen FROM certificate WHERE id = NEW.certificate_id)
    + (SELECT coalesce(sum(c.principal_fen), 0) FROM placing_certificate o JOIN certificate c ON c.id = o.certificate_id
       WHERE o.award_id = NEW.award_id AND NOT EXISTS (SELECT 1 FROM placing_unlinking u WHERE u.link_id = o.id))
  > (SELECT l.amount_fen FROM placing_award a JOIN placing_lot l ON l.id = a.lot_id WHERE a.id = NEW.award_id)
BEGIN SELECT RAISE(ABORT, 'placing.overLot'); END;

-- Evidence: kept as it was written; INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER placement_plan_kept BEFORE UPDATE ON placement_plan
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placement_plan_kept_delete BEFORE DELETE ON placement_plan
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placement_plan_unique BEFORE INSERT ON placement_plan
WHEN EXISTS (SELECT 1 FROM placement_plan WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placement_plan_certificate_kept BEFORE UPDATE ON placement_plan_certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placement_plan_certificate_kept_delete BEFORE DELETE ON placement_plan_certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placement_plan_certificate_unique BEFORE INSERT ON placement_plan_certificate
WHEN EXISTS (SELECT 1 FROM placement_plan_certificate WHERE certificate_id = NEW.certificate_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_batch_kept BEFORE UPDATE ON placing_batch
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_batch_kept_delete BEFORE DELETE ON placing_batch
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_batch_unique BEFORE INSERT ON placing_batch
WHEN EXISTS (SELECT 1 FROM placing_batch WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_lot_kept BEFORE UPDATE ON placing_lot
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_lot_kept_delete BEFORE DELETE ON placing_lot
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_lot_unique BEFORE INSERT ON placing_lot
WHEN EXISTS (SELECT 1 FROM placing_lot WHERE id = NEW.id OR (batch_id = NEW.batch_id AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_bid_kept BEFORE UPDATE ON placing_bid
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_bid_kept_delete BEFORE DELETE ON placing_bid
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_bid_unique BEFORE INSERT ON placing_bid
WHEN EXISTS (SELECT 1 FROM placing_bid WHERE id = NEW.id OR replaces_id = NEW.replaces_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_award_kept BEFORE UPDATE ON placing_award
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_award_kept_delete BEFORE DELETE ON placing_award
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_award_unique BEFORE INSERT ON placing_award
WHEN EXISTS (SELECT 1 FROM placing_award WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_revocation_kept BEFORE UPDATE ON placing_revocation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_revocation_kept_delete BEFORE DELETE ON placing_revocation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_revocation_unique BEFORE INSERT ON placing_revocation
WHEN EXISTS (SELECT 1 FROM placing_revocation WHERE award_id = NEW.award_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_agreement_kept BEFORE UPDATE ON placing_agreement
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_agreement_kept_delete BEFORE DELETE ON placing_agreement
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_agreement_unique BEFORE INSERT ON placing_agreement
WHEN EXISTS (SELECT 1 FROM placing_agreement WHERE award_id = NEW.award_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_certificate_kept BEFORE UPDATE ON placing_certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_certificate_kept_delete BEFORE DELETE ON placing_certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_certificate_unique BEFORE INSERT ON placing_certificate
WHEN EXISTS (SELECT 1 FROM placing_certificate WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER placing_unlinking_kept BEFORE UPDATE ON placing_unlinking
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_unlinking_kept_delete BEFORE DELETE ON placing_unlinking
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER placing_unlinking_unique BEFORE INSERT ON placing_unlinking
WHEN EXISTS (SELECT 1 FROM placing_unlinking WHERE link_id = NEW.link_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
