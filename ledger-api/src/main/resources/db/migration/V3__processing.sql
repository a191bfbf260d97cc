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

CREATE TABLE dead_letter_entry (
  dead_letter_id varchar(255) PRIMARY KEY,
  processing_group varchar(255) NOT NULL,
  sequence_identifier varchar(255) NOT NULL,
  sequence_index bigint NOT NULL,
  message_type varchar(255) NOT NULL,
  event_identifier varchar(255) NOT NULL,
  time_stamp varchar(255) NOT NULL,
  payload_type varchar(255) NOT NULL,
  payload_revision varchar(255),
  payload bytea NOT NULL,
  meta_data bytea,
  type varchar(255),
  aggregate_identifier varchar(255),
  sequence_number bigint,
  token_type varchar(255),
  token bytea,
  enqueued_at varchar(255) NOT NULL,
  last_touched varchar(255),
  processing_started varchar(255),
  cause_type varchar(255),
  cause_message varchar(1023),
  diagnostics bytea,
  UNIQUE (processing_group, sequence_identifier, sequence_index));

-- An event that a saga group could not handle, and the later ones of its sequence behind it.
CREATE TABLE saga_quarantine (
  processing_group varchar(255) NOT NULL,
  sequence_identifier varchar(255) NOT NULL,
  global_index bigint NOT NULL,
  event_identifier varchar(255) NOT NULL,
  cause text,
  quarantined_at timestamptz NOT NULL,
  PRIMARY KEY (processing_group, sequence_identifier, global_index));
