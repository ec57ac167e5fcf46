-- Repairs: the job, its path as events, its papers and the persons who signed. The state is derived by core/repair.

CREATE TABLE repair (
  id            INTEGER PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE CHECK (number <> ''),
  book_id       INTEGER NOT NULL REFERENCES book (id),
  complex_id    INTEGER NOT NULL REFERENCES complex (id),
  building_id   INTEGER,
  -- Structured location: repeat claims are found by building · entrance · part · facility, not by free text.
  entrance      TEXT NOT NULL DEFAULT '',
  part          TEXT NOT NULL CHECK (part <> ''),
  facility      TEXT NOT NULL DEFAULT '',
  title         TEXT NOT NULL CHECK (title <> ''),
  reported_on   TEXT NOT NULL CHECK (reported_on IS date(reported_on)),
  quoted_fen    INTEGER NOT NULL CHECK (quoted_fen > 0),
  contractor_id INTEGER NOT NULL REFERENCES counterparty (id),
  supervisor_id INTEGER NOT NULL REFERENCES counterparty (id),
  recorded_by   INTEGER NOT NULL REFERENCES user (id),
  recorded_at   TEXT NOT NULL,
  FOREIGN KEY (building_id, complex_id) REFERENCES building (id, complex_id)
) STRICT;
CREATE INDEX repair_by_complex ON repair (complex_id, reported_on, id);
CREATE INDEX repair_by_place ON repair (complex_id, part, reported_on);

CREATE TABLE repair_event (
  id        INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  seq       INTEGER NOT NULL CHECK (seq > 0),
  kind      TEXT NOT NULL CHECK (kind <> ''),
  -- What the job waits for after this event, and the amount it then stands at: settled, else approved, else quoted.
  step       TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  detail    TEXT NOT NULL CHECK (json_valid(detail)),
  actor_id  INTEGER NOT NULL REFERENCES user (id),
  at        TEXT NOT NULL,
  UNIQUE (repair_id, seq)
) STRICT;
CREATE INDEX repair_event_by_kind ON repair_event (repair_id, kind, seq);

-- Where each job stands: the latest event's step, so that boards and inboxes page over an index. Written by trigger only.
CREATE TABLE repair_standing (
  repair_id  INTEGER PRIMARY KEY REFERENCES repair (id),
  complex_id INTEGER NOT NULL,
  step       TEXT NOT NULL,
  since      TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  -- Who does the job and who supervises it: named at its report, and others only before the contract, with the reason
  -- (165号令 art. 22).
  contractor_id INTEGER NOT NULL REFERENCES counterparty (id),
  supervisor_id INTEGER NOT NULL REFERENCES counterparty (id),
  -- Who audited the latest settlement; null where none was audited.
  auditor_id    INTEGER REFERENCES counterparty (id)
) STRICT;
CREATE INDEX repair_standing_by_step ON repair_standing (step, since, repair_id, complex_id, amount_fen);
CREATE INDEX repair_standing_by_complex ON repair_standing (complex_id, step, since, repair_id, amount_fen);
CREATE INDEX repair_standing_by_contractor ON repair_standing (contractor_id, repair_id);
CREATE INDEX repair_standing_by_supervisor ON repair_standing (supervisor_id, repair_id);
CREATE INDEX repair_standing_by_auditor ON repair_standing (auditor_id, repair_id) WHERE auditor_id IS NOT NULL;

-- One drawing of spot checks: the pool, the seed and who was drawn, so that anybody can draw it again.
CREATE TABLE repair_draw (
  id       INTEGER PRIMARY KEY,
  seed     TEXT NOT NULL UNIQUE CHECK (seed <> ''),
  -- JSON: [{ repairId, number, contractorId, percent }] in order of report; drawn: [repairId].
  pool     TEXT NOT NULL CHECK (json_valid(pool)),
  drawn    TEXT NOT NULL CHECK (json_valid(drawn)),
  actor_id INTEGER NOT NULL REFERENCES user (id),
  at       TEXT NOT NULL
) STRICT;

CREATE TABLE repair_paper (
  id        INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  kind      TEXT NOT NULL CHECK (kind <> ''),
  -- A sheet of a round that was sent back no longer counts (core/repair/repair-papers.ts).
  round     INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  sha256    TEXT NOT NULL REFERENCES attachment (sha256),
  added_by  INTEGER NOT NULL REFERENCES user (id),
  at        TEXT NOT NULL,
  UNIQUE (repair_id, kind, round, sha256)
) STRICT;
-- The same photo in two folders is asked about.
CREATE INDEX repair_paper_by_file ON repair_paper (sha256, repair_id);

