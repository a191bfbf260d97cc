package io.billingledger.wiring;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;

/** The statement that appends events, all of them in one round trip. */
final class EventInsert {
  private static final String INSERT =
      "INSERT INTO domain_event_entry (event_identifier, aggregate_identifier, sequence_number,"
          + " type, time_stamp, payload_type, payload_revision, payload, meta_data) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private EventInsert() {}

  static String of(int rows) {
    return INSERT + ROW + (", " + ROW).repeat(rows - 1);
  }

  /**
   * @param column the number of the parameter before the first one
   */
  static void bind(PreparedStatement insert, int column, List<EventRow> rows) throws SQLException {
    int last = column;
    for (EventRow row : rows) {
      DomainEventMessage<?> event = row.event();
      insert.setString(++last, event.getIdentifier());
      insert.setString(++last, event.getAggregateIdentifier());
      insert.setLong(++last, event.getSequenceNumber());
      insert.setString(++last, event.getType());
      insert.setString(++last, DateTimeUtils.formatInstant(event.getTimestamp()));
      insert.setString(++last, row.payload().getType().getName());
      insert.setString(++last, row.payload().getType().getRevision());
      insert.setBytes(++last, row.payload().getData());
      insert.setBytes(++last, row.metaData());
    }
  }
}
