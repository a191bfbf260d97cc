-- Provisioning tasks to be done now; the worker's own table, no view. taken_until is real time.
CREATE TABLE provisioning_queue (
  provisioning_id text NOT NULL,
  operation integer NOT NULL,
  step text NOT NULL,
  attempt integer NOT NULL,
  tenant_id text NOT NULL,
  action text NOT NULL,
  queued_at timestamptz NOT NULL,
  taken_by text,
  taken_until timestamptz,
  PRIMARY KEY (provisioning_id, operation, step, attempt));

ALTER TABLE provisioning_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE provisioning_queue FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON provisioning_queue USING (ledger_sees(tenant_id));
