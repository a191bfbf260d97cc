package io.billingledger.view;

import java.util.List;

/**
 * The processing group of the views. They follow the events together, in one transaction for all of
 * them, so that what is read from several views is of one moment, and there is one position to wait
 * for.
 */
public final class ViewGroups {
  public static final String VIEWS = "views";

  public static final List<String> ALL = List.of(VIEWS);

  private ViewGroups() {}
}
