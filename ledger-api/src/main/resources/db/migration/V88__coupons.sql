-- Coupons of the platform: nobody's in particular, seen like plans by everybody with a scope.
CREATE TABLE view_coupon (
  coupon_id text PRIMARY KEY,
  code text NOT NULL UNIQUE,
  terms text NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  version bigint NOT NULL,
  position bigint NOT NULL,
  created_position bigint NOT NULL);
CREATE INDEX view_coupon_order ON view_coupon (created_position, coupon_id);

-- The coupons that a subscription has redeemed.
ALTER TABLE view_subscription ADD COLUMN coupons text NOT NULL DEFAULT '[]';
