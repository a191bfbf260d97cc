-- Notices to people outside: recorded once with their cause, attempted at least once.
CREATE TABLE notice (
  notice_id text PRIMARY KEY,
  key text NOT NULL UNIQUE,
  tenant_id text NOT NULL,
  recipient text NOT NULL,
  template text NOT NULL,
  data jsonb NOT NULL,
  recorded_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  last_attempt_at timestamptz,
  last_error text,
  next_attempt_at timestamptz,
  sent_at timestamptz,
  given_up_at timestamptz,
  CONSTRAINT notice_waits_or_is_done CHECK (num_nonnulls(next_attempt_at, sent_at, given_up_at) = 1));
CREATE INDEX notice_next ON notice (next_attempt_at, notice_id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX notice_tenant ON notice (tenant_id, recorded_at DESC, notice_id DESC);

ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON notice USING (ledger_sees(tenant_id));
