package io.billingledger.wiring;

/**
 * The login that may create databases and roles on the ledger's PostgreSQL server; not the ledger's
 * own. {@code jdbcUrl} names some database of that server to connect to.
 */
public record ProvisionerDatabase(String jdbcUrl, String user, String password) {
  /** The same server's database of that name. */
  public String jdbcUrl(String database) {
    int query = jdbcUrl.indexOf('?');
    String path = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    return path.substring(0, path.lastIndexOf('/') + 1)
        + database
        + (query < 0 ? "" : jdbcUrl.substring(query));
  }

  @Override
  public String toString() {
    return "ProvisionerDatabase[" + jdbcUrl + ", " + user + "]";
  }
}
