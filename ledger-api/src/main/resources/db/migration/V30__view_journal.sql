-- The books, derived from events. A debit is positive; an entry's id derives from its event.
CREATE TABLE view_journal_entry (
  entry_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  invoice_id text NOT NULL,
  cause_event_id text NOT NULL,
  cause_type text NOT NULL,
  posted_at timestamptz NOT NULL,
  rules text NOT NULL,
  position bigint NOT NULL);
CREATE INDEX view_journal_entry_order ON view_journal_entry (position, entry_id);
CREATE INDEX view_journal_entry_of_invoice ON view_journal_entry (invoice_id, position);

CREATE TABLE view_journal_posting (
  entry_id text NOT NULL,
  line_no integer NOT NULL,
  tenant_id text NOT NULL,
  account text NOT NULL,
  currency_code text NOT NULL,
  amount numeric NOT NULL CHECK (amount <> 0),
  posted_at timestamptz NOT NULL,
  PRIMARY KEY (entry_id, line_no));
-- The trial balance at any moment reads this and not the table.
CREATE INDEX view_journal_posting_sums ON view_journal_posting (posted_at, account, currency_code) INCLUDE (amount);

ALTER TABLE view_journal_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_journal_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_journal_entry USING (ledger_sees(tenant_id));
ALTER TABLE view_journal_posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_journal_posting FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_journal_posting USING (ledger_sees(tenant_id));

-- An entry balances in each currency when its transaction ends, whoever wrote it.
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text := coalesce(NEW.entry_id, OLD.entry_id);
  unbalanced text;
BEGIN
  SELECT currency_code || ' ' || sum(amount)::text INTO unbalanced
    FROM view_journal_posting WHERE entry_id = entry
    GROUP BY currency_code HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entry % does not balance: %', entry, unbalanced USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT OR UPDATE OR DELETE ON view_journal_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
