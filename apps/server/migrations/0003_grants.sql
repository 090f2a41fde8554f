-- What the platform's role may do. It owns nothing, and on the audit trails it can only add.
grant usage on schema public to jieyou_app;
grant select, insert, update, delete on all tables in schema public to jieyou_app;
revoke all on row_history, audit_seal, event, access_record, casebank_entry, division, number_series, session, account, case_note, support_opinion, support_packet, support_minutes, support_closing, support_statement from jieyou_app;
grant select, insert on event, access_record to jieyou_app;
grant select, insert on audit_seal to jieyou_app;
grant select, insert, update on casebank_entry, division, number_series, session, account to jieyou_app;
grant select, insert on case_note, support_opinion, support_packet, support_minutes, support_closing, support_statement to jieyou_app;
grant execute on all functions in schema public to jieyou_app;
