package io.billingledger.wiring;

import io.billingledger.view.catalog.CatalogProjection;
import io.billingledger.view.provisioning.ProvisioningProjection;
import io.billingledger.view.subscription.SubscriptionProjection;
import io.billingledger.view.tenant.TenantProjection;
import jakarta.persistence.EntityManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The projections; each names its processing group itself. */
@Configuration(proxyBeanMethods = false)
class ViewWiring {

  @Bean
  CatalogProjection catalogProjection(EntityManager rows) {
    return new CatalogProjection(rows);
  }

  @Bean
  TenantProjection tenantProjection(EntityManager rows) {
    return new TenantProjection(rows);
  }

  @Bean
  SubscriptionProjection subscriptionProjection(EntityManager rows) {
    return new SubscriptionProjection(rows);
  }

  @Bean
  ProvisioningProjection provisioningProjection(EntityManager rows) {
    return new ProvisioningProjection(rows);
  }
}
