package io.billingledger.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Form;
import io.billingledger.proof.SampleFiles;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Eight weeks of one customer, over HTTP. Every request has an idempotency key of its own that
 * depends on nothing but the life and its place in it, so that it may be sent again by somebody who
 * does not know what became of it. What is told of it in the end has neither ids nor dates: two
 * lives of the same plot are told alike.
 */
final class Life {
  static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
  static final int LAST_DAY = 54;

  private static final Pattern VARYING =
      Pattern.compile(
          "(?<id>\\b[a-z]{2,4}_[0-9A-HJKMNP-TV-Z]{26}\\b)|(?<database>\\btenant_[0-9a-z]{26}\\b)"
              + "|(?<time>\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)|(?<date>\\b\\d{4}-\\d\\d-\\d\\d\\b)"
              + "|(?<sealed>\"v1\\.[^\"]+\")|(?<digest>\\b[0-9a-f]{64}\\b)|(?<number>INV-\\d+-\\d+)"
              + "|(?<other>\"(version|position|sequence|anchor_day|file_size)\":\\d+|\"valid_from\":\"[^\"]+\")");

  /** Sends a request; what it may have to do for that is its own affair. */
  interface Ledger {
    Answer ask(Function<ApiClient, Answer> request);
  }

  /** What the customer does with its first invoice and the next. */
  enum Plot {
    /** Pays by proof, falls behind, is suspended, pays on day 38 at the second attempt. */
    FALLS_BEHIND("basic"),
    /** Never pays: terminated on day 37, and the invoice written off. */
    NEVER_PAYS("basic"),
    /** Pays too much, upgrades, uses its credit, cancels at the period's end. */
    UPGRADES("basic"),
    /** A trial that converts and is then paid in two parts. */
    TRIES_FIRST("trial"),
    /** Two subscriptions on one invoice, which falls behind; then one of them is canceled. */
    SHARES("basic");

    private final String plan;

    Plot(String plan) {
      this.plan = plan;
    }
  }

  private final Ledger ledger;
  private final String name;
  private final Plot plot;
  private final LocalDate start;
  private final boolean ownDatabase;
  private int requests;
  private String tenant;
  private String subscription;

  /** Only of a plot that has two. */
  private String second;

  /**
   * @param name of this life; no other has it
   * @param start its first day; the clock must stand at ten in the morning of it
   */
  Life(Ledger ledger, String name, Plot plot, LocalDate start, boolean ownDatabase) {
    this.ledger = ledger;
    this.name = name;
    this.plot = plot;
    this.start = start;
    this.ownDatabase = ownDatabase;
  }

  /** The time at which a life's day is played. */
  static Instant morning(LocalDate day) {
    return day.atTime(10, 0).atZone(ZONE).toInstant();
  }

  /** What is sold; for all lives. */
  static void publishCatalogue(Ledger ledger) {
    product(ledger, "app");
    product(ledger, "mail");
    plan(ledger, "app", "basic", "150000.00", 0);
    plan(ledger, "app", "pro", "300000.00", 0);
    plan(ledger, "app", "trial", "150000.00", 7);
    plan(ledger, "mail", "post", "60000.00", 0);
  }

  private static void product(Ledger ledger, String code) {
    post(
        ledger,
        "catalogue-product-" + code,
        "/api/platform/products",
        "{'code': '%s', 'name': '%s'}".formatted(code, code),
        201);
  }

  private static void plan(
      Ledger ledger, String product, String code, String price, int trialDays) {
    post(
        ledger,
        "catalogue-" + code,
        "/api/platform/plans",
        """
        {'code': '%s', 'product_code': '%s', 'name': '%s', 'trial_days': %d,
         'price': {'amount': '%s', 'currency': 'IDR'},
         'limits': [{'module': 'orders', 'metric': 'orders', 'limit': '100'}]}"""
            .formatted(code, product, code, trialDays, price),
        201);
  }

  /** All of it, from one day on which something happens to the next. */
  static void play(Ledger ledger, List<Life> lives) {
    LocalDate start = lives.getFirst().start;
    for (int day : List.of(0, 3, 8, 25, 31, 38, 40, LAST_DAY)) {
      advance(ledger, morning(start.plusDays(day)));
      for (Life life : lives) {
        life.play(day);
      }
    }
    advance(ledger, morning(start.plusDays(LAST_DAY)));
  }

