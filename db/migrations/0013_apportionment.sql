-- Apportionment sheets (分摊清册): the method, every household's inputs and what came out, as the day saw them, so that any past
-- sheet can be recomputed from its own inputs and compared (165号令 art. 20–21; 民法典 art. 283).

CREATE TABLE apportionment (
  id              INTEGER PRIMARY KEY,
  complex_id      INTEGER NOT NULL REFERENCES complex (id),
  -- `plan` asks the owners first (预分摊); `repair` is charged; the others only divide a sum.
  purpose         TEXT NOT NULL CHECK (purpose IN ('plan', 'repair', 'distribution', 'utility')),
  repair_id       INTEGER REFERENCES repair (id),
  utility_bill_id INTEGER REFERENCES utility_bill (id),
  title           TEXT NOT NULL CHECK (title <> ''),
  as_of           TEXT NOT NULL CHECK (as_of IS date(as_of)),
  basis           TEXT NOT NULL CHECK (basis IN ('area', 'household', 'balance', 'agreed')),
  -- JSON: the whole complex, or which buildings, entrances or households.
  scope           TEXT NOT NULL CHECK (json_valid(scope)),
  draw_order      TEXT NOT NULL CHECK (draw_order IN ('interestFirst', 'principalFirst')),
  shortfall       TEXT NOT NULL CHECK (shortfall IN ('collect', 'withinBalance')),
  tail            TEXT NOT NULL CHECK (tail IN ('largest_remainder', 'last_absorbs')),
  -- What was to be divided; less was, where no household may be asked to add.
  asked_fen       INTEGER NOT NULL CHECK (asked_fen > 0),
  total_fen       INTEGER NOT NULL CHECK (total_fen BETWEEN 0 AND asked_fen),
  drawn_fen       INTEGER NOT NULL CHECK (drawn_fen BETWEEN 0 AND total_fen),
  households      INTEGER NOT NULL CHECK (households > 0),
  recorded_by     INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  CHECK ((utility_bill_id IS NOT NULL) = (purpose = 'utility')),
  CHECK (repair_id IS NULL OR purpose IN ('plan', 'repair'))
) STRICT;
CREATE INDEX apportionment_by_complex ON apportionment (complex_id, id);
CREATE INDEX apportionment_by_repair ON apportionment (repair_id, id) WHERE repair_id IS NOT NULL;
CREATE INDEX apportionment_by_utility_bill ON apportionment (utility_bill_id) WHERE utility_bill_id IS NOT NULL;

-- In the order of the sheet: the order decides who gets the spare fen on a tie.
CREATE TABLE apportionment_share (
  apportionment_id      INTEGER NOT NULL REFERENCES apportionment (id) DEFERRABLE INITIALLY DEFERRED,
  row_no                INTEGER NOT NULL CHECK (row_no > 0),
  household_id          INTEGER NOT NULL REFERENCES household (id),
  area_dm2              INTEGER NOT NULL CHECK (area_dm2 >= 0),
  coefficient_milli     INTEGER CHECK (coefficient_milli >= 0),
  nature                TEXT NOT NULL CHECK (nature IN ('commodity', 'soldPublic')),
  is_developer_held     INTEGER NOT NULL CHECK (is_developer_held IN (0, 1)),
  principal_fen         INTEGER NOT NULL,
  interest_fen          INTEGER NOT NULL,
  seller_principal_fen  INTEGER NOT NULL,
  seller_interest_fen   INTEGER NOT NULL,
  weight                INTEGER NOT NULL CHECK (weight >= 0),
  share_fen             INTEGER NOT NULL CHECK (share_fen >= 0),
  seller_share_fen      INTEGER NOT NULL CHECK (seller_share_fen >= 0),
  drawn_principal_fen   INTEGER NOT NULL CHECK (drawn_principal_fen BETWEEN 0 AND max(0, principal_fen)),
  drawn_interest_fen    INTEGER NOT NULL CHECK (drawn_interest_fen BETWEEN 0 AND max(0, interest_fen)),
  drawn_seller_principal_fen INTEGER NOT NULL CHECK (drawn_seller_principal_fen BETWEEN 0 AND max(0, seller_principal_fen)),
  drawn_seller_interest_fen  INTEGER NOT NULL CHECK (drawn_seller_interest_fen BETWEEN 0 AND max(0, seller_interest_fen)),
  PRIMARY KEY (apportionment_id, row_no),
  UNIQUE (apportionment_id, household_id),
  CHECK (drawn_principal_fen + drawn_interest_fen <= share_fen),
  CHECK (drawn_seller_principal_fen + drawn_seller_interest_fen <= seller_share_fen)
) STRICT, WITHOUT ROWID;
CREATE INDEX apportionment_share_by_household ON apportionment_share (household_id, apportionment_id);

