package io.billingledger.api.keys;

import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Bearers;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of keys, with the recently used ones in memory: a key that is revoked here stops
 * working at once in this process, and within {@link #FRESH} in every other one.
 */
public final class ApiKeys {
  private static final Duration FRESH = Duration.ofSeconds(15);
  private static final int REMEMBERED = 10_000;
  private static final int SECRET_BYTES = 32;
  private static final String COLUMNS =
      "number, id, actor, array_to_string(roles, ',') AS roles, tenant_id,"
          + " created_at, created_by, revoked_at, revoked_by";

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final SecureRandom random;
  private final Map<String, Remembered> recent = new ConcurrentHashMap<>();
  private final Set<ApiKeyId> revoked = ConcurrentHashMap.newKeySet();

  public ApiKeys(
      JdbcClient database, PlatformTransactionManager transactions, SecureRandom random) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.random = random;
  }

  /** Who presents this secret, unless the key is unknown or revoked. */
  public Optional<Caller> caller(String secret) {
    String digest = HexFormat.of().formatHex(digest(secret));
    Remembered known = recent.get(digest);
    if (known == null || known.isStale()) {
      Optional<ApiKey> found = Scope.allTenants(() -> transaction.execute(_ -> find(secret)));
      if (found.isEmpty() || found.get().revokedAt() != null) {
        recent.remove(digest);
        return Optional.empty();
      }
      known = new Remembered(found.get().id(), found.get().caller(), System.nanoTime());
      if (recent.size() >= REMEMBERED) {
        recent.clear();
      }
      recent.put(digest, known);
    }
    return revoked.contains(known.id()) ? Optional.empty() : Optional.of(known.caller());
  }

  public String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Bearers.API_KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public ApiKey create(ApiKeyId id, String secret, Caller holder, Actor by, Instant at) {
    return database
        .sql(
            "INSERT INTO api_key (id, secret_sha256, actor, roles, tenant_id, created_at, created_by)"
                + " VALUES (?, ?, ?, string_to_array(?, ','), ?, ?, ?) RETURNING "
                + COLUMNS)
        .params(
            Arrays.asList(
                id.value(),
                digest(secret),
                holder.actor().name(),
                holder.roles().stream().sorted().map(Role::text).collect(Collectors.joining(",")),
                holder.tenant().map(TenantId::value).orElse(null),
                at.atOffset(ZoneOffset.UTC),
                by.name()))
        .query((row, _) -> key(row))
        .single();
  }

  public Page<ApiKey> list(Paging paging) {
    record Numbered(long number, ApiKey key) {}
    List<Numbered> rows =
        database
            .sql(
                "SELECT " + COLUMNS + " FROM api_key WHERE number < ? ORDER BY number DESC LIMIT ?")
            .params(paging.newestFirst().position(), paging.fetch())
            .query((row, _) -> new Numbered(row.getLong("number"), key(row)))
            .list();
    return paging
        .page(rows, row -> new Cursor(row.number(), row.key().id().value()))
        .map(Numbered::key);
  }

  /** Ends a key; one that has ended stays as it is. */
  public ApiKey revoke(ApiKeyId id, Actor by, Instant at) {
    ApiKey key =
        database
            .sql("SELECT " + COLUMNS + " FROM api_key WHERE id = ? FOR UPDATE")
            .param(id.value())
            .query((row, _) -> key(row))
            .optional()
            .orElseThrow(() -> new Rejected(new ApiKeyRejection.KeyUnknown(id)));
    if (key.revokedAt() != null) {
      return key;
    }
    if (key.roles().contains(Role.PLATFORM_OWNER) && liveOwners().equals(List.of(id.value()))) {
      throw new Rejected(new ApiKeyRejection.LastOwner(id));
    }
    afterCommit(() -> revoked.add(id));
    return database
        .sql("UPDATE api_key SET revoked_at = ?, revoked_by = ? WHERE id = ? RETURNING " + COLUMNS)
        .params(at.atOffset(ZoneOffset.UTC), by.name(), id.value())
        .query((row, _) -> key(row))
        .single();
  }

  /** Whether a platform owner has ever had a key. */
  public boolean everHadOwner() {
    return database
        .sql("SELECT EXISTS (SELECT FROM api_key WHERE 'platform_owner' = ANY (roles))")
        .query(Boolean.class)
        .single();
  }

  public Optional<ApiKey> find(String secret) {
    return database
        .sql("SELECT " + COLUMNS + " FROM api_key WHERE secret_sha256 = ?")
        .param(digest(secret))
        .query((row, _) -> key(row))
        .optional();
  }

  /** Locked, so that two owners cannot end each other's keys at the same moment. */
  private List<String> liveOwners() {
    return database
        .sql(
            "SELECT id FROM api_key WHERE revoked_at IS NULL AND 'platform_owner' = ANY (roles)"
                + " ORDER BY number FOR UPDATE")
        .query(String.class)
        .list();
  }

  private static void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    String tenant = row.getString("tenant_id");
    OffsetDateTime revokedAt = row.getObject("revoked_at", OffsetDateTime.class);
    return new ApiKey(
        new ApiKeyId(row.getString("id")),
        new Actor(row.getString("actor")),
        Arrays.stream(row.getString("roles").split(","))
            .map(name -> Role.find(name).orElseThrow())
            .collect(Collectors.toCollection(TreeSet::new)),
        tenant == null ? null : new TenantId(tenant),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        new Actor(row.getString("created_by")),
        revokedAt == null ? null : revokedAt.toInstant(),
        revokedAt == null ? null : new Actor(row.getString("revoked_by")));
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private record Remembered(ApiKeyId id, Caller caller, long since) {
    boolean isStale() {
      return System.nanoTime() - since > FRESH.toNanos();
    }
  }
}
