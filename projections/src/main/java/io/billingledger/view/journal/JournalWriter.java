package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.Posting;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.Session;

/**
 * Writes entries, their postings, and the sums of each account and day that balances are read from.
 * An entry that stands in the books already stays as it is and is not summed again.
 */
final class JournalWriter {

  /** Tenants whose sums share rows; a row is written by one processing segment only. */
  private static final int SHARDS = 16;

  private static final String ENTRY =
      "INSERT INTO view_journal_entry (entry_id, legal_entity_id, tenant_id, invoice_id,"
          + " cause_event_id, cause_type, posted_at, accounting_date, corrects, rules, position)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String POSTING =
      "INSERT INTO view_journal_posting (entry_id, line_no, legal_entity_id, tenant_id, account,"
          + " detail, currency_code, amount, posted_at, accounting_date)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String SUM =
      "INSERT INTO view_journal_sum AS sums (legal_entity_id, account, detail, currency_code,"
          + " accounting_date, shard, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (legal_entity_id, account, detail, currency_code, accounting_date, shard)"
          + " DO UPDATE SET debit = sums.debit + excluded.debit,"
          + " credit = sums.credit + excluded.credit";

  private final EntityManager entities;

  JournalWriter(EntityManager entities) {
    this.entities = entities;
  }

  void write(JournalEntry entry, long position) {
    entities
        .unwrap(Session.class)
        .doWork(
            database -> {
              if (entry(database, entry, position)) {
                postings(database, entry);
                sums(database, entry);
              }
            });
  }

  private static boolean entry(Connection database, JournalEntry entry, long position)
      throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(ENTRY)) {
      insert.setString(1, entry.id().value());
      insert.setString(2, entry.legalEntityId());
      insert.setString(3, tenant(entry));
      insert.setString(4, entry.invoiceId() == null ? null : entry.invoiceId().value());
      insert.setString(5, entry.causeEventId());
      insert.setString(6, entry.causeType());
      insert.setObject(7, entry.at().atOffset(ZoneOffset.UTC));
      insert.setObject(8, entry.date());
      insert.setObject(9, entry.corrects(), Types.DATE);
      insert.setString(10, entry.rules());
      insert.setLong(11, position);
      return insert.executeUpdate() == 1;
    }
  }

  private static void postings(Connection database, JournalEntry entry) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(POSTING)) {
      int line = 0;
      for (Posting posting : entry.postings()) {
        insert.setString(1, entry.id().value());
        insert.setInt(2, ++line);
        insert.setString(3, entry.legalEntityId());
        insert.setString(4, tenant(entry));
        insert.setString(5, posting.account().name());
        insert.setString(6, posting.detail());
        insert.setString(7, posting.amount().getCurrencyUnit().getCode());
        insert.setBigDecimal(8, posting.amount().getAmount());
        insert.setObject(9, entry.at().atOffset(ZoneOffset.UTC));
        insert.setObject(10, entry.date());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** In one order, so that nobody waits crosswise; each row once, for a statement may have many. */
  private static void sums(Connection database, JournalEntry entry) throws SQLException {
    SortedMap<Key, Sum> sums = new TreeMap<>();
    entry.postings().forEach(p -> sums.merge(Key.of(p), Sum.of(p), Sum::plus));
    String tenant = tenant(entry);
    try (PreparedStatement upsert = database.prepareStatement(SUM)) {
      for (Map.Entry<Key, Sum> each : sums.entrySet()) {
        upsert.setString(1, entry.legalEntityId());
        upsert.setString(2, each.getKey().account().name());
        upsert.setString(3, each.getKey().detail());
        upsert.setString(4, each.getKey().currency());
        upsert.setObject(5, entry.date());
        upsert.setInt(6, tenant == null ? 0 : tenant.hashCode() & SHARDS - 1);
        upsert.setBigDecimal(7, each.getValue().debit());
        upsert.setBigDecimal(8, each.getValue().credit());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private record Key(Account account, String detail, String currency) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::account).thenComparing(Key::detail).thenComparing(Key::currency);

    static Key of(Posting posting) {
      return new Key(
          posting.account(), posting.detail(), posting.amount().getCurrencyUnit().getCode());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private record Sum(BigDecimal debit, BigDecimal credit) {
    static Sum of(Posting posting) {
      BigDecimal amount = posting.amount().getAmount();
      return new Sum(amount.max(BigDecimal.ZERO), amount.negate().max(BigDecimal.ZERO));
    }

    Sum plus(Sum other) {
      return new Sum(debit.add(other.debit), credit.add(other.credit));
    }
  }

  private static String tenant(JournalEntry entry) {
    return entry.tenantId() == null ? null : entry.tenantId().value();
  }
}
