-- Who wrote last: tells the processes that share a database file whether their caches still hold.
create table latest_writer (
  writer text not null,
  epoch integer not null
);
insert into latest_writer (writer, epoch) values ('', 0);

-- Grows with every change of organizations, sites, users, memberships or tokens, for processes that keep them in memory.
create table directory_version (
  version bigint not null
);
insert into directory_version (version) values (1);

-- Facts about this database itself, such as that it was made for development.
create table database_facts (
  name text primary key,
  value text not null
);

create table organizations (
  id text primary key,
  name text not null unique,
  created text not null
);

-- site_url is lower-case: site URLs compare without case.
create table sites (
  site_url text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  settings text not null,
  created text not null
);
create index sites_of_organization on sites (organization_id);

-- email_key is the address in lower case.
create table users (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  email text not null,
  email_key text not null unique,
  display_name text not null,
  first_name text not null,
  last_name text not null,
  full_administrator integer not null,
  default_site_url text,
  created text not null
);
create index users_of_organization on users (organization_id, email_key);

-- A user on a site, with the personal meeting room they have there. room_key is the room id in lower case;
-- initial_pins are sixteen random digits that the first host PIN and audio PIN are taken from.
create table memberships (
  user_id text not null references users (id) on delete cascade,
  site_url text not null references sites (site_url) on delete cascade,
  site_administrator integer not null,
  room_id text not null,
  room_key text not null,
  access_code text not null,
  meeting_id text not null unique,
  initial_pins text not null,
  primary key (user_id, site_url),
  unique (site_url, room_key),
  unique (site_url, access_code)
);

-- Only the SHA-256 of a token is kept.
create table tokens (
  hash text primary key,
  id text not null unique,
  user_id text not null references users (id) on delete cascade,
  name text not null,
  scopes text not null,
  created text not null,
  expires text,
  revoked text,
  last_used text
);
create index tokens_of_user on tokens (user_id);

-- Every version of the document of a user, site and section: the one with the highest revision is in force, the
-- others are its history. The key leads with user_id, the distribution key. parent is the checksum of the version
-- before, 0 for the first: a version goes in only on top of the one that it was made from. actor_id, token_id and
-- tracking_id say who changed it; they are '' for what no request changed. Changes that were made together share a
-- batch_id, which is '' for all others.
--
-- There is no foreign key: versions outlive the membership they belonged to. What ends a membership closes its documents
-- with a version whose document is '', on which nothing goes in before the user is on the site again.
--
-- Sections that the directory keeps, sites and personalMeetingRoomId, have versions as history alone. Revision 0 is what
-- was there before the first change. Versions of sites count through all sites of the user, and lie on the new default.
create table preferences (
  user_id text not null,
  site_url text not null,
  section text not null,
  revision bigint not null,
  document text not null,
  checksum bigint not null,
  parent bigint not null,
  changed text not null,
  actor_id text not null,
  token_id text not null,
  tracking_id text not null,
  batch_id text not null,
  primary key (user_id, site_url, section, revision)
);
create index changes_of_site on preferences (site_url, changed);
create index changes_of_batch on preferences (batch_id) where batch_id <> '';
create index default_sites_of_user on preferences (user_id, revision) where section = 'sites';
