import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { PhonePage } from '../house/PhonePage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** The shape of a page until it is there. */
export function PhoneWaiting() {
  return (
    <div className="ph-waiting" aria-busy="true">
      <output>正在打开</output>
    </div>
  );
}

/** No such page. */
export function PhoneNotFoundPage() {
  return (
    <PhonePage title="没有这个页面">
      <p>地址不对，或页面已经移走。您没有丢失内容。</p>
      <Link to="/" className="ph-button">
        回到今天
      </Link>
    </PhonePage>
  );
}

/** A page that broke; what was typed is kept on this device. */
export function PhoneErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <PhonePage title="页面出了问题">
      <p>您填写过的内容已暂存在这台手机上。</p>
      <RefusalNotice
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </PhonePage>
  );
}
