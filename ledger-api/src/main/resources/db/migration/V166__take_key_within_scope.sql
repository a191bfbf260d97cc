-- The key is what a request's transaction asks for first: it says whose rows it may see with that.
CREATE FUNCTION ledger_take_key(within_scope text, lock_number bigint, of_scope text, of_key text)
RETURNS TABLE (
  free boolean, request_sha256 bytea, status smallint, content_type text, location text, etag text,
  "position" bigint, body bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('ledger.scope', within_scope, true);
  IF NOT pg_try_advisory_xact_lock(lock_number) THEN
    free := false;
    RETURN NEXT;
    RETURN;
  END IF;
  RETURN QUERY SELECT true, k.request_sha256, k.status, k.content_type, k.location, k.etag, k.position, k.body
    FROM (VALUES (1)) AS one LEFT JOIN idempotency_key k ON k.scope = of_scope AND k.key = of_key;
END $$;

DROP FUNCTION ledger_take_key(bigint, text, text);
