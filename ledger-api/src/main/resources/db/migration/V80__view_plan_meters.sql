-- What usage costs, what a cycle costs at least and at most, and whom a version reaches. Versions
-- that were published before have none of it and reach everybody.
ALTER TABLE view_plan_version
  ADD COLUMN meters text NOT NULL DEFAULT '[]',
  ADD COLUMN minimum numeric,
  ADD COLUMN maximum numeric,
  ADD COLUMN applies_to text NOT NULL DEFAULT 'ALL_FROM_NEXT_CYCLE';
