-- Bank statements as the bank gave them (对账单), and what became of every line (invariant 13).

CREATE TABLE statement_batch (
  id              INTEGER PRIMARY KEY,
  bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
  -- The original file, kept by hash.
  sha256          TEXT NOT NULL REFERENCES attachment (sha256),
  format          TEXT NOT NULL,
  layout          TEXT NOT NULL,
  encoding        TEXT NOT NULL,
  period_from     TEXT CHECK (period_from IS date(period_from)),
  period_to       TEXT CHECK (period_to IS date(period_to)),
  opening_fen     INTEGER,
  closing_fen     INTEGER,
  line_count      INTEGER NOT NULL CHECK (line_count > 0),
  in_count        INTEGER NOT NULL CHECK (in_count >= 0),
  in_fen          INTEGER NOT NULL CHECK (in_fen >= 0),
  out_count       INTEGER NOT NULL CHECK (out_count >= 0),
  out_fen         INTEGER NOT NULL CHECK (out_fen >= 0),
  imported_by     INTEGER NOT NULL REFERENCES user (id),
  imported_at     TEXT NOT NULL,
  UNIQUE (id, bank_account_id)
) STRICT;
CREATE INDEX statement_batch_by_account ON statement_batch (bank_account_id, id);
CREATE INDEX statement_batch_by_file ON statement_batch (sha256);

CREATE TABLE statement_line (
  id              INTEGER PRIMARY KEY,
  batch_id        INTEGER NOT NULL,
  bank_account_id INTEGER NOT NULL,
  -- Line of the file, as the clerk sees it in her spreadsheet.
  file_line       INTEGER NOT NULL,
  date            TEXT NOT NULL CHECK (date IS date(date)),
  time            TEXT,
  -- Our money: + in, − out (贷 on a bank statement is money in).
  amount_fen      INTEGER NOT NULL,
  balance_fen     INTEGER,
  party           TEXT NOT NULL,
  party_account   TEXT NOT NULL,
  memo            TEXT NOT NULL,
  serial          TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('interest', 'fee', 'reversal', 'other')),
  -- Identical rows can be legal: the key counts occurrences within the statement.
  dedupe_key      TEXT NOT NULL,
  UNIQUE (bank_account_id, dedupe_key),
  FOREIGN KEY (batch_id, bank_account_id) REFERENCES statement_batch (id, bank_account_id)
) STRICT;
CREATE INDEX statement_line_by_account ON statement_line (bank_account_id, date, id);
CREATE INDEX statement_line_by_batch ON statement_line (batch_id, id);

CREATE TABLE statement_outcome (
  id                INTEGER PRIMARY KEY,
  statement_line_id INTEGER NOT NULL REFERENCES statement_line (id),
  -- open: a match or skip taken back, with its reason.
  outcome           TEXT NOT NULL CHECK (outcome IN ('posted', 'matched', 'skipped', 'open')),
  voucher_id        INTEGER REFERENCES voucher (id),
  reason            TEXT NOT NULL DEFAULT '',
  actor_id          INTEGER NOT NULL REFERENCES user (id),
  at                TEXT NOT NULL,
  CHECK ((outcome IN ('posted', 'matched')) = (voucher_id IS NOT NULL)),
  CHECK (outcome NOT IN ('skipped', 'open') OR reason <> '')
) STRICT;
CREATE INDEX statement_outcome_by_line ON statement_outcome (statement_line_id, id, outcome, voucher_id);
CREATE INDEX statement_outcome_by_voucher ON statement_outcome (voucher_id) WHERE voucher_id IS NOT NULL;

CREATE TRIGGER statement_outcome_kept BEFORE UPDATE ON statement_outcome
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_outcome_kept_delete BEFORE DELETE ON statement_outcome
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
-- A line has one outcome at a time: the next one needs the last taken back.
CREATE TRIGGER statement_outcome_settled BEFORE INSERT ON statement_outcome
WHEN (NEW.outcome = 'open') = (coalesce((SELECT outcome FROM statement_outcome
  WHERE statement_line_id = NEW.statement_line_id ORDER BY id DESC LIMIT 1), 'open') = 'open')
BEGIN SELECT RAISE(ABORT, 'statement.settled'); END;
CREATE TRIGGER statement_outcome_account BEFORE INSERT ON statement_outcome
WHEN NEW.voucher_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM statement_line s JOIN voucher_line v ON v.bank_account_id = s.bank_account_id
  WHERE s.id = NEW.statement_line_id AND v.voucher_id = NEW.voucher_id)
BEGIN SELECT RAISE(ABORT, 'statement.account'); END;
-- A cashier may not reconcile (invariant 7, 会计法 art. 35).
CREATE TRIGGER statement_outcome_cashier BEFORE INSERT ON statement_outcome
WHEN EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.actor_id AND role = 'cashier')
BEGIN SELECT RAISE(ABORT, 'role.cashierConflict'); END;

-- A batch may be taken back while none of its lines is reconciled; the batch row and the file stay as history.
CREATE TABLE statement_rollback (
  batch_id INTEGER PRIMARY KEY REFERENCES statement_batch (id),
  reason   TEXT NOT NULL CHECK (reason <> ''),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;

CREATE TRIGGER statement_outcome_rolled_back BEFORE INSERT ON statement_outcome
WHEN EXISTS (SELECT 1 FROM statement_line l JOIN statement_rollback r ON r.batch_id = l.batch_id
  WHERE l.id = NEW.statement_line_id)
BEGIN SELECT RAISE(ABORT, 'statement.rolledBack'); END;
CREATE TRIGGER statement_line_rolled_back BEFORE INSERT ON statement_line
WHEN EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'statement.rolledBack'); END;
CREATE TRIGGER statement_rollback_reconciled BEFORE INSERT ON statement_rollback
WHEN EXISTS (SELECT 1 FROM statement_line l JOIN statement_outcome o ON o.statement_line_id = l.id WHERE l.batch_id = NEW.batch_id)
  OR EXISTS (SELECT 1 FROM statement_line l JOIN voucher_draft d ON d.statement_line_id = l.id WHERE l.batch_id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'statement.reconciled'); END;
CREATE TRIGGER statement_batch_kept BEFORE UPDATE ON statement_batch
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_batch_kept_delete BEFORE DELETE ON statement_batch
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_line_kept BEFORE UPDATE ON statement_line
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_line_kept_delete BEFORE DELETE ON statement_line
WHEN NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = OLD.batch_id)
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_rollback_kept BEFORE UPDATE ON statement_rollback
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_rollback_kept_delete BEFORE DELETE ON statement_rollback
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER statement_batch_unique BEFORE INSERT ON statement_batch
WHEN EXISTS (SELECT 1 FROM statement_batch WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER statement_line_unique BEFORE INSERT ON statement_line
WHEN EXISTS (SELECT 1 FROM statement_line WHERE id = NEW.id OR (bank_account_id = NEW.bank_account_id AND dedupe_key = NEW.dedupe_key))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER statement_outcome_unique BEFORE INSERT ON statement_outcome
WHEN EXISTS (SELECT 1 FROM statement_outcome WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER statement_rollback_unique BEFORE INSERT ON statement_rollback
WHEN EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
