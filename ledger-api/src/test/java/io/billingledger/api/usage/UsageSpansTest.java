package io.billingledger.api.usage;

import static io.billingledger.api.usage.UsageScene.meter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.catalog.Enforcement;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.UsageId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.metering.MeteredSubscriptions;
import io.billingledger.metering.UsageStore;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.time.LocalDays;
import io.billingledger.usage.Acceptance;
import io.billingledger.usage.ReportedUsage;
import io.billingledger.usage.UsageEvent.UsageSpanClosed;
import io.billingledger.usage.UsageRecord;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which span a record belongs to, whenever it comes, and that a closed one never changes. */
@LedgerTest
class UsageSpansTest {
  private static final String COUNTED = ", \"aggregation\": \"COUNT\"";
  private static final String GROUPED = ", \"group_by\": [\"region\"]";
  private static final String UNIQUE =
      ", \"aggregation\": \"UNIQUE_COUNT\", \"aggregation_property\": \"user\"";
  private static final String GAUGE = ", \"type\": \"GAUGE\", \"aggregation\": \"LAST\"";
  private static final String WEIGHTED =
      ", \"type\": \"GAUGE\", \"aggregation\": \"TIME_WEIGHTED\"";

  @LocalServerPort private int port;
  @Autowired private UsedQuantities quantities;
  @Autowired private MeteredSubscriptions subscriptions;
  @Autowired private UsageStore store;
  @Autowired private UnitsOfWork units;
  @Autowired private EventStore events;
  @Autowired private Clock clock;

  private UsageScene scene;
  private ZoneId zone;

