package io.billingledger.proof;

import io.billingledger.kernel.Rejection;

/** Why a file is not taken in as a proof. */
public sealed interface ProofRejection extends Rejection {

  @Override
  default Kind kind() {
    return Kind.INVALID;
  }

  /** Nothing was uploaded. */
  record FileEmpty() implements ProofRejection {
    @Override
    public String code() {
      return "proof.file-empty";
    }

    @Override
    public String detail() {
      return "The file is empty.";
    }
  }

  /** More than {@code ledger.proofs.max-size}. */
  record FileTooLarge(long limit) implements ProofRejection {
    @Override
    public String code() {
      return "proof.file-too-large";
    }

    @Override
    public String detail() {
      return "The file is larger than %d bytes.".formatted(limit);
    }
  }

  /** Not a PDF, JPEG or PNG, or not a whole one. */
  record FileType(String found) implements ProofRejection {
    @Override
    public String code() {
      return "proof.file-type";
    }

    @Override
    public String detail() {
      return "The file must be a PDF, JPEG or PNG; its content is %s.".formatted(found);
    }
  }
}
