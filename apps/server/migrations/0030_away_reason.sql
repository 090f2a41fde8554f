-- Why an expert is away, where the expert says it.
alter table expert_away add column reason text;
