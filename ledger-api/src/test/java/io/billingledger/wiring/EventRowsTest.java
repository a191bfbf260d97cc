package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What PostgreSQL itself guarantees about event rows: who sees them, and that they stay. */
@LedgerTest
@Import(Counter.Wiring.class)
class EventRowsTest {
  private static final Actor BUDI = new Actor("budi@example.com");

  @Autowired Commands commands;
  @Autowired JdbcTemplate database;
  @Autowired PlatformTransactionManager transactions;

  private final TenantId ours = TenantId.next();
  private final TenantId theirs = TenantId.next();
  private final String our = "ctr_" + ours;
  private final String their = "ctr_" + theirs;
  private final String platforms = "ctr_" + TenantId.next();

  @Test
  void aTransactionSeesItsScopeAndNothingElse() {
    write();
    assertThat(visible()).isEmpty();
    assertThat(Scope.tenant(ours, this::visible)).containsExactly(our, platforms);
    assertThat(Scope.tenant(theirs, this::visible)).containsExactly(platforms, their);
    assertThat(Scope.allTenants(this::visible)).containsExactly(our, platforms, their);
    assertThat(visible()).as("nothing stays on the connection").isEmpty();
  }

  @Test
  void aTransactionWritesOnlyForItsScope() {
    Supplier<Object> open = () -> commands.send(new Counter.Open(our, ours), BUDI);
    assertThatThrownBy(open::get).rootCause().hasMessageContaining("row-level security");
    assertThatThrownBy(() -> Scope.tenant(theirs, open))
        .rootCause()
        .hasMessageContaining("row-level security");
    assertThat(Scope.tenant(ours, open)).isEqualTo(0);
  }

  @Test
  void anybodyCanComputeTheDigest() throws Exception {
    write();
    List<Map<String, Object>> rows =
        Scope.allTenants(
            () ->
                inTransaction(
                    () ->
                        database.queryForList(
                            "SELECT * FROM domain_event_entry WHERE aggregate_identifier = ?",
                            our)));
    assertThat(rows).hasSize(2);
    for (Map<String, Object> row : rows) {
      StringBuilder head = new StringBuilder();
      for (String field :
          List.of(
              "event_identifier",
              "aggregate_identifier",
              "sequence_number",
              "type",
              "time_stamp",
              "payload_type",
              "payload_revision")) {
        head.append(Objects.toString(row.get(field), "")).append('\n');
      }
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] payload = sha256.digest((byte[]) row.get("payload"));
      byte[] metadata = sha256.digest((byte[]) row.get("meta_data"));
      sha256.update(head.toString().getBytes(StandardCharsets.UTF_8));
      sha256.update(payload);
      assertThat(sha256.digest(metadata)).isEqualTo((byte[]) row.get("digest"));
      assertThat(row).containsEntry("tenant_id", ours.value());
    }
  }

  @Test
  void nobodyGivesAnEventAnotherDigestOrTenant() {
    write();
    byte[] given = new byte[32];
    Map<String, Object> row =
        Scope.allTenants(
            () ->
                new TransactionTemplate(transactions)
                    .execute(
                        status -> {
                          status.setRollbackOnly();
                          return database.queryForMap(
                              "INSERT INTO domain_event_entry (event_identifier,"
                                  + " aggregate_identifier, sequence_number, time_stamp,"
                                  + " payload_type, payload, meta_data, tenant_id, digest)"
                                  + " SELECT event_identifier || 'x', aggregate_identifier, 99,"
                                  + " time_stamp, payload_type, payload, meta_data, ?, ?"
                                  + " FROM domain_event_entry"
                                  + " WHERE aggregate_identifier = ? AND sequence_number = 0"
                                  + " RETURNING tenant_id, digest",
                              theirs.value(),
                              given,
                              our);
                        }));
    assertThat(row).containsEntry("tenant_id", ours.value());
    assertThat((byte[]) row.get("digest")).hasSize(32).isNotEqualTo(given);
  }

  @Test
  void historyIsOnlyAddedTo(@Value("${spring.datasource.url}") String url) throws Exception {
    write();
    for (String change :
        List.of("UPDATE domain_event_entry SET type = 'x'", "DELETE FROM domain_event_entry")) {
      assertThatThrownBy(() -> Scope.allTenants(() -> inTransaction(() -> database.update(change))))
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageContaining("permission denied");
      try (var owner = TestDatabase.asOwner(url);
          var statement = owner.createStatement()) {
        assertThatThrownBy(() -> statement.execute(change))
            .hasMessageContaining("history is only ever added to");
      }
    }
  }

  private void write() {
    Scope.allTenants(
        () -> {
          commands.send(new Counter.Open(our, ours), BUDI);
          commands.send(new Counter.Add(our, 1), BUDI);
          commands.send(new Counter.Open(their, theirs), BUDI);
          commands.send(new Counter.Open(platforms, null), BUDI);
        });
  }

  /** Of the streams of this test, in their order. */
  private List<String> visible() {
    List<String> all = List.of(our, their, platforms);
    return inTransaction(
            () ->
                database.queryForList(
                    "SELECT DISTINCT aggregate_identifier FROM domain_event_entry", String.class))
        .stream()
        .filter(all::contains)
        .sorted(java.util.Comparator.comparingInt(List.of(our, platforms, their)::indexOf))
        .toList();
  }

  private <T> T inTransaction(Supplier<T> work) {
    return new TransactionTemplate(transactions).execute(_ -> work.get());
  }
}
