package io.billingledger.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Scope;
import io.billingledger.wiring.TestDatabase;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LedgerTest
class ViewTablesTest {
  @Autowired private EntityManager entities;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private DataSource database;

  private Connection owner;

  @BeforeEach
  void aTableWithARow() throws SQLException {
    try (Connection ours = database.getConnection()) {
      owner = TestDatabase.asOwner(ours.getMetaData().getURL());
    }
    execute("CREATE TABLE view_scratch (id integer)");
    execute("INSERT INTO view_scratch VALUES (1)");
  }

  @AfterEach
  void noTable() throws SQLException {
    execute("DROP TABLE view_scratch");
    owner.close();
  }

  @Test
  void anEmptiedTableHasNothingLeftNotEvenDeadRows() throws SQLException {
    String file = file();
    empty("view_scratch");
    assertThat(one("SELECT count(*) FROM view_scratch")).isEqualTo("0");
    assertThat(file()).as("a new file").isNotEqualTo(file);
  }

  @Test
  void whoReadsForLongIsNotWaitedFor() throws SQLException {
    String file = file();
    owner.setAutoCommit(false);
    assertThat(one("SELECT count(*) FROM view_scratch")).isEqualTo("1");
    empty("view_scratch");
    owner.commit();
    owner.setAutoCommit(true);
    assertThat(one("SELECT count(*) FROM view_scratch")).isEqualTo("0");
    assertThat(file()).as("the rows were deleted").isEqualTo(file);
  }

  @Test
  void whatIsNotAViewIsNotEmptied() throws SQLException {
    String events = one("SELECT count(*) FROM domain_event_entry");
    assertThatThrownBy(() -> empty("domain_event_entry"))
        .hasStackTraceContaining("domain_event_entry is not a view");
    assertThat(one("SELECT count(*) FROM domain_event_entry")).isEqualTo(events);
  }

  private void empty(String table) {
    Scope.allTenants(
        () ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> ViewTables.empty(entities, table)));
  }

  private String file() throws SQLException {
    return one("SELECT pg_relation_filenode('view_scratch')");
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
