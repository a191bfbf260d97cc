package io.billingledger.wiring;

import io.billingledger.api.error.ProblemFilter;
import io.billingledger.api.error.ProblemResolver;
import io.billingledger.api.error.ProblemValve;
import io.billingledger.api.error.QueryParameters;
import io.billingledger.api.error.UnwantedBodies;
import io.billingledger.api.idempotency.Answers;
import io.billingledger.api.idempotency.CommandArguments;
import io.billingledger.api.idempotency.IdempotencyFilter;
import io.billingledger.api.idempotency.Parts;
import io.billingledger.api.idempotency.PositionFilter;
import io.billingledger.api.idempotency.ReadFilter;
import io.billingledger.api.json.Json;
import io.billingledger.api.json.Texts;
import io.billingledger.api.paging.PagingArgument;
import io.billingledger.api.quota.Consumptions;
import io.billingledger.api.quota.QuickConsumptions;
import io.billingledger.api.security.Callers;
import io.billingledger.api.security.RoleCheck;
import io.billingledger.api.security.ScopeFilter;
import io.billingledger.document.Language;
import jakarta.servlet.Filter;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.AbstractGenericHttpMessageConverter;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The way of a request: problems (outermost), security, scope, position, then a transaction that
 * only reads or the unit of work of a change, then Spring MVC, where the role table is checked once
 * more and query parameters are held against what the controller declares.
 */
@Configuration(proxyBeanMethods = false)
class HttpWiring implements WebMvcConfigurer {
  /** Spring Boot's place for the security filters. */
  private static final int SECURITY = -100;

  private final Clock clock;

  HttpWiring(Clock clock) {
    this.clock = clock;
  }

  @Bean
  FilterRegistrationBean<ProblemFilter> problemFilter(SecureRandom random) {
    return at(Ordered.HIGHEST_PRECEDENCE + 10, new ProblemFilter(random));
  }

  @Bean
  FilterRegistrationBean<ScopeFilter> scopeFilter() {
    return at(SECURITY + 10, new ScopeFilter());
  }

  @Bean
  FilterRegistrationBean<PositionFilter> positionFilter(
      Positions positions, @Value("${ledger.http.position-wait:5s}") Duration atMost) {
    return at(SECURITY + 20, new PositionFilter(positions, atMost));
  }

  @Bean
  FilterRegistrationBean<ReadFilter> readFilter(
      PlatformTransactionManager transactions,
      @Value("${ledger.http.max-body:2MB}") DataSize maxBody) {
    return at(SECURITY + 25, new ReadFilter(transactions, Math.toIntExact(maxBody.toBytes())));
  }

  @Bean
  FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
      UnitsOfWork units,
      JdbcTemplate database,
      ScopedConnections scopedConnections,
      Consumptions consumptions,
      @Value("${ledger.http.max-body:2MB}") DataSize maxBody,
      @Value("${ledger.http.max-batch-body:16MB}") DataSize maxBatch) {
    return at(
        SECURITY + 30,
        new IdempotencyFilter(
            units,
            new Answers(database, scopedConnections),
            new QuickConsumptions(consumptions),
            clock,
            Math.toIntExact(maxBody.toBytes()),
            Math.toIntExact(maxBatch.toBytes())));
  }

  @Bean
  WebMvcRegistrations mappings() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new ShapedMappings();
      }
    };
  }

  @Bean
  Parts parts(UnitsOfWork units, JdbcTemplate database, ScopedConnections scopedConnections) {
    return new Parts(units, new Answers(database, scopedConnections), clock);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> noPagesFromTomcat() {
    return server ->
        server.addContextCustomizers(
            context -> {
              if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
              }
            });
  }

  /**
   * JSON is the only language, and ours; nothing else on the class path may add one. Events have
   * serializers of their own.
   */
  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters
        .withJsonConverter(new JacksonJsonHttpMessageConverter(Json.mapper()))
        .configureMessageConvertersList(
            list ->
                list.removeIf(
                    converter ->
                        converter instanceof SmartHttpMessageConverter
                                || converter instanceof AbstractGenericHttpMessageConverter
                            ? !(converter instanceof JacksonJsonHttpMessageConverter)
                            : converter instanceof FormHttpMessageConverter));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(new RoleCheck())
        .addPathPatterns("/api/**")
        .excludePathPatterns("/api/openapi.json/**");
    registry
        .addInterceptor(new QueryParameters())
        .addPathPatterns("/api/**")
        .excludePathPatterns("/api/openapi.json/**");
    registry
        .addInterceptor(new UnwantedBodies())
        .addPathPatterns("/api/**")
        .excludePathPatterns("/api/openapi.json/**");
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new Callers());
    resolvers.add(new PagingArgument());
    resolvers.add(new CommandArguments(clock));
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.addFirst(new ProblemResolver());
  }

  /** Query parameters read as values in bodies do. */
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, LocalDate.class, Texts::date);
    registry.addConverter(String.class, YearMonth.class, Texts::month);
    registry.addConverter(String.class, Instant.class, Texts::instant);
    registry.addConverter(String.class, BigDecimal.class, Texts::decimal);
    registry.addConverter(String.class, Language.class, Language::parse);
  }

  private static <F extends Filter> FilterRegistrationBean<F> at(int order, F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
