-- Whether somebody may sign in and use their tokens; 0 keeps everything of theirs, but lets nobody in.
alter table users add column active integer not null default 1;

-- When the user was changed last; '' for never.
alter table users add column modified text not null default '';

-- Who was deleted: enough to read the history of their preferences. email_key is the address in lower case, which
-- somebody else may have by now.
create table deleted_users (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  email text not null,
  email_key text not null,
  display_name text not null,
  first_name text not null,
  last_name text not null,
  deleted text not null
);
create index deleted_users_by_address on deleted_users (organization_id, email_key);
create index deleted_users_by_age on deleted_users (deleted);

-- Who has whom as delegate: what delegateEmails of the scheduling options in force say, one row an address in lower case.
-- The key leads with user_id, the distribution key.
create table delegations (
  user_id text not null,
  site_url text not null,
  delegate_key text not null,
  primary key (user_id, site_url, delegate_key)
);
create index delegations_by_delegate on delegations (delegate_key);
