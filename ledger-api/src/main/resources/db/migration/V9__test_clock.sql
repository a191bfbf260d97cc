-- Where the movable clock stands, in one row; none where time is real.
CREATE TABLE test_clock (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  position timestamptz NOT NULL);
