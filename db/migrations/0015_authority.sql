-- What a use of the fund rests on: owners' votes with their ballots, standing authorisations, and, for each job, the authority it
-- was given. 民法典 art. 278, 281; 165号令 art. 22–25. The counting is core/authority/vote-tally.ts and
-- vote-objection.ts, done again here in SQL.

CREATE TABLE vote (
  id          INTEGER PRIMARY KEY,
  number      TEXT NOT NULL UNIQUE CHECK (number <> ''),
  complex_id  INTEGER NOT NULL REFERENCES complex (id),
  title       TEXT NOT NULL CHECK (title <> ''),
  matter      TEXT NOT NULL CHECK (matter IN ('use', 'authorise', 'raise', 'rebuild', 'business', 'other')),
  -- objection: it stands unless the objectors exceed a share of all; for a use of the fund only, where the local rule allows it.
  method      TEXT NOT NULL CHECK (method IN ('ballot', 'objection')),
  -- JSON: whose money or whose common part it is (core/authority/use-scope.ts).
  scope       TEXT NOT NULL CHECK (json_valid(scope)),
  -- The most the fund may pay by this vote; NULL where no sum is decided.
  amount_fen  INTEGER CHECK (amount_fen > 0),
  -- JSON: which common parts the fund may be used for; empty where no use is decided.
  parts       TEXT NOT NULL CHECK (json_valid(parts)),
  -- The one job it is about; NULL: any job of these parts inside the scope and the amount.
  repair_id   INTEGER REFERENCES repair (id),
  register_on TEXT NOT NULL CHECK (register_on IS date(register_on)),
  return_by   TEXT NOT NULL CHECK (return_by IS date(return_by) AND return_by >= register_on),
  -- JSON: the ratios of the profile on the register day, with its name, so that a later change of rules changes no result:
  -- { quorumArea, quorumHeads, agreeing: { numerator, denominator, strict }, silenceJoins, profile, source }; by objection
  -- { share: { numerator, denominator, strict }, falls: 'both' | 'either', profile, source }.
  rule        TEXT NOT NULL CHECK (json_valid(rule)),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  CHECK ((matter = 'use') = (amount_fen IS NOT NULL)),
  CHECK ((matter = 'use') = (json_array_length(parts) > 0)),
  CHECK (method = 'ballot' OR matter = 'use'),
  CHECK (method = 'ballot' OR coalesce(json_extract(rule, '$.falls') IN ('both', 'either')
    AND json_extract(rule, '$.share.denominator') > 0 AND json_type(rule, '$.share.strict') IN ('true', 'false')
    AND json_extract(rule, '$.share.numerator') BETWEEN 0 AND json_extract(rule, '$.share.denominator'), 0)),
  CHECK (repair_id IS NULL OR matter = 'use')
) STRICT;
CREATE INDEX vote_by_complex ON vote (complex_id, id);
CREATE INDEX vote_by_repair ON vote (repair_id) WHERE repair_id IS NOT NULL;
-- What is voted on for one job is about its part.
CREATE TRIGGER vote_about BEFORE INSERT ON vote WHEN NEW.repair_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM repair
  WHERE id = NEW.repair_id AND complex_id = NEW.complex_id AND part IN (SELECT value FROM json_each(NEW.parts)))
BEGIN SELECT RAISE(ABORT, 'vote.repair'); END;

-- The electorate on the register day: one exclusive unit, its area, and who holds it as the head count sees it.
CREATE TABLE vote_unit (
  vote_id      INTEGER NOT NULL REFERENCES vote (id),
  household_id INTEGER NOT NULL REFERENCES household (id),
  area_dm2     INTEGER NOT NULL CHECK (area_dm2 > 0),
  holder       TEXT NOT NULL CHECK (holder <> ''),
  PRIMARY KEY (vote_id, household_id)
) STRICT, WITHOUT ROWID;

