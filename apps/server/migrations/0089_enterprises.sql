-- Enterprises that give (爱心企业) are partners of a type of their own: a station that keeps 58 of them looks for them beside charities.
alter table partner drop constraint partner_type_check;
alter table partner add constraint partner_type_check check (type in ('government', 'charity', 'enterprise', 'professional'));
