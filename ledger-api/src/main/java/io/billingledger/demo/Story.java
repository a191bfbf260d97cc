package io.billingledger.demo;

import io.billingledger.demo.LedgerClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Two months of ten customers, played day by day at ten in the morning of the tenants' zone: what
 * they and the platform do, and every change of status, access, cycle and invoice that follows.
 */
public final class Story {
  /** Day 0, a 31st, so that calendar months show what they do with short ones. */
  public static final LocalDate START = LocalDate.of(2026, 1, 31);

  public static final int LAST_DAY = 61;
  private static final LocalTime MORNING = LocalTime.of(10, 0);

  private final LedgerClient platform;
  private final Keys keys;
  private final ZoneId zone;
  private final Timeline timeline;
  private final List<Customer> customers = new ArrayList<>();
  private final Map<Integer, List<Runnable>> acts = new TreeMap<>();
  private final Map<String, String> seen = new LinkedHashMap<>();

  /**
   * @param platform with a key of role {@code platform_owner}
   */
  public Story(LedgerClient platform, ZoneId zone, Consumer<String> out) {
    this.platform = platform;
    this.keys = new Keys(platform);
    this.zone = zone;
    this.timeline = new Timeline(out);
    script();
  }

  /** The instant at which the sandbox clock has to start. */
  public static Instant start(ZoneId zone) {
    return START.atTime(MORNING).atZone(zone).toInstant();
  }

  /** Plays all of it, and answers what was told. */
  public List<String> play() {
    publishCatalogue();
    for (int day = 0; day <= LAST_DAY; day++) {
      play(day);
    }
    tellBooks();
    tellMonthEnd();
    return told();
  }

  /** One day: the night before, what the morning shows, and what people then do. */
  public void play(int day) {
    timeline.day(day, START.plusDays(day));
    if (day > 0) {
      advanceTo(START.plusDays(day).atTime(MORNING).atZone(zone).toInstant());
      watch();
    }
    acts.getOrDefault(day, List.of())
        .forEach(
            act -> {
              act.run();
              settle();
              watch();
            });
  }

  public List<String> told() {
    return timeline.lines();
  }

  /** A key for each role, with the tenant's side of the first customer. */
  public Map<String, String> keys() {
    return keys.all();
  }

  private void script() {
    signUp(1, "Toko Maju", "basic", true);
    on(0, 1, c -> handInProof(c, "150000.00"));
    on(0, 1, c -> decideProof(c, "approve", "seen on the statement"));
    on(30, 1, this::order);
    on(38, 1, c -> handInProof(c, "150000.00"));
    on(38, 1, c -> decideProof(c, "reject", "the picture cannot be read"));
    on(38, 1, c -> handInProof(c, "150000.00"));
    on(38, 1, c -> decideProof(c, "approve", "seen on the statement"));
    on(38, 1, this::order);

    signUp(2, "Kopi Senja", "basic", true);
    on(0, 2, c -> pay(c, "150000.00"));

    signUp(3, "Batik Lestari", "basic", true);
    on(0, 3, c -> pay(c, "150000.00"));
    on(3, 3, c -> changePlan(c, "pro"));
    on(5, 3, this::takeChangeBack);
    on(8, 3, c -> changePlan(c, "pro"));
    on(24, 3, c -> pay(c, "300000.00"));
    on(30, 3, this::quota);

    signUp(4, "Warung Sehat", "basic", true);
    on(0, 4, c -> pay(c, "150000.00"));
    on(10, 4, this::cancelAtPeriodEnd);
    on(12, 4, this::resume);
    on(20, 4, this::cancelAtPeriodEnd);

    signUp(5, "Sewa Kita", "monthly", true);
    on(0, 5, c -> pay(c, "150000.00"));
    on(22, 5, c -> pay(c, "150000.00"));
    on(55, 5, c -> pay(c, "150000.00"));

    signUp(6, "Cepat Kilat", "basic", true);

    signUp(7, "Rumah Data", "trial", true);
    on(15, 7, c -> pay(c, "150000.00"));

    signUp(8, "Angin Lalu", "trial", false);

    signUp(9, "Murah Hati", "basic", true);
    on(0, 9, c -> pay(c, "400000.00"));

    signUp(10, "Pelan Pasti", "basic", true);
    on(0, 10, c -> pay(c, "150000.00"));
    on(58, 10, c -> pay(c, "150000.00"));
  }

  private void on(int day, int customer, Consumer<Customer> act) {
    on(day, () -> act.accept(customers.get(customer - 1)));
  }

