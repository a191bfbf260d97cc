package io.billingledger.api.usage;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/** A tenant with a subscription to a plan that has meters, made over HTTP. */
final class UsageScene {
  final ApiClient owner;
  final ApiClient service;
  final TenantId tenant;
  final SubscriptionId subscription;
  final String plan;

  private UsageScene(
      ApiClient owner,
      ApiClient service,
      TenantId tenant,
      SubscriptionId subscription,
      String plan) {
    this.owner = owner;
    this.service = service;
    this.tenant = tenant;
    this.subscription = subscription;
    this.plan = plan;
  }

  /**
   * @param meters as in a plan, such as {@code [{"metric_code": "calls", …}]}
   */
  static UsageScene of(int port, String zone, String meters) throws InterruptedException {
    ApiClient owner = ApiClient.owner(port);
    String code = "usage-" + UUID.randomUUID();
    owner
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"ERP\"}".formatted(code))
        .expect(201);
    Answer plan =
        owner
            .post(
                "/api/platform/plans",
                """
                {"code": "%s", "product_code": "%s", "name": "Metered",
                 "price": {"amount": "150000.00", "currency": "IDR"}, "meters": %s}"""
                    .formatted(code, code, meters))
            .expect(201);
    String tenant =
        owner
            .post(
                "/api/platform/tenants",
                """
                {"name": "Toko", "owner_email": "o@example.com", "billing_time_zone": "%s"}"""
                    .formatted(zone))
            .expect(201)
            .text("/id");
    Answer subscribed =
        owner
            .after(plan)
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, code))
            .expect(201);
    UsageScene scene =
        new UsageScene(
            owner,
            owner.asNew("erp", "service", tenant),
            new TenantId(tenant),
            new SubscriptionId(subscribed.text("/id")),
            code);
    owner.after(subscribed).get("/api/platform/subscriptions/" + scene.subscription).expect(200);
    return scene;
  }

  static String meter(String metric, String more) {
    return """
        {"metric_code": "%s", "pricing_model": "METERED", "unit_price": "20.00"%s}"""
        .formatted(metric, more);
  }

  static String record(String key, String metric, String quantity, String at) {
    return """
        {"idempotency_key": "%s", "metric": "%s", "quantity": "%s", "timestamp": "%s"}"""
        .formatted(key, metric, quantity, at);
  }

  Answer report(String key, String metric, String quantity, String at) {
    return service.post("/api/usage", record(key, metric, quantity, at));
  }

  static <T> T until(java.util.function.Supplier<T> ask, Predicate<T> enough)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    T answer = ask.get();
    while (!enough.test(answer) && System.nanoTime() < end) {
      Thread.sleep(50);
      answer = ask.get();
    }
    return answer;
  }
}
