package io.billingledger.adapter.tenantdb;

import io.billingledger.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/** The invitations in the tenants' own databases. */
public final class Invitations {
  /** An attempt to write in a read-only transaction. */
  private static final String READ_ONLY = "25006";

  /** The database is not there, or accepts no connections. */
  private static final String NO_DATABASE = "3D000";

  private static final String CLOSED = "55000";

  private final TenantDatabases databases;

  Invitations(TenantDatabases databases) {
    this.databases = databases;
  }

  /** What became of a redemption. */
  public sealed interface Redemption {
    record Redeemed(TenantId tenant, String userId, String email, String role, String name)
        implements Redemption {}

    record Unknown() implements Redemption {}

    /** Redeemed before, or the tenant is terminated. */
    record Gone() implements Redemption {}

    record Suspended(TenantId tenant) implements Redemption {}
  }

  /**
   * Puts a new token in the place of one whose link was not recorded as sent.
   *
   * @return the number of the invitation; empty when one was sent, or redeemed, already
   */
  Optional<Integer> renew(InvitationToken token, String userId, String email, Instant at)
      throws SQLException {
    try (Connection tenant = databases.connect(token.tenant());
        PreparedStatement upsert =
            tenant.prepareStatement(
                """
                INSERT INTO app_user
                  (user_id, email, role, invitation_hash, invitation_no, invited_at)
                VALUES (?, ?, 'owner', ?, 1, ?)
                ON CONFLICT (user_id) DO UPDATE
                  SET invitation_hash = excluded.invitation_hash,
                      invitation_no = app_user.invitation_no + 1,
                      invited_at = excluded.invited_at
                  WHERE app_user.invitation_sent_at IS NULL AND app_user.redeemed_at IS NULL
                RETURNING invitation_no
                """)) {
      upsert.setString(1, userId);
      upsert.setString(2, email);
      upsert.setBytes(3, token.hash());
      upsert.setTimestamp(4, Timestamp.from(at));
      try (ResultSet row = upsert.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  /** The number of the invitation that was made and not recorded here as sent. */
  Optional<Integer> unsent(TenantId tenantId, String userId) throws SQLException {
    try (Connection tenant = databases.connect(tenantId);
        PreparedStatement query =
            tenant.prepareStatement(
                "SELECT invitation_no FROM app_user"
                    + " WHERE user_id = ? AND invitation_sent_at IS NULL")) {
      query.setString(1, userId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  void markSent(TenantId tenantId, String userId, int number, Instant at) throws SQLException {
    try (Connection tenant = databases.connect(tenantId);
        PreparedStatement update =
            tenant.prepareStatement(
                "UPDATE app_user SET invitation_sent_at = ?"
                    + " WHERE user_id = ? AND invitation_no = ?")) {
      update.setTimestamp(1, Timestamp.from(at));
      update.setString(2, userId);
      update.setInt(3, number);
      update.executeUpdate();
    }
  }

  /**
   * Redeems a token, if it is known and nobody did before.
   *
   * @param password may be null
   */
  public Redemption redeem(String token, String name, String password, Instant at)
      throws SQLException {
    Optional<InvitationToken> parsed = InvitationToken.parse(token);
    return parsed.isEmpty()
        ? new Redemption.Unknown()
        : redeem(
            parsed.get(),
            name,
            () -> password == null ? null : PasswordHashes.INSTANCE.encode(password),
            at);
  }

  /** Whose invitation the token says it is; nothing is known of it yet. */
  public static Optional<TenantId> tenantOf(String token) {
    return InvitationToken.parse(token).map(InvitationToken::tenant);
  }

  /** One statement decides: of many who redeem the same token at once, one wins. */
  private Redemption redeem(
      InvitationToken token, String name, Supplier<String> passwordHash, Instant at)
      throws SQLException {
    try (Connection tenant = databases.connect(token.tenant())) {
      Optional<Redemption> refused = refused(tenant, token);
      if (refused.isPresent()) {
        return refused.get();
      }
      try (PreparedStatement update =
          tenant.prepareStatement(
              """
              UPDATE app_user SET redeemed_at = ?, name = ?, password_hash = ?
              WHERE invitation_hash = ? AND redeemed_at IS NULL
              RETURNING user_id, email, role
              """)) {
        update.setTimestamp(1, Timestamp.from(at));
        update.setString(2, name);
        update.setString(3, passwordHash.get());
        update.setBytes(4, token.hash());
        try (ResultSet row = update.executeQuery()) {
          return row.next()
              ? new Redemption.Redeemed(
                  token.tenant(),
                  row.getString("user_id"),
                  row.getString("email"),
                  row.getString("role"),
                  name)
              : new Redemption.Gone();
        }
      }
    } catch (SQLException e) {
      return switch (String.valueOf(e.getSQLState())) {
        case NO_DATABASE -> new Redemption.Unknown();
        case CLOSED -> new Redemption.Gone();
        case READ_ONLY -> new Redemption.Suspended(token.tenant());
        default -> throw e;
      };
    }
  }

  private static Optional<Redemption> refused(Connection tenant, InvitationToken token)
      throws SQLException {
    try (PreparedStatement query =
        tenant.prepareStatement("SELECT redeemed_at FROM app_user WHERE invitation_hash = ?")) {
      query.setBytes(1, token.hash());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.of(new Redemption.Unknown());
        }
        return row.getTimestamp(1) == null ? Optional.empty() : Optional.of(new Redemption.Gone());
      }
    }
  }

  /** Made when first needed: it costs a while. */
  private static final class PasswordHashes {
    private static final PasswordEncoder INSTANCE =
        Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }
}
