package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class OrderedIdentifiersTest {

  @Test
  void axonsIdentifiersAreUuidsInTheOrderOfTheirMaking() {
    List<String> made =
        Stream.generate(IdentifierFactory.getInstance()::generateIdentifier).limit(10_000).toList();
    assertThat(made).isSorted().doesNotHaveDuplicates();
    assertThat(made.stream().map(UUID::fromString))
        .allMatch(id -> id.version() == 7 && id.variant() == 2);
    Instant at =
        Instant.ofEpochMilli(UUID.fromString(made.getFirst()).getMostSignificantBits() >>> 16);
    assertThat(Duration.between(at, Instant.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }
}
