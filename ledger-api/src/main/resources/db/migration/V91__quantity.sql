-- The quantity that the next cycle will have; null where it stays.
ALTER TABLE view_subscription ADD COLUMN next_quantity integer;
