package io.billingledger.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts with sandbox time in a data directory of its own, plays the {@link Story} on the first
 * start and says where the ledger is and with which keys. Later starts go on where the demo was
 * left.
 */
public final class Demo {
  private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
  private static final Path DEFAULT_DIRECTORY = Path.of(".ledger", "demo");

  private final Path keyFile;
  private final Properties keys;
  private final PrintStream console;

  private Demo(Path directory, PrintStream console) {
    this.keyFile = directory.resolve("demo.keys");
    this.keys = read(keyFile);
    this.console = console;
  }

  /** Whether the arguments ask for the demo. */
  public static boolean wanted(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals("demo");
  }

  /** Sets what the demo needs; any of it can be set otherwise from outside. */
  public static void prepare(SpringApplication application) {
    String configured = System.getenv("LEDGER_DATA_DIR");
    Path directory = configured == null ? DEFAULT_DIRECTORY : Path.of(configured);
    Demo demo = new Demo(directory, System.out);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("ledger.data-dir", directory.toString());
    settings.put("ledger.test-clock.enabled", "true");
    settings.put("ledger.test-clock.start", Story.start(ZONE).toString());
    settings.put("ledger.bootstrap-key", demo.ownerKey());
    // Logging starts before the application's own settings are read.
    application.setDefaultProperties(Map.of("logging.level.root", "warn"));
    application.addInitializers(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addAfter(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new MapPropertySource("demo", settings)));
    application.addListeners(
        event -> {
          if (event instanceof ApplicationReadyEvent ready) {
            demo.ready(ready);
          }
        });
  }

  private void ready(ApplicationReadyEvent event) {
    String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
    URI base = URI.create("http://localhost:" + port);
    Thread.ofPlatform().name("demo").start(() -> play(base));
  }

  private void play(URI base) {
    LedgerClient owner = new LedgerClient(base, ownerKey());
    if (keys.containsKey("owner")) {
      console.println("\nThe story was played before; its ledger is still here.");
    } else {
      console.println("\nThe story, day by day at ten in the morning in Jakarta:\n");
      Story story = new Story(owner, ZONE, console::println);
      story.play();
      keys.putAll(story.keys());
      write();
    }
    console.println("\nServing at " + base);
    console.println("  API       " + base + "/api, described at " + base + "/api/openapi.json");
    console.println("  to browse " + base + "/docs");
    console.println("  invoice   " + base + Story.documentLink(owner));
    console.println("  keys      (Authorization: Bearer …; also in " + keyFile + ")");
    keys.stringPropertyNames().stream()
        .sorted()
        .forEach(role -> console.printf("    %-17s %s%n", role, keys.getProperty(role)));
    console.println("To play anew: stop it, delete " + keyFile.getParent() + ", start again.");
  }

  private String ownerKey() {
    if (!keys.containsKey("platform_owner")) {
      byte[] secret = new byte[32];
      new SecureRandom().nextBytes(secret);
      keys.setProperty(
          "platform_owner",
          "blk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
      write();
    }
    return keys.getProperty("platform_owner");
  }

  private static Properties read(Path file) {
    Properties keys = new Properties();
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        keys.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return keys;
  }

  private void write() {
    try {
      Files.createDirectories(keyFile.getParent());
      if (!Files.exists(keyFile)) {
        Files.createFile(
            keyFile,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (Writer writer = Files.newBufferedWriter(keyFile, StandardOpenOption.TRUNCATE_EXISTING)) {
        keys.store(writer, "Keys of the demo, by role");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
