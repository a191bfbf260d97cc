-- Every name that an account of the books ever had; there is one legal entity and so one chart.
CREATE TABLE view_chart_account (
  sequence bigint PRIMARY KEY,
  legal_entity_id text NOT NULL,
  account text NOT NULL,
  detail text NOT NULL,
  number text NOT NULL,
  name text NOT NULL,
  named_on date NOT NULL,
  named_at timestamptz NOT NULL,
  named_by text NOT NULL);
CREATE INDEX view_chart_account_named ON view_chart_account (legal_entity_id, account, detail, sequence);
ALTER TABLE view_chart_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_chart_account FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_chart_account USING (ledger_sees(NULL));

-- What of a tenant's receivables was open at a day is read by account and day.
CREATE INDEX view_journal_posting_of_tenant ON view_journal_posting (tenant_id, account, accounting_date);
