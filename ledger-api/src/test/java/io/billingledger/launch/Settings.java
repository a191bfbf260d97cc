package io.billingledger.launch;

import io.billingledger.LedgerApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which settings the application really has, gathered from where they are read. */
final class Settings {
  private static final Pattern READ = Pattern.compile("\\$\\{(ledger\\.[a-z0-9.-]+)");
  private static final Pattern CONDITION =
      Pattern.compile("name\\s*=\\s*\"(ledger\\.[a-z0-9.-]+)\"");

  private Settings() {}

  /** The ledger's own. */
  static Set<String> ledger() {
    Set<String> names = new TreeSet<>();
    try (var sources = Files.walk(Checkout.file("ledger-api/src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        String text = Files.readString(source);
        Stream.of(READ, CONDITION)
            .flatMap(pattern -> pattern.matcher(text).results())
            .forEach(found -> names.add(found.group(1)));
      }
      try (InputStream in = LedgerApplication.class.getResourceAsStream("/application.yml")) {
        for (Object document : new Yaml().loadAll(in)) {
          flatten("", document, names);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    for (var found : scanner.findCandidateComponents("io.billingledger")) {
      Class<?> type = type(found.getBeanClassName());
      bind(AnnotationUtils.getAnnotation(type, ConfigurationProperties.class).value(), type, names);
    }
    names.removeIf(name -> !name.startsWith("ledger."));
    return names;
  }

  /** Those of Spring Boot and of Axon. */
  static Set<String> frameworks() {
    Set<String> names = new TreeSet<>();
    try {
      for (URL metadata :
          Collections.list(
              Settings.class
                  .getClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))) {
        try (InputStream in = metadata.openStream()) {
          for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
            names.add(property.path("name").asString());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bean(
        "axon.axonserver", "org.axonframework.axonserver.connector.AxonServerConfiguration", names);
    return names;
  }

  /** As an environment variable names it. */
  static String variable(String name) {
    return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  static Set<String> variables(Set<String> names) {
    return names.stream().map(Settings::variable).collect(Collectors.toSet());
  }

  private static void bind(String prefix, Class<?> type, Set<String> names) {
    if (!type.isRecord()) {
      bean(prefix, type.getName(), names);
      return;
    }
    for (var component : type.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      names.add(name);
      if (component.getType().isRecord()) {
        bind(name, component.getType(), names);
      }
    }
  }

  private static void bean(String prefix, String type, Set<String> names) {
    for (var property : BeanUtils.getPropertyDescriptors(type(type))) {
      names.add(prefix + "." + kebab(property.getName()));
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static void flatten(String prefix, Object node, Set<String> names) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> flatten(prefix.isEmpty() ? key + "" : prefix + "." + key, value, names));
    } else {
      names.add(prefix);
    }
  }
}
