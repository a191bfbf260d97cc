package io.billingledger.adapter.provisioning;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningEvent.TaskQueued;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tasks that are to be done now. Whoever takes one has it for a while, and longer with each
 * sign of life; what a dead worker had taken is free again after that. These times are the
 * database's own, not the ledger's. Reads and writes happen in the current transaction.
 */
final class TaskQueue {
  private static final String SAME =
      " WHERE provisioning_id = ? AND operation = ? AND step = ? AND attempt = ?";
  private static final String FREE = "(taken_until IS NULL OR taken_until < clock_timestamp())";

  private final JdbcTemplate database;

  TaskQueue(JdbcTemplate database) {
    this.database = database;
  }

  /** The same task again changes nothing. */
  void add(TaskQueued event) {
    database.update(
        """
        INSERT INTO provisioning_queue
          (provisioning_id, operation, step, attempt, tenant_id, action, queued_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        event.provisioningId().value(),
        event.operation(),
        event.step(),
        event.attempt(),
        event.tenantId().value(),
        event.action().name(),
        Timestamp.from(event.at()));
  }

  Optional<ProvisioningTask> take(String worker, Duration lease) {
    return database
        .query(
            """
            UPDATE provisioning_queue
            SET taken_by = ?, taken_until = clock_timestamp() + make_interval(secs => ?)
            WHERE (provisioning_id, operation, step, attempt) = (
              SELECT provisioning_id, operation, step, attempt FROM provisioning_queue
              WHERE %s ORDER BY queued_at, provisioning_id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """
                .formatted(FREE),
            TaskQueue::read,
            worker,
            lease.toMillis() / 1000.0)
        .stream()
        .findFirst();
  }

  void keep(ProvisioningTask task, String worker, Duration lease) {
    database.update(
        "UPDATE provisioning_queue SET taken_until = clock_timestamp() + make_interval(secs => ?)"
            + SAME
            + " AND taken_by = ?",
        lease.toMillis() / 1000.0,
        task.provisioningId().value(),
        task.operation(),
        task.step(),
        task.attempt(),
        worker);
  }

  void remove(ProvisioningTask task) {
    database.update(
        "DELETE FROM provisioning_queue" + SAME,
        task.provisioningId().value(),
        task.operation(),
        task.step(),
        task.attempt());
  }

  /** When the oldest one that nobody has taken was queued. */
  Optional<Instant> nextFree() {
    return Optional.ofNullable(
            database.queryForObject(
                "SELECT min(queued_at) FROM provisioning_queue WHERE " + FREE, Timestamp.class))
        .map(Timestamp::toInstant);
  }

  /** How many there are, taken or not. */
  int size() {
    return Objects.requireNonNull(
        database.queryForObject("SELECT count(*) FROM provisioning_queue", Integer.class));
  }

  private static ProvisioningTask read(ResultSet row, int number) throws SQLException {
    return new ProvisioningTask(
        new ProvisioningId(row.getString("provisioning_id")),
        new TenantId(row.getString("tenant_id")),
        row.getInt("operation"),
        ProvisioningAction.valueOf(row.getString("action")),
        row.getString("step"),
        row.getInt("attempt"));
  }
}
