-- Why a service of volunteers was chosen (LC-13): 群众急需, 服务专业, 受益广泛, each answered with a reason by who leads it. Words about the task
-- and about nobody; no points. Null for what helps with other work, and for tasks of before.

alter table volunteer_task add column criteria jsonb;
grant update (criteria) on volunteer_task to jieyou_app;
