package io.billingledger.run;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * About whom a query asks: everybody, or some tenants. Where a query may be limited it names the
 * column with the tenant in braces, such as {@code {i.tenant_id}}.
 *
 * @param tenants null for everybody
 */
record Reach(Set<String> tenants) {
  static final Reach EVERYBODY = new Reach(null);

  private static final Pattern COLUMN = Pattern.compile("\\{([a-z_.]+)}");

  static boolean limits(String query) {
    return COLUMN.matcher(query).find();
  }

  boolean isEverybody() {
    return tenants == null;
  }

  /** The query with its limits; an index over the tenants serves each of them. */
  String of(String query) {
    return COLUMN.matcher(query).replaceAll(isEverybody() ? "true" : "$1 = ANY (:tenants)");
  }

  /** The parameter of what {@link #of} answers. */
  Map<String, Object> parameters() {
    return isEverybody() ? Map.of() : Map.of("tenants", array());
  }

  String[] array() {
    return tenants.toArray(String[]::new);
  }
}
