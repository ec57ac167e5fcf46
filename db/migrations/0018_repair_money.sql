-- From a job to its money: the limits of contract and settlement, the papers and the account an instruction asks for, and what
-- a voucher may pay by it. Spending of the fund (5001) comes from here alone; a correction spends nothing more.

-- Whether the contract was let off, by the leave recorded at the latest engineering check, and what was approved there.
CREATE VIEW repair_checked AS
  SELECT e.repair_id, e.seq, e.amount_fen AS approved_fen,
    coalesce(e.amount_fen < json_extract(e.detail, '$.rules.contract.belowFen'), 0) AS no_contract,
    coalesce(e.amount_fen >= json_extract(e.detail, '$.thresholdFen'), 1) AS on_site
  FROM repair_event e
  WHERE e.kind = 'engineeringChecked'
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = 'engineeringChecked');
-- The settlement that counts; `payee_bank` is the account agreed by then, with or without a contract.
CREATE VIEW repair_settled AS
  SELECT e.repair_id, e.seq, e.amount_fen, json_extract(e.detail, '$.on') AS settled_on,
    coalesce(json_extract(e.detail, '$.needsAudit'), 0) AS needs_audit, json_extract(e.detail, '$.payeeBank') AS payee_bank,
    coalesce(json_extract(e.detail, '$.retentionFen'), 0) AS retention_fen,
    json_extract(e.detail, '$.retentionDue') AS retention_due,
    (SELECT json_extract(p.detail, '$.to') FROM repair_event p WHERE p.repair_id = e.repair_id AND p.kind = 'published'
      AND p.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = 'published')
      AND p.seq > e.seq) AS published_to
  FROM repair_event e
  WHERE e.kind = 'settled'
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id AND kind = 'settled');
-- What stands instructed in all; withdrawn or sent back, nothing more than was paid. The draft that pays it.
CREATE VIEW repair_instruction AS
  SELECT e.repair_id, coalesce(json_extract(e.detail, '$.instructedFen'), 0) AS instructed_fen,
    (SELECT json_extract(d.detail, '$.draftId') FROM repair_event d WHERE d.repair_id = e.repair_id AND d.seq = (
      SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id
        AND kind IN ('paymentInstructed', 'voucherPrepared', 'instructionWithdrawn', 'sentBack'))) AS draft_id
  FROM repair_event e
  WHERE e.kind IN ('paymentInstructed', 'instructionWithdrawn', 'sentBack')
    AND e.seq = (SELECT max(seq) FROM repair_event WHERE repair_id = e.repair_id
      AND kind IN ('paymentInstructed', 'instructionWithdrawn', 'sentBack'))
    AND EXISTS (SELECT 1 FROM repair_event WHERE repair_id = e.repair_id AND kind = 'paymentInstructed');
-- What begins a new round: sent back to a step, or another party before the contract; `place` is that of repair_send_back, the
-- first whose sheets are written anew. What is filed belongs to the round of its day.
CREATE VIEW repair_turn AS
  SELECT e.repair_id, e.seq, e.kind, iif(e.kind = 'sentBack', t.place, 4) AS place
  FROM repair_event e LEFT JOIN repair_send_back t ON t.step = e.step
  WHERE e.kind IN ('sentBack', 'contractorChanged', 'supervisorChanged');
CREATE VIEW repair_round AS
  SELECT s.repair_id, 1 + (SELECT count(*) FROM repair_turn WHERE repair_id = s.repair_id) AS round FROM repair_standing s;
-- Papers by the step that writes them; 0: the paper counts whenever it was filed.
CREATE VIEW repair_paper_kind (kind, place) AS VALUES
  ('repeatRecord', 1), ('quotation', 0), ('workOrder', 4), ('siteReview', 5), ('spotCheck', 5), ('photo', 0),
  ('acceptanceSheet', 6), ('settlement', 7), ('auditReport', 7), ('noticePhoto', 8), ('invoice', 0);
