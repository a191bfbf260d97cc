package io.billingledger.seller;

import io.billingledger.seller.SellerCommand.DescribeSeller;
import io.billingledger.seller.SellerEvent.SellerDescribed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every description of a seller.
 *
 * @param described the oldest first
 */
public record SellerState(List<SellerDescribed> described) {
  public static final SellerState NONE = new SellerState(List.of());

  /** The same description again changes nothing. */
  public List<SellerEvent> decide(DescribeSeller command) {
    if (latest().filter(last -> last.profile().equals(command.profile())).isPresent()) {
      return List.of();
    }
    return List.of(
        new SellerDescribed(
            command.sellerId(), command.legalEntityId(), command.profile(), command.at()));
  }

  public SellerState evolve(SellerEvent event) {
    return switch (event) {
      case SellerDescribed e ->
          new SellerState(Stream.concat(described.stream(), Stream.of(e)).toList());
    };
  }

  public Optional<SellerDescribed> latest() {
    return described.isEmpty() ? Optional.empty() : Optional.of(described.getLast());
  }

  /**
   * What held at an instant: the last description until then. Before the first one the first holds:
   * nobody was ever told anything else, and what it says never changes.
   */
  public Optional<SellerProfile> at(Instant instant) {
    return described.stream()
        .filter(description -> !description.at().isAfter(instant))
        .reduce((_, later) -> later)
        .or(() -> described.stream().findFirst())
        .map(SellerDescribed::profile);
  }
}
