package io.billingledger.saga;

import java.util.List;

/** The processing groups of the sagas. */
public final class SagaGroups {
  public static final String RENEWAL = "saga.renewal";
  public static final String DUNNING = "saga.dunning";
  public static final String PROVISIONING = "saga.provisioning";
  public static final String CREDIT = "saga.credit";

  public static final List<String> ALL = List.of(RENEWAL, DUNNING, PROVISIONING, CREDIT);

  private SagaGroups() {}
}
