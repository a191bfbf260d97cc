package io.billingledger.document;

import io.billingledger.kernel.Rejection;

/** Why a document is not made. */
public sealed interface DocumentRejection extends Rejection {

  @Override
  default Kind kind() {
    return Kind.CONFLICT;
  }

  /** EN 16931 wants the seller's address and tax identity, which only people can tell. */
  record SellerNotDescribed(String legalEntityId) implements DocumentRejection {
    @Override
    public String code() {
      return "document.seller-not-described";
    }

    @Override
    public String detail() {
      return "The electronic invoice names the seller's address and tax identity, and nobody has described the legal entity %s yet (POST /api/platform/seller)."
          .formatted(legalEntityId);
    }
  }

  /** The format has no way to say so, and whoever receives it would book it. */
  record InvoiceVoid(String number) implements DocumentRejection {
    @Override
    public String code() {
      return "document.void";
    }

    @Override
    public String detail() {
      return "The invoice %s is void, so there is no electronic invoice of it; its PDF says that it is void."
          .formatted(number);
    }
  }

  record SellerUnknown(String legalEntityId) implements DocumentRejection {
    @Override
    public String code() {
      return "seller.not-described";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "Nobody has described the legal entity %s yet.".formatted(legalEntityId);
    }
  }

  /** Also what a link is answered that somebody has changed. */
  record LinkUnknown() implements DocumentRejection {
    @Override
    public String code() {
      return "document-link.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no document at this link.";
    }
  }
}
