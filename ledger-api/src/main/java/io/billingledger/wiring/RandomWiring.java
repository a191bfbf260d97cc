package io.billingledger.wiring;

import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one source of secrets and of ids that nothing derives. */
@Configuration(proxyBeanMethods = false)
class RandomWiring {
  @Bean
  SecureRandom secureRandom() {
    return new SecureRandom();
  }
}
