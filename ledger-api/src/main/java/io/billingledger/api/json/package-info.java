/**
 * JSON at the HTTP edge: names in snake_case, money and quantities as decimal strings, ids as text,
 * times in UTC. Strict about what comes in, so that a wrong request is refused and never guessed.
 *
 * <p>Separate from the serializers of events, which must never change with the interface.
 */
package io.billingledger.api.json;
