-- Bank reconciliation (对账): which lines of the bank and of the book are one and the same movement, the balance reconciliation
-- of each account and month (余额调节表), and what the bank confirmed of term deposits.

-- A match joins any number of the bank's lines with any number of the book's; their sums are equal to the fen. Its lines go in
-- first (statement_outcome of the bank, reconciliation_entry of the book); the head seals and checks the whole.
CREATE TABLE reconciliation_match (
  id              INTEGER PRIMARY KEY,
  bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
  -- posted: the voucher was made of its line; automatic: a unique best; suggested: proposed, and accepted by a person.
  method          TEXT NOT NULL CHECK (method IN ('posted', 'manual', 'suggested', 'automatic')),
  score           INTEGER CHECK (score BETWEEN 0 AND 100),
  -- Why these belong together, in words.
  reason          TEXT NOT NULL,
  -- The latest day of its lines: from that day on none of them is open.
  last_on         TEXT NOT NULL CHECK (last_on IS date(last_on)),
  actor_id        INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL
) STRICT;
CREATE INDEX reconciliation_match_by_account ON reconciliation_match (bank_account_id, id);

CREATE TABLE reconciliation_entry (
  match_id   INTEGER NOT NULL REFERENCES reconciliation_match (id) DEFERRABLE INITIALLY DEFERRED,
  voucher_id INTEGER NOT NULL,
  line_no    INTEGER NOT NULL,
  PRIMARY KEY (match_id, voucher_id, line_no),
  FOREIGN KEY (voucher_id, line_no) REFERENCES voucher_line (voucher_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX reconciliation_entry_by_line ON reconciliation_entry (voucher_id, line_no, match_id);

-- A match is taken back whole, with a reason; its bank lines are open again by the same stroke.
CREATE TABLE reconciliation_undo (
  match_id INTEGER PRIMARY KEY REFERENCES reconciliation_match (id),
  reason   TEXT NOT NULL CHECK (reason <> ''),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;

-- A month's table as it was sealed: the figures tie out, the open items are kept as they stood.
CREATE TABLE reconciliation (
  id              INTEGER PRIMARY KEY,
  bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
  month           TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01')),
  version         INTEGER NOT NULL CHECK (version > 0),
  journal_fen     INTEGER NOT NULL,
  statement_fen   INTEGER NOT NULL,
  bank_in_fen     INTEGER NOT NULL CHECK (bank_in_fen >= 0),
  bank_out_fen    INTEGER NOT NULL CHECK (bank_out_fen >= 0),
  book_in_fen     INTEGER NOT NULL CHECK (book_in_fen >= 0),
  book_out_fen    INTEGER NOT NULL CHECK (book_out_fen >= 0),
  items           TEXT NOT NULL CHECK (json_valid(items)),
  reconciler_id   INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  UNIQUE (bank_account_id, month, version),
  CHECK (journal_fen + bank_in_fen - bank_out_fen = statement_fen + book_in_fen - book_out_fen)
) STRICT;

-- The second person's look at a sealed table.
CREATE TABLE reconciliation_check (
  reconciliation_id INTEGER PRIMARY KEY REFERENCES reconciliation (id),
  checker_id        INTEGER NOT NULL REFERENCES user (id),
  at                TEXT NOT NULL
) STRICT;

CREATE TABLE reconciliation_reopening (
  reconciliation_id INTEGER PRIMARY KEY REFERENCES reconciliation (id),
  reason            TEXT NOT NULL CHECK (reason <> ''),
  actor_id          INTEGER NOT NULL REFERENCES user (id),
  at                TEXT NOT NULL
) STRICT;

-- What the bank confirmed of the term deposits of an account on a day (定期存款询证 / 对账回执), with its paper.
CREATE TABLE bank_confirmation (
  id              INTEGER PRIMARY KEY,
  bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
  as_of           TEXT NOT NULL CHECK (as_of IS date(as_of)),
  amount_fen      INTEGER NOT NULL CHECK (amount_fen >= 0),
  sha256          TEXT NOT NULL REFERENCES attachment (sha256),
  recorded_by     INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL
) STRICT;
CREATE INDEX bank_confirmation_by_account ON bank_confirmation (bank_account_id, as_of, id);

-- Nothing joins a match that its head has sealed; a line is in one standing match at a time.
CREATE TRIGGER reconciliation_entry_checked BEFORE INSERT ON reconciliation_entry
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM reconciliation_entry
      WHERE match_id = NEW.match_id AND voucher_id = NEW.voucher_id AND line_no = NEW.line_no)
      THEN RAISE(ABORT, 'record.duplicate')
    WHEN EXISTS (SELECT 1 FROM reconciliation_match WHERE id = NEW.match_id)
      THEN RAISE(ABORT, 'reconciliation.taken')
    WHEN EXISTS (SELECT 1 FROM reconciliation_entry e WHERE e.voucher_id = NEW.voucher_id AND e.line_no = NEW.line_no
      AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = e.match_id))
      THEN RAISE(ABORT, 'reconciliation.taken')
  END;
END;
CREATE TRIGGER statement_outcome_match BEFORE INSERT ON statement_outcome
WHEN EXISTS (SELECT 1 FROM reconciliation_match WHERE id = NEW.match_id)
BEGIN SELECT RAISE(ABORT, 'reconciliation.taken'); END;
-- A match is not left by one of its lines alone.
CREATE TRIGGER statement_outcome_undone BEFORE INSERT ON statement_outcome
WHEN NEW.outcome = 'open' AND EXISTS (
  SELECT 1 FROM statement_outcome o WHERE o.id = (SELECT max(id) FROM statement_outcome
      WHERE statement_line_id = NEW.statement_line_id) AND o.match_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reconciliation_undo WHERE match_id = o.match_id))
