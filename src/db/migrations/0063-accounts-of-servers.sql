-- Some networks let each server number its people, so that many have the number 1: an account is known by its server too.

alter table accounts drop constraint accounts_org_id_connector_remote_id_key;
alter table accounts add unique (org_id, connector, remote_id, server);
