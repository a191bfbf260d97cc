-- The tenant's own people. What the invitation's token hashes to is kept, never the token.
CREATE TABLE app_user (
  user_id text PRIMARY KEY,
  email text NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('owner', 'member')),
  name text,
  password_hash text,
  invitation_hash bytea NOT NULL UNIQUE,
  invitation_no integer NOT NULL,
  invited_at timestamptz NOT NULL,
  invitation_sent_at timestamptz,
  redeemed_at timestamptz);

GRANT USAGE ON SCHEMA public TO "${app_role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON app_user TO "${app_role}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${app_role}";
