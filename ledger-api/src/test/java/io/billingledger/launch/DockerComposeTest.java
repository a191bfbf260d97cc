package io.billingledger.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The compose file names images, ports and settings that exist. */
class DockerComposeTest {
  private static Map<String, Object> compose;

  @BeforeAll
  static void parse() throws IOException {
    try (Reader file = Files.newBufferedReader(Checkout.file("docker-compose.yml"))) {
      compose = new Yaml().load(file);
    }
  }

  @Test
  void hasPostgresAxonServerAndTheLedger() {
    assertThat(map(compose, "services")).containsOnlyKeys("postgres", "axonserver", "ledger");
    assertThat(service("postgres").get("image")).asString().startsWith("postgres:18");
    assertThat(service("axonserver").get("image"))
        .asString()
        .startsWith("axoniq/axonserver:")
        .doesNotContain("latest", "enterprise");
    assertThat(map(service("ledger"), "build").get("dockerfile_inline"))
        .asString()
        .contains(
            "eclipse-temurin-25 AS build",
            "FROM eclipse-temurin:25",
            "USER ledger",
            "-XX:+UseParallelGC");
  }

  @Test
  void publishesItsPortsToThisMachineOnly() {
    assertThat(service("postgres").get("ports")).isEqualTo(List.of("127.0.0.1:5432:5432"));
    assertThat(service("axonserver").get("ports"))
        .isEqualTo(List.of("127.0.0.1:8024:8024", "127.0.0.1:8124:8124"));
    assertThat(service("ledger").get("ports")).isEqualTo(List.of("127.0.0.1:8080:8080"));
  }

  @Test
  void axonServerHasAnOrdinaryContext() {
    assertThat(environment("axonserver"))
        .containsEntry("AXONIQ_AXONSERVER_STANDALONE", "true")
        .allSatisfy((name, value) -> assertThat(name).doesNotContainIgnoringCase("dcb"));
    assertThat(environment("ledger"))
        .containsEntry("AXON_AXONSERVER_SERVERS", "axonserver:8124")
        .containsKey("AXON_AXONSERVER_ENABLED");
  }

  @Test
  void everySettingOfTheLedgerIsOneThatItHas() {
    Set<String> known = new TreeSet<>(Settings.variables(Settings.ledger()));
    known.addAll(Settings.variables(Settings.frameworks()));
    assertThat(environment("ledger").keySet()).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void theApplicationsRoleIsNeitherOwnerNorSuperuser() {
    Map<String, Object> ledger = environment("ledger");
    String script = map(map(compose, "configs"), "roles").get("content").toString();
    assertThat(ledger.get("SPRING_DATASOURCE_USERNAME"))
        .isEqualTo("ledger_app")
        .isNotEqualTo(ledger.get("SPRING_FLYWAY_USER"));
    for (String setting :
        List.of(
            "SPRING_DATASOURCE_USERNAME", "SPRING_FLYWAY_USER", "LEDGER_PROVISIONER_USERNAME")) {
      assertThat(script)
          .contains("CREATE ROLE " + ledger.get(setting) + " LOGIN NOSUPERUSER NOBYPASSRLS");
    }
    assertThat(script).contains("CREATE DATABASE ledger OWNER ledger_owner;");
    assertThat(ledger.get("SPRING_DATASOURCE_URL").toString()).endsWith("postgres:5432/ledger");
    assertThat(Pattern.compile("(?<!\\$)\\$(?!\\$)").matcher(script).find())
        .as("a single $ would be Compose's")
        .isFalse();
  }

  @Test
  void passwordsOfTheRolesAndOfTheLedgerAreTheSame() {
    Map<String, Object> postgres = environment("postgres");
    Map<String, Object> ledger = environment("ledger");
    assertThat(ledger)
        .containsEntry("SPRING_DATASOURCE_PASSWORD", postgres.get("APP_PASSWORD"))
        .containsEntry("SPRING_FLYWAY_PASSWORD", postgres.get("OWNER_PASSWORD"))
        .containsEntry("LEDGER_PROVISIONER_PASSWORD", postgres.get("PROVISIONER_PASSWORD"));
  }

  @Test
  void everythingIsCheckedAndKept() {
    Set<String> declared = map(compose, "volumes").keySet();
    List<String> used = new ArrayList<>();
    for (String name : map(compose, "services").keySet()) {
      assertThat(map(service(name), "healthcheck")).as(name).containsKeys("test", "interval");
      for (Object volume : (List<?>) service(name).get("volumes")) {
        used.add(volume.toString().split(":")[0]);
      }
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(declared);
    assertThat(service("postgres").get("volumes"))
        .isEqualTo(List.of("postgres:/var/lib/postgresql"));
    assertThat(environment("ledger")).containsEntry("LEDGER_DATA_DIR", "/data");
    assertThat(service("ledger").get("volumes")).isEqualTo(List.of("ledger:/data"));
    assertThat(map(map(service("ledger"), "depends_on"), "postgres"))
        .containsEntry("condition", "service_healthy");
  }

  @Test
  void theImageIsBuiltFromFoldersThatExist() {
    String dockerfile = map(service("ledger"), "build").get("dockerfile_inline").toString();
    List<String> copied =
        Pattern.compile("(?m)^COPY ([^-\\s]\\S*) ")
            .matcher(dockerfile)
            .results()
            .map(copy -> copy.group(1))
            .toList();
    assertThat(copied)
        .contains("pom.xml", "ledger-core", "sagas", "projections", "ledger-api")
        .allSatisfy(name -> assertThat(Checkout.file(name)).exists());
  }

  private static Map<String, Object> service(String name) {
    return map(map(compose, "services"), name);
  }

  private static Map<String, Object> environment(String service) {
    return map(service(service), "environment");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> of, String name) {
    assertThat(of).containsKey(name);
    return (Map<String, Object>) of.get(name);
  }
}
