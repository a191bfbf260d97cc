package io.billingledger.run;

import java.math.BigDecimal;

/**
 * A break.
 *
 * @param tenantId null for the platform's own
 * @param currency null where no money is involved, and then so is the amount
 * @param mark what exactly is broken: while the same break lasts, it is the same
 */
record Finding(String id, String tenantId, String currency, BigDecimal amount, String mark) {}
