import { changeView, listSavedViews, removeView, saveView } from '@jieyou/core/lists/endpoints.ts';
import { type SavedView, ViewContent } from '@jieyou/core/lists/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Skeleton } from 'antd';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from './ask.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import { RefusalNotice } from './RefusalNotice.tsx';

/** A view of one's own. */
export type View = z.infer<typeof SavedView>;

const nameRule = ViewContent.shape.name;

/** The views that somebody keeps of a list: use one, bring it to how the list stands now, remove it, keep another. */
export default function SavedViews({
  list,
  now,
  leavesOut,
  onUse,
}: {
  readonly list: string;
  /** How the list stands now. */
  readonly now: Pick<View, 'search' | 'hidden'>;
  /** Set where a condition is not kept: it names a person. */
  readonly leavesOut: boolean;
  readonly onUse: (view: View) => void;
}) {
  const found = useQuery(queryOf(listSavedViews, { query: { list } }));
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const save = useAct(saveView, () => setName(''));
  const change = useAct(changeView);
  const remove = useAct(removeView);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const given = nameRule.safeParse(name);
    setWrong(given.success ? null : name.trim() === '' ? '请写视图的名称' : '名称不超过 30 个字');
    if (given.success) save.mutate({ body: { list, name: given.data, ...now } });
  };
  return (
    <div className="jy-popover-form">
      {found.isPending ? (
        <Skeleton active paragraph={{ rows: 2 }} title={false} />
      ) : found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.rows.length === 0 ? (
        <p className="jy-secondary">还没有保存的视图。筛选好以后起个名称，下次一点就到。</p>
      ) : (
        <ul className="jy-views">
          {found.data.rows.map((view) => (
            <li key={view.id}>
              <button type="button" className="jy-link-button" onClick={() => onUse(view)}>
                {view.name}
              </button>
              <ConfirmButton
                ask={`把“${view.name}”改成现在的条件与列？`}
                danger={false}
                size="small"
                type="text"
                aria-label={`更新视图 ${view.name}`}
                onSure={() => change.mutateAsync({ params: { id: view.id }, body: { name: view.name, ...now, version: view.version } })}
              >
                更新
              </ConfirmButton>
              <ConfirmButton
                ask={`删去视图“${view.name}”？`}
                says="只删去视图，清单里的记录不变。"
                size="small"
                type="text"
                aria-label={`删去视图 ${view.name}`}
                onSure={() => remove.mutateAsync({ params: { id: view.id } })}
              >
                删去
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className="jy-views-new">
        <label htmlFor={`view-${list}`}>把现在的条件与列存为</label>
        <Input
          id={`view-${list}`}
          value={name}
          autoComplete="off"
          placeholder="例如：本月到期的"
          aria-invalid={wrong !== null}
          {...(wrong === null ? {} : { 'aria-describedby': `view-${list}-wrong`, status: 'error' as const })}
          onChange={(e) => setName(e.target.value)}
        />
        {wrong !== null && (
          <span id={`view-${list}-wrong`} role="alert" className="jy-clock-overdue jy-small">
            {wrong}
          </span>
        )}
        {leavesOut && <span className="jy-secondary jy-small">按姓名、证件或电话查找的条件不会保存。</span>}
        <RefusalNotice error={save.error} />
        <Button htmlType="submit" loading={save.isPending}>
          保存视图
        </Button>
      </form>
    </div>
  );
}
