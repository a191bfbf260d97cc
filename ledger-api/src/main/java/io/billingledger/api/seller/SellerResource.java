package io.billingledger.api.seller;

import io.billingledger.api.idempotency.Versioned;
import io.billingledger.seller.BankAccount;
import io.billingledger.seller.SellerEvent.SellerDescribed;
import io.billingledger.seller.SellerProfile;
import io.billingledger.seller.SellerState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;

/**
 * The seller as documents name it from now on.
 *
 * @param country ISO 3166-1 alpha-2
 * @param email for questions about an invoice; null if there is none
 * @param describedAt since when it is so
 */
@Schema(name = "Seller")
record SellerResource(
    String legalEntityId,
    String name,
    List<String> address,
    String city,
    String postCode,
    String country,
    String taxIdentity,
    String email,
    List<Account> bankAccounts,
    Instant describedAt,
    long version)
    implements Versioned {

  /**
   * @param currency what it is for; null for any
   */
  @Schema(name = "SellerBankAccount")
  record Account(String bank, String holder, String number, String swift, CurrencyUnit currency) {

    static Account of(BankAccount account) {
      return new Account(
          account.bank(), account.holder(), account.number(), account.swift(), account.currency());
    }
  }

  /** The state has one event for each version. */
  static SellerResource of(SellerDescribed latest, SellerState state) {
    SellerProfile profile = latest.profile();
    return new SellerResource(
        latest.legalEntityId(),
        profile.name(),
        profile.address(),
        profile.city(),
        profile.postCode(),
        profile.country(),
        profile.taxIdentity(),
        profile.email(),
        profile.accounts().stream().map(Account::of).toList(),
        latest.at(),
        state.described().size() - 1L);
  }
}
