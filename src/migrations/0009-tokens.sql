-- The user who made a token for its holder; '' for the command line, and for what integrations obtained.
alter table tokens add column created_by text not null default '';

-- The organization of its holder, who never moves to another. It has no foreign key: user_id has one already.
alter table tokens add column organization_id text not null default '';
update tokens set organization_id = (select u.organization_id from users u where u.id = tokens.user_id);

-- Administrators list the newest of their organization first, however many tokens others have.
create index tokens_of_organization on tokens (organization_id, created, id);
