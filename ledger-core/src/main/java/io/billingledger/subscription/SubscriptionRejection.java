package io.billingledger.subscription;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.SubscriptionId;
import java.time.LocalDate;

/** Why a subscription refuses. */
public sealed interface SubscriptionRejection extends Rejection {

  record SubscriptionUnknown(SubscriptionId subscriptionId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no subscription " + subscriptionId + ".";
    }
  }

  record AlreadyRunning(String productCode, String holder) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.already-running";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The tenant already has the subscription %s to %s; one runs at a time."
          .formatted(holder, productCode);
    }
  }

  record StartInPast(LocalDate startOn, LocalDate today) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.start-in-past";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "A subscription starts today (%s in the tenant's zone) or later, not on %s."
          .formatted(today, startOn);
    }
  }

  record CurrencyDiffers(String plan, String tenant) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.currency-mismatch";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The plan is priced in %s, the tenant is billed in %s.".formatted(plan, tenant);
    }
  }

  record QuantityInvalid(int quantity) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.quantity-invalid";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "A quantity is 1 to 1000000, not " + quantity + ".";
    }
  }

  record SubscriptionEnded(SubscriptionId subscriptionId, SubscriptionStatus status)
      implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.ended";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The subscription %s is %s.".formatted(subscriptionId, status);
    }
  }

  record SubscriptionOverdue(SubscriptionId subscriptionId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.overdue";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The subscription " + subscriptionId + " has an overdue invoice; pay it first.";
    }
  }

  record NotYetRunning(SubscriptionId subscriptionId, SubscriptionStatus status)
      implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.not-running";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The subscription %s is %s; the plan of a running one can be changed."
          .formatted(subscriptionId, status);
    }
  }

  record ChangePending(PlanChangeId changeId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.change-pending";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The change " + changeId + " is pending; take it back before asking for another.";
    }
  }

  record ChangeUnknown(PlanChangeId changeId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.change-unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no pending change " + changeId + ".";
    }
  }

  record ChangeBilled(PlanChangeId changeId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.change-billed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The change " + changeId + " is on an invoice that is paid, in part or whole.";
    }
  }

  /** Money for the coming cycle has been received, at the old quantity. */
  record NextCycleBilled(LocalDate from) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.next-cycle-billed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The cycle from " + from + " is paid for, in part or whole; change it from then on.";
    }
  }

  /** What is unused of an invoice can be given back only once it is paid. */
  record InvoiceOpen(InvoiceId invoiceId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.invoice-open";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The invoice %s of this cycle is open; pay it, and what is unused of it is credited."
          .formatted(invoiceId);
    }
  }

  /** The cycle began, and its invoice waits for the usage of the one before. */
  record InvoiceComing(LocalDate on) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.invoice-coming";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The invoice of this cycle is issued on " + on + "; change the subscription after it.";
    }
  }

  record SamePlan(String planCode) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.same-plan";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The subscription is on the plan " + planCode + " already.";
    }
  }

  record OtherProduct(String planCode, String productCode) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.other-product";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The plan %s is not a plan of %s.".formatted(planCode, productCode);
    }
  }

  record ChangeIllegal(String from, String to) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.change-illegal";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The catalogue does not allow a change from %s to %s.".formatted(from, to);
    }
  }

  record CancellationPending(LocalDate cancelOn) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.cancellation-pending";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The subscription is canceled on " + cancelOn + " already; resume it first.";
    }
  }

  record NothingToResume(SubscriptionId subscriptionId) implements SubscriptionRejection {
    @Override
    public String code() {
      return "subscription.nothing-to-resume";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The subscription " + subscriptionId + " has no pending cancellation.";
    }
  }

  record CouponRedeemedAlready(String coupon) implements SubscriptionRejection {
    @Override
    public String code() {
      return "coupon.redeemed-already";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "This subscription has redeemed the coupon " + coupon + " already.";
    }
  }

  record CouponRetiredAlready(String coupon) implements SubscriptionRejection {
    @Override
    public String code() {
      return "coupon.retired";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The coupon " + coupon + " can be redeemed no longer.";
    }
  }

  record CouponNotValid(String coupon, LocalDate day) implements SubscriptionRejection {
    @Override
    public String code() {
      return "coupon.not-valid";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The coupon %s cannot be redeemed on %s.".formatted(coupon, day);
    }
  }

  record CouponNotApplicable(String coupon, String planCode) implements SubscriptionRejection {
    @Override
    public String code() {
      return "coupon.not-applicable";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The coupon %s takes nothing off the plan %s.".formatted(coupon, planCode);
    }
  }

  record CouponUsedUp(String coupon, int maxUses) implements SubscriptionRejection {
    @Override
    public String code() {
      return "coupon.used-up";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The coupon %s was redeemed %d times, and that is all.".formatted(coupon, maxUses);
    }
  }
}
