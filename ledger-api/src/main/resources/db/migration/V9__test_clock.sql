-- Where the movable clock stands; empty where time is real.
CREATE TABLE test_clock (
  only boolean PRIMARY KEY DEFAULT true CHECK (only),
  position timestamptz NOT NULL);
