package io.billingledger;

import io.billingledger.demo.Demo;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The ledger as one Spring Boot application: HTTP interface, wiring and adapters. */
@SpringBootApplication
public class LedgerApplication {
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(LedgerApplication.class);
    if (Demo.wanted(arguments)) {
      Demo.prepare(application);
    }
    application.run(arguments);
  }
}
