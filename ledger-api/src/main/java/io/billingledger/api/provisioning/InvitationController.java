package io.billingledger.api.provisioning;

import io.billingledger.adapter.tenantdb.Invitations;
import io.billingledger.adapter.tenantdb.Invitations.Redemption;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Now;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Whoever has the one-time token of an invitation needs no other. */
@RestController
@Tag(name = "Invitations")
class InvitationController {
  /** Each redemption opens a connection of its own. */
  private static final int AT_ONCE = 4;

  private static final int PATIENCE_SECONDS = 10;

  private final Invitations invitations;
  private final EventStore history;
  private final Semaphore places = new Semaphore(AT_ONCE);

  InvitationController(Invitations invitations, EventStore history) {
    this.invitations = invitations;
    this.history = history;
  }

  /**
   * @param token what the invitation's link ends in
   * @param password may be left out where people sign in elsewhere
   */
  record Acceptance(
      @NotBlank @Size(max = 200) String token,
      @NotBlank @Size(max = 200) String name,
      @Size(min = 12, max = 200) String password) {
    @Override
    public String toString() {
      return "Acceptance";
    }
  }

  record Administrator(TenantId tenantId, String userId, String email, String name, String role) {}

  @PostMapping("/api/invitations/redeem")
  @SecurityRequirements
  @Operation(
      operationId = "redeemInvitation",
      summary = "Accept an invitation; its token works once, and is all that is needed")
  Administrator redeem(@Valid @RequestBody Acceptance acceptance, @Now Instant at)
      throws InterruptedException, SQLException {
    Optional<TenantId> tenant = Invitations.tenantOf(acceptance.token());
    if (tenant.isEmpty() || !wasProvisioned(tenant.get())) {
      throw unknown();
    }
    if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new ProblemException(
              HttpStatus.SERVICE_UNAVAILABLE,
              "invitation.busy",
              "Too many invitations are being redeemed at this moment.")
          .retryAfter(1);
    }
    try {
      return answer(
          invitations.redeem(acceptance.token(), acceptance.name(), acceptance.password(), at));
    } finally {
      places.release();
    }
  }

  private static Administrator answer(Redemption redemption) {
    return switch (redemption) {
      case Redemption.Redeemed it ->
          new Administrator(it.tenant(), it.userId(), it.email(), it.name(), it.role());
      case Redemption.Unknown _ -> throw unknown();
      case Redemption.Gone _ ->
          throw new ProblemException(
              HttpStatus.GONE, "invitation.gone", "The invitation was redeemed already.");
      case Redemption.Suspended _ ->
          throw new ProblemException(
              HttpStatus.CONFLICT,
              "invitation.tenant-suspended",
              "The tenant is suspended; the invitation can be redeemed when it is not.");
    };
  }

  private boolean wasProvisioned(TenantId tenant) {
    return Scope.allTenants(
        () -> history.lastSequenceNumberFor(ProvisioningId.of(tenant).value()).isPresent());
  }

  private static ProblemException unknown() {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "invitation.unknown", "There is no invitation with this token.");
  }
}
