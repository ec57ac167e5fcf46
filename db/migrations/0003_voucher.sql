-- Books, accounts, bank accounts, periods and vouchers: design invariants 1–8 and 11 in SQL.

CREATE TABLE book (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name      TEXT NOT NULL CHECK (name <> ''),
  -- One book, one kind of fund (invariant 4).
  fund_kind TEXT NOT NULL CHECK (fund_kind IN ('maintenance', 'publicIncome', 'dailyMaintenance')),
  opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on))
) STRICT;

CREATE TRIGGER book_fund_kind BEFORE UPDATE OF fund_kind ON book WHEN NEW.fund_kind <> OLD.fund_kind
BEGIN SELECT RAISE(ABORT, 'book.fundKind'); END;
CREATE TRIGGER book_kept BEFORE DELETE ON book
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  book_id       INTEGER NOT NULL REFERENCES book (id),
  code          TEXT NOT NULL CHECK (code <> ''),
  name          TEXT NOT NULL CHECK (name <> ''),
  pinyin        TEXT NOT NULL DEFAULT '',
  class         TEXT NOT NULL CHECK (class IN ('asset', 'liability', 'netAssets', 'income', 'expenditure')),
  parent_id     INTEGER,
  -- 1: lines may be written here; 0: a heading with sub-accounts.
  is_leaf       INTEGER NOT NULL CHECK (is_leaf IN (0, 1)),
  -- First-level codes of the prescribed chart are locked (财会〔2024〕12号 art. 20(2)).
  is_prescribed INTEGER NOT NULL CHECK (is_prescribed IN (0, 1)),
  needs_bank    INTEGER NOT NULL DEFAULT 0 CHECK (needs_bank IN (0, 1)),
  -- Money that leaves for, or comes from, another book: only inside a linked pair (invariant 4).
  needs_pair    INTEGER NOT NULL DEFAULT 0 CHECK (needs_pair IN (0, 1)),
  state         TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left')),
  UNIQUE (book_id, code),
  UNIQUE (id, book_id),
  FOREIGN KEY (parent_id, book_id) REFERENCES account (id, book_id)
) STRICT;

CREATE TRIGGER account_fixed BEFORE UPDATE OF book_id, code, class, is_prescribed, needs_bank, needs_pair ON account
BEGIN SELECT RAISE(ABORT, 'account.fixed'); END;
CREATE TRIGGER account_kept BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- A sub-account cannot escape what its heading demands.
CREATE TRIGGER account_inherits BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account p WHERE p.id = NEW.parent_id
  AND (p.class <> NEW.class OR p.needs_bank > NEW.needs_bank OR p.needs_pair > NEW.needs_pair))
BEGIN SELECT RAISE(ABORT, 'account.fixed'); END;

CREATE TABLE bank_account (
  id          INTEGER PRIMARY KEY,
  book_id     INTEGER NOT NULL REFERENCES book (id),
  -- The 专户 of one complex, or NULL for an account that several complexes share.
  complex_id  INTEGER REFERENCES complex (id),
  bank_name   TEXT NOT NULL CHECK (bank_name <> ''),
  branch      TEXT NOT NULL DEFAULT '',
  number      TEXT NOT NULL UNIQUE CHECK (number <> ''),
  holder_name TEXT NOT NULL CHECK (holder_name <> ''),
  is_dedicated INTEGER NOT NULL CHECK (is_dedicated IN (0, 1)),
  opened_on   TEXT NOT NULL CHECK (opened_on IS date(opened_on)),
  state       TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left')),
  UNIQUE (id, book_id)
) STRICT;

CREATE TRIGGER bank_account_book BEFORE UPDATE OF book_id, number ON bank_account
BEGIN SELECT RAISE(ABORT, 'bankAccount.fixed'); END;

CREATE TABLE period (
  book_id INTEGER NOT NULL REFERENCES book (id),
  month   TEXT NOT NULL CHECK (month || '-01' IS date(month || '-01')),
  state   TEXT NOT NULL CHECK (state IN ('open', 'closed', 'archived')),
  PRIMARY KEY (book_id, month)
) STRICT, WITHOUT ROWID;

