package io.billingledger.view.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.jdbc.Expectation;

/** Whose customer a tenant is. */
@Entity
@Immutable
@Table(name = "view_journal_tenant")
@SQLInsert(
    sql =
        "insert into view_journal_tenant (legal_entity_id, tenant_id) values (?, ?)"
            + " on conflict do nothing",
    verify = Expectation.None.class)
class BookedTenantRow {
  @Id
  @Column(name = "tenant_id")
  private String id;

  private String legalEntityId;

  protected BookedTenantRow() {}

  BookedTenantRow(String id, String legalEntityId) {
    this.id = id;
    this.legalEntityId = legalEntityId;
  }

  String legalEntityId() {
    return legalEntityId;
  }
}
