package io.billingledger.adapter.vault;

import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keys as rows, each encrypted under the master key. Nothing is remembered between two calls: a key
 * that was erased is gone at once, in every process. A key that a sealing makes stands or falls
 * with the running transaction, as what was sealed does.
 */
public final class TenantVault implements Vault {
  private static final String FORMAT = "v1.";

  private final JdbcTemplate database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Cipher256 master;

  TenantVault(
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      Clock clock,
      Cipher256 master) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.master = master;
  }

  @Override
  public Sealed seal(TenantId tenant, String plain) {
    byte[] encrypted =
        keyMadeIfNone(tenant).encrypt(plain.getBytes(StandardCharsets.UTF_8), tenant.value());
    return new Sealed(FORMAT + Base64.getUrlEncoder().withoutPadding().encodeToString(encrypted));
  }

  @Override
  public Optional<String> open(TenantId tenant, Sealed sealed) {
    return key(tenant)
        .map(key -> key.decrypt(bytes(sealed), tenant.value()))
        .map(plain -> new String(plain, StandardCharsets.UTF_8));
  }

  @Override
  public void erase(TenantId tenant) {
    transaction.executeWithoutResult(
        _ ->
            database.update(
                """
                INSERT INTO tenant_key (tenant_id, made_at, erased_at) VALUES (?, ?, ?)
                ON CONFLICT (tenant_id) DO UPDATE
                  SET encrypted_key = NULL, erased_at = excluded.erased_at
                  WHERE tenant_key.erased_at IS NULL
                """,
                tenant.value(),
                now(),
                now()));
  }

  /**
   * @throws IllegalStateException when a key cannot be opened by this master key
   */
  void checkMasterKey() {
    transaction.executeWithoutResult(
        _ ->
            database.query(
                "SELECT tenant_id, encrypted_key FROM tenant_key"
                    + " WHERE encrypted_key IS NOT NULL LIMIT 1",
                row -> {
                  try {
                    master.decrypt(row.getBytes(2), row.getString(1));
                  } catch (Cipher256.TamperedException e) {
                    throw new IllegalStateException(
                        "The tenants' keys in this database were made under another master key: set"
                            + " ledger.vault.master-key (or the file vault.key in ledger.data-dir)"
                            + " to that one.");
                  }
                }));
  }

  private Cipher256 keyMadeIfNone(TenantId tenant) {
    return key(tenant)
        .orElseGet(
            () -> {
              transaction.executeWithoutResult(
                  _ ->
                      database.update(
                          "INSERT INTO tenant_key (tenant_id, encrypted_key, made_at)"
                              + " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                          tenant.value(),
                          master.encrypt(Cipher256.newKey(), tenant.value()),
                          now()));
              return key(tenant)
                  .orElseThrow(
                      () ->
                          new IllegalStateException(
                              "the key of tenant "
                                  + tenant
                                  + " was erased: nothing is sealed for it any more"));
            });
  }

  private Optional<Cipher256> key(TenantId tenant) {
    List<byte[]> keys =
        transaction.execute(
            _ ->
                database.queryForList(
                    "SELECT encrypted_key FROM tenant_key"
                        + " WHERE tenant_id = ? AND encrypted_key IS NOT NULL",
                    byte[].class,
                    tenant.value()));
    return keys.stream()
        .findFirst()
        .map(key -> master.decrypt(key, tenant.value()))
        .map(Cipher256::new);
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private static byte[] bytes(Sealed sealed) {
    if (!sealed.ciphertext().startsWith(FORMAT)) {
      throw new Cipher256.TamperedException();
    }
    try {
      return Base64.getUrlDecoder().decode(sealed.ciphertext().substring(FORMAT.length()));
    } catch (IllegalArgumentException notBase64) {
      throw new Cipher256.TamperedException();
    }
  }
}
