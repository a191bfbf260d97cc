-- Whose rows a transaction may see: the setting ledger.scope holds one tenant's id, '*' for all of
-- them, or nothing, and then there are no rows. The platform's own rows (no tenant) are for all.
CREATE FUNCTION ledger_sees(tenant text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('ledger.scope', true) = '*' OR tenant = current_setting('ledger.scope', true);

CREATE FUNCTION ledger_has_scope() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('ledger.scope', true), '') <> '';

-- What the owner makes from now on, the application may use.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${app_role}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "${app_role}";
GRANT USAGE ON SCHEMA public TO "${app_role}";
