-- What reconciliation found last of each check, and every break that it ever found.
CREATE TABLE reconciliation_invariant (
  name text PRIMARY KEY,
  status text NOT NULL,
  found integer NOT NULL,
  amounts text NOT NULL,
  since timestamptz NOT NULL,
  evaluated_at timestamptz NOT NULL);
CREATE TABLE reconciliation_break (
  break_id text PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  invariant text NOT NULL,
  subject_id text NOT NULL,
  tenant_id text,
  currency text,
  amount numeric,
  mark text,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  closed_at timestamptz);
CREATE INDEX reconciliation_break_of ON reconciliation_break (invariant, subject_id);
CREATE INDEX reconciliation_break_open ON reconciliation_break (invariant) WHERE closed_at IS NULL;

CREATE TABLE view_break_review (
  break_id text PRIMARY KEY,
  owner text,
  standing text,
  explanation text,
  said_by text,
  said_at timestamptz,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['reconciliation_invariant', 'reconciliation_break', 'view_break_review'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY scope ON %I USING (ledger_sees(NULL))', name);
  END LOOP;
END $$;
