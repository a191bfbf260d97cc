package io.billingledger;

import io.billingledger.api.ApiClient;
import io.billingledger.wiring.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole application on a random port, with a database of its own on the one
 * PostgreSQL of this process. Classes with this annotation and nothing else share one running
 * application, so they make their own tenants and look only at those.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.processors.attempts=2",
      "ledger.usage.seal-every=0s",
      "ledger.usage.rebill-every=0s",
      "ledger.invoices.consolidate-every=0s",
      "ledger.revenue.every=0s",
      "ledger.reconciliation.every=0s"
    })
@ContextConfiguration(initializers = TestDatabase.class)
public @interface LedgerTest {}
