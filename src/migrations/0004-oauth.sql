-- A person, or a machine: the user that a service account acts as, with roles but without sign-in.
alter table users add column kind text not null default 'person';

-- Programs that ask for access: kind is web, native or service. id is the client id. Of a secret, only the SHA-256 is
-- kept; a program that cannot keep one has none. redirect_urls is a JSON list. user_id is whom a service account acts as.
create table integrations (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  kind text not null,
  name text not null,
  description text not null,
  contact_email text not null,
  secret_hash text,
  redirect_urls text not null,
  scopes text not null,
  user_id text references users (id) on delete cascade,
  created text not null,
  created_by text not null
);
create index integrations_of_organization on integrations (organization_id, created);
create index integrations_of_user on integrations (user_id);

-- What a user consented to. Whatever follows from it goes with it: deleting it is how it is revoked.
create table oauth_grants (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  integration_id text not null references integrations (id) on delete cascade,
  payload text not null,
  expires text not null
);
create index oauth_grants_of_user on oauth_grants (user_id);
create index oauth_grants_of_integration on oauth_grants (integration_id);
create index oauth_grants_by_expiry on oauth_grants (expires);

-- Codes, refresh tokens, sessions and requests under way, until they expire. hash is the SHA-256 of what their holder
-- presents, which is kept nowhere. What was redeemed stays with its time, so that a second try is noticed.
create table oauth_records (
  hash text primary key,
  kind text not null,
  user_id text references users (id) on delete cascade,
  integration_id text references integrations (id) on delete cascade,
  grant_id text references oauth_grants (id) on delete cascade,
  uid text,
  user_code_hash text,
  payload text not null,
  consumed text,
  expires text not null
);
create index oauth_records_of_user on oauth_records (user_id);
create index oauth_records_of_integration on oauth_records (integration_id);
create index oauth_records_of_grant on oauth_records (grant_id);
create index oauth_records_by_uid on oauth_records (uid) where uid is not null;
create index oauth_records_by_user_code on oauth_records (user_code_hash) where user_code_hash is not null;
create index oauth_records_by_expiry on oauth_records (expires);

-- Access tokens that integrations obtained are tokens like all others; the rest of what they stand for is in payload.
alter table tokens add column integration_id text references integrations (id) on delete cascade;
alter table tokens add column grant_id text references oauth_grants (id) on delete cascade;
alter table tokens add column payload text;
create index tokens_of_integration on tokens (integration_id) where integration_id is not null;
create index tokens_of_grant on tokens (grant_id) where grant_id is not null;
create index tokens_of_integrations_by_expiry on tokens (expires) where integration_id is not null;

-- Private keys that sign ID tokens, as JSON Web Keys; the numbers make sure that two processes never add one at once.
create table signing_keys (
  number bigint primary key,
  jwk text not null,
  created text not null
);