-- Ballots as entered from paper; the last one of a unit counts, the earlier stay on record.
CREATE TABLE vote_ballot (
  vote_id      INTEGER NOT NULL,
  household_id INTEGER NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq > 0),
  choice       TEXT NOT NULL CHECK (choice IN ('agree', 'against', 'abstain', 'silent', 'notReturned')),
  recorded_by  INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL,
  PRIMARY KEY (vote_id, household_id, seq),
  FOREIGN KEY (vote_id, household_id) REFERENCES vote_unit (vote_id, household_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE vote_paper (
  vote_id  INTEGER NOT NULL REFERENCES vote (id),
  kind     TEXT NOT NULL CHECK (kind IN ('plan', 'ballots', 'delivery', 'minutes', 'posting', 'other')),
  sha256   TEXT NOT NULL REFERENCES attachment (sha256),
  added_by INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL,
  PRIMARY KEY (vote_id, kind, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE vote_event (
  id       INTEGER PRIMARY KEY,
  vote_id  INTEGER NOT NULL REFERENCES vote (id),
  seq      INTEGER NOT NULL CHECK (seq > 0),
  kind     TEXT NOT NULL CHECK (kind IN ('opened', 'counted', 'recounted', 'certified', 'posted', 'withdrawn')),
  state    TEXT NOT NULL CHECK (state IN ('open', 'counted', 'certified', 'withdrawn')),
  -- JSON. counted: { total, participating, agreeing: { areaDm2, heads }, silentAs, passed, … }, by objection { total, against,
  -- undelivered, objecting: { areaDm2, heads }, passed, … }; posted: { on, place }.
  detail   TEXT NOT NULL CHECK (json_valid(detail)),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL,
  UNIQUE (vote_id, seq),
  CHECK (kind NOT IN ('recounted', 'withdrawn') OR coalesce(json_extract(detail, '$.reason'), '') <> '')
) STRICT;

-- Where each vote stands, so that lists page over an index. Written by trigger only.
CREATE TABLE vote_standing (
  vote_id    INTEGER PRIMARY KEY REFERENCES vote (id),
  complex_id INTEGER NOT NULL,
  state      TEXT NOT NULL,
  -- 1 once certified as carried, 0 as not carried; NULL until then.
  passed     INTEGER CHECK (passed IN (0, 1))
) STRICT;
CREATE INDEX vote_standing_by_complex ON vote_standing (complex_id, vote_id, state, passed);
CREATE INDEX vote_standing_by_state ON vote_standing (state, vote_id, complex_id, passed);

-- The electorate is fixed with the vote, and lives in its complex.
CREATE TRIGGER vote_unit_fixed BEFORE INSERT ON vote_unit
WHEN EXISTS (SELECT 1 FROM vote_unit WHERE vote_id = NEW.vote_id AND household_id = NEW.household_id)
  OR EXISTS (SELECT 1 FROM vote_event WHERE vote_id = NEW.vote_id)
  OR NOT EXISTS (SELECT 1 FROM household h JOIN building b ON b.id = h.building_id
       JOIN vote v ON v.complex_id = b.complex_id WHERE h.id = NEW.household_id AND v.id = NEW.vote_id)
BEGIN SELECT RAISE(ABORT, 'vote.electorate'); END;
-- What was counted is what was cast: nothing is entered any more once the count is written.
CREATE TRIGGER vote_ballot_open BEFORE INSERT ON vote_ballot
WHEN coalesce((SELECT state FROM vote_standing WHERE vote_id = NEW.vote_id), '') <> 'open'
BEGIN SELECT RAISE(ABORT, 'vote.frozen'); END;
CREATE TRIGGER vote_ballot_seq BEFORE INSERT ON vote_ballot
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM vote_ballot
  WHERE vote_id = NEW.vote_id AND household_id = NEW.household_id), 0)
BEGIN SELECT RAISE(ABORT, 'vote.path'); END;
CREATE TRIGGER vote_paper_open BEFORE INSERT ON vote_paper
WHEN EXISTS (SELECT 1 FROM vote_paper WHERE vote_id = NEW.vote_id AND kind = NEW.kind AND sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;

CREATE TRIGGER vote_event_path BEFORE INSERT ON vote_event
BEGIN
  SELECT CASE
    -- INSERT OR REPLACE is no way round (see 0001).
    WHEN EXISTS (SELECT 1 FROM vote_event WHERE id = NEW.id OR (vote_id = NEW.vote_id AND seq = NEW.seq))
      THEN RAISE(ABORT, 'record.duplicate')
    WHEN NEW.seq <> coalesce((SELECT max(seq) FROM vote_event WHERE vote_id = NEW.vote_id), 0) + 1
      OR (coalesce((SELECT state FROM vote_standing WHERE vote_id = NEW.vote_id), '') || '>' || NEW.kind || '>' || NEW.state)
        NOT IN ('>opened>open', 'open>counted>counted', 'counted>recounted>open', 'counted>certified>certified',
                'certified>posted>certified', 'open>withdrawn>withdrawn', 'counted>withdrawn>withdrawn')
      THEN RAISE(ABORT, 'vote.path')
    -- Certified by a second person, who neither counted nor entered a ballot.
    WHEN NEW.kind = 'certified' AND (
        NEW.actor_id = (SELECT actor_id FROM vote_event WHERE vote_id = NEW.vote_id AND kind = 'counted'
          ORDER BY seq DESC LIMIT 1)
        OR EXISTS (SELECT 1 FROM vote_ballot WHERE vote_id = NEW.vote_id AND recorded_by = NEW.actor_id))
      THEN RAISE(ABORT, 'vote.samePerson')
    -- The ballots themselves, scanned, lie with the result.
    WHEN NEW.kind = 'certified' AND (SELECT method FROM vote WHERE id = NEW.vote_id) = 'ballot'
        AND NOT EXISTS (SELECT 1 FROM vote_paper WHERE vote_id = NEW.vote_id AND kind = 'ballots')
      THEN RAISE(ABORT, 'vote.ballots')
    -- Where silence lets it stand, what proves that everybody was reached lies with the result instead.
    WHEN NEW.kind = 'certified' AND (SELECT method FROM vote WHERE id = NEW.vote_id) = 'objection'
        AND NOT EXISTS (SELECT 1 FROM vote_paper WHERE vote_id = NEW.vote_id AND kind = 'delivery')
      THEN RAISE(ABORT, 'vote.delivery')
  END;
END;

-- Counted again: areas by unit, heads by person, a person of two opinions on no side; then the ratios of the vote's own rule.
CREATE TRIGGER vote_event_counted BEFORE INSERT ON vote_event
WHEN NEW.kind = 'counted' AND (SELECT method FROM vote WHERE id = NEW.vote_id) = 'ballot'
BEGIN
  SELECT CASE
    WHEN (json_extract(NEW.detail, '$.total.areaDm2'), json_extract(NEW.detail, '$.total.heads'),
          json_extract(NEW.detail, '$.participating.areaDm2'), json_extract(NEW.detail, '$.participating.heads'),
          json_extract(NEW.detail, '$.agreeing.areaDm2'), json_extract(NEW.detail, '$.agreeing.heads'))
      IS NOT (c.total_area, c.total_heads, c.part_area, c.part_heads, c.agree_area, c.agree_heads)
      THEN RAISE(ABORT, 'vote.count')
    WHEN json_extract(NEW.detail, '$.silentAs') IS NOT NULL AND json_extract(c.rule, '$.silenceJoins') IS NOT 1
      THEN RAISE(ABORT, 'vote.count')
    WHEN (json_extract(NEW.detail, '$.passed') IS 1) <> (
        c.part_area * json_extract(c.rule, '$.quorumArea.denominator')
          - c.total_area * json_extract(c.rule, '$.quorumArea.numerator') >= json_extract(c.rule, '$.quorumArea.strict')
        AND c.part_heads * json_extract(c.rule, '$.quorumHeads.denominator')
          - c.total_heads * json_extract(c.rule, '$.quorumHeads.numerator') >= json_extract(c.rule, '$.quorumHeads.strict')
        AND c.agree_area * json_extract(c.rule, '$.agreeing.denominator')
          - c.part_area * json_extract(c.rule, '$.agreeing.numerator') >= json_extract(c.rule, '$.agreeing.strict')
        AND c.agree_heads * json_extract(c.rule, '$.agreeing.denominator')
          - c.part_heads * json_extract(c.rule, '$.agreeing.numerator') >= json_extract(c.rule, '$.agreeing.strict'))
      THEN RAISE(ABORT, 'vote.count')
  END
  FROM (
    SELECT (SELECT rule FROM vote WHERE id = NEW.vote_id) AS rule,
      sum(area) AS total_area, count(*) AS total_heads, sum(part_area) AS part_area, sum(part_units > 0) AS part_heads,
      sum(agree_area) AS agree_area, sum(part_units > 0 AND agree_units = part_units) AS agree_heads
    FROM (
      SELECT sum(area_dm2) AS area, sum(area_dm2 * takes_part) AS part_area, sum(takes_part) AS part_units,
        sum(area_dm2 * agrees) AS agree_area, sum(agrees) AS agree_units
      FROM (
        SELECT u.holder, u.area_dm2,
          coalesce(b.choice IN ('agree', 'against', 'abstain')
            OR (b.choice = 'silent' AND json_extract(NEW.detail, '$.silentAs') IS NOT NULL), 0) AS takes_part,
          coalesce(b.choice = 'agree' OR (b.choice = 'silent' AND json_extract(NEW.detail, '$.silentAs') = 'agree'), 0) AS agrees
        FROM vote_unit u LEFT JOIN vote_ballot b ON b.vote_id = u.vote_id AND b.household_id = u.household_id
          AND b.seq = (SELECT max(seq) FROM vote_ballot WHERE vote_id = u.vote_id AND household_id = u.household_id)
        WHERE u.vote_id = NEW.vote_id)
      GROUP BY holder)) c;
END;

-- By objection: whoever is against, and every unit nothing was delivered to, by area and by person; then the vote's own share.
CREATE TRIGGER vote_event_objected BEFORE INSERT ON vote_event
WHEN NEW.kind = 'counted' AND (SELECT method FROM vote WHERE id = NEW.vote_id) = 'objection'
BEGIN
  SELECT CASE
    -- Whoever has said nothing yet may object until the last day is over.
    WHEN c.waiting > 0 AND date(NEW.at, '+8 hours') <= c.return_by THEN RAISE(ABORT, 'vote.early')
    WHEN (json_extract(NEW.detail, '$.total.areaDm2'), json_extract(NEW.detail, '$.total.heads'),
          json_extract(NEW.detail, '$.against.areaDm2'), json_extract(NEW.detail, '$.against.heads'),
          json_extract(NEW.detail, '$.undelivered.areaDm2'), json_extract(NEW.detail, '$.undelivered.heads'),
          json_extract(NEW.detail, '$.objecting.areaDm2'), json_extract(NEW.detail, '$.objecting.heads'))
      IS NOT (c.total_area, c.total_heads, c.against_area, c.against_heads, c.object_area - c.against_area,
          c.object_heads - c.against_heads, c.object_area, c.object_heads)
      THEN RAISE(ABORT, 'vote.count')
    WHEN coalesce(json_extract(NEW.detail, '$.passed'), 0) <> (
        (c.object_area * json_extract(c.rule, '$.share.denominator') - c.total_area * json_extract(c.rule, '$.share.numerator')
            >= json_extract(c.rule, '$.share.strict'))
          + (c.object_heads * json_extract(c.rule, '$.share.denominator')
            - c.total_heads * json_extract(c.rule, '$.share.numerator') >= json_extract(c.rule, '$.share.strict'))
        < iif(json_extract(c.rule, '$.falls') = 'both', 2, 1))
      THEN RAISE(ABORT, 'vote.count')
  END
  FROM (
    SELECT (SELECT rule FROM vote WHERE id = NEW.vote_id) AS rule,
      (SELECT return_by FROM vote WHERE id = NEW.vote_id) AS return_by, sum(waiting) AS waiting,
      sum(area) AS total_area, count(*) AS total_heads, sum(against_area) AS against_area, sum(against_area > 0) AS against_heads,
      sum(object_area) AS object_area, sum(object_area > 0) AS object_heads
    FROM (
      SELECT sum(area_dm2) AS area, sum(area_dm2 * (choice = 'against')) AS against_area,
        sum(area_dm2 * (choice IN ('against', 'notReturned'))) AS object_area, sum(choice IN ('silent', 'notReturned')) AS waiting
      FROM (
        SELECT u.holder, u.area_dm2, coalesce((SELECT choice FROM vote_ballot WHERE vote_id = u.vote_id
          AND household_id = u.household_id ORDER BY seq DESC LIMIT 1), 'notReturned') AS choice
        FROM vote_unit u WHERE u.vote_id = NEW.vote_id)
      GROUP BY holder)) c;
END;

CREATE TRIGGER vote_event_begins AFTER INSERT ON vote_event WHEN NEW.seq = 1
BEGIN
  INSERT INTO vote_standing SELECT NEW.vote_id, complex_id, NEW.state, NULL FROM vote WHERE id = NEW.vote_id;
END;
CREATE TRIGGER vote_event_stands AFTER INSERT ON vote_event WHEN NEW.seq > 1
BEGIN
  UPDATE vote_standing SET state = NEW.state, passed = iif(NEW.kind = 'certified', (
      SELECT json_extract(detail, '$.passed') FROM vote_event WHERE vote_id = NEW.vote_id AND kind = 'counted'
      ORDER BY seq DESC LIMIT 1), passed)
    WHERE vote_id = NEW.vote_id;
END;
CREATE TRIGGER vote_standing_begins BEFORE INSERT ON vote_standing
WHEN EXISTS (SELECT 1 FROM vote_standing WHERE vote_id = NEW.vote_id) OR NEW.passed IS NOT NULL
  OR (NEW.complex_id, NEW.state) IS NOT (SELECT v.complex_id, e.state FROM vote_event e JOIN vote v ON v.id = e.vote_id
       WHERE e.vote_id = NEW.vote_id ORDER BY e.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'vote.path'); END;
-- It changes only as the consequence of the latest event.
CREATE TRIGGER vote_standing_follows BEFORE UPDATE ON vote_standing
WHEN (NEW.vote_id, NEW.complex_id) IS NOT (OLD.vote_id, OLD.complex_id)
  OR NEW.state IS NOT (SELECT state FROM vote_event WHERE vote_id = OLD.vote_id ORDER BY seq DESC LIMIT 1)
  OR NEW.passed IS NOT iif(NEW.state = 'certified', (SELECT json_extract(detail, '$.passed') FROM vote_event
       WHERE vote_id = OLD.vote_id AND kind = 'counted' ORDER BY seq DESC LIMIT 1), NULL)
BEGIN SELECT RAISE(ABORT, 'vote.path'); END;
CREATE TRIGGER vote_standing_kept BEFORE DELETE ON vote_standing
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- One decision for many small jobs: which parts, how long, how much each and together.
CREATE TABLE use_authorisation (
  id          INTEGER PRIMARY KEY,
  number      TEXT NOT NULL UNIQUE CHECK (number <> ''),
  complex_id  INTEGER NOT NULL REFERENCES complex (id),
  title       TEXT NOT NULL CHECK (title <> ''),
  -- The signed paper, and the vote in this ledger where there was one.
  decision_id INTEGER NOT NULL REFERENCES decision (id),
  vote_id     INTEGER REFERENCES vote (id),
  parts       TEXT NOT NULL CHECK (json_valid(parts) AND json_array_length(parts) > 0),
  scope       TEXT NOT NULL CHECK (json_valid(scope)),
  from_date   TEXT NOT NULL CHECK (from_date IS date(from_date)),
  to_date     TEXT NOT NULL CHECK (to_date IS date(to_date) AND to_date >= from_date),
  per_job_fen INTEGER NOT NULL CHECK (per_job_fen > 0),
  total_fen   INTEGER NOT NULL CHECK (total_fen >= per_job_fen),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL
) STRICT;
CREATE INDEX use_authorisation_by_complex ON use_authorisation (complex_id, to_date, id);
CREATE INDEX use_authorisation_by_end ON use_authorisation (to_date, id, complex_id);
CREATE INDEX use_authorisation_by_vote ON use_authorisation (vote_id, id) WHERE vote_id IS NOT NULL;

CREATE TABLE use_authorisation_event (
  authorisation_id INTEGER NOT NULL REFERENCES use_authorisation (id),
  -- Confirmed by a second person against the paper; ended before its term by the owners or the office.
  kind     TEXT NOT NULL CHECK (kind IN ('confirmed', 'ended')),
  reason   TEXT NOT NULL DEFAULT '',
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL,
  PRIMARY KEY (authorisation_id, kind),
  CHECK ((kind = 'ended') = (reason <> ''))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER use_authorisation_origin BEFORE INSERT ON use_authorisation
WHEN EXISTS (SELECT 1 FROM use_authorisation WHERE id = NEW.id OR number = NEW.number)
  OR NOT EXISTS (SELECT 1 FROM decision WHERE id = NEW.decision_id AND complex_id = NEW.complex_id)
  OR (NEW.vote_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vote v JOIN vote_standing s ON s.vote_id = v.id
        WHERE v.id = NEW.vote_id AND v.complex_id = NEW.complex_id AND v.matter = 'authorise' AND s.passed = 1))
BEGIN SELECT RAISE(ABORT, 'authority.origin'); END;
-- What owners voted once is given away once; an ended one that no job rests on was a slip.
CREATE TRIGGER use_authorisation_twice BEFORE INSERT ON use_authorisation
WHEN EXISTS (SELECT 1 FROM use_authorisation a WHERE a.vote_id = NEW.vote_id AND (
    NOT EXISTS (SELECT 1 FROM use_authorisation_event WHERE authorisation_id = a.id AND kind = 'ended')
    OR EXISTS (SELECT 1 FROM repair_authority WHERE authorisation_id = a.id)))
BEGIN SELECT RAISE(ABORT, 'authority.twice'); END;
CREATE TRIGGER use_authorisation_event_path BEFORE INSERT ON use_authorisation_event
WHEN EXISTS (SELECT 1 FROM use_authorisation_event WHERE authorisation_id = NEW.authorisation_id
    AND (kind = NEW.kind OR kind = 'ended'))
BEGIN SELECT RAISE(ABORT, 'authority.path'); END;
CREATE TRIGGER use_authorisation_event_persons BEFORE INSERT ON use_authorisation_event
WHEN NEW.kind = 'confirmed' AND NEW.actor_id = (SELECT recorded_by FROM use_authorisation WHERE id = NEW.authorisation_id)
BEGIN SELECT RAISE(ABORT, 'authority.samePerson'); END;

-- What each job rests on, written by the job's own event (0006): the latest counts, the earlier stay on record.
CREATE TABLE repair_authority (
  event_id         INTEGER PRIMARY KEY REFERENCES repair_event (id),
  repair_id        INTEGER NOT NULL REFERENCES repair (id),
  kind             TEXT NOT NULL CHECK (kind IN ('vote', 'standing', 'emergency')),
  vote_id          INTEGER REFERENCES vote (id),
  authorisation_id INTEGER REFERENCES use_authorisation (id),
  -- Which of the profile's cases, and the day somebody asked.
  emergency_item   TEXT CHECK (emergency_item <> ''),
  applied_on       TEXT CHECK (applied_on IS date(applied_on)),
  CHECK ((kind = 'vote') = (vote_id IS NOT NULL)),
  CHECK ((kind = 'standing') = (authorisation_id IS NOT NULL)),
  CHECK ((kind = 'emergency') = (emergency_item IS NOT NULL)),
  CHECK ((kind = 'emergency') = (applied_on IS NOT NULL))
) STRICT;
CREATE INDEX repair_authority_by_repair ON repair_authority (repair_id, event_id, kind, vote_id, authorisation_id);
CREATE INDEX repair_authority_by_vote ON repair_authority (vote_id, repair_id) WHERE vote_id IS NOT NULL;
CREATE INDEX repair_authority_by_authorisation ON repair_authority (authorisation_id, repair_id)
  WHERE authorisation_id IS NOT NULL;

CREATE TRIGGER repair_event_authorised AFTER INSERT ON repair_event WHEN NEW.kind = 'authorised'
BEGIN
  INSERT INTO repair_authority
    SELECT NEW.id, NEW.repair_id, r.kind, json_extract(NEW.detail, '$.ref.voteId'),
      json_extract(NEW.detail, '$.ref.authorisationId'), json_extract(a.detail, '$.item'), json_extract(a.detail, '$.appliedOn')
    FROM (SELECT json_extract(NEW.detail, '$.ref.kind') AS kind) r
      -- An emergency is what was asked for last.
      LEFT JOIN repair_event a ON r.kind = 'emergency' AND a.repair_id = NEW.repair_id AND a.kind = 'emergencyApplied'
        AND a.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'emergencyApplied');
END;
-- The authority a job stands on: the latest, unless it was sent back to be given anew; with the circle of owners it takes from.
CREATE VIEW repair_authority_held AS
  SELECT a.repair_id, a.kind, a.vote_id, a.authorisation_id, json_extract(e.detail, '$.useScope') AS scope
  FROM repair_authority a JOIN repair_event e ON e.id = a.event_id
  WHERE a.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = a.repair_id)
    AND NOT EXISTS (SELECT 1 FROM repair_event b WHERE b.repair_id = a.repair_id AND b.kind = 'sentBack' AND b.seq > e.seq
      AND json_extract(b.detail, '$.to') IN ('windowCheck', 'engineeringCheck', 'authority'));
