-- What an officer of a community learns after a clue was told is written beside it; nothing that was told is changed.
alter table appeal_step drop constraint appeal_step_kind_check;
alter table appeal_step add constraint appeal_step_kind_check check (
  kind in ('asked', 'taken', 'released', 'passed', 'assigned', 'answered', 'opened', 'handed', 'withdrawn', 'accompanied', 'added'));