-- The set core/repair/repair-papers.ts asks for before money leaves, each with the round from which on it counts; but for the
-- written record of the acceptance, which is the profile's of the day.
CREATE VIEW repair_required_paper AS
  SELECT c.repair_id, k.kind, 1 + (
      SELECT count(*) FROM repair_turn b WHERE b.repair_id = c.repair_id AND b.seq <= (
        SELECT max(u.seq) FROM repair_turn u WHERE u.repair_id = c.repair_id AND u.place <= k.place
          -- A job let off the contract has a work order, which no step asks for.
          AND NOT (k.kind = 'workOrder' AND c.no_contract AND u.kind = 'sentBack'))) AS from_round
  FROM repair_checked c JOIN repair_settled s ON s.repair_id = c.repair_id CROSS JOIN repair_paper_kind k
  WHERE CASE k.kind
    WHEN 'repeatRecord' THEN (SELECT json_array_length(detail, '$.hits') FROM repair_event
      WHERE repair_id = c.repair_id AND kind = 'windowChecked' ORDER BY seq DESC LIMIT 1) > 0
    WHEN 'siteReview' THEN c.on_site
    WHEN 'spotCheck' THEN NOT c.on_site AND EXISTS (
      SELECT 1 FROM repair_event WHERE repair_id = c.repair_id AND kind = 'drawn' AND step = 'spotCheck')
    WHEN 'auditReport' THEN s.needs_audit
    WHEN 'noticePhoto' THEN s.published_to IS NOT NULL
    ELSE 1 END;

-- What was filed ahead, or for a later round, counts for no sheet.
CREATE TRIGGER repair_paper_round BEFORE INSERT ON repair_paper
WHEN NEW.round IS NOT (SELECT round FROM repair_round WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'repair.round'); END;
CREATE TRIGGER repair_visa_round BEFORE INSERT ON repair_visa
WHEN NEW.round IS NOT (SELECT round FROM repair_round WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'repair.round'); END;

