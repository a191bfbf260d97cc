package io.billingledger.seller;

import java.util.List;
import org.joda.money.CurrencyUnit;

/**
 * The seller as a document names it. It is a company's, so nothing in it is personal.
 *
 * @param address street and the like, without city, post code and country
 * @param country ISO 3166-1 alpha-2
 * @param taxIdentity such as an NPWP or a VAT number
 * @param email for questions about an invoice; null if there is none
 * @param accounts where customers pay; in the order in which they are printed
 */
public record SellerProfile(
    String name,
    List<String> address,
    String city,
    String postCode,
    String country,
    String taxIdentity,
    String email,
    List<BankAccount> accounts) {
  public SellerProfile {
    address = List.copyOf(address);
    accounts = List.copyOf(accounts);
  }

  public List<BankAccount> accountsFor(CurrencyUnit currency) {
    return accounts.stream().filter(account -> account.takes(currency)).toList();
  }
}
