package io.billingledger.kernel;

/**
 * Sends a command to the aggregate that it names and returns what the decision answered. Inside a
 * running unit of work the command joins it; otherwise it gets one of its own.
 *
 * @throws Rejected when the decision refused; nothing was recorded then
 */
public interface Commands {
  <R> R send(Object command, Actor actor);
}