-- Whose money a job may take: inside the circle its authority names, and inside the circle that decided. Nobody stands here of a
-- job that concerns the whole complex by a decision of the whole complex.
CREATE VIEW repair_use_scope AS
  SELECT u.repair_id, u.circle, u.scope FROM (
    SELECT repair_id, 'use' AS circle, scope FROM repair_authority_held
    UNION ALL SELECT h.repair_id, 'decision', v.scope FROM repair_authority_held h JOIN vote v ON v.id = h.vote_id
    UNION ALL SELECT h.repair_id, 'decision', a.scope
      FROM repair_authority_held h JOIN use_authorisation a ON a.id = h.authorisation_id) u
  WHERE json_extract(u.scope, '$.kind') <> 'complex';
CREATE VIEW repair_use_household AS
  SELECT u.repair_id, u.circle, h.id AS household_id
    FROM repair_use_scope u, json_each(u.scope, '$.buildingIds') j JOIN household h ON h.building_id = j.value
  UNION ALL SELECT u.repair_id, u.circle, h.id FROM repair_use_scope u, json_each(u.scope, '$.entrances') j JOIN household h
    ON h.building_id = json_extract(j.value, '$.buildingId') AND h.entrance = json_extract(j.value, '$.entrance')
  UNION ALL SELECT u.repair_id, u.circle, j.value FROM repair_use_scope u, json_each(u.scope, '$.householdIds') j;
