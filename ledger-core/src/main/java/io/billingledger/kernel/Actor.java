package io.billingledger.kernel;

/**
 * Who acts: a person or program behind an API key ({@code budi@example.com}), or a part of the
 * ledger itself ({@code system:renewal}). Two decisions are by two people exactly when their actors
 * differ.
 */
public record Actor(String name) {
  public Actor {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("an actor has a name");
    }
  }

  public static Actor system(String part) {
    return new Actor("system:" + part);
  }

  @Override
  public String toString() {
    return name;
  }
}