-- A contract inside what was approved, paid to an account that is known.
CREATE TRIGGER repair_event_contract BEFORE INSERT ON repair_event WHEN NEW.kind = 'contracted'
BEGIN
  SELECT CASE
    WHEN json_extract(NEW.detail, '$.contract.amountFen') IS NOT NEW.amount_fen
        OR NEW.amount_fen > (SELECT approved_fen FROM repair_checked WHERE repair_id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.contractLimit')
    WHEN trim(coalesce(json_extract(NEW.detail, '$.contract.payeeBank'), '')) = '' THEN RAISE(ABORT, 'repair.payeeAccount')
  END;
END;
-- Settled within the contract and the visas that count, above what was approved only below the profile's percentage as kept in
-- the event (core/repair/repair-settlement.ts), with the account that was agreed.
CREATE TRIGGER repair_event_settlement BEFORE INSERT ON repair_event WHEN NEW.kind = 'settled'
BEGIN
  SELECT CASE
    WHEN json_extract(NEW.detail, '$.settledFen') IS NOT NEW.amount_fen
        OR json_extract(NEW.detail, '$.on') IS NOT date(json_extract(NEW.detail, '$.on'))
        OR json_extract(NEW.detail, '$.on') IS NULL
      THEN RAISE(ABORT, 'repair.settlement')
    WHEN NOT c.no_contract AND NEW.amount_fen > coalesce(json_extract(k.contract, '$.amountFen'), 0) + (
        SELECT coalesce(sum(v.change_fen), 0) FROM repair_visa v WHERE v.repair_id = NEW.repair_id AND v.round >= 1 + (
          SELECT count(*) FROM repair_turn b WHERE b.repair_id = NEW.repair_id AND b.seq <= (
            SELECT max(u.seq) FROM repair_turn u WHERE u.repair_id = NEW.repair_id AND u.place <= 5)))
      THEN RAISE(ABORT, 'repair.contractLimit')
    WHEN NEW.amount_fen > c.approved_fen AND coalesce((NEW.amount_fen - c.approved_fen) * 100000000
        >= c.approved_fen * json_extract(NEW.detail, '$.overrunPercent'), 1)
      THEN RAISE(ABORT, 'repair.overrun')
    WHEN trim(coalesce(json_extract(NEW.detail, '$.payeeBank'), '')) = ''
        OR NOT c.no_contract AND json_extract(NEW.detail, '$.payeeBank') IS NOT json_extract(k.contract, '$.payeeBank')
      THEN RAISE(ABORT, 'repair.payeeAccount')
  END
  FROM (SELECT * FROM repair_checked WHERE repair_id = NEW.repair_id) c
    LEFT JOIN (SELECT seq, json_extract(detail, '$.contract') AS contract FROM repair_event
      WHERE repair_id = NEW.repair_id AND kind = 'contracted' ORDER BY seq DESC LIMIT 1) k ON k.seq > c.seq;
END;
CREATE TRIGGER repair_event_published BEFORE INSERT ON repair_event WHEN NEW.kind = 'published'
  AND NOT coalesce(json_extract(NEW.detail, '$.from') IS date(json_extract(NEW.detail, '$.from'))
    AND json_extract(NEW.detail, '$.to') IS date(json_extract(NEW.detail, '$.to'))
    AND json_extract(NEW.detail, '$.from') >= (SELECT settled_on FROM repair_settled WHERE repair_id = NEW.repair_id)
    AND json_extract(NEW.detail, '$.to') >= date(json_extract(NEW.detail, '$.from'),
      (coalesce(json_extract(NEW.detail, '$.days'), 1) - 1) || ' days'), 0)
BEGIN SELECT RAISE(ABORT, 'repair.publicationDays'); END;
-- From the settlement on a job stands at what was settled, and what is paid is what the vouchers say.
CREATE TRIGGER repair_event_amount BEFORE INSERT ON repair_event
WHEN NEW.kind IN ('published', 'paymentInstructed', 'instructionWithdrawn', 'voucherPrepared', 'followedUp')
    AND NEW.amount_fen IS NOT (SELECT amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id)
  OR NEW.kind IN ('paid', 'paymentCorrected') AND json_extract(NEW.detail, '$.paidFen') IS NOT (
    SELECT sum(debit_fen - credit_fen) FROM voucher_line WHERE repair_id = NEW.repair_id)
BEGIN SELECT RAISE(ABORT, 'repair.path'); END;
-- Paid after the publication is over, the retention on its day, never what is not settled or is objected to, with every paper,
-- to the account that was agreed.
CREATE TRIGGER repair_event_instructed BEFORE INSERT ON repair_event WHEN NEW.kind IN ('paymentInstructed', 'voucherPrepared')
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM repair_required_paper q WHERE q.repair_id = NEW.repair_id AND NOT EXISTS (
        SELECT 1 FROM repair_paper p WHERE p.repair_id = q.repair_id AND p.kind = q.kind AND p.round >= q.from_round))
      THEN RAISE(ABORT, 'repair.papers')
    WHEN s.payee_bank IS NOT (SELECT nullif(trim(k.bank_name || ' ' || nullif(trim(k.bank_account), '')), '')
        FROM repair_standing r JOIN counterparty k ON k.id = r.contractor_id WHERE r.repair_id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.payeeAccount')
    WHEN s.published_to >= date(NEW.at, '+8 hours') THEN RAISE(ABORT, 'repair.published')
    WHEN NEW.kind = 'voucherPrepared' THEN NULL
    WHEN r.step = 'retention' AND s.retention_due > date(NEW.at, '+8 hours') THEN RAISE(ABORT, 'repair.retention')
    WHEN coalesce(json_extract(NEW.detail, '$.instructedFen'), 0) <= 0
        OR json_extract(NEW.detail, '$.instructedFen') > s.amount_fen - iif(r.step = 'retention', 0, s.retention_fen)
      THEN RAISE(ABORT, 'repair.overpaid')
  END
  FROM repair_settled s JOIN repair_standing r ON r.repair_id = s.repair_id WHERE s.repair_id = NEW.repair_id;
END;

-- Money for a job goes to its contractor (165号令 art. 22), for its complex, as instructed and not a fen more.
CREATE TRIGGER voucher_line_repair BEFORE INSERT ON voucher_line WHEN NEW.repair_id IS NOT NULL
BEGIN
  SELECT CASE
    WHEN (NEW.counterparty_id, NEW.complex_id, NEW.book_id) IS NOT (
      SELECT coalesce(s.contractor_id, r.contractor_id), r.complex_id, r.book_id
      FROM repair r LEFT JOIN repair_standing s ON s.repair_id = r.id WHERE r.id = NEW.repair_id)
      THEN RAISE(ABORT, 'repair.payee')
    -- Nothing is paid without the payment instruction that the repair's path ends in (invariant 12); red lines may come later.
    WHEN p.instructed_fen IS NULL
      OR coalesce(p.step, '') NOT IN ('voucher', 'payment', 'followUp', 'retention', 'closed')
      OR p.step <> 'voucher' AND p.adds_fen > 0
      THEN RAISE(ABORT, 'repair.notPayable')
    WHEN p.adds_fen + p.paid_fen > p.instructed_fen THEN RAISE(ABORT, 'repair.overpaid')
    -- What was never paid cannot come back: a reversal after a difference would take back more than left the bank.
    WHEN p.adds_fen + p.paid_fen < 0 THEN RAISE(ABORT, 'repair.overReversed')
    WHEN p.adds_fen > 0 AND p.adds_fen + p.paid_fen > p.amount_fen - coalesce(
        (SELECT disputed_fen FROM repair_disputed WHERE repair_id = NEW.repair_id), 0)
      THEN RAISE(ABORT, 'repair.disputed')
    -- Not before it was settled, nor while the owners may still object.
    WHEN p.adds_fen > 0 AND (NEW.date < p.settled_on OR NEW.date <= p.published_to) THEN RAISE(ABORT, 'repair.paymentDate')
  END
  FROM (
    -- This line with those of its own voucher before it, so that a correction may move an amount from one place to another.
    SELECT NEW.debit_fen - NEW.credit_fen + (SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM voucher_line
        WHERE voucher_id = NEW.voucher_id AND repair_id = NEW.repair_id) AS adds_fen,
      (SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM voucher_line
        WHERE repair_id = NEW.repair_id AND voucher_id <> NEW.voucher_id) AS paid_fen,
      (SELECT step FROM repair_standing WHERE repair_id = NEW.repair_id) AS step,
      (SELECT instructed_fen FROM repair_instruction WHERE repair_id = NEW.repair_id) AS instructed_fen,
      (SELECT amount_fen FROM repair_standing WHERE repair_id = NEW.repair_id) AS amount_fen,
      (SELECT settled_on FROM repair_settled WHERE repair_id = NEW.repair_id) AS settled_on,
      (SELECT published_to FROM repair_settled WHERE repair_id = NEW.repair_id) AS published_to) p;
END;
-- A job is paid by the voucher its instruction prepared, with the whole set of papers; or a posted payment is corrected, and then
-- everything but the bank stays with the job. A payment voucher that lost its job on the way would pay outside the path.
CREATE TRIGGER voucher_repair_payment BEFORE INSERT ON voucher
WHEN EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL)
  OR NEW.rule <> '' AND json_extract(NEW.rule, '$.by') = 'repair.payment'
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL)
      THEN RAISE(ABORT, 'repair.notPayable')
    WHEN NEW.purpose = 'ordinary' AND (iif(NEW.rule = '', NULL, json_extract(NEW.rule, '$.by')) IS NOT 'repair.payment'
        OR EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher_id = NEW.id AND l.repair_id IS NOT NULL
          AND NEW.draft_id IS NOT (SELECT draft_id FROM repair_instruction WHERE repair_id = l.repair_id)))
      THEN RAISE(ABORT, 'repair.byHand')
    -- Nothing else rides on it.
    WHEN NEW.purpose = 'ordinary' AND EXISTS (
        SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NULL AND bank_account_id IS NULL)
      THEN RAISE(ABORT, 'repair.onlyJob')
    WHEN NEW.purpose = 'ordinary' AND EXISTS (
        SELECT 1 FROM (SELECT DISTINCT repair_id FROM voucher_line WHERE voucher_id = NEW.id) l
          JOIN repair_required_paper q ON q.repair_id = l.repair_id
        WHERE NOT EXISTS (SELECT 1 FROM repair_paper p JOIN voucher_attachment a ON a.voucher_id = NEW.id AND a.sha256 = p.sha256
          WHERE p.repair_id = q.repair_id AND p.kind = q.kind AND p.round >= q.from_round))
      THEN RAISE(ABORT, 'repair.papers')
    WHEN NEW.purpose <> 'ordinary' AND EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher_id = NEW.id
        AND l.repair_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM voucher_line o
          WHERE o.voucher_id = NEW.corrects_voucher_id AND o.repair_id = l.repair_id))
      THEN RAISE(ABORT, 'repair.byHand')
  END;
