package io.billingledger.wiring;

import io.billingledger.saga.credit.CreditExpirySaga;
import io.billingledger.saga.dunning.DunningSaga;
import io.billingledger.saga.provisioning.ProvisioningSaga;
import io.billingledger.saga.renewal.RenewalSaga;
import java.util.List;
import org.axonframework.config.ConfigurerModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sagas: plain classes with a processing group, registered here instead of by stereotype. */
@Configuration(proxyBeanMethods = false)
class SagaWiring {

  /** One line for each. */
  private static final List<Class<?>> SAGAS =
      List.of(RenewalSaga.class, DunningSaga.class, ProvisioningSaga.class, CreditExpirySaga.class);

  /** A saga besides those listed here. */
  record Saga(Class<?> type) {}

  @Bean
  ConfigurerModule sagas(ObjectProvider<Saga> more) {
    return configurer -> {
      SAGAS.forEach(saga -> configurer.eventProcessing().registerSaga(saga));
      more.forEach(saga -> configurer.eventProcessing().registerSaga(saga.type()));
    };
  }
}
