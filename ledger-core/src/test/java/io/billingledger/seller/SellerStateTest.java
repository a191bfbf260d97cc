package io.billingledger.seller;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.SellerId;
import io.billingledger.seller.SellerCommand.DescribeSeller;
import io.billingledger.seller.SellerEvent.SellerDescribed;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

class SellerStateTest {
  private static final SellerId ID = SellerId.of("default");
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final CurrencyUnit IDR = CurrencyUnit.of("IDR");
  private static final CurrencyUnit EUR = CurrencyUnit.of("EUR");

  private static final BankAccount RUPIAH = new BankAccount("BCA", "PT A", "1", null, IDR);
  private static final BankAccount ANY = new BankAccount("DBS", "PT A", "2", "DBSSSGSG", null);

  @Test
  void aDocumentNamesTheSellerAsItWasThen() {
    SellerState state = described(described(SellerState.NONE, "Old", MARCH), "New", MAY);
    assertThat(nameAt(state, MARCH)).isEqualTo("Old");
    assertThat(nameAt(state, MAY.minusNanos(1))).isEqualTo("Old");
    assertThat(nameAt(state, MAY)).isEqualTo("New");
    assertThat(state.latest()).map(SellerDescribed::at).contains(MAY);
  }

  @Test
  void beforeTheFirstDescriptionTheFirstHolds() {
    SellerState state = described(described(SellerState.NONE, "Old", MARCH), "New", MAY);
    assertThat(nameAt(state, MARCH.minusSeconds(1))).isEqualTo("Old");
    assertThat(SellerState.NONE.at(MARCH)).isEmpty();
    assertThat(SellerState.NONE.latest()).isEmpty();
  }

  @Test
  void theSameAgainChangesNothingAndWhatWasBeforeDoes() {
    SellerState once = described(SellerState.NONE, "Old", MARCH);
    assertThat(once.decide(describe("Old", MAY))).isEmpty();
    SellerState twice = described(once, "New", MAY);
    assertThat(twice.decide(describe("Old", MAY.plusSeconds(1)))).hasSize(1);
  }

  @Test
  void accountsAreThoseOfTheCurrencyAndThoseOfAny() {
    SellerProfile profile = profile("A");
    assertThat(profile.accountsFor(IDR)).containsExactly(RUPIAH, ANY);
    assertThat(profile.accountsFor(EUR)).containsExactly(ANY);
  }

  private static String nameAt(SellerState state, Instant at) {
    return state.at(at).orElseThrow().name();
  }

  private static SellerState described(SellerState state, String name, Instant at) {
    List<SellerEvent> events = state.decide(describe(name, at));
    assertThat(events).containsExactly(new SellerDescribed(ID, "default", profile(name), at));
    return state.evolve(events.getFirst());
  }

  private static DescribeSeller describe(String name, Instant at) {
    return new DescribeSeller(ID, "default", profile(name), null, at);
  }

  private static SellerProfile profile(String name) {
    return new SellerProfile(
        name, List.of("Street 1"), "Jakarta", "12190", "ID", "01.2", null, List.of(RUPIAH, ANY));
  }
}
