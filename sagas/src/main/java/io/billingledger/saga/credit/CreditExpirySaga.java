package io.billingledger.saga.credit;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.billingledger.credit.CreditCommand.ExpireCredit;
import io.billingledger.credit.CreditEvent.CreditGiven;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CreditId;
import io.billingledger.saga.SagaGroups;
import io.billingledger.saga.Wake;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

/**
 * One for each tenant's credit while any of it can expire. What an invoice gives back may have
 * expired meanwhile: that starts it too.
 */
@ProcessingGroup(SagaGroups.CREDIT)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class CreditExpirySaga {
  static final Actor ACTOR = Actor.system("credit");
  static final String DEADLINE = "credit-expiry";

  private CreditId creditId;
  private Wake wake = Wake.NONE;

  @StartSaga
  @SagaEventHandler(associationProperty = "creditId")
  public void on(CreditGiven event, Commands commands, DeadlineManager deadlines, Clock clock) {
    look(event.creditId(), commands, deadlines, clock);
  }

  @StartSaga
  @SagaEventHandler(associationProperty = "creditId")
  public void on(CreditReturned event, Commands commands, DeadlineManager deadlines, Clock clock) {
    look(event.creditId(), commands, deadlines, clock);
  }

  @DeadlineHandler(deadlineName = DEADLINE)
  public void wake(
      DeadlineMessage<?> due, Commands commands, DeadlineManager deadlines, Clock clock) {
    wake = Wake.NONE;
    look(creditId, commands, deadlines, clock);
  }

  private void look(CreditId credit, Commands commands, DeadlineManager deadlines, Clock clock) {
    creditId = credit;
    Optional<Instant> next = commands.send(new ExpireCredit(credit, clock.instant()), ACTOR);
    wake = wake.moveTo(next, DEADLINE, deadlines);
    if (next.isEmpty()) {
      SagaLifecycle.end();
    }
  }
}