  static void advance(Ledger ledger, Instant to) {
    ledger.ask(
        caller ->
            caller.post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(to)).expect(200));
  }

  String tenant() {
    return tenant;
  }

  @Override
  public String toString() {
    return name;
  }

  private void play(int day) {
    if (day == 0) {
      signUp();
      settle();
    }
    switch (plot) {
      case NEVER_PAYS -> {}
      case FALLS_BEHIND -> {
        if (day == 0) {
          decide(handIn(), "approve");
        } else if (day == 38) {
          decide(handIn(), "reject");
          decide(handIn(), "approve");
        }
      }
      case UPGRADES -> {
        if (day == 0) {
          pay("400000.00");
        } else if (day == 3) {
          change("pro");
        } else if (day == 25) {
          pay("50000.00");
        } else if (day == 40) {
          cancel(subscription);
        }
      }
      case TRIES_FIRST -> {
        if (day == 8) {
          pay("50000.00");
        } else if (day == 25) {
          pay("100000.00");
        }
      }
      case SHARES -> {
        if (day == 0) {
          pay("60000.00"); // the newest is asked for first
          pay("150000.00");
        } else if (day == 25) {
          pay("50000.00");
        } else if (day == 38) {
          pay("160000.00");
        } else if (day == 40) {
          cancel(second);
        }
      }
    }
  }

  private void signUp() {
    tenant =
        post(
                "/api/platform/tenants",
                """
                {'name': '%s', 'owner_email': 'owner@example.com', 'deployment_type': '%s'}"""
                    .formatted(name, ownDatabase ? "DATABASE_PER_TENANT" : "SHARED"),
                201)
            .text("/id");
    subscription = subscribe(plot.plan);
    if (plot == Plot.SHARES) {
      settle();
      second = subscribe("post");
      post(
          "/api/platform/tenants/%s/invoice-grouping".formatted(tenant),
          "{'grouping': 'CONSOLIDATED'}",
          200);
    }
  }

  private String subscribe(String plan) {
    return post(
            "/api/platform/subscriptions",
            "{'tenant_id': '%s', 'plan_code': '%s'}".formatted(tenant, plan),
            201)
        .text("/id");
  }

  private void pay(String amount) {
    post(
        "/api/platform/invoices/%s/payments".formatted(openInvoice()),
        """
        {'amount': {'amount': '%s', 'currency': 'IDR'}, 'method': 'BANK_TRANSFER',
         'reference': 'a transfer'}"""
            .formatted(amount),
        201);
    settle();
  }

  /** The proof's id. */
  private String handIn() {
    String path = "/api/subscriptions/invoices/%s/proof".formatted(openInvoice());
    String key = nextKey();
    String owner = key("owner@example.com", "owner");
    Form form =
        new Form()
            .text("amount", "150000.00")
            .text("currency", "IDR")
            .file(SampleFiles.pdf(name + requests));
    return ledger.ask(caller -> form.post(caller.as(owner).key(key), path).expect(201)).text("/id");
  }

  private void decide(String proof, String decision) {
    post(
        "/api/platform/subscriptions/invoices/%s/verify".formatted(openInvoice()),
        "{'proof_id': '%s', 'decision': '%s', 'reason': 'seen'}".formatted(proof, decision),
        200);
    settle();
  }

  private void change(String plan) {
    String key = nextKey();
    String owner = key("owner@example.com", "owner");
    ledger.ask(
        caller ->
            caller
                .as(owner)
                .key(key)
                .post(
                    "/api/subscriptions/change-request", "{\"plan_code\": \"%s\"}".formatted(plan))
                .expect(201));
    settle();
  }

  private void cancel(String which) {
    post(
        "/api/platform/subscriptions/%s/cancel".formatted(which),
        "{'at': 'PERIOD_END', 'reason': 'enough'}",
        200);
    settle();
  }

  /** A new key's secret is answered once only, so its request has to be given up when it fails. */
  private String key(String actor, String role) {
    return ledger
        .ask(
            caller ->
                caller
                    .post(
                        "/api/platform/api-keys",
                        """
                        {"actor": "%s", "roles": ["%s"], "tenant_id": "%s"}"""
                            .formatted(actor, role, tenant))
                    .expect(201))
        .text("/secret");
  }

  private String openInvoice() {
    for (JsonNode invoice : all("/api/platform/invoices?tenant_id=" + tenant)) {
      if (List.of("PENDING", "PARTIAL", "OVERDUE").contains(invoice.at("/status").asString())) {
        return invoice.at("/id").asString();
      }
    }
    throw new IllegalStateException(name + " has no open invoice");
  }

  private void settle() {
    ledger.ask(caller -> caller.post("/api/test-clock/advance", "{\"by\": \"PT0S\"}").expect(200));
  }

  private Answer post(String path, String body, int status) {
    return post(ledger, nextKey(), path, body, status);
  }

  private String nextKey() {
    return name + "-" + ++requests;
  }

  private static Answer post(Ledger ledger, String key, String path, String body, int status) {
    return ledger.ask(caller -> caller.key(key).post(path, body.replace('\'', '"')).expect(status));
  }

  /** What can be read of it: events, rows, entries, notices. */
  List<String> told() {
    List<String> told = new ArrayList<>(events());
    String of = "tenant_id=" + tenant;
    told.add("subscription " + text("/api/platform/subscriptions/" + subscription));
    if (second != null) {
      told.add("second " + text("/api/platform/subscriptions/" + second));
    }
    told.add("tenant " + text("/api/platform/tenants/" + tenant));
    all("/api/platform/subscriptions/%s/cycles".formatted(subscription))
        .forEach(cycle -> told.add("cycle " + cycle));
    List<JsonNode> invoices = all("/api/platform/invoices?" + of).reversed();
    for (JsonNode invoice : invoices) {
      told.add("invoice " + invoice);
      entries(invoice.at("/id").asString()).forEach(entry -> told.add("entry " + entry));
    }
    told.add("credit " + text("/api/platform/tenants/%s/credit".formatted(tenant)));
    all("/api/platform/tenants/%s/provisioning-tasks".formatted(tenant))
        .forEach(task -> told.add("task " + task));
    notices().forEach(told::add);
    return new Names(start).normalised(told.stream().map(line -> line.replace(name, "~")).toList());
  }

  /**
   * Stream by stream; within one, events of the same time are told by their types, because which of
   * two sagas comes first then is nobody's promise.
   */
  private List<String> events() {
    Map<String, List<JsonNode>> streams = new LinkedHashMap<>();
    for (JsonNode event : all("/api/audit/events?tenant_id=" + tenant).reversed()) {
      // Months end on the calendar's days, which are others in each life; the checks see to them.
      if (event.at("/type").asString().startsWith("revenue.")) {
        continue;
      }
      streams.computeIfAbsent(event.at("/stream").asString(), _ -> new ArrayList<>()).add(event);
    }
    return streams.values().stream()
        .sorted(Comparator.comparing(stream -> prefix(stream.getFirst())))
        .flatMap(
            stream ->
                stream.stream()
                    .sorted(
                        Comparator.<JsonNode, String>comparing(event -> event.at("/at").asString())
                            .thenComparing(event -> event.at("/type").asString()))
                    .map(Life::line)
                    // A task whose worker died is begun twice; nothing else is.
                    .filter(once("provisioning.task-started")))
        .toList();
  }

  private static String prefix(JsonNode event) {
    return event.at("/stream").asString().substring(0, 3);
  }

  /** Without the cause's id, which is an event's and random. */
  private static String line(JsonNode event) {
    return "event %s %s by %s %s"
        .formatted(
            event.at("/at").asString(),
            event.at("/type").asString(),
            event.at("/actor").asString(),
            event.at("/payload").toString().replaceAll("\"cause[^\"]*\":\"[^\"]*\",?", ""));
  }

  private static Predicate<String> once(String type) {
    Set<String> seen = new HashSet<>();
    return line -> !line.contains(" " + type + " ") || seen.add(line);
  }

  private List<String> entries(String invoice) {
    return all("/api/finance/entries?invoice_id=" + invoice).stream()
        .map(
            entry ->
                "%s %s %s"
                    .formatted(
                        entry.at("/posted_at").asString(),
                        entry.at("/cause_type").asString(),
                        entry.at("/postings")))
        .sorted()
        .toList();
  }

  /** Each was recorded once and has gone out; how often that was tried is not told. */
  private List<String> notices() {
    return all("/api/platform/tenants/%s/notices".formatted(tenant)).stream()
        .map(
            notice ->
                "notice %s %s %s"
                    .formatted(
                        notice.at("/due_at").asString(),
                        notice.at("/template").asString(),
                        notice.at("/status").asString()))
        .sorted()
        .toList();
  }

  private String text(String path) {
    return ledger.ask(caller -> caller.get(path).expect(200)).json().toString();
  }

  private List<JsonNode> all(String path) {
    return all(ledger, path);
  }

  /** Every page of a list. */
  static List<JsonNode> all(Ledger ledger, String path) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      String page = path + (path.contains("?") ? "&" : "?") + "limit=500" + cursor;
      JsonNode answer = ledger.ask(caller -> caller.get(page).expect(200)).json();
      answer.at("/data").forEach(all::add);
      JsonNode next = answer.at("/next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + URLEncoder.encode(next.asString(), UTF_8);
    } while (cursor != null);
    return all;
  }

  /** Gives ids, times and dates names that are the same in every life of a plot. */
  private static final class Names {
    private final LocalDate start;
    private final Map<String, String> ids = new HashMap<>();

    Names(LocalDate start) {
      this.start = start;
    }

    List<String> normalised(List<String> lines) {
      return lines.stream().map(line -> VARYING.matcher(line).replaceAll(this::name)).toList();
    }

    private String name(MatchResult found) {
      String text = found.group();
      String name;
      if (found.group("id") != null) {
        name =
            ids.computeIfAbsent(
                text, id -> id.substring(0, id.indexOf('_')) + "#" + (ids.size() + 1));
      } else if (found.group("time") != null) {
        name = "t+" + Duration.between(morning(start), Instant.parse(text));
      } else if (found.group("date") != null) {
        name = "d+" + (LocalDate.parse(text).toEpochDay() - start.toEpochDay());
      } else {
        name = "~";
      }
      return Matcher.quoteReplacement(name);
    }
  }
}
