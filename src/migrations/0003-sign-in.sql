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

-- Users who sign in with a password of ours. password is an argon2id hash with its salt and costs; totp_secret is the
-- secret of their one-time codes, if they use any, and totp_step the time step of the last code they used: none works twice.
create table local_accounts (
  user_id text primary key references users (id) on delete cascade,
  password text not null,
  changed text not null,
  totp_secret text,
  totp_step bigint not null
);

-- Who was refused lately: subject is the SHA-256 of an address that somebody tried to sign in with, or tried from.
create table sign_in_attempts (
  subject text primary key,
  failures integer not null,
  blocked_until text not null,
  updated text not null
);
create index sign_in_attempts_by_age on sign_in_attempts (updated);

-- Sign-ins that a browser began and another server has yet to confirm. Only the SHA-256 of what the browser holds is kept.
create table openid_sign_ins (
  hash text primary key,
  state text not null,
  nonce text not null,
  code_verifier text not null,
  return_path text not null,
  expires text not null
);
create index openid_sign_ins_by_expiry on openid_sign_ins (expires);

-- Whom a subject of another server's tokens stands for.
create table linked_subjects (
  issuer text not null,
  subject text not null,
  user_id text not null references users (id) on delete cascade,
  created text not null,
  primary key (issuer, subject)
);
create index linked_subjects_of_user on linked_subjects (user_id);
