package io.billingledger.api.usage;

import io.billingledger.api.usage.UsageResource.Fate;
import io.billingledger.api.usage.UsageResource.State;
import io.billingledger.usage.UsageRecord;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Which line of which invoice counts a record whose period is closed. */
@Component
class RatedLines {

  Fate fate(UsageRecord usage, Instant from, Instant to, Instant closedAt) {
    return new Fate(
        State.CLOSED,
        "Its period is closed; " + usage.metric() + " is on the invoice of that period.",
        from,
        to,
        closedAt,
        null,
        null);
  }
}
