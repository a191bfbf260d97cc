-- Runs over all tenants: what was asked, how far it is, and what came of it. The platform's own.
CREATE TABLE run (
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  run_id text PRIMARY KEY,
  kind text NOT NULL,
  status text NOT NULL,
  as_of timestamptz NOT NULL,
  dry_run boolean NOT NULL,
  tenant_ids text[], -- null: everybody
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  stop_wanted_by text,
  started_at timestamptz,
  finished_at timestamptz,
  position bigint, -- of the last event that a reconciliation looked at
  total bigint, -- null until it is known
  done bigint NOT NULL DEFAULT 0, -- of a reconciliation; other runs count their items
  detail text,
  -- Real time, for the rate: since when it works in this process, with how much done before.
  working_since timestamptz,
  worked_until timestamptz,
  done_before bigint NOT NULL DEFAULT 0);
CREATE INDEX run_open ON run (number) WHERE status IN ('QUEUED', 'RUNNING');

CREATE TABLE run_item (
  run_id text NOT NULL,
  item_no integer NOT NULL,
  tenant_id text NOT NULL,
  subject_id text NOT NULL,
  share integer NOT NULL, -- items of one tenant are in one share, which one thread works on
  outcome text,
  detail text,
  PRIMARY KEY (run_id, item_no));
CREATE INDEX run_item_open ON run_item (run_id, share, item_no) WHERE outcome IS NULL;

CREATE TABLE run_check (
  run_id text NOT NULL,
  place integer NOT NULL,
  name text NOT NULL,
  status text NOT NULL,
  found bigint NOT NULL,
  amounts text NOT NULL,
  ids text[] NOT NULL,
  PRIMARY KEY (run_id, place));

ALTER TABLE run ENABLE ROW LEVEL SECURITY;
ALTER TABLE run FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON run USING (ledger_sees(NULL));
ALTER TABLE run_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_item FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON run_item USING (ledger_sees(NULL));
ALTER TABLE run_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_check FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON run_check USING (ledger_sees(NULL));

-- The subscriptions for which time has brought a step, as the subscription's own policy has it. A
-- run sends its command to these; the decision is the subscription's.
CREATE FUNCTION ledger_subscriptions_due(as_of timestamptz)
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
      WHEN s.status NOT IN ('ACTIVE', 'PAST_DUE', 'SUSPENDED') THEN NULL
      WHEN coming.settled THEN 'TURN'
      WHEN s.cancel_on IS NOT NULL THEN 'END'
      WHEN s.next_invoice_id IS NOT NULL THEN NULL
      WHEN NOT s.auto_renew THEN 'END'
      WHEN NOT present.settled THEN NULL
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
      WHEN 'RENEW' THEN s.period_end - (
        SELECT v.issue_days_before
        FROM view_plan p JOIN view_plan_version v ON v.plan_id = p.plan_id
        WHERE p.code = CASE WHEN s.pending_from_cycle <= s.cycle_no + 1
            THEN s.pending_plan_code ELSE s.plan_code END
          AND v.valid_from <= s.period_end
        ORDER BY v.valid_from DESC, v.number DESC LIMIT 1) END AS due_on) next
  WHERE next.step IS NOT NULL AND next.due_on <= (as_of AT TIME ZONE s.zone)::date
$$;