CREATE TRIGGER apportionment_within_use BEFORE INSERT ON apportionment
WHEN NEW.repair_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM repair_use_scope u WHERE u.repair_id = NEW.repair_id AND EXISTS (
    SELECT household_id FROM apportionment_share WHERE apportionment_id = NEW.id
    EXCEPT SELECT household_id FROM repair_use_household WHERE repair_id = u.repair_id AND circle = u.circle))
BEGIN SELECT RAISE(ABORT, 'apportionment.outsideUse'); END;
-- A sheet made before is what the charge will follow.
CREATE TRIGGER repair_authority_sheet AFTER INSERT ON repair_authority
WHEN EXISTS (
  SELECT 1 FROM repair_use_scope u WHERE u.repair_id = NEW.repair_id AND EXISTS (
    SELECT household_id FROM apportionment_share
      WHERE apportionment_id = (SELECT max(id) FROM apportionment WHERE repair_id = NEW.repair_id)
    EXCEPT SELECT household_id FROM repair_use_household WHERE repair_id = u.repair_id AND circle = u.circle))
BEGIN SELECT RAISE(ABORT, 'apportionment.outsideUse'); END;
-- And what is charged in the end; money that comes back goes wherever it came from.
CREATE TRIGGER voucher_within_use BEFORE INSERT ON voucher
WHEN EXISTS (
  SELECT 1 FROM (SELECT DISTINCT repair_id FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL) r
    JOIN repair_use_scope u ON u.repair_id = r.repair_id
  WHERE EXISTS (
    SELECT e.household_id FROM household_entry e
      JOIN voucher_line l ON l.voucher_id = e.voucher_id AND l.line_no = e.line_no
    WHERE e.voucher_id = NEW.id AND e.amount_fen < 0 AND l.repair_id = r.repair_id
    EXCEPT SELECT household_id FROM repair_use_household WHERE repair_id = u.repair_id AND circle = u.circle))
