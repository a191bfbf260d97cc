-- A balance as of a past instant is the sums of the days before it and the postings of its own day.
-- Days are those of UTC, for instants have no zone.
ALTER TABLE view_journal_sum ADD COLUMN posted_on date;
SELECT set_config('ledger.scope', '*', true);
DELETE FROM view_journal_sum;
INSERT INTO view_journal_sum (legal_entity_id, account, detail, currency_code, accounting_date,
  shard, debit, credit, posted_on)
SELECT legal_entity_id, account, detail, currency_code, accounting_date,
  hashtext(tenant_id) & 15, sum(greatest(amount, 0)), sum(greatest(-amount, 0)),
  (posted_at AT TIME ZONE 'UTC')::date
FROM view_journal_posting GROUP BY 1, 2, 3, 4, 5, 6, 9;
ALTER TABLE view_journal_sum ALTER COLUMN posted_on SET NOT NULL,
  DROP CONSTRAINT view_journal_sum_pkey,
  ADD PRIMARY KEY (legal_entity_id, account, detail, currency_code, accounting_date, shard,
    posted_on);