-- Every period begins open, and none opens behind a closed one.
CREATE TRIGGER period_begins BEFORE INSERT ON period WHEN NEW.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'period.transition'); END;
CREATE TRIGGER period_begins_order BEFORE INSERT ON period
WHEN EXISTS (SELECT 1 FROM period WHERE book_id = NEW.book_id AND month > NEW.month AND state <> 'open')
BEGIN SELECT RAISE(ABORT, 'period.laterClosed'); END;

CREATE TABLE period_event (
  id            INTEGER PRIMARY KEY,
  book_id       INTEGER NOT NULL,
  month         TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('open', 'close', 'reopen', 'archive')),
  reason        TEXT NOT NULL DEFAULT '',
  actor_id      INTEGER NOT NULL REFERENCES user (id),
  second_person INTEGER REFERENCES user (id),
  at            TEXT NOT NULL,
  -- Re-opening takes a second person and a reason (invariant 8).
  CHECK (kind <> 'reopen' OR (second_person IS NOT NULL AND second_person <> actor_id AND reason <> '')),
  FOREIGN KEY (book_id, month) REFERENCES period (book_id, month)
) STRICT;
CREATE INDEX period_event_by_period ON period_event (book_id, month, id);

CREATE TRIGGER period_event_kept BEFORE UPDATE ON period_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER period_event_kept_delete BEFORE DELETE ON period_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- 财会〔2024〕12号 art. 24: closing is refused while anything of the period is unposted; months close in order.
CREATE TRIGGER period_close_unposted BEFORE INSERT ON period_event
WHEN NEW.kind = 'close' AND EXISTS (SELECT 1 FROM voucher_draft
  WHERE book_id = NEW.book_id AND date >= NEW.month || '-01' AND date <= NEW.month || '-31' AND state IN ('draft', 'reviewed'))
BEGIN SELECT RAISE(ABORT, 'period.unposted'); END;
CREATE TRIGGER period_close_order BEFORE INSERT ON period_event
WHEN NEW.kind = 'close' AND EXISTS (SELECT 1 FROM period
  WHERE book_id = NEW.book_id AND month < NEW.month AND state = 'open')
BEGIN SELECT RAISE(ABORT, 'period.earlierOpen'); END;
CREATE TRIGGER period_reopen_order BEFORE INSERT ON period_event
WHEN NEW.kind = 'reopen' AND EXISTS (SELECT 1 FROM period
  WHERE book_id = NEW.book_id AND month > NEW.month AND state <> 'open')
BEGIN SELECT RAISE(ABORT, 'period.laterClosed'); END;
-- A year is archived whole, and nothing of it re-opens afterwards (invariant 8).
CREATE TRIGGER period_archive_year BEFORE INSERT ON period_event
WHEN NEW.kind = 'archive' AND EXISTS (SELECT 1 FROM period
  WHERE book_id = NEW.book_id AND month BETWEEN substr(NEW.month, 1, 4) || '-01' AND substr(NEW.month, 1, 4) || '-12'
    AND state = 'open')
BEGIN SELECT RAISE(ABORT, 'period.earlierOpen'); END;
CREATE TRIGGER period_archived_year BEFORE INSERT ON period_event
WHEN NEW.kind = 'reopen' AND EXISTS (SELECT 1 FROM period
  WHERE book_id = NEW.book_id AND month BETWEEN substr(NEW.month, 1, 4) || '-01' AND substr(NEW.month, 1, 4) || '-12'
    AND state = 'archived')
BEGIN SELECT RAISE(ABORT, 'period.transition'); END;
-- A cashier may not keep the archives (会计法 art. 35; invariant 7).
CREATE TRIGGER period_archive_cashier BEFORE INSERT ON period_event
WHEN NEW.kind = 'archive' AND EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.actor_id AND role = 'cashier')
BEGIN SELECT RAISE(ABORT, 'role.cashierConflict'); END;
CREATE TRIGGER period_transition BEFORE INSERT ON period_event
WHEN NOT EXISTS (SELECT 1 FROM period WHERE book_id = NEW.book_id AND month = NEW.month AND (
     (NEW.kind = 'open' AND state = 'open') OR (NEW.kind = 'close' AND state = 'open')
  OR (NEW.kind = 'reopen' AND state = 'closed') OR (NEW.kind = 'archive' AND state = 'closed')))
