-- As usage_next, for records that come one by one: remembers too that the tenant has some to be
-- sealed, so that a consumption needs one statement less.
CREATE FUNCTION usage_next_single(tenant text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('usage/' || tenant, 0));
  INSERT INTO usage_unsealed (tenant_id) VALUES (tenant) ON CONFLICT DO NOTHING;
  RETURN nextval('usage_batch_number') * 65536;
END $$;
