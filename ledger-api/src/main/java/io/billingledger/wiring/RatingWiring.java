package io.billingledger.wiring;

import io.billingledger.rating.Consumption;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.LimitUse;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where rating gets usage from. Meters have no way to take any in yet, so none was used. */
@Configuration(proxyBeanMethods = false)
class RatingWiring {

  @Bean
  UsedQuantities usedQuantities() {
    return new UsedQuantities() {
      @Override
      public UsageReading read(UsageSpan span) {
        return nothing(span, null);
      }

      @Override
      public UsageReading close(UsageSpan span, Instant at) {
        return nothing(span, at);
      }

      @Override
      public UsageReading again(UsageSpan span) {
        return nothing(span, span.to());
      }
    };
  }

  private static UsageReading nothing(UsageSpan span, Instant closedAt) {
    List<MeterUse> meters =
        span.meters().stream()
            .filter(meter -> meter.groupBy().isEmpty())
            .map(
                meter ->
                    new MeterUse(meter.metricCode(), Map.of(), Consumption.of(BigDecimal.ZERO), 0))
            .toList();
    List<LimitUse> limits =
        span.limits().stream()
            .map(limit -> new LimitUse(limit.module(), limit.metric(), BigDecimal.ZERO, 0))
            .toList();
    return new UsageReading(meters, limits, closedAt);
  }
}
