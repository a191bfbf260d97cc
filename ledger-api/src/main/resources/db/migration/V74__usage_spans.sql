-- Where spans of subscriptions were cut off, the same as the events say. What was accepted from the
-- cut-off on belongs to a later span.
CREATE TABLE usage_closing (
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  cycle_no integer NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL CHECK (to_at > from_at),
  cut_off bigint NOT NULL,
  closed_at timestamptz NOT NULL,
  PRIMARY KEY (subscription_id, to_at));

-- Records that named no subscription and found none: the span that took them.
CREATE TABLE usage_assigned (
  position bigint PRIMARY KEY,
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  to_at timestamptz NOT NULL);
CREATE INDEX usage_assigned_span ON usage_assigned (subscription_id, to_at);

-- What corrections took back beyond what was used in a span: it counts in the next one.
CREATE TABLE usage_carried (
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  to_at timestamptz NOT NULL,
  module text NOT NULL, -- of a limit; empty for a meter
  metric text NOT NULL,
  group_values text[] NOT NULL,
  quantity numeric NOT NULL CHECK (quantity < 0),
  PRIMARY KEY (subscription_id, to_at, module, metric, group_values));

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['usage_closing', 'usage_assigned', 'usage_carried'] LOOP
    EXECUTE format('CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final()', name);
    EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM "${app_role}"', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY scope ON %I USING (ledger_sees(tenant_id))', name);
  END LOOP;
END $$;
