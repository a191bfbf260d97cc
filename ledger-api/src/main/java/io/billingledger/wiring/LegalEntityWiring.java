package io.billingledger.wiring;

import io.billingledger.tenant.LegalEntity;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one legal entity that bills, from the settings. */
@Configuration(proxyBeanMethods = false)
class LegalEntityWiring {

  @Bean
  LegalEntity legalEntity(
      @Value("${ledger.legal-entity.id}") String id,
      @Value("${ledger.legal-entity.code}") String code,
      @Value("${ledger.legal-entity.name}") String name,
      @Value("${ledger.legal-entity.zone}") ZoneId zone) {
    return new LegalEntity(id, code, name, zone);
  }
}
