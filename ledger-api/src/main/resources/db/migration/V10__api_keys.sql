-- Who may call. Only the digest of a key's 256-bit secret is kept, so nobody can read a secret here.
CREATE TABLE api_key (
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id text PRIMARY KEY,
  secret_sha256 bytea NOT NULL UNIQUE CHECK (length(secret_sha256) = 32),
  actor text NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  tenant_id text,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  revoked_at timestamptz,
  revoked_by text,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)));

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON api_key USING (ledger_sees(tenant_id));
