import { listRecipients } from '@jieyou/core/recipients/endpoints.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { queryOf } from './ask.ts';
import { seal } from './sealedWord.ts';

const PAUSE_MS = 300;

/** A person whom one serves: from the list, or by the whole name, phone or number, which goes sealed. */
export function RecipientPicker(props: { readonly id?: string; readonly value?: string | null; readonly onChange?: (id: string) => void }) {
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
    ...queryOf(listRecipients, { query: { limit: 50, ...(lookup === '' ? { open: 'yes' as const } : { lookup }) } }),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      {...props}
      showSearch={{ onSearch: setTyped, filterOption: false }}
      loading={found.isFetching}
      placeholder="选您服务的人，或输入完整姓名、电话"
      options={(found.data?.rows ?? []).map((r) => ({
        value: r.id,
        label: `${r.name}（${genderLabels[r.gender]}${r.age === null ? '' : `，${r.age}岁`}）${r.phone === null ? '' : `　${r.phone}`}`,
      }))}
      notFoundContent={found.isFetching ? '正在查找' : '在您服务的人里没有找到'}
    />
  );
}
