-- The browsers that are signed in. Only the SHA-256 of what a browser holds is kept. last_used is kept to the minute; at
-- expires it is over, however much it is used.
create table sign_in_sessions (
  hash text primary key,
  id text not null unique,
  user_id text not null references users (id) on delete cascade,
  method text not null,
  created text not null,
  expires text not null,
  last_used text not null
);
create index sign_in_sessions_of_user on sign_in_sessions (user_id);
create index sign_in_sessions_by_expiry on sign_in_sessions (expires);
