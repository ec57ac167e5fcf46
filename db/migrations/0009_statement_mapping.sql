-- Column mappings of statement layouts the product does not know, per account (对账单列对应). Saving again under the same
-- heading is the next version; the highest version counts, and an inactive one retires the heading.
CREATE TABLE statement_mapping (
  id              INTEGER PRIMARY KEY,
  bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
  -- The heading's titles, as the next file is recognised by them.
  heading         TEXT NOT NULL CHECK (heading <> ''),
  version         INTEGER NOT NULL CHECK (version > 0),
  name            TEXT NOT NULL CHECK (name <> ''),
  -- Everything core/statement/mapping.ts needs.
  mapping         TEXT NOT NULL CHECK (json_valid(mapping)),
  is_active       INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  set_by          INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  UNIQUE (bank_account_id, heading, version)
) STRICT;

CREATE TRIGGER statement_mapping_next BEFORE INSERT ON statement_mapping
WHEN NEW.version <> coalesce((SELECT max(version) FROM statement_mapping
  WHERE bank_account_id = NEW.bank_account_id AND heading = NEW.heading), 0) + 1
BEGIN SELECT RAISE(ABORT, 'mapping.version'); END;
CREATE TRIGGER statement_mapping_kept BEFORE UPDATE ON statement_mapping
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_mapping_kept_delete BEFORE DELETE ON statement_mapping
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER statement_mapping_unique BEFORE INSERT ON statement_mapping
WHEN EXISTS (SELECT 1 FROM statement_mapping WHERE id = NEW.id
  OR (bank_account_id = NEW.bank_account_id AND heading = NEW.heading AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
