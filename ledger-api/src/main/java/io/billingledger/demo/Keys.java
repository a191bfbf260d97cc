package io.billingledger.demo;

import io.billingledger.demo.LedgerClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API keys of the demo, one for each role, made through the interface like any others. */
final class Keys {
  private final LedgerClient platform;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  Keys(LedgerClient platform) {
    this.platform = platform;
    for (String role : List.of("platform_billing", "finance", "auditor", "support")) {
      secrets.put(role, make(role + "@example.com", role, null));
    }
  }

  LedgerClient billing() {
    return platform.withKey(secrets.get("platform_billing"));
  }

  LedgerClient finance() {
    return platform.withKey(secrets.get("finance"));
  }

  /** The first customer gets a key for each role of a tenant. */
  LedgerClient owner(int customer, String tenantId) {
    String secret = make("owner%d@example.com".formatted(customer), "owner", tenantId);
    if (customer == 1) {
      secrets.put("owner", secret);
      secrets.put("member", make("member1@example.com", "member", tenantId));
      secrets.put("service", make("service1@example.com", "service", tenantId));
    }
    return platform.withKey(secret);
  }

  Map<String, String> all() {
    return secrets;
  }

  private String make(String actor, String role, String tenantId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("actor", actor);
    body.put("roles", List.of(role));
    if (tenantId != null) {
      body.put("tenant_id", tenantId);
    }
    Answer key = platform.post("/api/platform/api-keys", body);
    if (key.status() != 201) {
      throw new IllegalStateException("no key for " + role + ": " + key.body());
    }
    return key.text("/secret");
  }
}
