package io.billingledger.api.keys;

import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.TenantId;

/** Why a key was not made or not ended. */
sealed interface ApiKeyRejection extends Rejection {

  record KeyUnknown(ApiKeyId key) implements ApiKeyRejection {
    @Override
    public String code() {
      return "api-key.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no API key %s.".formatted(key);
    }
  }

  record LastOwner(ApiKeyId key) implements ApiKeyRejection {
    @Override
    public String code() {
      return "api-key.last-owner";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s is the last key of a platform owner; make another one first.".formatted(key);
    }
  }

  record RolesDoNotFit(String why) implements ApiKeyRejection {
    @Override
    public String code() {
      return "api-key.roles-do-not-fit";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "These roles and this tenant do not go together: %s.".formatted(why);
    }
  }

  record ActorReserved(String actor) implements ApiKeyRejection {
    @Override
    public String code() {
      return "api-key.actor-reserved";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Actors whose name begins with \"system:\" are parts of the ledger, not \"%s\"."
          .formatted(actor);
    }
  }

  record TenantUnknown(TenantId tenant) implements ApiKeyRejection {
    @Override
    public String code() {
      return "api-key.tenant-unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "There is no tenant %s to make a key for.".formatted(tenant);
    }
  }
}
