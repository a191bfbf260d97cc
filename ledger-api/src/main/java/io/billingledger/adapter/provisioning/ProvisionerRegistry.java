package io.billingledger.adapter.provisioning;

import io.billingledger.tenant.DeploymentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The provisioners of each deployment type, from the settings. What is wrong there is found when
 * the application starts, and it does not start.
 */
final class ProvisionerRegistry {
  private static final String SETTING = "ledger.provisioning.provisioners";

  private final Map<DeploymentType, List<TenantProvisioner>> byType;
  private final Map<String, TenantProvisioner> byCode;

  private ProvisionerRegistry(
      Map<DeploymentType, List<TenantProvisioner>> byType, Map<String, TenantProvisioner> byCode) {
    this.byType = byType;
    this.byCode = byCode;
  }

  /**
   * @param configured codes and class names by deployment type
   * @param beans the provisioners that the application has
   * @param maker makes one of a class that is not among them
   * @throws IllegalStateException with one sentence, when they do not fit
   */
  static ProvisionerRegistry of(
      Map<DeploymentType, List<String>> configured,
      Collection<TenantProvisioner> beans,
      Function<Class<? extends TenantProvisioner>, TenantProvisioner> maker) {
    List<TenantProvisioner> all = new ArrayList<>(beans);
    Map<Class<?>, TenantProvisioner> byClass = new HashMap<>();
    beans.forEach(bean -> byClass.put(bean.getClass(), bean));
    configured.values().stream()
        .flatMap(List::stream)
        .filter(ProvisionerRegistry::isClassName)
        .map(ProvisionerRegistry::implementing)
        .filter(type -> !byClass.containsKey(type))
        .distinct()
        .forEach(
            type -> {
              TenantProvisioner made = maker.apply(type);
              byClass.put(type, made);
              all.add(made);
            });
    Map<String, TenantProvisioner> byCode = byCode(all);

    Map<DeploymentType, List<TenantProvisioner>> byType = new EnumMap<>(DeploymentType.class);
    configured.forEach(
        (type, entries) -> {
          List<TenantProvisioner> inOrder = new ArrayList<>();
          for (String entry : entries) {
            TenantProvisioner provisioner =
                isClassName(entry) ? byClass.get(implementing(entry)) : known(entry, byCode);
            if (inOrder.contains(provisioner)) {
              throw new IllegalStateException(
                  "%s names the provisioner \"%s\" twice for %s."
                      .formatted(SETTING, provisioner.code(), type));
            }
            inOrder.add(provisioner);
          }
          byType.put(type, List.copyOf(inOrder));
        });
    return new ProvisionerRegistry(byType, byCode);
  }

  /** In their order; empty when the type is not supported. */
  Optional<List<TenantProvisioner>> of(DeploymentType type) {
    return Optional.ofNullable(byType.get(type));
  }

  Optional<TenantProvisioner> of(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  private static Map<String, TenantProvisioner> byCode(Collection<TenantProvisioner> provisioners) {
    Map<String, TenantProvisioner> byCode = new LinkedHashMap<>();
    for (TenantProvisioner provisioner : provisioners) {
      String name = provisioner.getClass().getName();
      String code = provisioner.code();
      if (code == null || code.isBlank()) {
        throw new IllegalStateException("The provisioner " + name + " has an empty code().");
      }
      TenantProvisioner other = byCode.put(code, provisioner);
      if (other != null) {
        throw new IllegalStateException(
            "The provisioners %s and %s have the same code() \"%s\"."
                .formatted(other.getClass().getName(), name, code));
      }
    }
    return Collections.unmodifiableMap(byCode);
  }

  private static TenantProvisioner known(String code, Map<String, TenantProvisioner> byCode) {
    TenantProvisioner provisioner = byCode.get(code);
    if (provisioner == null) {
      throw new IllegalStateException(
          "%s names the provisioner \"%s\", which does not exist; there are %s."
              .formatted(SETTING, code, new TreeSet<>(byCode.keySet())));
    }
    return provisioner;
  }

  private static boolean isClassName(String entry) {
    return entry.indexOf('.') >= 0;
  }

  private static Class<? extends TenantProvisioner> implementing(String name) {
    Class<?> type;
    try {
      type = Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "%s names the class %s, which does not exist.".formatted(SETTING, name));
    }
    if (!TenantProvisioner.class.isAssignableFrom(type)) {
      throw new IllegalStateException(
          "%s names the class %s, which does not implement TenantProvisioner."
              .formatted(SETTING, name));
    }
    return type.asSubclass(TenantProvisioner.class);
  }
}
