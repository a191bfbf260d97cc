package io.billingledger.api.session;

import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.api.security.Workspace;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.TenantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a client whom its token stands for. */
@RestController
@Tag(name = "Session")
class SessionController {

  /**
   * @param tenantId null for the platform's people
   */
  record Session(Actor actor, List<Role> roles, TenantId tenantId, Workspace workspace) {}

  @GetMapping("/api/session")
  @Operation(operationId = "getSession", summary = "Whom the token stands for")
  Session session(Caller caller) {
    return new Session(
        caller.actor(),
        caller.roles().stream().sorted().toList(),
        caller.tenant().orElse(null),
        caller.workspace());
  }
}
