-- Money of a household (分户账): whose share of the fund every fen of 3001 and 3002 is (165号令 art. 10; design invariant 9).
--
-- A household's balance changes with the event, the fund's with the month-end closing; so entries hang on the lines of the
-- accounts that close into 3001 and 3002 as well: 4001, 5001, 5101. A closing voucher moves between these without entries; only
-- what it brings into 3001 or 3002 from other accounts (4301, 5901) becomes the households' by it, and carries theirs.
-- Σ entries of a complex = 3001 + 3002 + 4001 − 5001 − 5101 at every moment; at a closed month's end, = 3001 + 3002.

-- Which complexes keep a sub-ledger: from this voucher on, every line of those accounts must say whose it is.
CREATE TABLE household_ledger (
  complex_id INTEGER NOT NULL REFERENCES complex (id),
  book_id    INTEGER NOT NULL REFERENCES book (id),
  -- The opening voucher; NULL when the complex had no fund yet.
  voucher_id INTEGER REFERENCES voucher (id),
  begun_on   TEXT NOT NULL CHECK (begun_on IS date(begun_on)),
  begun_by   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL,
  PRIMARY KEY (book_id, complex_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE household_entry (
  voucher_id   INTEGER NOT NULL REFERENCES voucher (id) DEFERRABLE INITIALLY DEFERRED,
  line_no      INTEGER NOT NULL,
  household_id INTEGER NOT NULL REFERENCES household (id),
  -- Principal and interest are refunded apart; of sold public housing the seller's money is not the owner's (165号令 art. 8, 9).
  part         TEXT NOT NULL CHECK (part IN ('principal', 'interest', 'sellerPrincipal', 'sellerInterest')),
  date         TEXT NOT NULL,
  -- + adds to the household, − takes from it.
  amount_fen   INTEGER NOT NULL CHECK (amount_fen <> 0),
  PRIMARY KEY (voucher_id, line_no, household_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_entry_by_household ON household_entry (household_id, part, date, amount_fen);

-- Money is read of every household of a building, also of those that left; the room's own index (0002) knows only who stands.
CREATE INDEX household_by_building ON household (building_id, id);
-- Few offices hold sold public housing: its money is found without reading everybody else's.
CREATE INDEX household_sold_public ON household (nature, building_id, id) WHERE nature = 'soldPublic';

CREATE TABLE voucher_draft_household (
  draft_id     INTEGER NOT NULL REFERENCES voucher_draft (id),
  line_no      INTEGER NOT NULL,
  household_id INTEGER NOT NULL REFERENCES household (id),
  part         TEXT NOT NULL CHECK (part IN ('principal', 'interest', 'sellerPrincipal', 'sellerInterest')),
  amount_fen   INTEGER NOT NULL CHECK (amount_fen <> 0),
  PRIMARY KEY (draft_id, line_no, household_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_draft_household_by_household ON voucher_draft_household (household_id, draft_id);

CREATE TRIGGER voucher_draft_household_frozen_insert BEFORE INSERT ON voucher_draft_household
WHEN (SELECT state FROM voucher_draft WHERE id = NEW.draft_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_household_frozen_update BEFORE UPDATE ON voucher_draft_household
WHEN EXISTS (SELECT 1 FROM voucher_draft WHERE id IN (OLD.draft_id, NEW.draft_id) AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_household_frozen_delete BEFORE DELETE ON voucher_draft_household
WHEN (SELECT state FROM voucher_draft WHERE id = OLD.draft_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;

CREATE TRIGGER household_entry_checked BEFORE INSERT ON household_entry
BEGIN
  SELECT CASE
    -- Nothing joins a voucher that its head has sealed.
    WHEN EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id) THEN RAISE(ABORT, 'voucher.posted')
    -- INSERT OR REPLACE is no way round (see 0001).
    WHEN EXISTS (SELECT 1 FROM household_entry WHERE voucher_id = NEW.voucher_id AND line_no = NEW.line_no
      AND household_id = NEW.household_id AND part = NEW.part) THEN RAISE(ABORT, 'record.duplicate')
  END;
END;

-- The head seals the entries with the lines: read once, as sets, because an allocation has a thousand of them.
CREATE TRIGGER voucher_households BEFORE INSERT ON voucher
WHEN EXISTS (SELECT 1 FROM household_ledger WHERE book_id = NEW.book_id)
  OR EXISTS (SELECT 1 FROM household_entry WHERE voucher_id = NEW.id)
BEGIN
  SELECT CASE
    -- An entry stands on a line of the fund, in its household's own complex.
    WHEN EXISTS (SELECT 1 FROM household_entry e
      LEFT JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no LEFT JOIN account a ON a.id = l.account_id
      LEFT JOIN household h ON h.id = e.household_id LEFT JOIN building b ON b.id = h.building_id
      WHERE e.voucher_id = NEW.id AND (e.date <> NEW.date OR b.complex_id IS NOT l.complex_id
        OR coalesce(substr(a.code, 1, 4), '') NOT IN ('3001', '3002', '4001', '5001', '5101')
        OR (l.closing = 1 AND substr(a.code, 1, 4) NOT IN ('3001', '3002'))))
      THEN RAISE(ABORT, 'household.line')
    -- Entries of a complex without a sub-ledger can only be those that open it.
    WHEN NEW.purpose <> 'opening' AND EXISTS (SELECT 1 FROM household_entry e
      JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no
      WHERE e.voucher_id = NEW.id AND NOT EXISTS (
        SELECT 1 FROM household_ledger WHERE book_id = NEW.book_id AND complex_id = l.complex_id))
      THEN RAISE(ABORT, 'household.notBegun')
    -- The entries of a line sum to the line (invariant 9).
    WHEN EXISTS (SELECT 1 FROM voucher_line l
      JOIN household_ledger g ON g.book_id = NEW.book_id AND g.complex_id = l.complex_id JOIN account a ON a.id = l.account_id
      WHERE l.voucher_id = NEW.id AND l.closing = 0 AND substr(a.code, 1, 4) IN ('3001', '3002', '4001', '5001', '5101')
        AND l.credit_fen - l.debit_fen <> (SELECT coalesce(sum(amount_fen), 0) FROM household_entry
          WHERE voucher_id = NEW.id AND line_no = l.line_no))
      THEN RAISE(ABORT, 'household.sum')
    WHEN EXISTS (SELECT 1 FROM household_entry e JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no
      WHERE e.voucher_id = NEW.id AND l.closing = 1
      GROUP BY e.line_no HAVING sum(e.amount_fen) <> max(l.credit_fen - l.debit_fen))
      THEN RAISE(ABORT, 'household.sum')
    -- What a closing brings into the fund from outside the households, and no entry gives them, would belong to nobody.
    WHEN EXISTS (SELECT 1 FROM voucher_line l
      JOIN household_ledger g ON g.book_id = NEW.book_id AND g.complex_id = l.complex_id JOIN account a ON a.id = l.account_id
      WHERE l.voucher_id = NEW.id AND l.closing = 1 AND substr(a.code, 1, 4) IN ('3001', '3002', '4001', '5001', '5101')
      GROUP BY l.complex_id HAVING sum(l.credit_fen - l.debit_fen) <> coalesce((
        SELECT sum(e.amount_fen) FROM household_entry e
          JOIN voucher_line k ON k.voucher_id = e.voucher_id AND k.line_no = e.line_no
        WHERE e.voucher_id = NEW.id AND k.complex_id = l.complex_id), 0))
      THEN RAISE(ABORT, 'household.closing')
    -- No household below zero, in any of its parts.
    WHEN EXISTS (SELECT 1 FROM household_entry e WHERE e.voucher_id = NEW.id AND e.amount_fen < 0
      AND (SELECT sum(amount_fen) FROM household_entry INDEXED BY household_entry_by_household
           WHERE household_id = e.household_id AND part = e.part) < 0)
      THEN RAISE(ABORT, 'household.overdrawn')
    -- What is posted is what was reviewed, to the household.
    WHEN NEW.draft_id IS NOT NULL AND (
      (SELECT count(*) FROM voucher_draft_household WHERE draft_id = NEW.draft_id)
        <> (SELECT count(*) FROM household_entry WHERE voucher_id = NEW.id)
      OR EXISTS (SELECT 1 FROM household_entry e LEFT JOIN voucher_draft_household d ON d.draft_id = NEW.draft_id
        AND d.line_no = e.line_no AND d.household_id = e.household_id AND d.part = e.part
        WHERE e.voucher_id = NEW.id AND d.amount_fen IS NOT e.amount_fen))
      THEN RAISE(ABORT, 'voucher.draft')
  END;
END;

-- An opening voucher with entries begins the sub-ledger of their complexes.
CREATE TRIGGER household_ledger_opened AFTER INSERT ON voucher
WHEN NEW.purpose = 'opening' AND EXISTS (SELECT 1 FROM household_entry WHERE voucher_id = NEW.id)
BEGIN
  INSERT INTO household_ledger (complex_id, book_id, voucher_id, begun_on, begun_by, at)
    SELECT DISTINCT l.complex_id, NEW.book_id, NEW.id, NEW.date, NEW.bookkeeper_id, NEW.posted_at
    FROM voucher_line l JOIN household_entry e ON e.voucher_id = l.voucher_id AND e.line_no = l.line_no
    WHERE l.voucher_id = NEW.id
      AND NOT EXISTS (SELECT 1 FROM household_ledger g WHERE g.book_id = NEW.book_id AND g.complex_id = l.complex_id);
END;
-- It begins with all households together equal to the fund, to the fen.
CREATE TRIGGER household_ledger_ties_out BEFORE INSERT ON household_ledger
WHEN (SELECT fund_kind FROM book WHERE id = NEW.book_id) IS NOT 'maintenance'
  OR (SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) FROM account a
      CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
        ON l.book_id = a.book_id AND l.complex_id = NEW.complex_id AND l.account_id = a.id
      WHERE a.book_id = NEW.book_id AND substr(a.code, 1, 4) IN ('3001', '3002', '4001', '5001', '5101'))
    <> (SELECT coalesce(sum(e.amount_fen), 0) FROM building b JOIN household h ON h.building_id = b.id
        JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id
        WHERE b.complex_id = NEW.complex_id)
BEGIN SELECT RAISE(ABORT, 'household.tieOut'); END;

CREATE TRIGGER household_ledger_kept BEFORE UPDATE ON household_ledger
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_ledger_kept_delete BEFORE DELETE ON household_ledger
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_ledger_unique BEFORE INSERT ON household_ledger
WHEN EXISTS (SELECT 1 FROM household_ledger WHERE book_id = NEW.book_id AND complex_id = NEW.complex_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER household_entry_kept BEFORE UPDATE ON household_entry
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_entry_kept_delete BEFORE DELETE ON household_entry
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Special receipts (专用票据, 165号令 art. 14, 34): bought in number ranges; each number is used once, or void with its
-- original kept, and a number left out is seen.
CREATE TABLE receipt_range (
  id          INTEGER PRIMARY KEY,
  prefix      TEXT NOT NULL,
  first_no    INTEGER NOT NULL CHECK (first_no >= 0),
  last_no     INTEGER NOT NULL,
  -- Digits, with leading zeros: 0000123 is not 123.
  width       INTEGER NOT NULL CHECK (width BETWEEN 1 AND 15),
  received_on TEXT NOT NULL CHECK (received_on IS date(received_on)),
  actor_id    INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  CHECK (last_no BETWEEN first_no AND first_no + 99999 AND length(last_no) <= width)
) STRICT;
CREATE INDEX receipt_range_by_number ON receipt_range (prefix, width, first_no, last_no);

CREATE TABLE receipt_event (
  range_id     INTEGER NOT NULL REFERENCES receipt_range (id),
  number       INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('used', 'void')),
  on_date      TEXT NOT NULL CHECK (on_date IS date(on_date)),
  -- For whose money, in which draft; NULL when the form was spoilt before use.
  household_id INTEGER REFERENCES household (id),
  draft_id     INTEGER REFERENCES voucher_draft (id),
  amount_fen   INTEGER NOT NULL DEFAULT 0 CHECK (amount_fen >= 0),
  reason       TEXT NOT NULL DEFAULT '',
  -- All copies of a void receipt are kept: without the original in hand it may still be out there.
  has_original INTEGER NOT NULL DEFAULT 0 CHECK (has_original IN (0, 1)),
  actor_id     INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  PRIMARY KEY (range_id, number, kind),
  CHECK (kind = 'void' OR (household_id IS NOT NULL AND draft_id IS NOT NULL AND amount_fen > 0)),
  CHECK (kind = 'used' OR (reason <> '' AND has_original = 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_event_by_draft ON receipt_event (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX receipt_event_by_household ON receipt_event (household_id, on_date) WHERE household_id IS NOT NULL;

CREATE TRIGGER receipt_range_apart BEFORE INSERT ON receipt_range
WHEN EXISTS (SELECT 1 FROM receipt_range WHERE prefix = NEW.prefix AND width = NEW.width
  AND first_no <= NEW.last_no AND last_no >= NEW.first_no)
BEGIN SELECT RAISE(ABORT, 'receipt.range'); END;
CREATE TRIGGER receipt_event_path BEFORE INSERT ON receipt_event
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM receipt_range WHERE id = NEW.range_id AND NEW.number BETWEEN first_no AND last_no)
      THEN RAISE(ABORT, 'receipt.number')
    -- INSERT OR REPLACE is no way round (see 0001).
    WHEN EXISTS (SELECT 1 FROM receipt_event WHERE range_id = NEW.range_id AND number = NEW.number
      AND (kind = NEW.kind OR kind = 'void')) THEN RAISE(ABORT, 'receipt.used')
  END;
END;
CREATE TRIGGER receipt_range_kept BEFORE UPDATE ON receipt_range
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER receipt_range_kept_delete BEFORE DELETE ON receipt_range
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER receipt_range_unique BEFORE INSERT ON receipt_range
WHEN EXISTS (SELECT 1 FROM receipt_range WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER receipt_event_kept BEFORE UPDATE ON receipt_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER receipt_event_kept_delete BEFORE DELETE ON receipt_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
