-- Credit notes stand on their invoice, and once more in a list of their own.
ALTER TABLE view_invoice ADD COLUMN credit_notes text NOT NULL DEFAULT '[]';

CREATE TABLE view_credit_note (
  credit_note_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  invoice_id text NOT NULL,
  credit_note_number text NOT NULL UNIQUE,
  note text NOT NULL,
  reversed_at timestamptz,
  reversal_reason text,
  invoice_version bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_credit_note_order ON view_credit_note (created_position, credit_note_id);
CREATE INDEX view_credit_note_of_tenant ON view_credit_note (tenant_id, created_position);
CREATE INDEX view_credit_note_of_invoice ON view_credit_note (invoice_id);

ALTER TABLE view_credit_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_credit_note FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON view_credit_note USING (ledger_sees(tenant_id));

-- Credit that a person gave comes from no invoice, and has a reason and perhaps an end.
ALTER TABLE view_credit_movement ALTER COLUMN invoice_id DROP NOT NULL;
ALTER TABLE view_credit_movement ADD COLUMN reason text, ADD COLUMN expires_at timestamptz;
ALTER TABLE view_journal_entry ALTER COLUMN invoice_id DROP NOT NULL;
