-- Complexes, buildings, households, and the parties the office deals with.

CREATE TABLE complex (
  id                INTEGER PRIMARY KEY,
  code              TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name              TEXT NOT NULL CHECK (name <> ''),
  pinyin            TEXT NOT NULL DEFAULT '',
  address           TEXT NOT NULL DEFAULT '',
  -- The property company, and who holds the money: company, committee or custodian.
  manager_name      TEXT NOT NULL DEFAULT '',
  holder_name       TEXT NOT NULL DEFAULT '',
  hotline           TEXT NOT NULL DEFAULT '',
  profile_code      TEXT NOT NULL,
  has_assembly      INTEGER NOT NULL DEFAULT 0 CHECK (has_assembly IN (0, 1)),
  -- Σ first contributions, for rules that stop or start at a share of it; NULL while unknown.
  first_deposit_fen INTEGER CHECK (first_deposit_fen > 0),
  state             TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left'))
) STRICT;

CREATE TABLE building (
  id         INTEGER PRIMARY KEY,
  complex_id INTEGER NOT NULL REFERENCES complex (id),
  code       TEXT NOT NULL CHECK (code <> ''),
  name       TEXT NOT NULL CHECK (name <> ''),
  UNIQUE (complex_id, code),
  UNIQUE (id, complex_id)
) STRICT;

-- As it stands today; what it was, and why it changed, are its events (0011).
CREATE TABLE household (
  id                INTEGER PRIMARY KEY,
  building_id       INTEGER NOT NULL REFERENCES building (id),
  entrance          TEXT NOT NULL DEFAULT '',
  floor             INTEGER,
  room              TEXT NOT NULL CHECK (room <> ''),
  -- 0.01 m² integers.
  area_dm2          INTEGER NOT NULL CHECK (area_dm2 >= 0),
  use               TEXT NOT NULL DEFAULT 'house' CHECK (use IN ('house', 'shop', 'office', 'garage', 'storage', 'other')),
  -- Local rates differ by lift / no lift (165号令 art. 7).
  has_lift          INTEGER NOT NULL DEFAULT 0 CHECK (has_lift IN (0, 1)),
  nature            TEXT NOT NULL DEFAULT 'commodity' CHECK (nature IN ('commodity', 'soldPublic')),
  -- Rooms of the property company and the like: in the register, never in a share.
  is_excluded       INTEGER NOT NULL DEFAULT 0 CHECK (is_excluded IN (0, 1)),
  -- Unsold: its share is the developer's (165号令 art. 21).
  is_developer_held INTEGER NOT NULL DEFAULT 0 CHECK (is_developer_held IN (0, 1)),
  -- Purchase price, where the contribution is a percentage of it.
  price_fen         INTEGER CHECK (price_fen > 0),
  -- Rate per m² the first contribution was reckoned by, and that contribution; NULL while unknown.
  rate_fen          INTEGER CHECK (rate_fen > 0),
  first_due_fen     INTEGER CHECK (first_due_fen >= 0),
  state             TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left'))
) STRICT;
-- A merged or split household leaves its room number to the ones that follow it.
CREATE UNIQUE INDEX household_place ON household (building_id, entrance, room) WHERE state = 'active';

CREATE TABLE counterparty (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('company', 'publicBody', 'individual')),
  name         TEXT NOT NULL CHECK (name <> ''),
  -- Brackets, spaces and width removed: what matching compares.
  match_name   TEXT NOT NULL UNIQUE CHECK (match_name <> ''),
  pinyin       TEXT NOT NULL DEFAULT '',
  bank_name    TEXT NOT NULL DEFAULT '',
  bank_account TEXT NOT NULL DEFAULT '',
  state        TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left'))
) STRICT;

-- What owners or their committee decided: minutes, votes, authorisations, use plans.
CREATE TABLE decision (
  id         INTEGER PRIMARY KEY,
  complex_id INTEGER NOT NULL REFERENCES complex (id),
  kind       TEXT NOT NULL CHECK (kind IN ('assembly', 'committee', 'authorisation', 'contract', 'emergency', 'office')),
  number     TEXT NOT NULL CHECK (number <> ''),
  title      TEXT NOT NULL CHECK (title <> ''),
  decided_on TEXT NOT NULL CHECK (decided_on IS date(decided_on)),
  sha256     TEXT NOT NULL REFERENCES attachment (sha256),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at         TEXT NOT NULL,
  UNIQUE (complex_id, number)
) STRICT;

CREATE TRIGGER decision_kept BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER decision_kept_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER decision_unique BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR (complex_id = NEW.complex_id AND number = NEW.number))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
