-- What was used in a span that was cut off already when it was accepted; follows from positions and
-- cut-offs, and is kept to be found without reading what was in time.
ALTER TABLE usage_fact ADD COLUMN late boolean NOT NULL DEFAULT false;
CREATE INDEX usage_fact_late ON usage_fact (tenant_id, metric, position) WHERE late;
CREATE INDEX usage_fact_unassigned ON usage_fact (tenant_id, metric, position)
  WHERE subscription_id IS NULL;
