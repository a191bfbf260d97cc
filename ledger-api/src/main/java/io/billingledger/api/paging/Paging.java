package io.billingledger.api.paging;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which page the caller wants. A controller takes it as an argument. */
public record Paging(int limit, Optional<Cursor> after) {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 500;

  /** How many rows to read: one more than the page has, to know whether there is another. */
  public int fetch() {
    return limit + 1;
  }

  /** Rows below this one, in descending order. */
  public Cursor newestFirst() {
    return after.orElse(Cursor.LAST);
  }

  /** Rows above this one, in ascending order. */
  public Cursor oldestFirst() {
    return after.orElse(Cursor.FIRST);
  }

  /** The page of a list that is whole in memory; the cursors order it. */
  public <T> Page<T> of(List<T> whole, Function<? super T, Cursor> cursor) {
    return page(
        whole.stream()
            .filter(row -> Cursor.OLDEST_FIRST.compare(cursor.apply(row), oldestFirst()) > 0)
            .sorted(Comparator.comparing(cursor, Cursor.OLDEST_FIRST))
            .limit(fetch())
            .toList(),
        cursor);
  }

  /**
   * @param rows at most {@link #fetch()} of them
   */
  public <T> Page<T> page(List<T> rows, Function<? super T, Cursor> cursor) {
    if (rows.size() <= limit) {
      return Page.all(rows);
    }
    List<T> data = rows.subList(0, limit);
    return new Page<>(data, true, cursor.apply(data.getLast()).text());
  }
}
