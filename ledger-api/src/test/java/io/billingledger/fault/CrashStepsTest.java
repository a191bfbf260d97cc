package io.billingledger.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.fault.Life.Plot;
import io.billingledger.kernel.Id;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.TenantId;
import io.billingledger.revenue.RevenueCommand.RecogniseRevenue;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * A crash at every single step: of many lives of the same plot, the n-th breaks at the n-th command
 * that a saga, a deadline or a worker sends for it, before the command, after it, or when all is
 * about to be committed. What was rolled back comes again, and each life is told like the one that
 * nothing disturbed.
 */
@LedgerTest
@TestPropertySource(
    properties = {
      "ledger.test-clock.enabled=true",
      "ledger.test-clock.start=2026-01-31T03:00:00Z",
      "ledger.processors.attempts=3"
    })
@Import(CrashStepsTest.Crashes.class)
class CrashStepsTest {
  private static final LocalDate START = LocalDate.parse("2026-01-31");
  private static final int SOME = 7;
  private static final LocalDate AGAIN = START.plusDays(60);

  @LocalServerPort private int port;
  @Autowired private Crashes crashes;

  @Test
  void theOutcomeIsThatOfALifeThatNothingDisturbed() {
    Life.Ledger ledger = request -> request.apply(ApiClient.owner(port));
    Life.publishCatalogue(ledger);
    Map<Plot, Life> quiet = new LinkedHashMap<>();
    for (Plot plot : Plot.values()) {
      quiet.put(plot, new Life(ledger, "quiet-" + plot, plot, START, false));
    }
    Life.play(ledger, List.copyOf(quiet.values()));
    Map<Plot, List<String>> expected = new LinkedHashMap<>();
    quiet.forEach((plot, life) -> expected.put(plot, life.told()));

    Map<Life, Plot> troubled = new LinkedHashMap<>();
    for (Plot plot : Plot.values()) {
      int steps = crashes.steps(quiet.get(plot).tenant());
      assertThat(steps).as("steps of " + plot).isGreaterThan(10);
      for (int step = 1; step <= steps; step++) {
        if (!chosen(plot, step)) {
          continue;
        }
        String name = "troubled-%s-at-%d".formatted(plot, step);
        crashes.plan(name, step, Moment.values()[step % Moment.values().length]);
        troubled.put(new Life(ledger, name, plot, AGAIN, false), plot);
      }
    }
    Life.advance(ledger, Life.morning(AGAIN));
    Life.play(ledger, List.copyOf(troubled.keySet()));

    assertThat(crashes.planned()).as("crashes that were planned and did not come").isEmpty();
    troubled.forEach(
        (life, plot) -> assertThat(life.told()).as(life.toString()).isEqualTo(expected.get(plot)));
  }

  /** {@code -Dcrashes=all}, or those of one plot, or one, {@code UPGRADES-13}; else a selection. */
  private static boolean chosen(Plot plot, int step) {
    String crashes = System.getProperty("crashes", "");
    return crashes.isEmpty()
        ? (step + plot.ordinal()) % SOME == 0
        : List.of("all", plot.name(), plot + "-" + step).contains(crashes);
  }

  /** When a step breaks. */
  enum Moment {
    BEFORE_THE_COMMAND,
    AFTER_THE_COMMAND,
    BEFORE_THE_COMMIT
  }

  /** Counts the steps of every tenant, and breaks those that are planned to. */
  @TestConfiguration
  static class Crashes implements MessageHandlerInterceptor<CommandMessage<?>> {
    private record Plan(int step, Moment moment) {}

    private final Map<String, Plan> plansByName = new ConcurrentHashMap<>();
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> steps = new ConcurrentHashMap<>();
    private final Map<String, String> tenants = new ConcurrentHashMap<>();

    @Autowired
    void intercept(SimpleCommandBus bus) {
      bus.registerHandlerInterceptor(this);
    }

    void plan(String name, int step, Moment moment) {
      plansByName.put(name, new Plan(step, moment));
    }

    int steps(String tenant) {
      return steps.get(tenant).get();
    }

    List<Plan> planned() {
      List<Plan> open = new ArrayList<>(plansByName.values());
      open.addAll(plans.values());
      return open;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
        throws Exception {
      CommandMessage<?> command = unitOfWork.getMessage();
      Optional<String> tenant = tenant(command.getPayload());
      boolean byTheLedger =
          String.valueOf(command.getMetaData().get(MetaKeys.ACTOR)).startsWith("system:");
      // How many months end within a life is the calendar's matter: no step of one life is the same
      // in another if these are counted.
      boolean atMonthsEnd = command.getPayload() instanceof RecogniseRevenue;
      if (tenant.isEmpty() || !byTheLedger || atMonthsEnd) {
        return chain.proceed();
      }
      int step = steps.computeIfAbsent(tenant.get(), _ -> new AtomicInteger()).incrementAndGet();
      Plan plan = plans.get(tenant.get());
      if (plan == null || plan.step() != step) {
        return chain.proceed();
      }
      plans.remove(tenant.get());
      String what = "%s %s".formatted(plan, command.getPayload());
      switch (plan.moment()) {
        case BEFORE_THE_COMMAND -> throw new StackOverflowError(what);
        case AFTER_THE_COMMAND -> {
          chain.proceed();
          throw new IllegalStateException(what);
        }
        case BEFORE_THE_COMMIT ->
            unitOfWork
                .root()
                .onPrepareCommit(
                    _ -> {
                      throw new IllegalStateException(what);
                    });
      }
      return chain.proceed();
    }

    /** Ids of a tenant's things become known with the first command that names the tenant too. */
    private Optional<String> tenant(Object command) {
      List<Id> ids =
          Arrays.stream(command.getClass().getRecordComponents())
              .map(component -> value(component, command))
              .filter(Id.class::isInstance)
              .map(Id.class::cast)
              .toList();
      Optional<String> tenant =
          ids.stream()
              .filter(TenantId.class::isInstance)
              .map(Id::value)
              .findFirst()
              .or(
                  () ->
                      ids.stream()
                          .map(id -> tenants.get(ulid(id)))
                          .filter(x -> x != null)
                          .findFirst());
      tenant.ifPresent(known -> ids.forEach(id -> tenants.put(ulid(id), known)));
      if (command instanceof RegisterTenant registered) {
        Plan plan = plansByName.remove(registered.name());
        if (plan != null) {
          plans.put(registered.tenantId().value(), plan);
        }
      }
      return tenant;
    }

    /** An invoice and its collection, a tenant and its provisioning share it. */
    private static String ulid(Id id) {
      return id.value().substring(id.value().indexOf('_') + 1);
    }

    private static Object value(RecordComponent component, Object of) {
      try {
        return component.getAccessor().invoke(of);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
