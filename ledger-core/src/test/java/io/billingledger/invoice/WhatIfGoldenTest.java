package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanState;
import io.billingledger.catalog.PriceBook;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.WhatIf.Alternative;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.serialization.EventSerializer;
import io.billingledger.serialization.LedgerJson;
import io.billingledger.serialization.PlainJson;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingPeriod;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

/**
 * Every golden stream under every engine: what an engine would change of invoices that were issued
 * is approved in {@code what-if.txt}, and anything else fails the build. Under the engine that made
 * them nothing changes.
 */
class WhatIfGoldenTest {
  private static final Path STREAMS = Path.of("src/test/resources/golden-streams");
  private static final Path METERED = STREAMS.resolve("metered.tsv");
  private static final Path APPROVED = STREAMS.resolve("what-if.txt");
  private static final boolean WRITE = "write".equals(System.getProperty("golden"));

  /** Calls in each period of the metered stream, by its first day. */
  private static final Map<LocalDate, String> CALLS =
      Map.of(
          LocalDate.of(2026, 1, 10), "5",
          LocalDate.of(2026, 2, 9), "7",
          LocalDate.of(2026, 3, 11), "0",
          LocalDate.of(2026, 4, 10), "1234567");

  private final EventSerializer serializer =
      new EventSerializer(new PlainJson(LedgerJson.mapper()));

  @Test
  void whatEachEngineWouldChangeIsApproved() throws IOException {
    if (WRITE && Files.notExists(METERED)) {
      Files.write(METERED, metered());
    }
    List<String> found = new ArrayList<>();
    for (String stream : List.of("story", "metered")) {
      List<LedgerEvent> events = read(STREAMS.resolve(stream + ".tsv"));
      PriceBook prices = prices(events);
      for (PricingEngine engine : PricingEngine.values()) {
        for (LedgerEvent event : events) {
          if (event instanceof InvoiceIssued issued) {
            WhatIf compared =
                WhatIf.of(issued, new Alternative(engine, Map.of()), prices, new Used());
            assertThat(compared.reproduced()).as(issued.invoiceNumber()).isTrue();
            if (!compared.difference().isZero()) {
              found.add(
                  "%s under %s: %s was %s, would be %s"
                      .formatted(
                          stream,
                          engine.version(),
                          issued.invoiceNumber(),
                          compared.issued(),
                          compared.would()));
            }
          }
        }
      }
    }
    if (WRITE) {
      Files.write(APPROVED, found);
    }
    assertThat(found).isNotEmpty().isEqualTo(Files.readAllLines(APPROVED));
    assertThat(found).noneMatch(line -> line.contains(PricingEngine.CURRENT.version() + ":"));
  }

  @Test
  void anotherVersionOfAPlanIsAskedForByItsCode() throws IOException {
    List<LedgerEvent> events = read(METERED);
    Prices dearer = plan("0.5");
    InvoiceIssued last = (InvoiceIssued) events.getLast();
    WhatIf compared =
        WhatIf.of(last, new Alternative(null, Map.of("metered", 1)), dearer, new Used());
    // 1234567 calls at 0.50 instead of 0.005, and the same fee.
    assertThat(compared.would().minus(compared.issued()))
        .isEqualTo(org.joda.money.Money.parse("IDR 611110.66"));
  }

  private List<LedgerEvent> read(Path stream) throws IOException {
    List<LedgerEvent> events = new ArrayList<>();
    for (String row : Files.readAllLines(stream)) {
      String[] cells = row.split("\t");
      events.add(
          serializer.deserialize(
              new SimpleSerializedObject<>(
                  cells[8].getBytes(StandardCharsets.UTF_8),
                  byte[].class,
                  new SimpleSerializedType(cells[5], cells[6]))));
    }
    return events;
  }

  private static PriceBook prices(List<LedgerEvent> events) {
    Map<String, PlanState> plans = new LinkedHashMap<>();
    Map<String, String> codes = new LinkedHashMap<>();
    for (LedgerEvent event : events) {
      if (event instanceof PlanEvent plan) {
        if (plan instanceof PlanPublished published) {
          codes.put(published.planId().value(), published.code());
        }
        plans.merge(
            codes.get(plan.planId().value()),
            PlanState.NONE.evolve(plan),
            (before, _) -> before.evolve(plan));
      }
    }
    return new PriceBook() {
      @Override
      public PlanSnapshot inForce(String planCode, LocalDate on) {
        return version(planCode, 1);
      }

      @Override
      public PlanSnapshot renewing(String planCode, int version, LocalDate on) {
        return version(planCode, version);
      }

      @Override
      public PlanSnapshot version(String planCode, int version) {
        return ((PlanState.Published) plans.get(planCode)).version(version);
      }
    };
  }

