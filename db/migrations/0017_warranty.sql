-- When buildings passed completion acceptance (竣工验收合格) and what the builder promised beyond the statute (质量保修书):
-- 建设工程质量管理条例 art. 39–41. While the builder answers for a place the fund pays nothing for it (165号令 art. 18, 25).

CREATE TABLE completion (
  id           INTEGER PRIMARY KEY,
  complex_id   INTEGER NOT NULL REFERENCES complex (id),
  -- NULL: the whole complex, save buildings with an entry of their own.
  building_id  INTEGER,
  -- NULL: the entry it corrects was made by mistake and nothing takes its place.
  completed_on TEXT CHECK (completed_on IS date(completed_on)),
  -- The paper it was read from, and its scan.
  source       TEXT NOT NULL,
  sha256       TEXT REFERENCES attachment (sha256),
  corrects_id  INTEGER UNIQUE REFERENCES completion (id),
  reason       TEXT NOT NULL,
  recorded_by  INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  FOREIGN KEY (building_id, complex_id) REFERENCES building (id, complex_id),
  CHECK (completed_on IS NOT NULL OR corrects_id IS NOT NULL),
  CHECK (iif(completed_on IS NULL, source = '' AND sha256 IS NULL, source <> '' AND sha256 IS NOT NULL)),
  CHECK ((corrects_id IS NULL) = (reason = ''))
) STRICT;
CREATE INDEX completion_by_complex ON completion (complex_id, building_id, id);

CREATE TABLE warranty_term (
  id          INTEGER PRIMARY KEY,
  complex_id  INTEGER NOT NULL REFERENCES complex (id),
  building_id INTEGER,
  category    TEXT NOT NULL CHECK (category IN
                ('waterproofing', 'wiringAndPipes', 'decoration', 'heating', 'cooling', 'structure', 'other')),
  -- Seasons of heating and cooling, otherwise months; NULL as above. Never less than the statute (art. 40).
  length      INTEGER CHECK (length >= CASE category WHEN 'waterproofing' THEN 60 WHEN 'wiringAndPipes' THEN 24
                WHEN 'decoration' THEN 24 WHEN 'heating' THEN 2 WHEN 'cooling' THEN 2 ELSE 1 END),
  -- Of the warranty letter.
  agreed_on   TEXT CHECK (agreed_on IS date(agreed_on)),
  source      TEXT NOT NULL,
  sha256      TEXT REFERENCES attachment (sha256),
  corrects_id INTEGER UNIQUE REFERENCES warranty_term (id),
  reason      TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  FOREIGN KEY (building_id, complex_id) REFERENCES building (id, complex_id),
  CHECK (length IS NOT NULL OR corrects_id IS NOT NULL),
  CHECK (iif(length IS NULL, source = '' AND sha256 IS NULL AND agreed_on IS NULL,
    source <> '' AND sha256 IS NOT NULL AND agreed_on IS NOT NULL)),
  CHECK ((corrects_id IS NULL) = (reason = ''))
) STRICT;
CREATE INDEX warranty_term_by_complex ON warranty_term (complex_id, building_id, category, id);

-- What stands: not corrected, not taken back.
CREATE VIEW completion_now AS
SELECT c.* FROM completion c
WHERE c.completed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM completion n WHERE n.corrects_id = c.id);

CREATE VIEW warranty_term_now AS
SELECT t.* FROM warranty_term t
WHERE t.length IS NOT NULL AND NOT EXISTS (SELECT 1 FROM warranty_term n WHERE n.corrects_id = t.id);

CREATE TRIGGER completion_kept BEFORE UPDATE ON completion
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER completion_kept_delete BEFORE DELETE ON completion
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER warranty_term_kept BEFORE UPDATE ON warranty_term
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER warranty_term_kept_delete BEFORE DELETE ON warranty_term
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER completion_unique BEFORE INSERT ON completion
WHEN EXISTS (SELECT 1 FROM completion WHERE id = NEW.id)
  OR (NEW.corrects_id IS NOT NULL AND EXISTS (SELECT 1 FROM completion WHERE corrects_id = NEW.corrects_id))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER warranty_term_unique BEFORE INSERT ON warranty_term
