-- Bank statements as the bank gave them (对账单), and what became of every line (invariant 13).

CREATE TABLE statement_batch (
  id              INTEGER PRIMARY KEY,
  bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
  -- The original file, kept by hash. Counts and sums below are the file's own: lines + repeats add up to them.
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

-- Rows of a file that an earlier batch had brought in already: with the lines they add up to the file (invariant 13).
CREATE TABLE statement_repeat (
  batch_id          INTEGER NOT NULL REFERENCES statement_batch (id),
  file_line         INTEGER NOT NULL,
  statement_line_id INTEGER NOT NULL REFERENCES statement_line (id),
  PRIMARY KEY (batch_id, file_line)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_repeat_by_line ON statement_repeat (statement_line_id);

CREATE TABLE statement_outcome (
  id                INTEGER PRIMARY KEY,
  statement_line_id INTEGER NOT NULL REFERENCES statement_line (id),
  -- open: a match or skip taken back, with its reason.
  outcome           TEXT NOT NULL CHECK (outcome IN ('posted', 'matched', 'skipped', 'open')),
  -- With which lines of the book (0008); their voucher, where it is one alone.
  match_id          INTEGER REFERENCES reconciliation_match (id) DEFERRABLE INITIALLY DEFERRED,
  voucher_id        INTEGER REFERENCES voucher (id),
  reason            TEXT NOT NULL DEFAULT '',
  actor_id          INTEGER NOT NULL REFERENCES user (id),
  at                TEXT NOT NULL,
  CHECK ((outcome IN ('posted', 'matched')) = (match_id IS NOT NULL)),
  CHECK (CASE outcome WHEN 'posted' THEN voucher_id IS NOT NULL WHEN 'matched' THEN 1 ELSE voucher_id IS NULL END),
  CHECK (outcome NOT IN ('skipped', 'open') OR reason <> '')
) STRICT;
CREATE INDEX statement_outcome_by_line ON statement_outcome (statement_line_id, id, outcome, voucher_id);
CREATE INDEX statement_outcome_by_voucher ON statement_outcome (voucher_id) WHERE voucher_id IS NOT NULL;
CREATE INDEX statement_outcome_by_match ON statement_outcome (match_id) WHERE match_id IS NOT NULL;

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
WHEN EXISTS (SELECT 1 FROM statement_line l JOIN statement_outcome o ON o.statement_line_id = l.id
    WHERE l.batch_id = NEW.batch_id)
  OR EXISTS (SELECT 1 FROM statement_line l JOIN voucher_draft d ON d.statement_line_id = l.id WHERE l.batch_id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'statement.reconciled'); END;
-- A later file left rows out because this batch had them: taken back first, it would leave a hole nobody sees.
CREATE TRIGGER statement_rollback_repeated BEFORE INSERT ON statement_rollback
WHEN EXISTS (SELECT 1 FROM statement_line l JOIN statement_repeat r ON r.statement_line_id = l.id
  WHERE l.batch_id = NEW.batch_id AND NOT EXISTS (SELECT 1 FROM statement_rollback b WHERE b.batch_id = r.batch_id))
BEGIN SELECT RAISE(ABORT, 'statement.repeatedLater'); END;
CREATE TRIGGER statement_batch_same_file BEFORE INSERT ON statement_batch
WHEN EXISTS (SELECT 1 FROM statement_batch b WHERE b.sha256 = NEW.sha256
  AND NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = b.id))
BEGIN SELECT RAISE(ABORT, 'statement.sameFile'); END;
CREATE TRIGGER statement_repeat_account BEFORE INSERT ON statement_repeat
WHEN NOT EXISTS (SELECT 1 FROM statement_batch b JOIN statement_line l ON l.bank_account_id = b.bank_account_id
  WHERE b.id = NEW.batch_id AND l.id = NEW.statement_line_id AND l.batch_id < b.id)
BEGIN SELECT RAISE(ABORT, 'statement.repeat'); END;
CREATE TRIGGER statement_repeat_kept BEFORE UPDATE ON statement_repeat
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_repeat_kept_delete BEFORE DELETE ON statement_repeat
WHEN NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = OLD.batch_id)
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
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
CREATE TRIGGER statement_repeat_unique BEFORE INSERT ON statement_repeat
WHEN EXISTS (SELECT 1 FROM statement_repeat WHERE batch_id = NEW.batch_id AND file_line = NEW.file_line)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER statement_line_unique BEFORE INSERT ON statement_line
WHEN EXISTS (SELECT 1 FROM statement_line
  WHERE id = NEW.id OR (bank_account_id = NEW.bank_account_id AND dedupe_key = NEW.dedupe_key))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER statement_outcome_unique BEFORE INSERT ON statement_outcome
WHEN EXISTS (SELECT 1 FROM statement_outcome WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER statement_rollback_unique BEFORE INSERT ON statement_rollback
WHEN EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- How the office lets bank lines suggest vouchers, version by version: who set it, who approved, why (财会〔2024〕12号 art. 21(1)).
-- The shipped rules of core/statement/rules.ts are version 1 of their code; the highest version counts.
CREATE TABLE statement_rule (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL CHECK (code <> ''),
  version      INTEGER NOT NULL CHECK (version > 0),
  fund_kind    TEXT NOT NULL CHECK (fund_kind IN ('maintenance', 'publicIncome', 'dailyMaintenance')),
  kind         TEXT NOT NULL CHECK (kind IN ('interest', 'fee', 'contractIncome', 'contribution')),
  match_words  TEXT NOT NULL CHECK (json_valid(match_words)),
  -- The other side of the bank's line; '' for contract income, which goes to its contract's own account. Contributions go to
  -- 4001 household by household, and belong to the maintenance fund alone.
  account_code TEXT NOT NULL,
  is_active    INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  reason       TEXT NOT NULL CHECK (reason <> ''),
  set_by       INTEGER NOT NULL REFERENCES user (id),
  approved_by  INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  UNIQUE (code, version),
  CHECK (set_by <> approved_by),
  CHECK (kind <> 'contribution' OR (fund_kind = 'maintenance' AND account_code = '4001'))
) STRICT;
CREATE TRIGGER statement_rule_kept BEFORE UPDATE ON statement_rule
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_rule_kept_delete BEFORE DELETE ON statement_rule
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_rule_unique BEFORE INSERT ON statement_rule
WHEN EXISTS (SELECT 1 FROM statement_rule WHERE id = NEW.id OR (code = NEW.code AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
