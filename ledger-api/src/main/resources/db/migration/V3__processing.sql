-- What the event processors keep: how far they are, sagas, and what they could not process.
CREATE TABLE token_entry (
  processor_name varchar(255) NOT NULL,
  segment integer NOT NULL,
  token bytea,
  token_type varchar(255),
  timestamp varchar(255) NOT NULL,
  owner varchar(255),
  PRIMARY KEY (processor_name, segment));

CREATE TABLE saga_entry (
  saga_id varchar(255) PRIMARY KEY,
  saga_type varchar(255),
  revision varchar(255),
  serialized_saga bytea);

CREATE TABLE association_value_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_key varchar(255) NOT NULL,
  association_value varchar(255),
  saga_id varchar(255) NOT NULL,
  saga_type varchar(255));
CREATE INDEX association_value_entry_lookup
  ON association_value_entry (saga_type, association_key, association_value);
CREATE INDEX association_value_entry_saga ON association_value_entry (saga_id, saga_type);

-- An event that a processing group could not handle, and the later ones of its sequence (its tenant)
-- behind it. Payloads stay in the event store; the first of a sequence has the cause.
CREATE TABLE dead_letters (
  processing_group text NOT NULL,
  sequence text NOT NULL,
  global_index bigint NOT NULL,
  event_identifier text NOT NULL,
  aggregate_identifier text NOT NULL,
  sequence_number bigint NOT NULL,
  event_name text NOT NULL,
  cause text,
  attempts int NOT NULL,
  parked_at timestamptz NOT NULL,
  PRIMARY KEY (processing_group, sequence, global_index));