  private void on(int day, Runnable act) {
    acts.computeIfAbsent(day, _ -> new ArrayList<>()).add(act);
  }

  /** What is sold; once for each ledger. */
  public void publishCatalogue() {
    done(
        platform.post(
            "/api/platform/products", Map.of("code", "app", "name", "App", "primary", true)));
    describeSeller();
    plan("basic", "Basic", "150000.00", rolling(), 0, "100", "50");
    plan("pro", "Pro", "300000.00", rolling(), 0, "500", "250");
    plan("monthly", "Monthly", "150000.00", monthly(), 0, "100", "50");
    plan("trial", "Starter", "150000.00", rolling(), 14, "100", "50");
  }

  private void describeSeller() {
    done(
        platform.post(
            "/api/platform/seller",
            Map.of(
                "name",
                "PT Buku Besar Nusantara",
                "address",
                List.of("Gedung Arsip, Lantai 7", "Jalan Jenderal Sudirman Kav. 52"),
                "city",
                "Jakarta Selatan",
                "post_code",
                "12190",
                "country",
                "ID",
                "tax_identity",
                "01.234.567.8-012.000",
                "email",
                "tagihan@bukubesar.example",
                "bank_accounts",
                List.of(
                    Map.of(
                        "bank",
                        "Bank Central Asia",
                        "holder",
                        "PT Buku Besar Nusantara",
                        "number",
                        "541 029 7788")))));
  }

  private static Map<String, Object> rolling() {
    return Map.of("kind", "ROLLING_DAYS", "days", 30);
  }

  private static Map<String, Object> monthly() {
    return Map.of("kind", "CALENDAR_MONTHS", "months", 1);
  }

  private void plan(
      String code,
      String name,
      String price,
      Map<String, Object> interval,
      int trialDays,
      String orders,
      String messages) {
    done(
        platform.post(
            "/api/platform/plans",
            Map.of(
                "code",
                code,
                "product_code",
                "app",
                "name",
                name,
                "price",
                money(price),
                "tax_behaviour",
                "INCLUSIVE",
                "interval",
                interval,
                "trial_days",
                trialDays,
                "limits",
                List.of(limit("orders", "orders", orders), limit("wa", "messages", messages)))));
  }

  private static Map<String, Object> limit(String module, String metric, String limit) {
    return Map.of("module", module, "metric", metric, "limit", limit, "enforcement", "HARD_BLOCK");
  }

  private static Map<String, Object> money(String amount) {
    return Map.of("amount", amount, "currency", "IDR");
  }

  private void signUp(int number, String name, String plan, boolean autoRenew) {
    on(
        0,
        () -> {
          Answer tenant =
              done(
                  platform.post(
                      "/api/platform/tenants",
                      Map.of(
                          "name",
                          name,
                          "country",
                          "ID",
                          "currency",
                          "IDR",
                          "billing_time_zone",
                          zone.getId(),
                          "tax_identity",
                          "%02d.345.678.9-023.000".formatted(number),
                          "owner_email",
                          "owner%d@example.com".formatted(number),
                          "deployment_type",
                          number == 1 ? "DATABASE_PER_TENANT" : "SHARED")));
          String id = tenant.text("/id");
          LedgerClient owner = keys.owner(number, id);
          Customer customer = new Customer(number, name, plan, autoRenew, id, owner);
          customers.add(customer);
          timeline.tell(customer, "signs up for " + plan + (autoRenew ? "" : ", no auto-renew"));
          done(
              platform.post(
                  "/api/platform/subscriptions",
                  Map.of("tenant_id", id, "plan_code", plan, "auto_renew", autoRenew)));
        });
  }

  private void pay(Customer customer, String amount) {
    done(
        platform.post(
            "/api/platform/invoices/%s/payments".formatted(openInvoice(customer)),
            Map.of(
                "amount",
                money(amount),
                "method",
                "BANK_TRANSFER",
                "reference",
                "transfer of customer " + customer.number())));
    timeline.tell(customer, "pays " + amount);
  }

  private void handInProof(Customer customer, String amount) {
    byte[] proof =
        "%%PDF-1.4\n%% transfer receipt %d of customer %d\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n"
            .formatted(timeline.lines().size(), customer.number())
            .getBytes(StandardCharsets.UTF_8);
    done(
        customer
            .owner()
            .upload(
                "/api/subscriptions/invoices/%s/proof".formatted(openInvoice(customer)),
                proof,
                "receipt.pdf",
                Map.of("amount", amount, "currency", "IDR", "bank_reference", "BCA 7711")));
    timeline.tell(customer, "hands in a proof of " + amount);
  }

