package io.billingledger.catalog;

/** Whether records add up or each says a level ({@code B15}). */
public enum MeterType {
  COUNTER,
  GAUGE
}