CREATE TRIGGER apportionment_share_sealed BEFORE INSERT ON apportionment_share
WHEN EXISTS (SELECT 1 FROM apportionment WHERE id = NEW.apportionment_id)
BEGIN SELECT RAISE(ABORT, 'apportionment.sealed'); END;
-- Shares first, then the sheet, which seals them: they add up exactly and belong to its complex.
CREATE TRIGGER apportionment_whole BEFORE INSERT ON apportionment
WHEN (SELECT count(*) FROM apportionment_share WHERE apportionment_id = NEW.id) <> NEW.households
  OR (SELECT coalesce(sum(share_fen + seller_share_fen), 0) FROM apportionment_share WHERE apportionment_id = NEW.id)
    <> NEW.total_fen
  OR (SELECT coalesce(sum(drawn_principal_fen + drawn_interest_fen + drawn_seller_principal_fen + drawn_seller_interest_fen), 0)
      FROM apportionment_share WHERE apportionment_id = NEW.id) <> NEW.drawn_fen
  OR EXISTS (SELECT 1 FROM apportionment_share s JOIN household h ON h.id = s.household_id JOIN building b ON b.id = h.building_id
      WHERE s.apportionment_id = NEW.id AND b.complex_id <> NEW.complex_id)
  OR (NEW.repair_id IS NOT NULL AND NEW.complex_id <> (SELECT complex_id FROM repair WHERE id = NEW.repair_id))
  OR (NEW.utility_bill_id IS NOT NULL AND NEW.complex_id <> (SELECT complex_id FROM utility_bill WHERE id = NEW.utility_bill_id))
BEGIN SELECT RAISE(ABORT, 'apportionment.sum'); END;

