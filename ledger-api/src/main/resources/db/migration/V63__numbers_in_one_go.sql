-- The next numbers of a series for several holders, in their order; a holder that has one keeps it.
CREATE FUNCTION ledger_next_numbers(of_kind text, of_series text, for_holders text[], at timestamptz)
RETURNS TABLE (holder text, number bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO claim_series VALUES (of_kind, of_series, 0) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM claim_series WHERE kind = of_kind AND series = of_series FOR UPDATE;
  WITH without AS (
    SELECT h.holder, row_number() OVER (ORDER BY h.place) AS place
    FROM unnest(for_holders) WITH ORDINALITY AS h (holder, place)
    WHERE NOT EXISTS (
      SELECT FROM claim_numbers n
      WHERE n.kind = of_kind AND n.series = of_series AND n.holder = h.holder)),
  numbered AS (
    INSERT INTO claim_numbers
    SELECT of_kind, of_series, s.last + w.place, w.holder, at
    FROM without w, claim_series s WHERE s.kind = of_kind AND s.series = of_series)
  UPDATE claim_series SET last = last + (SELECT count(*) FROM without)
    WHERE kind = of_kind AND series = of_series;
  RETURN QUERY SELECT n.holder, n.number FROM claim_numbers n
    WHERE n.kind = of_kind AND n.series = of_series AND n.holder = ANY (for_holders);
END $$;
