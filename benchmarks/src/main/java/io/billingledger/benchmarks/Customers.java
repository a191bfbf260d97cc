package io.billingledger.benchmarks;

import static io.billingledger.benchmarks.Json.text;

import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.subscription.SubscriptionCommand.CreateSubscription;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.wiring.Quiet;
import io.billingledger.wiring.UnitsOfWork;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tenants with a subscription each, made in process and in batches. */
final class Customers {
  static final Actor ACTOR = new Actor("benchmark");
  private static final int BATCH = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Ledger ledger;
  private final List<TenantId> tenants = new ArrayList<>();

  Customers(Ledger ledger) {
    this.ledger = ledger;
    try (Connection connection = ledger.connect()) {
      connection
          .post(
              "/api/platform/products", "{\"code\": \"app\", \"name\": \"App\", \"primary\": true}")
          .done();
      connection
          .post(
              "/api/platform/plans",
              """
              {"code": "basic", "product_code": "app", "name": "Basic",
               "price": {"amount": "150000.00", "currency": "IDR"},
               "limits": [{"module": "orders", "metric": "orders", "limit": "1000000000"}]}""")
          .done();
    }
  }

  List<TenantId> tenants() {
    return tenants;
  }

  void add(int count) {
    Clock clock = ledger.bean(Clock.class);
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      together(
          commands -> {
            for (int i = 0; i < size; i++) {
              TenantId tenant = TenantId.next();
              commands.send(
                  new RegisterTenant(
                      tenant,
                      "Benchmark " + tenant,
                      "ID",
                      CurrencyUnit.of("IDR"),
                      ZoneId.of("Asia/Jakarta"),
                      "default",
                      null,
                      ledger.bean(Vault.class).seal(tenant, "owner@example.com"),
                      DeploymentType.SHARED,
                      clock.instant()),
                  ACTOR);
              commands.send(
                  new CreateSubscription(
                      SubscriptionId.derive(tenant),
                      tenant,
                      "basic",
                      null,
                      true,
                      1,
                      clock.instant()),
                  ACTOR);
              tenants.add(tenant);
            }
          });
    }
    settle();
  }

  /** A key for a service of each tenant. */
  List<String> serviceKeys() {
    List<String> keys = new ArrayList<>();
    try (Connection owner = ledger.connect()) {
      for (TenantId tenant : tenants) {
        String made =
            owner
                .post(
                    "/api/platform/api-keys",
                    "{\"actor\": \"benchmark\", \"roles\": [\"service\"], \"tenant_id\": \"%s\"}"
                        .formatted(tenant))
                .done()
                .body();
        keys.add(Json.text(Json.read(made), "/secret"));
      }
    }
    return keys;
  }

  /** Pays whatever is open. */
  void pay() {
    Clock clock = ledger.bean(Clock.class);
    List<String> open =
        query("SELECT invoice_id FROM view_invoice WHERE closed_as IS NULL ORDER BY 1");
    Money price = Money.of(CurrencyUnit.of("IDR"), new BigDecimal("150000.00"));
    for (int from = 0; from < open.size(); from += BATCH) {
      List<String> batch = open.subList(from, Math.min(open.size(), from + BATCH));
      together(
          commands ->
              batch.forEach(
                  invoice ->
                      commands.send(
                          new RecordPayment(
                              new InvoiceId(invoice),
                              PaymentId.derive(invoice),
                              price,
                              PaymentMethod.BANK_TRANSFER,
                              invoice,
                              null,
                              null,
                              clock.instant()),
                          ACTOR)));
    }
    settle();
  }

  /** Until everybody who follows events has seen them all. */
  void settle() {
    Scope.allTenants(() -> ledger.bean(Quiet.class).await(PATIENCE));
  }

  List<String> query(String sql) {
    return Scope.allTenants(
        () ->
            new TransactionTemplate(ledger.bean(PlatformTransactionManager.class))
                .execute(_ -> ledger.bean(JdbcTemplate.class).queryForList(sql, String.class)));
  }

  boolean trialBalanceIsZero() {
    try (Connection connection = ledger.connect()) {
      String answer = connection.get("/api/finance/trial-balance").done().body();
      BigDecimal sum = BigDecimal.ZERO;
      for (var account : Json.read(answer).at("/accounts")) {
        sum =
            sum.add(new BigDecimal(text(account, "/debit/amount")))
                .subtract(new BigDecimal(text(account, "/credit/amount")));
      }
      return sum.signum() == 0;
    }
  }

  private void together(java.util.function.Consumer<Commands> work) {
    Commands commands = ledger.bean(Commands.class);
    Scope.allTenants(
        () ->
            ledger
                .bean(UnitsOfWork.class)
                .perform(
                    () -> {
                      work.accept(commands);
                      return null;
                    }));
  }
}
