-- The property register (楼盘表): what happened to each household, who owns it in which shares, and the sealed names.

-- One act of the register: an import, a registration, a change of facts or owners, a merge, a split.
CREATE TABLE household_change (
  id           INTEGER PRIMARY KEY,
  complex_id   INTEGER NOT NULL REFERENCES complex (id),
  kind         TEXT NOT NULL CHECK (kind IN ('import', 'register', 'facts', 'owners', 'merge', 'split')),
  effective_on TEXT NOT NULL CHECK (effective_on IS date(effective_on)),
  reason       TEXT NOT NULL CHECK (reason <> ''),
  -- The register file's name and SHA-256. The file itself is not kept: it holds owners' data in clear.
  source_name  TEXT NOT NULL DEFAULT '',
  source_hash  TEXT NOT NULL DEFAULT '',
  actor_id     INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  CHECK ((kind = 'import') = (source_hash <> ''))
) STRICT;
CREATE INDEX household_change_by_complex ON household_change (complex_id, id);

-- The whole facts after the event, so that any day's register is one look-up per household.
CREATE TABLE household_event (
  id                INTEGER PRIMARY KEY,
  change_id         INTEGER NOT NULL REFERENCES household_change (id),
  household_id      INTEGER NOT NULL REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
  kind              TEXT NOT NULL CHECK (kind IN ('registered', 'changed', 'left')),
  on_date           TEXT NOT NULL CHECK (on_date IS date(on_date)),
  building_id       INTEGER NOT NULL REFERENCES building (id),
  entrance          TEXT NOT NULL,
  floor             INTEGER,
  room              TEXT NOT NULL,
  area_dm2          INTEGER NOT NULL,
  use               TEXT NOT NULL,
  has_lift          INTEGER NOT NULL,
  nature            TEXT NOT NULL,
  is_excluded       INTEGER NOT NULL,
  is_developer_held INTEGER NOT NULL,
  price_fen         INTEGER,
  rate_fen          INTEGER,
  first_due_fen     INTEGER
) STRICT;
CREATE INDEX household_event_by_household ON household_event (household_id, on_date, id);
CREATE INDEX household_event_by_change ON household_event (change_id, household_id);

-- A household begins once, in a building of the change's own complex; then its days only go forward, to its end.
CREATE TRIGGER household_event_path BEFORE INSERT ON household_event
WHEN (NEW.kind = 'registered') = EXISTS (SELECT 1 FROM household_event WHERE household_id = NEW.household_id)
  OR NOT EXISTS (SELECT 1 FROM household_change c JOIN building b ON b.complex_id = c.complex_id
                 WHERE c.id = NEW.change_id AND b.id = NEW.building_id AND c.effective_on = NEW.on_date)
  OR EXISTS (SELECT 1 FROM household WHERE id = NEW.household_id AND (state = 'left' OR building_id <> NEW.building_id))
BEGIN SELECT RAISE(ABORT, 'household.path'); END;
CREATE TRIGGER household_event_order BEFORE INSERT ON household_event
WHEN EXISTS (SELECT 1 FROM household_event WHERE household_id = NEW.household_id AND on_date > NEW.on_date)
BEGIN SELECT RAISE(ABORT, 'household.order'); END;

CREATE TRIGGER household_event_registered AFTER INSERT ON household_event WHEN NEW.kind = 'registered'
BEGIN
  INSERT INTO household (id, building_id, entrance, floor, room, area_dm2, use, has_lift, nature, is_excluded,
                         is_developer_held, price_fen, rate_fen, first_due_fen, state)
  VALUES (NEW.household_id, NEW.building_id, NEW.entrance, NEW.floor, NEW.room, NEW.area_dm2, NEW.use, NEW.has_lift, NEW.nature,
          NEW.is_excluded, NEW.is_developer_held, NEW.price_fen, NEW.rate_fen, NEW.first_due_fen, 'active');