BEGIN SELECT RAISE(ABORT, 'period.transition'); END;
CREATE TRIGGER period_event_applied AFTER INSERT ON period_event WHEN NEW.kind <> 'open'
BEGIN
  UPDATE period SET state = CASE NEW.kind WHEN 'close' THEN 'closed' WHEN 'reopen' THEN 'open' ELSE 'archived' END
  WHERE book_id = NEW.book_id AND month = NEW.month;
END;
-- The state changes only as the consequence of the latest event.
CREATE TRIGGER period_state BEFORE UPDATE ON period
WHEN NEW.book_id <> OLD.book_id OR NEW.month <> OLD.month OR OLD.state = 'archived'
  OR NEW.state IS NOT (SELECT CASE kind WHEN 'close' THEN 'closed' WHEN 'archive' THEN 'archived' ELSE 'open' END
       FROM period_event WHERE book_id = OLD.book_id AND month = OLD.month ORDER BY id DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'period.transition'); END;
CREATE TRIGGER period_kept BEFORE DELETE ON period
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Working papers: free to edit until reviewed, gone from reports until posted.
CREATE TABLE voucher_draft (
  id                  INTEGER PRIMARY KEY,
  book_id             INTEGER NOT NULL REFERENCES book (id),
  kind                TEXT NOT NULL CHECK (kind IN ('receipt', 'payment', 'transfer', 'general')),
  date                TEXT NOT NULL CHECK (date IS date(date)),
  business_date       TEXT CHECK (business_date IS date(business_date)),
  bank_date           TEXT CHECK (bank_date IS date(bank_date)),
  purpose             TEXT NOT NULL CHECK (purpose IN ('ordinary', 'opening', 'closing', 'reversal', 'replacement',
                                                       'difference', 'priorYear')),
  corrects_voucher_id INTEGER REFERENCES voucher (id),
  reason              TEXT NOT NULL DEFAULT '',
  -- Which rule made it and from what, as JSON; '' when typed by hand (财会〔2024〕12号 art. 21(1)).
  rule                TEXT NOT NULL DEFAULT '' CHECK (rule = '' OR json_valid(rule)),
  decision_id         INTEGER REFERENCES decision (id),
  pair_id             INTEGER,
  statement_line_id   INTEGER UNIQUE REFERENCES statement_line (id),
  state               TEXT NOT NULL CHECK (state IN ('draft', 'reviewed', 'posted', 'void')),
  preparer_id         INTEGER NOT NULL REFERENCES user (id),
  reviewer_id         INTEGER REFERENCES user (id),
  void_reason         TEXT NOT NULL DEFAULT '',
  updated_at          TEXT NOT NULL,
  -- Preparer ≠ reviewer (invariant 7).
  CHECK (reviewer_id IS NULL OR reviewer_id <> preparer_id),
  CHECK (state NOT IN ('reviewed', 'posted') OR reviewer_id IS NOT NULL),
  CHECK (state <> 'void' OR void_reason <> ''),
  CHECK (purpose NOT IN ('reversal', 'replacement', 'difference', 'priorYear')
         OR (corrects_voucher_id IS NOT NULL AND reason <> ''))
) STRICT;
CREATE INDEX voucher_draft_by_state ON voucher_draft (book_id, state, date, id);
CREATE INDEX voucher_draft_by_pair ON voucher_draft (pair_id) WHERE pair_id IS NOT NULL;
CREATE INDEX voucher_draft_by_correction ON voucher_draft (corrects_voucher_id) WHERE corrects_voucher_id IS NOT NULL;

