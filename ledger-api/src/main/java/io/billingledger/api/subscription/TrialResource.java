package io.billingledger.api.subscription;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.joda.money.Money;

/**
 * A subscription's trial (B19, B20).
 *
 * @param expired whether it is over
 * @param balance what usage of the trial draws down before any of it is billable; null where usage
 *     of the trial is free
 * @param balanceLeft of it, by the usage reported so far; null where there is none
 */
@Schema(name = "Trial")
record TrialResource(
    boolean expired, Instant startAt, Instant endAt, Money balance, Money balanceLeft) {}
