package io.billingledger.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.Rejection;
import io.billingledger.saga.SagaGroups;
import io.billingledger.serialization.EventTypes;
import io.billingledger.view.ViewGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.config.ProcessingGroup;
import org.junit.jupiter.api.Test;

/** The rules of the design that a compiler does not see. */
class ArchitectureTest {
  private static final String ROOT = "io.billingledger.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.billingledger");

  /** The features of ledger-core from left to right; each may use those left of it. */
  private static final List<Set<String>> ORDER =
      List.of(
          Set.of("kernel"),
          Set.of("money"),
          Set.of("time"),
          Set.of("tenant", "catalog", "seller"),
          Set.of("subscription"),
          Set.of("entitlement"),
          Set.of("usage"),
          Set.of("rating"),
          Set.of("tax", "credit"),
          Set.of("invoice"),
          Set.of("bank", "revenue", "reconciliation"),
          Set.of("payment"),
          Set.of("provisioning", "collections"),
          Set.of("journal", "audit"),
          Set.of("serialization"));

  private static final String[] CORE =
      ORDER.stream()
          .flatMap(Set::stream)
          .map(feature -> ROOT + feature + "..")
          .toArray(String[]::new);

  @Test
  void theCoreKnowsNoFrameworkOfTheOutside() {
    noClasses()
        .that(resideInAnyPackage(CORE))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.springframework..",
                "jakarta..",
                "javax.sql..",
                "java.sql..",
                "java.net.http..",
                "org.hibernate.."))
        .check(CLASSES);
  }

  @Test
  void onlyShellsAndSerializationTouchAxon() {
    noClasses()
        .that(
            resideInAnyPackage(CORE)
                .and(DescribedPredicate.not(resideInAPackage(ROOT + "serialization..")))
                .and(
                    DescribedPredicate.describe(
                        "are no shells", (JavaClass type) -> !isShell(type))))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.axonframework..")
                .and(
                    DescribedPredicate.describe(
                        "are no annotations", (JavaClass type) -> !type.isAnnotation())))
        .check(CLASSES);
  }

  @Test
  void onlySerializationKnowsJson() {
    noClasses()
        .that(
            resideInAnyPackage(CORE)
                .and(DescribedPredicate.not(resideInAPackage(ROOT + "serialization.."))))
        .should()
        .dependOnClassesThat(resideInAnyPackage("tools.jackson..", "com.fasterxml.."))
        .check(CLASSES);
  }

  @Test
  void featuresDependOnlyLeftwards() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      int own = place(type);
      if (own >= 0) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> place(target) > own || sameColumnOtherFeature(type, target))
            .forEach(target -> wrong.add(type.getName() + " → " + target.getName()));
      }
    }
    assertThat(new TreeSet<>(wrong)).isEmpty();
  }

  @Test
  void fromAnotherFeatureOnlyIdsValuesAndEventsAreUsed() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (place(type) >= 0) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> place(target) >= 0)
            .filter(target -> !feature(target).equals(feature(type)))
            .filter(target -> isShellOrState(target))
            .forEach(target -> wrong.add(type.getName() + " → " + target.getName()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void sagasAndProjectionsDoNotSeeEachOtherNorTheApi() {
    noClasses()
        .that(resideInAPackage(ROOT + "saga.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage(ROOT + "view..", ROOT + "api..", ROOT + "wiring.."))
        .check(CLASSES);
    noClasses()
        .that(resideInAPackage(ROOT + "view.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage(ROOT + "saga..", ROOT + "api..", ROOT + "wiring.."))
        .check(CLASSES);
  }

  @Test
  void viewsNeverSendCommands() {
    noClasses()
        .that(resideInAPackage(ROOT + "view.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.axonframework.commandhandling..")
                .or(
                    DescribedPredicate.describe(
                        "is Commands",
                        (JavaClass type) -> type.getName().equals(ROOT + "kernel.Commands"))))
        .check(CLASSES);
  }

  @Test
  void decisionsSagasAndViewsReadNoClockAndDrawNoRandom() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      boolean decides =
          place(type) >= 0
              || type.getPackageName().startsWith(ROOT + "saga")
              || type.getPackageName().startsWith(ROOT + "view");
      if (decides && !type.getName().equals(ROOT + "kernel.Ids")) {
        type.getAccessesFromSelf().stream()
            .filter(ArchitectureTest::isClockOrChance)
            .forEach(access -> wrong.add(access.getDescription()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theCoreHasNoBinaryFloatingPoint() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (place(type) >= 0) {
        type.getFields().stream()
            .filter(field -> isFloat(field.getRawType()))
            .forEach(field -> wrong.add(field.getFullName()));
        type.getMethods().stream()
            .filter(
                method ->
                    isFloat(method.getRawReturnType())
                        || method.getRawParameterTypes().stream()
                            .anyMatch(ArchitectureTest::isFloat))
            .forEach(method -> wrong.add(method.getFullName()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyEventIsAnImmutableRecordWithANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    for (JavaClass type : CLASSES) {
      if (type.isAssignableTo(LedgerEvent.class) && !type.isInterface()) {
        assertThat(type.isRecord()).as(type.getName()).isTrue();
        String name = type.getAnnotationOfType(EventType.class).name();
        assertThat(names.add(name)).as("only one " + name).isTrue();
        assertThat(name).matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");
        assertThat(EventTypes.byName()).as("known to the serializer").containsKey(name);
      }
    }
    assertThat(names).hasSameSizeAs(EventTypes.byName().keySet());
  }

  @Test
  void everyRefusalHasACodeOfItsOwn() throws Exception {
    Map<String, String> holders = new HashMap<>();
    Pattern code = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");
    for (JavaClass type : CLASSES) {
      if (type.isAssignableTo(Rejection.class)
          && !type.isInterface()
          && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
        assertThat(type.isRecord()).as(type.getName()).isTrue();
        Rejection sample = Refusals.sample(type.reflect());
        Matcher matcher = code.matcher(sample.code());
        assertThat(matcher.matches()).as(type.getName() + ": " + sample.code()).isTrue();
        assertThat(sample.kind()).isNotNull();
        assertThat(sample.detail()).isNotBlank();
        assertThat(holders.put(sample.code(), type.getName())).as(sample.code()).isNull();
      }
    }
    assertThat(holders).hasSizeGreaterThan(40);
  }

  @Test
  void everyProcessingGroupIsAConstant() {
    List<String> known = new ArrayList<>(ViewGroups.ALL);
    known.addAll(SagaGroups.ALL);
    Set<String> used = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      type.tryGetAnnotationOfType(ProcessingGroup.class)
          .ifPresent(group -> used.add(group.value()));
    }
    assertThat(known).containsAll(used);
    assertThat(used).as("no constant without a processor").containsAll(known);
  }

  private static boolean isClockOrChance(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return name.equals("now") && owner.startsWith("java.time.")
        || owner.equals("java.time.Clock") && name.startsWith("system")
        || owner.equals("java.util.UUID") && name.equals("randomUUID")
        || owner.equals("java.lang.System")
            && (name.equals("currentTimeMillis") || name.equals("nanoTime"))
        || owner.equals("java.lang.Math") && name.equals("random")
        || owner.startsWith("java.util.Random")
        || owner.startsWith("java.security.SecureRandom");
  }

  private static boolean isFloat(JavaClass type) {
    return Set.of("double", "float", "java.lang.Double", "java.lang.Float")
        .contains(type.getName());
  }

  /** A shell has the name of its feature's aggregate and handles commands. */
  private static boolean isShell(JavaClass type) {
    return type.getName().equals(ROOT + "kernel.Applied")
        || type.getMethods().stream()
            .anyMatch(
                method ->
                    method.isAnnotatedWith("org.axonframework.commandhandling.CommandHandler"));
  }

  private static boolean isShellOrState(JavaClass type) {
    String name = type.getName();
    return isShell(type) && !name.endsWith(".Applied")
        || name.matches(".*State(\\$.*)?")
        || name.endsWith("Decider");
  }

  private static boolean sameColumnOtherFeature(JavaClass type, JavaClass target) {
    return place(target) == place(type) && !feature(target).equals(feature(type));
  }

  private static int place(JavaClass type) {
    String feature = feature(type);
    for (int i = 0; i < ORDER.size(); i++) {
      if (ORDER.get(i).contains(feature)) {
        return i;
      }
    }
    return -1;
  }

  private static String feature(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : "";
  }
}
