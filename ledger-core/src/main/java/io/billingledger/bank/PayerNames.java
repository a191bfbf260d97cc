package io.billingledger.bank;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a payer and a tenant have the same name, as far as banks leave it recognisable. */
final class PayerNames {
  /** Legal forms say nothing, and banks leave them out or cut them off. */
  private static final Set<String> FORMS =
      Set.of(
          "PT", "CV", "TBK", "UD", "PD", "LTD", "LIMITED", "INC", "LLC", "GMBH", "AG", "BV", "SA",
          "SARL", "PTE", "SDN", "BHD", "CO", "CORP", "PLC");

  private PayerNames() {}

  /** The same words in any order; a payer's name that was cut off is still the same. */
  static boolean alike(String payer, String tenant) {
    if (payer == null || tenant == null) {
      return false;
    }
    Set<String> ofPayer = words(payer);
    Set<String> ofTenant = words(tenant);
    if (ofPayer.isEmpty() || ofTenant.isEmpty()) {
      return false;
    }
    return ofPayer.equals(ofTenant) || ofPayer.size() > 1 && ofTenant.containsAll(ofPayer);
  }

  private static Set<String> words(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toUpperCase(Locale.ROOT)
            .replaceAll("[^A-Z0-9]+", " ")
            .strip();
    return Arrays.stream(plain.split(" "))
        .filter(word -> !word.isEmpty() && !FORMS.contains(word))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
