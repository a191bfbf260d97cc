package io.billingledger.kernel;

/**
 * Something that happened and is kept for ever. Every event is an immutable record with an {@link
 * EventType}; each feature seals its own.
 */
public interface LedgerEvent {}