CREATE TABLE repair_signature (
  id          INTEGER PRIMARY KEY,
  repair_id   INTEGER NOT NULL REFERENCES repair (id),
  sheet       TEXT NOT NULL CHECK (sheet IN ('siteReview', 'acceptance')),
  party       TEXT NOT NULL CHECK (party IN ('section', 'supervisor', 'contractor')),
  -- Counted as persons, not names typed twice: one person signs a sheet once, for one party.
  person      TEXT NOT NULL CHECK (person <> ''),
  round       INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  recorded_by INTEGER NOT NULL REFERENCES user (id),
  at          TEXT NOT NULL,
  UNIQUE (repair_id, sheet, round, person)
) STRICT;

-- Visas of concealed work (隐蔽工程签证), each whole: quantities, persons, pictures. Counted persons by the profile of its day.
CREATE TABLE repair_visa (
  id              INTEGER PRIMARY KEY,
  repair_id       INTEGER NOT NULL REFERENCES repair (id),
  seq             INTEGER NOT NULL CHECK (seq > 0),
  round           INTEGER NOT NULL CHECK (round > 0),
  happened_on     TEXT NOT NULL CHECK (happened_on IS date(happened_on)),
  work            TEXT NOT NULL CHECK (work <> ''),
  quantity        TEXT NOT NULL CHECK (quantity <> ''),
  -- Added to the contract's amount, or taken off it.
  change_fen      INTEGER NOT NULL,
  min_section     INTEGER NOT NULL CHECK (min_section >= 0),
  min_supervisor  INTEGER NOT NULL CHECK (min_supervisor >= 0),
  needs_image     INTEGER NOT NULL CHECK (needs_image IN (0, 1)),
  recorded_by     INTEGER NOT NULL REFERENCES user (id),
  at              TEXT NOT NULL,
  UNIQUE (repair_id, seq)
) STRICT;
CREATE TABLE repair_visa_signer (
  id      INTEGER PRIMARY KEY,
  visa_id INTEGER NOT NULL REFERENCES repair_visa (id),
  party   TEXT NOT NULL CHECK (party IN ('section', 'supervisor', 'contractor')),
  person  TEXT NOT NULL CHECK (person <> ''),
  UNIQUE (visa_id, person)
) STRICT;
CREATE TABLE repair_visa_image (
  id      INTEGER PRIMARY KEY,
  visa_id INTEGER NOT NULL REFERENCES repair_visa (id),
  sha256  TEXT NOT NULL REFERENCES attachment (sha256),
  UNIQUE (visa_id, sha256)
) STRICT;

-- Objections to what a job cost, heard from its settlement on; each ends once.
CREATE TABLE repair_objection (
  id           INTEGER PRIMARY KEY,
  repair_id    INTEGER NOT NULL REFERENCES repair (id),
  raised_on    TEXT NOT NULL CHECK (raised_on IS date(raised_on)),
  raised_by    TEXT NOT NULL CHECK (raised_by <> ''),
  reason       TEXT NOT NULL CHECK (reason <> ''),
  disputed_fen INTEGER NOT NULL CHECK (disputed_fen > 0),
  recorded_by  INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL
) STRICT;
CREATE INDEX repair_objection_by_repair ON repair_objection (repair_id, id);
CREATE TABLE repair_objection_end (
  objection_id INTEGER PRIMARY KEY REFERENCES repair_objection (id),
  outcome      TEXT NOT NULL CHECK (outcome IN ('answered', 'withdrawn', 'upheld')),
  reason       TEXT NOT NULL CHECK (reason <> ''),
  -- The job's latest event then: an upheld objection is met by a settlement after it.
  after_seq    INTEGER NOT NULL CHECK (after_seq > 0),
  actor_id     INTEGER NOT NULL REFERENCES user (id),
  at           TEXT NOT NULL
) STRICT;

