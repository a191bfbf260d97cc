package io.billingledger.wiring;

import io.billingledger.adapter.files.LocalProofFiles;
import io.billingledger.proof.ProofFiles;
import io.billingledger.proof.ProofIntake;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Where proof files are kept, and what is taken in. */
@Configuration(proxyBeanMethods = false)
class ProofWiring {

  @Bean
  ProofFiles proofFiles(@Value("${ledger.files-dir:${ledger.data-dir}/files}") Path directory) {
    return new LocalProofFiles(directory);
  }

  @Bean
  ProofIntake proofIntake(
      ProofFiles files, @Value("${ledger.proofs.max-size:5MB}") DataSize limit) {
    return new ProofIntake(files, Math.toIntExact(limit.toBytes()));
  }
}
