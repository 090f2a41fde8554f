-- When what is asked was first told: the beginning of the call behind it. The clocks of a crisis or of violence count from then, since
-- whoever is in danger does not wait for the form. Only the moment travels to the station; the call itself stays with the centre.
alter table appeal add column told_at timestamptz;
