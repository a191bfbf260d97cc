-- Evidence of what was used: only ever added to. One table for everything, in parts by the month in
-- which it was accepted (UTC), so that a month is written and kept together.
CREATE TABLE usage_fact (
  tenant_id text NOT NULL,
  position bigint NOT NULL, -- the batch's number * 65536 + the place in it
  id text NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  idempotency_key text NOT NULL,
  subscription_id text, -- null: none was known
  named boolean NOT NULL,
  product_code text,
  module text,
  metric text NOT NULL,
  quantity numeric NOT NULL,
  used_at timestamptz NOT NULL,
  properties json, -- null: none
  reverses text,
  replaces text,
  cycle_no integer, -- this and what follows: of consumptions
  plan_code text,
  plan_version integer,
  overage numeric,
  single boolean NOT NULL, -- it came by itself, and is sealed later
  PRIMARY KEY (tenant_id, position, recorded_at),
  CHECK (NOT named OR subscription_id IS NOT NULL),
  CHECK ((cycle_no IS NULL) = (overage IS NULL) AND (cycle_no IS NULL) = (module IS NULL)),
  CHECK (cycle_no IS NULL OR CASE WHEN reverses IS NULL THEN quantity > 0 ELSE quantity < 0 END))
PARTITION BY RANGE (recorded_at);
CREATE INDEX usage_fact_use ON usage_fact (tenant_id, metric, used_at);
CREATE INDEX usage_fact_correction ON usage_fact (tenant_id, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX usage_fact_replacement ON usage_fact (tenant_id, replaces) WHERE replaces IS NOT NULL;

-- Which facts are there, without a window of time. A fact's id derives from its tenant and its key.
CREATE TABLE usage_key (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  reverses text);
CREATE UNIQUE INDEX usage_key_reversed_once ON usage_key (reverses) WHERE reverses IS NOT NULL;

CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON usage_fact
  FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final();
CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON usage_key
  FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final();
REVOKE UPDATE, DELETE ON usage_fact, usage_key FROM "${app_role}";

ALTER TABLE usage_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_fact USING (ledger_sees(tenant_id));
ALTER TABLE usage_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_key FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_key USING (ledger_sees(tenant_id));

-- Makes the part for a month unless it is there; answers whether it was. The application may not
-- make tables, so this runs as their owner. A part is reached through the whole alone.
CREATE FUNCTION usage_part(at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  part text := 'usage_fact_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass(part) IS NOT NULL THEN
    RETURN true;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('usage_part', 0));
  IF to_regclass(part) IS NOT NULL THEN
    RETURN true;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE usage_fact INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
  EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, "${app_role}"', part);
  EXECUTE format('ALTER TABLE usage_fact ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
    month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
  RETURN false;
END $$;

-- The fence. Whoever adds records shares it until they are committed, and only then gets a number;
-- whoever cuts off holds it alone: what has a smaller number is committed, what comes has a larger.
CREATE SEQUENCE usage_batch_number;
CREATE FUNCTION usage_next(tenant text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('usage/' || tenant, 0));
  RETURN nextval('usage_batch_number') * 65536;
END $$;
CREATE FUNCTION usage_cut_off(tenant text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('usage/' || tenant, 0));
  RETURN nextval('usage_batch_number') * 65536;
END $$;

-- Which tenants have single records that no event seals yet, and how far the others are sealed:
-- singles from sealed_to up to the horizon are being sealed, and all of those are committed.
CREATE TABLE usage_unsealed (tenant_id text PRIMARY KEY);
CREATE TABLE usage_sealing (
  tenant_id text PRIMARY KEY,
  sealed_to bigint NOT NULL,
  horizon bigint NOT NULL CHECK (horizon >= sealed_to));
CREATE INDEX usage_sealing_open ON usage_sealing (tenant_id) WHERE sealed_to < horizon;
ALTER TABLE usage_unsealed ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_unsealed FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_unsealed USING (ledger_sees(tenant_id));
ALTER TABLE usage_sealing ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_sealing FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_sealing USING (ledger_sees(tenant_id));

-- Consumptions so far move into the store; their digests stay what they were.
SET LOCAL ledger.scope = '*';
CREATE TEMPORARY TABLE moving ON COMMIT DROP AS
  SELECT r.*, nextval('usage_batch_number') * 65536 AS position
  FROM (SELECT * FROM usage_record ORDER BY recorded_at, id) r;
SELECT usage_part(month) FROM (
  SELECT DISTINCT date_trunc('month', recorded_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS month
  FROM moving) months;
INSERT INTO usage_key (id, tenant_id, digest, position, recorded_at, reverses)
  SELECT id, tenant_id, digest, position, recorded_at, reverses FROM moving;
INSERT INTO usage_fact (tenant_id, position, id, recorded_at, actor, idempotency_key,
  subscription_id, named, module, metric, quantity, used_at, reverses, cycle_no, plan_code,
  plan_version, overage, single)
  SELECT m.tenant_id, m.position, m.id, m.recorded_at, m.actor, m.idempotency_key,
    m.subscription_id, false, m.module, m.metric, m.quantity,
    coalesce(taken.recorded_at, m.recorded_at), m.reverses, m.cycle_no, m.plan_code,
    m.plan_version, m.overage, true
  FROM moving m LEFT JOIN moving taken ON taken.tenant_id = m.tenant_id AND taken.id = m.reverses;
INSERT INTO usage_unsealed SELECT DISTINCT tenant_id FROM moving;
DROP TABLE usage_record;
RESET ledger.scope;