WHEN EXISTS (SELECT 1 FROM warranty_term WHERE id = NEW.id)
  OR (NEW.corrects_id IS NOT NULL AND EXISTS (SELECT 1 FROM warranty_term WHERE corrects_id = NEW.corrects_id))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

-- One entry stands for a place; a correction stays at its place and corrects what stands.
CREATE TRIGGER completion_stands BEFORE INSERT ON completion
WHEN iif(NEW.corrects_id IS NULL,
  EXISTS (SELECT 1 FROM completion_now WHERE complex_id = NEW.complex_id AND building_id IS NEW.building_id),
  NOT EXISTS (SELECT 1 FROM completion_now
    WHERE id = NEW.corrects_id AND complex_id = NEW.complex_id AND building_id IS NEW.building_id))
BEGIN SELECT RAISE(ABORT, 'warranty.stands'); END;
CREATE TRIGGER warranty_term_stands BEFORE INSERT ON warranty_term
WHEN iif(NEW.corrects_id IS NULL,
  EXISTS (SELECT 1 FROM warranty_term_now
    WHERE complex_id = NEW.complex_id AND building_id IS NEW.building_id AND category = NEW.category),
  NOT EXISTS (SELECT 1 FROM warranty_term_now
    WHERE id = NEW.corrects_id AND complex_id = NEW.complex_id AND building_id IS NEW.building_id
      AND category = NEW.category))
BEGIN SELECT RAISE(ABORT, 'warranty.stands'); END;

-- No job passes the window without an answer on the builder's warranty: over before the report, or not to be found and why.
CREATE TRIGGER repair_event_warranty_answered BEFORE INSERT ON repair_event WHEN NEW.kind = 'windowChecked'
BEGIN
  SELECT RAISE(ABORT, 'warranty.unanswered')
  FROM repair r WHERE r.id = NEW.repair_id AND NOT coalesce(CASE NEW.detail ->> '$.builderWarranty.kind'
    WHEN 'over' THEN NEW.detail ->> '$.builderWarranty.lastDay' IS date(NEW.detail ->> '$.builderWarranty.lastDay')
      AND NEW.detail ->> '$.builderWarranty.lastDay' < r.reported_on
    WHEN 'notFound' THEN NEW.detail ->> '$.builderWarranty.reason' <> '' END, 0);
END;

-- And none that the register shows to be the builder's. Seasons are reckoned by the local rule, in the program alone.
CREATE TRIGGER repair_event_warranty_over BEFORE INSERT ON repair_event WHEN NEW.kind = 'windowChecked'
BEGIN
  SELECT RAISE(ABORT, 'warranty.inside')
  FROM repair r JOIN completion_now c ON c.complex_id = r.complex_id
  WHERE r.id = NEW.repair_id
    -- A building's own entry goes before the complex's; a job of the whole complex is of every building in it.
    AND (r.building_id IS NULL OR c.building_id = r.building_id OR (c.building_id IS NULL AND NOT EXISTS (
      SELECT 1 FROM completion_now o WHERE o.complex_id = r.complex_id AND o.building_id = r.building_id)))
    AND NEW.detail ->> '$.builderWarranty.category' NOT IN ('heating', 'cooling')
    AND r.reported_on <= date(c.completed_on, max(
      CASE NEW.detail ->> '$.builderWarranty.category' WHEN 'waterproofing' THEN 60 WHEN 'wiringAndPipes' THEN 24
        WHEN 'decoration' THEN 24 ELSE 0 END,
      coalesce((SELECT max(t.length) FROM warranty_term_now t
        WHERE t.complex_id = r.complex_id AND t.category = NEW.detail ->> '$.builderWarranty.category'
          AND (t.building_id IS NULL OR t.building_id = coalesce(r.building_id, c.building_id))), 0)) || ' months', 'floor')
    -- Without a term there is nothing to be inside of.
    AND (NEW.detail ->> '$.builderWarranty.category' IN ('waterproofing', 'wiringAndPipes', 'decoration')
      OR EXISTS (SELECT 1 FROM warranty_term_now t
        WHERE t.complex_id = r.complex_id AND t.category = NEW.detail ->> '$.builderWarranty.category'
          AND (t.building_id IS NULL OR t.building_id = coalesce(r.building_id, c.building_id))));
END;