  private void decideProof(Customer customer, String decision, String reason) {
    String invoice = openInvoice(customer);
    JsonNode proofs =
        customer.owner().get("/api/subscriptions/invoices/" + invoice).body().at("/payment_proofs");
    String proof = LedgerClient.text(proofs.get(proofs.size() - 1), "/id");
    done(
        keys.billing()
            .post(
                "/api/platform/subscriptions/invoices/%s/verify".formatted(invoice),
                Map.of("proof_id", proof, "decision", decision, "reason", reason)));
    timeline.tell(customer, "the platform says " + decision + ": " + reason);
  }

  private void order(Customer customer) {
    Answer answer =
        customer
            .owner()
            .post(
                "/api/quota/consumptions",
                Map.of("module", "orders", "metric", "orders", "quantity", "1"));
    Answer quota = customer.owner().get("/api/billing/quota");
    timeline.tell(
        customer,
        answer.status() == 201
            ? "places an order, %s left".formatted(answer.text("/remaining"))
            : "an order is refused: %d %s; reading goes on: %d"
                .formatted(answer.status(), answer.text("/code"), quota.status()));
  }

  private void quota(Customer customer) {
    Answer quota = customer.owner().get("/api/billing/quota");
    timeline.tell(
        customer,
        "quota on %s: %s orders, %s messages"
            .formatted(
                quota.text("/plan_code"),
                quota.text("/order_quota/limit"),
                quota.text("/wa_quota/limit")));
  }

  private void changePlan(Customer customer, String plan) {
    Answer change =
        done(customer.owner().post("/api/subscriptions/change-request", Map.of("plan_code", plan)));
    timeline.tell(customer, "asks for " + plan + ", from " + date(change.text("/effective_at")));
  }

  private void takeChangeBack(Customer customer) {
    Answer current = customer.owner().get("/api/subscriptions/current");
    done(
        customer
            .owner()
            .delete("/api/subscriptions/change-request/" + current.text("/pending_change/id")));
    timeline.tell(customer, "takes the change back");
  }

  private void cancelAtPeriodEnd(Customer customer) {
    Answer canceled =
        done(
            customer
                .owner()
                .post(
                    "/api/subscriptions/cancel",
                    Map.of("at", "PERIOD_END", "reason", "closing the shop")));
    timeline.tell(customer, "cancels for " + date(canceled.text("/cancel_at")));
  }

  private void resume(Customer customer) {
    done(customer.owner().post("/api/subscriptions/resume", Map.of()));
    timeline.tell(customer, "resumes");
  }

  private String openInvoice(Customer customer) {
    for (JsonNode invoice : invoices(customer)) {
      if (List.of("PENDING", "PARTIAL", "OVERDUE")
          .contains(LedgerClient.text(invoice, "/status"))) {
        return LedgerClient.text(invoice, "/id");
      }
    }
    throw new IllegalStateException(customer + " has no open invoice");
  }

  private JsonNode invoices(Customer customer) {
    return customer.owner().get("/api/subscriptions/invoices").body().at("/data");
  }

  /** Tells what has changed since it was last looked at. */
  private void watch() {
    for (Customer customer : customers) {
      Answer current = customer.owner().get("/api/subscriptions/current");
      Answer tenant = platform.get("/api/platform/tenants/" + customer.tenantId());
      change(
          customer,
          "subscription",
          "%s, cycle %s from %s on %s, access %s"
              .formatted(
                  current.text("/status"),
                  current.text("/cycle_no"),
                  current.text("/current_period_start"),
                  current.text("/plan_code"),
                  tenant.text("/write_access_mode")));
      List<JsonNode> oldestFirst = new ArrayList<>();
      invoices(customer).forEach(oldestFirst::addFirst);
      for (JsonNode invoice : oldestFirst) {
        change(
            customer,
            "invoice " + LedgerClient.text(invoice, "/invoice_number"),
            "%s, total %s (tax %s), due %s on %s"
                .formatted(
                    LedgerClient.text(invoice, "/status"),
                    LedgerClient.text(invoice, "/total/amount"),
                    LedgerClient.text(invoice, "/tax_total/amount"),
                    LedgerClient.text(invoice, "/amount_due/amount"),
                    date(LedgerClient.text(invoice, "/due_at"))));
      }
    }
  }

  private void change(Customer customer, String subject, String now) {
    if (!now.equals(seen.put(customer.number() + subject, now))) {
      timeline.tell(customer, "  → %s: %s".formatted(subject, now));
    }
  }

