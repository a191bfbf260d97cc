package io.billingledger.adapter.tenantdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.billingledger.LedgerTest;
import io.billingledger.adapter.provisioning.ProvisioningResult;
import io.billingledger.adapter.provisioning.ProvisioningTask;
import io.billingledger.adapter.provisioning.TenantProvisioner;
import io.billingledger.adapter.tenantdb.Invitations.Redemption;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.notice.Notice;
import io.billingledger.notice.NoticeTemplate;
import io.billingledger.notice.Notices;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.wiring.ProvisionerDatabase;
import io.billingledger.wiring.TenantHistory;
import io.billingledger.wiring.UnitsOfWork;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The real thing: databases on the PostgreSQL of this process. */
@LedgerTest
class TenantDatabaseTest {
  @Autowired TenantDatabase database;
  @Autowired TenantDatabases databases;
  @Autowired Invitations invitations;
  @Autowired ProvisionerDatabase server;
  @Autowired Notices notices;
  @Autowired Vault vault;
  @Autowired Commands commands;
  @Autowired UnitsOfWork units;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;
  @Autowired TenantHistory tenants;

  private final TenantId tenant = TenantId.next();
  private final Remembering random = new Remembering();
  private FirstAdmin firstAdmin;

  @BeforeEach
  void makeTheStep() {
    firstAdmin =
        new FirstAdmin(
            invitations,
            notices,
            vault,
            tenants,
            new TransactionTemplate(transactions),
            random,
            clock,
            "http://localhost/#");
  }

  @Test
  void makesHoldsReleasesClosesAndDropsIt() throws Exception {
    String name = TenantDatabases.name(tenant);
    assertThat(name).matches("tenant_[0-9a-z]{26}");
    assertThat(perform(ProvisioningAction.CREATE)).isEqualTo("made " + name);
    assertThat(perform(ProvisioningAction.CREATE)).isEqualTo(name + " was there already");
    asOwner("ALTER ROLE " + name + " LOGIN PASSWORD 'secret'");
    try (Connection session = login(name)) {
      assertThat(insert(session)).isEqualTo(1);
      assertSqlState("42501", () -> run(session, "DROP TABLE app_user"));

      perform(ProvisioningAction.SUSPEND);
      perform(ProvisioningAction.SUSPEND);
      assertThat(session.isValid(5)).as("it has to connect again").isFalse();
    }
    try (Connection session = login(name)) {
      assertThat(count(session)).isEqualTo(1);
      assertSqlState("25006", () -> insert(session));
    }
    perform(ProvisioningAction.UNSUSPEND);
    perform(ProvisioningAction.UNSUSPEND);
    try (Connection session = login(name)) {
      run(session, "DELETE FROM app_user");

      perform(ProvisioningAction.TERMINATE);
      assertThat(session.isValid(5)).isFalse();
    }
    perform(ProvisioningAction.TERMINATE);
    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> login(name).close());
    assertThat(databases.exists(tenant)).as("data stay").isTrue();