  /** What was used, as the store would answer it again. */
  private static final class Used implements UsedQuantities {
    @Override
    public UsageReading read(UsageSpan span) {
      throw new IllegalStateException("nothing is open here");
    }

    @Override
    public UsageReading close(UsageSpan span, String planCode, int planVersion, Instant at) {
      throw new IllegalStateException("a comparison closes nothing");
    }

    @Override
    public UsageReading again(UsageSpan span) {
      LocalDate from = span.from().atZone(Issuing.ZONE).toLocalDate();
      return new UsageReading(
          List.of(
              new MeterUse(
                  "calls",
                  Map.of(),
                  Consumption.ofEvents(List.of(new BigDecimal(CALLS.get(from)))),
                  1)),
          List.of(),
          span.to());
    }

    @Override
    public UsageReading again(UsageSpan span, int round) {
      throw new IllegalStateException("nothing is billed again here");
    }
  }

  private static Prices plan(String unitPrice) {
    Meter calls =
        new Meter(
            "calls",
            "Calls",
            null,
            MeterType.COUNTER,
            Aggregation.SUM,
            null,
            List.of(),
            List.of(),
            LateUsage.NEXT_PERIOD_CORRECTION,
            Pricing.overage(BigDecimal.ZERO, new BigDecimal(unitPrice)));
    return new Prices()
        .put(
            "metered",
            "app",
            "100000.00",
            new BillingInterval.RollingDays(30),
            0,
            Activation.IMMEDIATE,
            true,
            List.of(calls),
            null,
            null,
            new UsageTerms(1, null));
  }

  /** Made once, by the code of its day, and then kept. */
  private List<String> metered() {
    Prices prices = plan("0.005");
    PlanSnapshot plan = prices.version("metered", 1);
    BillingProfile tenant =
        new BillingProfile(
            Issuing.TENANT,
            "ID",
            CurrencyUnit.of("IDR"),
            Issuing.ZONE,
            new LegalEntity("default", "INV", "Ledger", Issuing.ZONE),
            false,
            InvoiceGrouping.SEPARATE);
    List<LedgerEvent> events = new ArrayList<>();
    events.add(
        new PlanPublished(
            plan.planId(),
            plan.code(),
            plan.productCode(),
            plan.name(),
            null,
            0,
            plan.terms(),
            Issuing.AT));
    for (int cycle = 1; cycle <= 4; cycle++) {
      LocalDate start = LocalDate.of(2026, 1, 10).plusDays(30L * (cycle - 1));
      BillingPeriod used = new BillingPeriod(start, start.plusDays(30));
      BillingPeriod next = new BillingPeriod(used.end(), used.end().plusDays(30));
      List<UsedPeriod> usage = List.of(new UsedPeriod(cycle, used, used, "metered", 1, 1));
      Instant at = used.end().plusDays(1).atStartOfDay(Issuing.ZONE).toInstant();
      IssueInvoice command =
          new IssueInvoice(
              InvoiceId.derive("metered", cycle),
              Issuing.TENANT,
              Issuing.command().subscriptionId(),
              cycle + 1,
              next,
              10,
              "metered",
              1,
              1,
              used.end().plusDays(8),
              InvoiceReason.RENEWAL,
              true,
              usage,
              null,
              List.of(),
              at);
      List<BilledUsage> billed =
          usage.stream()
              .map(
                  period ->
                      new BilledUsage(
                          period,
                          plan,
                          new Used()
                              .again(
                                  BilledUsage.span(
                                      Issuing.TENANT,
                                      command.subscriptionId(),
                                      period,
                                      plan,
                                      Issuing.ZONE))))
              .toList();
      CycleCharges wanted =
          CycleCharges.of(command, plan, billed, InvoiceState.ENGINE, Issuing.ZONE);
      Charges charges =
          Charges.of(
              command.invoiceId(),
              command.subscriptionId(),
              wanted.charges(),
              wanted.discounts(),
              List.of(Issuing.PPN));
      events.addAll(
          InvoiceState.decide(
                  command,
                  plan,
                  tenant,
                  charges,
                  "INV-2026-%06d".formatted(cycle),
                  org.joda.money.Money.zero(CurrencyUnit.of("IDR")))
              .stream()
              .filter(InvoiceIssued.class::isInstance)
              .toList());
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      SerializedObject<byte[]> written = serializer.serialize(events.get(i), byte[].class);
      rows.add(
          String.join(
              "\t",
              String.valueOf(i + 1),
              "metered-" + (i + 1),
              i == 0 ? "" : Issuing.TENANT.value(),
              events.get(i) instanceof InvoiceIssued issued
                  ? issued.invoiceId().value()
                  : plan.planId().value(),
              "0",
              written.getType().getName(),
              written.getType().getRevision(),
              Issuing.AT.toString(),
              new String(written.getData(), StandardCharsets.UTF_8)));
    }
    return rows;
  }
}
