import { useRef } from 'react';

/** A button that takes a photograph or picks one; the same one may be picked again. */
export function PhotoButton({
  label,
  words,
  disabled = false,
  take,
}: {
  /** What the field is called to those who hear the page. */
  readonly label: string;
  readonly words: string;
  readonly disabled?: boolean;
  readonly take: (file: File) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        aria-label={label}
        onChange={(e) => {
          const file = e.target.files?.[0];
          e.target.value = '';
          if (file !== undefined) take(file);
        }}
      />
      <button type="button" className="ph-button ph-quiet" disabled={disabled} onClick={() => picker.current?.click()}>
        {words}
      </button>
    </>
  );
}