END;
CREATE TRIGGER voucher_repair_correction BEFORE INSERT ON voucher
WHEN NEW.corrects_voucher_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.corrects_voucher_id AND repair_id IS NOT NULL)
  AND EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NULL AND bank_account_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'repair.correction'); END;
-- The posted voucher is the payment, whoever posted or reversed it: everything instructed is paid, or a voucher is missing again.
CREATE TRIGGER repair_paid AFTER INSERT ON voucher
WHEN EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL)
BEGIN
  INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at)
    SELECT p.id, (SELECT max(seq) + 1 FROM repair_event WHERE repair_id = p.id),
      iif(p.paid = p.instructed, 'paid', 'paymentCorrected'),
      CASE WHEN p.paid <> p.instructed THEN 'voucher'
        WHEN p.paid < p.amount_fen - p.retention THEN 'payment'
        WHEN p.asks AND NOT p.followed THEN 'followUp'
        WHEN p.paid < p.amount_fen THEN 'retention'
        ELSE 'closed' END,
      p.amount_fen, json_object('voucherId', NEW.id, 'paidFen', p.paid), NEW.bookkeeper_id, NEW.posted_at
    FROM (
      SELECT v.id, s.amount_fen,
        (SELECT sum(debit_fen - credit_fen) FROM voucher_line WHERE repair_id = v.id) AS paid,
        (SELECT instructed_fen FROM repair_instruction WHERE repair_id = v.id) AS instructed,
        coalesce((SELECT retention_fen FROM repair_settled WHERE repair_id = v.id), 0) AS retention,
        (SELECT json_extract(detail, '$.rules.noFollowUp') IS NULL FROM repair_event WHERE repair_id = v.id
          AND kind = 'engineeringChecked' ORDER BY seq DESC LIMIT 1) AS asks,
        coalesce((SELECT step <> 'followUp' FROM repair_event WHERE repair_id = v.id AND kind IN ('followedUp', 'sentBack')
          ORDER BY seq DESC LIMIT 1), 0)
          AND coalesce((SELECT kind = 'followedUp' FROM repair_event WHERE repair_id = v.id AND kind IN ('followedUp', 'sentBack')
            ORDER BY seq DESC LIMIT 1), 0) AS followed
      -- What only moved inside the job paid nothing.
      FROM (SELECT repair_id AS id FROM voucher_line WHERE voucher_id = NEW.id AND repair_id IS NOT NULL
          GROUP BY repair_id HAVING sum(debit_fen - credit_fen) <> 0) v
        JOIN repair_standing s ON s.repair_id = v.id) p;
