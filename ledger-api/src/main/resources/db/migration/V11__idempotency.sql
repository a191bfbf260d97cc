-- What was answered to a request that had an effect, stored in the transaction of that effect.
CREATE TABLE idempotency_key (
  scope text NOT NULL, -- the tenant's id, or 'platform'
  key text NOT NULL,
  request_sha256 bytea NOT NULL CHECK (length(request_sha256) = 32),
  status smallint NOT NULL CHECK (status BETWEEN 200 AND 299),
  content_type text,
  location text,
  etag text,
  position bigint, -- of the last event, null when there was none
  body bytea NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (scope, key));

ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON idempotency_key USING (ledger_sees(scope));
REVOKE UPDATE, DELETE ON idempotency_key FROM "${app_role}";
