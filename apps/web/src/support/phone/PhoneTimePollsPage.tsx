import { useLive } from '../../house/live.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { TimeAnswers } from '../TimeAnswers.tsx';

/** Times of conferences that one is asked about: one tap each. */
export default function PhoneTimePollsPage() {
  useLive();
  return (
    <PhonePage title="会诊时间">
      <TimeAnswers />
    </PhonePage>
  );
}