END;
-- Papers under a payment stay: what its reviewer saw is what was instructed, or more.
CREATE TRIGGER voucher_draft_papers_kept BEFORE DELETE ON voucher_draft_attachment
WHEN (SELECT iif(rule = '', NULL, json_extract(rule, '$.by')) FROM voucher_draft WHERE id = OLD.draft_id) IS 'repair.payment'
BEGIN SELECT RAISE(ABORT, 'repair.papersKept'); END;
CREATE TRIGGER voucher_draft_papers_fixed BEFORE UPDATE ON voucher_draft_attachment
WHEN (SELECT iif(rule = '', NULL, json_extract(rule, '$.by')) FROM voucher_draft WHERE id = OLD.draft_id) IS 'repair.payment'
BEGIN SELECT RAISE(ABORT, 'repair.papersKept'); END;

-- Money of the maintenance fund is spent (5001) by a job's payment only. A book may open with what was spent before it, a closing
-- carries it on, and money that comes back spends nothing; nor does the red voucher of such a return or of a closing, which
-- cancels it line by line. Any other correction only re-classes inside what it corrects: no bank, the same payee, and no complex
-- bears more.
CREATE TRIGGER voucher_spends_by_repair BEFORE INSERT ON voucher WHEN NEW.purpose <> 'closing'
  AND EXISTS (SELECT 1 FROM voucher_line l JOIN account a ON a.id = l.account_id JOIN book b ON b.id = l.book_id
    WHERE l.voucher_id = NEW.id AND l.repair_id IS NULL AND l.debit_fen - l.credit_fen > 0
      AND (a.code = '5001' OR a.code GLOB '5001.*') AND b.fund_kind = 'maintenance')
  AND NOT (NEW.purpose = 'opening' AND NOT EXISTS (
    SELECT 1 FROM voucher WHERE book_id = NEW.book_id AND purpose <> 'opening'))
  AND NOT (NEW.purpose = 'reversal' AND coalesce(
    (SELECT purpose FROM voucher WHERE id = NEW.corrects_voucher_id), '') IN ('ordinary', 'closing'))
