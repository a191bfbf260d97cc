package io.billingledger.journal;

import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.Rejection;

/** Why an entry that a person makes is refused. */
public sealed interface ManualEntryRejection extends Rejection {

  record EntryUnbalanced(String difference) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.unbalanced";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Debits and credits of each currency are to be the same; they differ by %s."
          .formatted(difference);
    }
  }

  record EntryLineEmpty(int line) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.line-empty";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The line %d moves nothing.".formatted(line);
    }
  }

  record ControlAccount(int line, Account account) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.control-account";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Line %d: %s follows invoices and payments and is not posted to by hand."
          .formatted(line, account);
    }
  }

  record DetailMissing(int line, Account account) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.detail-missing";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Line %d: %s has several accounts: the detail says which.".formatted(line, account);
    }
  }

  record DetailUnwanted(int line, Account account) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.detail-unwanted";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Line %d: %s is one account and takes no detail.".formatted(line, account);
    }
  }

  record AccountIsClosed(int line, Account account, String accountDetail)
      implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.account-closed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Line %d: the account %s %s is closed.".formatted(line, account, accountDetail);
    }
  }

  record EntryUnknown(ManualEntryId id) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no manual entry %s.".formatted(id);
    }
  }

  record EntryDecided(ManualEntryId id) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.decided";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The manual entry %s is decided already.".formatted(id);
    }
  }

  record EntryNotPosted(ManualEntryId id) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.not-posted";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The manual entry %s is not posted, so there is nothing to take back.".formatted(id);
    }
  }

  record EntryReversed(ManualEntryId id, ManualEntryId by) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.reversed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The manual entry %s is taken back by %s already.".formatted(id, by);
    }
  }

  record EntrySamePerson(String by) implements ManualEntryRejection {
    @Override
    public String code() {
      return "manual-entry.same-person";
    }

    @Override
    public Kind kind() {
      return Kind.FORBIDDEN;
    }

    @Override
    public String detail() {
      return "Somebody else than %s must approve what %s proposed.".formatted(by, by);
    }
  }
}
