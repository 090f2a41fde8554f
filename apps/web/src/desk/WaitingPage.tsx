import { Skeleton } from 'antd';

/** The shape of a page until it is there. */
export function WaitingPage() {
  return (
    <div className="jy-page" aria-busy="true">
      <output className="jy-hidden">正在打开</output>
      <div className="jy-card">
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    </div>
  );
}
