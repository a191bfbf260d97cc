package io.billingledger.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageRecordTest {
  private static final Instant AT = Instant.parse("2026-01-31T02:03:04.000005Z");

  @Test
  void aReversalTakesBackWhatItNames() {
    UsageRecord record = record("2.50", "1", null);
    UsageRecord reversal =
        record.reversal(
            UsageId.derive("r"), new BigDecimal("-1"), AT.plusSeconds(1), new Actor("b"), "k2");
    assertThat(reversal.quantity()).isEqualByComparingTo("-2.5");
    assertThat(reversal.reverses()).isEqualTo(record.id());
    assertThat(reversal.counted().cycleNo()).isEqualTo(record.counted().cycleNo());
    assertThat(reversal.digest()).isNotEqualTo(record.digest());
  }

  @Test
  void theDigestIsOfWhatItSaysAndNotOfHowItIsWritten() {
    assertThat(record("2.50", "0", null).digest()).isEqualTo(record("2.5", "0.0", null).digest());
    assertThat(record("2.50", "0", null).digest()).isNotEqualTo(record("2.51", "0", null).digest());
    assertThat(HexFormat.of().formatHex(record("2.50", "0", null).digest())).isEqualTo(DIGEST);
  }

  @Test
  void signsMustFit() {
    assertThatThrownBy(() -> record("0", "0", null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> record("-1", "0", null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> record("1", "2", null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> record("1", "-1", null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> record("1", "0", UsageId.derive("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static UsageRecord record(String quantity, String overage, UsageId reverses) {
    return new UsageRecord(
        UsageId.derive("u"),
        TenantId.derive("t"),
        "k1",
        SubscriptionId.derive("s"),
        false,
        null,
        "orders",
        "orders",
        new BigDecimal(quantity),
        AT,
        Map.of(),
        reverses,
        null,
        new UsageRecord.Counted(2, "basic", 1, new BigDecimal(overage)),
        AT,
        new Actor("budi@example.com"));
  }

  /** Never changes: stored digests must be computed again in years to come. */
  private static final String DIGEST =
      "46fa4723002bd73047cbf1768732d29dec76286bc9a57a46f4b92419b430fc8d";
}
