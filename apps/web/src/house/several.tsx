/** Choosing several from a list, and writing several short words. */
import { Select, type SelectProps } from 'antd';

/** Chooses several from a list. Leaving it by Tab changes nothing: the list would else take what is just marked in, or out again. */
export function SelectSeveral<V>(props: Omit<SelectProps<V>, 'mode'>) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing to press here; the field inside is reached as ever
    <div
      className="jy-several"
      onKeyDownCapture={(event) => {
        if (event.key === 'Tab') event.stopPropagation();
      }}
    >
      <Select<V> showSearch={{ optionFilterProp: 'label' }} {...props} mode="multiple" />
    </div>
  );
}

/** Several short words, each closed by Enter or by one of the marks between words. */
export function WordsInput({
  between = ['、', '，', ','],
  ...rest
}: Omit<SelectProps<string[]>, 'mode' | 'open' | 'tokenSeparators' | 'options'> & { readonly between?: string[] }) {
  return <Select<string[]> {...rest} mode="tags" open={false} suffixIcon={null} tokenSeparators={between} />;
}
