package io.billingledger.api.keys;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.billingledger.api.idempotency.AnsweredOnce;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keys are made, listed and ended by platform owners. */
@RestController
@RequestMapping("/api/platform/api-keys")
@Tag(name = "API keys")
class ApiKeyController {
  private final ApiKeys keys;
  private final EventStore events;

  ApiKeyController(ApiKeys keys, EventStore events) {
    this.keys = keys;
    this.events = events;
  }

  /**
   * @param actor whom the key speaks for: two approvals need two actors
   * @param tenantId for tenant roles only
   */
  record NewKey(
      @NotBlank @Size(max = 200) String actor, @NotEmpty Set<Role> roles, TenantId tenantId) {}

  /**
   * @param secret what goes into the Authorization header; null when the answer is a repeated one
   */
  record CreatedKey(@JsonUnwrapped ApiKey key, String secret) implements AnsweredOnce {
    @Override
    public CreatedKey again() {
      return new CreatedKey(key, null);
    }
  }

  @PostMapping
  @Operation(operationId = "createApiKey", summary = "Make a key; its secret is answered once")
  ResponseEntity<CreatedKey> create(
      @Valid @RequestBody NewKey asked, Caller caller, CommandKey key, @Now Instant at) {
    String secret = keys.newSecret();
    ApiKey made =
        keys.create(key.derive(ApiKeyId::derive), secret, holder(asked), caller.actor(), at);
    return ResponseEntity.created(URI.create("/api/platform/api-keys/" + made.id()))
        .body(new CreatedKey(made, secret));
  }

  @GetMapping
  @Operation(operationId = "listApiKeys", summary = "All keys, newest first")
  Page<ApiKey> list(Paging paging) {
    return keys.list(paging);
  }

  @PostMapping("/{id}/revoke")
  @Operation(operationId = "revokeApiKey", summary = "End a key, at once")
  ApiKey revoke(@PathVariable ApiKeyId id, Caller caller, @Now Instant at) {
    return keys.revoke(id, caller.actor(), at);
  }

  private Caller holder(NewKey asked) {
    if (asked.actor().startsWith(Actor.SYSTEM)) {
      throw new Rejected(new ApiKeyRejection.ActorReserved(asked.actor()));
    }
    Caller holder;
    try {
      holder =
          new Caller(
              new Actor(asked.actor()), asked.roles(), Optional.ofNullable(asked.tenantId()));
    } catch (IllegalArgumentException doNotFit) {
      throw new Rejected(new ApiKeyRejection.RolesDoNotFit(doNotFit.getMessage()));
    }
    holder
        .tenant()
        .filter(tenant -> events.lastSequenceNumberFor(tenant.value()).isEmpty())
        .ifPresent(
            unknown -> {
              throw new Rejected(new ApiKeyRejection.TenantUnknown(unknown));
            });
    return holder;
  }
}
