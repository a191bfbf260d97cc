-- Late usage of meters that say CREDIT_AND_REBILL stays with the closed span in which it was used.

-- The metrics whose late usage the span takes, as its plan said when it was cut off.
ALTER TABLE usage_closing ADD COLUMN rebilled text[] NOT NULL DEFAULT '{}';

-- The end of the closed span that a late record belongs to all the same; null for any other record.
ALTER TABLE usage_fact ADD COLUMN rebill_to timestamptz;
CREATE INDEX usage_fact_rebill ON usage_fact (tenant_id, metric, rebill_to, position)
  WHERE rebill_to IS NOT NULL;

-- Spans that have such records which no count has seen yet, and when they are to be counted. The
-- only table here that is worked off: a row is there while there is work.
CREATE TABLE usage_rebill_due (
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  to_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (subscription_id, to_at));
CREATE INDEX usage_rebill_due_at ON usage_rebill_due (due_at);
ALTER TABLE usage_rebill_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_rebill_due FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_rebill_due USING (ledger_sees(tenant_id));

-- The further cut-offs of closed spans, the same as the events say.
CREATE TABLE usage_recount (
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  to_at timestamptz NOT NULL,
  round integer NOT NULL CHECK (round >= 1),
  cut_off bigint NOT NULL,
  counted_at timestamptz NOT NULL,
  PRIMARY KEY (subscription_id, to_at, round));
CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON usage_recount
  FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final();
REVOKE UPDATE, DELETE ON usage_recount FROM "${app_role}";
ALTER TABLE usage_recount ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_recount FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_recount USING (ledger_sees(tenant_id));
