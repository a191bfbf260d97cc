package io.billingledger.api.paging;

import java.util.List;
import java.util.function.Function;

/**
 * Part of a list.
 *
 * @param nextCursor asks for the next page; null on the last one
 */
public record Page<T>(List<T> data, boolean hasMore, String nextCursor) {

  /** A list that ends here. */
  static <T> Page<T> all(List<T> data) {
    return new Page<>(data, false, null);
  }

  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(data.stream().<R>map(change).toList(), hasMore, nextCursor);
  }
}
