package io.billingledger.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents call a setting is one. */
class ConfigurationDocumentTest {
  private static final Pattern NAME =
      Pattern.compile("`((?:ledger|spring|axon|server)\\.[a-z0-9-]+(?:\\.[a-z0-9-]+)*)`");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/configuration.md"})
  void namesOnlySettingsThatExist(String document) throws IOException {
    Set<String> named =
        NAME.matcher(Files.readString(Checkout.file(document)))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = Settings.ledger();
    known.addAll(Settings.frameworks());
    assertThat(named).hasSizeGreaterThan(5).isSubsetOf(known);
  }
}
