-- Entries that people make.
CREATE TABLE view_manual_entry (
  entry_id text PRIMARY KEY,
  legal_entity_id text NOT NULL,
  tenant_id text,
  wanted_date date NOT NULL,
  accounting_date date,
  lines text NOT NULL,
  reason text NOT NULL,
  reverses text,
  standing text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision text,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_manual_entry_order ON view_manual_entry (created_position, entry_id);
ALTER TABLE view_manual_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_manual_entry FORCE ROW LEVEL SECURITY;
-- The books' own: not even for the tenant that one concerns.
CREATE POLICY scope ON view_manual_entry USING (ledger_sees(NULL));
