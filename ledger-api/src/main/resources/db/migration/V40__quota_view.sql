-- What a tenant may use now. Every row here is the fold of events; the view is rebuilt by itself.
CREATE TABLE view_quota_tenant (
  tenant_id text PRIMARY KEY,
  provisioned boolean NOT NULL,
  holds text NOT NULL,
  write_access text NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);

CREATE TABLE view_quota_subscription (
  subscription_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  product_code text NOT NULL,
  plan_code text NOT NULL,
  plan_version integer NOT NULL,
  status text NOT NULL,
  cycle_no integer NOT NULL,
  period_start date,
  period_end date,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_quota_subscription_tenant ON view_quota_subscription (tenant_id, created_position);

-- The platform's own: for everybody to read.
CREATE TABLE view_quota_product (
  product_id text PRIMARY KEY,
  code text NOT NULL UNIQUE,
  is_primary boolean NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);

CREATE TABLE view_quota_plan (
  plan_id text PRIMARY KEY,
  code text NOT NULL UNIQUE,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);

CREATE TABLE view_quota_limit (
  plan_code text NOT NULL,
  plan_version integer NOT NULL,
  module text NOT NULL,
  metric text NOT NULL,
  place integer NOT NULL,
  included numeric, -- null: unlimited
  enforcement text NOT NULL,
  overage_unit_price numeric,
  PRIMARY KEY (plan_code, plan_version, module, metric));

-- One row: while the view is rebuilt, the position up to which it is not to be trusted.
CREATE TABLE view_quota_rebuild (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  until_position bigint);
INSERT INTO view_quota_rebuild DEFAULT VALUES;

ALTER TABLE view_quota_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_quota_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_quota_tenant USING (ledger_sees(tenant_id));
ALTER TABLE view_quota_subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_quota_subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_quota_subscription USING (ledger_sees(tenant_id));
