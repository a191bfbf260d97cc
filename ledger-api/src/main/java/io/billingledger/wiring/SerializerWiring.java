package io.billingledger.wiring;

import io.billingledger.serialization.EventSerializer;
import io.billingledger.serialization.LedgerJson;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** How events, and Axon's own records (tokens, sagas), become JSON. */
@Configuration(proxyBeanMethods = false)
class SerializerWiring {

  /** For tokens, sagas, deadlines and messages. */
  @Bean
  @Primary
  Serializer serializer(Jackson3SerializerCustomizer customizer) {
    return Jackson3Serializer.builder().jsonMapperBuilderCustomizer(customizer).build();
  }

  @Bean
  @Qualifier("eventSerializer")
  Serializer eventSerializer(Jackson3SerializerCustomizer customizer) {
    return new EventSerializer(
        Jackson3Serializer.builder().jsonMapperBuilderCustomizer(customizer).build());
  }

  @Bean
  @Qualifier("messageSerializer")
  Serializer messageSerializer(Serializer serializer) {
    return serializer;
  }

  /**
   * A replay keeps tokens within a token, which names their classes; without these two a replay
   * sticks for ever (Axon 4.13.0 with Jackson 3).
   */
  @Bean
  Jackson3SerializerCustomizer ledgerJson() {
    return mapper -> {
      LedgerJson.configure(mapper);
      mapper.polymorphicTypeValidator(
          BasicPolymorphicTypeValidator.builder()
              .allowIfSubType("org.axonframework.")
              .allowIfSubType("java.util.")
              .build());
    };
  }
}
