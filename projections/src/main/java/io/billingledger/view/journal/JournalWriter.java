package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.Posting;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.hibernate.Session;

/**
 * Writes entries, their postings, and the sums of each account and day that balances are read from:
 * those of a unit of work together, at its end or when somebody is about to read them. An entry
 * that stands in the books already stays as it is and is not summed again.
 */
final class JournalWriter {

  /** Tenants whose sums share rows; a row is written by one processing segment only. */
  private static final int SHARDS = 16;

  private static final String KNOWN =
      "SELECT entry_id FROM view_journal_entry WHERE entry_id = ANY (?)";
  private static final String ENTRY =
      "INSERT INTO view_journal_entry (entry_id, legal_entity_id, tenant_id, invoice_id,"
          + " cause_event_id, cause_type, posted_at, accounting_date, corrects, rules, position)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** All of them at once: the database looks whether entries balance after each statement. */
  private static final String POSTINGS =
      "INSERT INTO view_journal_posting (entry_id, line_no, legal_entity_id, tenant_id, account,"
          + " detail, currency_code, amount, posted_at, accounting_date)"
          + " SELECT * FROM unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::text[],"
          + " ?::text[], ?::text[], ?::numeric[], ?::timestamptz[], ?::date[])";

  private static final String SUM =
      "INSERT INTO view_journal_sum AS sums (legal_entity_id, account, detail, currency_code,"
          + " accounting_date, shard, debit, credit, posted_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (legal_entity_id, account, detail, currency_code, accounting_date, shard,"
          + " posted_on)"
          + " DO UPDATE SET debit = sums.debit + excluded.debit,"
          + " credit = sums.credit + excluded.credit";

  private final EntityManager entities;

  JournalWriter(EntityManager entities) {
    this.entities = entities;
  }

  private record Placed(JournalEntry entry, long position) {}

  /** To be called within a unit of work. */
  void write(JournalEntry entry, long position) {
    UnitOfWork<?> unit = CurrentUnitOfWork.get().root();
    Map<String, Placed> waiting =
        unit.getOrComputeResource(
            JournalWriter.class.getName(),
            _ -> {
              unit.onPrepareCommit(_ -> flush());
              return new LinkedHashMap<>();
            });
    waiting.putIfAbsent(entry.id().value(), new Placed(entry, position));
  }

  /** Writes what waits in the running unit of work. */
  void flush() {
    Map<String, Placed> waiting =
        CurrentUnitOfWork.get().root().getResource(JournalWriter.class.getName());
    if (waiting == null || waiting.isEmpty()) {
      return;
    }
    entities.unwrap(Session.class).doWork(database -> write(database, waiting));
    waiting.clear();
  }

  private static void write(Connection database, Map<String, Placed> waiting) throws SQLException {
    Set<String> known = known(database, waiting.keySet());
    List<Placed> fresh =
        waiting.values().stream().filter(p -> !known.contains(p.entry().id().value())).toList();
    if (!fresh.isEmpty()) {
      entries(database, fresh);
      postings(database, fresh);
      sums(database, fresh);
    }
  }

  private static Set<String> known(Connection database, Set<String> ids) throws SQLException {
    Set<String> known = new HashSet<>();
    try (PreparedStatement query = database.prepareStatement(KNOWN)) {
      query.setArray(1, database.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getString(1));
        }
      }
    }
    return known;
  }

  private static void entries(Connection database, List<Placed> fresh) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(ENTRY)) {
      for (Placed placed : fresh) {
        JournalEntry entry = placed.entry();
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
        insert.setLong(11, placed.position());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void postings(Connection database, List<Placed> fresh) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    for (Placed placed : fresh) {
      JournalEntry entry = placed.entry();
      int line = 0;
      for (Posting posting : entry.postings()) {
        rows.add(
            new Object[] {
              entry.id().value(),
              ++line,
              entry.legalEntityId(),
              tenant(entry),
              posting.account().name(),
              posting.detail(),
              posting.amount().getCurrencyUnit().getCode(),
              posting.amount().getAmount(),
              entry.at(),
              entry.date()
            });
      }
    }
    try (PreparedStatement insert = database.prepareStatement(POSTINGS)) {
      for (int column = 0; column < rows.getFirst().length; column++) {
        int which = column;
        insert.setArray(
            column + 1,
            database.createArrayOf("text", rows.stream().map(row -> text(row[which])).toArray()));
      }
      insert.executeUpdate();
    }
  }

  private static String text(Object value) {
    return value instanceof BigDecimal amount
        ? amount.toPlainString()
        : Objects.toString(value, null);
  }

  /** In one order, so that nobody waits crosswise; each row once, for a statement may have many. */
  private static void sums(Connection database, List<Placed> fresh) throws SQLException {
    Map<Key, Sum> sums = new HashMap<>();
    for (Placed placed : fresh) {
      for (Posting posting : placed.entry().postings()) {
        sums.merge(Key.of(placed.entry(), posting), Sum.of(posting), Sum::plus);
      }
    }
    try (PreparedStatement upsert = database.prepareStatement(SUM)) {
      for (Map.Entry<Key, Sum> each : new TreeMap<>(sums).entrySet()) {
        Key key = each.getKey();
        upsert.setString(1, key.legalEntityId());
        upsert.setString(2, key.account().name());
        upsert.setString(3, key.detail());
        upsert.setString(4, key.currency());
        upsert.setObject(5, key.date());
        upsert.setInt(6, key.shard());
        upsert.setBigDecimal(7, each.getValue().debit());
        upsert.setBigDecimal(8, each.getValue().credit());
        upsert.setObject(9, key.postedOn());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private record Key(
      String legalEntityId,
      Account account,
      String detail,
      String currency,
      LocalDate date,
      int shard,
      LocalDate postedOn)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::legalEntityId)
            .thenComparing(Key::account)
            .thenComparing(Key::detail)
            .thenComparing(Key::currency)
            .thenComparing(Key::date)
            .thenComparing(Key::shard)
            .thenComparing(Key::postedOn);

    static Key of(JournalEntry entry, Posting posting) {
      String tenant = tenant(entry);
      return new Key(
          entry.legalEntityId(),
          posting.account(),
          posting.detail(),
          posting.amount().getCurrencyUnit().getCode(),
          entry.date(),
          tenant == null ? 0 : tenant.hashCode() & SHARDS - 1,
          LocalDate.ofInstant(entry.at(), ZoneOffset.UTC));
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