BEGIN SELECT RAISE(ABORT, 'apportionment.outsideUse'); END;
-- No tolerance of the office's widens what owners agreed to: a settlement stays within it, together with all its other jobs.
CREATE TRIGGER repair_event_within_decision BEFORE INSERT ON repair_event
WHEN NEW.kind = 'settled' AND EXISTS (
  SELECT 1 FROM repair_authority_held h LEFT JOIN vote v ON v.id = h.vote_id
    LEFT JOIN use_authorisation a ON a.id = h.authorisation_id
  WHERE h.repair_id = NEW.repair_id AND h.kind <> 'emergency' AND (
    NEW.amount_fen > a.per_job_fen
    OR NEW.amount_fen + (
      SELECT coalesce(sum(s.amount_fen), 0) FROM repair_standing s
      WHERE s.step NOT IN ('refused', 'cancelled') AND s.repair_id <> NEW.repair_id AND s.repair_id IN (
        SELECT x.repair_id FROM repair_authority x WHERE (x.vote_id = h.vote_id OR x.authorisation_id = h.authorisation_id)
          AND x.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = x.repair_id)))
      > coalesce(v.amount_fen, a.total_fen)))
BEGIN SELECT RAISE(ABORT, 'authority.ceiling'); END;
-- Asked for before the works are decided on, with what is dangerous and a paper that says so; the job stays where it stands.
CREATE TRIGGER repair_event_emergency BEFORE INSERT ON repair_event WHEN NEW.kind = 'emergencyApplied'
BEGIN
  SELECT CASE
    WHEN (NEW.step, NEW.amount_fen) IS NOT (SELECT step, amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
        OR NEW.step NOT IN ('windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority')
      THEN RAISE(ABORT, 'repair.path')
    WHEN trim(coalesce(json_extract(NEW.detail, '$.item'), '')) = ''
        OR trim(coalesce(json_extract(NEW.detail, '$.report'), '')) = ''
        OR coalesce(json_array_length(NEW.detail, '$.files'), 0) = 0
        OR coalesce(json_extract(NEW.detail, '$.appliedOn'), '') NOT BETWEEN
          (SELECT reported_on FROM repair WHERE id = NEW.repair_id) AND date(NEW.at, '+8 hours')
        OR EXISTS (SELECT 1 FROM json_each(NEW.detail, '$.files') j
          WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = j.value))
      THEN RAISE(ABORT, 'authority.application')
  END;
