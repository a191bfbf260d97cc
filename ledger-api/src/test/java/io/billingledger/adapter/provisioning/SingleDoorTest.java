package io.billingledger.adapter.provisioning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Every provisioning goes through the orchestrator (G03), and its work through the worker. */
class SingleDoorTest {

  @Test
  void nobodyElseCallsAProvisioner() {
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.billingledger");
    noClasses()
        .that()
        .areNotAssignableTo(TenantProvisioningOrchestrator.class)
        .should()
        .callMethod(TenantProvisioner.class, "perform", ProvisioningTask.class)
        .check(classes);
    noClasses()
        .that()
        .areNotAssignableTo(ProvisioningWorker.class)
        .should()
        .callMethod(
            TenantProvisioningOrchestrator.class, "perform", ProvisioningTask.class, Runnable.class)
        .check(classes);
  }
}
