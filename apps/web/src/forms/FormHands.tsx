import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import { Card } from '../house/Page.tsx';
import { Signing } from '../house/Signing.tsx';

/** Who signed a form by hand, as it is read. */
export function FormHands({ signing }: { readonly signing: FormAnswer['signing'] }) {
  if (signing === null) return null;
  return (
    <Card title="签名">
      <Signing sheet={{ ...signing, open: false }} hash={signing.hash} take={() => Promise.resolve()} error={null} />
    </Card>
  );
}