END;
-- Owners who did not agree, or an authorisation that has ended, open no purse. The ceilings count what open and paid jobs stand
-- at; a job that was refused or cancelled gives its part back.
CREATE TRIGGER repair_authority_checked BEFORE INSERT ON repair_authority
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM repair_authority WHERE event_id = NEW.event_id)
      OR NOT EXISTS (SELECT 1 FROM repair_event WHERE id = NEW.event_id AND repair_id = NEW.repair_id AND kind = 'authorised')
      THEN RAISE(ABORT, 'authority.path')
    -- Not before the works were reported and checked, nor after today; whose money it takes is said.
    WHEN NOT EXISTS (SELECT 1 FROM repair_event e JOIN repair r ON r.id = e.repair_id WHERE e.id = NEW.event_id
        AND json_extract(e.detail, '$.useScope.kind') IN ('complex', 'buildings', 'entrances', 'households')
        AND json_extract(e.detail, '$.on') BETWEEN max(r.reported_on, (
          SELECT date(at, '+8 hours') FROM repair_event WHERE repair_id = e.repair_id AND kind = 'engineeringChecked'
          ORDER BY seq DESC LIMIT 1)) AND date(e.at, '+8 hours'))
      THEN RAISE(ABORT, 'authority.date')
    WHEN NEW.kind = 'emergency' AND NEW.emergency_item IS NULL THEN RAISE(ABORT, 'authority.application')
    -- A term is kept by the day the authority bears and by the day it is written.
    WHEN NEW.kind = 'standing' AND NOT EXISTS (SELECT 1 FROM use_authorisation a JOIN repair_event e ON e.id = NEW.event_id
        WHERE a.id = NEW.authorisation_id AND json_extract(e.detail, '$.on') >= a.from_date
          AND date(e.at, '+8 hours') <= a.to_date)
      THEN RAISE(ABORT, 'authority.term')
    WHEN NEW.kind = 'vote' AND NOT EXISTS (
        SELECT 1 FROM vote v JOIN vote_standing s ON s.vote_id = v.id JOIN repair r ON r.id = NEW.repair_id
        WHERE v.id = NEW.vote_id AND v.complex_id = r.complex_id AND v.matter = 'use' AND s.state = 'certified' AND s.passed = 1
          AND (v.repair_id IS NULL OR v.repair_id = NEW.repair_id) AND r.part IN (SELECT value FROM json_each(v.parts)))
      THEN RAISE(ABORT, 'authority.vote')
    WHEN NEW.kind = 'standing' AND NOT EXISTS (
        SELECT 1 FROM use_authorisation a JOIN repair r ON r.id = NEW.repair_id
          JOIN use_authorisation_event c ON c.authorisation_id = a.id AND c.kind = 'confirmed'
        WHERE a.id = NEW.authorisation_id AND a.complex_id = r.complex_id
          AND r.part IN (SELECT value FROM json_each(a.parts))
          AND NOT EXISTS (SELECT 1 FROM use_authorisation_event WHERE authorisation_id = a.id AND kind = 'ended'))
      THEN RAISE(ABORT, 'authority.standing')
    WHEN NEW.kind = 'vote' AND (SELECT amount_fen FROM vote WHERE id = NEW.vote_id) < (
        SELECT coalesce(sum(s.amount_fen), 0) FROM repair_standing s
        WHERE s.step NOT IN ('refused', 'cancelled') AND (s.repair_id = NEW.repair_id OR s.repair_id IN (
          SELECT a.repair_id FROM repair_authority a WHERE a.vote_id = NEW.vote_id
              AND a.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = a.repair_id))))
      THEN RAISE(ABORT, 'authority.ceiling')
    WHEN NEW.kind = 'standing' AND (
        (SELECT amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
          > (SELECT per_job_fen FROM use_authorisation WHERE id = NEW.authorisation_id)
        OR (SELECT total_fen FROM use_authorisation WHERE id = NEW.authorisation_id) < (
          SELECT coalesce(sum(s.amount_fen), 0) FROM repair_standing s
          WHERE s.step NOT IN ('refused', 'cancelled') AND (s.repair_id = NEW.repair_id OR s.repair_id IN (
            SELECT a.repair_id FROM repair_authority a WHERE a.authorisation_id = NEW.authorisation_id
              AND a.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = a.repair_id)))))
      THEN RAISE(ABORT, 'authority.ceiling')
  END;
