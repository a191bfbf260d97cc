package io.billingledger.wiring;

import io.billingledger.kernel.Claims;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.TenantId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The smallest aggregate: counts, refuses, claims. */
class Counter {
  /**
   * @param tenant null: the platform's own
   */
  record Open(@TargetAggregateIdentifier String id, TenantId tenant) {}

  record Add(@TargetAggregateIdentifier String id, int amount) {}

  /** Claims the key, takes a number of the series, and then refuses if told so. */
  record Number(@TargetAggregateIdentifier String id, String series, String key, boolean refuse) {}

  sealed interface Event {}

  record Opened(String id, String tenant) implements Event {}

  record Added(String id, int amount) implements Event {}

  record Refused(String detail) implements Rejection {
    @Override
    public String code() {
      return "test.refused";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }
  }

  @AggregateIdentifier private String id;
  private String tenant;
  private int sum;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  int on(Open command) {
    if (id == null) {
      String owner = command.tenant() == null ? null : command.tenant().value();
      record(new Opened(command.id(), owner), owner);
    }
    return sum;
  }

  @CommandHandler
  int on(Add command) {
    if (command.amount() < 0) {
      throw new Rejected(new Refused("only upwards"));
    }
    record(new Added(id, command.amount()), tenant);
    return sum;
  }

  @CommandHandler
  long on(Number command, Claims claims) {
    claims.claim(Claims.Kind.PLAN_CODE, command.key(), id);
    long number =
        claims.next(Claims.Kind.INVOICE_NUMBER, command.series(), id + "/" + command.key());
    if (command.refuse()) {
      throw new Rejected(new Refused("after having claimed"));
    }
    record(new Added(id, 0), tenant);
    return number;
  }

  private static void record(Event event, String tenant) {
    AggregateLifecycle.apply(
        event, tenant == null ? MetaData.emptyInstance() : MetaData.with(MetaKeys.TENANT, tenant));
  }

  @EventSourcingHandler
  void on(Event event) {
    switch (event) {
      case Opened opened -> {
        id = opened.id();
        tenant = opened.tenant();
      }
      case Added added -> sum += added.amount();
    }
  }

  @TestConfiguration
  static class Wiring {
    @Bean
    AggregateWiring.Shell counters() {
      return new AggregateWiring.Shell(Counter.class);
    }
  }
}
