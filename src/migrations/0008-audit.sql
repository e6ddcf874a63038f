-- Who did what to whom: rows are added, and removed when they are older than the log is kept; nothing ever changes one.
-- The key leads with organization_id, the distribution key; it is '' for what belongs to no organization. Names are as
-- they were then. actor_id and token_id are '' for what the command line did.
create table audit_events (
  organization_id text not null,
  created text not null,
  id text not null,
  category text not null,
  action text not null,
  actor_id text not null,
  actor_name text not null,
  actor_email text not null,
  actor_role text not null,
  token_id text not null,
  target_type text not null,
  target_id text not null,
  target_name text not null,
  site_url text not null,
  detail text not null,
  tracking_id text not null,
  address text not null,
  primary key (organization_id, created, id)
);
create index audit_events_by_age on audit_events (created);
