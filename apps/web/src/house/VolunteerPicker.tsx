import { type Day, isMinorOn } from '@jieyou/core/shared/day.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { createVolunteer, listVolunteers } from '@jieyou/core/volunteers/endpoints.ts';
import { VolunteerDraft } from '@jieyou/core/volunteers/schema.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { queryOf, useAct } from './ask.ts';
import { FormDialog } from './FormDialog.tsx';
import { today } from './format.ts';
import { DayInput } from './inputs.tsx';
import { Field, RecordForm } from './RecordForm.tsx';
import { seal } from './sealedWord.ts';

const PAUSE_MS = 300;

/** Whom the register shows: the newest, or the one whose whole name or phone was typed, which goes sealed. */
const useVolunteersFound = () => {
  const [typed, setTyped] = useState('');
  const [lookup, setLookup] = useState('');
  useEffect(() => {
    if (typed.trim().length < 2) {
      setLookup('');
      return;
    }
    let late = false;
    const wait = setTimeout(
      () =>
        void seal(typed).then(
          (word) => late || setLookup(word),
          () => undefined,
        ),
      PAUSE_MS,
    );
    return () => {
      late = true;
      clearTimeout(wait);
    };
  }, [typed]);
  const found = useQuery({
    ...queryOf(listVolunteers, { query: { limit: 100, status: ['active'], ...(lookup === '' ? {} : { lookup }) } as never }),
    placeholderData: keepPreviousData,
  });
  return { rows: found.data?.rows ?? [], loading: found.isFetching, onSearch: setTyped };
};

/** What is asked at once of somebody who is not on the register yet; the rest is entered there. */
const REST = { idNumber: null, idAgreedOn: null, team: '', skills: [], areas: [], slots: [], insuredUntil: null, expertise: '', notes: '' };

function NewVolunteer({ onDone, onClose }: { readonly onDone: (id: string, name: string) => void; readonly onClose: () => void }) {
  const create = useAct(createVolunteer);
  const [birthOn, setBirthOn] = useState<string | null>(null);
  const minor = birthOn !== null && isMinorOn(birthOn as Day, today() as Day);
  return (
    <FormDialog open title="登记新志愿者" width={600} onClose={onClose}>
      {/* A dialog inside a form: what is sent here does not send the form around it. */}
      <div role="presentation" onSubmit={(e) => e.stopPropagation()} onReset={(e) => e.stopPropagation()}>
        <p className="jy-secondary">专长、可服务时间等，之后到登记册里补。</p>
        <RecordForm
          validateWith={VolunteerDraft}
          initial={{}}
          extra={{ ...REST, since: today() } as never}
          columns={1}
          submitWords="登记"
          onCancel={onClose}
          onValuesChange={(v) => setBirthOn((v as { birthOn?: string | null }).birthOn ?? null)}
          submit={async (body) => {
            const { id } = await create.mutateAsync({ body });
            onDone(id, body.name);
          }}
        >
          <Field name="name" label="姓名">
            <Input maxLength={40} autoComplete="off" />
          </Field>
          <Field name="gender" label="性别">
            <Select options={optionsOf(genderLabels)} />
          </Field>
          <Field name="birthOn" label="出生日期">
            <DayInput notAfter={today()} />
          </Field>
          <Field name="phone" label="电话" hint="没有电话就填监护人的。">
            <Input inputMode="tel" maxLength={20} autoComplete="off" />
          </Field>
          {minor && (
            <>
              <Field name="guardianName" label="监护人姓名">
                <Input maxLength={40} autoComplete="off" />
              </Field>
              <Field name="guardianPhone" label="监护人电话">
                <Input inputMode="tel" maxLength={20} autoComplete="off" />
              </Field>
              <Field name="guardianAgreedOn" label="监护人同意日期">
                <DayInput notAfter={today()} />
              </Field>
            </>
          )}
        </RecordForm>
      </div>
    </FormDialog>
  );
}

/** Takes somebody from the station's register, or enters them there on the spot. */
export function VolunteerPicker({
  label,
  without,
  onPick,
}: {
  readonly label: string;
  /** Those who are chosen already. */
  readonly without: readonly string[];
  readonly onPick: (id: string, name: string) => void;
}) {
  const { rows, loading, onSearch } = useVolunteersFound();
  const [entering, setEntering] = useState(false);
  return (
    <div className="jy-actions">
      <Select
        aria-label={label}
        style={{ minWidth: 260, flex: '1 1 260px' }}
        value={null}
        showSearch={{ onSearch, filterOption: false }}
        loading={loading}
        placeholder="从登记册里选，或输入完整姓名、电话"
        options={rows
          .filter((r) => !without.includes(r.id))
          .map((r) => ({ value: r.id, label: [r.name, r.phone, r.team].filter(Boolean).join('　') }))}
        notFoundContent={loading ? '正在查找' : '登记册里没有找到'}
        onChange={(id: string | null) => {
          const row = rows.find((r) => r.id === id);
          if (row !== undefined) onPick(row.id, row.name);
        }}
      />
      <Button onClick={() => setEntering(true)}>登记新志愿者</Button>
      {entering && (
        <NewVolunteer
          onClose={() => setEntering(false)}
          onDone={(id, name) => {
            setEntering(false);
            onPick(id, name);
          }}
        />
      )}
    </div>
  );
}
