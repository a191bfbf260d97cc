-- Rules over sets: whoever writes the claim on a key first holds it.
CREATE TABLE claims (
  kind text NOT NULL,
  key text NOT NULL,
  holder text NOT NULL,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (kind, key));
CREATE INDEX claims_holder ON claims (holder);

-- Gapless series: the row of the series is locked until the transaction ends, so a number that is
-- rolled back is given to the next one; the same holder gets the same number again.
CREATE TABLE claim_series (
  kind text NOT NULL,
  series text NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (kind, series));

CREATE TABLE claim_numbers (
  kind text NOT NULL,
  series text NOT NULL,
  number bigint NOT NULL,
  holder text NOT NULL,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (kind, series, number),
  UNIQUE (kind, series, holder));

CREATE FUNCTION ledger_next_number(of_kind text, of_series text, for_holder text, at timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  answer bigint;
BEGIN
  SELECT number INTO answer FROM claim_numbers
    WHERE kind = of_kind AND series = of_series AND holder = for_holder;
  IF FOUND THEN
    RETURN answer;
  END IF;
  INSERT INTO claim_series VALUES (of_kind, of_series, 0) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM claim_series WHERE kind = of_kind AND series = of_series FOR UPDATE;
  SELECT number INTO answer FROM claim_numbers
    WHERE kind = of_kind AND series = of_series AND holder = for_holder;
  IF FOUND THEN
    RETURN answer;
  END IF;
  UPDATE claim_series SET last = last + 1 WHERE kind = of_kind AND series = of_series
    RETURNING last INTO answer;
  INSERT INTO claim_numbers VALUES (of_kind, of_series, answer, for_holder, at);
  RETURN answer;
END $$;