END;
CREATE TRIGGER household_event_applied AFTER INSERT ON household_event WHEN NEW.kind <> 'registered'
BEGIN
  UPDATE household SET entrance = NEW.entrance, floor = NEW.floor, room = NEW.room, area_dm2 = NEW.area_dm2, use = NEW.use,
    has_lift = NEW.has_lift, nature = NEW.nature, is_excluded = NEW.is_excluded, is_developer_held = NEW.is_developer_held,
    price_fen = NEW.price_fen, rate_fen = NEW.rate_fen, first_due_fen = NEW.first_due_fen,
    state = CASE NEW.kind WHEN 'left' THEN 'left' ELSE 'active' END
  WHERE id = NEW.household_id;
END;

-- The standing is what the newest event says, and nothing else.
CREATE TRIGGER household_begins BEFORE INSERT ON household
WHEN NOT EXISTS (SELECT 1 FROM household_event e WHERE e.household_id = NEW.id AND e.kind = 'registered'
  AND e.building_id = NEW.building_id AND e.entrance = NEW.entrance AND e.floor IS NEW.floor AND e.room = NEW.room
  AND e.area_dm2 = NEW.area_dm2 AND e.use = NEW.use AND e.has_lift = NEW.has_lift AND e.nature = NEW.nature
  AND e.is_excluded = NEW.is_excluded AND e.is_developer_held = NEW.is_developer_held AND e.price_fen IS NEW.price_fen
  AND e.rate_fen IS NEW.rate_fen AND e.first_due_fen IS NEW.first_due_fen AND NEW.state = 'active')
BEGIN SELECT RAISE(ABORT, 'household.event'); END;
CREATE TRIGGER household_standing BEFORE UPDATE ON household
WHEN NEW.id <> OLD.id OR NOT EXISTS (SELECT 1 FROM household_event e
  WHERE e.id = (SELECT id FROM household_event WHERE household_id = OLD.id ORDER BY on_date DESC, id DESC LIMIT 1)
  AND e.building_id = NEW.building_id AND e.entrance = NEW.entrance AND e.floor IS NEW.floor AND e.room = NEW.room
  AND e.area_dm2 = NEW.area_dm2 AND e.use = NEW.use AND e.has_lift = NEW.has_lift AND e.nature = NEW.nature
  AND e.is_excluded = NEW.is_excluded AND e.is_developer_held = NEW.is_developer_held AND e.price_fen IS NEW.price_fen
  AND e.rate_fen IS NEW.rate_fen AND e.first_due_fen IS NEW.first_due_fen
  AND (NEW.state = 'left') = (e.kind = 'left'))