END;

-- The window's question about the use itself (165号令 art. 18, 25): asked every time, the answer kept.
CREATE TABLE repair_use_answer (
  id          INTEGER PRIMARY KEY,
  repair_id   INTEGER NOT NULL REFERENCES repair (id),
  -- The item of the dictionary (assets/repair/use-items.json) the job was found under; '' when none fits.
  item        TEXT NOT NULL,
  answer      TEXT NOT NULL CHECK (answer IN ('allowed', 'explain')),
  -- Why the fund may pay although the item asks for an explanation.
  explanation TEXT NOT NULL DEFAULT '',
  -- What the dictionary says of the item the job's words point to; '' where they point to none. Words may err, so another
  -- answer than theirs may stand, but not by one person alone where they say the fund never pays.
  suggested   TEXT NOT NULL DEFAULT '' CHECK (suggested IN ('', 'allowed', 'explain', 'notAllowed')),
  confirmed_by INTEGER REFERENCES user (id) CHECK (confirmed_by <> actor_id),
  actor_id    INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  CHECK (answer = 'allowed' OR explanation <> ''),
  CHECK (suggested <> 'notAllowed' OR confirmed_by IS NOT NULL AND explanation <> '')
) STRICT;
CREATE INDEX repair_use_answer_by_repair ON repair_use_answer (repair_id, id, explanation);
-- No window check passes without its own answer.
CREATE TRIGGER repair_event_use_answered BEFORE INSERT ON repair_event WHEN NEW.kind = 'windowChecked'
  AND (SELECT count(*) FROM repair_use_answer WHERE repair_id = NEW.repair_id)
    <= (SELECT count(*) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'windowChecked')
