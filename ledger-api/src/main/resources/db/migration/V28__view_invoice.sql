-- One row for each invoice: a fold of its events. Lines, taxes, proofs and payments are always read
-- with it and stand in it as JSON; `closed_as` is null while something is due.
CREATE TABLE view_invoice (
  invoice_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  invoice_number text NOT NULL,
  legal_entity_id text NOT NULL,
  reason text NOT NULL,
  cycle_no integer NOT NULL,
  plan_code text NOT NULL,
  plan_version integer NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  issued_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  collect boolean NOT NULL,
  currency_code text NOT NULL,
  subtotal numeric NOT NULL,
  discount_total numeric NOT NULL,
  tax_total numeric NOT NULL,
  total numeric NOT NULL,
  lines text NOT NULL,
  taxes text NOT NULL,
  closed_as text,
  paid_at timestamptz,
  void_at timestamptz,
  written_off_at timestamptz,
  closing_reason text,
  amount_paid numeric NOT NULL,
  amount_credited numeric NOT NULL,
  amount_written_off numeric NOT NULL,
  amount_due numeric NOT NULL,
  proofs text NOT NULL,
  payments text NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_invoice_order ON view_invoice (created_position, invoice_id);
CREATE INDEX view_invoice_of_tenant ON view_invoice (tenant_id, created_position);
CREATE INDEX view_invoice_of_cycle ON view_invoice (subscription_id, cycle_no);
CREATE INDEX view_invoice_by_number ON view_invoice (invoice_number);
CREATE INDEX view_invoice_open ON view_invoice (due_at) WHERE closed_as IS NULL;

ALTER TABLE view_invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_invoice FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_invoice USING (ledger_sees(tenant_id));
