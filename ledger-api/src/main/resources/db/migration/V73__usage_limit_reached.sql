-- Which parts of which limits a cycle's use has reached, each told of once by an event.
CREATE TABLE usage_limit_reached (
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  cycle_no integer NOT NULL,
  module text NOT NULL,
  metric text NOT NULL,
  percent integer NOT NULL,
  PRIMARY KEY (subscription_id, cycle_no, module, metric, percent));
CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON usage_limit_reached
  FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final();
REVOKE UPDATE, DELETE ON usage_limit_reached FROM "${app_role}";
ALTER TABLE usage_limit_reached ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_limit_reached FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_limit_reached USING (ledger_sees(tenant_id));
