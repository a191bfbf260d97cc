package io.billingledger.adapter.bank;

import com.prowidesoftware.swift.model.mx.dic.AccountIdentification4Choice;
import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.ActiveOrHistoricCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.AmountAndCurrencyExchange3;
import com.prowidesoftware.swift.model.mx.dic.BalanceType10Choice;
import com.prowidesoftware.swift.model.mx.dic.BankToCustomerStatementV08;
import com.prowidesoftware.swift.model.mx.dic.BankTransactionCodeStructure4;
import com.prowidesoftware.swift.model.mx.dic.CashAccount38;
import com.prowidesoftware.swift.model.mx.dic.CashAccount39;
import com.prowidesoftware.swift.model.mx.dic.CashBalance8;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.CreditorReferenceInformation2;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTime2Choice;
import com.prowidesoftware.swift.model.mx.dic.DateTimePeriod1;
import com.prowidesoftware.swift.model.mx.dic.EntryDetails9;
import com.prowidesoftware.swift.model.mx.dic.EntryTransaction10;
import com.prowidesoftware.swift.model.mx.dic.Party40Choice;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import com.prowidesoftware.swift.model.mx.dic.TransactionParties6;
import com.prowidesoftware.swift.model.mx.dic.TransactionReferences6;
import io.billingledger.bank.StatementFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;

/** The eighth version of camt.053, which banks move to. */
final class Camt08 {
  private static final String NOT_GIVEN = "NOTPROVIDED";

  private Camt08() {}

  static List<StatementDraft> statements(BankToCustomerStatementV08 message) {
    return message.getStmt().stream().map(Camt08::statement).toList();
  }

  private static StatementDraft statement(AccountStatement9 statement) {
    StatementDraft draft = new StatementDraft(StatementFormat.CAMT_053);
    draft.account(
        Optional.ofNullable(statement.getAcct())
            .map(CashAccount39::getId)
            .map(Camt08::account)
            .orElse(null));
    draft.number(statement.getId());
    for (CashBalance8 balance : statement.getBal()) {
      balance(draft, balance);
    }
    Optional.ofNullable(statement.getFrToDt())
        .map(DateTimePeriod1::getFrDtTm)
        .ifPresent(start -> draft.from(start.toLocalDate()));
    statement.getNtry().stream()
        .filter(entry -> entry.getSts() == null || "BOOK".equals(entry.getSts().getCd()))
        .forEach(entry -> draft.add(line(draft, entry)));
    return draft;
  }

  /** Booked balances only; the closing balance of before is the opening one of now. */
  private static void balance(StatementDraft draft, CashBalance8 balance) {
    BalanceType10Choice code = balance.getTp() == null ? null : balance.getTp().getCdOrPrtry();
    String kind = code == null ? null : code.getCd();
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

  private static StatementDraft.Line line(StatementDraft draft, ReportEntry10 entry) {
    Money amount = signed(draft, entry.getAmt(), entry.getCdtDbtInd());
    List<EntryTransaction10> details =
        entry.getNtryDtls().stream().map(EntryDetails9::getTxDtls).flatMap(List::stream).toList();
    List<StatementDraft.Part> parts =
        details.stream()
            .map(
                tx ->
                    new StatementDraft.Part(
                        amount(
                            draft,
                            tx,
                            amount.getCurrencyUnit().getCode(),
                            tx.getCdtDbtInd() == null ? entry.getCdtDbtInd() : tx.getCdtDbtInd()),
                        reference(tx),
                        payer(tx),
                        text(tx)))
            .toList();
    EntryTransaction10 only = details.size() == 1 ? details.getFirst() : null;
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
      StatementDraft draft, EntryTransaction10 tx, String currency, CreditDebitCode sign) {
    return Optional.ofNullable(tx.getAmt())
        .or(
            () ->
                Optional.ofNullable(tx.getAmtDtls())
                    .map(AmountAndCurrencyExchange3::getTxAmt)
                    .map(details -> details.getAmt()))
        .filter(amount -> currency.equals(amount.getCcy()))
        .map(amount -> signed(draft, amount, sign))
        .orElse(null);
  }

  private static String reference(EntryTransaction10 tx) {
    return Optional.ofNullable(tx.getRefs())
        .map(TransactionReferences6::getAcctSvcrRef)
        .orElse(null);
  }

  private static String payer(EntryTransaction10 tx) {
    TransactionParties6 parties = tx.getRltdPties();
    if (parties == null) {
      return null;
    }
    String ultimate = name(parties.getUltmtDbtr());
    return ultimate == null ? name(parties.getDbtr()) : ultimate;
  }

  private static String name(Party40Choice party) {
    return party == null ? null : party.getPty() == null ? null : party.getPty().getNm();
  }

  private static String payerAccount(EntryTransaction10 tx) {
    return Optional.ofNullable(tx.getRltdPties())
        .map(TransactionParties6::getDbtrAcct)
        .map(CashAccount38::getId)
        .map(Camt08::account)
        .orElse(null);
  }

  private static String text(EntryTransaction10 tx) {
    RemittanceInformation16 remittance = tx.getRmtInf();
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
            .map(TransactionReferences6::getEndToEndId)
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

  private static LocalDate date(DateAndDateTime2Choice date) {
    return date == null ? CamtFile.date(null, null) : CamtFile.date(date.getDt(), date.getDtTm());
  }
}
