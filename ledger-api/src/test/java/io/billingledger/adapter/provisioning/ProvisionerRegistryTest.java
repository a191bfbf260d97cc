package io.billingledger.adapter.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.Rejected;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.tenant.DeploymentType;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The guardrails (G06): what does not fit is said in one sentence, and nothing starts. */
class ProvisionerRegistryTest {
  private static final String HERE = ProvisionerRegistryTest.class.getName() + "$";

  @Test
  void findsBeansByCodeAndMakesNamedClasses() {
    ProvisionerRegistry registry =
        registry(List.of("one", HERE + "Made"), new Named("one"), new Named("two"));
    assertThat(registry.of(DeploymentType.SHARED).orElseThrow())
        .extracting(TenantProvisioner::code)
        .containsExactly("one", "made");
    assertThat(registry.of("two")).isPresent();
    assertThat(registry.of(DeploymentType.CONTAINER_PER_TENANT)).isEmpty();
  }

  @Test
  void refusesAClassThatIsNoProvisioner() {
    refuses(
        List.of("java.lang.String"),
        "ledger.provisioning.provisioners names the class java.lang.String, which does not"
            + " implement TenantProvisioner.");
  }

  @Test
  void refusesAClassThatDoesNotExist() {
    refuses(
        List.of("io.example.Nothing"),
        "ledger.provisioning.provisioners names the class io.example.Nothing, which does not"
            + " exist.");
  }

  @Test
  void refusesAnEmptyCode() {
    refuses(
        List.of("one"),
        "The provisioner " + HERE + "Named has an empty code().",
        new Named("one"),
        new Named(" "));
    refuses(
        List.of(HERE + "Made"),
        "The provisioner " + HERE + "Named has an empty code().",
        new Named(null));
  }

  @Test
  void refusesACodeThatTwoHave() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> registry(List.of(HERE + "Made"), new Named("made")))
        .withMessageMatching("The provisioners \\S+ and \\S+ have the same code\\(\\) \"made\"\\.");
  }

  @Test
  void refusesACodeThatNobodyHas() {
    refuses(
        List.of("onee"),
        "ledger.provisioning.provisioners names the provisioner \"onee\", which does not exist;"
            + " there are [one].",
        new Named("one"));
  }

  @Test
  void refusesOneThatIsNamedTwice() {
    refuses(
        List.of("one", "one"),
        "ledger.provisioning.provisioners names the provisioner \"one\" twice for SHARED.",
        new Named("one"));
  }

  @Test
  void theApplicationDoesNotStart() {
    new ApplicationContextRunner()
        .withUserConfiguration(OnlyTheOrchestrator.class)
        .withPropertyValues("ledger.provisioning.provisioners.shared=java.lang.String")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("does not implement TenantProvisioner"));
    new ApplicationContextRunner()
        .withUserConfiguration(OnlyTheOrchestrator.class)
        .withPropertyValues("ledger.provisioning.provisioners.database-per-tenant=shared-workspace")
        .run(
            context -> {
              TenantProvisioningOrchestrator door =
                  context.getBean(TenantProvisioningOrchestrator.class);
              assertThat(door.steps(DeploymentType.DATABASE_PER_TENANT, ProvisioningAction.CREATE))
                  .containsExactly("shared-workspace");
              assertThat(door.retention()).isEqualTo(Duration.ofDays(90));
              assertThatThrownBy(() -> door.requireSupported(DeploymentType.SHARED))
                  .isInstanceOfSatisfying(
                      Rejected.class,
                      refused ->
                          assertThat(refused.rejection().code())
                              .isEqualTo("provisioning.deployment-unsupported"));
            });
  }

  @Test
  void stepsOfAnActionInTheirOrderAndBackwardsWhenClosing() {
    TenantProvisioningOrchestrator door =
        new TenantProvisioningOrchestrator(
            registry(List.of("one", HERE + "Made"), new Named("one")), settings());
    assertThat(door.steps(DeploymentType.SHARED, ProvisioningAction.CREATE))
        .containsExactly("one", "made");
    assertThat(door.steps(DeploymentType.SHARED, ProvisioningAction.TERMINATE))
        .containsExactly("made", "one");
    assertThat(door.steps(DeploymentType.SHARED, ProvisioningAction.SUSPEND))
        .containsExactly("one");
  }

  static ProvisioningSettings settings() {
    return new ProvisioningSettings(
        Map.of(),
        3,
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        Duration.ofMillis(300),
        90,
        1,
        "http://localhost/#");
  }

  static ProvisionerRegistry registry(List<String> shared, TenantProvisioner... beans) {
    return ProvisionerRegistry.of(
        Map.of(DeploymentType.SHARED, shared),
        Arrays.asList(beans),
        type -> {
          try {
            return type.getDeclaredConstructor().newInstance();
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void refuses(
      List<String> configured, String sentence, TenantProvisioner... beans) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> registry(configured, beans))
        .withMessage(sentence);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ProvisioningSettings.class)
  @Import(SharedWorkspace.class)
  static class OnlyTheOrchestrator {
    @org.springframework.context.annotation.Bean
    TenantProvisioningOrchestrator orchestrator(
        ProvisioningSettings settings,
        org.springframework.beans.factory.ObjectProvider<TenantProvisioner> provisioners,
        org.springframework.beans.factory.config.AutowireCapableBeanFactory beans) {
      return new ProvisioningWiring().tenantProvisioningOrchestrator(settings, provisioners, beans);
    }
  }

  static class Named implements TenantProvisioner {
    private final String code;

    Named(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public Set<ProvisioningAction> actions() {
      return EnumSet.allOf(ProvisioningAction.class);
    }

    @Override
    public ProvisioningResult perform(ProvisioningTask task) {
      return ProvisioningResult.done("named");
    }
  }

  static final class Made implements TenantProvisioner {
    @Override
    public String code() {
      return "made";
    }

    @Override
    public Set<ProvisioningAction> actions() {
      return EnumSet.of(ProvisioningAction.CREATE, ProvisioningAction.TERMINATE);
    }

    @Override
    public ProvisioningResult perform(ProvisioningTask task) {
      return ProvisioningResult.done("made");
    }
  }
}
