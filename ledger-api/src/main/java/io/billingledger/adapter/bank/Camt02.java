package io.billingledger.adapter.bank;

import com.prowidesoftware.swift.model.mx.dic.AccountIdentification4Choice;
import com.prowidesoftware.swift.model.mx.dic.AccountStatement2;
import com.prowidesoftware.swift.model.mx.dic.ActiveOrHistoricCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.AmountAndCurrencyExchange3;
import com.prowidesoftware.swift.model.mx.dic.BalanceType5Choice;
import com.prowidesoftware.swift.model.mx.dic.BankToCustomerStatementV02;
import com.prowidesoftware.swift.model.mx.dic.BankTransactionCodeStructure4;
import com.prowidesoftware.swift.model.mx.dic.CashAccount16;
import com.prowidesoftware.swift.model.mx.dic.CashAccount20;
import com.prowidesoftware.swift.model.mx.dic.CashBalance3;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.CreditorReferenceInformation2;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTimeChoice;
import com.prowidesoftware.swift.model.mx.dic.DateTimePeriodDetails;
import com.prowidesoftware.swift.model.mx.dic.EntryDetails1;
import com.prowidesoftware.swift.model.mx.dic.EntryStatus2Code;
import com.prowidesoftware.swift.model.mx.dic.EntryTransaction2;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification32;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation5;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry2;
import com.prowidesoftware.swift.model.mx.dic.TransactionParty2;
import com.prowidesoftware.swift.model.mx.dic.TransactionReferences2;
import io.billingledger.bank.StatementFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;

/** The second version of camt.053, which most banks still publish. */
final class Camt02 {
  private static final String NOT_GIVEN = "NOTPROVIDED";

  private Camt02() {}

  static List<StatementDraft> statements(BankToCustomerStatementV02 message) {
    return message.getStmt().stream().map(Camt02::statement).toList();
  }

  private static StatementDraft statement(AccountStatement2 statement) {
    StatementDraft draft = new StatementDraft(StatementFormat.CAMT_053);
    draft.account(
        Optional.ofNullable(statement.getAcct())
            .map(CashAccount20::getId)
            .map(Camt02::account)
            .orElse(null));
    draft.number(statement.getId());
    for (CashBalance3 balance : statement.getBal()) {
      balance(draft, balance);
    }
    Optional.ofNullable(statement.getFrToDt())
        .map(DateTimePeriodDetails::getFrDtTm)
        .ifPresent(start -> draft.from(start.toLocalDate()));
    statement.getNtry().stream()
        .filter(entry -> entry.getSts() == null || entry.getSts() == EntryStatus2Code.BOOK)
        .forEach(entry -> draft.add(line(draft, entry)));
    return draft;
  }

  /** Booked balances only; the closing balance of before is the opening one of now. */
  private static void balance(StatementDraft draft, CashBalance3 balance) {
    BalanceType5Choice code = balance.getTp() == null ? null : balance.getTp().getCdOrPrtry();
    String kind = code == null || code.getCd() == null ? null : code.getCd().name();
    if (kind == null || balance.getAmt() == null) {
      return;
    }
    switch (kind) {
      case "OPBD" ->
          draft.opening(
              signed(draft, balance.getAmt(), balance.getCdtDbtInd()), date(balance.getDt()));
      case "PRCD" ->
          draft.before(
              signed(draft, balance.getAmt(), balance.getCdtDbtInd()), date(balance.getDt()));
      case "CLBD" ->
          draft.closing(
              signed(draft, balance.getAmt(), balance.getCdtDbtInd()), date(balance.getDt()));
      default -> {}
    }
  }

