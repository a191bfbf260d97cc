package io.billingledger.wiring;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.openapi.Conventions;
import io.billingledger.api.openapi.EdgeSchemas;
import io.billingledger.api.openapi.ShownExamples;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The document of the interface. */
@Configuration(proxyBeanMethods = false)
class OpenApiWiring {
  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(
            Caller.class, CommandKey.class, ExpectedVersion.class, Paging.class);
  }

  @Bean
  OpenAPI ledgerDocument() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Billing ledger")
                .version("1")
                .description(
                    "Every number on every invoice can be re-derived from a log that nobody can"
                        + " silently change."))
        .components(
            new Components()
                .addSecuritySchemes(
                    "bearer",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An API key of the ledger (blk_…) or a JWT")))
        .addSecurityItem(new SecurityRequirement().addList("bearer"));
  }

  /** Springdoc's own mapper is another generation of Jackson; it names fields as ours does. */
  @Bean
  ModelResolver snakeCaseNames(ObjectMapperProvider springdoc) {
    return new ModelResolver(
        springdoc
            .jsonMapper()
            .copy()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }

  /** After the resolver: springdoc asks the last one first. */
  @Bean
  EdgeSchemas edgeSchemas() {
    return new EdgeSchemas();
  }

  @Bean
  @Order(2)
  Conventions documentConventions() {
    return new Conventions();
  }

  @Bean
  @Order(1)
  ShownExamples shownExamples() {
    return new ShownExamples();
  }
}
