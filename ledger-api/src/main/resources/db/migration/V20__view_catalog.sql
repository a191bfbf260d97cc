-- The catalogue as it is read. It belongs to the platform, so it has no tenant.
CREATE TABLE view_product (
  product_id text PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  description text,
  is_primary boolean NOT NULL,
  created_at timestamptz NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);

CREATE TABLE view_plan (
  plan_id text PRIMARY KEY,
  code text NOT NULL UNIQUE,
  product_code text NOT NULL,
  name text NOT NULL,
  description text,
  display_order integer NOT NULL,
  active boolean NOT NULL,
  created_at timestamptz NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_plan_order ON view_plan (display_order, code);

CREATE TABLE view_plan_version (
  plan_id text NOT NULL,
  number integer NOT NULL,
  valid_from date NOT NULL,
  price numeric NOT NULL,
  currency text NOT NULL,
  tax_behaviour text NOT NULL,
  interval_kind text NOT NULL,
  interval_length integer NOT NULL,
  anchor_day integer,
  trial_days integer NOT NULL,
  setup_fee numeric NOT NULL,
  activation text NOT NULL,
  issue_days_before integer NOT NULL,
  payment_days integer NOT NULL,
  reminders text NOT NULL,
  notice_time time NOT NULL,
  past_due_after integer NOT NULL,
  suspend_after integer NOT NULL,
  terminate_after integer NOT NULL,
  pause_for_proof_days integer NOT NULL,
  PRIMARY KEY (plan_id, number));

CREATE TABLE view_plan_limit (
  plan_id text NOT NULL,
  number integer NOT NULL,
  place integer NOT NULL,
  module text NOT NULL,
  metric text NOT NULL,
  included numeric,
  enforcement text NOT NULL,
  overage_unit_price numeric,
  PRIMARY KEY (plan_id, number, place));

CREATE TABLE view_plan_change_rule (
  plan_id text NOT NULL,
  number integer NOT NULL,
  place integer NOT NULL,
  to_plan_code text NOT NULL,
  timing text NOT NULL,
  PRIMARY KEY (plan_id, number, place));
