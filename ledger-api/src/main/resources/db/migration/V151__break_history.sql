-- What history was told of a break: when it was found, and since when it is gone. Those that were
-- gone before history was told of any are left as they are.
ALTER TABLE reconciliation_break ADD COLUMN told_found timestamptz, ADD COLUMN told_closed timestamptz;
DO $$
BEGIN
  PERFORM set_config('ledger.scope', '*', true);
  UPDATE reconciliation_break SET told_found = first_seen, told_closed = closed_at
    WHERE closed_at IS NOT NULL;
END $$;
CREATE INDEX reconciliation_break_untold ON reconciliation_break (number)
  WHERE told_found IS DISTINCT FROM first_seen OR told_closed IS DISTINCT FROM closed_at;
