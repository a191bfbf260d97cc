package io.billingledger.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code ./ledger} on machines that lack things, with stand-ins for JDK and Maven. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "sed",
          "ls",
          "head",
          "find",
          "dirname",
          "basename",
          "readlink",
          "mkdir",
          "rm",
          "touch");

  @TempDir Path machine;
  private Path project;
  private Path path;
  private Path jdks;
  private final Map<String, String> environment = new HashMap<>();

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void aMachineWithNothing() throws IOException {
    project = Files.createDirectories(machine.resolve("my projects/the ledger"));
    Files.copy(Checkout.file("ledger"), project.resolve("ledger"));
    executable(project.resolve("ledger"));
    for (String module : List.of("ledger-core", "sagas", "projections", "ledger-api")) {
      Path source = Files.createDirectories(project.resolve(module + "/src/main/java"));
      aged(Files.writeString(source.resolve("A.java"), "class A {}"));
      aged(Files.writeString(project.resolve(module + "/pom.xml"), "<project/>"));
      for (Path folder = source; !folder.equals(project); folder = folder.getParent()) {
        aged(folder);
      }
    }
    aged(Files.writeString(project.resolve("pom.xml"), "<project/>"));
    path = Files.createDirectories(machine.resolve("bin"));
    for (String tool : TOOLS) {
      script(path.resolve(tool), "exec " + find(tool) + " \"$@\"");
    }
    jdks = Files.createDirectories(machine.resolve("the jdks"));
    environment.put("PATH", path.toString());
    environment.put("HOME", machine.toString());
    environment.put("LEDGER_JDK_FOLDERS", jdks.toString());
  }

  @Test
  void saysThatAJdkIsMissing() throws Exception {
    maven();
    for (String command : List.of("run", "demo", "test", "format")) {
      Outcome outcome = ledger(command);
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .startsWith("The ledger needs a JDK 25 or newer, and none was found: install one");
    }
  }

  @Test
  void namesTheNewestJdkThatIsTooOld() throws Exception {
    maven();
    jdk("eight", "1.8.0_452");
    Path seventeen = jdk("seventeen", "17.0.15");
    environment.put("JAVA_HOME", jdk("eleven", "11.0.2").toString());

    Outcome outcome = ledger("run");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith(
            "The ledger needs a JDK 25 or newer, but the newest found is JDK 17 (" + seventeen);
  }

  @Test
  void aRuntimeWithoutACompilerIsNotEnough() throws Exception {
    Path runtime = jdk("runtime", "25.0.1");
    Files.delete(runtime.resolve("bin/javac"));

    Outcome outcome = ledger("run");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains(runtime + " is only a runtime without a compiler");
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    jdk("temurin", "25.0.3");
    for (String command : List.of("run", "test", "format")) {
      Outcome outcome = ledger(command);
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .startsWith("The ledger needs Maven 3.8 or newer to build, and no mvn was found on PATH");
    }
  }

  @Test
  void javaHomeWinsOverPathAndPathOverFolders() throws Exception {
    Path folder = jdk("a", "25.0.3");
    Path onPath = jdk(machine.resolve("on path"), "26");
    Path named = jdk(machine.resolve("named"), "25");
    appIsBuilt();

    assertThat(ledger("run").out()).contains("java of " + folder + "\n");
    Files.createSymbolicLink(path.resolve("java"), onPath.resolve("bin/java"));
    assertThat(ledger("run").out()).contains("java of " + onPath + "\n");
    environment.put("JAVA_HOME", named.toString());
    assertThat(ledger("run").out()).contains("java of " + named + "\n");
  }

  @Test
  void aTooOldJavaHomeDoesNotHideANewJdk() throws Exception {
    environment.put("JAVA_HOME", jdk(machine.resolve("old"), "17.0.15").toString());
    Path mac = jdk(jdks.resolve("zulu-25.jdk/Contents/Home"), "25.0.2");
    appIsBuilt();

    assertThat(ledger("run").out()).contains("java of " + mac + "\n");
  }

  @Test
  @DisplayName("run builds on the JDK it found, then starts the jar with the arguments as given")
  void buildsAndStarts() throws Exception {
    Path jdk = jdk("temurin", "25.0.3");
    maven();
    environment.put("LEDGER_JAVA_OPTS", "-Xmx3g -Dx=y");

    Outcome outcome = ledger("run", "demo", "--spring.application.name=two words", "*");

    assertThat(outcome.err()).startsWith("Building the ledger");
    assertThat(outcome.out().lines())
        .startsWith("mvn on " + jdk)
        .containsSubsequence("package", "-pl", "ledger-api", "-am", "java of " + jdk)
        .containsSubsequence("-XX:+UseParallelGC", "-Xmx3g", "-Dx=y", "-jar")
        .endsWith(
            "ledger-api/target/ledger-api-0.1.0-SNAPSHOT-app.jar",
            "demo",
            "--spring.application.name=two words",
            "*");
    assertThat(outcome.status()).isEqualTo(7);
  }

  @Test
  void demoIsRunDemo() throws Exception {
    jdk("temurin", "25.0.3");
    appIsBuilt();

    assertThat(ledger("demo", "--server.port=0").out())
        .endsWith("-app.jar\ndemo\n--server.port=0\n")
        .isEqualTo(ledger("run", "demo", "--server.port=0").out());
  }

  @Test
  void buildsOnlyWhenASourceIsNewerThanTheJar() throws Exception {
    jdk("temurin", "25.0.3");
    appIsBuilt();
    assertThat(ledger("run").out()).doesNotContain("mvn");

    maven();
    Path source = project.resolve("ledger-core/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(ledger("run").out()).contains("mvn on ");

    aged(source);
    assertThat(ledger("run").out()).doesNotContain("mvn");

    Files.delete(source);
    Files.setLastModifiedTime(
        source.getParent(), FileTime.from(Instant.now().plusSeconds(2))); // a coarse file clock
    assertThat(ledger("run").out()).contains("mvn on ");
  }

  @Test
  void laterRunsStartFromWhatTheFirstOneLearned() throws Exception {
    Path jdk = jdk("temurin", "25.0.3");
    appIsBuilt();
    String plain = "ledger-api/target/app/ledger-api-0.1.0-SNAPSHOT-app.jar";
    script(
        jdk.resolve("bin/java"),
        """
        if [ "$1" = -Djarmode=tools ]; then
          mkdir -p "$6" && touch "$6/ledger-api-0.1.0-SNAPSHOT-app.jar"
        else
          printf '%s\\n' "$@"
        fi""");

    assertThat(ledger("run").out().lines())
        .startsWith("-XX:AOTCacheOutput=ledger-api/target/app/learned.aot")
        .endsWith("-jar", plain);
    Files.createFile(project.resolve("ledger-api/target/app/learned.aot"));
    assertThat(ledger("run").out().lines())
        .startsWith("-XX:AOTCache=ledger-api/target/app/learned.aot");

    Path jar = project.resolve("ledger-api/target/ledger-api-0.1.0-SNAPSHOT-app.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(ledger("run").out().lines())
        .as("a new build is learned anew")
        .startsWith("-XX:AOTCacheOutput=ledger-api/target/app/learned.aot");
  }

  @Test
  void aFailedBuildStartsNothing() throws Exception {
    jdk("temurin", "25.0.3");
    script(path.resolve("mvn"), "exit 3");

    Outcome outcome = ledger("run");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).doesNotContain("java of");
    assertThat(outcome.err()).endsWith("The build failed; Maven's messages are above.\n");
  }

  @Test
  @DisplayName("works from any folder and through a symbolic link, in the project's folder")
  void fromAnywhere() throws Exception {
    jdk("temurin", "25.0.3");
    appIsBuilt();
    Path link =
        Files.createSymbolicLink(
            machine.resolve("start it"), Path.of("my projects/the ledger/ledger"));

    Outcome outcome = start(machine.resolve("the jdks"), link.toString(), "run");

    assertThat(outcome.out()).contains("\nin " + project.toRealPath() + "\n");
    assertThat(outcome.status()).isEqualTo(7);
  }

  @Test
  void testRunsEverythingWithMavenOnTheNewJdk() throws Exception {
    environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
    Path jdk = jdk("temurin", "25.0.3");
    maven();

    Outcome outcome = ledger("test", "-Dtest=A Test");

    assertThat(outcome.out().lines())
        .containsExactly(
            "mvn on " + jdk, "-B", "--no-transfer-progress", "verify", "-Dtest=A Test");
  }

  @Test
  void wrongUseIsExplained() throws Exception {
    assertThat(ledger().status()).isZero();
    assertThat(ledger("help").out()).startsWith("Usage: ./ledger <command>");

    Outcome unknown = ledger("start");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).startsWith("./ledger does not know \"start\".").contains("Usage:");

    assertThat(ledger("bench").status()).isEqualTo(2);
    assertThat(ledger("bench", "some").err()).contains("./ledger bench quick");
  }

  private Outcome ledger(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(project.resolve("ledger").toString()));
    command.addAll(Arrays.asList(arguments));
    return start(project, command.toArray(String[]::new));
  }

  private Outcome start(Path folder, String... command) throws Exception {
    Path out = machine.resolve("out.txt");
    Path err = machine.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path jdk(String name, String version) throws IOException {
    return jdk(jdks.resolve(name), version);
  }

  /** A JDK whose java prints its home, folder and arguments, and ends with status 7. */
  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "echo \"java of " + home + "\"\necho \"in $PWD\"\nprintf '%s\\n' \"$@\"\nexit 7");
    script(home.resolve("bin/javac"), "exit 0");
    return home;
  }

  /** A Maven that prints its JDK and arguments, and leaves a jar. */
  private void maven() throws IOException {
    script(
        path.resolve("mvn"),
        """
        echo "mvn on $JAVA_HOME"
        printf '%s\\n' "$@"
        mkdir -p ledger-api/target
        echo > ledger-api/target/ledger-api-0.1.0-SNAPSHOT-app.jar
        """);
  }

  private void appIsBuilt() throws IOException {
    Path target = Files.createDirectories(project.resolve("ledger-api/target"));
    Files.writeString(target.resolve("ledger-api-0.1.0-SNAPSHOT-app.jar"), "");
  }

  private static void script(Path file, String lines) throws IOException {
    Files.writeString(file, "#!" + find("sh") + "\n" + lines + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void aged(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private static Path find(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
