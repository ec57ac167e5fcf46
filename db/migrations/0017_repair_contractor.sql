-- Who does a job: named at its report, and somebody else only before the contract, with the reason. The report stays as it was
-- written; the standing says who stands for the job now, and no voucher pays another (165号令 art. 22).

DROP TRIGGER repair_event_begins;
DROP TRIGGER repair_event_stands;
DROP TRIGGER repair_standing_begins;
DROP TRIGGER repair_standing_follows;
ALTER TABLE repair_standing ADD COLUMN contractor_id INTEGER REFERENCES counterparty (id);
UPDATE repair_standing SET contractor_id = (SELECT contractor_id FROM repair WHERE id = repair_standing.repair_id);
CREATE INDEX repair_standing_by_contractor ON repair_standing (contractor_id, repair_id);
DROP INDEX repair_by_contractor;

CREATE TRIGGER repair_event_begins AFTER INSERT ON repair_event WHEN NEW.seq = 1
BEGIN
  INSERT INTO repair_standing
    SELECT NEW.repair_id, complex_id, NEW.step, NEW.at, NEW.amount_fen, contractor_id FROM repair WHERE id = NEW.repair_id;
END;
CREATE TRIGGER repair_event_stands AFTER INSERT ON repair_event WHEN NEW.seq > 1
BEGIN
  UPDATE repair_standing SET step = NEW.step, amount_fen = NEW.amount_fen,
    since = iif(step = NEW.step AND NEW.kind <> 'sentBack', since, NEW.at),
    contractor_id = iif(NEW.kind = 'contractorChanged', json_extract(NEW.detail, '$.contractorId'), contractor_id)
    WHERE repair_id = NEW.repair_id;
