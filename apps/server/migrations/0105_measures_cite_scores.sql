-- A value before or after may be a score that stands on a form of the member: it is cited, not typed again, and keeps what it was on its day.
-- The answer goes where the member's rows go, and a form that was corrected later leaves the value as it was taken.
alter table group_measure
  add column answer_id uuid,
  add column scale text,
  add constraint group_measure_cited check ((answer_id is null) = (scale is null));
grant update (answer_id, scale) on group_measure to jieyou_app;
