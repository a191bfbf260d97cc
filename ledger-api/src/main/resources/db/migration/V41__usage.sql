-- Evidence of what was used: only ever added to. A tenant's records are in one part, so that the
-- uniqueness of a reversal holds within it; the parts are reached through the table alone.
CREATE TABLE usage_record (
  tenant_id text NOT NULL,
  id text NOT NULL,
  subscription_id text NOT NULL,
  cycle_no integer NOT NULL,
  plan_code text NOT NULL,
  plan_version integer NOT NULL,
  module text NOT NULL,
  metric text NOT NULL,
  quantity numeric NOT NULL,
  overage numeric NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  idempotency_key text NOT NULL,
  reverses text,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (tenant_id, id),
  CHECK (CASE WHEN reverses IS NULL THEN quantity > 0 ELSE quantity < 0 END))
PARTITION BY HASH (tenant_id);
DO $$
BEGIN
  FOR part IN 0..7 LOOP
    EXECUTE format(
      'CREATE TABLE usage_record_%s PARTITION OF usage_record FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
      part, part);
    EXECUTE format('REVOKE ALL ON usage_record_%s FROM "${app_role}"', part);
  END LOOP;
END $$;
CREATE UNIQUE INDEX usage_record_reversed_once ON usage_record (tenant_id, reverses)
  WHERE reverses IS NOT NULL;
CREATE INDEX usage_record_cycle ON usage_record (tenant_id, subscription_id, cycle_no);

CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON usage_record
  FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final();
REVOKE UPDATE, DELETE ON usage_record FROM "${app_role}";

-- The sum of a cycle's records, kept beside them in the same transaction; always to be had again.
CREATE TABLE quota_counter (
  subscription_id text NOT NULL,
  cycle_no integer NOT NULL,
  module text NOT NULL,
  metric text NOT NULL,
  tenant_id text NOT NULL,
  used numeric NOT NULL CHECK (used >= 0),
  PRIMARY KEY (subscription_id, cycle_no, module, metric))
WITH (fillfactor = 50);

ALTER TABLE usage_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_record FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_record USING (ledger_sees(tenant_id));
ALTER TABLE quota_counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE quota_counter FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON quota_counter USING (ledger_sees(tenant_id));
