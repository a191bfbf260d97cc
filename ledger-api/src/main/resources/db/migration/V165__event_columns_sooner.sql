-- The same rules in the other language: PostgreSQL does not inline a function in SQL whose text
-- conversions it takes for stable, and then begins a query for each call. In PL/pgSQL the expression
-- is prepared once for each session, which makes a seventh of an append.
CREATE OR REPLACE FUNCTION ledger_event_tenant(meta_data bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN convert_from(meta_data, 'UTF8')::json ->> 'tenant_id';
END $$;

-- SHA-256 over the head, one field a line, and the digests of payload and metadata as stored.
CREATE OR REPLACE FUNCTION ledger_event_digest(
  event_identifier text, aggregate_identifier text, sequence_number bigint, type text, time_stamp text,
  payload_type text, payload_revision text, payload bytea, meta_data bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN sha256(
    convert_to(
      event_identifier || E'\n' || aggregate_identifier || E'\n' || sequence_number::text || E'\n'
        || coalesce(type, '') || E'\n' || time_stamp || E'\n' || payload_type || E'\n'
        || coalesce(payload_revision, '') || E'\n', 'UTF8')
    || sha256(payload) || sha256(coalesce(meta_data, ''::bytea)));
END $$;
