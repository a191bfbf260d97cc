package io.billingledger.run;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.reconciliation.BreakCommand.CloseBreak;
import io.billingledger.reconciliation.BreakCommand.FindBreak;
import io.billingledger.wiring.UnitsOfWork;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Puts into history which breaks were found and which are gone. Each row knows what was told of it,
 * and a break takes the same news once; so it is told once, whoever dies in between, and also where
 * events and rows do not commit together.
 */
public final class BreakHistory {
  private static final Actor ACTOR = Actor.system("reconciliation");
  private static final int AT_ONCE = 200;
  private static final int LONGEST_MARK = 500;

  private static final String UNTOLD =
      "SELECT * FROM reconciliation_break WHERE told_found IS DISTINCT FROM first_seen"
          + " OR told_closed IS DISTINCT FROM closed_at ORDER BY number LIMIT ?"
          + " FOR UPDATE SKIP LOCKED";

  private final JdbcTemplate database;
  private final UnitsOfWork units;
  private final Commands commands;

  public BreakHistory(JdbcTemplate database, UnitsOfWork units, Commands commands) {
    this.database = database;
    this.units = units;
    this.commands = commands;
  }

  /**
   * @param closedAt null while it is there
   * @param before when the one that was told last was found; null if none was
   * @param beforeClosed when that one was gone, as it was told
   */
  private record News(FindBreak found, Instant closedAt, Instant before, Instant beforeClosed) {

    /** The one before was gone, and nobody came to tell it. */
    boolean leftOpen() {
      return before != null && beforeClosed == null && !before.equals(found.since());
    }
  }

  /**
   * Everything that is not told yet; nothing where nothing is new. A request that asks for a look
   * is a unit of work already, and this is part of it.
   */
  void tell() {
    Supplier<Integer> some =
        CurrentUnitOfWork.isStarted() ? this::tellSome : () -> units.perform(this::tellSome);
    Scope.allTenants(
        () -> {
          while (some.get() == AT_ONCE) {
            // More of them wait.
          }
        });
  }

  private int tellSome() {
    List<News> untold = database.query(UNTOLD, (row, _) -> news(row), AT_ONCE);
    for (News news : untold) {
      BreakId id = news.found().breakId();
      if (news.leftOpen()) {
        commands.send(new CloseBreak(id, news.found().since()), ACTOR);
      }
      commands.send(news.found(), ACTOR);
      if (news.closedAt() != null) {
        commands.send(new CloseBreak(id, news.closedAt()), ACTOR);
      }
      database.update(
          "UPDATE reconciliation_break SET told_found = first_seen, told_closed = closed_at"
              + " WHERE break_id = ?",
          id.value());
    }
    return untold.size();
  }

  private static News news(ResultSet row) throws SQLException {
    String tenant = row.getString("tenant_id");
    String mark = row.getString("mark");
    BigDecimal amount = row.getBigDecimal("amount");
    return new News(
        new FindBreak(
            new BreakId(row.getString("break_id")),
            row.getString("invariant"),
            row.getString("subject_id"),
            tenant == null ? null : new TenantId(tenant),
            row.getString("currency"),
            amount,
            mark == null || mark.length() <= LONGEST_MARK ? mark : mark.substring(0, LONGEST_MARK),
            instant(row, "first_seen")),
        instant(row, "closed_at"),
        instant(row, "told_found"),
        instant(row, "told_closed"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
