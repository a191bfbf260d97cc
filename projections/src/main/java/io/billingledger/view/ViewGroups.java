package io.billingledger.view;

import java.util.List;

/** The processing groups of the views: each has its own position, and is rebuilt by itself. */
public final class ViewGroups {
  public static final String CATALOG = "view.catalog";
  public static final String TENANT = "view.tenant";
  public static final String SUBSCRIPTION = "view.subscription";
  public static final String INVOICE = "view.invoice";
  public static final String JOURNAL = "view.journal";
  public static final String QUOTA = "view.quota";
  public static final String PROVISIONING = "view.provisioning";

  public static final List<String> ALL =
      List.of(CATALOG, TENANT, SUBSCRIPTION, INVOICE, JOURNAL, QUOTA, PROVISIONING);

  private ViewGroups() {}
}
