-- The office, its people, its policy profiles and the operation log.
-- Refusals raise a code that db/refusal.ts turns into a sentence for the clerk.

CREATE TABLE office (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  name       TEXT NOT NULL CHECK (name <> ''),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE user (
  id            INTEGER PRIMARY KEY,
  login         TEXT NOT NULL UNIQUE CHECK (login <> ''),
  name          TEXT NOT NULL CHECK (name <> ''),
  -- scrypt parameters, salt and hash; NULL for the built-in command-line actor, who can never sign in.
  password_hash TEXT,
  state         TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
  created_at    TEXT NOT NULL
) STRICT;

-- A person who acted stays on record for ever (the reviewer's identity is evidence).
CREATE TRIGGER user_kept BEFORE DELETE ON user
BEGIN SELECT RAISE(ABORT, 'user.kept'); END;

CREATE TABLE user_role (
  user_id INTEGER NOT NULL REFERENCES user (id),
  role    TEXT NOT NULL CHECK (role IN ('preparer', 'reviewer', 'bookkeeper', 'cashier', 'head', 'reconciler',
                                        'archivist', 'inspector', 'administrator')),
  PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;

-- 会计法 art. 35: a cashier may not also check, keep archives, or register income, expenditure, claims and debts.
CREATE TRIGGER user_role_cashier BEFORE INSERT ON user_role
WHEN (NEW.role = 'cashier' AND EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.user_id
        AND role IN ('reviewer', 'bookkeeper', 'reconciler', 'archivist')))
  OR (NEW.role IN ('reviewer', 'bookkeeper', 'reconciler', 'archivist')
        AND EXISTS (SELECT 1 FROM user_role WHERE user_id = NEW.user_id AND role = 'cashier'))
BEGIN SELECT RAISE(ABORT, 'role.cashierConflict'); END;

-- Roles are given and taken one by one; an UPDATE would slip past the rule above.
CREATE TRIGGER user_role_replaced BEFORE UPDATE ON user_role
BEGIN SELECT RAISE(ABORT, 'role.replaced'); END;

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Local rules (thresholds, deadlines, ratios, posting days), date-effective, with their source (invariant 15).
CREATE TABLE policy_profile (
  code       TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to   TEXT,
  inherits   TEXT,
  name       TEXT NOT NULL,
  body       TEXT NOT NULL CHECK (json_valid(body)),
  sources    TEXT NOT NULL CHECK (json_valid(sources)),
  evidence   TEXT NOT NULL,
  PRIMARY KEY (code, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER policy_profile_kept BEFORE UPDATE ON policy_profile
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER policy_profile_kept_delete BEFORE DELETE ON policy_profile
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- What the office fills in or changes in a profile: needs a source, a reason and a second person (财会〔2024〕12号 art. 21(1)).
CREATE TABLE policy_value (
  id           INTEGER PRIMARY KEY,
  profile_code TEXT NOT NULL,
  key          TEXT NOT NULL CHECK (key <> ''),
  value        TEXT NOT NULL CHECK (json_valid(value)),
  valid_from   TEXT NOT NULL,
  source       TEXT NOT NULL CHECK (source <> ''),
  reason       TEXT NOT NULL CHECK (reason <> ''),
  set_by       INTEGER NOT NULL REFERENCES user (id),
  approved_by  INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  CHECK (set_by <> approved_by)
) STRICT;
CREATE INDEX policy_value_by_key ON policy_value (profile_code, key, valid_from, id);

CREATE TRIGGER policy_value_kept BEFORE UPDATE ON policy_value
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER policy_value_kept_delete BEFORE DELETE ON policy_value
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Operation log (操作日志), complete, searchable, chained (财会〔2024〕12号 art. 11, 32).
CREATE TABLE operation (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  actor_id   INTEGER NOT NULL REFERENCES user (id),
  action     TEXT NOT NULL CHECK (action <> ''),
  subject    TEXT NOT NULL CHECK (subject <> ''),
  subject_id INTEGER,
  detail     TEXT NOT NULL CHECK (json_valid(detail)),
  prev_hash  TEXT NOT NULL,
  hash       TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX operation_by_subject ON operation (subject, subject_id, id);
CREATE INDEX operation_by_actor ON operation (actor_id, id);
CREATE INDEX operation_by_action ON operation (action, id);

CREATE TRIGGER operation_chained BEFORE INSERT ON operation
WHEN NEW.id <> coalesce((SELECT max(id) FROM operation), 0) + 1
  OR NEW.prev_hash <> coalesce((SELECT hash FROM operation WHERE id = NEW.id - 1), '')
BEGIN SELECT RAISE(ABORT, 'log.chain'); END;
CREATE TRIGGER operation_kept BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER operation_kept_delete BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- Files are stored beside the ledger under their SHA-256; the row says what they are.
CREATE TABLE attachment (
  sha256     TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  name       TEXT NOT NULL CHECK (name <> ''),
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL CHECK (size > 0),
  added_by   INTEGER NOT NULL REFERENCES user (id),
  added_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER attachment_kept BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER attachment_kept_delete BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE deletes the row it meets, and without recursive_triggers (a connection's own choice, off by default)
-- no delete trigger fires: so meeting a kept row is refused before it happens.
CREATE TRIGGER user_unique BEFORE INSERT ON user
WHEN EXISTS (SELECT 1 FROM user WHERE id = NEW.id OR login = NEW.login)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER policy_profile_unique BEFORE INSERT ON policy_profile
WHEN EXISTS (SELECT 1 FROM policy_profile WHERE code = NEW.code AND valid_from = NEW.valid_from)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER policy_value_unique BEFORE INSERT ON policy_value
WHEN EXISTS (SELECT 1 FROM policy_value WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER operation_unique BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.id OR hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER attachment_unique BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM attachment WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
