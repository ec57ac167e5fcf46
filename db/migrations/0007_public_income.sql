-- Income contracts, what is due on them, and the published notices.

CREATE TABLE contract (
  id                  INTEGER PRIMARY KEY,
  book_id             INTEGER NOT NULL REFERENCES book (id),
  complex_id          INTEGER NOT NULL REFERENCES complex (id),
  number              TEXT NOT NULL CHECK (number <> ''),
  account_id          INTEGER NOT NULL,
  counterparty_id     INTEGER NOT NULL REFERENCES counterparty (id),
  place               TEXT NOT NULL CHECK (place <> ''),
  starts_on           TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
  ends_on             TEXT NOT NULL CHECK (ends_on IS date(ends_on)),
  -- The owners' share of the gross by contract, in millionths of a percent (100 % = 100000000).
  owners_share_micro  INTEGER NOT NULL CHECK (owners_share_micro > 0 AND owners_share_micro <= 100000000),
  sha256              TEXT NOT NULL REFERENCES attachment (sha256),
  recorded_by         INTEGER NOT NULL REFERENCES user (id),
  recorded_at         TEXT NOT NULL,
  UNIQUE (complex_id, number),
  CHECK (ends_on > starts_on),
  FOREIGN KEY (account_id, book_id) REFERENCES account (id, book_id)
) STRICT;
CREATE INDEX contract_by_complex ON contract (complex_id, ends_on, id);