CREATE TABLE voucher_draft_line (
  draft_id        INTEGER NOT NULL REFERENCES voucher_draft (id),
  line_no         INTEGER NOT NULL CHECK (line_no > 0),
  summary         TEXT NOT NULL DEFAULT '',
  account_id      INTEGER REFERENCES account (id),
  complex_id      INTEGER REFERENCES complex (id),
  debit_fen       INTEGER NOT NULL DEFAULT 0,
  credit_fen      INTEGER NOT NULL DEFAULT 0,
  building_id     INTEGER REFERENCES building (id),
  counterparty_id INTEGER REFERENCES counterparty (id),
  bank_account_id INTEGER REFERENCES bank_account (id),
  contract_id     INTEGER REFERENCES contract (id),
  repair_id       INTEGER REFERENCES repair (id),
  certificate_id  INTEGER REFERENCES certificate (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (draft_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_draft_attachment (
  draft_id INTEGER NOT NULL REFERENCES voucher_draft (id),
  sha256   TEXT NOT NULL REFERENCES attachment (sha256),
  PRIMARY KEY (draft_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER voucher_draft_begins BEFORE INSERT ON voucher_draft WHEN NEW.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.state'); END;
CREATE TRIGGER voucher_draft_path BEFORE UPDATE OF state ON voucher_draft
WHEN (OLD.state || '>' || NEW.state) NOT IN ('draft>draft', 'draft>reviewed', 'draft>void', 'reviewed>draft',
                                             'reviewed>posted', 'reviewed>void')
BEGIN SELECT RAISE(ABORT, 'voucher.state'); END;
-- Posted means that its voucher exists; otherwise a draft could vanish from the list that keeps a month from closing.
CREATE TRIGGER voucher_draft_posted BEFORE UPDATE OF state ON voucher_draft
WHEN NEW.state = 'posted' AND NOT EXISTS (SELECT 1 FROM voucher WHERE draft_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'voucher.state'); END;
-- What was reviewed is what is posted: sent back first, changed then.
CREATE TRIGGER voucher_draft_reviewed BEFORE UPDATE ON voucher_draft
WHEN OLD.state = 'reviewed' AND NEW.state IN ('reviewed', 'posted')
  AND (NEW.book_id, NEW.kind, NEW.date, NEW.business_date, NEW.bank_date, NEW.purpose, NEW.corrects_voucher_id, NEW.reason,
       NEW.rule, NEW.decision_id, NEW.pair_id, NEW.statement_line_id, NEW.preparer_id, NEW.reviewer_id)
   IS NOT (OLD.book_id, OLD.kind, OLD.date, OLD.business_date, OLD.bank_date, OLD.purpose, OLD.corrects_voucher_id, OLD.reason,
       OLD.rule, OLD.decision_id, OLD.pair_id, OLD.statement_line_id, OLD.preparer_id, OLD.reviewer_id)
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_frozen BEFORE UPDATE ON voucher_draft WHEN OLD.state IN ('posted', 'void')
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;
CREATE TRIGGER voucher_draft_kept BEFORE DELETE ON voucher_draft
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER voucher_draft_line_frozen_insert BEFORE INSERT ON voucher_draft_line
WHEN (SELECT state FROM voucher_draft WHERE id = NEW.draft_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_line_frozen_update BEFORE UPDATE ON voucher_draft_line
WHEN EXISTS (SELECT 1 FROM voucher_draft WHERE id IN (OLD.draft_id, NEW.draft_id) AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_line_frozen_delete BEFORE DELETE ON voucher_draft_line
WHEN (SELECT state FROM voucher_draft WHERE id = OLD.draft_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_attachment_frozen_insert BEFORE INSERT ON voucher_draft_attachment
WHEN (SELECT state FROM voucher_draft WHERE id = NEW.draft_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_attachment_frozen_update BEFORE UPDATE ON voucher_draft_attachment
WHEN EXISTS (SELECT 1 FROM voucher_draft WHERE id IN (OLD.draft_id, NEW.draft_id) AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;
CREATE TRIGGER voucher_draft_attachment_frozen_delete BEFORE DELETE ON voucher_draft_attachment
WHEN (SELECT state FROM voucher_draft WHERE id = OLD.draft_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'voucher.reviewed'); END;

-- Posted vouchers (凭证). Lines go in first; inserting the head seals them: it checks the whole and nothing can be added,
-- changed or removed afterwards. A line without its head cannot be committed (deferred foreign key).
CREATE TABLE voucher (
  id                  INTEGER PRIMARY KEY,
  book_id             INTEGER NOT NULL REFERENCES book (id),
  month               TEXT NOT NULL,
  kind                TEXT NOT NULL CHECK (kind IN ('receipt', 'payment', 'transfer', 'general')),
  number              INTEGER NOT NULL CHECK (number > 0),
  date                TEXT NOT NULL CHECK (date IS date(date) AND substr(date, 1, 7) = month),
  business_date       TEXT NOT NULL CHECK (business_date IS date(business_date)),
  bank_date           TEXT CHECK (bank_date IS date(bank_date)),
  summary             TEXT NOT NULL,
  amount_fen          INTEGER NOT NULL,
  purpose             TEXT NOT NULL CHECK (purpose IN ('ordinary', 'opening', 'closing', 'reversal', 'replacement',
                                                       'difference', 'priorYear')),
  corrects_voucher_id INTEGER REFERENCES voucher (id),
  reason              TEXT NOT NULL DEFAULT '',
  rule                TEXT NOT NULL DEFAULT '' CHECK (rule = '' OR json_valid(rule)),
  decision_id         INTEGER REFERENCES decision (id),
  pair_id             INTEGER REFERENCES fund_transfer (id) DEFERRABLE INITIALLY DEFERRED,
  attachment_count    INTEGER NOT NULL CHECK (attachment_count >= 0),
  draft_id            INTEGER UNIQUE REFERENCES voucher_draft (id),
  preparer_id         INTEGER NOT NULL REFERENCES user (id),
  reviewer_id         INTEGER NOT NULL REFERENCES user (id),
  bookkeeper_id       INTEGER NOT NULL REFERENCES user (id),
  posted_at           TEXT NOT NULL,
  chain_no            INTEGER NOT NULL,
  prev_hash           TEXT NOT NULL,
  hash                TEXT NOT NULL CHECK (length(hash) = 64),
  UNIQUE (book_id, month, kind, number),
  UNIQUE (book_id, chain_no),
  CHECK (preparer_id <> reviewer_id),
  CHECK (purpose NOT IN ('reversal', 'replacement', 'difference', 'priorYear')
         OR (corrects_voucher_id IS NOT NULL AND reason <> '')),
  FOREIGN KEY (book_id, month) REFERENCES period (book_id, month)
) STRICT;
CREATE INDEX voucher_by_date ON voucher (book_id, date, id);
CREATE INDEX voucher_by_pair ON voucher (pair_id) WHERE pair_id IS NOT NULL;
CREATE INDEX voucher_by_correction ON voucher (corrects_voucher_id) WHERE corrects_voucher_id IS NOT NULL;

CREATE TABLE voucher_line (
  voucher_id      INTEGER NOT NULL REFERENCES voucher (id) DEFERRABLE INITIALLY DEFERRED,
  line_no         INTEGER NOT NULL CHECK (line_no > 0),
  book_id         INTEGER NOT NULL,
  date            TEXT NOT NULL,
  summary         TEXT NOT NULL,
  account_id      INTEGER NOT NULL,
  complex_id      INTEGER NOT NULL REFERENCES complex (id),
  -- Exactly one side is used; red figures (红字) are negative on the original's side.
  debit_fen       INTEGER NOT NULL,
  credit_fen      INTEGER NOT NULL,
  -- 1 on lines of closing vouchers, so that reports of activity leave them out without a join.
  closing         INTEGER NOT NULL CHECK (closing IN (0, 1)),
  building_id     INTEGER,
  counterparty_id INTEGER REFERENCES counterparty (id),
  bank_account_id INTEGER,
  contract_id     INTEGER REFERENCES contract (id),
  repair_id       INTEGER REFERENCES repair (id),
  certificate_id  INTEGER REFERENCES certificate (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (voucher_id, line_no),
  CHECK ((debit_fen = 0) <> (credit_fen = 0)),
  FOREIGN KEY (account_id, book_id) REFERENCES account (id, book_id),
  FOREIGN KEY (bank_account_id, book_id) REFERENCES bank_account (id, book_id),
  FOREIGN KEY (building_id, complex_id) REFERENCES building (id, complex_id)
) STRICT, WITHOUT ROWID;
-- One covering index per access path; balances are always sums over one of these (design §4).
CREATE INDEX voucher_line_by_complex ON voucher_line (book_id, complex_id, account_id, date, debit_fen, credit_fen, closing);
CREATE INDEX voucher_line_by_account ON voucher_line (book_id, account_id, date, voucher_id, line_no, complex_id, debit_fen,
                                                      credit_fen, closing);
CREATE INDEX voucher_line_by_bank ON voucher_line (bank_account_id, account_id, date, debit_fen, credit_fen, complex_id)
  WHERE bank_account_id IS NOT NULL;
CREATE INDEX voucher_line_by_contract ON voucher_line (contract_id, date, debit_fen, credit_fen) WHERE contract_id IS NOT NULL;
CREATE INDEX voucher_line_by_repair ON voucher_line (repair_id, date) WHERE repair_id IS NOT NULL;
CREATE INDEX voucher_line_by_certificate ON voucher_line (certificate_id, date) WHERE certificate_id IS NOT NULL;

CREATE TABLE voucher_attachment (
  voucher_id INTEGER NOT NULL REFERENCES voucher (id) DEFERRABLE INITIALLY DEFERRED,
  sha256     TEXT NOT NULL REFERENCES attachment (sha256),
  PRIMARY KEY (voucher_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_attachment_by_file ON voucher_attachment (sha256);

-- One trigger per table for what is checked at every insert: each trigger costs a program of its own, and posting pays for
-- all of them at every line.
CREATE TRIGGER voucher_line_checked BEFORE INSERT ON voucher_line
BEGIN
  SELECT CASE
    -- INSERT OR REPLACE is no way round (see 0001).
    WHEN EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.voucher_id AND line_no = NEW.line_no)
      THEN RAISE(ABORT, 'record.duplicate')
    -- Money in the 专户 of one complex is not another's.
    WHEN EXISTS (SELECT 1 FROM bank_account WHERE id = NEW.bank_account_id AND complex_id <> NEW.complex_id)
      THEN RAISE(ABORT, 'voucher.crossComplex')
    WHEN EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id
      AND (is_leaf = 0 OR (needs_bank = 1) <> (NEW.bank_account_id IS NOT NULL)))
      THEN RAISE(ABORT, 'voucher.account')
    -- Nothing joins a voucher that its head has sealed.
    WHEN EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id)
      THEN RAISE(ABORT, 'voucher.posted')
  END;
END;
CREATE TRIGGER voucher_attachment_sealed BEFORE INSERT ON voucher_attachment
WHEN EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id)
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;

-- The head seals the voucher: the whole of it is checked here, its lines read once.
CREATE TRIGGER voucher_checked BEFORE INSERT ON voucher
BEGIN
  SELECT CASE
    -- INSERT OR REPLACE is no way round (see 0001).
    WHEN EXISTS (SELECT 1 FROM voucher WHERE id = NEW.id OR draft_id = NEW.draft_id)
      THEN RAISE(ABORT, 'record.duplicate')
    -- An amount is corrected once: a second reversal of the same voucher would double the correction.
    WHEN NEW.purpose = 'reversal' AND EXISTS (
      SELECT 1 FROM voucher WHERE corrects_voucher_id = NEW.corrects_voucher_id AND purpose = 'reversal')
      THEN RAISE(ABORT, 'voucher.reversed')
    -- A reversal cancels its original on both sides of every account, complex, payee and job.
    WHEN NEW.purpose = 'reversal' AND EXISTS (
      SELECT 1 FROM voucher_line WHERE voucher_id IN (NEW.id, NEW.corrects_voucher_id)
      GROUP BY account_id, complex_id, bank_account_id, counterparty_id, repair_id
      HAVING sum(debit_fen) <> 0 OR sum(credit_fen) <> 0)
      THEN RAISE(ABORT, 'voucher.corrects')
    -- A correction stays in its book and follows what it corrects.
    WHEN NEW.corrects_voucher_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM voucher WHERE id = NEW.corrects_voucher_id AND book_id = NEW.book_id AND date <= NEW.date)
      THEN RAISE(ABORT, 'voucher.corrects')
    -- A pair is complete when its transfer is written: no third voucher rides on it.
    WHEN NEW.pair_id IS NOT NULL AND EXISTS (SELECT 1 FROM fund_transfer WHERE id = NEW.pair_id)
      THEN RAISE(ABORT, 'voucher.pair')
    -- Money moves between books only as a linked pair with a decision attached (invariant 4).
    WHEN (NEW.pair_id IS NULL OR NEW.decision_id IS NULL) AND l.between_books > 0
      THEN RAISE(ABORT, 'voucher.pair')
    WHEN NOT EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.reviewer_id AND role = 'reviewer')
      OR NOT EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.bookkeeper_id AND role = 'bookkeeper')
      THEN RAISE(ABORT, 'voucher.role')
    WHEN NEW.chain_no <> coalesce((SELECT max(chain_no) FROM voucher WHERE book_id = NEW.book_id), 0) + 1
      OR NEW.prev_hash <> coalesce((SELECT hash FROM voucher WHERE book_id = NEW.book_id AND chain_no = NEW.chain_no - 1), '')
      THEN RAISE(ABORT, 'voucher.chain')
    WHEN NEW.number <> coalesce((SELECT max(number) FROM voucher
      WHERE book_id = NEW.book_id AND month = NEW.month AND kind = NEW.kind), 0) + 1
      THEN RAISE(ABORT, 'voucher.number')
    WHEN (SELECT state FROM period WHERE book_id = NEW.book_id AND month = NEW.month) IS NOT 'open'
      THEN RAISE(ABORT, 'period.closed')
    -- What is posted is what was reviewed, to the line.
    WHEN NEW.draft_id IS NOT NULL AND (l.as_reviewed <> l.lines
      OR (SELECT count(*) FROM voucher_draft_line WHERE draft_id = NEW.draft_id) <> l.lines
      OR NOT EXISTS (SELECT 1 FROM voucher_draft WHERE id = NEW.draft_id AND state = 'reviewed' AND book_id = NEW.book_id
        AND kind = NEW.kind AND date = NEW.date AND purpose = NEW.purpose AND preparer_id = NEW.preparer_id
        AND reviewer_id = NEW.reviewer_id AND corrects_voucher_id IS NEW.corrects_voucher_id
        AND decision_id IS NEW.decision_id AND pair_id IS NEW.pair_id))
      THEN RAISE(ABORT, 'voucher.draft')
    -- Lines of a closing voucher, and of the reversal that takes it back, are marked; they never touch a bank account.
    WHEN l.closing_at_bank > 0 OR l.closing <> l.lines * (NEW.purpose = 'closing' OR (NEW.purpose = 'reversal'
        AND coalesce((SELECT purpose = 'closing' FROM voucher WHERE id = NEW.corrects_voucher_id), 0)))
      THEN RAISE(ABORT, 'voucher.closing')
    WHEN l.lines < 2 OR l.debit_fen <> l.credit_fen OR l.debit_fen <> NEW.amount_fen OR l.strange > 0
      THEN RAISE(ABORT, 'voucher.unbalanced')
  END
  -- LEFT JOINs: a line whose account is not there counts all the same.
  FROM (SELECT count(*) AS lines, sum(v.debit_fen) AS debit_fen, sum(v.credit_fen) AS credit_fen,
          sum(v.book_id <> NEW.book_id OR v.date <> NEW.date) AS strange, sum(v.closing) AS closing,
          sum(v.closing = 1 AND v.bank_account_id IS NOT NULL) AS closing_at_bank,
          sum(v.closing = 0 AND a.needs_pair = 1) AS between_books,
          sum((d.account_id, d.complex_id, d.debit_fen, d.credit_fen, d.bank_account_id)
            IS (v.account_id, v.complex_id, v.debit_fen, v.credit_fen, v.bank_account_id)) AS as_reviewed
        FROM voucher_line v LEFT JOIN account a ON a.id = v.account_id
          LEFT JOIN voucher_draft_line d ON d.draft_id = NEW.draft_id AND d.line_no = v.line_no
        WHERE v.voucher_id = NEW.id) l;
END;

CREATE TRIGGER voucher_kept BEFORE UPDATE ON voucher
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;
CREATE TRIGGER voucher_kept_delete BEFORE DELETE ON voucher
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;
CREATE TRIGGER voucher_line_kept BEFORE UPDATE ON voucher_line
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;
CREATE TRIGGER voucher_line_kept_delete BEFORE DELETE ON voucher_line
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;
CREATE TRIGGER voucher_attachment_kept BEFORE UPDATE ON voucher_attachment
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;
CREATE TRIGGER voucher_attachment_kept_delete BEFORE DELETE ON voucher_attachment
BEGIN SELECT RAISE(ABORT, 'voucher.posted'); END;

-- The linked pair: money out of one book, into another, same complex, same amount, one decision.
CREATE TABLE fund_transfer (
  id             INTEGER PRIMARY KEY,
  complex_id     INTEGER NOT NULL REFERENCES complex (id),
  -- Negative when a transfer is taken back by a pair of reversals.
  amount_fen     INTEGER NOT NULL CHECK (amount_fen <> 0),
  out_voucher_id INTEGER NOT NULL UNIQUE REFERENCES voucher (id),
  in_voucher_id  INTEGER NOT NULL UNIQUE REFERENCES voucher (id),
  decision_id    INTEGER NOT NULL REFERENCES decision (id),
  at             TEXT NOT NULL
) STRICT;

CREATE TRIGGER fund_transfer_pair BEFORE INSERT ON fund_transfer
WHEN (SELECT count(*) FROM voucher WHERE pair_id = NEW.id) <> 2
  OR NOT EXISTS (SELECT 1 FROM decision WHERE id = NEW.decision_id AND complex_id = NEW.complex_id)
  OR EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id IN (NEW.out_voucher_id, NEW.in_voucher_id)
               AND complex_id <> NEW.complex_id)
  OR NOT EXISTS (
  SELECT 1 FROM voucher o JOIN voucher i ON i.id = NEW.in_voucher_id
  WHERE o.id = NEW.out_voucher_id AND o.pair_id = NEW.id AND i.pair_id = NEW.id AND o.book_id <> i.book_id
    AND o.decision_id = NEW.decision_id AND i.decision_id = NEW.decision_id
    AND o.amount_fen = NEW.amount_fen AND i.amount_fen = NEW.amount_fen)
BEGIN SELECT RAISE(ABORT, 'voucher.pair'); END;
CREATE TRIGGER fund_transfer_kept BEFORE UPDATE ON fund_transfer
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER fund_transfer_kept_delete BEFORE DELETE ON fund_transfer
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER book_unique BEFORE INSERT ON book
WHEN EXISTS (SELECT 1 FROM book WHERE id = NEW.id OR code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER account_unique BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account WHERE id = NEW.id OR (book_id = NEW.book_id AND code = NEW.code))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER bank_account_unique BEFORE INSERT ON bank_account
WHEN EXISTS (SELECT 1 FROM bank_account WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER period_unique BEFORE INSERT ON period
WHEN EXISTS (SELECT 1 FROM period WHERE book_id = NEW.book_id AND month = NEW.month)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER period_event_unique BEFORE INSERT ON period_event
WHEN EXISTS (SELECT 1 FROM period_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER voucher_draft_unique BEFORE INSERT ON voucher_draft
WHEN EXISTS (SELECT 1 FROM voucher_draft WHERE id = NEW.id OR statement_line_id = NEW.statement_line_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER fund_transfer_unique BEFORE INSERT ON fund_transfer
WHEN EXISTS (SELECT 1 FROM fund_transfer
  WHERE id = NEW.id OR out_voucher_id = NEW.out_voucher_id OR in_voucher_id = NEW.in_voucher_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
