-- Empties a view that is made again. Truncating leaves no dead rows to slow the rebuild down, but
-- waits for whoever reads; where that takes long, rows are deleted instead. Runs as the owner of the
-- tables, so it takes no table but a view's.
CREATE FUNCTION ledger_empty_view(view text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET lock_timeout = '1s' AS $$
BEGIN
  IF view NOT LIKE 'view\_%' THEN
    RAISE EXCEPTION '% is not a view', view;
  END IF;
  BEGIN
    EXECUTE format('TRUNCATE %I', view);
  EXCEPTION WHEN lock_not_available OR deadlock_detected OR feature_not_supported THEN
    -- The last: another table refers to it.
    EXECUTE format('DELETE FROM %I', view);
  END;
END $$;
REVOKE ALL ON FUNCTION ledger_empty_view FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_empty_view TO "${app_role}";
