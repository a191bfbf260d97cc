package io.billingledger.adapter.bank;

import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.view.RowJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who paid and what he wrote, in the ledger's own database beside the events. What was erased here
 * is erased; the entries and what they paid stay.
 */
@Component
public class EntryTexts {
  private final JdbcTemplate database;

  EntryTexts(JdbcTemplate database) {
    this.database = database;
  }

  /** What is there already stays as it is. */
  public void keep(BankStatementId statement, List<EntryText> texts) {
    database.batchUpdate(
        """
        INSERT INTO bank_entry_text (entry_id, statement_id, payer, payer_account, text, parts)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        texts,
        500,
        (row, text) -> {
          row.setString(1, text.entryId().value());
          row.setString(2, statement.value());
          row.setString(3, text.payer());
          row.setString(4, text.payerAccount());
          row.setString(5, text.text());
          row.setString(6, RowJson.write(text.parts()));
        });
  }

  /** The statement that an entry is on. */
  public Optional<BankStatementId> statementOf(BankEntryId entry) {
    return database
        .queryForList(
            "SELECT statement_id FROM bank_entry_text WHERE entry_id = ?",
            String.class,
            entry.value())
        .stream()
        .findFirst()
        .map(BankStatementId::new);
  }

  /** Of those entries that have one. */
  public Map<BankEntryId, EntryText> of(Collection<BankEntryId> entries) {
    Map<BankEntryId, EntryText> texts = new HashMap<>();
    database.query(
        "SELECT entry_id, payer, payer_account, text, parts FROM bank_entry_text"
            + " WHERE entry_id = ANY (?)",
        row -> {
          BankEntryId entry = new BankEntryId(row.getString(1));
          texts.put(
              entry,
              new EntryText(
                  entry,
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  RowJson.read(row.getString(5), EntryText.Part.class)));
        },
        (Object) entries.stream().map(BankEntryId::value).toArray(String[]::new));
    return texts;
  }
}
