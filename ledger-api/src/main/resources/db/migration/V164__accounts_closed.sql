-- A closing is a row of the chart's history like a naming.
ALTER TABLE view_chart_account ADD COLUMN closed boolean NOT NULL DEFAULT false;
ALTER TABLE view_chart_account ALTER COLUMN closed DROP DEFAULT;
