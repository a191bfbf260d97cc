package io.billingledger.api.seller;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.security.Caller;
import io.billingledger.document.DocumentRejection.SellerUnknown;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SellerId;
import io.billingledger.seller.BankAccount;
import io.billingledger.seller.SellerCommand.DescribeSeller;
import io.billingledger.seller.SellerProfile;
import io.billingledger.seller.SellerState;
import io.billingledger.seller.Sellers;
import io.billingledger.tenant.LegalEntity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.joda.money.CurrencyUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The seller on documents. A new description holds for invoices that are issued from then on. */
@RestController
@RequestMapping("/api/platform/seller")
@Tag(name = "Seller")
class SellerController {
  private final Commands commands;
  private final Sellers sellers;
  private final LegalEntity platform;

  SellerController(Commands commands, Sellers sellers, LegalEntity platform) {
    this.commands = commands;
    this.sellers = sellers;
    this.platform = platform;
  }

  /**
   * @param address one to four lines: street and the like
   * @param country ISO 3166-1 alpha-2
   * @param taxIdentity such as an NPWP or a VAT number
   * @param email for questions about an invoice; may be left out
   * @param bankAccounts where customers pay, in the order in which documents print them
   */
  record SellerDescription(
      @NotBlank @Size(max = 200) String name,
      @NotEmpty @Size(max = 4) List<@NotBlank @Size(max = 100) String> address,
      @NotBlank @Size(max = 100) String city,
      @Size(min = 1, max = 20) String postCode,
      @NotBlank String country,
      @NotBlank @Size(max = 50) String taxIdentity,
      @Email @Size(max = 254) String email,
      @NotNull @Size(max = 6) List<@NotNull @Valid NewAccount> bankAccounts) {

    SellerProfile profile() {
      if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country)) {
        throw ProblemException.body("/country", "must be a country of ISO 3166-1, such as ID");
      }
      return new SellerProfile(
          name,
          address,
          city,
          postCode,
          country,
          taxIdentity,
          email,
          bankAccounts.stream().map(NewAccount::account).toList());
    }
  }

  /**
   * @param swift may be left out
   * @param currency what it is for; any unless given
   */
  record NewAccount(
      @NotBlank @Size(max = 100) String bank,
      @NotBlank @Size(max = 200) String holder,
      @NotBlank @Size(max = 50) String number,
      @Size(min = 8, max = 11) String swift,
      CurrencyUnit currency) {

    BankAccount account() {
      return new BankAccount(bank, holder, number, swift, currency);
    }
  }

  @PostMapping
  @Operation(operationId = "describeSeller", summary = "Say who the seller is from now on")
  SellerResource describe(
      @Valid @RequestBody SellerDescription asked,
      ExpectedVersion version,
      Caller caller,
      @Now Instant at) {
    commands.send(
        new DescribeSeller(
            SellerId.of(platform.id()), platform.id(), asked.profile(), version.orNull(), at),
        caller.actor());
    return get();
  }

  @GetMapping
  @Operation(operationId = "getSeller", summary = "Who the seller is on documents from now on")
  SellerResource get() {
    SellerState state = sellers.of(platform.id());
    return state
        .latest()
        .map(latest -> SellerResource.of(latest, state))
        .orElseThrow(() -> new Rejected(new SellerUnknown(platform.id())));
  }
}
