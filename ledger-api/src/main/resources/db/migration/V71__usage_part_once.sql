-- As before, but asks the catalogue itself whether a part is there: what a session remembers of
-- names may be older than the lock that it has just waited for.
CREATE OR REPLACE FUNCTION usage_part(at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  part text := 'usage_fact_' || to_char(month, 'YYYY_MM');
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relname = part AND relnamespace = 'public'::regnamespace) THEN
    RETURN true;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('usage_part', 0));
  IF EXISTS (SELECT FROM pg_class WHERE relname = part AND relnamespace = 'public'::regnamespace) THEN
    RETURN true;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE usage_fact INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
  EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, "${app_role}"', part);
  EXECUTE format('ALTER TABLE usage_fact ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
    month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
  RETURN false;
END $$;
