-- What somebody was told when they agreed (告知书, 个人信息保护法 17): the version that held on the day of signing. Null where nothing is recorded
-- of it, on every consent of earlier days.
alter table consent add column notice_id uuid references rule_pack, add column notice_version text,
  add check ((notice_id is null) = (notice_version is null));