CREATE TABLE contract_installment (
  contract_id INTEGER NOT NULL REFERENCES contract (id),
  seq         INTEGER NOT NULL CHECK (seq > 0),
  due_on      TEXT NOT NULL CHECK (due_on IS date(due_on)),
  covers_from TEXT NOT NULL CHECK (covers_from IS date(covers_from)),
  covers_to   TEXT NOT NULL CHECK (covers_to IS date(covers_to)),
  -- What the contract party pays, gross.
  amount_fen  INTEGER NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (contract_id, seq),
  CHECK (covers_to >= covers_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_installment_by_due ON contract_installment (due_on, contract_id, amount_fen);

-- A contract is never edited: it ends early with a reason, or a new one is recorded.
CREATE TABLE contract_end (
  contract_id INTEGER PRIMARY KEY REFERENCES contract (id),
  ended_on    TEXT NOT NULL CHECK (ended_on IS date(ended_on)),
  reason      TEXT NOT NULL CHECK (reason <> ''),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL
) STRICT;

CREATE TRIGGER contract_kept BEFORE UPDATE ON contract
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contract_kept_delete BEFORE DELETE ON contract
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contract_installment_kept BEFORE UPDATE ON contract_installment
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contract_installment_kept_delete BEFORE DELETE ON contract_installment
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contract_end_kept BEFORE UPDATE ON contract_end
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER contract_end_kept_delete BEFORE DELETE ON contract_end
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Why a row of the quarter is blank or zero although a contract or an earlier quarter had money; the latest counts.
CREATE TABLE disclosure_reason (
  id         INTEGER PRIMARY KEY,
  complex_id INTEGER NOT NULL REFERENCES complex (id),
  quarter    TEXT NOT NULL,
  row_key    TEXT NOT NULL CHECK (row_key <> ''),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_reason_by_quarter ON disclosure_reason (complex_id, quarter, row_key, id);
CREATE TRIGGER disclosure_reason_kept BEFORE UPDATE ON disclosure_reason
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER disclosure_reason_kept_delete BEFORE DELETE ON disclosure_reason
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- What a preparer asks to be published: the figures as they stood and the plan of posting-up. Another person publishes it.
CREATE TABLE disclosure_request (
  id                INTEGER PRIMARY KEY,
  complex_id        INTEGER NOT NULL REFERENCES complex (id),
  quarter           TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]Q[1-4]'),
  version           INTEGER NOT NULL CHECK (version > 0),
  correction_reason TEXT NOT NULL DEFAULT '',
  plan              TEXT NOT NULL CHECK (json_valid(plan)),
  figures_sha256    TEXT NOT NULL CHECK (length(figures_sha256) = 64),
  requested_by      INTEGER NOT NULL REFERENCES user (id),
  at                TEXT NOT NULL,
  CHECK (version = 1 OR correction_reason <> '')
) STRICT;
CREATE INDEX disclosure_request_by_quarter ON disclosure_request (quarter, complex_id, id);
-- Sent back by who should publish it, or withdrawn by who asked.
CREATE TABLE disclosure_return (
  request_id INTEGER PRIMARY KEY REFERENCES disclosure_request (id),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL
) STRICT;

-- What is published is a version: figures, evidence and file hash are frozen (invariant 14).
CREATE TABLE disclosure (
  id                INTEGER PRIMARY KEY,
  complex_id        INTEGER NOT NULL REFERENCES complex (id),
  quarter           TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]Q[1-4]'),
  version           INTEGER NOT NULL CHECK (version > 0),
  request_id        INTEGER NOT NULL UNIQUE REFERENCES disclosure_request (id),
  correction_reason TEXT NOT NULL DEFAULT '',
  -- The whole model the paper is drawn from, so that it prints byte for byte again.
  model             TEXT NOT NULL CHECK (json_valid(model)),
  model_sha256      TEXT NOT NULL CHECK (length(model_sha256) = 64),
  -- Digest of the figures alone: what the short code and the QR code on the paper carry.
  figures_sha256    TEXT NOT NULL CHECK (length(figures_sha256) = 64),
  code              TEXT NOT NULL UNIQUE,
  closing_fen       INTEGER NOT NULL,
  pdf_sha256        TEXT NOT NULL REFERENCES attachment (sha256),
  prepared_by       INTEGER NOT NULL REFERENCES user (id),
  published_by      INTEGER NOT NULL REFERENCES user (id),
  published_on      TEXT NOT NULL CHECK (published_on IS date(published_on)),
  at                TEXT NOT NULL,
  UNIQUE (complex_id, quarter, version),
  CHECK (prepared_by <> published_by),
  CHECK (version = 1 OR correction_reason <> '')
) STRICT;
CREATE INDEX disclosure_by_quarter ON disclosure (quarter, complex_id, version, published_on);
CREATE INDEX disclosure_by_file ON disclosure (pdf_sha256);

CREATE TRIGGER disclosure_version BEFORE INSERT ON disclosure
WHEN NEW.version <> coalesce((SELECT max(version) FROM disclosure
  WHERE complex_id = NEW.complex_id AND quarter = NEW.quarter), 0) + 1
BEGIN SELECT RAISE(ABORT, 'disclosure.version'); END;
-- Published is what was asked for, by who asked for it, and only while the request stands.
CREATE TRIGGER disclosure_as_requested BEFORE INSERT ON disclosure
WHEN NOT EXISTS (SELECT 1 FROM disclosure_request r
  WHERE r.id = NEW.request_id AND r.complex_id = NEW.complex_id AND r.quarter = NEW.quarter AND r.version = NEW.version
    AND r.figures_sha256 = NEW.figures_sha256 AND r.correction_reason = NEW.correction_reason
    AND r.requested_by = NEW.prepared_by
    AND NOT EXISTS (SELECT 1 FROM disclosure_return b WHERE b.request_id = r.id))
BEGIN SELECT RAISE(ABORT, 'disclosure.request'); END;
CREATE TRIGGER disclosure_return_published BEFORE INSERT ON disclosure_return
WHEN EXISTS (SELECT 1 FROM disclosure WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'disclosure.request'); END;
CREATE TRIGGER disclosure_request_kept BEFORE UPDATE ON disclosure_request
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER disclosure_request_kept_delete BEFORE DELETE ON disclosure_request
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER disclosure_return_kept BEFORE UPDATE ON disclosure_return
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER disclosure_return_kept_delete BEFORE DELETE ON disclosure_return
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER disclosure_kept BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER disclosure_kept_delete BEFORE DELETE ON disclosure
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Posting-up register (张贴登记): place, from, photo; taking down is a second fact.
CREATE TABLE posting_up (
  id            INTEGER PRIMARY KEY,
  disclosure_id INTEGER NOT NULL REFERENCES disclosure (id),
  place         TEXT NOT NULL CHECK (place <> ''),
  posted_on     TEXT NOT NULL CHECK (posted_on IS date(posted_on)),
  sha256        TEXT REFERENCES attachment (sha256),
  recorded_by   INTEGER NOT NULL REFERENCES user (id),
  at            TEXT NOT NULL,
  UNIQUE (disclosure_id, place, posted_on)
) STRICT;
CREATE TABLE posting_down (
  posting_up_id INTEGER PRIMARY KEY REFERENCES posting_up (id),
  taken_down_on TEXT NOT NULL CHECK (taken_down_on IS date(taken_down_on)),
  sha256        TEXT REFERENCES attachment (sha256),
  recorded_by   INTEGER NOT NULL REFERENCES user (id),
  at            TEXT NOT NULL
) STRICT;
CREATE TRIGGER posting_up_kept BEFORE UPDATE ON posting_up
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER posting_up_kept_delete BEFORE DELETE ON posting_up
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER posting_down_kept BEFORE UPDATE ON posting_down
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER posting_down_kept_delete BEFORE DELETE ON posting_down
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Shared water, power and lift upkeep: one row per supplier's bill, published with the quarter its period ends in.
CREATE TABLE utility_bill (
  id               INTEGER PRIMARY KEY,
  complex_id       INTEGER NOT NULL REFERENCES complex (id),
  kind             TEXT NOT NULL CHECK (kind IN ('power', 'water', 'lift')),
  place            TEXT NOT NULL CHECK (place <> ''),
  covers_from      TEXT NOT NULL CHECK (covers_from IS date(covers_from)),
  covers_to        TEXT NOT NULL CHECK (covers_to IS date(covers_to)),
  -- Thousandths of a unit; NULL for lifts and for bills without a meter.
  previous_milli   INTEGER CHECK (previous_milli >= 0),
  current_milli    INTEGER,
  multiplier       INTEGER CHECK (multiplier >= 1),
  meter_note       TEXT NOT NULL DEFAULT '',
  -- Millionths of a yuan; NULL where the tariff has steps.
  unit_price_micro INTEGER CHECK (unit_price_micro > 0),
  amount_fen       INTEGER NOT NULL CHECK (amount_fen > 0),
  paid_from        TEXT NOT NULL CHECK (paid_from IN ('fee', 'income', 'owners', 'fund')),
  share_basis      TEXT CHECK (share_basis IN ('area', 'household', 'agreed')),
  document         TEXT NOT NULL CHECK (document <> ''),
  recorded_by      INTEGER NOT NULL REFERENCES user (id),
  at               TEXT NOT NULL,
  CHECK (covers_to >= covers_from),
  CHECK ((previous_milli IS NULL) = (current_milli IS NULL) AND (current_milli IS NULL) = (multiplier IS NULL)),
  CHECK (kind <> 'lift' OR current_milli IS NULL),
  CHECK (unit_price_micro IS NULL OR current_milli IS NOT NULL),
  -- A meter never goes backwards.
  CHECK (current_milli >= previous_milli),
  CHECK ((paid_from = 'owners') = (share_basis IS NOT NULL))
) STRICT;
CREATE INDEX utility_bill_by_quarter ON utility_bill (complex_id, covers_to, id);
CREATE INDEX utility_bill_by_place ON utility_bill (complex_id, kind, place, covers_to);
-- A bill entered wrongly is withdrawn with a reason and entered again.
CREATE TABLE utility_withdrawal (
  bill_id  INTEGER PRIMARY KEY REFERENCES utility_bill (id),
  reason   TEXT NOT NULL CHECK (reason <> ''),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;
CREATE TRIGGER utility_bill_kept BEFORE UPDATE ON utility_bill
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER utility_bill_kept_delete BEFORE DELETE ON utility_bill
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER utility_withdrawal_kept BEFORE UPDATE ON utility_withdrawal
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER utility_withdrawal_kept_delete BEFORE DELETE ON utility_withdrawal
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER utility_bill_unique BEFORE INSERT ON utility_bill
WHEN EXISTS (SELECT 1 FROM utility_bill WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER utility_withdrawal_unique BEFORE INSERT ON utility_withdrawal
WHEN EXISTS (SELECT 1 FROM utility_withdrawal WHERE bill_id = NEW.bill_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER contract_unique BEFORE INSERT ON contract
WHEN EXISTS (SELECT 1 FROM contract WHERE id = NEW.id OR (complex_id = NEW.complex_id AND number = NEW.number))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER contract_installment_unique BEFORE INSERT ON contract_installment
WHEN EXISTS (SELECT 1 FROM contract_installment WHERE contract_id = NEW.contract_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER contract_end_unique BEFORE INSERT ON contract_end
WHEN EXISTS (SELECT 1 FROM contract_end WHERE contract_id = NEW.contract_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER disclosure_reason_unique BEFORE INSERT ON disclosure_reason
WHEN EXISTS (SELECT 1 FROM disclosure_reason WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER disclosure_unique BEFORE INSERT ON disclosure
WHEN EXISTS (SELECT 1 FROM disclosure WHERE id = NEW.id OR code = NEW.code OR request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER disclosure_request_unique BEFORE INSERT ON disclosure_request
WHEN EXISTS (SELECT 1 FROM disclosure_request WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER disclosure_return_unique BEFORE INSERT ON disclosure_return
WHEN EXISTS (SELECT 1 FROM disclosure_return WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER posting_up_unique BEFORE INSERT ON posting_up
WHEN EXISTS (SELECT 1 FROM posting_up
  WHERE id = NEW.id OR (disclosure_id = NEW.disclosure_id AND place = NEW.place AND posted_on = NEW.posted_on))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER posting_down_unique BEFORE INSERT ON posting_down
WHEN EXISTS (SELECT 1 FROM posting_down WHERE posting_up_id = NEW.posting_up_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
