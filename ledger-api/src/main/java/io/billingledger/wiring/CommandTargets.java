package io.billingledger.wiring;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Which aggregate a command is for: its one component that is annotated as the target, found once
 * for each kind of command. Axon's own resolver looks through all annotations again for every
 * command, which was a fifth of a command's work. Expected versions are the decisions' business.
 */
final class CommandTargets implements CommandTargetResolver {
  private static final ClassValue<Method> TARGETS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> command) {
          return target(command);
        }
      };

  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
    Object payload = command.getPayload();
    try {
      return new VersionedAggregateIdentifier(
          TARGETS.get(payload.getClass()).invoke(payload), null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot tell which aggregate is meant by " + payload, e);
    }
  }

  private static Method target(Class<?> command) {
    if (!command.isRecord()) {
      throw new IllegalArgumentException(command.getName() + " is no record");
    }
    return Arrays.stream(command.getRecordComponents())
        .filter(CommandTargets::isTarget)
        .map(RecordComponent::getAccessor)
        .findFirst()
        .map(
            accessor -> {
              accessor.setAccessible(true);
              return accessor;
            })
        .orElseThrow(
            () -> new IllegalArgumentException(command.getName() + " names no target aggregate"));
  }

  /** On a record the annotation goes to the component's field and accessor. */
  private static boolean isTarget(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(TargetAggregateIdentifier.class);
  }
}
