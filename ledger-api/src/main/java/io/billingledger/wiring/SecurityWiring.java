package io.billingledger.wiring;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.error.ProblemWriter;
import io.billingledger.api.error.Problems;
import io.billingledger.api.keys.ApiKeys;
import io.billingledger.api.keys.BootstrapKey;
import io.billingledger.api.security.Bearers;
import io.billingledger.api.security.RoleCheck;
import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.transaction.PlatformTransactionManager;

/** Who may come in: bearer tokens only, held against the role table; no sessions, no cookies. */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {

  @Bean
  ApiKeys apiKeys(
      JdbcClient database, PlatformTransactionManager transactions, SecureRandom random) {
    return new ApiKeys(database, transactions, random);
  }

  @Bean
  BootstrapKey bootstrapKey(
      ApiKeys keys,
      JdbcClient database,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${ledger.bootstrap-key:}") String setting) {
    return new BootstrapKey(keys, database, transactions, clock, setting, System.out);
  }

  /** The decoder is there when {@code spring.security.oauth2.resourceserver.jwt.*} is set. */
  @Bean
  AuthenticationManager authenticationManager(ApiKeys keys, ObjectProvider<JwtDecoder> decoder) {
    return new Bearers(keys::caller, Optional.ofNullable(decoder.getIfAvailable()));
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, AuthenticationManager bearers) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(
                        "/api/openapi.json",
                        "/api/openapi.json/**",
                        "/docs",
                        "/docs/**",
                        "/swagger-ui/**",
                        "/actuator/health",
                        "/actuator/health/**",
                        "/actuator/info")
                    .permitAll()
                    .anyRequest()
                    .access(new RoleCheck()))
        .oauth2ResourceServer(
            tokens ->
                tokens
                    .authenticationManagerResolver(_ -> bearers)
                    .authenticationEntryPoint(whoIsThere())
                    .accessDeniedHandler(notAllowed()))
        .exceptionHandling(
            problems ->
                problems.authenticationEntryPoint(whoIsThere()).accessDeniedHandler(notAllowed()))
        .build();
  }

  /** A timer around each of a dozen filters costs more than the filters. */
  @Bean
  SecurityObservationSettings noTimersInTheFilterChain() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  RequestRejectedHandler impossiblePath() {
    return (request, response, rejected) ->
        ProblemWriter.write(
            request,
            response,
            new ProblemException(
                HttpStatus.BAD_REQUEST,
                "request.malformed",
                "The request's line or headers have something that is never accepted."));
  }

  private static AuthenticationEntryPoint whoIsThere() {
    BearerTokenAuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
    return (request, response, refused) -> {
      challenge.commence(request, response, refused);
      ProblemWriter.write(
          request,
          response,
          new ProblemException(
              HttpStatus.UNAUTHORIZED,
              request.getHeader("Authorization") == null
                  ? "authentication.required"
                  : "authentication.invalid",
              request.getHeader("Authorization") == null
                  ? "The header Authorization: Bearer <API key or JWT> is missing."
                  : "The token in the header Authorization is not valid."));
    };
  }

  private static AccessDeniedHandler notAllowed() {
    return (request, response, refused) ->
        ProblemWriter.write(
            request,
            response,
            Problems.of(refused).orElseThrow(() -> new IllegalStateException(refused)));
  }
}
