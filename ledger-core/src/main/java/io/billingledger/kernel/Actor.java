package io.billingledger.kernel;

/**
 * Who acts: a person or program behind an API key ({@code budi@example.com}), or a part of the
 * ledger itself ({@code system:renewal}). Two decisions are by two people exactly when their actors
 * differ.
 */
public record Actor(String name) {
  /** What the names of the ledger's own parts begin with. */
  public static final String SYSTEM = "system:";

  public Actor {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("an actor has a name");
    }
  }

  public static Actor system(String part) {
    return new Actor(SYSTEM + part);
  }

  @Override
  public String toString() {
    return name;
  }
}
