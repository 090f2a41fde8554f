import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { TimeAnswers } from './TimeAnswers.tsx';

/** Times of conferences that one is asked about, at a desk. */
export default function TimePollsPage() {
  useLive();
  return (
    <Page title="会诊时间" says="每个时段点一下就好。您的答复只有主持人和支援中心看得到。">
      <TimeAnswers />
    </Page>
  );
}
