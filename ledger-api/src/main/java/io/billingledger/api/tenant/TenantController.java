package io.billingledger.api.tenant;

import io.billingledger.adapter.provisioning.TenantProvisioningOrchestrator;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.tenant.TenantCommand.ActivateTenant;
import io.billingledger.tenant.TenantCommand.ChooseInvoiceGrouping;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.tenant.TenantCommand.SuspendTenant;
import io.billingledger.tenant.WriteAccess;
import io.billingledger.view.tenant.TenantStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tenants: registered, read, and suspended and activated by hand. */
@RestController
@Tag(name = "Tenants")
class TenantController {
  private static final String COUNTRY = "ID";
  private static final String CURRENCY = "IDR";
  private static final String ZONE = "Asia/Jakarta";

  private final Commands commands;
  private final Vault vault;
  private final LegalEntity legalEntity;
  private final TenantAnswers tenants;
  private final TenantProvisioningOrchestrator provisioning;

  TenantController(
      Commands commands,
      Vault vault,
      LegalEntity legalEntity,
      TenantAnswers tenants,
      TenantProvisioningOrchestrator provisioning) {
    this.provisioning = provisioning;
    this.commands = commands;
    this.vault = vault;
    this.legalEntity = legalEntity;
    this.tenants = tenants;
  }

  /**
   * @param country ISO 3166-1 alpha-2; ID unless given
   * @param currency ISO 4217; IDR unless given
   * @param billingTimeZone IANA name; Asia/Jakarta unless given
   * @param ownerEmail where the first invitation goes
   * @param deploymentType SHARED unless given
   */
  record NewTenant(
      @NotBlank @Size(max = 200) String name,
      String country,
      CurrencyUnit currency,
      String billingTimeZone,
      @Size(max = 100) String taxIdentity,
      @NotNull @Email @Size(max = 254) String ownerEmail,
      DeploymentType deploymentType) {

    NewTenant {
      country = country == null ? COUNTRY : country;
      currency = currency == null ? CurrencyUnit.of(CURRENCY) : currency;
      billingTimeZone = billingTimeZone == null ? ZONE : billingTimeZone;
      deploymentType = deploymentType == null ? DeploymentType.SHARED : deploymentType;
    }

    /** What no validation annotation says. */
    NewTenant checked() {
      if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country)) {
        throw ProblemException.body("/country", "must be a country of ISO 3166-1, such as ID");
      }
      if (!ZoneId.getAvailableZoneIds().contains(billingTimeZone)) {
        throw ProblemException.body("/billing_time_zone", "must be a zone such as Asia/Jakarta");
      }
      return this;
    }
  }

  record Grouping(@NotNull InvoiceGrouping grouping) {}

  record Because(@NotBlank @Size(max = 500) String reason) {}

  @PostMapping("/api/platform/tenants")
  @Operation(operationId = "registerTenant", summary = "Register a tenant; provisioning begins")
  ResponseEntity<TenantResource> register(
      @Valid @RequestBody NewTenant body, Caller caller, CommandKey key, @Now Instant at) {
    NewTenant asked = body.checked();
    provisioning.requireSupported(asked.deploymentType());
    TenantId id = key.derive(TenantId::derive);
    commands.send(
        new RegisterTenant(
            id,
            asked.name(),
            asked.country(),
            asked.currency(),
            ZoneId.of(asked.billingTimeZone()),
            legalEntity.id(),
            sealed(id, asked.taxIdentity()),
            sealed(id, asked.ownerEmail()),
            asked.deploymentType(),
            at),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/tenants/" + id))
        .body(tenants.current(id));
  }

  @GetMapping("/api/platform/tenants")
  @Transactional(readOnly = true)
  @Operation(operationId = "listTenants", summary = "Tenants, newest first")
  public Page<TenantSummary> list(
      @RequestParam(required = false) TenantStatus status,
      @RequestParam(required = false) String country,
      @RequestParam(name = "write_access_mode", required = false) WriteAccess writeAccessMode,
      @RequestParam(name = "deployment_type", required = false) DeploymentType deploymentType,
      Paging paging) {
    Map<String, Object> equal = new HashMap<>();
    equal.put("status", status);
    equal.put("country", country);
    equal.put("writeAccess", writeAccessMode);
    equal.put("deploymentType", deploymentType);
    return tenants.list(equal, paging);
  }

  @GetMapping("/api/platform/tenants/{tenant}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getTenant", summary = "A tenant, with what restricts it")
  public TenantResource get(@PathVariable TenantId tenant) {
    return tenants.read(tenant);
  }

  @GetMapping("/api/platform/subscriptions/tenants")
  @Transactional(readOnly = true)
  @Operation(operationId = "listSubscribers", summary = "Tenants and how they stand, newest first")
  public Page<TenantSummary> subscribers(
      @RequestParam(required = false) TenantStatus status,
      @RequestParam(name = "write_access_mode", required = false) WriteAccess writeAccessMode,
      Paging paging) {
    Map<String, Object> equal = new HashMap<>();
    equal.put("status", status);
    equal.put("writeAccess", writeAccessMode);
    return tenants.list(equal, paging);
  }

  @GetMapping("/api/platform/subscriptions/tenants/{tenant}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getSubscriber", summary = "A tenant and how it stands")
  public TenantResource subscriber(@PathVariable TenantId tenant) {
    return tenants.read(tenant);
  }

  @GetMapping("/api/platform/tenants/{tenant}/holds")
  @Transactional(readOnly = true)
  @Operation(operationId = "listHolds", summary = "What restricts a tenant now, and who said so")
  public Page<HoldResource> holds(@PathVariable TenantId tenant, Paging paging) {
    return tenants.holds(tenant, paging);
  }

  @PostMapping("/api/platform/subscriptions/tenants/{tenant}/suspend")
  @Operation(operationId = "suspendTenant", summary = "Place a hold by hand; billing goes on")
  TenantResource suspend(
      @PathVariable TenantId tenant,
      @Valid @RequestBody Because because,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    return tenants.after(
        tenant,
        () ->
            commands.send(
                new SuspendTenant(
                    tenant, because.reason(), caller.actor().name(), expected.orNull(), at),
                caller.actor()));
  }

  @PostMapping("/api/platform/subscriptions/tenants/{tenant}/activate")
  @Operation(
      operationId = "activateTenant",
      summary = "Lift the hold that was placed by hand; the others remain")
  TenantResource activate(
      @PathVariable TenantId tenant,
      @Valid @RequestBody Because because,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    return tenants.after(
        tenant,
        () ->
            commands.send(
                new ActivateTenant(
                    tenant, because.reason(), caller.actor().name(), expected.orNull(), at),
                caller.actor()));
  }

  @PostMapping("/api/platform/tenants/{tenant}/invoice-grouping")
  @Operation(
      operationId = "chooseInvoiceGrouping",
      summary = "Whether subscriptions with the same due date share invoices, from the next on")
  TenantResource chooseInvoiceGrouping(
      @PathVariable TenantId tenant,
      @Valid @RequestBody Grouping grouping,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    return tenants.after(
        tenant,
        () ->
            commands.send(
                new ChooseInvoiceGrouping(
                    tenant, grouping.grouping(), caller.actor().name(), expected.orNull(), at),
                caller.actor()));
  }

  private Sealed sealed(TenantId id, String plain) {
    return plain == null ? null : vault.seal(id, plain);
  }
}
