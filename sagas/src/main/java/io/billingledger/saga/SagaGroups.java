package io.billingledger.saga;

import java.util.List;

/** The processing groups of the sagas. */
public final class SagaGroups {
  public static final String RENEWAL = "saga.renewal";
  public static final String DUNNING = "saga.dunning";
  public static final String PROVISIONING = "saga.provisioning";
  public static final String CREDIT = "saga.credit";

  /** Not a saga, but it reacts like one: records the notices that events ask for. */
  public static final String NOTICES = "notices";

  /** Not a saga either: hands queued provisioning tasks to the worker. */
  public static final String PROVISIONING_WORK = "provisioning-work";

  public static final List<String> ALL =
      List.of(RENEWAL, DUNNING, PROVISIONING, CREDIT, NOTICES, PROVISIONING_WORK);

  private SagaGroups() {}
}
