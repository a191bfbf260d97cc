package io.billingledger.api.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is to the ledger: one of the platform's own people, or one of a tenant's. */
public enum Role {
  PLATFORM_OWNER,
  PLATFORM_BILLING,
  FINANCE,
  AUDITOR,
  SUPPORT,
  OWNER(Workspace.TENANT),
  MEMBER(Workspace.TENANT),
  SERVICE(Workspace.TENANT);

  private final Workspace workspace;

  Role() {
    this(Workspace.PLATFORM);
  }

  Role(Workspace workspace) {
    this.workspace = workspace;
  }

  public Workspace workspace() {
    return workspace;
  }

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static Role of(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + String.join(", ", Arrays.stream(values()).map(Role::text).toList())));
  }

  public static Optional<Role> find(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }
}
