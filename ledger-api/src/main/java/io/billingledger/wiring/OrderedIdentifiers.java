package io.billingledger.wiring;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;

/**
 * Identifiers of events and other messages, which Axon finds as a service: UUIDs of version 7 (RFC
 * 9562). They begin with the milliseconds of this machine's clock, so that the events' index grows
 * at its end, instead of everywhere.
 */
public final class OrderedIdentifiers extends IdentifierFactory {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** A ULID has the same time in the same place. */
  @Override
  public String generateIdentifier() {
    Ulid ulid = UlidCreator.getMonotonicUlid();
    long high = ulid.getMostSignificantBits() & ~0xF000L | VERSION;
    long low = ulid.getLeastSignificantBits() & 0x3FFF_FFFF_FFFF_FFFFL | VARIANT;
    return new UUID(high, low).toString();
  }
}
