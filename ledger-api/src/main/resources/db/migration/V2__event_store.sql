-- The event store. One sequence with increment 1, so that positions follow commits closely.
CREATE SEQUENCE domain_event_entry_seq INCREMENT BY 1 CACHE 1;

-- Whose event it is, as its metadata says.
CREATE FUNCTION ledger_event_tenant(meta_data bytea) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN convert_from(meta_data, 'UTF8')::json ->> 'tenant_id';

-- SHA-256 over the head, one field a line, and the digests of payload and metadata as stored.
-- Anybody can compute it again without this function; docs name the fields and their order.
CREATE FUNCTION ledger_event_digest(
  event_identifier text, aggregate_identifier text, sequence_number bigint, type text, time_stamp text,
  payload_type text, payload_revision text, payload bytea, meta_data bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(
  convert_to(
    event_identifier || E'\n' || aggregate_identifier || E'\n' || sequence_number::text || E'\n'
      || coalesce(type, '') || E'\n' || time_stamp || E'\n' || payload_type || E'\n'
      || coalesce(payload_revision, '') || E'\n', 'UTF8')
  || sha256(payload) || sha256(coalesce(meta_data, ''::bytea)));

CREATE TABLE domain_event_entry (
  global_index bigint PRIMARY KEY DEFAULT nextval('domain_event_entry_seq'),
  event_identifier varchar(255) NOT NULL UNIQUE,
  aggregate_identifier varchar(255) NOT NULL,
  sequence_number bigint NOT NULL,
  type varchar(255),
  time_stamp varchar(255) NOT NULL,
  payload_type varchar(255) NOT NULL,
  payload_revision varchar(255),
  payload bytea NOT NULL,
  meta_data bytea,
  tenant_id text GENERATED ALWAYS AS (ledger_event_tenant(meta_data)) STORED,
  digest bytea GENERATED ALWAYS AS (
    ledger_event_digest(event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
      payload_type, payload_revision, payload, meta_data)) STORED,
  UNIQUE (aggregate_identifier, sequence_number));
ALTER SEQUENCE domain_event_entry_seq OWNED BY domain_event_entry.global_index;
CREATE INDEX domain_event_entry_tenant ON domain_event_entry (tenant_id, global_index);
CREATE INDEX domain_event_entry_type ON domain_event_entry (payload_type, global_index);
CREATE INDEX domain_event_entry_time ON domain_event_entry (time_stamp, global_index);

ALTER TABLE domain_event_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE domain_event_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON domain_event_entry
  USING (ledger_sees(tenant_id) OR (tenant_id IS NULL AND ledger_has_scope()));

-- History is only ever added to.
CREATE FUNCTION ledger_history_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history is only ever added to: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON domain_event_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_history_is_final();
REVOKE UPDATE, DELETE ON domain_event_entry FROM "${app_role}";

CREATE TABLE snapshot_event_entry (
  aggregate_identifier varchar(255) NOT NULL,
  sequence_number bigint NOT NULL,
  type varchar(255) NOT NULL,
  event_identifier varchar(255) NOT NULL UNIQUE,
  time_stamp varchar(255) NOT NULL,
  payload_type varchar(255) NOT NULL,
  payload_revision varchar(255),
  payload bytea NOT NULL,
  meta_data bytea,
  PRIMARY KEY (aggregate_identifier, sequence_number, type));
