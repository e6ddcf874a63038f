-- The user who made a token for its holder; '' for the command line, and for what integrations obtained.
alter table tokens add column created_by text not null default '';

-- Administrators list the newest first.
create index tokens_by_age on tokens (created, id);
