-- How what a plan charges for a period is earned over it.
ALTER TABLE view_plan_version ADD COLUMN revenue_method text NOT NULL DEFAULT 'DAILY';

-- What of each invoice is earned when: its lines, and what notes and voids take from them.
CREATE TABLE view_revenue_line (
  invoice_id text NOT NULL,
  line_key text NOT NULL,
  tenant_id text NOT NULL,
  legal_entity_id text NOT NULL,
  product_code text NOT NULL,
  line_id text NOT NULL,
  currency_code text NOT NULL,
  amount numeric NOT NULL CHECK (amount <> 0),
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day > from_day),
  method text NOT NULL,
  booked_on date NOT NULL,
  recognised numeric NOT NULL,
  PRIMARY KEY (invoice_id, line_key));
CREATE INDEX view_revenue_line_unfinished ON view_revenue_line (tenant_id, from_day)
  WHERE recognised <> amount;
CREATE INDEX view_revenue_line_first ON view_revenue_line (booked_on);

ALTER TABLE view_revenue_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_revenue_line FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_revenue_line USING (ledger_sees(tenant_id));

-- The months whose revenue is recognised for every tenant.
CREATE TABLE revenue_month (
  legal_entity_id text NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  recognised_at timestamptz NOT NULL,
  tenants integer NOT NULL,
  PRIMARY KEY (legal_entity_id, month));
