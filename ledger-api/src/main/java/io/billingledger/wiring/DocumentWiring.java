package io.billingledger.wiring;

import io.billingledger.adapter.vault.KeptKey;
import io.billingledger.document.LinkSigner;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What signs links to documents. */
@Configuration(proxyBeanMethods = false)
class DocumentWiring {

  @Bean
  LinkSigner linkSigner(
      @Value("${ledger.documents.link-key:}") String key,
      @Value("${ledger.data-dir}") Path directory) {
    return new LinkSigner(
        KeptKey.of(
            key,
            "ledger.documents.link-key",
            directory.resolve("documents.key"),
            "with another one links to documents that were handed out before open nothing"));
  }
}
