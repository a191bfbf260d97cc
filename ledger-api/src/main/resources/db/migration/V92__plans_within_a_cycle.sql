-- A plan may change within a cycle: from which date the present one holds, and those before it.
ALTER TABLE view_subscription_cycle
  ADD COLUMN plan_since date,
  ADD COLUMN earlier_plans text NOT NULL DEFAULT '[]';
UPDATE view_subscription_cycle SET plan_since = period_start;
