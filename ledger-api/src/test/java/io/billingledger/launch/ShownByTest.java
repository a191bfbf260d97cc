package io.billingledger.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents name as their proof is there: tests and their methods ({@code SomeTest.begin…}
 * is the only beginning of a method's name), other classes, documents, examples, packages and paths
 * are each found where they belong.
 */
class ShownByTest {
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern CLASS = Pattern.compile("([A-Z]\\w+)(?:\\.(\\w+)(…?))?");
  private static final Pattern IN_QUOTES_ALONE = Pattern.compile("([a-z]\\w+)(…?)");

  @ParameterizedTest
  @ValueSource(strings = {"docs/capabilities.md", "docs/decisions.md"})
  void everyProofExists(String document) throws IOException {
    Map<String, Path> classes = classes();
    List<String> rows =
        Files.readAllLines(Checkout.file(document)).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("|--"))
            .skip(1)
            .toList();
    assertThat(rows).hasSizeGreaterThan(20);
    for (String row : rows) {
      List<String> cells = Stream.of(row.split("\\|")).map(String::strip).toList();
      String proof = cells.getLast();
      if (proof.equals("Shown by")) {
        continue;
      }
      assertThat(proof).as("what shows " + cells.get(1)).isNotEmpty();
      Path last = null;
      for (String name : QUOTED.matcher(proof).results().map(found -> found.group(1)).toList()) {
        last = found(name, last, classes);
        assertThat(last).as("`%s`, which shows: %s", name, cells.get(1)).isNotNull();
      }
    }
  }

  /**
   * @param before the class named last in this row: a method may follow alone
   * @return null when there is nothing of this name
   */
  private static Path found(String name, Path before, Map<String, Path> classes)
      throws IOException {
    if (name.startsWith("docs/")) {
      return Files.exists(Checkout.file(name)) ? Checkout.file(name) : null;
    }
    var ofClass = CLASS.matcher(name);
    if (ofClass.matches()) {
      Path file = classes.get(ofClass.group(1));
      return file == null || ofClass.group(2) == null
          ? file
          : withMethod(file, ofClass.group(2), !ofClass.group(3).isEmpty());
    }
    Path example =
        Checkout.file("ledger-api/src/main/resources/openapi/examples/" + name + ".json");
    if (Files.exists(example)) {
      return example;
    }
    var alone = IN_QUOTES_ALONE.matcher(name);
    if (alone.matches() && before != null) {
      return withMethod(before, alone.group(1), !alone.group(2).isEmpty());
    }
    // A refusal's code.
    return Files.readString(Checkout.file("docs/errors.md")).contains("`" + name + "`")
        ? Checkout.file("docs/errors.md")
        : null;
  }

  /** One test or test factory of this name, or exactly one that begins so. */
  private static Path withMethod(Path file, String name, boolean begins) throws IOException {
    String declaration = "(?:void|DynamicTest>) " + name + (begins ? "\\w*\\(" : "\\(");
    long methods = Pattern.compile(declaration).matcher(Files.readString(file)).results().count();
    return methods == 1 ? file : null;
  }

  private static Map<String, Path> classes() throws IOException {
    Map<String, Path> classes = new TreeMap<>();
    for (String module : List.of("ledger-core", "sagas", "projections", "ledger-api")) {
      try (Stream<Path> files = Files.walk(Checkout.file(module).resolve("src"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
      }
    }
    return classes;
  }
}
