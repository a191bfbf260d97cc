-- The last month of which something was recognised: an event that comes again changes nothing.
ALTER TABLE view_revenue_line ADD COLUMN recognised_to date;
