-- What the directory that provisions a user calls them; '' for who came another way.
alter table users add column external_id text not null default '';
create index users_by_external_id on users (organization_id, external_id) where external_id <> '';

-- Groups that another directory provisions. name_key is the name in lower case.
create table provisioned_groups (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  display_name text not null,
  name_key text not null,
  external_id text not null,
  created text not null,
  modified text not null,
  unique (organization_id, name_key)
);

create table provisioned_group_members (
  group_id text not null references provisioned_groups (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  primary key (group_id, user_id)
);
create index groups_of_user on provisioned_group_members (user_id);
