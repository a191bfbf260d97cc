package io.billingledger.api.security;

import static io.billingledger.api.security.Role.AUDITOR;
import static io.billingledger.api.security.Role.FINANCE;
import static io.billingledger.api.security.Role.MEMBER;
import static io.billingledger.api.security.Role.OWNER;
import static io.billingledger.api.security.Role.PLATFORM_BILLING;
import static io.billingledger.api.security.Role.PLATFORM_OWNER;
import static io.billingledger.api.security.Role.SERVICE;
import static io.billingledger.api.security.Role.SUPPORT;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what, in one place. Every endpoint under {@code /api} has exactly one row; what has
 * none is refused.
 */
public final class RoleTable {

  private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
  private static final Set<Role> KEYS = EnumSet.of(PLATFORM_OWNER);
  private static final Set<Role> CATALOGUE = EnumSet.of(PLATFORM_OWNER);
  private static final Set<Role> SELLER = EnumSet.of(PLATFORM_OWNER);
  private static final Set<Role> PURGE = EnumSet.of(PLATFORM_OWNER);
  private static final Set<Role> BILLING = EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING);
  private static final Set<Role> BANK = EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING, FINANCE);
  private static final Set<Role> BOOKKEEPERS = EnumSet.of(PLATFORM_OWNER, FINANCE);
  private static final Set<Role> BOOK_READERS = EnumSet.of(PLATFORM_OWNER, FINANCE, AUDITOR);
  private static final Set<Role> FINANCE_READERS =
      EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING, FINANCE, AUDITOR);
  private static final Set<Role> AUDIT_READERS =
      EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING, AUDITOR);
  private static final Set<Role> KEY_READERS = EnumSet.of(PLATFORM_OWNER, FINANCE, AUDITOR);
  private static final Set<Role> PLATFORM_READERS =
      EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING, FINANCE, AUDITOR);
  private static final Set<Role> CUSTOMER_READERS =
      EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING, FINANCE, AUDITOR, SUPPORT);
  private static final Set<Role> BILL_READERS =
      EnumSet.of(PLATFORM_OWNER, PLATFORM_BILLING, FINANCE, AUDITOR, SUPPORT, OWNER, MEMBER);
  private static final Set<Role> TENANT_OWNER = EnumSet.of(OWNER);
  private static final Set<Role> TENANT_READERS = EnumSet.of(OWNER, MEMBER);
  private static final Set<Role> QUOTA_READERS = EnumSet.of(OWNER, MEMBER, SERVICE);
  private static final Set<Role> QUOTA_USERS = EnumSet.of(OWNER, SERVICE);

  private static final List<Row> ROWS =
      List.of(
          get("/api/session", EVERYBODY),
          open("POST", "/api/invitations/redeem"),
          open("GET", "/api/documents/{token}"),
          post("/api/pricing/quotes", EVERYBODY),

          // Rating, for whoever may read the subscription or the invoice
          post("/api/rating/subscriptions/{id}", BILL_READERS),
          post("/api/invoices/preview", BILL_READERS),
          get("/api/invoices/{id}/lines/{line}/explanation", BILL_READERS),

          // The tenant's side
          get("/api/subscriptions/current", TENANT_READERS),
          get("/api/subscriptions/periods", TENANT_READERS),
          get("/api/subscriptions/periods/current", TENANT_READERS),
          get("/api/subscriptions/plans", TENANT_READERS),
          post("/api/subscriptions/change-request", TENANT_OWNER),
          delete("/api/subscriptions/change-request/{id}", TENANT_OWNER),
          post("/api/subscriptions/quantity", TENANT_OWNER),
          post("/api/subscriptions/coupons", TENANT_OWNER),
          post("/api/subscriptions/cancel", TENANT_OWNER),
          post("/api/subscriptions/resume", TENANT_OWNER),
          post("/api/subscriptions/auto-renew", TENANT_OWNER),
          get("/api/subscriptions/invoices", TENANT_READERS),
          get("/api/subscriptions/invoices/{id}", TENANT_READERS),
          get("/api/subscriptions/credit-notes", TENANT_READERS),
          get("/api/subscriptions/credit-notes/{id}", TENANT_READERS),
          get("/api/subscriptions/credit-notes/{id}/document.pdf", TENANT_READERS),
          post("/api/subscriptions/invoices/{id}/proof", TENANT_OWNER),
          get("/api/subscriptions/invoices/{id}/proofs/{proof}/file", TENANT_READERS),
          get("/api/subscriptions/invoices/{id}/document.pdf", TENANT_READERS),
          get("/api/subscriptions/invoices/{id}/document.xml", TENANT_READERS),
          post("/api/subscriptions/invoices/{id}/document-links", TENANT_OWNER),
          get("/api/billing/quota", QUOTA_READERS),
          post("/api/quota/consumptions", QUOTA_USERS),
          post("/api/quota/consumptions/{id}/reverse", QUOTA_USERS),
          get("/api/usage", QUOTA_READERS),
          post("/api/usage", QUOTA_USERS),
          post("/api/usage/batch", QUOTA_USERS),
          post("/api/usage/record", QUOTA_USERS),
          get("/api/usage/summary", QUOTA_READERS),
          get("/api/usage/metrics", QUOTA_READERS),
          get("/api/usage/{id}", QUOTA_READERS),
          post("/api/usage/{id}/reverse", QUOTA_USERS),
          post("/api/usage/{id}/replace", QUOTA_USERS),

          // The platform's side: catalogue
          get("/api/platform/usage", CUSTOMER_READERS),
          get("/api/platform/products", PLATFORM_READERS),
          post("/api/platform/products", CATALOGUE),
          get("/api/platform/plans", PLATFORM_READERS),
          post("/api/platform/plans", CATALOGUE),
          get("/api/platform/plans/{code}", PLATFORM_READERS),
          post("/api/platform/plans/{code}/versions", CATALOGUE),
          post("/api/platform/plans/{code}/retire", CATALOGUE),
          get("/api/platform/coupons", PLATFORM_READERS),
          post("/api/platform/coupons", CATALOGUE),
          get("/api/platform/coupons/{code}", PLATFORM_READERS),
          post("/api/platform/coupons/{code}/retire", CATALOGUE),

          // Taxes
          get("/api/platform/tax-rules", PLATFORM_READERS),
          post("/api/platform/tax-rules", CATALOGUE),

          // The seller on documents
          get("/api/platform/seller", PLATFORM_READERS),
          post("/api/platform/seller", SELLER),

          // Tenants
          get("/api/platform/tenants", CUSTOMER_READERS),
          post("/api/platform/tenants", BILLING),
          get("/api/platform/tenants/{tenant}", CUSTOMER_READERS),
          post("/api/platform/tenants/{tenant}/provision", BILLING),
          post("/api/platform/tenants/{tenant}/purge", PURGE),
          get("/api/platform/tenants/{tenant}/holds", CUSTOMER_READERS),
          get("/api/platform/tenants/{tenant}/notices", CUSTOMER_READERS),
          get("/api/platform/tenants/{tenant}/provisioning-tasks", CUSTOMER_READERS),
          get("/api/platform/tenants/{tenant}/credit", CUSTOMER_READERS),
          post("/api/platform/tenants/{tenant}/credit", BANK),
          post("/api/platform/tenants/{tenant}/monthly-billing", BILLING),

          // Subscriptions
          get("/api/platform/subscriptions", CUSTOMER_READERS),
          post("/api/platform/subscriptions", BILLING),
          get("/api/platform/subscriptions/{id}", CUSTOMER_READERS),
          get("/api/platform/subscriptions/{id}/cycles", CUSTOMER_READERS),
          post("/api/platform/subscriptions/{id}/quantity", BILLING),
          post("/api/platform/subscriptions/{id}/change-request", BILLING),
          delete("/api/platform/subscriptions/{id}/change-request/{change}", BILLING),
          post("/api/platform/subscriptions/{id}/coupons", BILLING),
          post("/api/platform/subscriptions/{id}/cancel", BILLING),
          get("/api/platform/subscriptions/tenants", CUSTOMER_READERS),
          get("/api/platform/subscriptions/tenants/{tenant}", CUSTOMER_READERS),
          post("/api/platform/subscriptions/tenants/{tenant}/suspend", BILLING),
          post("/api/platform/tenants/{tenant}/invoice-grouping", BILLING),
          post("/api/platform/subscriptions/tenants/{tenant}/activate", BILLING),

          // Invoices and payments
          get("/api/platform/invoices", CUSTOMER_READERS),
          get("/api/platform/invoices/{id}", CUSTOMER_READERS),
          get("/api/platform/invoices/{id}/proofs/{proof}/file", CUSTOMER_READERS),
          get("/api/platform/invoices/{id}/document.pdf", CUSTOMER_READERS),
          get("/api/platform/invoices/{id}/document.xml", CUSTOMER_READERS),
          post("/api/platform/invoices/{id}/document-links", BILLING),
          post("/api/what-if", BANK),
          post("/api/platform/invoices/{id}/void", BILLING),
          post("/api/platform/invoices/{id}/payments", BANK),
          post("/api/platform/invoices/{id}/credit-notes", BANK),
          post("/api/platform/invoices/{id}/credit-notes/{note}/reverse", BANK),
          get("/api/platform/credit-notes", CUSTOMER_READERS),
          get("/api/platform/credit-notes/{id}", CUSTOMER_READERS),
          get("/api/platform/credit-notes/{id}/document.pdf", CUSTOMER_READERS),
          post("/api/platform/subscriptions/invoices/{id}/verify", BILLING),

          // Keys
          get("/api/platform/api-keys", KEY_READERS),
          post("/api/platform/api-keys", KEYS),
          post("/api/platform/api-keys/{id}/revoke", KEYS),

          // Operation
          post("/api/platform/runs/renewals", BILLING),
          post("/api/platform/runs/dunning", BILLING),
          post("/api/platform/runs/reconciliation", BANK),
          get("/api/platform/runs/{id}", PLATFORM_READERS),
          post("/api/platform/runs/{id}/stop", BILLING),
          get("/api/test-clock", EVERYBODY),
          post("/api/test-clock/advance", BILLING),

          // Finance and audit
          get("/api/finance/trial-balance", FINANCE_READERS),
          get("/api/finance/entries", FINANCE_READERS),
          get("/api/finance/journal.hledger", FINANCE_READERS),
          get("/api/finance/reports/{report}", FINANCE_READERS),
          post("/api/finance/chart/accounts", BOOKKEEPERS),
          post("/api/finance/chart/accounts/close", BOOKKEEPERS),
          get("/api/finance/chart/history", FINANCE_READERS),
          get("/api/finance/reconciliation", FINANCE_READERS),
          post("/api/finance/reconciliation/evaluate", BOOKKEEPERS),
          get("/api/finance/reconciliation/breaks", FINANCE_READERS),
          get("/api/finance/reconciliation/breaks/{id}", FINANCE_READERS),
          post("/api/finance/reconciliation/breaks/{id}/assign", BOOKKEEPERS),
          post("/api/finance/reconciliation/breaks/{id}/explain", BOOKKEEPERS),
          post("/api/finance/reconciliation/breaks/{id}/resolve", BOOKKEEPERS),
          get("/api/finance/month-end/{month}", FINANCE_READERS),
          get("/api/finance/periods", FINANCE_READERS),
          get("/api/finance/periods/{month}", FINANCE_READERS),
          get("/api/finance/periods/{month}/verification", FINANCE_READERS),
          post("/api/finance/periods/{month}/close", BOOKKEEPERS),
          post("/api/finance/periods/{month}/lock", BOOKKEEPERS),
          post("/api/finance/periods/{month}/reopen", BOOKKEEPERS),
          post("/api/finance/periods/{month}/approve", BOOKKEEPERS),
          post("/api/finance/periods/{month}/reject", BOOKKEEPERS),
          get("/api/finance/manual-entries", FINANCE_READERS),
          get("/api/finance/manual-entries/{id}", FINANCE_READERS),
          post("/api/finance/manual-entries", BOOKKEEPERS),
          post("/api/finance/manual-entries/{id}/approve", BOOKKEEPERS),
          post("/api/finance/manual-entries/{id}/reject", BOOKKEEPERS),
          post("/api/finance/manual-entries/{id}/reverse", BOOKKEEPERS),
          get("/api/finance/revenue/schedules", FINANCE_READERS),
          get("/api/finance/revenue/waterfall", FINANCE_READERS),
          post("/api/finance/bank-statements", BOOKKEEPERS),
          get("/api/finance/bank-statements", BOOK_READERS),
          get("/api/finance/bank-statements/{id}", BOOK_READERS),
          get("/api/finance/bank-statements/{id}/entries", BOOK_READERS),
          get("/api/finance/bank-entries", BOOK_READERS),
          post("/api/finance/bank-entries/{id}/match", BOOKKEEPERS),
          post("/api/finance/bank-entries/{id}/unmatch", BOOKKEEPERS),
          post("/api/finance/bank-entries/{id}/ignore", BOOKKEEPERS),
          get("/api/finance/bank-csv-mappings", BOOK_READERS),
          post("/api/finance/bank-csv-mappings", BOOKKEEPERS),
          get("/api/finance/bank-accounts/{id}/reconciliation", BOOK_READERS),
          get("/api/audit/events", AUDIT_READERS),
          get("/api/audit/streams/{id}", AUDIT_READERS));

  /**
   * One line of the table.
   *
   * @param open for whoever calls, also without a token
   */
  public record Row(
      String method, PathPattern path, PathShape shape, Set<Role> roles, boolean open) {}

  private RoleTable() {}

  public static List<Row> rows() {
    return ROWS;
  }

  /** The row of a request; HEAD is a GET without a body. */
  public static Optional<Row> row(String method, PathContainer path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    List<String> segments = PathShape.segments(path);
    return ROWS.stream()
        .filter(row -> row.method().equals(asked) && row.shape().mayMatch(segments))
        .filter(row -> row.path().matches(path))
        .min(Comparator.comparing(Row::path, PathPattern.SPECIFICITY_COMPARATOR));
  }

  private static Row get(String path, Set<Role> roles) {
    return row("GET", path, roles);
  }

  private static Row post(String path, Set<Role> roles) {
    return row("POST", path, roles);
  }

  private static Row delete(String path, Set<Role> roles) {
    return row("DELETE", path, roles);
  }

  private static Row row(String method, String path, Set<Role> roles) {
    return row(method, path, roles, false);
  }

  private static Row open(String method, String path) {
    return row(method, path, EVERYBODY, true);
  }

  private static Row row(String method, String path, Set<Role> roles, boolean open) {
    PathPattern pattern = PathPatternParser.defaultInstance.parse(path);
    return new Row(method, pattern, PathShape.of(pattern), roles, open);
  }
}
