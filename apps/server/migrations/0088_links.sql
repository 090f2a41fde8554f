-- A task of volunteers stands beside one session of a group, not only beside the group.
alter table volunteer_task drop constraint volunteer_task_for_kind_check;
alter table volunteer_task add constraint volunteer_task_for_kind_check
  check (for_kind in ('own', 'activity', 'group', 'session', 'relief', 'visit'));