BEGIN SELECT RAISE(ABORT, 'household.event'); END;
CREATE TRIGGER household_kept BEFORE DELETE ON household
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Which households follow which, and by what weight their money does: a merge gives all of each, a split by area.
CREATE TABLE household_succession (
  change_id         INTEGER NOT NULL REFERENCES household_change (id),
  from_household_id INTEGER NOT NULL REFERENCES household (id),
  to_household_id   INTEGER NOT NULL REFERENCES household (id),
  weight            INTEGER NOT NULL CHECK (weight > 0),
  PRIMARY KEY (from_household_id, to_household_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_succession_by_heir ON household_succession (to_household_id, from_household_id);

CREATE TRIGGER household_succession_ends BEFORE INSERT ON household_succession
WHEN NOT EXISTS (SELECT 1 FROM household_event WHERE change_id = NEW.change_id AND household_id = NEW.from_household_id
                   AND kind = 'left')
  OR NOT EXISTS (SELECT 1 FROM household_event WHERE change_id = NEW.change_id AND household_id = NEW.to_household_id
                   AND kind = 'registered')
BEGIN SELECT RAISE(ABORT, 'household.path'); END;

-- Areas a household is said to have, by what says so: the certificate of title counts, else the survey, else the contract
-- (建筑物区分所有权司法解释 2020 art. 8). All are kept; the newest of a source is its own.
CREATE TABLE household_area (
  id           INTEGER PRIMARY KEY,
  household_id INTEGER NOT NULL REFERENCES household (id),
  source       TEXT NOT NULL CHECK (source IN ('certificate', 'survey', 'contract')),
  area_dm2     INTEGER NOT NULL CHECK (area_dm2 > 0),
  on_date      TEXT NOT NULL CHECK (on_date IS date(on_date)),
  -- Number of the certificate, report or contract.
  basis        TEXT NOT NULL CHECK (basis <> ''),
  actor_id     INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL
) STRICT;
CREATE INDEX household_area_by_household ON household_area (household_id, on_date, id);
CREATE TRIGGER household_area_kept BEFORE UPDATE ON household_area
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_area_kept_delete BEFORE DELETE ON household_area
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_area_unique BEFORE INSERT ON household_area
WHEN EXISTS (SELECT 1 FROM household_area WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- What the register brought along: paid in, interest credited, what is left of both. The ledger's opening entries are made
-- from it; a merge or a split carries it to the households that follow.
CREATE TABLE household_opening (
  household_id INTEGER PRIMARY KEY REFERENCES household (id),
  change_id    INTEGER NOT NULL REFERENCES household_change (id),
  paid_fen     INTEGER NOT NULL CHECK (paid_fen >= 0),
  interest_fen INTEGER NOT NULL CHECK (interest_fen >= 0),
  balance_fen  INTEGER NOT NULL CHECK (balance_fen >= 0)
) STRICT;

-- The data key, wrapped by a key that only the passphrase gives. Changing the passphrase rewraps it in place, so that the
-- old passphrase opens nothing any more.
CREATE TABLE identity_vault (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  salt       BLOB NOT NULL CHECK (length(salt) = 16),
  cost       INTEGER NOT NULL CHECK (cost >= 32768),
  block_size INTEGER NOT NULL CHECK (block_size >= 8),
  -- nonce (12) ‖ data key sealed (32) ‖ tag (16)
  wrapped    BLOB NOT NULL CHECK (length(wrapped) = 60),
  changed_by INTEGER NOT NULL REFERENCES user (id),
  changed_at TEXT NOT NULL
) STRICT;
-- Without its row no name can be read again.
CREATE TRIGGER identity_vault_kept BEFORE DELETE ON identity_vault
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER identity_vault_unique BEFORE INSERT ON identity_vault
WHEN EXISTS (SELECT 1 FROM identity_vault)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- A person or body that owns. Not evidence but personal data: corrected in place (个人信息保护法 art. 46), each field sealed.
CREATE TABLE owner (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  -- nonce (12) ‖ sealed text ‖ tag (16); NULL when not known.
  name_sealed  BLOB NOT NULL CHECK (length(name_sealed) > 28),
  id_sealed    BLOB CHECK (length(id_sealed) > 28),
  phone_sealed BLOB CHECK (length(phone_sealed) > 28),
  -- Keyed digest of the identity number: finds the same owner again without reading anybody's number.
  id_digest    BLOB UNIQUE CHECK (length(id_digest) = 32),
  CHECK ((id_sealed IS NULL) = (id_digest IS NULL))
) STRICT;
CREATE TRIGGER owner_kept BEFORE DELETE ON owner
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER owner_fixed BEFORE UPDATE OF id ON owner WHEN NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER owner_unique BEFORE INSERT ON owner
WHEN EXISTS (SELECT 1 FROM owner WHERE id = NEW.id OR id_digest = NEW.id_digest)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- Who owns from a day on. Shares first, then the set, which seals them: they add up to the whole exactly.
CREATE TABLE ownership_share (
  set_id   INTEGER NOT NULL REFERENCES ownership_set (id) DEFERRABLE INITIALLY DEFERRED,
  owner_id INTEGER NOT NULL REFERENCES owner (id),
  parts    INTEGER NOT NULL CHECK (parts > 0),
  PRIMARY KEY (set_id, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ownership_share_by_owner ON ownership_share (owner_id, set_id);
CREATE TABLE ownership_set (
  id           INTEGER PRIMARY KEY,
  household_id INTEGER NOT NULL REFERENCES household (id),
  change_id    INTEGER NOT NULL REFERENCES household_change (id),
  from_date    TEXT NOT NULL CHECK (from_date IS date(from_date)),
  -- Into how many equal parts the ownership is divided; 0 when the register knows no owner from that day on.
  total_parts  INTEGER NOT NULL CHECK (total_parts >= 0)
) STRICT;
CREATE INDEX ownership_set_by_household ON ownership_set (household_id, from_date, id);

CREATE TRIGGER ownership_share_sealed BEFORE INSERT ON ownership_share
WHEN EXISTS (SELECT 1 FROM ownership_set WHERE id = NEW.set_id)
BEGIN SELECT RAISE(ABORT, 'ownership.shares'); END;
CREATE TRIGGER ownership_set_whole BEFORE INSERT ON ownership_set
WHEN NEW.total_parts <> (SELECT coalesce(sum(parts), 0) FROM ownership_share WHERE set_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ownership.shares'); END;
CREATE TRIGGER ownership_set_order BEFORE INSERT ON ownership_set
WHEN EXISTS (SELECT 1 FROM ownership_set WHERE household_id = NEW.household_id AND from_date > NEW.from_date)
  OR NOT EXISTS (SELECT 1 FROM household_event WHERE household_id = NEW.household_id AND on_date <= NEW.from_date)
BEGIN SELECT RAISE(ABORT, 'household.order'); END;

CREATE TRIGGER household_change_kept BEFORE UPDATE ON household_change
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_change_kept_delete BEFORE DELETE ON household_change
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_event_kept BEFORE UPDATE ON household_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_event_kept_delete BEFORE DELETE ON household_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_succession_kept BEFORE UPDATE ON household_succession
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_succession_kept_delete BEFORE DELETE ON household_succession
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_opening_kept BEFORE UPDATE ON household_opening
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER household_opening_kept_delete BEFORE DELETE ON household_opening
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER ownership_set_kept BEFORE UPDATE ON ownership_set
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER ownership_set_kept_delete BEFORE DELETE ON ownership_set
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER ownership_share_kept BEFORE UPDATE ON ownership_share
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER ownership_share_kept_delete BEFORE DELETE ON ownership_share
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER household_change_unique BEFORE INSERT ON household_change
WHEN EXISTS (SELECT 1 FROM household_change WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER household_event_unique BEFORE INSERT ON household_event
WHEN EXISTS (SELECT 1 FROM household_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER household_unique BEFORE INSERT ON household
WHEN EXISTS (SELECT 1 FROM household WHERE id = NEW.id
  OR (NEW.state = 'active' AND state = 'active' AND building_id = NEW.building_id AND entrance = NEW.entrance
    AND room = NEW.room))
BEGIN SELECT RAISE(ABORT, 'household.duplicate'); END;
CREATE TRIGGER household_succession_unique BEFORE INSERT ON household_succession
WHEN EXISTS (SELECT 1 FROM household_succession
  WHERE from_household_id = NEW.from_household_id AND to_household_id = NEW.to_household_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER household_opening_unique BEFORE INSERT ON household_opening
WHEN EXISTS (SELECT 1 FROM household_opening WHERE household_id = NEW.household_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER ownership_set_unique BEFORE INSERT ON ownership_set
WHEN EXISTS (SELECT 1 FROM ownership_set WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER ownership_share_unique BEFORE INSERT ON ownership_share
WHEN EXISTS (SELECT 1 FROM ownership_share WHERE set_id = NEW.set_id AND owner_id = NEW.owner_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