BEGIN SELECT RAISE(ABORT, 'reconciliation.undo'); END;

CREATE TRIGGER reconciliation_match_checked BEFORE INSERT ON reconciliation_match
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM reconciliation_match WHERE id = NEW.id)
      THEN RAISE(ABORT, 'record.duplicate')
    -- A cashier may not reconcile (会计法 art. 35; invariant 7).
    WHEN EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.actor_id AND role = 'cashier')
      THEN RAISE(ABORT, 'role.cashierConflict')
    WHEN k.strange > 0 OR b.strange > 0
      THEN RAISE(ABORT, 'statement.account')
    WHEN k.lines + b.lines < 2 OR coalesce(k.fen, 0) <> coalesce(b.fen, 0)
      OR NEW.last_on IS NOT max(coalesce(k.last_on, ''), coalesce(b.last_on, ''))
      THEN RAISE(ABORT, 'statement.amount')
    -- A sealed month stays as it was signed; what comes of posting is booked all the same and shown as a change since.
    WHEN NEW.method <> 'posted' AND EXISTS (SELECT 1 FROM reconciliation r WHERE r.bank_account_id = NEW.bank_account_id
      AND r.month >= substr(NEW.last_on, 1, 7)
      AND NOT EXISTS (SELECT 1 FROM reconciliation_reopening WHERE reconciliation_id = r.id))
      THEN RAISE(ABORT, 'reconciliation.sealed')
  END
  FROM (SELECT count(*) AS lines, sum(l.amount_fen) AS fen, max(l.date) AS last_on,
          coalesce(sum(l.bank_account_id <> NEW.bank_account_id), 0) AS strange
        FROM statement_outcome o JOIN statement_line l ON l.id = o.statement_line_id WHERE o.match_id = NEW.id) k,
       -- Certificates (1001.02) stand on the account's name but not on its statement.
       (SELECT count(*) AS lines, sum(v.debit_fen - v.credit_fen) AS fen, max(v.date) AS last_on,
          coalesce(sum(v.bank_account_id IS NOT NEW.bank_account_id OR a.needs_bank = 0 OR a.code LIKE '1001.02%'), 0) AS strange
        FROM reconciliation_entry e JOIN voucher_line v ON v.voucher_id = e.voucher_id AND v.line_no = e.line_no
          JOIN account a ON a.id = v.account_id WHERE e.match_id = NEW.id) b;
END;

CREATE TRIGGER reconciliation_undo_checked BEFORE INSERT ON reconciliation_undo
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM reconciliation_undo WHERE match_id = NEW.match_id)
      THEN RAISE(ABORT, 'record.duplicate')
    WHEN EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.actor_id AND role = 'cashier')
      THEN RAISE(ABORT, 'role.cashierConflict')
    WHEN EXISTS (SELECT 1 FROM reconciliation_match m JOIN reconciliation r ON r.bank_account_id = m.bank_account_id
      WHERE m.id = NEW.match_id AND r.month >= substr(m.last_on, 1, 7)
        AND NOT EXISTS (SELECT 1 FROM reconciliation_reopening WHERE reconciliation_id = r.id))
      THEN RAISE(ABORT, 'reconciliation.sealed')
  END;
