package io.billingledger.wiring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;

/**
 * Sets the parameters of a statement one after the other: columns of many rows as arrays, which the
 * statement takes apart with {@code unnest}, and single values.
 */
public final class Columns<R> {
  private final Connection connection;
  private final PreparedStatement statement;
  private final List<R> rows;
  private int last;

  public Columns(Connection connection, PreparedStatement statement, List<R> rows) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
  }

  /** Goes on after these with columns of other rows. */
  public <O> Columns<O> then(List<O> others) {
    Columns<O> next = new Columns<>(connection, statement, others);
    next.last = last;
    return next;
  }

  public void texts(Function<R, String> column) throws SQLException {
    of("text", new String[rows.size()], column);
  }

  public void bytes(Function<R, byte[]> column) throws SQLException {
    of("bytea", new byte[rows.size()][], column);
  }

  /**
   * @param type as PostgreSQL calls it
   */
  public void of(String type, Function<R, ?> column) throws SQLException {
    of(type, new Object[rows.size()], column);
  }

  private void of(String type, Object[] values, Function<R, ?> column) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    array(type, values);
  }

  /** Where nobody says anything there is no array: the others tell how many rows there are. */
  public void array(String type, Object[] values) throws SQLException {
    last++;
    for (Object value : values) {
      if (value != null) {
        statement.setArray(last, connection.createArrayOf(type, values));
        return;
      }
    }
    statement.setNull(last, Types.ARRAY);
  }

  public void value(Object value) throws SQLException {
    statement.setObject(++last, value);
  }
}
