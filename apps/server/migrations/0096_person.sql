-- All that happened with a person is read for one person at a time: what had no index by its case, or by the person, has one now.
create index case_handover_by_case on case_handover (district_id, case_id);
create index service_contact_imported_of on service_contact (district_id, recipient_id) where source_kind = 'import';