CREATE TRIGGER repair_kept BEFORE UPDATE ON repair
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_kept_delete BEFORE DELETE ON repair
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_event_kept BEFORE UPDATE ON repair_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_event_kept_delete BEFORE DELETE ON repair_event
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_paper_kept BEFORE UPDATE ON repair_paper
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_paper_kept_delete BEFORE DELETE ON repair_paper
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_signature_kept BEFORE UPDATE ON repair_signature
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_signature_kept_delete BEFORE DELETE ON repair_signature
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_draw_kept BEFORE UPDATE ON repair_draw
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_draw_kept_delete BEFORE DELETE ON repair_draw
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

CREATE TRIGGER repair_visa_kept BEFORE UPDATE ON repair_visa
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_visa_kept_delete BEFORE DELETE ON repair_visa
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_visa_signer_kept BEFORE UPDATE ON repair_visa_signer
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_visa_signer_kept_delete BEFORE DELETE ON repair_visa_signer
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_visa_image_kept BEFORE UPDATE ON repair_visa_image
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_visa_image_kept_delete BEFORE DELETE ON repair_visa_image
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_objection_kept BEFORE UPDATE ON repair_objection
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_objection_kept_delete BEFORE DELETE ON repair_objection
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_objection_end_kept BEFORE UPDATE ON repair_objection_end
BEGIN SELECT RAISE(ABORT, 'append.only'); END;
CREATE TRIGGER repair_objection_end_kept_delete BEFORE DELETE ON repair_objection_end
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- The path of core/repair/repair-flow.ts: which event may follow which standing, and where it leads.
CREATE TRIGGER repair_event_seq BEFORE INSERT ON repair_event
WHEN NEW.seq <> coalesce((SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id), 0) + 1
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_event_from BEFORE INSERT ON repair_event
WHEN NEW.kind NOT IN ('contractorChanged', 'supervisorChanged', 'emergencyApplied')
  AND (coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') || '>' || NEW.kind) NOT IN (
    '>reported', 'windowCheck>windowChecked', 'repeatAnswer>repeatAnswered', 'engineeringCheck>engineeringChecked',
    'authority>authorised', 'contract>contracted', 'spotDraw>drawn', 'spotCheck>spotChecked', 'siteReview>siteReviewed',
    'acceptance>accepted', 'settlement>settled', 'publication>published', 'payment>paymentInstructed',
    'retention>paymentInstructed', 'voucher>instructionWithdrawn', 'voucher>voucherPrepared', 'voucher>paid',
    'payment>paymentCorrected', 'voucher>paymentCorrected', 'followUp>paymentCorrected', 'retention>paymentCorrected',
    'closed>paymentCorrected', 'followUp>followedUp')
  -- What has been paid is reversed first.
  AND NOT (NEW.kind IN ('sentBack', 'refused', 'cancelled')
    AND coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') NOT IN (
      '', 'closed', 'refused', 'cancelled')
    AND coalesce((SELECT sum(debit_fen - credit_fen) FROM voucher_line WHERE repair_id = NEW.repair_id), 0) = 0)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_event_to BEFORE INSERT ON repair_event
WHEN NEW.kind NOT IN ('contractorChanged', 'supervisorChanged', 'emergencyApplied') AND (NEW.kind || '>' || NEW.step) NOT IN (
    'reported>windowCheck', 'windowChecked>repeatAnswer', 'windowChecked>engineeringCheck',
    'repeatAnswered>engineeringCheck', 'repeatAnswered>refused',
    'engineeringChecked>authority', 'engineeringChecked>contract', 'engineeringChecked>spotDraw',
    'engineeringChecked>spotCheck', 'engineeringChecked>siteReview', 'authorised>contract', 'authorised>spotDraw',
    'authorised>spotCheck', 'authorised>siteReview', 'contracted>spotDraw', 'contracted>spotCheck', 'contracted>siteReview',
    'drawn>spotCheck', 'drawn>acceptance', 'spotChecked>acceptance', 'siteReviewed>acceptance', 'accepted>settlement',
    'settled>publication', 'settled>payment', 'published>payment', 'paymentInstructed>voucher',
    'instructionWithdrawn>payment', 'instructionWithdrawn>retention', 'voucherPrepared>voucher',
    'paid>payment', 'paid>followUp', 'paid>retention', 'paid>closed', 'paymentCorrected>voucher',
    'followedUp>followUp', 'followedUp>retention', 'followedUp>closed',
    'sentBack>windowCheck', 'sentBack>engineeringCheck', 'sentBack>authority', 'sentBack>contract', 'sentBack>spotCheck',
    'sentBack>siteReview', 'sentBack>acceptance', 'sentBack>settlement', 'sentBack>publication',
    'refused>refused', 'cancelled>cancelled')
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- Nobody's jobs are passed over: of each contractor in the pool one is drawn at least.
CREATE TRIGGER repair_draw_strata BEFORE INSERT ON repair_draw
WHEN (SELECT count(DISTINCT json_extract(value, '$.contractorId')) FROM json_each(NEW.pool)) <> (
  SELECT count(DISTINCT json_extract(p.value, '$.contractorId')) FROM json_each(NEW.drawn) d
    JOIN json_each(NEW.pool) p ON json_extract(p.value, '$.repairId') = d.value)
