import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from './button.js';

/** A button that has files chosen. */
export function FileButton({
  accept,
  isMultiple = false,
  onFiles,
  children,
}: {
  /** Endings of names, separated by commas. @default any */
  readonly accept?: string;
  readonly isMultiple?: boolean;
  readonly onFiles: (files: FileList) => void;
  readonly children: ComponentChildren;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon="upload" onClick={() => chooser.current?.click()}>
        {children}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        multiple={isMultiple}
        accept={accept}
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.length) onFiles(currentTarget.files);
          // The same file may be chosen again after it was changed.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
