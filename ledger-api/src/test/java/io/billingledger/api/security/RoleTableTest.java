package io.billingledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.keys.ApiKeys;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Goes through every endpoint with every role, and without a key. */
@LedgerTest
class RoleTableTest {
  @LocalServerPort private int port;
  @Autowired private ApiKeys keys;
  @Autowired private PlatformTransactionManager transactions;

  @Autowired private org.springframework.context.ApplicationContext context;

  private final Map<Role, ApiClient> callers = new EnumMap<>(Role.class);
  private final Map<Role, String> secrets = new EnumMap<>(Role.class);

  private record Endpoint(String method, String path) {}

  @BeforeEach
  void aKeyForEveryRole() {
    for (Role role : Role.values()) {
      String secret = keys.newSecret();
      Optional<TenantId> tenant =
          role.workspace() == Workspace.TENANT ? Optional.of(TenantId.next()) : Optional.empty();
      Caller caller = new Caller(new Actor("a " + role.text()), Set.of(role), tenant);
      Scope.allTenants(
          () ->
              new TransactionTemplate(transactions)
                  .execute(
                      _ ->
                          keys.create(
                              ApiKeyId.next(),
                              secret,
                              caller,
                              new Actor("a test"),
                              Instant.EPOCH)));
      callers.put(role, ApiClient.anonymous(port).as(secret));
      secrets.put(role, secret);
    }
  }

  @Test
  void everyEndpointHasItsRow() {
    assertThat(endpoints())
        .allSatisfy(
            endpoint ->
                assertThat(row(endpoint)).as("a row of RoleTable for %s", endpoint).isPresent());
  }

  @Test
  void everyEndpointLetsInExactlyTheRolesOfItsRow() {
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : endpoints()) {
      String path = endpoint.path().replaceAll("\\{[^}]*}", "none");
      String body = endpoint.method().equals("POST") ? "{\"no_such_field\": 1}" : null;
      int stranger = ApiClient.anonymous(port).send(endpoint.method(), path, body).status();
      if (stranger == 401 == row(endpoint).orElseThrow().open()) {
        wrong.add("%s without a key: %d".formatted(endpoint, stranger));
      }
      callers.forEach(
          (role, caller) -> {
            int status = caller.send(endpoint.method(), path, body).status();
            boolean mayEnter = row(endpoint).orElseThrow().roles().contains(role);
            if (mayEnter == (status == 403) || status == 401 || status >= 500) {
              wrong.add("%s as %s: %d".formatted(endpoint, role.text(), status));
            }
          });
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theTableSaysWhatTheInterfacePromises() {
    for (RoleTable.Row row : RoleTable.rows()) {
      String path = row.path().getPatternString();
      boolean reads = row.method().equals("GET");
      Set<Role> roles = new TreeSet<>(row.roles());
      if (path.matches(
          "/api/(session|test-clock|invitations|documents|pricing|rating|invoices).*")) {
        continue;
      }
      assertThat(roles.stream().map(Role::workspace).distinct())
          .as("one side of the interface: %s", row)
          .hasSize(1);
      if (roles.iterator().next().workspace() == Workspace.TENANT) {
        assertThat(roles).as(row.toString()).contains(Role.OWNER);
        assertThat(roles.contains(Role.MEMBER)).as(row.toString()).isEqualTo(reads);
        assertThat(roles.contains(Role.SERVICE))
            .as(row.toString())
            .isEqualTo(path.contains("/quota") || path.startsWith("/api/usage"));
      } else {
        assertThat(roles).as(row.toString()).contains(Role.PLATFORM_OWNER);
        assertThat(roles.contains(Role.AUDITOR)).as(row.toString()).isEqualTo(reads);
        if (!reads) {
          assertThat(roles).as(row.toString()).doesNotContain(Role.SUPPORT);
        }
      }
    }
  }

  @Test
  void anUnknownPathIsNoSecret() {
    ApiClient member = callers.get(Role.MEMBER);
    ApiClient.anonymous(port).get("/api/nothing").expectProblem(401, "authentication.required");
    member.get("/api/nothing").expectProblem(404, "path.unknown");
    member.get("/api/platform/api-keys").expectProblem(403, "role.missing");
    member.post("/api/session", "{}").expectProblem(405, "method.not-allowed");
  }

  private List<Endpoint> endpoints() {
    return context.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
        .flatMap(
            info ->
                info.getPatternValues().stream()
                    .filter(path -> path.startsWith("/api/"))
                    .filter(path -> !path.startsWith("/api/openapi.json"))
                    .flatMap(
                        path ->
                            info.getMethodsCondition().getMethods().stream()
                                .map(RequestMethod::name)
                                .map(method -> new Endpoint(method, path))))
        .toList();
  }

  private static Optional<RoleTable.Row> row(Endpoint endpoint) {
    return RoleTable.rows().stream()
        .filter(row -> row.method().equals(endpoint.method()))
        .filter(row -> RoleCheck.same(row.path(), endpoint.path()))
        .findFirst();
  }
}
