-- One key per tenant for the personal data in its events, itself encrypted under the master key.
-- An erased key leaves its row, so that no second key is ever made for the tenant.
CREATE TABLE tenant_key (
  tenant_id text PRIMARY KEY,
  encrypted_key bytea,
  made_at timestamptz NOT NULL,
  erased_at timestamptz,
  CHECK ((encrypted_key IS NULL) = (erased_at IS NOT NULL)));

ALTER TABLE tenant_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_key FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON tenant_key USING (ledger_sees(tenant_id));