  private static StatementDraft.Line line(StatementDraft draft, ReportEntry2 entry) {
    Money amount = signed(draft, entry.getAmt(), entry.getCdtDbtInd());
    List<EntryTransaction2> details =
        entry.getNtryDtls().stream().map(EntryDetails1::getTxDtls).flatMap(List::stream).toList();
    List<StatementDraft.Part> parts =
        details.stream()
            .map(
                tx ->
                    new StatementDraft.Part(
                        amount(draft, tx, amount.getCurrencyUnit().getCode(), entry.getCdtDbtInd()),
                        reference(tx),
                        payer(tx),
                        text(tx)))
            .toList();
    EntryTransaction2 only = details.size() == 1 ? details.getFirst() : null;
    LocalDate bookedOn = date(entry.getBookgDt());
    return new StatementDraft.Line(
        bookedOn,
        entry.getValDt() == null ? bookedOn : date(entry.getValDt()),
        amount,
        Boolean.TRUE.equals(entry.isRvslInd()),
        entry.getAcctSvcrRef() == null ? entry.getNtryRef() : entry.getAcctSvcrRef(),
        kind(entry.getBkTxCd()),
        only == null ? null : payer(only),
        only == null ? null : payerAccount(only),
        StatementDraft.joined(
            Stream.concat(
                parts.stream().map(StatementDraft.Part::text), Stream.of(entry.getAddtlNtryInf()))),
        parts);
  }

  private static Money amount(
      StatementDraft draft, EntryTransaction2 tx, String currency, CreditDebitCode sign) {
    return Optional.ofNullable(tx.getAmtDtls())
        .map(AmountAndCurrencyExchange3::getTxAmt)
        .map(details -> details.getAmt())
        .filter(amount -> currency.equals(amount.getCcy()))
        .map(amount -> signed(draft, amount, sign))
        .orElse(null);
  }

  private static String reference(EntryTransaction2 tx) {
    return Optional.ofNullable(tx.getRefs())
        .map(TransactionReferences2::getAcctSvcrRef)
        .orElse(null);
  }

  private static String payer(EntryTransaction2 tx) {
    TransactionParty2 parties = tx.getRltdPties();
    if (parties == null) {
      return null;
    }
    String ultimate = name(parties.getUltmtDbtr());
    return ultimate == null ? name(parties.getDbtr()) : ultimate;
  }

  private static String name(PartyIdentification32 party) {
    return party == null ? null : party.getNm();
  }

  private static String payerAccount(EntryTransaction2 tx) {
    return Optional.ofNullable(tx.getRltdPties())
        .map(TransactionParty2::getDbtrAcct)
        .map(CashAccount16::getId)
        .map(Camt02::account)
        .orElse(null);
  }

  private static String text(EntryTransaction2 tx) {
    RemittanceInformation5 remittance = tx.getRmtInf();
    Stream<String> free = remittance == null ? Stream.of() : remittance.getUstrd().stream();
    Stream<String> structured =
        remittance == null
            ? Stream.of()
            : remittance.getStrd().stream()
                .flatMap(
                    one ->
                        Stream.concat(
                            Optional.ofNullable(one.getCdtrRefInf())
                                .map(CreditorReferenceInformation2::getRef)
                                .stream(),
                            one.getAddtlRmtInf().stream()));
    String endToEnd =
        Optional.ofNullable(tx.getRefs())
            .map(TransactionReferences2::getEndToEndId)
            .filter(id -> !id.equals(NOT_GIVEN))
            .orElse(null);
    return StatementDraft.joined(
        Stream.of(free, structured, Stream.of(endToEnd, tx.getAddtlTxInf()).filter(t -> t != null))
            .flatMap(texts -> texts));
  }

  private static String account(AccountIdentification4Choice account) {
    return account.getIBAN() == null && account.getOthr() != null
        ? account.getOthr().getId()
        : account.getIBAN();
  }

  private static String kind(BankTransactionCodeStructure4 code) {
    if (code == null) {
      return null;
    }
    if (code.getPrtry() != null) {
      return code.getPrtry().getCd();
    }
    return code.getDomn() == null ? null : code.getDomn().getCd();
  }

  /** The sign of an entry is its own, also where it takes another one back. */
  private static Money signed(
      StatementDraft draft, ActiveOrHistoricCurrencyAndAmount amount, CreditDebitCode sign) {
    Money money =
        amount == null ? draft.money(null, "XXX") : draft.money(amount.getValue(), amount.getCcy());
    draft.required(sign == null ? null : sign.name(), "whether money came or went");
    return sign == CreditDebitCode.CRDT ? money : money.negated();
  }

  private static LocalDate date(DateAndDateTimeChoice date) {
    return date == null ? CamtFile.date(null, null) : CamtFile.date(date.getDt(), date.getDtTm());
  }
}
