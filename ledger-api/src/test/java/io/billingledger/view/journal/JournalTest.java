package io.billingledger.view.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.billingledger.LedgerTest;
import io.billingledger.journal.Account;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.Posting;
import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Nothing that these tests post stays: the books are everybody's. */
@LedgerTest
class JournalTest {
  private static final Instant LONG_AGO = Instant.parse("1999-12-31T23:00:00.123456Z");

  @Autowired private Journal journal;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private JdbcTemplate database;
  @Autowired private EntityManager entities;

  @Test
  void anEntryPostedTwiceStandsOnce() {
    JournalEntry entry = entry();
    andUndo(
        () -> {
          post(entry);
          post(entry);
          List<EntryRow> entries =
              journal.entries(entry.invoiceId().value(), Long.MAX_VALUE, "~", 9);
          assertThat(entries).hasSize(1);
          assertThat(entries.getFirst())
              .returns(entry.id().value(), EntryRow::id)
              .returns(entry.tenantId().value(), EntryRow::tenantId)
              .returns("cause", EntryRow::causeEventId)
              .returns("test.posted", EntryRow::causeType)
              .returns(LONG_AGO, EntryRow::postedAt)
              .returns("v1", EntryRow::rules)
              .returns(7L, EntryRow::position);
          assertThat(journal.postings(entries).get(entry.id().value()))
              .extracting(PostingRow::account, PostingRow::detail, PostingRow::amount)
              .containsExactly(
                  tuple(Account.CASH, "BANK_TRANSFER", Money.parse("ISK 900")),
                  tuple(Account.CASH, "BANK_TRANSFER", Money.parse("ISK -400")),
                  tuple(Account.RECEIVABLE, "", Money.parse("ISK -300")),
                  tuple(Account.CUSTOMER_CREDIT, "", Money.parse("ISK -200")));
          assertThat(
                  database.queryForList(
                      "SELECT debit FROM view_journal_sum WHERE legal_entity_id = 'entity'"
                          + " AND account = 'CASH' AND detail = 'BANK_TRANSFER'"
                          + " AND accounting_date = '2000-01-01'",
                      BigDecimal.class))
              .as("summed once")
              .containsExactly(new BigDecimal("900"));
        });
  }

  @Test
  void aBalanceKnowsItsMoment() {
    andUndo(
        () -> {
          post(entry());
          assertThat(journal.balances(LONG_AGO.minusNanos(1000))).isEmpty();
          assertThat(journal.balances(LONG_AGO))
              .filteredOn(balance -> balance.account() == Account.CASH)
              .singleElement()
              .returns(Money.parse("ISK 500"), Balance::net);
        });
  }

  /** Given postings around a midnight of UTC, on which the sums of days part. */
  @Test
  void aBalanceAroundAMidnightHasWhatWasPostedBefore() {
    Instant midnight = Instant.parse("2000-01-01T00:00:00Z");
    andUndo(
        () -> {
          post(entry());
          post(entry(midnight.minusNanos(1000)));
          post(entry(midnight));
          post(entry(midnight.plusNanos(1000)));
          assertThat(cash(LONG_AGO)).isEqualTo("500");
          assertThat(cash(midnight.minusNanos(1000))).isEqualTo("1000");
          assertThat(cash(midnight)).isEqualTo("1500");
          assertThat(cash(midnight.plusNanos(1000))).isEqualTo("2000");
          assertThat(cash(midnight.plusSeconds(200_000))).isEqualTo("2000");
        });
  }

  private String cash(Instant asOf) {
    return journal.balances(asOf).stream()
        .filter(balance -> balance.account() == Account.CASH)
        .map(balance -> balance.net().getAmount().toPlainString())
        .findFirst()
        .orElse("0");
  }

  @Test
  void theDatabaseRefusesAnEntryThatDoesNotBalance() {
    JournalEntry entry = entry();
    for (String fault :
        List.of(
            "INSERT INTO view_journal_posting VALUES (?, 9, '-', 'CASH', 'ISK', 1, now(), '-', '', now())",
            "UPDATE view_journal_posting SET amount = amount + 1 WHERE entry_id = ? AND line_no = 1",
            "UPDATE view_journal_posting SET entry_id = 'another' WHERE entry_id = ? AND line_no = 1",
            "DELETE FROM view_journal_posting WHERE entry_id = ? AND line_no = 1")) {
      assertThatThrownBy(
              () ->
                  andUndo(
                      () -> {
                        post(entry);
                        database.update(fault, entry.id().value());
                      }))
          .as(fault)
          .hasStackTraceContaining("does not balance");
    }
  }

  private void post(JournalEntry entry) {
    UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
    journal.post(entry, 7);
    journal.post(entry, 7);
    unit.commit();
    entities.flush();
    entities.clear();
  }

  private void andUndo(Runnable work) {
    Scope.allTenants(
        () ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(
                    transaction -> {
                      transaction.setRollbackOnly();
                      work.run();
                    }));
  }

  private static JournalEntry entry() {
    return entry(LONG_AGO);
  }

  private static JournalEntry entry(Instant at) {
    return new JournalEntry(
        EntryId.next(),
        "cause",
        "test.posted",
        "entity",
        TenantId.next(),
        InvoiceId.next(),
        at,
        LocalDate.parse("2000-01-01"),
        null,
        "v1",
        List.of(
            new Posting(Account.CASH, "BANK_TRANSFER", Money.parse("ISK 900")),
            new Posting(Account.CASH, "BANK_TRANSFER", Money.parse("ISK -400")),
            new Posting(Account.RECEIVABLE, "", Money.parse("ISK -300")),
            new Posting(Account.CUSTOMER_CREDIT, "", Money.parse("ISK -200"))));
  }
}
