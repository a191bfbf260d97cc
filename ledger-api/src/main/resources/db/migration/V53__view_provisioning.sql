-- What is provisioned for each tenant, and how far each task is.
CREATE TABLE view_provisioning (
  provisioning_id text PRIMARY KEY,
  tenant_id text NOT NULL UNIQUE,
  deployment_type text NOT NULL,
  status text NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_provisioning_failed ON view_provisioning (status) WHERE status = 'FAILED';

CREATE TABLE view_provisioning_task (
  task_id text PRIMARY KEY,
  provisioning_id text NOT NULL REFERENCES view_provisioning DEFERRABLE INITIALLY DEFERRED,
  tenant_id text NOT NULL,
  operation integer NOT NULL,
  place integer NOT NULL,
  action text NOT NULL,
  step text NOT NULL,
  status text NOT NULL,
  attempts integer NOT NULL,
  note text,
  error text,
  queued_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  retry_at timestamptz);
CREATE INDEX view_provisioning_task_of ON view_provisioning_task (provisioning_id, operation, place);

ALTER TABLE view_provisioning ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_provisioning FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_provisioning USING (ledger_sees(tenant_id));
ALTER TABLE view_provisioning_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_provisioning_task FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_provisioning_task USING (ledger_sees(tenant_id));
