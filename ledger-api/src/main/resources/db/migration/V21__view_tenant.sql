-- Tenants as they are read. Personal data are sealed here as they are in the events.
CREATE TABLE view_tenant (
  tenant_id text PRIMARY KEY,
  name text NOT NULL,
  country text NOT NULL,
  currency text NOT NULL,
  billing_time_zone text NOT NULL,
  legal_entity_id text NOT NULL,
  tax_identity text,
  owner_email text,
  deployment_type text NOT NULL,
  status text NOT NULL,
  write_access text NOT NULL,
  provisioned boolean NOT NULL,
  terminated boolean NOT NULL,
  registered_at timestamptz NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_tenant_order ON view_tenant (created_position, tenant_id);
CREATE INDEX view_tenant_status ON view_tenant (status, created_position, tenant_id);

-- The holds that restrict a tenant now.
CREATE TABLE view_tenant_hold (
  tenant_id text NOT NULL,
  hold_key text NOT NULL,
  kind text NOT NULL,
  invoice_id text,
  reason text,
  placed_by text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, hold_key));
CREATE INDEX view_tenant_hold_kind ON view_tenant_hold (kind, tenant_id);

ALTER TABLE view_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_tenant USING (ledger_sees(tenant_id));
ALTER TABLE view_tenant_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_tenant_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_tenant_hold USING (ledger_sees(tenant_id));
