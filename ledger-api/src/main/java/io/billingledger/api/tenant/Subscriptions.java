package io.billingledger.api.tenant;

import io.billingledger.catalog.Products;
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.view.subscription.SubscriptionRow;
import io.billingledger.view.tenant.ProvisioningRow;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Which of several subscriptions speaks for a tenant, and how far its provisioning is. */
@Component
public class Subscriptions {
  /** The running one before one that waits before the one that ended last. */
  private static final Comparator<SubscriptionRow> SPEAKS =
      Comparator.comparing((SubscriptionRow row) -> row.status().running())
          .thenComparing(row -> !row.status().ended())
          .thenComparing(SubscriptionRow::createdPosition);

  private final EntityManager rows;
  private final Products products;

  Subscriptions(EntityManager rows, Products products) {
    this.rows = rows;
    this.products = products;
  }

  /** Of whatever product. */
  List<SubscriptionRow> of(String tenant) {
    return of(Set.of(tenant));
  }

  /**
   * The subscription to the product.
   *
   * @param productCode null for the primary one, or whatever the tenant has if it has no such
   */
  public Optional<SubscriptionRow> speaking(String tenant, String productCode) {
    return speaking(of(tenant), productCode);
  }

  /** For each tenant that has any: the one to the primary product, or to whatever it has. */
  public Map<String, SubscriptionRow> speaking(Collection<String> tenants) {
    Map<String, SubscriptionRow> answer = new HashMap<>();
    of(tenants).stream()
        .collect(Collectors.groupingBy(SubscriptionRow::tenantId))
        .forEach((tenant, all) -> answer.put(tenant, speaking(all, null).orElseThrow()));
    return answer;
  }

  public ProvisioningStatus provisioning(String tenant) {
    ProvisioningRow row = rows.find(ProvisioningRow.class, tenant);
    return row == null ? provisioning(Set.of(tenant)).get(tenant) : row.status();
  }

  public Map<String, ProvisioningStatus> provisioning(Collection<String> tenants) {
    Map<String, ProvisioningStatus> answer = new HashMap<>();
    Set<String> all = new HashSet<>(tenants);
    all.forEach(tenant -> answer.put(tenant, ProvisioningStatus.PENDING));
    rows.createQuery(
            "select t.tenantId from TenantRow t where t.provisioned and t.tenantId in :all",
            String.class)
        .setParameter("all", all)
        .getResultList()
        .forEach(tenant -> answer.put(tenant, ProvisioningStatus.DONE));
    rows.createQuery(
            "select p from ProvisioningRow p where p.tenantId in :all", ProvisioningRow.class)
        .setParameter("all", all)
        .getResultList()
        .forEach(row -> answer.put(row.tenantId(), row.status()));
    return answer;
  }

  Optional<SubscriptionRow> speaking(List<SubscriptionRow> all, String productCode) {
    if (productCode != null) {
      return to(productCode, all);
    }
    if (all.size() < 2) { // the question about the primary product is one to the database
      return all.stream().findFirst();
    }
    return products
        .primaryCode()
        .flatMap(primary -> to(primary, all))
        .or(() -> all.stream().max(SPEAKS));
  }

  private static Optional<SubscriptionRow> to(String productCode, List<SubscriptionRow> all) {
    return all.stream().filter(row -> row.productCode().equals(productCode)).max(SPEAKS);
  }

  private List<SubscriptionRow> of(Collection<String> tenants) {
    return rows.createQuery(
            "select s from SubscriptionRow s where s.tenantId in :tenants", SubscriptionRow.class)
        .setParameter("tenants", tenants)
        .getResultList();
  }
}
