-- Subscriptions as they are read, and the history of their cycles.
CREATE TABLE view_subscription (
  subscription_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  product_code text NOT NULL,
  plan_code text NOT NULL,
  plan_version integer NOT NULL,
  quantity integer NOT NULL,
  status text NOT NULL,
  auto_renew boolean NOT NULL,
  activation text NOT NULL,
  zone text NOT NULL,
  start_on date NOT NULL,
  period_start date,
  period_end date,
  cycle_no integer NOT NULL,
  trial_start date,
  trial_end date,
  next_invoice_id text,
  pending_change_id text,
  pending_plan_code text,
  pending_from_cycle integer,
  pending_effective_on date,
  cancel_on date,
  canceled_at timestamptz,
  canceled_reason text,
  cancel_note text,
  ended_at timestamptz,
  created_at timestamptz NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_subscription_order ON view_subscription (created_position, subscription_id);
CREATE INDEX view_subscription_tenant ON view_subscription (tenant_id, created_position);
CREATE INDEX view_subscription_status ON view_subscription (status, created_position, subscription_id);
CREATE INDEX view_subscription_plan ON view_subscription (plan_code, created_position, subscription_id);

CREATE TABLE view_subscription_cycle (
  subscription_id text NOT NULL,
  cycle_no integer NOT NULL,
  tenant_id text NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  plan_code text NOT NULL,
  plan_version integer NOT NULL,
  status text NOT NULL,
  invoice_id text,
  settled boolean NOT NULL,
  started_at timestamptz,
  closed_at timestamptz,
  PRIMARY KEY (subscription_id, cycle_no));
CREATE INDEX view_subscription_cycle_invoice ON view_subscription_cycle (invoice_id);
CREATE INDEX view_subscription_cycle_end ON view_subscription_cycle (period_end, status);

ALTER TABLE view_subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_subscription USING (ledger_sees(tenant_id));
ALTER TABLE view_subscription_cycle ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_subscription_cycle FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_subscription_cycle USING (ledger_sees(tenant_id));