BEGIN SELECT RAISE(ABORT, 'repair.draw'); END;
-- A job's lot is what its recorded draw says, and each draw counts once.
CREATE TRIGGER repair_event_drawn BEFORE INSERT ON repair_event
WHEN NEW.kind = 'drawn' AND (SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id) = 'spotDraw' AND NOT EXISTS (
  SELECT 1 FROM repair_draw d JOIN json_each(d.pool) p ON json_extract(p.value, '$.repairId') = NEW.repair_id
  WHERE d.id = json_extract(NEW.detail, '$.drawId')
    AND NEW.step = iif(NEW.repair_id IN (SELECT value FROM json_each(d.drawn)), 'spotCheck', 'acceptance')
    AND NOT EXISTS (SELECT 1 FROM repair_event e WHERE e.repair_id = NEW.repair_id AND e.kind = 'drawn'
      AND json_extract(e.detail, '$.drawId') = d.id))
BEGIN SELECT RAISE(ABORT, 'repair.draw'); END;
-- Section and supervisor each leave their own record of the visit: person, time, place, finding, and photos filed since the job came
-- to the review (Tongling 12(3)). Whether a spot check needs the supervisor is the profile's.
CREATE TRIGGER repair_event_visits BEFORE INSERT ON repair_event
WHEN NEW.kind IN ('spotChecked', 'siteReviewed') AND (
  (SELECT count(DISTINCT json_extract(value, '$.party')) FROM json_each(NEW.detail, '$.visits')
    WHERE json_extract(value, '$.party') IN ('section', iif(NEW.kind = 'siteReviewed', 'supervisor', 'section')))
    <> iif(NEW.kind = 'siteReviewed', 2, 1)
  OR (SELECT count(*) <> count(DISTINCT lower(trim(json_extract(value, '$.person')))) FROM json_each(NEW.detail, '$.visits'))
  OR EXISTS (SELECT 1 FROM json_each(NEW.detail, '$.visits') v
    WHERE '' IN (trim(coalesce(json_extract(v.value, '$.person'), '')), trim(coalesce(json_extract(v.value, '$.place'), '')),
        trim(coalesce(json_extract(v.value, '$.finding'), '')))
      OR json_extract(v.value, '$.on') IS NOT date(json_extract(v.value, '$.on'))
      OR json_extract(v.value, '$.on') < (SELECT reported_on FROM repair WHERE id = NEW.repair_id)
      OR coalesce(json_extract(v.value, '$.time'), '') NOT GLOB '[0-2][0-9]:[0-5][0-9]'
      OR coalesce(json_array_length(v.value, '$.photos'), 0) = 0
      OR EXISTS (SELECT 1 FROM json_each(v.value, '$.photos') f WHERE NOT EXISTS (
        SELECT 1 FROM repair_paper p WHERE p.repair_id = NEW.repair_id AND p.kind = 'photo' AND p.sha256 = f.value
          AND p.at >= (SELECT since FROM repair_standing WHERE repair_id = NEW.repair_id)))))
BEGIN SELECT RAISE(ABORT, 'repair.visit'); END;
-- Steps a job can be sent back to, in the order of the path, with the event that takes each (core SEND_BACK_STEPS).
CREATE VIEW repair_send_back (place, target, step, taken_by) AS VALUES
  (1, 'windowCheck', 'windowCheck', 'windowChecked'), (2, 'engineeringCheck', 'engineeringCheck', 'engineeringChecked'),
  (3, 'authority', 'authority', 'authorised'), (4, 'contract', 'contract', 'contracted'),
  (5, 'review', 'spotCheck', 'spotChecked'), (5, 'review', 'siteReview', 'siteReviewed'),
  (6, 'acceptance', 'acceptance', 'accepted'), (7, 'settlement', 'settlement', 'settled'),
  (8, 'publication', 'publication', 'published');
