-- Certificates (存单 / 证实书): each is one link of a deposit chain. Facts are inserted once; what happens to them are events.

CREATE TABLE certificate (
  id                   INTEGER PRIMARY KEY,
  book_id              INTEGER NOT NULL REFERENCES book (id),
  complex_id           INTEGER NOT NULL REFERENCES complex (id),
  -- The settlement account the principal came from and must return to.
  bank_account_id      INTEGER NOT NULL,
  certificate_no       TEXT NOT NULL UNIQUE CHECK (certificate_no <> ''),
  product              TEXT NOT NULL CHECK (product IN ('time', 'notice1', 'notice7', 'largeCertificate')),
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
  previous_id          INTEGER REFERENCES certificate (id),
  person_in_charge     INTEGER NOT NULL REFERENCES user (id),
  recorded_by          INTEGER NOT NULL REFERENCES user (id),
  recorded_at          TEXT NOT NULL,
  CHECK ((term_months IS NULL) <> (term_days IS NULL)),
  CHECK (due_date > value_date),
  -- Fund of a certificate = fund of its book.
  FOREIGN KEY (bank_account_id, book_id) REFERENCES bank_account (id, book_id)
) STRICT;
CREATE INDEX certificate_by_due ON certificate (due_date, id);
CREATE INDEX certificate_by_complex ON certificate (complex_id, due_date);
CREATE INDEX certificate_by_previous ON certificate (previous_id) WHERE previous_id IS NOT NULL;

CREATE TABLE certificate_event (
  id                    INTEGER PRIMARY KEY,
  certificate_id        INTEGER NOT NULL REFERENCES certificate (id),
  kind                  TEXT NOT NULL CHECK (kind IN ('placed', 'withdrawn', 'rolledOver', 'reversed')),
  date                  TEXT NOT NULL CHECK (date IS date(date)),
  principal_fen         INTEGER NOT NULL CHECK (principal_fen > 0),
  interest_expected_fen INTEGER NOT NULL DEFAULT 0,
  interest_paid_fen     INTEGER NOT NULL DEFAULT 0,
  -- Tolerance is 0.00: a fen of difference needs a reason and stays listed.
  difference_reason     TEXT NOT NULL DEFAULT '',
  next_certificate_id   INTEGER REFERENCES certificate (id),
  reverses_event_id     INTEGER UNIQUE REFERENCES certificate_event (id),
  draft_id              INTEGER REFERENCES voucher_draft (id),
  actor_id              INTEGER NOT NULL REFERENCES user (id),
  at                    TEXT NOT NULL,
  CHECK (interest_expected_fen = interest_paid_fen OR difference_reason <> ''),
  CHECK ((kind = 'rolledOver') = (next_certificate_id IS NOT NULL)),
  CHECK ((kind = 'reversed') = (reverses_event_id IS NOT NULL))
) STRICT;
CREATE INDEX certificate_event_by_certificate ON certificate_event (certificate_id, id, kind, date);

-- A certificate ends once, unless that end was itself reversed.
CREATE TRIGGER certificate_ends_once BEFORE INSERT ON certificate_event
WHEN NEW.kind IN ('withdrawn', 'rolledOver') AND EXISTS (
  SELECT 1 FROM certificate_event e WHERE e.certificate_id = NEW.certificate_id AND e.kind IN ('withdrawn', 'rolledOver')
    AND NOT EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id))
BEGIN SELECT RAISE(ABORT, 'certificate.ended'); END;
-- Placed once; a link points to the certificate that continues it; a reversal takes back an event of the same certificate.
CREATE TRIGGER certificate_placed_once BEFORE INSERT ON certificate_event
WHEN NEW.kind = 'placed' AND EXISTS (
  SELECT 1 FROM certificate_event e WHERE e.certificate_id = NEW.certificate_id AND e.kind = 'placed'
    AND NOT EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id))
BEGIN SELECT RAISE(ABORT, 'certificate.chain'); END;
CREATE TRIGGER certificate_chained BEFORE INSERT ON certificate_event
WHEN (NEW.next_certificate_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM certificate WHERE id = NEW.next_certificate_id AND previous_id = NEW.certificate_id))
  OR (NEW.reverses_event_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM certificate_event WHERE id = NEW.reverses_event_id AND certificate_id = NEW.certificate_id
         AND kind <> 'reversed'))
BEGIN SELECT RAISE(ABORT, 'certificate.chain'); END;
CREATE TRIGGER certificate_kept BEFORE UPDATE ON certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_kept_delete BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_event_kept BEFORE UPDATE ON certificate_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER certificate_event_kept_delete BEFORE DELETE ON certificate_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER certificate_unique BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE id = NEW.id OR certificate_no = NEW.certificate_no)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER certificate_event_unique BEFORE INSERT ON certificate_event
WHEN EXISTS (SELECT 1 FROM certificate_event WHERE id = NEW.id OR reverses_event_id = NEW.reverses_event_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
