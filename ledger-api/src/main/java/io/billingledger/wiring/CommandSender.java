package io.billingledger.wiring;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.MetaKeys;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Commands over Axon's bus; the caller gets the answer, or exactly what the handler threw. */
final class CommandSender implements Commands {
  private final CommandBus bus;
  private final UnitsOfWork units;

  CommandSender(CommandBus bus, UnitsOfWork units) {
    this.bus = bus;
    this.units = units;
  }

  @Override
  public <R> R send(Object command, Actor actor) {
    return CurrentUnitOfWork.isStarted()
        ? dispatch(command, actor)
        : units.performLightly(() -> dispatch(command, actor));
  }

  private <R> R dispatch(Object command, Actor actor) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    bus.<Object, R>dispatch(
        new GenericCommandMessage<>(command, Map.of(MetaKeys.ACTOR, actor.name())),
        (_, result) -> {
          if (result.isExceptional()) {
            answer.completeExceptionally(result.exceptionResult());
          } else {
            answer.complete(result.getPayload());
          }
        });
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new CommandExecutionException("the command's handler failed", thrown);
    };
  }
}