-- Back only to a step taken since it was last sent back to it or before it: nothing goes forward by being sent back.
CREATE TRIGGER repair_event_sent_back BEFORE INSERT ON repair_event
WHEN NEW.kind = 'sentBack' AND NOT EXISTS (
  SELECT 1 FROM repair_send_back t JOIN repair_event e ON e.repair_id = NEW.repair_id AND e.kind = t.taken_by
  WHERE t.target = json_extract(NEW.detail, '$.to') AND t.step = NEW.step AND NOT EXISTS (
    SELECT 1 FROM repair_event b JOIN repair_send_back o ON o.target = json_extract(b.detail, '$.to')
    WHERE b.repair_id = e.repair_id AND b.kind = 'sentBack' AND b.seq > e.seq AND o.place <= t.place))
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_event_reason BEFORE INSERT ON repair_event
WHEN NEW.kind IN ('sentBack', 'refused', 'cancelled') AND trim(coalesce(json_extract(NEW.detail, '$.reason'), '')) = ''
BEGIN SELECT RAISE(ABORT, 'repair.reason'); END;
-- Before the contract, and before any money moved: a voucher that was posted, reversed or not, keeps its payee. The job stays
-- where it stands.
CREATE TRIGGER repair_event_parties BEFORE INSERT ON repair_event WHEN NEW.kind IN ('contractorChanged', 'supervisorChanged')
BEGIN
  SELECT CASE
    WHEN s.step IS NULL OR (NEW.step, NEW.amount_fen) IS NOT (s.step, s.amount_fen)
        OR NEW.step NOT IN ('windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority', 'contract')
        OR EXISTS (SELECT 1 FROM voucher_line WHERE repair_id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.path')
    WHEN json_extract(NEW.detail, '$.fromId') IS NOT iif(p.is_payee, s.contractor_id, s.supervisor_id)
        OR coalesce(p.id, 0) IN (s.contractor_id, s.supervisor_id) OR NOT EXISTS (SELECT 1 FROM counterparty WHERE id = p.id)
      THEN iif(p.is_payee, RAISE(ABORT, 'repair.payee'), RAISE(ABORT, 'repair.sameParty'))
    WHEN trim(coalesce(json_extract(NEW.detail, '$.reason'), '')) = '' THEN RAISE(ABORT, 'repair.reason')
  END
  FROM (SELECT NEW.kind = 'contractorChanged' AS is_payee,
      json_extract(NEW.detail, iif(NEW.kind = 'contractorChanged', '$.contractorId', '$.supervisorId')) AS id) p
    LEFT JOIN repair_standing s ON s.repair_id = NEW.repair_id;
END;
-- The contract is signed with whoever does the job, and nobody settles for a contractor or supervisor of own choosing.
CREATE TRIGGER repair_event_contract_payee BEFORE INSERT ON repair_event
WHEN NEW.kind = 'contracted' AND json_extract(NEW.detail, '$.contract.payeeId') IS NOT NULL
  AND json_extract(NEW.detail, '$.contract.payeeId') IS NOT (
    SELECT contractor_id FROM repair_standing WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'repair.payee'); END;
CREATE TRIGGER repair_event_contractor_persons BEFORE INSERT ON repair_event
WHEN NEW.kind = 'settled' AND NEW.actor_id IN (
  SELECT actor_id FROM repair_event e WHERE e.repair_id = NEW.repair_id AND e.kind IN ('contractorChanged', 'supervisorChanged')
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = e.kind))
BEGIN SELECT RAISE(ABORT, 'repair.samePerson'); END;
-- Whoever audits a settlement neither did the works nor supervised them (铜陵 1(4)), and an audit that is owed names its auditor.
CREATE TRIGGER repair_event_auditor BEFORE INSERT ON repair_event WHEN NEW.kind = 'settled'
BEGIN
  SELECT CASE
    WHEN json_extract(NEW.detail, '$.auditorId') IS NULL THEN
      iif(json_extract(NEW.detail, '$.needsAudit'), RAISE(ABORT, 'repair.audit'), NULL)
    WHEN NOT EXISTS (SELECT 1 FROM counterparty WHERE id = json_extract(NEW.detail, '$.auditorId'))
        OR json_extract(NEW.detail, '$.auditorId') IN (
          SELECT contractor_id FROM repair_standing WHERE repair_id = NEW.repair_id
          UNION ALL SELECT supervisor_id FROM repair_standing WHERE repair_id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.sameParty')
  END;
END;
-- Each of the four uses the fund never pays (165号令 art. 25) is asked, and answered with no, before a job passes the window.
CREATE TRIGGER repair_event_excluded_uses BEFORE INSERT ON repair_event WHEN NEW.kind = 'windowChecked' AND EXISTS (
  SELECT 1 FROM json_each('["builderDuty","utilityLines","personalDamage","managerDuty"]') u
  WHERE json_type(NEW.detail, '$.excludedUses.' || u.value) IS NOT 'false')
BEGIN SELECT RAISE(ABORT, 'repair.excludedUse'); END;
-- The works begin after the contract and end before they are accepted; danger is stopped first (165号令 art. 24). A contract of
-- a round that was checked anew no longer counts.
CREATE TRIGGER repair_event_works BEFORE INSERT ON repair_event WHEN NEW.kind = 'accepted'
  AND (NOT coalesce(json_extract(NEW.detail, '$.startedOn') <= json_extract(NEW.detail, '$.finishedOn')
      AND json_extract(NEW.detail, '$.finishedOn') <= json_extract(NEW.detail, '$.on'), 0)
    OR EXISTS (SELECT 1 FROM repair_event c WHERE c.repair_id = NEW.repair_id AND c.kind = 'contracted'
      AND c.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'contracted')
      AND c.seq > (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked')
      AND json_extract(NEW.detail, '$.startedOn') < json_extract(c.detail, '$.contract.signedOn')
      AND (SELECT json_extract(detail, '$.authority') FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'authorised'
        AND seq > (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked')
        ORDER BY seq DESC LIMIT 1) IS NOT 'emergency'))
BEGIN SELECT RAISE(ABORT, 'repair.works'); END;
-- Below the profile's amount a spot check, at or above it a site review (Tongling 12(3)); authority, contract and publication
-- are left out only for amounts below the leave recorded at the engineering check.
CREATE TRIGGER repair_event_gate AFTER INSERT ON repair_event
WHEN NEW.kind IN ('engineeringChecked', 'authorised', 'contracted', 'settled')
BEGIN
  SELECT RAISE(ABORT, 'repair.gate') FROM (
    SELECT amount_fen AS amount, json_extract(detail, '$.thresholdFen') AS threshold,
      coalesce(json_extract(detail, '$.rules.authority.belowFen'), 0) AS no_authority,
      coalesce(json_extract(detail, '$.rules.contract.belowFen'), 0) AS no_contract,
      coalesce(json_extract(detail, '$.rules.publication.belowFen'), 0) AS no_publication
    FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked' ORDER BY seq DESC LIMIT 1) c
  WHERE c.threshold IS NULL
    OR NEW.step <> CASE
      -- Nobody voted on an emergency: what it cost is put up whatever the amount (0015).
      WHEN NEW.kind = 'settled' THEN iif(NEW.amount_fen < c.no_publication AND NOT EXISTS (
          SELECT 1 FROM repair_authority_held WHERE repair_id = NEW.repair_id AND kind = 'emergency'), 'payment', 'publication')
      WHEN NEW.kind = 'engineeringChecked' AND c.amount >= c.no_authority THEN 'authority'
      WHEN NEW.kind <> 'contracted' AND c.amount >= c.no_contract THEN 'contract'
      WHEN c.amount >= c.threshold THEN 'siteReview'
      -- Once drawn, a job stays drawn.
      ELSE iif(EXISTS (SELECT 1 FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'drawn' AND step = 'spotCheck'),
        'spotCheck', 'spotDraw') END
    -- A job that settles at or above an amount below which it took the lighter path goes back.
    OR NEW.kind = 'settled' AND (c.amount < c.threshold AND NEW.amount_fen >= c.threshold
      OR c.amount < c.no_authority AND NEW.amount_fen >= c.no_authority
      OR c.amount < c.no_contract AND NEW.amount_fen >= c.no_contract);
END;
-- Two checks by two persons; who signs the contract does not settle; whoever checked, accepted or settled the works does not
-- have them paid, nor ask the owners about them.
CREATE TRIGGER repair_event_persons BEFORE INSERT ON repair_event
WHEN NEW.kind IN ('engineeringChecked', 'settled', 'paymentInstructed', 'voucherPrepared', 'followedUp') AND EXISTS (
  SELECT 1 FROM repair_event e WHERE e.repair_id = NEW.repair_id AND e.actor_id = NEW.actor_id
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = e.kind)
    AND CASE NEW.kind
      WHEN 'engineeringChecked' THEN e.kind IN ('reported', 'windowChecked')
      WHEN 'settled' THEN e.kind = 'contracted'
        AND e.seq > (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked')
      WHEN 'followedUp' THEN e.kind = 'accepted'
      ELSE e.kind IN ('engineeringChecked', 'spotChecked', 'siteReviewed', 'accepted', 'settled')
        AND e.seq >= (SELECT max(seq) FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'engineeringChecked')
    END)
BEGIN SELECT RAISE(ABORT, 'repair.samePerson'); END;
-- A visa without enough persons or without a picture is void, and void visas stop the acceptance (Tongling 13(3)).
CREATE TRIGGER repair_event_visas BEFORE INSERT ON repair_event
WHEN NEW.kind = 'accepted' AND EXISTS (
  SELECT 1 FROM repair_visa v WHERE v.repair_id = NEW.repair_id AND (
    (SELECT count(DISTINCT person) FROM repair_visa_signer WHERE visa_id = v.id AND party = 'section') < v.min_section
    OR (SELECT count(DISTINCT person) FROM repair_visa_signer WHERE visa_id = v.id AND party = 'supervisor') < v.min_supervisor
    OR v.needs_image = 1 AND NOT EXISTS (SELECT 1 FROM repair_visa_image WHERE visa_id = v.id)))
BEGIN SELECT RAISE(ABORT, 'repair.visa'); END;
CREATE TRIGGER repair_event_begins AFTER INSERT ON repair_event WHEN NEW.seq = 1
BEGIN
  INSERT INTO repair_standing
    SELECT NEW.repair_id, complex_id, NEW.step, NEW.at, NEW.amount_fen, contractor_id, supervisor_id, NULL
    FROM repair WHERE id = NEW.repair_id;
END;
CREATE TRIGGER repair_event_stands AFTER INSERT ON repair_event WHEN NEW.seq > 1
BEGIN
  UPDATE repair_standing SET step = NEW.step, amount_fen = NEW.amount_fen,
    since = iif(step = NEW.step AND NEW.kind <> 'sentBack', since, NEW.at),
    contractor_id = iif(NEW.kind = 'contractorChanged', json_extract(NEW.detail, '$.contractorId'), contractor_id),
    supervisor_id = iif(NEW.kind = 'supervisorChanged', json_extract(NEW.detail, '$.supervisorId'), supervisor_id),
    auditor_id = iif(NEW.kind = 'settled', json_extract(NEW.detail, '$.auditorId'), auditor_id)
    WHERE repair_id = NEW.repair_id;
END;
CREATE TRIGGER repair_standing_begins BEFORE INSERT ON repair_standing
WHEN NEW.auditor_id IS NOT NULL OR (NEW.complex_id, NEW.contractor_id, NEW.supervisor_id, NEW.step, NEW.amount_fen) IS NOT (
  SELECT r.complex_id, r.contractor_id, r.supervisor_id, e.step, e.amount_fen
  FROM repair_event e JOIN repair r ON r.id = e.repair_id WHERE e.repair_id = NEW.repair_id ORDER BY e.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- It changes only as the consequence of the latest event.
CREATE TRIGGER repair_standing_follows BEFORE UPDATE ON repair_standing
WHEN NEW.repair_id <> OLD.repair_id OR NEW.complex_id <> OLD.complex_id OR (NEW.step, NEW.amount_fen) IS NOT (
  SELECT step, amount_fen FROM repair_event WHERE repair_id = OLD.repair_id ORDER BY seq DESC LIMIT 1)
  OR NEW.contractor_id IS NOT coalesce(
    (SELECT json_extract(detail, '$.contractorId') FROM repair_event
     WHERE repair_id = OLD.repair_id AND kind = 'contractorChanged' ORDER BY seq DESC LIMIT 1),
    (SELECT contractor_id FROM repair WHERE id = OLD.repair_id))
  OR NEW.supervisor_id IS NOT coalesce(
    (SELECT json_extract(detail, '$.supervisorId') FROM repair_event
     WHERE repair_id = OLD.repair_id AND kind = 'supervisorChanged' ORDER BY seq DESC LIMIT 1),
    (SELECT supervisor_id FROM repair WHERE id = OLD.repair_id))
  OR NEW.auditor_id IS NOT (SELECT json_extract(detail, '$.auditorId') FROM repair_event
    WHERE repair_id = OLD.repair_id AND kind = 'settled' ORDER BY seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
CREATE TRIGGER repair_standing_kept BEFORE DELETE ON repair_standing
BEGIN SELECT RAISE(ABORT, 'append.only'); END;

-- What objections keep back: open ones, and upheld ones until the job is settled anew.
CREATE VIEW repair_disputed AS
  SELECT o.repair_id, sum(o.disputed_fen) AS disputed_fen
  FROM repair_objection o LEFT JOIN repair_objection_end e ON e.objection_id = o.id
  WHERE e.objection_id IS NULL OR e.outcome = 'upheld' AND NOT EXISTS (
    SELECT 1 FROM repair_event s WHERE s.repair_id = o.repair_id AND s.kind = 'settled' AND s.seq > e.after_seq)
  GROUP BY o.repair_id;
CREATE TRIGGER repair_objection_heard BEFORE INSERT ON repair_objection
WHEN NEW.disputed_fen > (SELECT amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
  OR coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') NOT IN (
    'publication', 'payment', 'voucher', 'followUp', 'retention')
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- Nobody decides on an objection to own acceptance or settlement.
CREATE TRIGGER repair_objection_end_persons BEFORE INSERT ON repair_objection_end
WHEN EXISTS (SELECT 1 FROM repair_objection o JOIN repair_event e ON e.repair_id = o.repair_id
  WHERE o.id = NEW.objection_id AND e.actor_id = NEW.actor_id AND e.kind IN ('accepted', 'settled')
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = o.repair_id AND kind = e.kind))
BEGIN SELECT RAISE(ABORT, 'repair.samePerson'); END;

-- INSERT OR REPLACE is no way round (see 0001).
CREATE TRIGGER repair_unique BEFORE INSERT ON repair
WHEN EXISTS (SELECT 1 FROM repair WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_event_unique BEFORE INSERT ON repair_event
WHEN EXISTS (SELECT 1 FROM repair_event WHERE id = NEW.id OR (repair_id = NEW.repair_id AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_paper_unique BEFORE INSERT ON repair_paper
WHEN EXISTS (SELECT 1 FROM repair_paper WHERE id = NEW.id
  OR (repair_id = NEW.repair_id AND kind = NEW.kind AND round = NEW.round AND sha256 = NEW.sha256))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_signature_unique BEFORE INSERT ON repair_signature
WHEN EXISTS (SELECT 1 FROM repair_signature WHERE id = NEW.id
  OR (repair_id = NEW.repair_id AND sheet = NEW.sheet AND round = NEW.round AND lower(person) = lower(NEW.person)))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_draw_unique BEFORE INSERT ON repair_draw
WHEN EXISTS (SELECT 1 FROM repair_draw WHERE id = NEW.id OR seed = NEW.seed)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_standing_unique BEFORE INSERT ON repair_standing
WHEN EXISTS (SELECT 1 FROM repair_standing WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_visa_unique BEFORE INSERT ON repair_visa
WHEN EXISTS (SELECT 1 FROM repair_visa WHERE id = NEW.id OR (repair_id = NEW.repair_id AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_visa_signer_unique BEFORE INSERT ON repair_visa_signer
WHEN EXISTS (SELECT 1 FROM repair_visa_signer WHERE id = NEW.id OR (visa_id = NEW.visa_id AND lower(person) = lower(NEW.person)))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_visa_image_unique BEFORE INSERT ON repair_visa_image
WHEN EXISTS (SELECT 1 FROM repair_visa_image WHERE id = NEW.id OR (visa_id = NEW.visa_id AND sha256 = NEW.sha256))
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_objection_unique BEFORE INSERT ON repair_objection
WHEN EXISTS (SELECT 1 FROM repair_objection WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
CREATE TRIGGER repair_objection_end_unique BEFORE INSERT ON repair_objection_end
WHEN EXISTS (SELECT 1 FROM repair_objection_end WHERE objection_id = NEW.objection_id)
BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END;
