-- Every movement of a tenant's credit, and what was left after it in that currency.
CREATE TABLE view_credit_movement (
  credit_id text NOT NULL,
  sequence bigint NOT NULL,
  tenant_id text NOT NULL,
  kind text NOT NULL,
  cause_key text,
  invoice_id text NOT NULL,
  currency_code text NOT NULL,
  amount numeric NOT NULL,
  balance numeric NOT NULL,
  moved_at timestamptz NOT NULL,
  PRIMARY KEY (credit_id, sequence));
CREATE INDEX view_credit_movement_of_tenant ON view_credit_movement (tenant_id, sequence DESC);

ALTER TABLE view_credit_movement ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_credit_movement FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_credit_movement USING (ledger_sees(tenant_id));