END;
CREATE TRIGGER reconciliation_undo_applied AFTER INSERT ON reconciliation_undo
BEGIN
  INSERT INTO statement_outcome (statement_line_id, outcome, reason, actor_id, at)
  SELECT statement_line_id, 'open', NEW.reason, NEW.actor_id, NEW.at FROM statement_outcome
  WHERE match_id = NEW.match_id ORDER BY id;
END;

CREATE TRIGGER reconciliation_checked BEFORE INSERT ON reconciliation
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM reconciliation WHERE id = NEW.id
        OR (bank_account_id = NEW.bank_account_id AND month = NEW.month AND version = NEW.version))
      THEN RAISE(ABORT, 'record.duplicate')
    WHEN EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.reconciler_id AND role = 'cashier')
      THEN RAISE(ABORT, 'role.cashierConflict')
    -- One standing table a month, its versions without gaps.
    WHEN NEW.version <> coalesce((SELECT max(version) FROM reconciliation
        WHERE bank_account_id = NEW.bank_account_id AND month = NEW.month), 0) + 1
      OR EXISTS (SELECT 1 FROM reconciliation r WHERE r.bank_account_id = NEW.bank_account_id AND r.month = NEW.month
        AND NOT EXISTS (SELECT 1 FROM reconciliation_reopening WHERE reconciliation_id = r.id))
      THEN RAISE(ABORT, 'reconciliation.sealed')
  END;
END;
CREATE TRIGGER reconciliation_check_second BEFORE INSERT ON reconciliation_check
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM reconciliation_check WHERE reconciliation_id = NEW.reconciliation_id)
      THEN RAISE(ABORT, 'record.duplicate')
    WHEN EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.checker_id AND role = 'cashier')
      THEN RAISE(ABORT, 'role.cashierConflict')
    WHEN EXISTS (SELECT 1 FROM reconciliation WHERE id = NEW.reconciliation_id AND reconciler_id = NEW.checker_id)
      THEN RAISE(ABORT, 'reconciliation.samePerson')
    WHEN EXISTS (SELECT 1 FROM reconciliation_reopening WHERE reconciliation_id = NEW.reconciliation_id)
      THEN RAISE(ABORT, 'reconciliation.reopened')
  END;
END;
CREATE TRIGGER reconciliation_reopening_unique BEFORE INSERT ON reconciliation_reopening
WHEN EXISTS (SELECT 1 FROM reconciliation_reopening WHERE reconciliation_id = NEW.reconciliation_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER reconciliation_reopening_cashier BEFORE INSERT ON reconciliation_reopening
WHEN EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.actor_id AND role = 'cashier')
BEGIN SELECT RAISE(ABORT, 'role.cashierConflict'); END;
CREATE TRIGGER bank_confirmation_unique BEFORE INSERT ON bank_confirmation
WHEN EXISTS (SELECT 1 FROM bank_confirmation WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- A month may close over lines nobody has settled, but not without saying why.
CREATE TRIGGER period_close_open_items BEFORE INSERT ON period_event
WHEN NEW.kind = 'close' AND NEW.reason = '' AND EXISTS (
  SELECT 1 FROM bank_account k JOIN statement_line l INDEXED BY statement_line_by_account ON l.bank_account_id = k.id
  WHERE k.book_id = NEW.book_id AND l.date <= NEW.month || '-31'
    AND coalesce((SELECT o.outcome FROM statement_outcome o WHERE o.statement_line_id = l.id ORDER BY o.id DESC LIMIT 1), 'open')
      = 'open')
BEGIN SELECT RAISE(ABORT, 'period.openItems'); END;

CREATE TRIGGER reconciliation_match_kept BEFORE UPDATE ON reconciliation_match
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_match_kept_delete BEFORE DELETE ON reconciliation_match
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_entry_kept BEFORE UPDATE ON reconciliation_entry
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_entry_kept_delete BEFORE DELETE ON reconciliation_entry
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_undo_kept BEFORE UPDATE ON reconciliation_undo
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_undo_kept_delete BEFORE DELETE ON reconciliation_undo
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_kept BEFORE UPDATE ON reconciliation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_kept_delete BEFORE DELETE ON reconciliation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_check_kept BEFORE UPDATE ON reconciliation_check
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_check_kept_delete BEFORE DELETE ON reconciliation_check
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_reopening_kept BEFORE UPDATE ON reconciliation_reopening
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER reconciliation_reopening_kept_delete BEFORE DELETE ON reconciliation_reopening
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER bank_confirmation_kept BEFORE UPDATE ON bank_confirmation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER bank_confirmation_kept_delete BEFORE DELETE ON bank_confirmation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
