package io.billingledger.document;

import io.billingledger.document.UblTaxes.Category;
import io.billingledger.seller.BankAccount;
import java.util.List;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.AddressLineType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.AddressType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.BranchType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.ContactType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.CountryType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.CustomerPartyType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.FinancialAccountType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PartyLegalEntityType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PartyNameType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PartyTaxSchemeType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PartyType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PaymentMeansType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.SupplierPartyType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.TaxSchemeType;
import oasis.names.specification.ubl.schema.xsd.commonbasiccomponents_21.PaymentIDType;

/**
 * Who sells, who buys and where to pay, in UBL.
 *
 * @param category of what is sold: where it is not subject to VAT, nobody has a VAT number there
 */
record UblParties(Category category) {
  private static final String CREDIT_TRANSFER = "30";

  SupplierPartyType supplier(Party seller) {
    SupplierPartyType supplier = new SupplierPartyType();
    PartyType party = party(seller);
    if (seller.email() != null) {
      ContactType contact = new ContactType();
      contact.setElectronicMail(seller.email());
      party.setContact(contact);
    }
    supplier.setParty(party);
    return supplier;
  }

  CustomerPartyType customer(Party buyer) {
    CustomerPartyType customer = new CustomerPartyType();
    customer.setParty(party(buyer));
    return customer;
  }

  static PaymentMeansType transferTo(BankAccount account, String reference) {
    PaymentMeansType means = new PaymentMeansType();
    means.setPaymentMeansCode(CREDIT_TRANSFER);
    means.addPaymentID(new PaymentIDType(reference));
    FinancialAccountType payee = new FinancialAccountType();
    payee.setID(XmlText.required(account.number()));
    payee.setName(XmlText.required(account.holder()));
    String swift = XmlText.of(account.swift());
    if (swift != null) {
      BranchType branch = new BranchType();
      branch.setID(swift);
      payee.setFinancialInstitutionBranch(branch);
    }
    means.setPayeeFinancialAccount(payee);
    return means;
  }

  private PartyType party(Party of) {
    PartyType party = new PartyType();
    PartyNameType name = new PartyNameType();
    name.setName(of.name());
    party.addPartyName(name);
    party.setPostalAddress(address(of));
    if (of.taxIdentity() != null && category != Category.O) {
      PartyTaxSchemeType tax = new PartyTaxSchemeType();
      tax.setCompanyID(vatNumber(of));
      TaxSchemeType scheme = new TaxSchemeType();
      scheme.setID(UblDocument.VAT);
      tax.setTaxScheme(scheme);
      party.addPartyTaxScheme(tax);
    }
    PartyLegalEntityType legal = new PartyLegalEntityType();
    legal.setRegistrationName(of.name());
    if (of.taxIdentity() != null) {
      legal.setCompanyID(of.taxIdentity());
    }
    party.addPartyLegalEntity(legal);
    return party;
  }

  /** It begins with its country there (BR-CO-09). */
  private static String vatNumber(Party of) {
    return of.taxIdentity().startsWith(of.country())
        ? of.taxIdentity()
        : of.country() + of.taxIdentity();
  }

  private static AddressType address(Party of) {
    AddressType address = new AddressType();
    List<String> lines = of.address();
    if (!lines.isEmpty()) {
      address.setStreetName(lines.getFirst());
    }
    if (lines.size() > 1) {
      address.setAdditionalStreetName(lines.get(1));
    }
    if (lines.size() > 2) {
      AddressLineType rest = new AddressLineType();
      rest.setLine(String.join(", ", lines.subList(2, lines.size())));
      address.addAddressLine(rest);
    }
    if (of.city() != null) {
      address.setCityName(of.city());
    }
    if (of.postCode() != null) {
      address.setPostalZone(of.postCode());
    }
    CountryType country = new CountryType();
    country.setIdentificationCode(of.country());
    address.setCountry(country);
    return address;
  }
}
