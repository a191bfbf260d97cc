-- What the bank says. None of it is a tenant's: only who sees every tenant sees it.
CREATE TABLE view_bank_statement (
  statement_id text PRIMARY KEY,
  account_id text NOT NULL,
  account_number text NOT NULL,
  currency_code text NOT NULL,
  statement_number text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  opening numeric NOT NULL,
  closing numeric NOT NULL,
  entries integer NOT NULL,
  format text NOT NULL,
  file_sha256 text NOT NULL,
  imported_at timestamptz NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_bank_statement_order ON view_bank_statement (created_position, statement_id);
CREATE INDEX view_bank_statement_of_account ON view_bank_statement (account_id, to_day);

CREATE TABLE view_bank_entry (
  entry_id text PRIMARY KEY,
  statement_id text NOT NULL,
  account_id text NOT NULL,
  line_no text NOT NULL, -- with leading zeros: a place in lists
  booked_on date NOT NULL,
  currency_code text NOT NULL,
  amount numeric NOT NULL,
  matched numeric NOT NULL,
  standing text NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_bank_entry_order ON view_bank_entry (standing, created_position, line_no);
CREATE INDEX view_bank_entry_of_account ON view_bank_entry (account_id, booked_on);
CREATE INDEX view_bank_entry_of_statement ON view_bank_entry (statement_id);

-- Which payment came with which entry; a payment's own row may come before or after it.
CREATE TABLE view_bank_match (
  payment_id text PRIMARY KEY,
  entry_id text NOT NULL,
  invoice_id text NOT NULL,
  amount numeric NOT NULL);
CREATE INDEX view_bank_match_of_entry ON view_bank_match (entry_id);

-- Every recorded payment by the event that posted it.
CREATE TABLE view_bank_payment (
  payment_id text PRIMARY KEY,
  invoice_id text NOT NULL,
  event_id text NOT NULL UNIQUE);

CREATE TABLE view_bank_csv (
  mapping_id text PRIMARY KEY,
  bank text NOT NULL,
  mapping text NOT NULL,
  described_at timestamptz NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_bank_csv_order ON view_bank_csv (created_position, mapping_id);

CREATE INDEX view_journal_entry_by_cause ON view_journal_entry (cause_event_id);
CREATE INDEX view_invoice_open_amount ON view_invoice (currency_code, amount_due) WHERE closed_as IS NULL;

-- Names and what people wrote: kept here and never in events, so that they can be erased.
CREATE TABLE bank_entry_text (
  entry_id text PRIMARY KEY,
  statement_id text NOT NULL,
  payer text,
  payer_account text,
  text text NOT NULL,
  parts text NOT NULL);
CREATE INDEX bank_entry_text_of_statement ON bank_entry_text (statement_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['view_bank_statement', 'view_bank_entry', 'view_bank_match',
      'view_bank_payment', 'view_bank_csv', 'bank_entry_text'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY scope ON %I USING (current_setting(''ledger.scope'', true) = ''*'')', name);
  END LOOP;
END $$;