  /** The trial balance and the reconciliation of the whole ledger. */
  public void tellBooks() {
    timeline.say("");
    timeline.say("Trial balance");
    Answer balance = keys.finance().get("/api/finance/trial-balance");
    for (JsonNode account : balance.body().at("/accounts")) {
      timeline.say(
          "  %-18s %18s %18s %s"
              .formatted(
                  LedgerClient.text(account, "/account"),
                  LedgerClient.text(account, "/debit/amount"),
                  LedgerClient.text(account, "/credit/amount"),
                  LedgerClient.text(account, "/debit/currency")));
    }
    timeline.say("");
    timeline.say("Reconciliation");
    Answer run =
        done(keys.billing().post("/api/platform/runs/reconciliation", Map.of("dry_run", false)));
    Answer report = run;
    for (Instant end = Instant.now().plus(Duration.ofMinutes(1));
        !report.text("/status").equals("DONE") && Instant.now().isBefore(end);
        report = keys.billing().get("/api/platform/runs/" + run.text("/id"))) {
      settle();
    }
    for (JsonNode check : report.body().at("/checks")) {
      timeline.say(
          "  %-45s %s"
              .formatted(
                  LedgerClient.text(check, "/name"),
                  LedgerClient.text(check, "/count").equals("0")
                      ? "ok"
                      : LedgerClient.text(check, "/count") + " broken"));
    }
  }

  /** The first month is closed by two people, corrected in the next one, and proven. */
  public void tellMonthEnd() {
    timeline.say("");
    timeline.say("Month-end");
    JsonNode months = keys.finance().get("/api/finance/periods").body().at("/data");
    String month = LedgerClient.text(months.get(months.size() - 1), "/month");
    String path = "/api/finance/periods/" + month;
    Answer asked = done(keys.finance().post(path + "/close", Map.of("reason", "month-end")));
    Answer closed =
        done(
            platform.post(
                path + "/approve", Map.of("change_id", asked.text("/pending/change_id"))));
    timeline.say(
        "  %s closed by two people: %s entries, digest %s…"
            .formatted(
                month,
                closed.text("/closed/entries"),
                closed.text("/closed/digest").substring(0, 16)));
    Map<String, Object> fee = Map.of("amount", "25000.00", "currency", "IDR");
    Answer proposed =
        done(
            keys.finance()
                .post(
                    "/api/finance/manual-entries",
                    Map.of(
                        "date",
                        month + "-28",
                        "reason",
                        "Bank charges",
                        "postings",
                        List.of(
                            Map.of(
                                "account",
                                "OTHER_EXPENSE",
                                "detail",
                                "bank",
                                "side",
                                "DEBIT",
                                "amount",
                                fee),
                            Map.of(
                                "account",
                                "CASH",
                                "detail",
                                "BANK_TRANSFER",
                                "side",
                                "CREDIT",
                                "amount",
                                fee)))));
    Answer posted =
        done(
            platform.post(
                "/api/finance/manual-entries/" + proposed.text("/id") + "/approve", Map.of()));
    timeline.say(
        "  bank charges of %s-28 posted on %s, in the first open month"
            .formatted(month, posted.text("/posted_on")));
    settle();
    Answer proven = done(keys.finance().get(path + "/verification"));
    timeline.say(
        "  %s proven: made again from its entries, the digest is %s"
            .formatted(
                month, proven.text("/reproduced").equals("true") ? "the same" : "ANOTHER ONE"));
  }

  /** The path of a link that opens the PDF of the newest invoice. */
  public static String documentLink(LedgerClient platform) {
    String invoice = platform.get("/api/platform/invoices?limit=1").text("/data/0/id");
    Answer link =
        done(
            platform.post(
                "/api/platform/invoices/%s/document-links".formatted(invoice),
                Map.of("format", "PDF")));
    return "/api/documents/" + link.text("/token");
  }

  private void settle() {
    done(platform.post("/api/test-clock/advance", Map.of("by", "PT0S")));
  }

  private void advanceTo(Instant instant) {
    done(platform.post("/api/test-clock/advance", Map.of("to", instant.toString())));
  }

  private String date(String instant) {
    return instant.isEmpty() ? "" : Instant.parse(instant).atZone(zone).toLocalDate().toString();
  }

  private static Answer done(Answer answer) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(
          "the story cannot go on: %d %s".formatted(answer.status(), answer.body()));
    }
    return answer;
  }
}