CREATE TRIGGER apportionment_kept BEFORE UPDATE ON apportionment
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER apportionment_kept_delete BEFORE DELETE ON apportionment
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER apportionment_unique BEFORE INSERT ON apportionment
WHEN EXISTS (SELECT 1 FROM apportionment WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER apportionment_share_kept BEFORE UPDATE ON apportionment_share
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER apportionment_share_kept_delete BEFORE DELETE ON apportionment_share
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER apportionment_share_unique BEFORE INSERT ON apportionment_share
-- Two look-ups, not one with OR: that would read every row of the sheet written so far.
WHEN EXISTS (SELECT 1 FROM apportionment_share WHERE apportionment_id = NEW.apportionment_id AND row_no = NEW.row_no)
  OR EXISTS (SELECT 1 FROM apportionment_share WHERE apportionment_id = NEW.apportionment_id AND household_id = NEW.household_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- Gains credited to the households of a complex (3101 → 3001, 3002): which period is paid, by which draft. The list of households
-- is the draft's entries; a voided or reversed one frees its period.
CREATE TABLE gain_credit (
  id         INTEGER PRIMARY KEY,
  complex_id INTEGER NOT NULL REFERENCES complex (id),
  regime     TEXT NOT NULL CHECK (regime IN ('A', 'B', 'C', 'D', 'E', 'F')),
  from_date  TEXT NOT NULL CHECK (from_date IS date(from_date)),
  -- Last day that earned.
  to_date    TEXT NOT NULL CHECK (to_date IS date(to_date) AND to_date >= from_date),
  total_fen  INTEGER NOT NULL CHECK (total_fen > 0),
  households INTEGER NOT NULL CHECK (households > 0),
  draft_id   INTEGER NOT NULL UNIQUE REFERENCES voucher_draft (id),
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL
) STRICT;
CREATE INDEX gain_credit_by_complex ON gain_credit (complex_id, to_date, id);

-- No day earns twice.
CREATE TRIGGER gain_credit_once BEFORE INSERT ON gain_credit
WHEN EXISTS (SELECT 1 FROM gain_credit g JOIN voucher_draft d ON d.id = g.draft_id
  LEFT JOIN voucher v ON v.draft_id = g.draft_id
  WHERE g.complex_id = NEW.complex_id AND g.to_date >= NEW.from_date AND g.from_date <= NEW.to_date AND d.state <> 'void'
    AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.corrects_voucher_id = v.id AND r.purpose = 'reversal'))
BEGIN SELECT RAISE(ABORT, 'gain.twice'); END;
CREATE TRIGGER gain_credit_kept BEFORE UPDATE ON gain_credit
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER gain_credit_kept_delete BEFORE DELETE ON gain_credit
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER gain_credit_unique BEFORE INSERT ON gain_credit
WHEN EXISTS (SELECT 1 FROM gain_credit WHERE id = NEW.id OR draft_id = NEW.draft_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- Self-funding (自筹): what a household of a sheet still has to pay in, asked for by letter and collected through the 专户.
-- Owner and selling unit are asked apart: their money is not the same (165号令 art. 8, 20(2)).
CREATE TABLE self_funding_claim (
  id               INTEGER PRIMARY KEY,
  complex_id       INTEGER NOT NULL REFERENCES complex (id),
  apportionment_id INTEGER NOT NULL REFERENCES apportionment (id),
  household_id     INTEGER NOT NULL REFERENCES household (id),
  part             TEXT NOT NULL CHECK (part IN ('principal', 'sellerPrincipal')),
  owed_fen         INTEGER NOT NULL CHECK (owed_fen > 0),
  demanded_on      TEXT NOT NULL CHECK (demanded_on IS date(demanded_on)),
  due_on           TEXT NOT NULL CHECK (due_on IS date(due_on) AND due_on >= demanded_on),
  actor_id         INTEGER NOT NULL REFERENCES user (id),
  at               TEXT NOT NULL
) STRICT;
CREATE INDEX self_funding_claim_by_complex ON self_funding_claim (complex_id, id);
CREATE UNIQUE INDEX self_funding_claim_by_share ON self_funding_claim (apportionment_id, household_id, part);
CREATE INDEX self_funding_claim_by_household ON self_funding_claim (household_id, id);

-- Which draft collects how much of which claim. A void or reversed voucher collects nothing.
CREATE TABLE self_funding_receipt (
  claim_id   INTEGER NOT NULL REFERENCES self_funding_claim (id),
  draft_id   INTEGER NOT NULL REFERENCES voucher_draft (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (claim_id, draft_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX self_funding_receipt_by_draft ON self_funding_receipt (draft_id);

-- A claim nobody collects any more: the repair was given up, or a later sheet asks for the rest.
CREATE TABLE self_funding_withdrawal (
  claim_id INTEGER PRIMARY KEY REFERENCES self_funding_claim (id),
  reason   TEXT NOT NULL CHECK (reason <> ''),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;

-- Exactly what the share lacks, of a household of the sheet's own complex.
CREATE TRIGGER self_funding_claim_owed BEFORE INSERT ON self_funding_claim
WHEN NOT EXISTS (SELECT 1 FROM apportionment a JOIN apportionment_share s
    ON s.apportionment_id = a.id AND s.household_id = NEW.household_id
  WHERE a.id = NEW.apportionment_id AND a.complex_id = NEW.complex_id AND a.purpose IN ('plan', 'repair')
    AND NEW.owed_fen = CASE NEW.part
      WHEN 'principal' THEN s.share_fen - s.drawn_principal_fen - s.drawn_interest_fen
      ELSE s.seller_share_fen - s.drawn_seller_principal_fen - s.drawn_seller_interest_fen END)
BEGIN SELECT RAISE(ABORT, 'selfFunding.owed'); END;

CREATE TRIGGER self_funding_receipt_path BEFORE INSERT ON self_funding_receipt
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM self_funding_withdrawal WHERE claim_id = NEW.claim_id) THEN RAISE(ABORT, 'selfFunding.withdrawn')
    -- The money goes to the household that owes it, by the very draft.
    WHEN NEW.amount_fen > (SELECT coalesce(sum(d.amount_fen), 0) FROM self_funding_claim c JOIN voucher_draft_household d
        ON d.draft_id = NEW.draft_id AND d.household_id = c.household_id AND d.part = c.part WHERE c.id = NEW.claim_id)
      THEN RAISE(ABORT, 'selfFunding.draft')
    -- Nothing is collected twice: what drafts and vouchers in force collect stays within what is owed.
    WHEN NEW.amount_fen + (SELECT coalesce(sum(r.amount_fen), 0)
        FROM self_funding_receipt r JOIN voucher_draft d ON d.id = r.draft_id
        WHERE r.claim_id = NEW.claim_id AND d.state <> 'void' AND NOT EXISTS (
          SELECT 1 FROM voucher v JOIN voucher x ON x.corrects_voucher_id = v.id AND x.purpose = 'reversal'
          WHERE v.draft_id = r.draft_id))
        > (SELECT owed_fen FROM self_funding_claim WHERE id = NEW.claim_id)
      THEN RAISE(ABORT, 'selfFunding.overpaid')
  END;
END;
CREATE TRIGGER self_funding_withdrawal_path BEFORE INSERT ON self_funding_withdrawal
WHEN EXISTS (SELECT 1 FROM self_funding_receipt r JOIN voucher_draft d ON d.id = r.draft_id
  WHERE r.claim_id = NEW.claim_id AND d.state IN ('draft', 'reviewed'))
BEGIN SELECT RAISE(ABORT, 'selfFunding.pending'); END;

CREATE TRIGGER self_funding_claim_kept BEFORE UPDATE ON self_funding_claim
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER self_funding_claim_kept_delete BEFORE DELETE ON self_funding_claim
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER self_funding_claim_unique BEFORE INSERT ON self_funding_claim
WHEN EXISTS (SELECT 1 FROM self_funding_claim WHERE id = NEW.id OR (apportionment_id = NEW.apportionment_id
  AND household_id = NEW.household_id AND part = NEW.part))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

CREATE TRIGGER self_funding_receipt_kept BEFORE UPDATE ON self_funding_receipt
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER self_funding_receipt_kept_delete BEFORE DELETE ON self_funding_receipt
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER self_funding_receipt_unique BEFORE INSERT ON self_funding_receipt
WHEN EXISTS (SELECT 1 FROM self_funding_receipt WHERE claim_id = NEW.claim_id AND draft_id = NEW.draft_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

CREATE TRIGGER self_funding_withdrawal_kept BEFORE UPDATE ON self_funding_withdrawal
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER self_funding_withdrawal_kept_delete BEFORE DELETE ON self_funding_withdrawal
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER self_funding_withdrawal_unique BEFORE INSERT ON self_funding_withdrawal
WHEN EXISTS (SELECT 1 FROM self_funding_withdrawal WHERE claim_id = NEW.claim_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