BEGIN SELECT RAISE(ABORT, 'authority.useAnswer'); END;

CREATE TRIGGER vote_kept BEFORE UPDATE ON vote
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_kept_delete BEFORE DELETE ON vote
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_unit_kept BEFORE UPDATE ON vote_unit
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_unit_kept_delete BEFORE DELETE ON vote_unit
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_ballot_kept BEFORE UPDATE ON vote_ballot
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_ballot_kept_delete BEFORE DELETE ON vote_ballot
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_paper_kept BEFORE UPDATE ON vote_paper
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_paper_kept_delete BEFORE DELETE ON vote_paper
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_event_kept BEFORE UPDATE ON vote_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER vote_event_kept_delete BEFORE DELETE ON vote_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER use_authorisation_kept BEFORE UPDATE ON use_authorisation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER use_authorisation_kept_delete BEFORE DELETE ON use_authorisation
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER use_authorisation_event_kept BEFORE UPDATE ON use_authorisation_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER use_authorisation_event_kept_delete BEFORE DELETE ON use_authorisation_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_authority_kept BEFORE UPDATE ON repair_authority
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_authority_kept_delete BEFORE DELETE ON repair_authority
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_use_answer_kept BEFORE UPDATE ON repair_use_answer
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_use_answer_kept_delete BEFORE DELETE ON repair_use_answer
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER vote_unique BEFORE INSERT ON vote
WHEN EXISTS (SELECT 1 FROM vote WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER vote_ballot_unique BEFORE INSERT ON vote_ballot
WHEN EXISTS (SELECT 1 FROM vote_ballot
  WHERE vote_id = NEW.vote_id AND household_id = NEW.household_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_use_answer_unique BEFORE INSERT ON repair_use_answer
WHEN EXISTS (SELECT 1 FROM repair_use_answer WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
