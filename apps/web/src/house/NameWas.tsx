import { Radio } from 'antd';

/** Said beside the field where a name was changed and nobody said why. */
export const NAME_WAS_MISSING = '请选择原来的名字是改了还是写错了';

/** What became of the name before; nobody but who writes another knows, so nothing is chosen for them. */
export function NameWas(props: { readonly value?: string; readonly onChange?: (event: { target: { value?: string } }) => void }) {
  return (
    <Radio.Group
      {...props}
      options={[
        { value: 'former', label: '改了名：记为曾用名' },
        { value: 'wrong', label: '写错了：不再保留' },
      ]}
    />
  );
}
