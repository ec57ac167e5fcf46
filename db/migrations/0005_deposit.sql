-- Certificates (存单 / 证实书 / 国债): each is one link of a deposit chain. What is printed is inserted once; what happens to
-- it are events; `certificate_now` reads both together. Interest of the settlement accounts themselves stands below.

CREATE TABLE certificate (
  id                   INTEGER PRIMARY KEY,
  book_id              INTEGER NOT NULL REFERENCES book (id),
  complex_id           INTEGER NOT NULL REFERENCES complex (id),
  -- The settlement account the principal came from and must return to.
  bank_account_id      INTEGER NOT NULL,
  certificate_no       TEXT NOT NULL CHECK (certificate_no <> ''),
  product              TEXT NOT NULL CHECK (product IN ('time', 'notice1', 'notice7', 'largeCertificate', 'treasuryBond')),
  principal_fen        INTEGER NOT NULL CHECK (principal_fen > 0),
  -- Millionths of a percent a year.
  rate_micro           INTEGER NOT NULL CHECK (rate_micro >= 0),
  demand_rate_micro    INTEGER NOT NULL CHECK (demand_rate_micro >= 0),
  day_count            TEXT NOT NULL CHECK (day_count IN ('months_odd_360', 'actual_360', 'actual_365', 'thirty_360')),
  term_months          INTEGER CHECK (term_months > 0),
  term_days            INTEGER CHECK (term_days > 0),
  value_date           TEXT NOT NULL CHECK (value_date IS date(value_date)),
  due_date             TEXT NOT NULL CHECK (due_date IS date(due_date)),
  -- Why the due date printed by the bank differs from the corresponding day; '' when it does not.
  due_date_reason      TEXT NOT NULL DEFAULT '',
  anchor_day           INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  rollover_instruction TEXT NOT NULL CHECK (rollover_instruction IN ('none', 'principal_only', 'principal_and_interest')),
  -- Where it lies; '' where that is the settlement account's own bank and branch.
  bank_name            TEXT NOT NULL DEFAULT '',
  branch               TEXT NOT NULL DEFAULT '',
  -- 定期账号, where the bank gives one beside the certificate's number.
  deposit_account      TEXT NOT NULL DEFAULT '',
  -- Reminded this many days ahead; NULL as the profile says.
  reminder_days        INTEGER CHECK (reminder_days >= 0),
  -- 资金来源凭证: the voucher that brought the money in.
  source_voucher_id    INTEGER REFERENCES voucher (id),
  person_in_charge     INTEGER NOT NULL REFERENCES user (id),
  recorded_by          INTEGER NOT NULL REFERENCES user (id),
  recorded_at          TEXT NOT NULL,
  CHECK ((term_months IS NULL) <> (term_days IS NULL)),
  CHECK (due_date > value_date),
  -- Fund of a certificate = fund of its book.
  FOREIGN KEY (bank_account_id, book_id) REFERENCES bank_account (id, book_id)
) STRICT;
CREATE INDEX certificate_by_number ON certificate (certificate_no);
CREATE INDEX certificate_by_due ON certificate (due_date, id);
CREATE INDEX certificate_by_complex ON certificate (complex_id, due_date);

