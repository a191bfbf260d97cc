-- The books of legal entities: which account exactly, on which accounting day, and sums of each day.
-- Views are folds of events: they are emptied here and made again at the next start.
DO $$
DECLARE
  view name;
BEGIN
  PERFORM set_config('ledger.scope', '*', true);
  FOR view IN
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename LIKE 'view\_%' AND tablename <> 'view_quota_rebuild'
  LOOP
    EXECUTE format('TRUNCATE %I CASCADE', view);
  END LOOP;
  DELETE FROM token_entry WHERE processor_name LIKE 'view.%';
  DELETE FROM dead_letters WHERE processing_group LIKE 'view.%';
  UPDATE view_quota_rebuild SET until_position = (SELECT max(global_index) FROM domain_event_entry);
END $$;

ALTER TABLE view_journal_entry
  ADD COLUMN legal_entity_id text NOT NULL,
  ADD COLUMN accounting_date date NOT NULL,
  ADD COLUMN corrects date,
  ALTER COLUMN tenant_id DROP NOT NULL;
CREATE INDEX view_journal_entry_by_day ON view_journal_entry (legal_entity_id, accounting_date, entry_id);

ALTER TABLE view_journal_posting
  ADD COLUMN legal_entity_id text NOT NULL,
  ADD COLUMN detail text NOT NULL,
  ADD COLUMN accounting_date date NOT NULL,
  ALTER COLUMN tenant_id DROP NOT NULL;
CREATE INDEX view_journal_posting_of_account
  ON view_journal_posting (legal_entity_id, account, detail, accounting_date, entry_id);

-- A balance reads these and not the postings. Tenants whose ids hash alike share a shard, so that
-- no two segments of the processor wait for each other.
CREATE TABLE view_journal_sum (
  legal_entity_id text NOT NULL,
  account text NOT NULL,
  detail text NOT NULL,
  currency_code text NOT NULL,
  accounting_date date NOT NULL,
  shard integer NOT NULL,
  debit numeric NOT NULL CHECK (debit >= 0),
  credit numeric NOT NULL CHECK (credit >= 0),
  PRIMARY KEY (legal_entity_id, account, detail, currency_code, accounting_date, shard));

-- What the posting rules ask: whose customer a tenant is, and what an invoice was for.
CREATE TABLE view_journal_tenant (
  tenant_id text PRIMARY KEY,
  legal_entity_id text NOT NULL);
CREATE TABLE view_journal_invoice (
  invoice_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  legal_entity_id text NOT NULL,
  product_code text NOT NULL,
  invoice_number text NOT NULL,
  issued_on date NOT NULL);

ALTER TABLE view_journal_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_journal_sum FORCE ROW LEVEL SECURITY;
-- Sums are of all tenants together.
CREATE POLICY scope ON view_journal_sum USING (ledger_sees(NULL));
ALTER TABLE view_journal_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_journal_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_journal_tenant USING (ledger_sees(tenant_id));
ALTER TABLE view_journal_invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_journal_invoice FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_journal_invoice USING (ledger_sees(tenant_id));
