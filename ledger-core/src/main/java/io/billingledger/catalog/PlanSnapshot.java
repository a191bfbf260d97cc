package io.billingledger.catalog;

import io.billingledger.kernel.PlanId;

/** A plan as it was in force at one moment; frozen on every invoice (B33). */
public record PlanSnapshot(
    PlanId planId, String code, String productCode, String name, boolean active, PlanTerms terms) {}