    assertThat(perform(ProvisioningAction.PURGE)).isEqualTo("dropped " + name);
    assertThat(databases.exists(tenant)).isFalse();
    assertThat(perform(ProvisioningAction.PURGE)).isEqualTo("there is no database " + name);
  }

  @Test
  void otherTenantsDoNotGetIn() throws Exception {
    TenantId other = TenantId.next();
    databases.create(tenant);
    databases.create(other);
    asOwner("ALTER ROLE " + TenantDatabases.name(other) + " LOGIN PASSWORD 'secret'");
    try (Connection own = login(TenantDatabases.name(other))) {
      assertThat(own.isValid(5)).isTrue();
    }
    assertSqlState(
        "42501",
        () ->
            DriverManager.getConnection(
                    server.jdbcUrl(TenantDatabases.name(tenant)),
                    TenantDatabases.name(other),
                    "secret")
                .close());
  }

  @Test
  void whatNeverWasIsNotHeldButClosedAndDropped() throws Exception {
    assertThat(result(database, ProvisioningAction.SUSPEND))
        .isInstanceOfSatisfying(
            ProvisioningResult.Failed.class, failed -> assertThat(failed.retryable()).isFalse());
    assertThat(perform(ProvisioningAction.TERMINATE)).startsWith("there is no database");
  }

  @Test
  void twoWhoMakeItAtOnceMakeOne() throws Exception {
    try (var pool = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> makers =
          IntStream.range(0, 4)
              .<Callable<Boolean>>mapToObj(_ -> () -> databases.create(tenant))
              .toList();
      int made = 0;
      for (var maker : pool.invokeAll(makers)) {
        made += maker.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
  }

  @Test
  void theFirstAdministratorIsInvitedOnce() throws Exception {
    register();
    databases.create(tenant);
    assertThat(words(firstAdmin, ProvisioningAction.CREATE)).isEqualTo("invited the owner");
    assertThat(words(firstAdmin, ProvisioningAction.CREATE)).isEqualTo("was invited already");
    Notice mail = onlyNotice();
    assertThat(mail.recipient()).isEqualTo("rina@example.com");
    String token = invited();
    assertThat(mail.key()).doesNotContain(token);
    try (Connection session = databases.connect(tenant);
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM app_user")) {
      row.next();
      assertThat(row.getString("email")).isEqualTo("rina@example.com");
      assertThat(row.getString("role")).isEqualTo("owner");
      assertThat(row.getBytes("invitation_hash"))
          .isEqualTo(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void anAttemptThatWasCutShortBeforeTheMailMakesANewToken() throws Exception {
    register();
    databases.create(tenant);
    InvitationToken lost = InvitationToken.next(tenant, new SecureRandom());
    String userId = "usr_" + tenant.value().substring(4);
    assertThat(invitations.renew(lost, userId, "rina@example.com", clock.instant())).contains(1);
    assertThat(words(firstAdmin, ProvisioningAction.CREATE)).isEqualTo("invited the owner");
    assertThat(onlyNotice().key()).isEqualTo("invitation/" + tenant + "/2");
    assertThat(redeem(lost.text())).isInstanceOf(Redemption.Unknown.class);
    assertThat(redeem(invited())).isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void anAttemptThatWasCutShortAfterTheMailMakesNoSecondOne() throws Exception {
    register();
    databases.create(tenant);
    words(firstAdmin, ProvisioningAction.CREATE);
    // As if the process had been killed between the mail's commit and this.
    try (Connection session = databases.connect(tenant)) {
      run(session, "UPDATE app_user SET invitation_sent_at = NULL");
    }
    assertThat(words(firstAdmin, ProvisioningAction.CREATE)).isEqualTo("was invited already");
    assertThat(onlyNotice().key()).isEqualTo("invitation/" + tenant + "/1");
    assertThat(redeem(invited())).isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void aLinkIsRedeemedOnceWhoeverTriesAtTheSameTime() throws Exception {
    register();
    databases.create(tenant);
    result(firstAdmin, ProvisioningAction.CREATE);
    String token = invited();
    int redeemed = 0;
    try (var pool = Executors.newFixedThreadPool(16)) {
      List<Callable<Redemption>> callers =
          IntStream.range(0, 16).<Callable<Redemption>>mapToObj(_ -> () -> redeem(token)).toList();
      for (var caller : pool.invokeAll(callers)) {
        switch (caller.get()) {
          case Redemption.Redeemed _ -> redeemed++;
          case Redemption.Gone _ -> {}
          case Redemption.Unknown _, Redemption.Suspended _ ->
              throw new AssertionError("unexpected");
        }
      }
    }
    assertThat(redeemed).isEqualTo(1);
    assertThat(words(firstAdmin, ProvisioningAction.CREATE)).isEqualTo("was invited already");
    assertThat(redeem(token.substring(0, token.length() - 1) + (token.endsWith("A") ? "E" : "A")))
        .isInstanceOf(Redemption.Unknown.class);
    assertThat(InvitationToken.parse("nonsense")).isEmpty();
    assertThat(InvitationToken.parse(token + "x")).isEmpty();
    databases.close(tenant);
    assertThat(redeem(token)).isInstanceOf(Redemption.Gone.class);
    databases.drop(tenant);
    assertThat(redeem(token)).isInstanceOf(Redemption.Unknown.class);
  }

  @Test
  void aSuspendedTenantsLinkWaits() throws Exception {
    register();
    databases.create(tenant);
    result(firstAdmin, ProvisioningAction.CREATE);
    databases.suspend(tenant);
    assertThat(redeem(invited())).isInstanceOf(Redemption.Suspended.class);
    databases.unsuspend(tenant);
    assertThat(redeem(invited())).isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void withoutTheTenantsKeyNobodyIsInvited() throws Exception {
    register();
    databases.create(tenant);
    Scope.allTenants(() -> vault.erase(tenant));
    assertThat(result(firstAdmin, ProvisioningAction.CREATE))
        .isInstanceOfSatisfying(
            ProvisioningResult.Failed.class, failed -> assertThat(failed.retryable()).isFalse());
  }

  private void register() {
    Scope.allTenants(
        () ->
            units.perform(
                () ->
                    commands.send(
                        new RegisterTenant(
                            tenant,
                            "Toko Rina",
                            "ID",
                            CurrencyUnit.of("IDR"),
                            ZoneId.of("Asia/Jakarta"),
                            "default",
                            null,
                            vault.seal(tenant, "rina@example.com"),
                            DeploymentType.SHARED,
                            clock.instant()),
                        new Actor("test"))));
  }

  private Notice onlyNotice() {
    List<Notice> recorded =
        Scope.allTenants(
            () ->
                new TransactionTemplate(transactions)
                    .execute(_ -> notices.of(tenant, Optional.empty(), 10)));
    assertThat(recorded).hasSize(1);
    return recorded.getFirst();
  }

  /** The mail may be out already, and its secret forgotten: the step drew it here. */
  private String invited() {
    assertThat(onlyNotice().template()).isEqualTo(NoticeTemplate.INVITATION);
    return tenant.value().substring(4).toLowerCase(Locale.ROOT)
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(random.drawn.getFirst());
  }

  private static final class Remembering extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient List<byte[]> drawn = new ArrayList<>();

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      drawn.add(bytes.clone());
    }
  }

  private Redemption redeem(String token) throws SQLException {
    return invitations.redeem(token, "Rina", null, clock.instant());
  }

  private String perform(ProvisioningAction action) throws Exception {
    return words(database, action);
  }

  private String words(TenantProvisioner provisioner, ProvisioningAction action) throws Exception {
    ProvisioningResult result = result(provisioner, action);
    assertThat(result).isInstanceOf(ProvisioningResult.Done.class);
    return result.words();
  }

  private ProvisioningResult result(TenantProvisioner provisioner, ProvisioningAction action)
      throws Exception {
    ProvisioningTask task =
        new ProvisioningTask(ProvisioningId.of(tenant), tenant, 1, action, provisioner.code(), 1);
    return Scope.allTenants(
        () -> {
          try {
            return provisioner.perform(task);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Connection login(String name) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(name), name, "secret");
  }

  private void asOwner(String sql) throws SQLException {
    try (Connection admin =
        DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
      run(admin, sql);
    }
  }

  private static int insert(Connection session) throws SQLException {
    return run(
        session,
        "INSERT INTO app_user (user_id, email, role, invitation_hash, invitation_no, invited_at)"
            + " VALUES ('usr_x', 'x@example.com', 'member', '\\x00', 1, now())");
  }

  private static int count(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM app_user")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static int run(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private interface Statements {
    void run() throws SQLException;
  }

  private static void assertSqlState(String state, Statements statements) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(statements::run)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(state));
  }
}
