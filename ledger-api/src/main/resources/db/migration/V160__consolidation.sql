-- Several subscriptions of a tenant on one invoice: what is asked for is collected until it is due.
CREATE TABLE consolidation_request (
  invoice_id text NOT NULL,
  subscription_id text NOT NULL,
  tenant_id text NOT NULL,
  request text NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (invoice_id, subscription_id));
CREATE INDEX consolidation_request_due ON consolidation_request (due_at);
ALTER TABLE consolidation_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE consolidation_request FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON consolidation_request USING (ledger_sees(tenant_id));

ALTER TABLE view_tenant ADD COLUMN invoice_grouping text NOT NULL DEFAULT 'SEPARATE';

-- Of an invoice of several subscriptions: whose cycles stand on it. Null for all others.
ALTER TABLE view_invoice ADD COLUMN cycles text;
CREATE INDEX view_invoice_consolidated ON view_invoice (tenant_id) WHERE cycles IS NOT NULL;

-- Of such an invoice: which product earns each line.
ALTER TABLE view_journal_invoice ADD COLUMN products text;

-- Each cycle that stands on an invoice.
CREATE VIEW invoice_cycle WITH (security_invoker = true) AS
  SELECT invoice_id, tenant_id, subscription_id, cycle_no, reason, closed_as, issued_at,
    currency_code, total
  FROM view_invoice WHERE cycles IS NULL
  UNION ALL
  SELECT i.invoice_id, i.tenant_id, c ->> 'subscription_id', (c ->> 'cycle_no')::integer,
    c ->> 'reason', i.closed_as, i.issued_at, i.currency_code, i.total
  FROM view_invoice i CROSS JOIN LATERAL json_array_elements(i.cycles::json) AS c
  WHERE i.cycles IS NOT NULL AND c ->> 'released_at' IS NULL;
