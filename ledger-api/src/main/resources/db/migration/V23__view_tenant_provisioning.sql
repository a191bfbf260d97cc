-- How far a tenant's provisioning is; what it consists of is another view's.
CREATE TABLE view_tenant_provisioning (
  tenant_id text PRIMARY KEY,
  status text NOT NULL,
  since timestamptz NOT NULL);

ALTER TABLE view_tenant_provisioning ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_tenant_provisioning FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_tenant_provisioning USING (ledger_sees(tenant_id));