BEGIN
  SELECT CASE
    WHEN NEW.purpose IN ('ordinary', 'opening') THEN RAISE(ABORT, 'voucher.useWithoutRepair')
    WHEN EXISTS (SELECT 1 FROM voucher_line WHERE voucher_id = NEW.id AND bank_account_id IS NOT NULL)
      OR EXISTS (SELECT 1 FROM voucher_line l JOIN account a ON a.id = l.account_id
        WHERE l.voucher_id = NEW.id AND l.repair_id IS NULL AND l.debit_fen - l.credit_fen > 0
          AND (a.code = '5001' OR a.code GLOB '5001.*') AND NOT EXISTS (
            SELECT 1 FROM voucher_line o JOIN account u ON u.id = o.account_id WHERE o.voucher_id = NEW.corrects_voucher_id
              AND (u.code = '5001' OR u.code GLOB '5001.*') AND o.counterparty_id IS l.counterparty_id))
      OR EXISTS (SELECT 1 FROM voucher_line l JOIN account a ON a.id = l.account_id
        WHERE (l.voucher_id = NEW.id OR l.voucher_id IN (
            SELECT id FROM voucher WHERE corrects_voucher_id = NEW.corrects_voucher_id))
          AND l.repair_id IS NULL AND (a.code = '5001' OR a.code GLOB '5001.*')
        GROUP BY l.complex_id HAVING sum(l.debit_fen - l.credit_fen) > 0)
      THEN RAISE(ABORT, 'voucher.correctedUse')
  END;
END;

-- One difference at a time, and none beside a reversal: either of them counted twice would take back what was never there.
CREATE TRIGGER voucher_corrected_once BEFORE INSERT ON voucher WHEN NEW.purpose IN ('reversal', 'difference')
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM voucher d WHERE d.corrects_voucher_id = NEW.corrects_voucher_id AND d.purpose = 'difference'
        AND NOT EXISTS (SELECT 1 FROM voucher WHERE corrects_voucher_id = d.id AND purpose = 'reversal'))
      THEN RAISE(ABORT, 'voucher.hasDifference')
    WHEN NEW.purpose = 'difference' AND EXISTS (
        SELECT 1 FROM voucher WHERE corrects_voucher_id = NEW.corrects_voucher_id AND purpose = 'reversal')
      THEN RAISE(ABORT, 'voucher.reversed')
  END;
END;

-- Whoever wrote down an objection does not also let it fall.
CREATE TRIGGER repair_objection_end_recorder BEFORE INSERT ON repair_objection_end
WHEN NEW.outcome <> 'upheld' AND NEW.actor_id IS (SELECT recorded_by FROM repair_objection WHERE id = NEW.objection_id)
BEGIN SELECT RAISE(ABORT, 'repair.objectionRecorder'); END;