END;
CREATE TRIGGER repair_standing_begins BEFORE INSERT ON repair_standing
WHEN (NEW.complex_id, NEW.contractor_id, NEW.step, NEW.amount_fen) IS NOT (
  SELECT r.complex_id, r.contractor_id, e.step, e.amount_fen FROM repair_event e JOIN repair r ON r.id = e.repair_id
  WHERE e.repair_id = NEW.repair_id ORDER BY e.seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- It changes only as the consequence of the latest event.
CREATE TRIGGER repair_standing_follows BEFORE UPDATE ON repair_standing
WHEN NEW.repair_id <> OLD.repair_id OR NEW.complex_id <> OLD.complex_id OR (NEW.step, NEW.amount_fen) IS NOT (
  SELECT step, amount_fen FROM repair_event WHERE repair_id = OLD.repair_id ORDER BY seq DESC LIMIT 1)
  OR NEW.contractor_id IS NOT coalesce(
    (SELECT json_extract(detail, '$.contractorId') FROM repair_event
     WHERE repair_id = OLD.repair_id AND kind = 'contractorChanged' ORDER BY seq DESC LIMIT 1),
    (SELECT contractor_id FROM repair WHERE id = OLD.repair_id))
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;

DROP TRIGGER repair_event_from;
DROP TRIGGER repair_event_to;
CREATE TRIGGER repair_event_from BEFORE INSERT ON repair_event
WHEN NEW.kind <> 'contractorChanged'
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
WHEN NEW.kind <> 'contractorChanged' AND (NEW.kind || '>' || NEW.step) NOT IN (
    'reported>windowCheck', 'windowChecked>repeatAnswer', 'windowChecked>engineeringCheck',
    'repeatAnswered>engineeringCheck', 'repeatAnswered>refused',
    'engineeringChecked>authority', 'engineeringChecked>contract', 'engineeringChecked>spotDraw',
    'engineeringChecked>siteReview', 'authorised>contract', 'authorised>spotDraw', 'authorised>siteReview',
    'contracted>spotDraw', 'contracted>siteReview',
    'drawn>spotCheck', 'drawn>acceptance', 'spotChecked>acceptance', 'siteReviewed>acceptance', 'accepted>settlement',
    'settled>publication', 'settled>payment', 'published>payment', 'paymentInstructed>voucher',
    'instructionWithdrawn>payment', 'instructionWithdrawn>retention', 'voucherPrepared>voucher',
    'paid>payment', 'paid>followUp', 'paid>retention', 'paid>closed', 'paymentCorrected>voucher',
    'followedUp>followUp', 'followedUp>retention', 'followedUp>closed',
    'sentBack>windowCheck', 'sentBack>engineeringCheck', 'sentBack>authority', 'sentBack>contract', 'sentBack>spotCheck',
    'sentBack>siteReview', 'sentBack>acceptance', 'sentBack>settlement', 'sentBack>publication',
    'refused>refused', 'cancelled>cancelled')
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- Before the contract, and before any money moved: a voucher that was posted, reversed or not, keeps its payee. The job stays
-- where it stands.
CREATE TRIGGER repair_event_contractor BEFORE INSERT ON repair_event WHEN NEW.kind = 'contractorChanged'
BEGIN
  SELECT CASE
    WHEN (SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id) IS NULL
        OR (NEW.step, NEW.amount_fen) IS NOT (SELECT step, amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
        OR NEW.step NOT IN ('windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority', 'contract')
        OR EXISTS (SELECT 1 FROM voucher_line WHERE repair_id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.path')
    WHEN json_extract(NEW.detail, '$.fromId') IS NOT (SELECT contractor_id FROM repair_standing WHERE repair_id = NEW.repair_id)
        OR coalesce(json_extract(NEW.detail, '$.contractorId'), 0) IN (
          json_extract(NEW.detail, '$.fromId'), (SELECT supervisor_id FROM repair WHERE id = NEW.repair_id))
        OR NOT EXISTS (SELECT 1 FROM counterparty WHERE id = json_extract(NEW.detail, '$.contractorId'))
      THEN RAISE(ABORT, 'repair.payee')
    WHEN trim(coalesce(json_extract(NEW.detail, '$.reason'), '')) = '' THEN RAISE(ABORT, 'repair.reason')
  END;
END;
-- The contract is signed with whoever does the job, and nobody settles for a contractor of own choosing.
CREATE TRIGGER repair_event_contract_payee BEFORE INSERT ON repair_event
WHEN NEW.kind = 'contracted' AND json_extract(NEW.detail, '$.contract.payeeId') IS NOT NULL
  AND json_extract(NEW.detail, '$.contract.payeeId') IS NOT (
    SELECT contractor_id FROM repair_standing WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'repair.payee'); END;
CREATE TRIGGER repair_event_contractor_persons BEFORE INSERT ON repair_event
WHEN NEW.kind = 'settled' AND NEW.actor_id IS (
  SELECT actor_id FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'contractorChanged' ORDER BY seq DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'repair.samePerson'); END;

-- Money for a job goes to its contractor, for its complex, as instructed and not a fen more.
DROP TRIGGER voucher_line_repair;
CREATE TRIGGER voucher_line_repair BEFORE INSERT ON voucher_line WHEN NEW.repair_id IS NOT NULL
BEGIN
  SELECT CASE
    WHEN (NEW.counterparty_id, NEW.complex_id, NEW.book_id) IS NOT (
      SELECT coalesce(s.contractor_id, r.contractor_id), r.complex_id, r.book_id
      FROM repair r LEFT JOIN repair_standing s ON s.repair_id = r.id WHERE r.id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.payee')
    -- Nothing is paid without the payment instruction that the repair's path ends in (invariant 12); red lines may come later.
    WHEN NOT EXISTS (SELECT 1 FROM repair_event WHERE repair_id = NEW.repair_id AND kind = 'paymentInstructed')
      OR coalesce((SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id), '') NOT IN (
        'voucher', 'payment', 'followUp', 'retention', 'closed')
      THEN RAISE(ABORT, 'repair.notPayable')
    WHEN NEW.debit_fen - NEW.credit_fen + (
        SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM voucher_line WHERE repair_id = NEW.repair_id)
      > (SELECT json_extract(detail, '$.instructedFen') FROM repair_event WHERE repair_id = NEW.repair_id
         AND kind IN ('paymentInstructed', 'instructionWithdrawn') ORDER BY seq DESC LIMIT 1)
      THEN RAISE(ABORT, 'repair.overpaid')
    WHEN NEW.debit_fen > NEW.credit_fen AND NEW.debit_fen - NEW.credit_fen + (
        SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM voucher_line WHERE repair_id = NEW.repair_id)
      > (SELECT amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
        - coalesce((SELECT disputed_fen FROM repair_disputed WHERE repair_id = NEW.repair_id), 0)
      THEN RAISE(ABORT, 'repair.disputed')
  END;
END;

-- One standing score per job and role, for the party that did the job; the items make the total.
DROP TRIGGER contractor_score_stands;
CREATE TRIGGER contractor_score_stands BEFORE INSERT ON contractor_score
BEGIN
  SELECT CASE
    WHEN NEW.counterparty_id <> (
      SELECT iif(NEW.role = 'contractor', coalesce(s.contractor_id, r.contractor_id), r.supervisor_id)
      FROM repair r LEFT JOIN repair_standing s ON s.repair_id = r.id WHERE r.id = NEW.repair_id)
      THEN RAISE(ABORT, 'score.party')
    WHEN NEW.total <> (SELECT coalesce(sum(json_extract(value, '$.given')), 0) FROM json_each(NEW.items))
      THEN RAISE(ABORT, 'score.total')
    WHEN NEW.replaces_id IS NOT (
      SELECT max(id) FROM contractor_score WHERE repair_id = NEW.repair_id AND role = NEW.role)
      THEN RAISE(ABORT, 'score.stands')
  END;
END;