  private void enter(String zone, String... meters) throws InterruptedException {
    scene = UsageScene.of(port, zone, List.of(meters).toString());
    this.zone = ZoneId.of(zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Jakarta", "America/New_York", "Pacific/Auckland"})
  void lateDuplicateReversedAndOutOfOrderUsageAcrossAPeriodsEnd(String where) throws Exception {
    enter(where, meter("calls", ""));
    Instant end = LocalDays.startOf(LocalDate.of(2026, 4, 5), zone);
    UsageSpan first = span("2026-03-05", "2026-04-05");
    UsageSpan second = span("2026-04-05", "2026-05-05");
    String beyond = report("after", "100", end);
    report("last", "1", end.minusNanos(1000));
    report("first", "2", first.from());
    String early = report("early", "4", first.from().minusSeconds(1));
    String back = report("back", "8", first.from().plusSeconds(60));
    report("last", "1", end.minusNanos(1000));
    reverse(back).expect(200);
    assertThat(used(read(first), "calls")).isEqualTo("3 of 4");
    assertThat(used(close(first), "calls")).isEqualTo("3 of 4");
    assertThat(fate(early)).as("before anything is charged for").isEqualTo("NOT_CHARGED");
    String late = report("late", "16", end.minusSeconds(5));
    report("last", "1", end.minusNanos(1000));
    reverse(scene.service.get("/api/usage?limit=500").json(), "first").expect(200);
    assertThat(used(again(first), "calls")).isEqualTo("3 of 4");
    assertThat(used(close(first), "calls")).isEqualTo("3 of 4");
    assertThat(used(read(second), "calls")).isEqualTo("114 of 3");
    assertThat(fate(beyond)).isEqualTo("PENDING");
    assertThat(fate(late)).isEqualTo("PENDING");
    assertThat(fate(back)).isEqualTo("CANCELED_OUT");
    assertThat(used(close(second), "calls")).isEqualTo("114 of 3");
    assertThat(fate(beyond)).isEqualTo("CLOSED");
    Answer taken = scene.service.get("/api/usage/" + late);
    assertThat(taken.text("/fate/period_start")).isEqualTo(end.toString());
    report("very late", "1000", first.from());
    assertThat(used(again(first), "calls")).isEqualTo("3 of 4");
    assertThat(used(again(second), "calls")).isEqualTo("114 of 3");
    UsageSpan third = span("2026-05-05", "2026-06-05");
    assertThat(used(close(third), "calls")).isEqualTo("1000 of 1");
    assertThat(closings()).containsExactly(first.to(), second.to(), third.to());
  }

  @Test
  void whatCorrectionsTakeBackBeyondTheUseIsCarriedOn() throws Exception {
    enter("Asia/Jakarta", meter("calls", ""), meter("orders", COUNTED), meter("by", GROUPED));
    UsageSpan one = span("2026-01-01", "2026-02-01");
    UsageSpan two = span("2026-02-01", "2026-03-01");
    UsageSpan three = span("2026-03-01", "2026-04-01");
    UsageSpan four = span("2026-04-01", "2026-05-01");
    String ten = report("calls", "a", "10", one.from(), null);
    String order = report("orders", "b", "7", one.from(), null);
    String grouped = report("by", "c", "5", one.from(), "\"region\": \"west\"");
    UsageReading first = close(one);
    assertThat(used(first, "calls")).isEqualTo("10 of 1");
    assertThat(used(first, "orders")).isEqualTo("1 of 1");
    assertThat(used(first, "by")).isEqualTo("west: 5 of 1");
    for (String id : List.of(ten, order, grouped)) {
      reverse(id).expect(200);
    }
    report("calls", "d", "4", two.from(), null);
    report("by", "e", "3", two.from(), "\"region\": \"east\"");
    UsageReading second = close(two);
    assertThat(used(second, "calls")).isEqualTo("0 of 2");
    assertThat(used(second, "orders")).isEqualTo("0 of 1");
    assertThat(used(second, "by")).isEqualTo("east: 3 of 1, west: 0 of 1");
    report("calls", "f", "5", three.from(), null);
    report("orders", "g", "1", three.from(), null);
    report("orders", "h", "1", three.from(), null);
    UsageReading third = close(three);
    assertThat(used(third, "calls")).isEqualTo("0 of 1");
    assertThat(used(third, "orders")).isEqualTo("1 of 2");
    assertThat(used(third, "by")).isEqualTo("");
    report("calls", "i", "5", four.from(), null);
    report("by", "j", "8", four.from(), "\"region\": \"west\"");
    UsageReading fourth = close(four);
    assertThat(used(fourth, "calls")).isEqualTo("4 of 1");
    assertThat(used(fourth, "by")).as("carried over a span without use").isEqualTo("west: 3 of 1");
    assertThat(List.of(again(one), again(two), again(three), again(four)))
        .isEqualTo(List.of(first, second, third, fourth));
  }

  @Test
  void levelsBeginWithTheLastOneAndCorrectionsOfThemMustComeInTime() throws Exception {
    enter("Asia/Jakarta", meter("disk", GAUGE), meter("seats", WEIGHTED), meter("users", UNIQUE));
    UsageSpan one = span("2026-01-01", "2026-01-11");
    UsageSpan two = span("2026-01-11", "2026-01-21");
    UsageSpan three = span("2026-01-21", "2026-01-31");
    Instant middle = LocalDays.startOf(LocalDate.of(2026, 1, 6), zone);
    String wrong = report("disk", "a", "900", middle.plusSeconds(1), null);
    report("disk", "b", "50", middle, null);
    reverse(wrong).expect(200);
    String seats = report("seats", "c", "10", middle, null);
    report("users", "d", "1", middle, "\"user\": \"ann\"");
    report("users", "e", "1", middle, "\"user\": \"ann\"");
    String bob = report("users", "f", "1", middle, "\"user\": \"bob\"");
    report("users", "g", "1", middle, null);
    reverse(bob).expect(200);
    UsageReading first = close(one);
    assertThat(used(first, "disk")).isEqualTo("50 of 1");
    assertThat(used(first, "seats")).isEqualTo("5 of 1");
    assertThat(used(first, "users")).isEqualTo("2 of 3");
    reverse(seats).expectProblem(409, "usage.period-closed");
    report("disk", "h", "70", one.to().minusSeconds(1), null);
    report("users", "i", "1", middle, "\"user\": \"zoe\"");
    UsageReading second = close(two);
    assertThat(used(second, "disk")).isEqualTo("70 of 0");
    assertThat(used(second, "seats")).isEqualTo("10 of 0");
    assertThat(used(second, "users")).isEqualTo("1 of 1");
    report("seats", "j", "0", three.from(), null);
    assertThat(used(close(three), "seats")).isEqualTo("0 of 1");
    assertThat(again(one)).isEqualTo(first);
    assertThat(again(two)).isEqualTo(second);
  }

  @Test
  void aMeterMayTakeNothingLate() throws Exception {
    enter("Asia/Jakarta", meter("calls", ", \"late_usage\": \"REJECT\""));
    UsageSpan one = span("2026-01-01", "2026-02-01");
    String id = report("a", "1", one.from());
    close(one);
    Answer refused =
        scene
            .report("b", "calls", "1", one.from().toString())
            .expectProblem(409, "usage.period-closed");
    assertThat(refused.text("/errors/0/pointer")).isEqualTo("/timestamp");
    assertThat(scene.report("a", "calls", "1", one.from().toString()).expect(200).text("/status"))
        .isEqualTo("duplicate");
    reverse(id).expectProblem(409, "usage.period-closed");
    scene
        .service
        .post("/api/usage/" + id + "/replace", "{\"quantity\": \"2\"}")
        .expectProblem(409, "usage.period-closed");
    assertThat(used(again(one), "calls")).isEqualTo("1 of 1");
  }

  @Test
  void usageOfAFreeTrialIsNeverChargedHoweverLateItComes() throws Exception {
    enter("Asia/Jakarta", meter("calls", ""));
    UsageSpan first = span("2026-01-15", "2026-02-15");
    UsageSpan second = span("2026-02-15", "2026-03-15");
    String trial = report("trial", "1000", first.from().minusSeconds(86_400));
    report("own", "1", first.from());
    assertThat(used(close(first), "calls")).isEqualTo("1 of 1");
    report("late trial", "1000", first.from().minusSeconds(3600));
    reverse(trial).expect(200);
    report("late", "2", first.from());
    assertThat(used(read(second), "calls")).isEqualTo("2 of 1");
    assertThat(used(close(second), "calls")).isEqualTo("2 of 1");
  }

  @Test
  void whatIsToBeRebilledStaysWithTheSpanInWhichItWasUsed() throws Exception {
    enter("Asia/Jakarta", meter("calls", ", \"late_usage\": \"CREDIT_AND_REBILL\""));
    UsageSpan first = span("2026-01-01", "2026-02-01");
    close(first);
    String late = report("late", "7", first.from());
    assertThat(used(again(first), "calls")).isEqualTo("0 of 0");
    assertThat(fate(late)).isEqualTo("CLOSED");
    assertThat(used(close(span("2026-02-01", "2026-03-01")), "calls")).isEqualTo("0 of 0");
    assertThatThrownBy(() -> inScope(() -> quantities.again(first, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was never counted 1 times");
  }

  @Test
  void filtersAndPercentagesOfSingleEvents() throws Exception {
    enter(
        "Asia/Jakarta",
        """
        {"metric_code": "sales", "pricing_model": "PERCENTAGE", "rate_percent": "2",
         "filters": [{"property": "kind", "values": ["card", "bank"]},
                     {"property": "test", "values": ["yes"], "exclude": true}]}""");
    UsageSpan one = span("2026-01-01", "2026-02-01");
    UsageSpan two = span("2026-02-01", "2026-03-01");
    String card = report("sales", "a", "100", one.from().plusSeconds(2), "\"kind\": \"card\"");
    report("sales", "b", "50", one.from().plusSeconds(1), "\"kind\": \"bank\"");
    report("sales", "c", "7", one.from(), "\"kind\": \"cash\"");
    report("sales", "d", "7", one.from(), "\"kind\": \"card\", \"test\": \"yes\"");
    report("sales", "e", "7", one.from(), null);
    UsageReading first = close(one);
    assertThat(events(first)).isEqualTo("[50, 100]");
    reverse(card).expect(200);
    report("sales", "f", "30", two.from(), "\"kind\": \"card\"");
    report("sales", "g", "80", two.from().plusSeconds(1), "\"kind\": \"card\"");
    assertThat(events(close(two))).isEqualTo("[10]");
    assertThat(events(again(one))).isEqualTo("[50, 100]");
    assertThat(events(again(two))).isEqualTo("[10]");
  }

  @Test
  void whatFoundNoSubscriptionIsTakenByTheFirstPeriodThatCan() throws Exception {
    enter("Asia/Jakarta", meter("calls", ""));
    Instant at = LocalDays.startOf(LocalDate.of(2026, 1, 1), zone);
    List<String> ids = new ArrayList<>();
    inScope(
        () -> {
          for (int i = 0; i < 3; i++) {
            UsageRecord record =
                Acceptance.unchecked(
                    new ReportedUsage(
                        "free" + i,
                        null,
                        i == 2 ? "another" : null,
                        "calls",
                        java.math.BigDecimal.TEN,
                        at,
                        java.util.Map.of()),
                    scene.tenant,
                    clock.instant(),
                    new Actor("erp"));
            store.add(
                store.beginSingle(scene.tenant), List.of(record), List.of(record.digest()), true);
            ids.add(record.id().value());
          }
          return null;
        });
    assertThat(fate(ids.getFirst())).isEqualTo("UNASSIGNED");
    UsageSpan one = span("2026-01-01", "2026-02-01");
    UsageSpan two = span("2026-02-01", "2026-03-01");
    assertThat(used(read(one), "calls")).isEqualTo("20 of 2");
    assertThat(used(close(one), "calls")).isEqualTo("20 of 2");
    assertThat(fate(ids.getFirst())).isNotEqualTo("UNASSIGNED");
    assertThat(fate(ids.get(2))).as("for another product").isEqualTo("UNASSIGNED");
    reverse(ids.getFirst()).expect(200);
    report("own", "15", two.from());
    assertThat(used(close(two), "calls")).isEqualTo("5 of 2");
    assertThat(used(again(one), "calls")).isEqualTo("20 of 2");
  }

  @Test
  void nothingSlipsBetweenReadingAndCutOff() throws Exception {
    enter("Asia/Jakarta", meter("calls", ""));
    AtomicBoolean done = new AtomicBoolean();
    LocalDate day = LocalDate.of(2026, 1, 1);
    int closed = 0;
    try (var pool = Executors.newFixedThreadPool(4)) {
      List<java.util.concurrent.Future<Integer>> reporting = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        String name = "caller" + caller + "-";
        Instant at = LocalDays.startOf(day, zone);
        reporting.add(
            pool.submit(
                () -> {
                  int reported = 0;
                  while (!done.get()) {
                    scene.report(name + reported, "calls", "1", at.toString()).expect(201);
                    reported++;
                  }
                  return reported;
                }));
      }
      for (int i = 0; i < 15; i++) {
        Thread.sleep(20);
        UsageSpan span = span(day.plusDays(i).toString(), day.plusDays(i + 1).toString());
        closed += quantity(close(span));
      }
      done.set(true);
      int reported = 0;
      for (var each : reporting) {
        reported += each.get();
      }
      UsageSpan last = span(day.plusDays(15).toString(), day.plusDays(16).toString());
      closed += quantity(close(last));
      assertThat(closed).isEqualTo(reported).isPositive();
      int again = quantity(again(last));
      for (int i = 0; i < 15; i++) {
        again += quantity(again(span(day.plusDays(i).toString(), day.plusDays(i + 1).toString())));
      }
      assertThat(again).isEqualTo(reported);
    }
  }

  @Test
  void consumptionsCountForTheirLimitAndForAMeterOfTheirMetric() throws Exception {
    enter("Asia/Jakarta", meter("orders", ""));
    inScope(
        () -> {
          UsageRecord consumption =
              new UsageRecord(
                  UsageId.derive(scene.tenant.value(), "c"),
                  scene.tenant,
                  "c",
                  scene.subscription,
                  false,
                  null,
                  "shop",
                  "orders",
                  java.math.BigDecimal.TWO,
                  Instant.parse("2026-01-15T00:00:00Z"),
                  java.util.Map.of(),
                  null,
                  null,
                  new UsageRecord.Counted(1, scene.plan, 1, java.math.BigDecimal.ZERO),
                  clock.instant(),
                  new Actor("erp"));
          return store.add(
              store.beginSingle(scene.tenant),
              List.of(consumption),
              List.of(consumption.digest()),
              true);
        });
    report("orders", "plain", "5", Instant.parse("2026-01-15T00:00:00Z"), null);
    UsageSpan meters = span("2026-01-01", "2026-02-01");
    UsageSpan span =
        new UsageSpan(
            meters.tenantId(),
            meters.subscriptionId(),
            meters.productCode(),
            1,
            meters.from(),
            meters.to(),
            meters.meters(),
            List.of(
                new UsageLimit(
                    "shop",
                    "orders",
                    java.math.BigDecimal.ONE,
                    Enforcement.OVERAGE_CHARGE,
                    java.math.BigDecimal.TEN)));
    UsageReading reading = close(span);
    assertThat(used(reading, "orders")).isEqualTo("7 of 2");
    assertThat(reading.limits())
        .containsExactly(new UsageReading.LimitUse("shop", "orders", java.math.BigDecimal.TWO, 1));
    assertThat(again(span)).isEqualTo(reading);
  }

  @Test
  void spansAreClosedInTheirOrder() throws Exception {
    enter("Asia/Jakarta", meter("calls", ""));
    close(span("2026-02-01", "2026-03-01"));
    assertThatThrownBy(() -> close(span("2026-01-01", "2026-02-01")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed to");
    assertThatThrownBy(() -> again(span("2026-01-01", "2026-02-01")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was never closed");
  }

  private UsageSpan span(String from, String to) {
    List<Meter> meters = inScope(() -> subscriptions.of(scene.tenant)).getFirst().meters();
    return new UsageSpan(
        scene.tenant,
        scene.subscription,
        scene.plan,
        1,
        LocalDays.startOf(LocalDate.parse(from), zone),
        LocalDays.startOf(LocalDate.parse(to), zone),
        meters,
        List.of());
  }

  private UsageReading read(UsageSpan span) {
    return inScope(() -> quantities.read(span));
  }

  private UsageReading close(UsageSpan span) {
    return inScope(() -> quantities.close(span, "any", 1, span.to().plusSeconds(86_400)));
  }

  private UsageReading again(UsageSpan span) {
    return inScope(() -> quantities.again(span));
  }

  private <T> T inScope(Supplier<T> work) {
    return Scope.tenant(scene.tenant, () -> units.perform(work));
  }

  /** Such as {@code west: 3 of 2}: the quantity and the number of records of each group. */
  private static String used(UsageReading reading, String metric) {
    List<String> uses = new ArrayList<>();
    for (MeterUse use : reading.meters()) {
      if (use.metricCode().equals(metric)) {
        String group = String.join("/", use.group().values());
        uses.add(
            (group.isEmpty() ? "" : group + ": ")
                + use.used()
                    .quantity()
                    .rounded(9, java.math.RoundingMode.UNNECESSARY)
                    .stripTrailingZeros()
                    .toPlainString()
                + " of "
                + use.records());
      }
    }
    return String.join(", ", uses);
  }

  private static String events(UsageReading reading) {
    return reading.meters().getFirst().used().events().toString();
  }

  private static int quantity(UsageReading reading) {
    return reading
        .meters()
        .getFirst()
        .used()
        .quantity()
        .rounded(0, java.math.RoundingMode.UNNECESSARY)
        .intValueExact();
  }

  private String report(String key, String quantity, Instant at) {
    return report("calls", key, quantity, at, null);
  }

  private String report(String metric, String key, String quantity, Instant at, String properties) {
    String record = UsageScene.record(key.replace(' ', '-'), metric, quantity, at.toString());
    Answer answer =
        scene.service.post(
            "/api/usage",
            properties == null
                ? record
                : "{\"properties\": {" + properties + "}, " + record.substring(1));
    assertThat(answer.status()).as(answer.raw()).isIn(200, 201);
    return answer.text("/usage/id");
  }

  private Answer reverse(String id) {
    return scene.service.post("/api/usage/" + id + "/reverse", null);
  }

  private Answer reverse(tools.jackson.databind.JsonNode list, String key) {
    for (var each : list.get("data")) {
      if (each.get("idempotency_key").asString().equals(key)) {
        return reverse(each.get("id").asString());
      }
    }
    throw new AssertionError("no record " + key);
  }

  private String fate(String id) {
    return scene.service.get("/api/usage/" + id).expect(200).text("/fate/state");
  }

  private List<Instant> closings() {
    List<Instant> closings = new ArrayList<>();
    for (String day : List.of("2026-04-06", "2026-05-06", "2026-06-06")) {
      Instant at = LocalDays.startOf(LocalDate.parse(day).minusDays(1), zone).plusSeconds(86_400);
      Scope.tenant(
          scene.tenant,
          () -> {
            events
                .readEvents(UsageLogId.of(scene.tenant, at).value())
                .forEachRemaining(
                    event -> {
                      if (event.getPayload() instanceof UsageSpanClosed closed) {
                        closings.add(closed.to());
                      }
                    });
            return null;
          });
    }
    return closings;
  }
}
