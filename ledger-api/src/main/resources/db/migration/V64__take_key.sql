-- Takes a key until the transaction ends, and looks for its answer. First the lock and then the look:
-- in one plain statement the look would not see an answer that was committed while the lock was taken.
CREATE FUNCTION ledger_take_key(lock_number bigint, of_scope text, of_key text)
RETURNS TABLE (
  free boolean, request_sha256 bytea, status smallint, content_type text, location text, etag text,
  "position" bigint, body bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  IF NOT pg_try_advisory_xact_lock(lock_number) THEN
    free := false;
    RETURN NEXT;
    RETURN;
  END IF;
  RETURN QUERY SELECT true, k.request_sha256, k.status, k.content_type, k.location, k.etag, k.position, k.body
    FROM (VALUES (1)) AS one LEFT JOIN idempotency_key k ON k.scope = of_scope AND k.key = of_key;
END $$;