CREATE TABLE certificate_event (
  id                    INTEGER PRIMARY KEY,
  certificate_id        INTEGER NOT NULL REFERENCES certificate (id),
  kind                  TEXT NOT NULL CHECK (kind IN ('placed', 'partlyWithdrawn', 'drawn', 'withdrawn', 'withdrawnEarly',
                          'rolledOver', 'noticed', 'amended', 'frozen', 'unfrozen', 'reversed')),
  date                  TEXT NOT NULL CHECK (date IS date(date)),
  -- What came in or went out; of a notice, the amount announced.
  principal_fen         INTEGER NOT NULL CHECK (principal_fen >= 0),
  interest_expected_fen INTEGER NOT NULL DEFAULT 0,
  interest_paid_fen     INTEGER NOT NULL DEFAULT 0,
  -- Tolerance is 0.00: a fen of difference needs a reason and stays listed.
  difference_reason     TEXT NOT NULL DEFAULT '',
  -- Why terms changed, why the bank froze or released it, why an event was taken back.
  reason                TEXT NOT NULL DEFAULT '',
  -- The day a notice deposit was announced to be drawn on.
  notice_for            TEXT CHECK (notice_for IS date(notice_for)),
  -- The bank's new number for what remains after a part was drawn.
  new_certificate_no    TEXT NOT NULL DEFAULT '',
  new_due_date          TEXT CHECK (new_due_date IS date(new_due_date)),
  new_rate_micro        INTEGER CHECK (new_rate_micro >= 0),
  -- 到账日 and the bank's own serial, from its slip.
  received_on           TEXT CHECK (received_on IS date(received_on)),
  bank_serial           TEXT NOT NULL DEFAULT '',
  reverses_event_id     INTEGER UNIQUE REFERENCES certificate_event (id),
  -- Events of one operation share its voucher; NULL where no money moved, or the opening balance holds it already.
  draft_id              INTEGER REFERENCES voucher_draft (id),
  actor_id              INTEGER NOT NULL REFERENCES user (id),
  at                    TEXT NOT NULL,
  CHECK (kind = 'reversed' OR (principal_fen = 0) = (kind IN ('amended', 'frozen', 'unfrozen'))),
  CHECK (interest_expected_fen = interest_paid_fen OR difference_reason <> ''),
  CHECK ((kind = 'noticed') = (notice_for IS NOT NULL)),
  CHECK ((kind = 'amended') = (new_due_date IS NOT NULL OR new_rate_micro IS NOT NULL)),
  CHECK (new_certificate_no = '' OR kind IN ('partlyWithdrawn', 'drawn')),
  CHECK (reason <> '' OR kind NOT IN ('amended', 'frozen', 'unfrozen')),
  CHECK ((kind = 'reversed') = (reverses_event_id IS NOT NULL))
) STRICT;
CREATE INDEX certificate_event_by_certificate ON certificate_event (certificate_id, id, kind, date);
CREATE INDEX certificate_event_by_draft ON certificate_event (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX certificate_event_by_number ON certificate_event (new_certificate_no) WHERE new_certificate_no <> '';
CREATE INDEX certificate_event_by_serial ON certificate_event (bank_serial) WHERE bank_serial <> '';
CREATE INDEX certificate_event_different ON certificate_event (interest_expected_fen <> interest_paid_fen, id)
  WHERE interest_expected_fen <> interest_paid_fen;

-- Which certificates a rolled-over one went into: several when it was split, the same one for several when they were merged.
CREATE TABLE certificate_link (
  event_id INTEGER NOT NULL REFERENCES certificate_event (id),
  next_id  INTEGER NOT NULL REFERENCES certificate (id),
  PRIMARY KEY (event_id, next_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_link_by_next ON certificate_link (next_id, event_id);

-- What was not taken back.
CREATE VIEW certificate_standing_event AS
SELECT e.* FROM certificate_event e
WHERE e.kind <> 'reversed' AND NOT EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id);

-- Numbers in use: a certificate's own unless its placing was taken back, and those the bank gave to what remained. A slip
-- entered wrongly and taken back must not keep its number from the right one.
CREATE VIEW certificate_number AS
SELECT c.certificate_no AS number, c.id AS certificate_id FROM certificate c
WHERE EXISTS (SELECT 1 FROM certificate_standing_event e WHERE e.certificate_id = c.id AND e.kind = 'placed')
  OR NOT EXISTS (SELECT 1 FROM certificate_event e WHERE e.certificate_id = c.id AND e.kind = 'placed')
UNION ALL
SELECT e.new_certificate_no, e.certificate_id FROM certificate_standing_event e WHERE e.new_certificate_no <> '';

-- The bank's own rows of an event (银行流水), known by the serial of its slip: kept whichever of the two came first. A row taken
-- back with its batch takes its link along; imported again, it finds its event again.
CREATE TABLE certificate_event_line (
  event_id          INTEGER NOT NULL REFERENCES certificate_event (id),
  statement_line_id INTEGER NOT NULL REFERENCES statement_line (id),
  PRIMARY KEY (event_id, statement_line_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_event_line_by_line ON certificate_event_line (statement_line_id, event_id);

-- A certificate as it stands: its last number, what is left of its principal, its amended due date and rate. The latest
-- event that was not taken back decides the status; where its voucher was voided by hand, the event still stands until it is
-- taken back here too.
CREATE VIEW certificate_now AS
SELECT c.id, c.book_id, c.complex_id, c.bank_account_id, c.certificate_no AS first_no,
  coalesce((SELECT e.new_certificate_no FROM certificate_standing_event e
    WHERE e.certificate_id = c.id AND e.new_certificate_no <> '' ORDER BY e.id DESC LIMIT 1), c.certificate_no) AS certificate_no,
  c.product, c.principal_fen AS placed_fen,
  c.principal_fen - coalesce((SELECT sum(e.principal_fen) FROM certificate_standing_event e
    WHERE e.certificate_id = c.id AND e.kind IN ('partlyWithdrawn', 'drawn')), 0) AS principal_fen,
  coalesce((SELECT e.new_rate_micro FROM certificate_standing_event e
    WHERE e.certificate_id = c.id AND e.new_rate_micro IS NOT NULL ORDER BY e.id DESC LIMIT 1), c.rate_micro) AS rate_micro,
  c.demand_rate_micro, c.day_count, c.term_months, c.term_days, c.value_date,
  -- A notice given sets the day of a notice deposit, until it is drawn.
  coalesce((SELECT coalesce(e.new_due_date, e.notice_for) FROM certificate_standing_event e
    WHERE e.certificate_id = c.id AND (e.new_due_date IS NOT NULL OR (e.kind = 'noticed' AND NOT EXISTS (
      SELECT 1 FROM certificate_standing_event d WHERE d.certificate_id = c.id AND d.kind = 'drawn' AND d.id > e.id)))
    ORDER BY e.id DESC LIMIT 1), c.due_date) AS due_date,
  coalesce((SELECT e.reason FROM certificate_standing_event e
    WHERE e.certificate_id = c.id AND e.new_due_date IS NOT NULL ORDER BY e.id DESC LIMIT 1),
    c.due_date_reason) AS due_date_reason,
  c.anchor_day, c.rollover_instruction, c.bank_name, c.branch, c.deposit_account, c.reminder_days, c.source_voucher_id,
  c.person_in_charge, c.recorded_by, c.recorded_at,
  coalesce((SELECT CASE
      WHEN e.kind IN ('withdrawn', 'withdrawnEarly', 'rolledOver') THEN e.kind
      WHEN e.draft_id IS NULL OR d.state = 'posted' THEN 'inForce' ELSE 'pending' END
    FROM certificate_standing_event e LEFT JOIN voucher_draft d ON d.id = e.draft_id
    WHERE e.certificate_id = c.id AND e.kind NOT IN ('noticed', 'amended', 'frozen', 'unfrozen')
    ORDER BY e.id DESC LIMIT 1), 'cancelled') AS status,
  coalesce((SELECT e.kind = 'frozen' FROM certificate_standing_event e
    WHERE e.certificate_id = c.id AND e.kind IN ('frozen', 'unfrozen') ORDER BY e.id DESC LIMIT 1), 0) AS is_frozen,
  (SELECT count(*) FROM certificate_standing_event e WHERE e.certificate_id = c.id AND e.kind = 'partlyWithdrawn') AS partials
FROM certificate c;

CREATE TRIGGER certificate_kept BEFORE UPDATE ON certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_kept_delete BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_event_kept BEFORE UPDATE ON certificate_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_event_kept_delete BEFORE DELETE ON certificate_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_link_kept BEFORE UPDATE ON certificate_link
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_link_kept_delete BEFORE DELETE ON certificate_link
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

CREATE TRIGGER certificate_event_line_kept BEFORE UPDATE ON certificate_event_line
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_event_line_kept_delete BEFORE DELETE ON certificate_event_line
WHEN NOT EXISTS (SELECT 1 FROM statement_line l JOIN statement_rollback r ON r.batch_id = l.batch_id
  WHERE l.id = OLD.statement_line_id)
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER certificate_event_line_unique BEFORE INSERT ON certificate_event_line
WHEN EXISTS (SELECT 1 FROM certificate_event_line WHERE event_id = NEW.event_id AND statement_line_id = NEW.statement_line_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER certificate_unique BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM certificate_number WHERE number = NEW.certificate_no)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
-- Money of one complex's 专户 is not another's (invariant 4).
CREATE TRIGGER certificate_fund BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM bank_account WHERE id = NEW.bank_account_id AND complex_id <> NEW.complex_id)
BEGIN SELECT RAISE(ABORT, 'certificate.fund'); END;
CREATE TRIGGER certificate_event_unique BEFORE INSERT ON certificate_event
WHEN EXISTS (SELECT 1 FROM certificate_event WHERE id = NEW.id OR reverses_event_id = NEW.reverses_event_id)
  OR (NEW.new_certificate_no <> '' AND EXISTS (SELECT 1 FROM certificate_number WHERE number = NEW.new_certificate_no))
  -- One whose placing was taken back is not placed again while its number belongs to another.
  OR (NEW.kind = 'placed' AND EXISTS (SELECT 1 FROM certificate c JOIN certificate_number n ON n.number = c.certificate_no
    WHERE c.id = NEW.certificate_id AND n.certificate_id <> c.id))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER certificate_link_unique BEFORE INSERT ON certificate_link
WHEN EXISTS (SELECT 1 FROM certificate_link WHERE event_id = NEW.event_id AND next_id = NEW.next_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- A row of the certificate's own settlement account, by the serial the slip gives, near its day: short serials come again.
CREATE TRIGGER certificate_event_line_checked BEFORE INSERT ON certificate_event_line
WHEN NOT EXISTS (
  SELECT 1 FROM certificate_event e JOIN certificate c ON c.id = e.certificate_id
    JOIN statement_line l ON l.id = NEW.statement_line_id
  WHERE e.id = NEW.event_id AND e.bank_serial <> '' AND l.serial = e.bank_serial AND l.bank_account_id = c.bank_account_id
    AND abs(julianday(l.date) - julianday(e.date)) <= 31)
BEGIN SELECT RAISE(ABORT, 'certificate.line'); END;
CREATE TRIGGER certificate_event_finds_line AFTER INSERT ON certificate_event WHEN NEW.bank_serial <> ''
BEGIN
  INSERT INTO certificate_event_line
  SELECT NEW.id, l.id FROM certificate c JOIN statement_line l ON l.bank_account_id = c.bank_account_id
    AND l.date BETWEEN date(NEW.date, '-31 days') AND date(NEW.date, '+31 days') AND l.serial = NEW.bank_serial
  WHERE c.id = NEW.certificate_id;
END;
CREATE TRIGGER statement_line_finds_event AFTER INSERT ON statement_line WHEN NEW.serial <> ''
BEGIN
  INSERT INTO certificate_event_line
  SELECT e.id, NEW.id FROM certificate_event e JOIN certificate c ON c.id = e.certificate_id
  WHERE e.bank_serial = NEW.serial AND e.bank_serial <> '' AND c.bank_account_id = NEW.bank_account_id
    AND abs(julianday(NEW.date) - julianday(e.date)) <= 31;
END;

-- The status machine (core/deposit/certificate-life), in SQL: placed once, ended once, and what leaves is never more than what is there.
CREATE TRIGGER certificate_event_checked BEFORE INSERT ON certificate_event
BEGIN
  SELECT CASE
    -- Undo goes step by step, from the newest event of the same certificate.
    WHEN NEW.kind = 'reversed' AND NEW.reverses_event_id IS NOT
      (SELECT max(id) FROM certificate_standing_event WHERE certificate_id = NEW.certificate_id)
      THEN RAISE(ABORT, 'certificate.chain')
    WHEN NEW.kind = 'reversed' THEN NULL
    WHEN (NEW.kind = 'placed') = EXISTS (
      SELECT 1 FROM certificate_standing_event WHERE certificate_id = NEW.certificate_id AND kind = 'placed')
      THEN RAISE(ABORT, 'certificate.chain')
    WHEN c.status IN ('withdrawn', 'withdrawnEarly', 'rolledOver') THEN RAISE(ABORT, 'certificate.ended')
    WHEN c.is_frozen = 1 AND NEW.kind NOT IN ('unfrozen', 'amended') THEN RAISE(ABORT, 'certificate.frozen')
    WHEN c.is_frozen = 0 AND NEW.kind = 'unfrozen' THEN RAISE(ABORT, 'certificate.frozen')
    -- Once only (银发〔1997〕485号 art. 13).
    WHEN NEW.kind = 'partlyWithdrawn' AND c.partials > 0 THEN RAISE(ABORT, 'certificate.partialOnce')
    WHEN NEW.kind IN ('placed', 'withdrawn', 'withdrawnEarly', 'rolledOver') AND NEW.principal_fen <> c.principal_fen
      THEN RAISE(ABORT, 'certificate.principal')
    WHEN NEW.kind IN ('partlyWithdrawn', 'drawn') AND NEW.principal_fen >= c.principal_fen
      THEN RAISE(ABORT, 'certificate.principal')
    WHEN NEW.kind = 'noticed' AND NEW.principal_fen > c.principal_fen THEN RAISE(ABORT, 'certificate.principal')
    WHEN (NEW.kind IN ('noticed', 'drawn') AND c.product NOT IN ('notice1', 'notice7'))
      OR (NEW.kind IN ('partlyWithdrawn', 'withdrawnEarly', 'rolledOver') AND c.product NOT IN ('time', 'largeCertificate'))
      THEN RAISE(ABORT, 'certificate.product')
    WHEN NEW.new_due_date <= c.value_date OR NEW.notice_for < NEW.date THEN RAISE(ABORT, 'certificate.dueDate')
  END
  FROM certificate_now c WHERE c.id = NEW.certificate_id;
END;
-- A link leaves a rolled-over certificate on the day the next one begins, and stays in the same fund, complex and account.
CREATE TRIGGER certificate_link_checked BEFORE INSERT ON certificate_link
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (
      SELECT 1 FROM certificate_event e JOIN certificate n ON n.id = NEW.next_id
      WHERE e.id = NEW.event_id AND e.kind = 'rolledOver' AND n.id <> e.certificate_id AND n.value_date = e.date)
      THEN RAISE(ABORT, 'certificate.chain')
    WHEN NOT EXISTS (
      SELECT 1 FROM certificate_event e JOIN certificate o ON o.id = e.certificate_id JOIN certificate n ON n.id = NEW.next_id
      WHERE e.id = NEW.event_id AND o.book_id = n.book_id AND o.complex_id = n.complex_id
        AND o.bank_account_id = n.bank_account_id)
      THEN RAISE(ABORT, 'certificate.fund')
  END;
END;
-- A posted line names a certificate of its own book and complex: no certificate mixes the money of two.
CREATE TRIGGER voucher_line_certificate BEFORE INSERT ON voucher_line
WHEN NEW.certificate_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM certificate WHERE id = NEW.certificate_id AND book_id = NEW.book_id AND complex_id = NEW.complex_id)
BEGIN SELECT RAISE(ABORT, 'certificate.fund'); END;

-- Settlement accounts as products: demand (活期), or agreement (协定) with a base quota; dated, the latest record of a day counts.
CREATE TABLE bank_account_terms (
  id                   INTEGER PRIMARY KEY,
  bank_account_id      INTEGER NOT NULL REFERENCES bank_account (id),
  product              TEXT NOT NULL CHECK (product IN ('demand', 'agreement')),
  valid_from           TEXT NOT NULL CHECK (valid_from IS date(valid_from)),
  demand_rate_micro    INTEGER NOT NULL CHECK (demand_rate_micro >= 0),
  agreement_rate_micro INTEGER CHECK (agreement_rate_micro >= 0),
  base_quota_fen       INTEGER CHECK (base_quota_fen >= 0),
  year_days            INTEGER NOT NULL CHECK (year_days IN (360, 365)),
  -- The bank's notice or the agreement the terms come from.
  source               TEXT NOT NULL CHECK (source <> ''),
  recorded_by          INTEGER NOT NULL REFERENCES user (id),
  recorded_at          TEXT NOT NULL,
  CHECK ((product = 'agreement') = (agreement_rate_micro IS NOT NULL)),
  CHECK ((product = 'agreement') = (base_quota_fen IS NOT NULL))
) STRICT;
CREATE INDEX bank_account_terms_by_account ON bank_account_terms (bank_account_id, valid_from, id);

-- Quarterly settlement of an account (20 日结息, 21 日入账): what it should have earned beside what the bank paid.
CREATE TABLE account_interest (
  id                INTEGER PRIMARY KEY,
  bank_account_id   INTEGER NOT NULL REFERENCES bank_account (id),
  -- Both days earn.
  period_from       TEXT NOT NULL CHECK (period_from IS date(period_from)),
  period_to         TEXT NOT NULL CHECK (period_to IS date(period_to)),
  expected_fen      INTEGER NOT NULL,
  paid_fen          INTEGER NOT NULL,
  difference_reason TEXT NOT NULL DEFAULT '',
  reason            TEXT NOT NULL DEFAULT '',
  draft_id          INTEGER REFERENCES voucher_draft (id),
  reverses_id       INTEGER UNIQUE REFERENCES account_interest (id),
  actor_id          INTEGER NOT NULL REFERENCES user (id),
  at                TEXT NOT NULL,
  CHECK (period_to >= period_from),
  CHECK (expected_fen = paid_fen OR difference_reason <> ''),
  CHECK (reverses_id IS NULL OR reason <> '')
) STRICT;
CREATE INDEX account_interest_by_account ON account_interest (bank_account_id, period_to, id);
CREATE INDEX account_interest_different ON account_interest (expected_fen <> paid_fen, id) WHERE expected_fen <> paid_fen;

-- A difference is a finding: closed by somebody else than who recorded it, with the reason.
CREATE TABLE interest_difference_closing (
  id                  INTEGER PRIMARY KEY,
  event_id            INTEGER UNIQUE REFERENCES certificate_event (id),
  account_interest_id INTEGER UNIQUE REFERENCES account_interest (id),
  reason              TEXT NOT NULL CHECK (reason <> ''),
  closed_by           INTEGER NOT NULL REFERENCES user (id),
  at                  TEXT NOT NULL,
  CHECK ((event_id IS NULL) <> (account_interest_id IS NULL))
) STRICT;

CREATE TRIGGER bank_account_terms_kept BEFORE UPDATE ON bank_account_terms
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER bank_account_terms_kept_delete BEFORE DELETE ON bank_account_terms
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER account_interest_kept BEFORE UPDATE ON account_interest
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER account_interest_kept_delete BEFORE DELETE ON account_interest
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER interest_difference_closing_kept BEFORE UPDATE ON interest_difference_closing
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER interest_difference_closing_kept_delete BEFORE DELETE ON interest_difference_closing
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER bank_account_terms_unique BEFORE INSERT ON bank_account_terms
WHEN EXISTS (SELECT 1 FROM bank_account_terms WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER account_interest_unique BEFORE INSERT ON account_interest
WHEN EXISTS (SELECT 1 FROM account_interest WHERE id = NEW.id OR reverses_id = NEW.reverses_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER interest_difference_closing_unique BEFORE INSERT ON interest_difference_closing
WHEN EXISTS (SELECT 1 FROM interest_difference_closing
  WHERE id = NEW.id OR event_id = NEW.event_id OR account_interest_id = NEW.account_interest_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- Each period is settled once; a reversal takes back a settlement of the same account and period.
CREATE TRIGGER account_interest_once BEFORE INSERT ON account_interest
WHEN NEW.reverses_id IS NULL AND EXISTS (
  SELECT 1 FROM account_interest i WHERE i.bank_account_id = NEW.bank_account_id AND i.period_to >= NEW.period_from
    AND i.period_from <= NEW.period_to AND i.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM account_interest r WHERE r.reverses_id = i.id))
BEGIN SELECT RAISE(ABORT, 'accountInterest.settled'); END;
CREATE TRIGGER account_interest_reverses BEFORE INSERT ON account_interest
WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM account_interest i WHERE i.id = NEW.reverses_id AND i.reverses_id IS NULL
    AND i.bank_account_id = NEW.bank_account_id AND i.period_to = NEW.period_to)
BEGIN SELECT RAISE(ABORT, 'accountInterest.reverses'); END;
CREATE TRIGGER interest_difference_closing_checked BEFORE INSERT ON interest_difference_closing
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM certificate_event WHERE id = NEW.event_id AND actor_id = NEW.closed_by)
      OR EXISTS (SELECT 1 FROM account_interest WHERE id = NEW.account_interest_id AND actor_id = NEW.closed_by)
      THEN RAISE(ABORT, 'difference.samePerson')
    WHEN NOT EXISTS (SELECT 1 FROM certificate_event WHERE id = NEW.event_id AND interest_expected_fen <> interest_paid_fen)
      AND NOT EXISTS (SELECT 1 FROM account_interest WHERE id = NEW.account_interest_id AND expected_fen <> paid_fen)
      THEN RAISE(ABORT, 'difference.none')
  END;
END;
