-- How a plan bills usage and what parts of a period are measured in. Versions that were published
-- before say neither.
ALTER TABLE view_plan_version
  ADD COLUMN usage_grace_days integer NOT NULL DEFAULT 1,
  ADD COLUMN trial_balance numeric,
  ADD COLUMN proration text NOT NULL DEFAULT 'ACTUAL_DAYS',
  ADD COLUMN postpaid boolean NOT NULL DEFAULT false; -- something is charged after it was used
UPDATE view_plan_version v SET postpaid = true
WHERE v.meters <> '[]' OR EXISTS (
  SELECT FROM view_plan_limit l
  WHERE l.plan_id = v.plan_id AND l.number = v.number AND l.enforcement = 'OVERAGE_CHARGE'
    AND l.included IS NOT NULL AND l.overage_unit_price IS NOT NULL);

-- Usage that waits for its invoice: until which date it goes, and the version whose grace holds.
ALTER TABLE view_subscription
  ADD COLUMN unbilled_until date,
  ADD COLUMN unbilled_plan_code text,
  ADD COLUMN unbilled_plan_version integer;

-- The same policy as before, with plans that bill usage after it.
CREATE OR REPLACE FUNCTION ledger_subscriptions_due(as_of timestamptz)
RETURNS TABLE (subscription_id text, tenant_id text, step text, due_on date)
LANGUAGE sql STABLE AS $$
  SELECT s.subscription_id, s.tenant_id, next.step, next.due_on
  FROM view_subscription s
  LEFT JOIN view_subscription_cycle present
    ON present.subscription_id = s.subscription_id AND present.cycle_no = s.cycle_no
  LEFT JOIN view_subscription_cycle coming
    ON coming.subscription_id = s.subscription_id AND coming.cycle_no = s.cycle_no + 1
      AND s.next_invoice_id IS NOT NULL
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN s.status = 'PENDING' AND s.next_invoice_id IS NULL THEN 'START'
      WHEN s.status = 'PENDING' THEN 'GIVE_UP'
      WHEN s.status = 'TRIALING' THEN 'TRIAL_ENDS'
      WHEN s.status = 'TRIAL_EXPIRED' AND s.activation = 'ON_FIRST_PAYMENT'
        AND s.next_invoice_id IS NOT NULL THEN 'GIVE_UP'
      WHEN s.unbilled_until IS NOT NULL THEN 'BILL'
      WHEN s.status NOT IN ('ACTIVE', 'PAST_DUE', 'SUSPENDED') THEN NULL
      WHEN coming.settled THEN 'TURN'
      WHEN s.cancel_on IS NOT NULL THEN 'END'
      WHEN s.next_invoice_id IS NOT NULL THEN NULL
      WHEN NOT s.auto_renew THEN 'END'
      WHEN NOT present.settled OR s.status <> 'ACTIVE' THEN NULL
      WHEN (
        SELECT v.postpaid FROM view_plan p JOIN view_plan_version v ON v.plan_id = p.plan_id
        WHERE p.code = s.plan_code AND v.number = s.plan_version) THEN 'TURN'
      ELSE 'RENEW' END AS step) todo
  CROSS JOIN LATERAL (
    SELECT todo.step, CASE todo.step
      WHEN 'START' THEN s.start_on
      WHEN 'GIVE_UP' THEN (
        SELECT (i.due_at AT TIME ZONE s.zone)::date FROM view_invoice i
        WHERE i.invoice_id = s.next_invoice_id)
      WHEN 'TRIAL_ENDS' THEN s.period_end
      WHEN 'TURN' THEN s.period_end
      WHEN 'END' THEN coalesce(s.cancel_on, s.period_end)
      WHEN 'BILL' THEN s.unbilled_until + (
        SELECT v.usage_grace_days
        FROM view_plan p JOIN view_plan_version v ON v.plan_id = p.plan_id
        WHERE p.code = s.unbilled_plan_code AND v.number = s.unbilled_plan_version)
      WHEN 'RENEW' THEN s.period_end - (
        SELECT v.issue_days_before
        FROM view_plan p JOIN view_plan_version v ON v.plan_id = p.plan_id
        WHERE p.code = CASE WHEN s.pending_from_cycle <= s.cycle_no + 1
            THEN s.pending_plan_code ELSE s.plan_code END
          -- Who stays on a plan keeps its version, until a later one reaches everybody.
          AND CASE WHEN p.code <> s.plan_code THEN v.valid_from <= s.period_end
            ELSE v.number = s.plan_version
              OR v.number > s.plan_version AND v.applies_to = 'ALL_FROM_NEXT_CYCLE'
                AND v.valid_from <= s.period_end END
        ORDER BY v.number DESC LIMIT 1) END AS due_on) next
  WHERE next.step IS NOT NULL AND next.due_on <= (as_of AT TIME ZONE s.zone)::date
$$;

-- What came off an invoice, in its order; read with it.
ALTER TABLE view_invoice ADD COLUMN discounts text NOT NULL DEFAULT '[]';
