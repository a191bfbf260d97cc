-- Reconciliation looks at those tenants to whom something has happened, and at times at everybody.
ALTER TABLE reconciliation_invariant ADD COLUMN swept_at timestamptz;
CREATE INDEX view_revenue_line_of_tenant ON view_revenue_line (tenant_id);
