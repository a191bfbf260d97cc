package io.billingledger.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private final List<Cursor> table =
      new ArrayList<>(
          LongStream.range(0, 25)
              .mapToObj(i -> new Cursor(i / 3, "inv_" + (char) ('a' + i)))
              .toList());

  @Test
  void pagesGoOnceThroughEverythingThatWasThereWhileOthersInsert() {
    List<Cursor> there = table.stream().sorted(NEWEST_FIRST).toList();
    List<Cursor> seen = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    Page<Cursor> page;
    do {
      Paging paging = new Paging(7, after);
      page = paging.page(query(paging), row -> row);
      seen.addAll(page.data());
      table.add(new Cursor(100 + seen.size(), "inv_new"));
      after = Optional.ofNullable(page.nextCursor()).map(Cursor::parse);
    } while (page.hasMore());
    assertThat(seen).isEqualTo(there);
  }

  @Test
  void aListThatIsWholeIsPagedToo() {
    List<Cursor> shuffled = table.reversed();
    List<Cursor> seen = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    do {
      Page<Cursor> page = new Paging(7, after).of(shuffled, row -> row);
      assertThat(page.data()).hasSizeBetween(1, 7);
      seen.addAll(page.data());
      after = Optional.ofNullable(page.nextCursor()).map(Cursor::parse);
    } while (after.isPresent());
    assertThat(seen).isEqualTo(table);
  }

  @Test
  void theLastPageHasNoCursor() {
    Page<Cursor> page = new Paging(25, Optional.empty()).page(table, row -> row);
    assertThat(page.hasMore()).isFalse();
    assertThat(page.nextCursor()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "MQ", "OmE", "YTpi", "MTphAA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6YQ"})
  void whatNobodyAnsweredIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static final Comparator<Cursor> NEWEST_FIRST =
      Comparator.comparing(Cursor::position).thenComparing(Cursor::id).reversed();

  /** As a view's query would. */
  private List<Cursor> query(Paging paging) {
    return table.stream()
        .filter(row -> NEWEST_FIRST.compare(row, paging.newestFirst()) > 0)
        .sorted(NEWEST_FIRST)
        .limit(paging.fetch())
        .toList();
  }
}
