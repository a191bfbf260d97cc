package io.billingledger.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LedgerTest
class TenantVaultTest {
  @Autowired TenantVault vault;
  @Autowired JdbcTemplate database;
  @Autowired PlatformTransactionManager transactions;

  private final TenantId tenant = TenantId.next();

  @Test
  void opensWhatItSealed() {
    Sealed sealed = seal(tenant, "rina@example.com ✓");
    assertThat(open(tenant, sealed)).isEqualTo("rina@example.com ✓");
    assertThat(sealed.ciphertext()).doesNotContain("rina");
    assertThat(sealed).hasToString("sealed");
  }

  @Test
  void sealsTheSameTextDifferentlyEachTime() {
    assertThat(seal(tenant, "same")).isNotEqualTo(seal(tenant, "same"));
  }

  @Test
  void noticesEveryChangedCharacter() {
    String text = seal(tenant, "x").ciphertext();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      Sealed tampered = new Sealed(text.substring(0, i) + other + text.substring(i + 1));
      if (i == text.length() - 1 && sameBytes(text, tampered.ciphertext())) {
        continue;
      }
      assertThatExceptionOfType(Cipher256.TamperedException.class)
          .as("character %d", i)
          .isThrownBy(() -> open(tenant, tampered));
    }
  }

  @Test
  void doesNotOpenForAnotherTenant() {
    TenantId other = TenantId.next();
    seal(other, "gives it a key");
    Sealed sealed = seal(tenant, "mine");
    assertThatExceptionOfType(Cipher256.TamperedException.class)
        .isThrownBy(() -> open(other, sealed));
  }

  @Test
  void anErasedKeyErasesWhatWasSealedForEver() {
    Sealed sealed = seal(tenant, "gone");
    Scope.allTenants(
        () -> {
          vault.erase(tenant);
          vault.erase(tenant);
        });
    assertThat(Scope.allTenants(() -> vault.open(tenant, sealed))).isEmpty();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> seal(tenant, "again"))
        .withMessageContaining(tenant.value());
  }

  @Test
  void aKeyMadeInATransactionThatFailsIsNotKept() {
    Scope.allTenants(
        () ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(
                    status -> {
                      vault.seal(tenant, "rolled back");
                      status.setRollbackOnly();
                    }));
    assertThat(open(tenant, seal(tenant, "kept"))).isEqualTo("kept");
  }

  @Test
  void manyWhoSealFirstGetOneKey() throws Exception {
    List<Callable<Sealed>> sealings =
        IntStream.range(0, 16)
            .<Callable<Sealed>>mapToObj(i -> () -> seal(tenant, "s" + i))
            .toList();
    try (var pool = Executors.newFixedThreadPool(16)) {
      int i = 0;
      for (var sealed : pool.invokeAll(sealings)) {
        assertThat(open(tenant, sealed.get())).isEqualTo("s" + i++);
      }
    }
  }

  @Test
  void withoutAScopeThereAreNoKeys() {
    Sealed sealed = seal(tenant, "hidden");
    assertThat(vault.open(tenant, sealed)).isEmpty();
    assertThat(Scope.tenant(TenantId.next(), () -> vault.open(tenant, sealed))).isEmpty();
    assertThat(Scope.tenant(tenant, () -> vault.open(tenant, sealed))).contains("hidden");
  }

  @Test
  void refusesToStartUnderAnotherMasterKey() {
    seal(tenant, "makes a key");
    TenantVault other =
        new TenantVault(
            database, transactions, Clock.systemUTC(), new Cipher256(Cipher256.newKey()));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Scope.allTenants(other::checkMasterKey))
        .withMessageContaining("another master key");
  }

  @Test
  void makesAMasterKeyOnceAndPrivately(@TempDir Path directory) throws IOException {
    byte[] encrypted = MasterKey.of("", directory.resolve("data")).encrypt(new byte[] {1}, "c");
    Path file = directory.resolve("data/vault.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(MasterKey.of("", directory.resolve("data")).decrypt(encrypted, "c"))
        .containsExactly(1);
    assertThat(MasterKey.of(Files.readString(file), directory).decrypt(encrypted, "c"))
        .containsExactly(1);
    assertThat(Files.list(directory.resolve("data"))).containsExactly(file);
  }

  @Test
  void refusesAMasterKeyOfAnotherLength(@TempDir Path directory) {
    for (String wrong :
        List.of("abc", "not base64 !", Base64.getEncoder().encodeToString(new byte[16]))) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> MasterKey.of(wrong, directory))
          .withMessageContaining("32 bytes");
    }
  }

  private Sealed seal(TenantId whose, String plain) {
    return Scope.allTenants(() -> vault.seal(whose, plain));
  }

  private String open(TenantId whose, Sealed sealed) {
    return Scope.allTenants(() -> vault.open(whose, sealed)).orElseThrow();
  }

  /** The last character of Base64 may carry bits that mean nothing. */
  private static boolean sameBytes(String one, String other) {
    try {
      return java.util.Arrays.equals(
          Base64.getUrlDecoder().decode(one.substring(3)),
          Base64.getUrlDecoder().decode(other.substring(3)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
