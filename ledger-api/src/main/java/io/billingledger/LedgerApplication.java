package io.billingledger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The ledger as one Spring Boot application: HTTP interface, wiring and adapters. */
@SpringBootApplication
public class LedgerApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(LedgerApplication.class, arguments);
  }
}
