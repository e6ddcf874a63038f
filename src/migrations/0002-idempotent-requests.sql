-- Requests that came with an Idempotency-Key, for a day: what was answered, or null while it is being done. The key
-- leads with user_id, the distribution key. fingerprint is a SHA-256 of the request; owner is the random id of the
-- try that does it.
create table idempotent_requests (
  user_id text not null references users (id) on delete cascade,
  idempotency_key text not null,
  fingerprint text not null,
  owner text not null,
  reserved text not null,
  answer text,
  primary key (user_id, idempotency_key)
);
create index idempotent_requests_by_age on idempotent_requests (reserved);
