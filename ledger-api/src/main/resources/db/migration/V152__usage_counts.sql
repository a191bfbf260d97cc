-- What usage is held against when it was billed.

-- The plan version that was in force in the span. Of spans from before it was kept, that of the
-- cycle holds.
ALTER TABLE usage_closing ADD COLUMN plan_code text, ADD COLUMN plan_version integer;

-- How many of the accepted records each meter and charged limit of the plan has to count in a closed
-- span, and, where they add up, how much that is; counted from the records alone, once the span is
-- closed and once more for each time it is counted again. Not final: a run counts everything anew.
CREATE TABLE usage_count (
  tenant_id text NOT NULL,
  subscription_id text NOT NULL,
  to_at timestamptz NOT NULL,
  counted_at timestamptz NOT NULL, -- as the line says that charges it
  charged_for text NOT NULL, -- the metric, or module/metric of a limit
  records bigint NOT NULL,
  quantity numeric, -- null where it does not add up
  PRIMARY KEY (subscription_id, to_at, counted_at, charged_for));
CREATE INDEX usage_count_of_tenant ON usage_count (tenant_id);
CREATE INDEX usage_closing_of_tenant ON usage_closing (tenant_id);
CREATE INDEX usage_recount_of_tenant ON usage_recount (tenant_id);
ALTER TABLE usage_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_count FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON usage_count USING (ledger_sees(tenant_id));
