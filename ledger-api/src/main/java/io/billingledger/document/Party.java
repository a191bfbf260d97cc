package io.billingledger.document;

import io.billingledger.seller.SellerProfile;
import java.util.List;

/**
 * One of the two whom a document names.
 *
 * @param address lines, without city, post code and country
 * @param city null if unknown
 * @param postCode null if unknown
 * @param country ISO 3166-1 alpha-2; null if unknown
 * @param taxIdentity null if there is none, or none any more
 * @param email null if there is none
 */
public record Party(
    String name,
    List<String> address,
    String city,
    String postCode,
    String country,
    String taxIdentity,
    String email) {
  public Party {
    address = List.copyOf(address);
  }

  static Party of(SellerProfile seller) {
    return new Party(
        seller.name(),
        seller.address(),
        seller.city(),
        seller.postCode(),
        seller.country(),
        seller.taxIdentity(),
        seller.email());
  }

  /** As XML can hold it. */
  Party forXml() {
    return new Party(
        XmlText.required(name),
        address.stream().map(XmlText::required).toList(),
        XmlText.of(city),
        XmlText.of(postCode),
        country,
        XmlText.of(taxIdentity),
        XmlText.of(email));
  }

  /** Of somebody of whom no address is known. */
  public static Party named(String name, String country, String taxIdentity) {
    return new Party(name, List.of(), null, null, country, taxIdentity, null);
  }
}
