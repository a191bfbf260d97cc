-- The invoice that an entry of a person's is about; and the entry that takes one back is looked for.
ALTER TABLE view_manual_entry ADD COLUMN invoice_id text;
CREATE INDEX view_manual_entry_reverses ON view_manual_entry (reverses) WHERE reverses IS NOT NULL;
