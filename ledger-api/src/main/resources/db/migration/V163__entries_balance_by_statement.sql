-- An entry balances in each currency after each statement that writes postings, whoever wrote it: one
-- look at all entries that the statement touched, instead of one for each of their postings.
DROP TRIGGER entry_balances ON view_journal_posting;
DROP FUNCTION ledger_entry_balances();
CREATE FUNCTION ledger_entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text;
  unbalanced text;
BEGIN
  SELECT entry_id, currency_code || ' ' || sum(amount)::text INTO entry, unbalanced
    FROM view_journal_posting WHERE entry_id IN (SELECT entry_id FROM touched)
    GROUP BY entry_id, currency_code HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entry % does not balance: %', entry, unbalanced USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_balances AFTER INSERT ON view_journal_posting
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balance();
CREATE TRIGGER entry_balances_as_changed AFTER UPDATE ON view_journal_posting
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balance();
CREATE TRIGGER entry_balances_as_left AFTER UPDATE ON view_journal_posting
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balance();
CREATE TRIGGER entry_balances_as_removed AFTER DELETE ON view_journal_posting
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balance();
